"""The question and the answer, rule by rule as the document lists them.

Written to be read beside the document, not to be fast: `many` answers the same by the million, and the two
are compared with each other before either is compared with anything else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from proof.oracle import words
from proof.oracle.world import Access, Membership, World


@dataclass(frozen=True, slots=True)
class Question:
    """May this post, here for this purpose, do this verb about this subject (or this row of it) now?"""

    post: UUID
    purpose: int
    subject: UUID
    kind: int
    write: bool
    at: datetime
    verb_purposes: int = words.FOUR
    sealed_to: UUID | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes with its basis; or no with the code the log keeps and the code the asker is told."""

    basis: str = ""
    code: str = ""
    told: str = ""

    @property
    def yes(self) -> bool:
        """Whether the verb may be done."""
        return not self.code

    @property
    def liftable(self) -> bool:
        """Whether a refusal of this code can be lifted at all."""
        return bool(self.code) and words.LIFTED[self.code]

    @property
    def told_liftable(self) -> bool:
        """The same by the code that is told, so that nothing else gives a protected place away."""
        return bool(self.told) and words.LIFTED[self.told]


YES = {basis: Answer(basis) for basis in words.BASES}
NO = {(code, told): Answer("", code, told) for code in words.RULES for told in words.RULES}


def answer(world: World, question: Question) -> Answer:
    """The first rule that applies; where none does, yes, with the strongest basis that opens."""
    able = acting(world, question)
    if isinstance(able, str):
        return NO[able, able]
    holders = {membership.holder for membership in able}
    if bar := barred(world, question.post, question.subject):
        return NO[bar, bar]
    recorded = [access for holder in holders for access in world.recorded(question.subject, holder)]
    if _shielded(world, question, recorded):
        return NO["shielded", "shielded"]
    rest = _not_open(question, recorded) or _sealed(question, recorded, holders)
    if _protected(world, question, recorded):
        knows = knows_place(world, question.subject, holders, question.at)
        return NO["protected", "protected" if knows else rest]
    return NO[rest, rest] if rest else YES[_strongest(question, recorded)]


def acting(world: World, question: Question) -> list[Membership] | str:
    """The memberships that carry the question, or which of the first three rules applies."""
    now = [m for m in world.of_post.get(question.post, ()) if m.holds(question.at)]
    if not now:
        return "not_active"
    asked = question.purpose & question.verb_purposes
    serving = [m for m in now if m.purposes & words.ROLE_PURPOSES[m.role] & asked]
    if not serving:
        return "wrong_purpose"
    cells = words.WRITES if question.write else words.READS
    able = [m for m in serving if cells[m.role] & question.kind]
    return able or "role_may_not"


def barred(world: World, post: UUID, subject: UUID) -> str:
    """The first reason for which a holder that the post belongs to at any time is barred from the subject."""
    holders = {post, *(m.holder for m in world.of_post.get(post, ()))}
    reasons = {
        reason
        for holder in holders
        for one, stated in world.bars.get(holder, {}).items()
        if subject in world.covered(one)
        for reason in stated
    }
    return next((reason for reason in words.BAR_REASONS if reason in reasons), "")


def _shielded(world: World, question: Question, recorded: list[Access]) -> bool:
    return world.is_shielded(question.subject) and not any(
        access.holds(question.at) and access.basis != words.LIFT for access in recorded
    )


def _protected(world: World, question: Question, recorded: list[Access]) -> bool:
    hidden = not world.protected.isdisjoint((question.subject, *world.members(question.subject)))
    asked = question.kind == words.PROTECTED_LOCATION
    return hidden and asked and not any(_opening(question, recorded))


def knows_place(world: World, subject: UUID, holders: set[UUID], at: datetime) -> bool:
    """Whether every protected place concerned is open to the holders now, for whatever purpose."""
    hidden = [one for one in (subject, *world.members(subject)) if one in world.protected]
    return all(
        any(
            access.holds(at) and access.kinds & words.PROTECTED_LOCATION
            for holder in holders
            for access in world.recorded(one, holder)
        )
        for one in hidden
    )


def _fitting(question: Question, recorded: list[Access]) -> Iterator[Access]:
    """What is recorded of this kind for this purpose at any time; a lift does not count for writing."""
    for access in recorded:
        counts = not (question.write and access.basis == words.LIFT)
        if counts and access.kinds & question.kind and access.purposes & question.purpose:
            yield access


def _opening(question: Question, recorded: list[Access]) -> Iterator[Access]:
    return (access for access in _fitting(question, recorded) if access.holds(question.at))


def _not_open(question: Question, recorded: list[Access]) -> str:
    if not recorded:
        return "not_on_team"
    if not any(_fitting(question, recorded)):
        return "no_basis"
    return "" if any(_opening(question, recorded)) else "outside_period"


def _sealed(question: Question, recorded: list[Access], holders: set[UUID]) -> str:
    if question.sealed_to is None or question.sealed_to in holders:
        return ""
    return "" if _strongest(question, recorded) == words.SELF else "sealed"


def _strongest(question: Question, recorded: list[Access]) -> str:
    return min((access.basis for access in _opening(question, recorded)), key=words.BASES.index)


def rows_seen(world: World, post: UUID, purpose: int, at: datetime) -> Iterator[UUID]:
    """The rows a post sees here for this purpose, sealed ones only where they are its unit's or its own."""
    for row in world.rows:
        question = Question(post, purpose, row.subject, row.kind, False, at, sealed_to=row.sealed_to)
        if answer(world, question).yes:
            yield row.row


def lift_refused(world: World, ask: Question, hours: int, reason: str) -> str:
    """Why the glass cannot be broken for one kind; nothing where it can.

    A rule's code, `open` where it need not be lifted, or what the lift itself requires: `reason`, `hours`,
    `kind`, `family`, `place`.
    """
    if len(reason.strip()) not in words.REASON_LENGTH:
        return "reason"
    if not 1 <= hours <= words.LIFT_HOURS:
        return "hours"
    if not ask.kind & words.BASIS_KINDS[words.LIFT]:
        return "kind"
    if ask.subject in world.families:
        return "family"
    said = answer(world, ask)
    if said.yes:
        return "open"
    if not said.liftable:
        return said.code
    able = acting(world, ask)
    holders = {m.holder for m in able} if isinstance(able, list) else set()
    return "" if knows_place(world, ask.subject, holders, ask.at) else "place"
