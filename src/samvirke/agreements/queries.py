"""What pages read of agreements and contact persons. Nothing here is about a person who gets help.

The partnership's leader sees all of it. A unit's leader sees the agreements that bind the own unit, and the
contact persons of its parties, of the own municipality and of units that serve the whole partnership.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow, UnitRow
from samvirke.agreements import policies
from samvirke.agreements.models import Agreement, AgreementParty, AgreementVersion, ContactPerson
from samvirke.agreements.types import (
    AgreementRow,
    CheckResult,
    CheckRow,
    ContactRow,
    Overview,
    PartyRow,
    Promise,
    PromisedDays,
    ResponsibilityRow,
    SiteRow,
    VersionRow,
)
from samvirke.gate.access import Role
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Domain

PARTS = (
    "versions__parties",
    "versions__response_times",
    "versions__responsibilities",
    "versions__written_by",
    "checks__done_by",
)


def overview(viewer: Viewer, partnership_id: UUID, municipalities: Iterable[str]) -> Overview:
    """The sites and agreements of a partnership that the viewer sees, with warnings."""
    mine = led_units(viewer)
    found = [row for row in _agreements(viewer, mine, partnership_id) if _is_seen(viewer, mine, row)]
    units = _units(viewer, found, municipalities)
    contacts = contact_persons(units)
    sites = [_site(viewer, mine, unit, contacts[unit.unit_id], found) for unit in units.values()]
    return Overview(
        sites=tuple(sorted(sites, key=lambda site: (site.unit_name, str(site.unit_id)))),
        agreements=tuple(sorted(found, key=lambda row: (row.newest.title, str(row.agreement_id)))),
    )


def agreement(viewer: Viewer, agreement_id: UUID) -> AgreementRow:
    """One agreement. Raises Agreement.DoesNotExist, also for one that is not the viewer's to see."""
    mine = led_units(viewer)
    partnership_id = Agreement.objects.values_list("partnership_id", flat=True).get(pk=agreement_id)
    found = {row.agreement_id: row for row in _agreements(viewer, mine, partnership_id)}[agreement_id]
    if not _is_seen(viewer, mine, found):
        raise Agreement.DoesNotExist
    return found


def in_force(partnership_id: UUID, *, on: date) -> list[VersionRow]:
    """What holds between units of a partnership on a day, by title. For what an administrator writes."""
    found = Agreement.objects.filter(partnership_id=partnership_id).prefetch_related(*PARTS)
    bound = [(one, version) for one in found for version in one.versions.all()]
    units = agencies.units(party.unit_id for _, version in bound for party in version.parties.all())
    versions: dict[UUID, list[VersionRow]] = defaultdict(list)
    for one, version in sorted(bound, key=lambda pair: -pair[1].number):
        versions[one.id].append(_version_row(version, units))
    lasting = [row for rows in versions.values() if (row := _holding(rows, on))]
    return sorted(lasting, key=lambda row: (row.title, row.signed_on))


def of_partnership(viewer: Viewer, partnership_id: UUID) -> list[AgreementRow]:
    """The agreements that hold in a partnership, for whoever works in it; by title.

    Where some bind the viewer's own unit, those alone.
    """
    found = [one for one in _agreements(viewer, led_units(viewer), partnership_id) if one.holds]
    own = [one for one in found if one.binds(viewer.holders)]
    return sorted(own or found, key=lambda row: (row.newest.title, str(row.agreement_id)))


def promised_days(partnerships: Iterable[UUID], promise: Promise) -> list[PromisedDays]:
    """What each version of these partnerships' agreements says of a promise, the newest version first."""
    found = AgreementVersion.objects.filter(agreement__partnership_id__in=set(partnerships))
    return [
        PromisedDays(
            agreement_id=version.agreement_id,
            parties=frozenset(party.unit_id for party in version.parties.all()),
            valid_from=version.valid_from,
            valid_until=version.valid_until,
            days=next((one.days for one in version.response_times.all() if one.promise == promise), None),
        )
        for version in found.order_by("-number").prefetch_related("parties", "response_times")
    ]


def parties_to_choose(viewer: Viewer, municipalities: Iterable[str]) -> list[UnitRow]:
    """The units that an agreement of the viewer's may bind, by name."""
    found = _units(viewer, [], municipalities).values()
    return sorted(found, key=lambda unit: (unit.agency_kind, unit.name))


def posts_to_name(unit_id: UUID) -> list[PostRow]:
    """The unit's posts that a contact person may be: those that work with people, the leader among them."""
    return agencies.workers_in([unit_id])


def led_units(viewer: Viewer) -> frozenset[UUID]:
    """The unit whose leader post the viewer is, if any."""
    own = agencies.posts([viewer.post_id]).get(viewer.post_id)
    if own is None:
        return frozenset()
    return frozenset(unit for unit, post in agencies.leaders_of([own.unit_id]).items() if post == own.post_id)


def newest_version(agreement_id: UUID) -> AgreementVersion:
    """What an agreement says now. Raises AgreementVersion.DoesNotExist."""
    found = AgreementVersion.objects.filter(agreement_id=agreement_id).order_by("-number").first()
    if found is None:
        raise AgreementVersion.DoesNotExist
    return found


def parties_of(version: AgreementVersion) -> list[UUID]:
    """The units a version binds."""
    return list(AgreementParty.objects.filter(version=version).values_list("unit_id", flat=True))


