"""Exemptions: in one municipality, for a period, a plan need not hold something that a law asks for.

A leader records what it rests on as the decision says it; nobody here has compared that with the law. It ends
on its last day, or before, and is never deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.gate.types import Viewer
from samvirke.programmes import facts
from samvirke.programmes.models import Exemption, LocalPartnership
from samvirke.statutes import queries as statutes
from samvirke.statutes.types import PlanKind, Requirement

SOON = timedelta(days=60)  # before its last day the leaders are reminded


class NotYourMunicipality(Exception):
    """Somebody who leads no unit of the municipality, nor its partnership, was to record or end this."""

    def __init__(self) -> None:
        super().__init__("Only who leads a unit there, or the partnership, writes this. Ask one of them.")


class UnknownRequirement(Exception):
    """The plan kind, or what it requires, is in no law pack of the country."""

    def __init__(self, requirement: str) -> None:
        super().__init__(f"No law pack of this country requires {requirement!r}. Choose one that it has.")


class EndedAlready(Exception):
    """There is no such exemption any more."""

    def __init__(self) -> None:
        super().__init__("It has ended already. Read the list again.")


class EndsBeforeItBegins(Exception):
    """The last day comes before the first, or has been."""

    def __init__(self) -> None:
        super().__init__("The last day comes before the first, or has been. Choose a later day.")


class NothingSaid(Exception):
    """It is not said what the exemption rests on, or why there is one."""

    def __init__(self) -> None:
        super().__init__("It is not said what it rests on, or why. Write both.")


@dataclass(frozen=True, slots=True)
class NewExemption:
    """What is to be exempted from, where, and until when."""

    municipality: str
    plan_kind: str
    requirement: str
    provision: str
    reason: str
    valid_from: date
    last_day: date


@dataclass(frozen=True, slots=True)
class ExemptionRow:
    """One exemption, as leaders read it."""

    exemption_id: UUID
    municipality: str  # name
    kind_label: str  # message ids
    requirement_label: str
    provision: str
    reason: str
    valid_from: date
    last_day: date
    ended_on: date | None
    recorded_by: str  # the post's title
    holds: bool
    ends_soon: bool


@transaction.atomic
def record(new: NewExemption, *, by: Viewer) -> UUID:
    """Record an exemption. Returns its id.

    Raises NotYourMunicipality, UnknownRequirement, EndsBeforeItBegins, NothingSaid.
    """
    if new.municipality not in led(by):
        raise NotYourMunicipality
    if (new.plan_kind, new.requirement) not in {(kind.code, one.code) for kind, one in requirements(by)}:
        raise UnknownRequirement(new.requirement)
    if not max(new.valid_from, by.now.date()) <= new.last_day:
        raise EndsBeforeItBegins
    if not (new.provision.strip() and new.reason.strip()):
        raise NothingSaid
    made = Exemption.objects.create(
        id=uuid4(),
        municipality_id=new.municipality,
        plan_kind=new.plan_kind,
        requirement=new.requirement,
        provision=new.provision.strip(),
        reason=new.reason.strip(),
        valid_from=new.valid_from,
        last_day=new.last_day,
        recorded_by_id=by.post_id,
        recorded_at=by.now,
    )
    told = facts.ExemptionRecorded(
        exemption_id=made.id,
        municipality=new.municipality,
        plan_kind=new.plan_kind,
        requirement=new.requirement,
        valid_from=new.valid_from,
        last_day=new.last_day,
    )
    events.record([told], by=by.post_id, at=by.now)
    return made.id


@transaction.atomic
def end(*, exemption_id: UUID, by: Viewer) -> None:
    """From today the requirement holds again. Raises NotYourMunicipality, EndedAlready."""
    made = Exemption.objects.filter(pk=exemption_id, ended_on__isnull=True).first()
    if made is None:
        raise EndedAlready
    if made.municipality_id not in led(by):
        raise NotYourMunicipality
    made.ended_on = by.now.date()
    made.save(update_fields=["ended_on"])
    events.record([facts.ExemptionEnded(made.id, made.ended_on)], by=by.post_id, at=by.now)


def requirements(viewer: Viewer) -> tuple[tuple[PlanKind, Requirement], ...]:
    """What the plan kinds of the viewer's country require today."""
    country = agencies.country_of_post(viewer.post_id)
    kinds = statutes.plan_kinds(country, on=viewer.now.date())
    return tuple((kind, one) for kind in kinds for one in kind.requirements)


def led(viewer: Viewer) -> dict[str, str]:
    """The municipalities that the viewer leads a unit in, or the partnership of: names by code."""
    own = agencies.posts([viewer.post_id]).get(viewer.post_id)
    if own is None or agencies.leaders_of([own.unit_id]).get(own.unit_id) != own.post_id:
        return {}
    of_partnership = LocalPartnership.municipalities.through.objects.filter(
        localpartnership__office_id=own.unit_id
    )
    codes = [agencies.place_of(own.unit_id).municipality]
    codes += of_partnership.values_list("municipality_id", flat=True)
    names = agencies.municipality_names()
    return {code: names[code] for code in sorted(codes) if code}


def of_mine(viewer: Viewer) -> list[ExemptionRow]:
    """The exemptions of the municipalities the viewer leads in; what holds and ends soonest first."""
    names = led(viewer)
    found = Exemption.objects.filter(municipality__in=list(names)).select_related("recorded_by")
    labels = {(kind.code, one.code): (kind.label, one.label) for kind, one in requirements(viewer)}
    rows = [_row(one, names, labels.get((one.plan_kind, one.requirement)), viewer) for one in found]
    return sorted(rows, key=lambda row: (not row.holds, row.last_day, row.municipality))


def _row(one: Exemption, names: dict[str, str], labels: Sequence[str] | None, viewer: Viewer) -> ExemptionRow:
    today = viewer.now.date()
    holds = one.ended_on is None and one.valid_from <= today <= one.last_day
    kind_label, requirement_label = labels or (one.plan_kind, one.requirement)
    return ExemptionRow(
        exemption_id=one.id,
        municipality=names[one.municipality_id],
        kind_label=kind_label,
        requirement_label=requirement_label,
        provision=one.provision,
        reason=one.reason,
        valid_from=one.valid_from,
        last_day=one.last_day,
        ended_on=one.ended_on,
        recorded_by=one.recorded_by.title,
        holds=holds,
        ends_soon=holds and one.last_day - today <= SOON,
    )
