"""Reading by statements that never change, for what pages read most often.

Building a query anew costs several times what the database needs to answer it; a statement that stays the
same is also prepared once. The gate is asked first, as everywhere; the database's policy decides each row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, LiteralString, TypeVar

from django.db import connection

R = TypeVar("R")


def rows(
    statement: LiteralString, values: Sequence[Any] | Mapping[str, Any], row: Callable[..., R]
) -> list[R]:
    """Every row that the viewer of this transaction may see, as `row` makes it of the columns."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row(*columns) for columns in cursor.fetchall()]
