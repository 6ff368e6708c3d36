"""In which order an application may move, and what each step must say. Who may is the gate's question."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from samvirke.applications.models import Application, Enquiry
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind
from samvirke.kernel.gate_words import DataKind
from samvirke.kernel.states import Lifecycle

APPLICATION = Lifecycle(
    of="Application",
    begins="sent",
    next={
        "sent": ("received", "withdrawn"),
        "received": ("more_asked_for", "granted", "refused", "withdrawn"),
        "more_asked_for": ("received", "granted", "refused", "withdrawn"),
        "granted": (),
        "refused": ("appealed",),
        "appealed": ("granted", "refused"),
        "withdrawn": (),
    },
)
PERSONS_OWN = {"appealed", "withdrawn"}
LONGEST_NOTE_OF_TIME = 200 * 60


class CannotFollow(Exception):
    """An application cannot go from one status to the other."""

    def __init__(self, status: str, wanted: str) -> None:
        super().__init__(
            f"An application that is {status} cannot become {wanted}. Read it again; it may have moved on."
        )


class NotYours(Exception):
    """Only the unit it was sent to answers an application."""

    def __init__(self) -> None:
        super().__init__("The application was sent to another unit, which answers it.")


class NothingSaid(Exception):
    """A step that must say something says nothing."""

    def __init__(self) -> None:
        super().__init__("There is no text yet. Write why, or what is missing, and save again.")


class DayNotAhead(Exception):
    """A deadline was set on a day that is not ahead."""

    def __init__(self) -> None:
        super().__init__("The day has been already. Choose a day ahead.")


class NotOurEnquiry(Exception):
    """Only the unit that has an enquiry answers it or leads it on."""

    def __init__(self) -> None:
        super().__init__("Another unit has this enquiry, and answers it.")


class EnquiryIsAnswered(Exception):
    """An enquiry that was answered goes nowhere any more."""

    def __init__(self) -> None:
        super().__init__("This has been answered. Read the answer; whoever needs more tells it anew.")


class NotOfferedToUs(Exception):
    """Nobody asked the viewer's unit to answer the enquiry, or it has answered that."""

    def __init__(self) -> None:
        super().__init__("Nobody asks your unit to answer this any more. Read it again.")


class AlreadyOffered(Exception):
    """Another unit has been asked to answer it, and has not said yes or no."""

    def __init__(self) -> None:
        super().__init__("Another unit has been asked already. Wait for its answer; until then it is yours.")


class TooLateToAppeal(Exception):
    """The appeal deadline is over."""

    def __init__(self, appeal_by: date) -> None:
        super().__init__(
            f"The deadline to appeal was {appeal_by.isoformat()}. Ask the unit whether it can look again."
        )


class NobodyCanReceive(Exception):
    """No consent in force lets the unit see the application."""

    def __init__(self) -> None:
        super().__init__(
            "No consent in force lets this office see the application. Give the office your consent, "
            "or apply directly to it."
        )


class UnlikelyTime(Exception):
    """The time noted is no time, or longer than an application can take."""

    def __init__(self) -> None:
        super().__init__("Write the time used as hours, more than 0 and no more than 200.")


def kind_for(agency_kind: AgencyKind) -> DataKind:
    """What an application tells. That somebody asks the social service for help is secret in itself."""
    return DataKind.SOCIAL if agency_kind is AgencyKind.SOCIAL_SERVICE else DataKind.PLAN


def check_may_follow(application: Application, wanted: str) -> None:
    """Raises CannotFollow."""
    if wanted not in APPLICATION[application.status]:
        raise CannotFollow(application.status, wanted)


def check_own_unit(application: Application, holders: Collection[UUID]) -> None:
    """Raises NotYours."""
    if application.to_unit_id not in holders:
        raise NotYours


def check_ours(enquiry: Enquiry, holders: Collection[UUID]) -> None:
    """Raises EnquiryIsAnswered, NotOurEnquiry."""
    if enquiry.outcome:
        raise EnquiryIsAnswered
    if enquiry.unit_id not in holders:
        raise NotOurEnquiry


def check_offered(enquiry: Enquiry, holders: Collection[UUID]) -> None:
    """Raises NotOfferedToUs."""
    if enquiry.offered_to_id not in holders:
        raise NotOfferedToUs


def check_not_offered(enquiry: Enquiry) -> None:
    """Raises AlreadyOffered."""
    if enquiry.offered_to_id is not None:
        raise AlreadyOffered


def check_said(text: str) -> None:
    """Raises NothingSaid."""
    if not text.strip():
        raise NothingSaid


def check_ahead(day: date, today: date) -> None:
    """Raises DayNotAhead."""
    if day <= today:
        raise DayNotAhead


def check_in_time(appeal_by: date, today: date) -> None:
    """The last day counts. Raises TooLateToAppeal."""
    if today > appeal_by:
        raise TooLateToAppeal(appeal_by)


def check_minutes(minutes: int) -> None:
    """Raises UnlikelyTime."""
    if not 0 < minutes <= LONGEST_NOTE_OF_TIME:
        raise UnlikelyTime


def may_become(application: Application, viewer: Viewer, appeal_by: date | None) -> frozenset[str]:
    """The statuses this viewer could give it: the person's own steps, or the unit's."""
    wanted = set(APPLICATION[application.status])
    if viewer.is_citizen:
        too_late = appeal_by is not None and viewer.now.date() > appeal_by
        own = PERSONS_OWN - {"appealed"} if too_late else set(PERSONS_OWN)
        return frozenset(wanted & (own | ({"received"} if application.status == "more_asked_for" else set())))
    if application.to_unit_id not in viewer.holders:
        return frozenset()
    return frozenset(
        wanted - PERSONS_OWN - ({"received"} if application.status == "more_asked_for" else set())
    )
