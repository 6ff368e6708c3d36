"""Who asks, what the oracle opens to them, and what one thing that is asked decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from proof.channels.inhabited import Inhabited, Text
from proof.channels.own_files import OwnFile
from proof.oracle import Question, answer, rows_seen_by, words
from proof.oracle.answer import acting

NOT_WORKERS = frozenset({"citizen", "partnership_leader", "evaluator", "integration"})
Decided = frozenset[tuple[UUID, int]]


@dataclass(frozen=True)
class Asker:
    """A post, what it is here for, and when."""

    here: Inhabited
    post: UUID
    purpose: int
    at: datetime

    @cached_property
    def seen(self) -> frozenset[str]:
        """The texts that are open to it, by the oracle."""
        texts = list(self.here.texts.values())
        rows = [text.row for text in texts]
        (places,) = rows_seen_by(self.here.world, self.purpose, self.at, [self.post], rows)
        return frozenset(texts[place].token for place in places)

    @property
    def enters(self) -> bool:
        """Whether a membership serves the purpose now, be it of a role that reads nothing about anybody."""
        asked = Question(self.post, self.purpose, self.post, words.KINDS[0], False, self.at, self.purpose)
        return acting(self.here.world, asked) not in ("not_active", "wrong_purpose")

    @cached_property
    def holders(self) -> frozenset[UUID]:
        """Through which it acts: nothing where no membership serves the purpose now."""
        able = [
            acting(self.here.world, Question(self.post, self.purpose, self.post, kind, False, self.at))
            for kind in words.KINDS
        ]
        return frozenset(m.holder for some in able if not isinstance(some, str) for m in some)

    @property
    def role(self) -> str:
        """The one role of a post."""
        return self.here.world.of_post[self.post][0].role

    @property
    def works(self) -> bool:
        """Whether workers' pages are for it."""
        return bool(self.holders) and self.role not in NOT_WORKERS

    @property
    def person(self) -> UUID | None:
        """Who a citizen is, while it may act."""
        whose = {citizen: person for person, citizen in self.here.world.persons.items()}
        return whose.get(self.post) if self.holders else None

    def opens(self, subject: UUID) -> bool:
        """Whether the plan about somebody is open to it."""
        return self.here.addresses[subject].token in self.seen

    def of(self, texts: Iterable[Text]) -> Iterator[str]:
        """Those of the texts that are open to it."""
        return (text.token for text in texts if text.token in self.seen)

    def reads(self, subject: UUID, kind: int) -> bool:
        """Whether a kind is open to it about somebody."""
        return answer(self.here.world, Question(self.post, self.purpose, subject, kind, False, self.at)).yes

    def hidden(self, persons: Iterable[UUID]) -> list[UUID]:
        """Those of the persons whose place is kept from it."""
        protected = [one for one in persons if one in self.here.world.protected]
        return [one for one in protected if not self.reads(one, words.PROTECTED_LOCATION)]


@dataclass(frozen=True, slots=True)
class Asking:
    """One thing that is asked, perhaps on several pages of a list, and what it decides."""

    paths: tuple[str, ...]
    decides: tuple[Text, ...]
    told: tuple[frozenset[str], ...] = ()  # of each at least one token must be told
    sends: Mapping[str, str] = field(default_factory=dict)
    at_most: int = 0  # where there are too many to be told: so many of them are
    untold: frozenset[str] = frozenset()  # offices and places that would tell where somebody is
    about_places: Decided = frozenset()
    file: OwnFile | None = None

    def decided(self, seen: Collection[str], found: Collection[str]) -> Decided:
        """About whom and which kind the answer has decided: what the rule leaves out, it has not."""
        counted = frozenset(found).union(*() if self.at_most else self.told)
        rows = (one.row for one in self.decides if one.token in counted or one.token not in seen)
        return frozenset((row.subject, row.kind) for row in rows) | self.about_places
