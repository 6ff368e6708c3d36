"""Reading by statements that never change, for what pages read most often.

Building a query anew costs several times what the database needs to answer it; a statement that stays the
same is also prepared once. The gate is asked first, as everywhere; the database's policy decides each row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString, TypeVar
from uuid import UUID

from django.db import ProgrammingError, connection, transaction
from django.db.models import DEFERRED, Model
from psycopg.errors import InsufficientPrivilege

M = TypeVar("M", bound=Model)
R = TypeVar("R")


@contextmanager
def may_refuse() -> Iterator[None]:
    """Where the database's own function says no, nothing of it is written, and PermissionError is raised."""
    try:
        with transaction.atomic():
            yield
    except ProgrammingError as problem:
        if isinstance(problem.__cause__, InsufficientPrivilege):
            raise PermissionError from problem
        raise


def rows(
    statement: LiteralString, values: Sequence[Any] | Mapping[str, Any], row: Callable[..., R]
) -> list[R]:
    """Every row that the viewer of this transaction may see, as `row` makes it of the columns."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row(*columns) for columns in cursor.fetchall()]


def ids(statement: LiteralString, about: Iterable[UUID]) -> list[UUID]:
    """The ids that a statement finds about these subjects; it takes them as `about`."""
    return rows(statement, {"about": list(about)}, _itself)


def stored(statement: LiteralString, values: Sequence[Any], model: type[M]) -> list[M]:
    """The same as rows of a model, of which the statement reads the columns that are wanted."""
    fields = [field.column for field in model._meta.concrete_fields]
    attributes = [field.attname for field in model._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        read = {column.name: place for place, column in enumerate(cursor.description)}
        places = [read.get(field) for field in fields]
        return [
            model.from_db(
                connection.alias,
                attributes,
                [DEFERRED if place is None else row[place] for place in places],
            )
            for row in cursor.fetchall()
        ]


def _itself(one: UUID) -> UUID:
    return one
