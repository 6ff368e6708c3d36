"""Who can do what: a card for each field, made of what the directory, the agreements and the law pack hold.

Nothing stands here that is written nowhere else. What has only been heard of a law, and read by nobody, is
left out; what was read and not yet compared with the law says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import UnitRow
from samvirke.agreements import queries as agreements
from samvirke.agreements.types import ContactRow
from samvirke.coordination import responsibility
from samvirke.coordination.responsibility import DivisionRow
from samvirke.gate.types import Viewer
from samvirke.interventions import queries as interventions
from samvirke.interventions.types import InterventionRow
from samvirke.kernel.codes import AgencyKind, Country, Domain
from samvirke.kernel.gate_words import DataKind, kinds_in
from samvirke.programmes import queries as programmes
from samvirke.statutes import policies as law
from samvirke.statutes import queries as statutes
from samvirke.statutes.provisions import Provision
from samvirke.statutes.types import DisclosureBasis, Right, SecrecyRule
from samvirke.surfaces.components.labels import DUTY_ROLE


@dataclass(frozen=True, slots=True)
class UnitCard:
    """An office: whom to ask there, what it answers for by agreement, and what it offers today."""

    unit: UnitRow
    contacts: tuple[ContactRow, ...]
    domains: tuple[Domain, ...]
    offers: tuple[InterventionRow, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Something a law says, and how far it was compared with the law itself."""

    label: str  # message id
    citation: str  # empty until compared with the law
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class TellingRule(Rule):
    """When such an agency may tell others."""

    needs_consent: bool
    receivers: tuple[AgencyKind, ...]
    kinds: tuple[DataKind, ...]


@dataclass(frozen=True, slots=True)
class RightRule(Rule):
    """What a person can apply for there."""

    sentence: str  # message ids
    for_whom: str


@dataclass(frozen=True, slots=True)
class FieldCard:
    """One field of work: the agencies of a kind, and the rules they work under."""

    kind: AgencyKind
    units: tuple[UnitCard, ...]
    rights: tuple[RightRule, ...]
    secrecy: tuple[Rule, ...]
    telling: tuple[TellingRule, ...]
    tasks: tuple[str, ...]  # message ids: of who coordinates, where such an agency does


def cards(viewer: Viewer) -> tuple[FieldCard, ...]:
    """A card for each field that has an office here; in the order of the code list."""
    own = agencies.post(viewer.post_id).unit_id
    country, today = agencies.country_of_post(viewer.post_id), viewer.now.date()
    units = _unit_cards(viewer, agencies.units_near(agencies.place_of(own).municipality, country))
    by_kind = {kind: tuple(one for one in units if one.unit.agency_kind == kind) for kind in AgencyKind}
    return tuple(_card(kind, found, country, today) for kind, found in by_kind.items() if found)


def _unit_cards(viewer: Viewer, units: Sequence[UnitRow]) -> list[UnitCard]:
    contacts = agreements.contact_persons([one.unit_id for one in units])
    offers = interventions.interventions_near(viewer)
    partnership_id = programmes.partnership_of(viewer)
    divisions = responsibility.of_partnership(viewer, partnership_id) if partnership_id else ()
    return [
        UnitCard(
            unit=one,
            contacts=tuple(contacts.get(one.unit_id, ())),
            domains=_answers_for(one, divisions),
            offers=tuple(row for row in offers if row.unit_name == one.name),
        )
        for one in units
    ]


def _answers_for(unit: UnitRow, divisions: Iterable[DivisionRow]) -> tuple[Domain, ...]:
    found = (row for one in divisions for row in one.domains)
    return tuple(dict.fromkeys(row.domain for row in found if row.unit and row.unit.unit_id == unit.unit_id))


def _card(kind: AgencyKind, units: tuple[UnitCard, ...], country: Country, today: date) -> FieldCard:
    rights = (one for one in statutes.rights(country) if kind in one.agency_kinds and _holds(one, today))
    secrecy = (one for one in statutes.secrecy(country, on=today) if kind in one.binds and one.is_usable)
    bases = statutes.disclosure_bases(country, on=today)
    telling = (one for one in bases if kind in one.givers and one.is_usable and one.is_described)
    coordinates = kind is AgencyKind.COORDINATING_UNIT
    duties = [one for role in DUTY_ROLE if coordinates and (one := statutes.duty_of(role, country))]
    return FieldCard(
        kind=kind,
        units=units,
        rights=tuple(map(_right, rights)),
        secrecy=tuple(map(_rule, secrecy)),
        telling=tuple(map(_telling, telling)),
        tasks=tuple(dict.fromkeys(task for duty in duties if duty.is_usable for task in duty.tasks)),
    )


def _holds(one: Provision, today: date) -> bool:
    return one.is_usable and one.holds_on(today)


def _rule(one: SecrecyRule) -> Rule:
    return Rule(one.label, law.citation(one), one.verified_on)


def _right(one: Right) -> RightRule:
    return RightRule(one.label, law.citation(one), one.verified_on, one.sentence, one.for_whom)


def _telling(one: DisclosureBasis) -> TellingRule:
    return TellingRule(
        one.label,
        law.citation(one),
        one.verified_on,
        needs_consent=one.needs_consent,
        receivers=one.receivers,
        kinds=tuple(kinds_in(int(one.kinds))),
    )
