"""The levels of protection a person's place may have: whose law, for how long, and whom each lets be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from samvirke.agencies.types import PostRow
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Country
from samvirke.people.models import Person
from samvirke.statutes import queries as statutes
from samvirke.statutes import telling
from samvirke.statutes.telling import Telling
from samvirke.statutes.types import ProtectionLevel

NONE = "none"


class UnknownLevel(Exception):
    """A level of protection that the law of the person's country does not know."""

    def __init__(self, level: str, known: Iterable[ProtectionLevel]) -> None:
        codes = ", ".join(one.code for one in known)
        super().__init__(
            f"{level!r} is no level of protection in the person's country. Choose one of: none, {codes}."
        )


class LastsTooLong(Exception):
    """A protection was to last longer than the law lets one last before it is renewed."""

    def __init__(self, months: int, latest: date) -> None:
        super().__init__(
            f"This protection lasts {months} months before it is renewed. Choose a day no later than "
            f"{latest}, and renew it before then; until somebody lifts it, the place stays hidden."
        )
        self.months = months
        self.latest = latest


class NotToBeTold(Exception):
    """The level of a protected place bars telling it to somebody."""

    def __init__(self, why: telling.Bar) -> None:
        super().__init__(telling.BARS[why])
        self.why = why


def of_person(person_id: UUID, *, on: date) -> tuple[ProtectionLevel, ...]:
    """The levels that the law of the person's country knows. Raises Person.DoesNotExist."""
    return statutes.protection_levels(_country(person_id), on=on)


def check(level: str, person_id: UUID, *, on: date) -> ProtectionLevel:
    """The level, as the person's country knows it. Raises UnknownLevel."""
    known = of_person(person_id, on=on)
    found = next((one for one in known if one.code == level), None)
    if found is None:
        raise UnknownLevel(level, known)
    return found


def check_lasts(level: ProtectionLevel, until: date, *, today: date) -> None:
    """Raises LastsTooLong where the protection would last longer than its level does."""
    latest = lasts_until(level, today=today)
    if latest is not None and until > latest:
        assert level.months is not None
        raise LastsTooLong(level.months, latest)


def lasts_until(level: ProtectionLevel, *, today: date) -> date | None:
    """The day until which a protection stated today lasts at most; None where each decision says its own."""
    if level.months is None:
        return None
    years, month = divmod(today.month - 1 + level.months, 12)
    first = date(today.year + years, month + 1, 1)
    last_of_month = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(today.day, last_of_month.day))


def check_may_be_told(
    level: str, receivers: Iterable[PostRow], *, own_unit: UUID | None, is_assessed: bool, by: Viewer
) -> None:
    """Raises NotToBeTold where the level bars one of them from being told by the viewer.

    own_unit: of the post that tells; None where the person does.
    """
    for post in receivers:
        why = bar(level, post, own_unit=own_unit, is_assessed=is_assessed, by=by)
        if why is not None:
            raise NotToBeTold(why)


def bar(
    level: str, post: PostRow, *, own_unit: UUID | None, is_assessed: bool, by: Viewer
) -> telling.Bar | None:
    """What the level has against the viewer telling a post; None where nothing. own_unit: as above."""
    told_to = statutes.protection_level(level, on=by.now.date()).told_to
    return telling.bar(
        told_to,
        Telling(
            by_person=own_unit is None,
            in_own_unit=post.unit_id == own_unit,
            receiver=post.agency_kind,
            is_assessed=is_assessed,
        ),
    )


def _country(person_id: UUID) -> Country:
    return Country(Person.objects.values_list("country", flat=True).get(pk=person_id))
