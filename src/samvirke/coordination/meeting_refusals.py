"""What a meeting, its agenda and its proposals refuse, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Sized
from uuid import UUID

MOST_PRESENT = 12


class NoSuchTime(Exception):
    """The clocks are put forward that night, and never show this time."""

    def __init__(self) -> None:
        super().__init__("The clocks are put forward that night, and never show this time. Choose another.")


class TimeHasBeen(Exception):
    """A meeting was set to a moment that has been."""

    def __init__(self) -> None:
        super().__init__("The time has been already. Choose a later one.")


class MeetingIsOver(Exception):
    """The meeting was called off, or its minutes are written."""

    def __init__(self) -> None:
        super().__init__(
            "The meeting was called off, or its minutes are written already. Call a new one to go on."
        )


class ReasonMissing(Exception):
    """A meeting was moved or called off, or a proposal declined, without a reason."""

    def __init__(self) -> None:
        super().__init__("Write why. Everybody on the plan can read it.")


class AgendaHasChanged(Exception):
    """A point is not open any more."""

    def __init__(self) -> None:
        super().__init__("What is open in the plan has changed since you opened the page. Choose again.")


class AlreadyContributed(Exception):
    """A post has written already what it wants said."""

    def __init__(self) -> None:
        super().__init__("You have written something for this meeting already, and it stands as it is.")


class StaleDraft(Exception):
    """The draft was saved from another window since this one was opened. Nothing was written."""

    def __init__(self, version: int) -> None:
        super().__init__(
            "The draft was saved from another window. Compare with what you wrote, and save again."
        )
        self.version = version


class TooManyPresent(Exception):
    """More are there than the gate is asked about together."""

    def __init__(self) -> None:
        super().__init__(
            f"The projected view is for at most {MOST_PRESENT}. Use the agenda on paper instead."
        )


class MayNotKnow(Exception):
    """Who would answer for a proposal may not read what it is about."""

    def __init__(self, post_id: UUID) -> None:
        super().__init__("The one you chose may not read what this is about. Choose another.")
        self.post_id = post_id


class NotYoursToAnswer(Exception):
    """A proposal is answered by the one who would answer for it, and by the person."""

    def __init__(self) -> None:
        super().__init__("Only the one who would answer for it, and the person, answer a proposal.")


class AlreadyAnswered(Exception):
    """A proposal was answered already."""

    def __init__(self) -> None:
        super().__init__("This proposal is answered already. Read the plan again.")


class PersonSaidNo(Exception):
    """A proposal that the person has said no to is not accepted."""

    def __init__(self) -> None:
        super().__init__("The person has said no to this. Talk about it again, and propose something else.")


class ActionIsGone(Exception):
    """The action that a proposal would change is not in the plan for this viewer any more."""

    def __init__(self) -> None:
        super().__init__(
            "The action is done, dropped or closed to you, so nothing is left to change. Decline it."
        )


def check_few(present: Sized) -> None:
    """Raises TooManyPresent."""
    if len(present) > MOST_PRESENT:
        raise TooManyPresent


def check_reason(why: str) -> None:
    """Raises ReasonMissing."""
    if not why.strip():
        raise ReasonMissing
