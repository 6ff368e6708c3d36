"""Those who read while somebody withdraws: through the gate, on pages, and two who should not be able to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.test import Client
from psycopg import IsolationLevel
from psycopg.sql import SQL, Composed, Identifier

from gate.scratch import connect
from gate.test_withdrawal import TABLES
from samvirke.gate import session
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.actor import POST, PURPOSE

ENTER = "SELECT gate.enter(%s, %s, %s)"
Link = psycopg.Connection[tuple[object, ...]]


def _rows_of_all() -> Composed:
    counts = [SQL("(SELECT count(*) FROM {})").format(Identifier(model._meta.db_table)) for model in TABLES]
    return SQL("SELECT {}").format(SQL(" + ").join(counts))


ROWS = _rows_of_all()


@dataclass
class Gated:
    """One transaction for each read, as the pages do it."""

    database: str
    post: UUID
    way: str = "in SQL"

    def __post_init__(self) -> None:
        self.link: Link = connect("app", self.database)

    def prepare(self) -> None:
        """Nothing."""

    def read(self) -> bool:
        """Enter, and count what can be seen in all tables."""
        with self.link.transaction():
            self.enter()
            return self.count() > 0

    def enter(self) -> None:
        """As this post, in the transaction that is open."""
        purpose = Purpose.COORDINATION
        shown = session.ticket(self.link, self.post, purpose)
        self.link.execute(ENTER, [self.post, int(purpose), shown])

    def count(self) -> int:
        """How many rows are seen."""
        row = self.link.execute(ROWS).fetchone()
        assert row is not None
        return int(str(row[0]))

    def close(self) -> None:
        """Leave no connection behind."""
        self.link.close()


@dataclass
class WithSnapshot(Gated):
    """A control: one long transaction that sees the world as it was before."""

    way: str = "control: a snapshot from before"

    def __post_init__(self) -> None:
        super().__post_init__()
        self.link.isolation_level = IsolationLevel.REPEATABLE_READ

    def prepare(self) -> None:
        """Begin, and look once."""
        self.link.rollback()
        self.enter()
        self.count()

    def read(self) -> bool:
        """Look again."""
        return self.count() > 0


@dataclass
class WithMemory(Gated):
    """A control: what was decided once is not asked again."""

    way: str = "control: a decision from before"
    allowed: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        self.ungated: Link = connect("backup", self.database)

    def prepare(self) -> None:
        """Ask the gate."""
        self.allowed = super().read()

    def read(self) -> bool:
        """Fetch by the remembered decision, past the gate."""
        with self.ungated.transaction():
            row = self.ungated.execute(ROWS).fetchone()
        return self.allowed and row is not None and row[0] != 0

    def close(self) -> None:
        """Leave no connection behind."""
        super().close()
        self.ungated.close()


@dataclass
class OnPage:
    """A browser that is signed in and asks for one address, or sends something there."""

    way: str
    path: str
    post: UUID
    sees: Callable[[Any], bool]
    sends: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        self.client = Client()
        kept = self.client.session
        kept[POST], kept[PURPOSE] = str(self.post), int(Purpose.COORDINATION)
        kept.save()

    def prepare(self) -> None:
        """Nothing."""

    def read(self) -> bool:
        """One request."""
        if self.sends is None:
            return self.sees(self.client.get(self.path))
        return self.sees(self.client.post(self.path, self.sends))

    def close(self) -> None:
        """The thread's connections are closed with the thread."""
