"""A list of candidates for another office: several persons referred in one go, each on their own yes (N44).

There is no list that is handed over: it is as many referrals as there are persons with a basis, and the
receiver reads and receives them as such. Who has none is not on it, and is not sent with the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import UnitRow
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import ConsentRecord, Refused, Viewer
from samvirke.kernel.gate_words import DataKind, Purpose, kinds_in
from samvirke.people import operations, queries, verbs
from samvirke.people.models import IdentityLink, Person, Referral


class WhyNot(StrEnum):
    """Why somebody was not referred with the others."""

    NO_BASIS = "no_basis"  # none in force names the office; or the viewer may not know of the person
    REFERRED = "referred"  # to this office, on a yes that still holds


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office that some of the own clients have said yes to, and how many of them may be referred."""

    unit: UnitRow
    persons: int


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A client of the own agency who may be referred to an office, and the yes that it would rest on."""

    person_id: UUID
    name: str
    kinds: tuple[DataKind, ...]
    given_at: datetime
    valid_to: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """Who was referred, and who was not and why."""

    referrals: tuple[UUID, ...]
    refused: Mapping[UUID, WhyNot]


@dataclass(frozen=True, slots=True)
class Received:
    """How many referrals were received, and for how many of them the unit has a case of its own."""

    count: int
    known: int


def offices(viewer: Viewer) -> list[OfficeRow]:
    """The offices to which somebody may be referred, by name. Nobody is shown."""
    counts = Counter(unit for units in _offered(viewer, _own(viewer)).values() for unit in units)
    units = agencies.units(counts)
    return [OfficeRow(one, counts[one.unit_id]) for one in sorted(units.values(), key=lambda one: one.name)]


def for_office(viewer: Viewer, unit_id: UUID) -> list[CandidateRow]:
    """Who may be referred to an office, by name; each is logged as read."""
    offered = {
        person_id: units[unit_id]
        for person_id, units in _offered(viewer, _own(viewer)).items()
        if unit_id in units
    }
    persons = queries.persons(set(offered))
    shown = DataKind.IDENTITY | DataKind.CONSENT
    days = [offered[person_id].given_at.date() for person_id in persons]
    audit.note(viewer, verbs.READ_REFERRALS, subject_ids=persons, basis="consent", kinds=shown, dated=days)
    rows = [_row(person, offered[person_id]) for person_id, person in persons.items()]
    return sorted(rows, key=lambda row: (row.name, str(row.person_id)))


def named(viewer: Viewer, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of those of these persons who are own clients of the viewer; each is logged as read."""
    found = queries.persons(_own(viewer) & set(person_ids))
    audit.note(viewer, verbs.READ_REFERRALS, subject_ids=found, basis="consent", kinds=DataKind.IDENTITY)
    return {person_id: person.name for person_id, person in found.items()}


@transaction.atomic
def send(*, person_ids: Collection[UUID], to_unit: UUID, by: Viewer) -> Sent:
    """Refer each of these persons to an office on the own yes; who cannot be is told apart, with the reason.

    One without a basis stops none of the others. Raises NoLeader.
    """
    referrals, refused = [], {}
    for person_id in sorted(set(person_ids)):
        answer = _refer(person_id, to_unit, by)
        if isinstance(answer, WhyNot):
            refused[person_id] = answer
        else:
            referrals.append(answer)
    return Sent(tuple(referrals), refused)


@transaction.atomic
def receive(*, referral_ids: Collection[UUID], by: Viewer) -> Received:
    """Receive those of these referrals that wait at the own unit, and tie its own cases where it has some.

    Another unit's, and what was received before, is left as it is.
    """
    waiting = queries.waiting(by).filter(pk__in=list(referral_ids))
    found = list(ask.visible(by, verbs.REFER, waiting).order_by("pk").values_list("pk", flat=True))
    cases = []
    for one in found:
        with suppress(Referral.DoesNotExist):  # a colleague received it in the meantime
            cases.append(operations.receive_referral(referral_id=one, by=by))
    return Received(len(cases), sum(case is not None for case in cases))


def _refer(person_id: UUID, to_unit: UUID, by: Viewer) -> UUID | WhyNot:
    """Two who send the same person at once: the second finds that it was done."""
    list(Person.objects.select_for_update().filter(pk=person_id))
    try:
        ask.require(by, verbs.REFER, person_id)
    except Refused:
        return WhyNot.NO_BASIS
    consent = _offered(by, _own(by, person_id)).get(person_id, {}).get(to_unit)
    if consent is not None:
        return operations.refer(person_id=person_id, to_unit=to_unit, consent_id=consent.id, by=by)
    is_done = (person_id, to_unit) in queries.referred_to([person_id], by.now)
    is_told = is_done and not ask.near_hidden([person_id])
    return WhyNot.REFERRED if is_told else WhyNot.NO_BASIS


def _own(viewer: Viewer, person_id: UUID | None = None) -> set[UUID]:
    """The own agency's clients who are known as persons to the viewer; all of them, or this one."""
    links = IdentityLink.objects.filter(record__in=queries.standing(viewer), unlinked_at__isnull=True)
    found = ask.visible(viewer, verbs.REFER, links)
    return set(
        (found.filter(subject_id=person_id) if person_id else found).values_list("subject_id", flat=True)
    )


def _offered(viewer: Viewer, persons: Iterable[UUID]) -> dict[UUID, dict[UUID, ConsentRecord]]:
    """By person the offices they are not referred to now, each with the newest yes that names it.

    Not of whom the offices around would tell this viewer where they are.
    """
    told = set(persons)
    told -= ask.near_hidden(told) if told else frozenset()
    done = queries.referred_to(told, viewer.now)
    offered: dict[UUID, dict[UUID, ConsentRecord]] = {}
    for consent in ask.consents(told):
        if _opens(consent, viewer):
            for unit_id in set(consent.to_units) - set(viewer.holders):
                if (consent.subject_id, unit_id) not in done:
                    offered.setdefault(consent.subject_id, {}).setdefault(unit_id, consent)
    return offered


def _opens(consent: ConsentRecord, viewer: Viewer) -> bool:
    """Whether by this yes the own unit may let others know, so that they work together."""
    is_ours = not set(viewer.holders).isdisjoint(consent.from_units)
    return is_ours and consent.in_force(viewer.now) and bool(consent.purposes & Purpose.COORDINATION)


def _row(person: Person, consent: ConsentRecord) -> CandidateRow:
    return CandidateRow(
        person_id=person.pk,
        name=person.name,
        kinds=tuple(kinds_in(consent.kinds)),
        given_at=consent.given_at,
        valid_to=consent.valid_to,
    )
