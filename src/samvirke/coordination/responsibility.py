"""Who answers for what between the agencies, as the agreements in force say, and whom to ask today.

An agreement divides what agencies answer for; it does not show that they do. Nothing in here is about a
person: a plan only says which partnership it is in, and the page is the same for all its plans.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samvirke.agencies import delegation
from samvirke.agencies import queries as agencies
from samvirke.agencies.delegation import AuthorityRow
from samvirke.agreements import queries as agreements
from samvirke.agreements.types import AgreementRow, ContactRow, PartyRow, ResponsibilityRow, Warning
from samvirke.coordination.models import Absence
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Domain
from samvirke.kernel.gate_words import DataKind
from samvirke.people import queries as people
from samvirke.plan import queries as plans
from samvirke.plan import teams
from samvirke.plan.verbs import READ_PLAN

# What an action tells of, and the domain that somebody answers for by the agreement.
DOMAIN_OF: Mapping[DataKind, Domain] = {
    DataKind.PLAN: Domain.FOLLOW_UP,
    DataKind.EMPLOYMENT: Domain.WORK_AND_PRACTICE,
    DataKind.EDUCATION: Domain.COURSE,
    DataKind.ECONOMY: Domain.ECONOMY,
    DataKind.HOUSING: Domain.SOCIAL,
    DataKind.HEALTH: Domain.HEALTH,
    DataKind.SOCIAL: Domain.SOCIAL,
    DataKind.NETWORK: Domain.SOCIAL,
}


@dataclass(frozen=True, slots=True)
class NamedRow:
    """Which parties the agreements name for what an action tells of."""

    kind: DataKind
    units: tuple[PartyRow, ...]


@dataclass(frozen=True, slots=True)
class ContactNow:
    """A contact person, and whether the one, or the deputy, is there today."""

    title: str
    deputy: str  # empty: nobody
    is_away: bool
    is_deputy_away: bool

    @property
    def ask(self) -> str:
        """Whom to ask today; empty: nobody is there."""
        if not self.is_away:
            return self.title
        return "" if self.is_deputy_away else self.deputy


@dataclass(frozen=True, slots=True)
class DomainRow:
    """A domain, the one party that answers for it, and whom to ask there. None: nobody answers."""

    domain: Domain
    unit: PartyRow | None
    deputy: PartyRow | None
    contacts: tuple[ContactNow, ...]
    warnings: tuple[Warning, ...]


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """What one agreement in force says, domain by domain, and what is missing."""

    agreement_id: UUID
    title: str
    number: int
    parties: tuple[PartyRow, ...]
    valid_from: date
    valid_until: date | None
    next_check_on: date
    review_on: date | None
    domains: tuple[DomainRow, ...]
    warnings: tuple[Warning, ...]
    may_write: bool

    def named_for(self, domain: Domain) -> PartyRow | None:
        """Who answers for a domain."""
        return next((row.unit for row in self.domains if row.domain is domain), None)


def of_plan(viewer: Viewer, plan_id: UUID) -> tuple[DivisionRow, ...]:
    """Who answers for what around a plan, for who reads it. Raises Refused, Plan.DoesNotExist."""
    subject_id = plans.subject_of(plan_id)
    ask.require(viewer, READ_PLAN, subject_id)
    audit.note(viewer, READ_PLAN, subject_ids=[subject_id], basis="")
    return of_partnership(viewer, plans.partnership_of(plan_id))


def authority_on(viewer: Viewer, plan_id: UUID) -> list[AuthorityRow]:
    """What those of the team may decide under delegated authority; not of posts that are not named here.

    Raises as `of_plan`.
    """
    subject_id = plans.subject_of(plan_id)
    ask.require(viewer, READ_PLAN, subject_id)
    team = people.posts_around(subject_id, teams.members_of(plan_id).values())
    return delegation.holding((post.post_id for post in team.values() if post.title), viewer.now.date())


def lacks_authority(viewer: Viewer, plan_id: UUID, kind: DataKind) -> tuple[PartyRow, ...]:
    """Whose matter it is by the agreement, where the viewer decides it with no authority recorded.

    Nothing where the viewer's own kind of agency is named, or nobody is. Raises as `of_plan`.
    """
    units = [unit for row in named(viewer, plan_id, [kind]) for unit in row.units]
    is_missing = delegation.is_missing(viewer, [unit.agency_kind for unit in units])
    return tuple(units) if is_missing else ()


def named(viewer: Viewer, plan_id: UUID, kinds: Iterable[DataKind]) -> tuple[NamedRow, ...]:
    """Which party answers for what, by what an action of the plan can tell of; where somebody is named.

    Raises as `of_plan`.
    """
    divisions = of_plan(viewer, plan_id)
    rows = (NamedRow(kind, _units_for(DOMAIN_OF[kind], divisions)) for kind in kinds if kind in DOMAIN_OF)
    return tuple(row for row in rows if row.units)


def _units_for(domain: Domain, divisions: Iterable[DivisionRow]) -> tuple[PartyRow, ...]:
    found = {unit.unit_id: unit for one in divisions if (unit := one.named_for(domain))}
    return tuple(found.values())


def of_partnership(viewer: Viewer, partnership_id: UUID) -> tuple[DivisionRow, ...]:
    """What the agreements in force say; of those that bind the viewer's unit, where some do."""
    found = agreements.of_partnership(viewer, partnership_id)
    units = {one.unit.unit_id for row in found if row.holds for one in row.holds.responsibilities}
    contacts = _contacts(units, viewer.now.date())
    return tuple(_division(row, contacts) for row in found)


