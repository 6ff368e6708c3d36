"""In which order a need may be answered, and by whom of the units. Who may see the person is the gate's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from samvirke.gate.access import ACCESS
from samvirke.gate.types import Viewer
from samvirke.interventions.models import Intervention, Need, Placement
from samvirke.interventions.rows import StoredNeed, StoredPlacement
from samvirke.kernel.codes import UnmetReason
from samvirke.kernel.states import Lifecycle

NEED = Lifecycle(
    of="Need",
    begins="waiting",
    next={
        "waiting": ("placed", "unmet", "withdrawn"),
        "placed": ("ended",),
        "ended": (),
        "unmet": (),
        "withdrawn": (),
    },
)


class OnlyForAPerson(Exception):
    """A need was to be noted for a family."""

    def __init__(self) -> None:
        super().__init__("A place is for one person. Open that person's own plan and note the need there.")


class WaitsAlready(Exception):
    """The person waits for this kind of intervention already."""

    def __init__(self) -> None:
        super().__init__("The person waits for this already. Answer that need before a new one is noted.")


class NotWaiting(Exception):
    """The need has been answered, or the person waits no longer."""

    def __init__(self, status: str) -> None:
        super().__init__(f"The need is {status} and waits no longer. Read it again; it may have moved on.")


class NoFreePlace(Exception):
    """Every place of the intervention is taken."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Every place in {name} is taken. Choose another offer, let the person wait, "
            "or say that there is no place."
        )


class NotYours(Exception):
    """Only the unit that decides on the places gives them and ends them."""

    def __init__(self) -> None:
        super().__init__(
            "Another unit decides on these places. Choose an offer of your own unit, or ask theirs."
        )


class DoesNotFit(Exception):
    """The intervention is of another kind than the need, or not open on the day."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is of another kind, or not open on that day. Choose another offer or day.")


class DayHasBeen(Exception):
    """A placement was to start on a day that has been."""

    def __init__(self) -> None:
        super().__init__("The day has been already. Choose today or a day ahead.")


class PlaceIsHidden(Exception):
    """A place would tell where the person is, which this viewer may not know; nor that it is hidden."""

    def __init__(self) -> None:
        super().__init__(
            "You cannot give or end a place for this person. Ask the coordinator of the plan who can, "
            "or let the person decide that you may."
        )


class PlacesAreFree(Exception):
    """It was to be said that there is no place, and there is one."""

    def __init__(self) -> None:
        super().__init__(
            "Your unit has a free place of this kind. Give it, or say that no offer suits the person."
        )


class ThereIsSuchAnOffer(Exception):
    """It was to be said that nobody offers it, and the own unit does."""

    def __init__(self) -> None:
        super().__init__("Your unit offers this. Give a place, or say that there is none or that none suits.")


class AlreadyEnded(Exception):
    """The placement has ended."""

    def __init__(self) -> None:
        super().__init__(
            "The placement has ended already. Note a new need if the person needs another place."
        )


def check_waiting(need: Need) -> None:
    """Raises NotWaiting."""
    if "placed" not in NEED[need.status]:
        raise NotWaiting(need.status)


def check_decides(intervention: Intervention, holders: Collection[UUID]) -> None:
    """Raises NotYours."""
    if intervention.unit_id not in holders:
        raise NotYours


def check_fits(intervention: Intervention, need: Need, starts_on: date) -> None:
    """Raises DoesNotFit."""
    is_open = intervention.starts_on <= starts_on and (
        intervention.ends_before is None or starts_on < intervention.ends_before
    )
    if intervention.kind != need.intervention_kind or not is_open:
        raise DoesNotFit(intervention.name)


def check_not_past(day: date, today: date) -> None:
    """Raises DayHasBeen."""
    if day < today:
        raise DayHasBeen


def check_not_ended(placement: Placement) -> None:
    """Raises AlreadyEnded."""
    if "ended" not in NEED[status(placement)]:
        raise AlreadyEnded


def status(placement: Placement | StoredPlacement) -> str:
    """A placement is held until it has an end; the need that it answers stays answered."""
    return "placed" if placement.ends_before is None else "ended"


def check_reason(reason: UnmetReason, *, is_ours: bool, free: int) -> None:
    """Who can say why. That there is no place, only the unit that decides can say, and only if it is so.

    is_ours: the viewer's unit offers such interventions; free: how many places it has left in them.
    Raises NotYours, PlacesAreFree, ThereIsSuchAnOffer.
    """
    if reason is UnmetReason.NO_PLACE and not is_ours:
        raise NotYours
    if reason is UnmetReason.NO_PLACE and free:
        raise PlacesAreFree
    if reason is UnmetReason.NO_SUCH_OFFER and is_ours:
        raise ThereIsSuchAnOffer


def reasons(*, is_ours: bool, free: int) -> tuple[UnmetReason, ...]:
    """The reasons that `check_reason` lets the viewer give."""
    own = UnmetReason.NO_SUCH_OFFER if not is_ours else UnmetReason.NO_PLACE
    return (UnmetReason.NOT_SUITABLE,) if is_ours and free else (own, UnmetReason.NOT_SUITABLE)


def may_become(
    need: StoredNeed, placement: StoredPlacement | None, viewer: Viewer, *, is_ours: bool
) -> frozenset[str]:
    """What this viewer could make of a need that tells of no hidden place."""
    writes = bool(ACCESS[viewer.role].writes & need.kind)
    if need.status == "waiting":
        answers = {"unmet"} | ({"placed"} if is_ours else set()) if writes else set()
        return frozenset({"withdrawn"} | answers)
    is_held = placement is not None and "ended" in NEED[status(placement)]
    decides = placement is not None and placement.unit_id in viewer.holders
    return frozenset({"ended"} if is_held and decides and writes else set())
