"""A random world with what pages tell of it, and where each word of that stands.

Every text is a token of its own, and a row that the oracle knows: whom it is about, of which kind, sealed to
whom. `settling` lays it down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from proof.channels.own_files import OwnFile
from proof.oracle import World
from proof.oracle.world import Row
from proof.replayed import Replayed

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Text:
    """One token, and what it tells of whom."""

    token: str
    row: Row


@dataclass(slots=True)
class PlanTexts:
    """A plan, who sits in its team, and what stands in it."""

    plan_id: UUID
    team: frozenset[UUID]
    goals: list[Text] = field(default_factory=list)
    statements: list[Text] = field(default_factory=list)
    actions: list[Text] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    meetings: list[Text] = field(default_factory=list)

    @property
    def address(self) -> str:
        """What an address names the plan by."""
        return str(self.plan_id)


@dataclass(slots=True)
class Inhabited:
    """The world, and where each token stands."""

    replayed: Replayed
    texts: dict[str, Text] = field(default_factory=dict)
    names: dict[UUID, list[Text]] = field(default_factory=dict)  # a record's case number too
    plans: dict[UUID, PlanTexts] = field(default_factory=dict)
    addresses: dict[UUID, Text] = field(default_factory=dict)  # of plans
    places: dict[UUID, Text] = field(default_factory=dict)
    first_names: dict[UUID, str] = field(default_factory=dict)
    birthdays: dict[UUID, date] = field(default_factory=dict)
    towns: dict[UUID, str] = field(default_factory=dict)  # in which an own record says they live
    offices: dict[str, UUID] = field(default_factory=dict)  # tokens of posts and units
    files: list[OwnFile] = field(default_factory=list)

    @property
    def world(self) -> World:
        """What the oracle answers from."""
        return self.replayed.world

    def token(self) -> str:
        """A token that stands nowhere yet."""
        return f"qz{len(self.texts) + len(self.offices) + len(self.towns):05}zq"

    def text(self, subject: UUID, kind: int, seal: UUID | None = None, token: str = "") -> Text:
        """A text about somebody, under a token of its own."""
        made = Text(token or self.token(), Row(NOBODY, subject, kind, seal))
        self.texts[made.token] = made
        return made

    def office(self, holder: UUID) -> str:
        """What a post or unit is called."""
        token = self.token()
        self.offices[token] = holder
        return token