def _agreements(viewer: Viewer, mine: frozenset[UUID], partnership_id: UUID) -> list[AgreementRow]:
    found = list(Agreement.objects.filter(partnership_id=partnership_id).prefetch_related(*PARTS))
    bound = {
        party.unit_id for one in found for version in one.versions.all() for party in version.parties.all()
    }
    units = agencies.units(bound)
    return [_agreement_row(viewer, one, units, mine) for one in found]


def _agreement_row(
    viewer: Viewer, one: Agreement, units: Mapping[UUID, UnitRow], mine: frozenset[UUID]
) -> AgreementRow:
    today = viewer.now.date()
    versions = sorted(
        (_version_row(version, units) for version in one.versions.all()), key=lambda v: -v.number
    )
    checks = sorted(one.checks.all(), key=lambda check: check.done_at, reverse=True)
    signed = max(version.written_at for version in one.versions.all())
    later = [check.next_check_on for check in checks if check.done_at >= signed]
    next_check = later[0] if later else versions[0].next_check_on
    holds = _holding(versions, today)
    return AgreementRow(
        agreement_id=one.id,
        versions=tuple(versions),
        checks=tuple(
            CheckRow(check.done_on, CheckResult(check.result), check.next_check_on, check.done_by.title)
            for check in checks
        ),
        holds=holds,
        next_check_on=next_check,
        check_overdue=next_check < today,
        review_overdue=holds is not None and holds.review_on is not None and holds.review_on < today,
        may_write=policies.may_promise(viewer, mine, [party.unit_id for party in versions[0].parties]),
    )


def _holding(versions: Sequence[VersionRow], today: date) -> VersionRow | None:
    """The newest version that has begun, if it still lasts. versions: the newest first."""
    begun = [version for version in versions if version.valid_from <= today]
    return begun[0] if begun and (begun[0].valid_until is None or begun[0].valid_until >= today) else None


def _version_row(version: AgreementVersion, units: Mapping[UUID, UnitRow]) -> VersionRow:
    bound = {party.unit_id: _party(units[party.unit_id]) for party in version.parties.all()}
    answers = {Domain(one.domain): one for one in version.responsibilities.all()}
    times = {Promise(one.promise): one.days for one in version.response_times.all()}
    return VersionRow(
        number=version.number,
        title=version.title,
        parties=tuple(sorted(bound.values(), key=lambda party: party.unit_name)),
        signed_on=version.signed_on,
        valid_from=version.valid_from,
        valid_until=version.valid_until,
        next_check_on=version.next_check_on,
        response_times=tuple((promise, times[promise]) for promise in Promise if promise in times),
        review_on=version.review_on,
        responsibilities=tuple(
            ResponsibilityRow(domain, bound[one.unit_id], bound.get(one.deputy_id))
            for domain in Domain
            if (one := answers.get(domain))
        ),
        written_at=version.written_at,
        written_by=version.written_by.title,
    )


def _party(unit: UnitRow) -> PartyRow:
    return PartyRow(unit.unit_id, unit.name, unit.agency_kind)


def _is_seen(viewer: Viewer, mine: frozenset[UUID], row: AgreementRow) -> bool:
    return viewer.role is Role.PARTNERSHIP_LEADER or any(
        party.unit_id in mine for version in row.versions for party in version.parties
    )


def _units(
    viewer: Viewer, agreements: Iterable[AgreementRow], municipalities: Iterable[str]
) -> dict[UUID, UnitRow]:
    """The units whose contact persons the viewer sees."""
    own = agencies.posts([viewer.post_id])[viewer.post_id]
    if viewer.role is Role.PARTNERSHIP_LEADER:
        places = list(municipalities)
    else:
        places = [place] if (place := agencies.place_of(own.unit_id).municipality) else []
    found = {unit.unit_id: unit for unit in agencies.units_of_partnership(places)}
    if viewer.role is not Role.PARTNERSHIP_LEADER:
        bound = {party.unit_id for row in agreements for party in row.newest.parties}
        found |= agencies.units({own.unit_id, *bound})
    return found


def contact_persons(units: Iterable[UUID]) -> dict[UUID, list[ContactRow]]:
    """Contact persons that have not ended, by unit."""
    found = ContactPerson.objects.filter(unit_id__in=list(units), ends_before__isnull=True)
    rows: dict[UUID, list[ContactRow]] = defaultdict(list)
    for one in found.select_related("post", "deputy").order_by("since", "id"):
        rows[one.unit_id].append(
            ContactRow(
                contact_id=one.id,
                post_id=one.post_id,
                deputy_id=one.deputy_id,
                title=one.post.title,
                deputy=one.deputy.title if one.deputy else "",
                share_percent=one.share_percent,
                since=one.since,
                ends_before=one.ends_before,
            )
        )
    return rows


def _site(
    viewer: Viewer,
    mine: frozenset[UUID],
    unit: UnitRow,
    contacts: Sequence[ContactRow],
    agreements: Iterable[AgreementRow],
) -> SiteRow:
    binding = [row for row in agreements if any(p.unit_id == unit.unit_id for p in row.newest.parties)]
    return SiteRow(
        unit_id=unit.unit_id,
        unit_name=unit.name,
        agency_kind=unit.agency_kind,
        contacts=tuple(contacts),
        warnings=policies.warnings(contacts, binding, viewer.now.date()),
        may_write=policies.may_promise(viewer, mine, [unit.unit_id]),
    )
