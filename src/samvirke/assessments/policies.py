"""What must hold of answers and of who sees them. Who may is the gate's question."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from samvirke.assessments.types import AssessmentRow, Given, InstrumentFile, Respondent, SharedWith


class NoSuchInstrument(Exception):
    """No instrument of this code can be answered, or not by this respondent."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"There is no assessment called “{code}” that can be answered here. Choose one of the list."
        )


class OutsideScale(Exception):
    """An answer is no step of the scale."""

    def __init__(self, item: str, value: int, lowest: int, highest: int) -> None:
        super().__init__(
            f"“{value}” is outside the scale from {lowest} to {highest}. Choose one of its steps, or skip it."
        )
        self.item = item


class NothingAnswered(Exception):
    """Every item was skipped."""

    def __init__(self) -> None:
        super().__init__("Nothing is answered yet. Answer one question at least; you may skip the others.")


class AnsweredToday(Exception):
    """The same respondent has answered today."""

    def __init__(self) -> None:
        super().__init__("This is answered today already. Put it right instead, and say why.")


class NothingToPutRight(Exception):
    """The viewer has answered nothing that still stands."""

    def __init__(self) -> None:
        super().__init__("You have answered nothing here that can be put right. Answer anew.")


class ReasonMissing(Exception):
    """What was answered was to be put right, and nobody is told why."""

    def __init__(self) -> None:
        super().__init__("It is not said why. Write the reason, so that others understand the change.")


class CannotBeShared(Exception):
    """An assessment was to be open to a unit that is not around the person, or by somebody else's choice."""

    def __init__(self) -> None:
        super().__init__("It cannot be open to these. Choose again from the list.")


def check_can_answer(found: InstrumentFile | None, code: str, respondent: Respondent) -> InstrumentFile:
    """Raises NoSuchInstrument."""
    if found is None or found.waits_for_text or respondent not in found.answered_by:
        raise NoSuchInstrument(code)
    return found


def answered(
    instrument: InstrumentFile, values: Mapping[str, int | None], may_write: Collection[str]
) -> dict[str, int]:
    """What was answered of what may be. Raises NoSuchInstrument, OutsideScale, NothingAnswered."""
    given = {item: value for item, value in values.items() if value is not None}
    lowest, highest = instrument.scale.lowest, instrument.scale.highest
    for item, value in given.items():
        if item not in may_write:
            raise NoSuchInstrument(item)
        if not lowest <= value <= highest:
            raise OutsideScale(item, value, lowest, highest)
    if not given:
        raise NothingAnswered
    return given


def check_reason(why: str) -> None:
    """Raises ReasonMissing."""
    if not why.strip():
        raise ReasonMissing


def sealed_to(given: Given, *, citizen_id: UUID | None, units: Collection[UUID]) -> UUID | None:
    """To whom it is sealed by the person's choice. Raises CannotBeShared.

    citizen_id: the person's own, where the person is here; nobody else seals anything to the person alone.
    """
    if given.shared_with is SharedWith.TEAM:
        return None
    if given.shared_with is SharedWith.NOBODY and citizen_id is not None:
        return citizen_id
    if given.shared_with is SharedWith.UNIT and given.unit_id in units:
        return given.unit_id
    raise CannotBeShared


def workers_seal(standing: AssessmentRow | None, unit_id: UUID) -> UUID | None:
    """A worker's view is for the worker's unit, until the person has opened the instrument to the team."""
    is_open = standing is not None and standing.shared_with is SharedWith.TEAM
    return None if is_open else unit_id


def standing(rows: Collection[AssessmentRow]) -> list[AssessmentRow]:
    """Without what was put right later."""
    put_right = {row.corrects for row in rows}
    return [row for row in rows if row.assessment_id not in put_right]


def next_due(last_on: date, every_months: int) -> date:
    """The day from which to answer anew."""
    year, month = divmod(last_on.month - 1 + every_months, 12)
    year, month = last_on.year + year, month + 1
    return date(year, month, min(last_on.day, monthrange(year, month)[1]))