def _contacts(units: Iterable[UUID], today: date) -> dict[UUID, tuple[ContactNow, ...]]:
    """The contact persons of today, by unit."""
    found = agreements.contact_persons(units)
    begun = {unit: [one for one in rows if one.since <= today] for unit, rows in found.items()}
    posts = {post for rows in begun.values() for one in rows for post in (one.post_id, one.deputy_id) if post}
    said = Absence.objects.filter(post_id__in=posts, away_from__lte=today, back_on__gt=today)
    away = {*said.values_list("post_id", flat=True), *agencies.out_of_use(posts, today)}
    return {unit: tuple(_contact_now(one, away) for one in rows) for unit, rows in begun.items()}


def _contact_now(one: ContactRow, away: set[UUID]) -> ContactNow:
    return ContactNow(one.title, one.deputy, one.post_id in away, one.deputy_id in away)


def _division(row: AgreementRow, contacts: Mapping[UUID, Sequence[ContactNow]]) -> DivisionRow:
    holds = row.holds
    assert holds is not None
    given = {one.domain: one for one in holds.responsibilities}
    domains = tuple(_domain(domain, given.get(domain), contacts) for domain in Domain)
    missing = {
        Warning.CHECK_OVERDUE: row.check_overdue,
        Warning.REVIEW_OVERDUE: row.review_overdue,
        Warning.NOBODY_ANSWERS: any(one.unit is None for one in domains),
    }
    return DivisionRow(
        agreement_id=row.agreement_id,
        title=holds.title,
        number=holds.number,
        parties=holds.parties,
        valid_from=holds.valid_from,
        valid_until=holds.valid_until,
        next_check_on=row.next_check_on,
        review_on=holds.review_on,
        domains=domains,
        warnings=tuple(warning for warning, is_so in missing.items() if is_so),
        may_write=row.may_write,
    )


def _domain(
    domain: Domain, given: ResponsibilityRow | None, contacts: Mapping[UUID, Sequence[ContactNow]]
) -> DomainRow:
    if given is None:
        return DomainRow(domain, None, None, (), (Warning.NOBODY_ANSWERS,))
    asked = tuple(contacts.get(given.unit.unit_id, ()))
    missing = {
        Warning.NO_CONTACT_PERSON: not asked,
        Warning.AWAY_WITHOUT_DEPUTY: bool(asked) and not any(one.ask for one in asked),
    }
    warnings = tuple(warning for warning, is_so in missing.items() if is_so)
    return DomainRow(domain, given.unit, given.deputy, asked, warnings)
