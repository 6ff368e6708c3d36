"""Who acts for whom: recording a guardian, another scope, and the end.

What a guardian sees is the gate's: each kind until the day it closes, by the database's clock. The days are
reckoned from the law packs when a guardian is recorded; when a pack draws a line anew, `recompute` reckons
them again, and until then `GuardianRow.is_stale` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NoReturn
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.gate import audit
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.access import OPENS, WHEREABOUTS, Basis, Refusal
from samvirke.gate.types import Refused, Verb, Viewer
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import DataKind, kinds_in
from samvirke.people import facts, verbs
from samvirke.people.guardian_refusals import (
    AnotherFooting,
    EndsBeforeItBegins,
    NotForThisAge,
    NothingInScope,
    NotTheirOwnGuardian,
    RestsOnNoDocument,
)
from samvirke.people.guardian_types import GuardianRow, NewGuardian, WardRow
from samvirke.people.models import Guardianship, GuardianshipGround, Person
from samvirke.statutes import ages
from samvirke.statutes.kin import ForWhom
from samvirke.statutes.types import GuardianKind

EVERY_KIND = OPENS[Basis.GUARDIAN].kinds
WITHOUT_END = datetime(9999, 1, 1, tzinfo=UTC)


@transaction.atomic
def record(*, person_id: UUID, guardian: NewGuardian, by: Viewer) -> UUID:
    """Somebody acts for a person; of one who does already, the new scope and days hold at once.

    Returns the id. Raises Refused, NotForThisAge, NothingInScope, RestsOnNoDocument, EndsBeforeItBegins,
    AnotherFooting, NotTheirOwnGuardian, UnknownProvision, NoAgeLine.
    """
    _check_works_with(by, person_id)
    person = Person.objects.get(pk=person_id)
    if guardian.citizen_id == person.citizen_id or guardian.citizen_id not in _names([guardian.citizen_id]):
        raise NotTheirOwnGuardian
    country = country_of(by.holders)
    check(guardian, country=country, birth_date=person.birth_date, by=by)
    _check_footing(person_id, guardian)
    open_access(person_id, guardian, country=country, birth_date=person.birth_date, now=by.now)
    return note(person_id, guardian, country=country, birth_date=person.birth_date, by=by)


@transaction.atomic
def end(*, guardianship_id: UUID, by: Viewer) -> None:
    """Somebody acts for the person no longer; what it opened closes at once. Twice is as once.

    Raises Refused, Guardianship.DoesNotExist.
    """
    found = Guardianship.objects.select_for_update().get(pk=guardianship_id)
    _check_works_with(by, found.subject_id)
    if found.ended_at is None:
        gate.end_guardian(child_id=found.subject_id, citizen_id=found.citizen_id)
        _end(found, by)


@transaction.atomic
def recompute(*, person_id: UUID, by: Viewer) -> None:
    """Reckon the days of everybody who acts for the person by the age lines of today. Raises Refused."""
    in_force = list(_in_force(by.now).filter(subject_id=person_id).select_for_update())
    _check_works_with(by, person_id)
    person, country = Person.objects.get(pk=person_id), country_of(by.holders)
    grounds = _grounds([person_id])
    for found in in_force:
        ground = grounds[found.id]
        again = NewGuardian(
            citizen_id=found.citizen_id,
            name=found.name,
            footing=found.footing,
            scope=DataKind(found.scope),
            lives_with=ground.lives_with,
            reference=ground.reference,
            seen_on=ground.seen_on,
            until=ground.until,
        )
        open_access(person_id, again, country=country, birth_date=person.birth_date, now=by.now)
        found.reckoned_by = ages.signature(country, on=by.now.date())
        found.valid_to = _last(again, country, person.birth_date, by.now)
        found.save(update_fields=["reckoned_by", "valid_to"])


def around(viewer: Viewer, person_id: UUID) -> list[GuardianRow]:
    """Who acts, or acted, for a person, newest first, as the viewer may know it. Raises Refused."""
    ask.require(viewer, verbs.READ_GUARDIANS, person_id)
    found = list(Guardianship.objects.filter(subject_id=person_id).order_by("-recorded_at", "id"))
    grounds = {} if ask.near_hidden([person_id]) else _grounds([person_id])
    closed = _closed(Person.objects.get(pk=person_id), found, viewer)
    return [_row(one, grounds.get(one.id), viewer, closed) for one in found]


def candidates(viewer: Viewer, person_id: UUID) -> dict[UUID, str]:
    """Whom the viewer works with, by name and birth date, by their own holder; each is logged as read."""
    found = ask.visible(viewer, verbs.READ_GUARDIANS, Person.objects.exclude(pk=person_id), subject="id")
    persons = list(found.order_by("family_name", "given_name", "birth_date"))
    audit.note(viewer, verbs.READ_GUARDIANS, subject_ids=[one.pk for one in persons], basis=Basis.CONSENT)
    return {one.citizen_id: f"{one.name} ({one.birth_date:%Y-%m-%d})" for one in persons}


def wards(viewer: Viewer, person_id: UUID | None = None) -> list[WardRow]:
    """Whom the citizen acts for now, or of them this person alone; each is logged as read."""
    acting = _in_force(viewer.now).filter(citizen_id=viewer.post_id)
    if person_id is not None:
        acting = acting.filter(subject_id=person_id)
    found = list(acting.order_by("recorded_at", "id"))
    visible = ask.visible(viewer, verbs.READ_GUARDIANS, Person.objects.all(), subject="id")
    persons = {person.pk: person for person in visible.filter(pk__in=[one.subject_id for one in found])}
    audit.note(viewer, verbs.READ_GUARDIANS, subject_ids=list(persons), basis=Basis.GUARDIAN)
    open_now = ask.readable(viewer, persons)
    return [
        WardRow(
            person_id=one.subject_id,
            name=persons[one.subject_id].name,
            footing=one.footing,
            scope=tuple(kinds_in(one.scope & open_now[one.subject_id])),
            valid_to=one.valid_to,
        )
        for one in found
        if one.subject_id in persons
    ]


def acting_now(person_id: UUID, now: datetime) -> list[Guardianship]:
    """Everybody who acts for the person now, as the viewer of this transaction may see it."""
    return list(_in_force(now).filter(subject_id=person_id).order_by("recorded_at", "id"))


def check(new: NewGuardian, *, country: Country, birth_date: date, by: Viewer) -> None:
    """What is said of a guardian can be. Raises as `record`."""
    today = timezone.localtime(by.now).date()
    kind = ages.guardian_kind(new.footing)
    is_of_age = ages.is_of_age(country, birth_date, on=today)
    known = {one.code for one in ages.guardian_kinds(country, on=today)}
    if kind.code not in known or (ForWhom.ADULTS if is_of_age else ForWhom.MINORS) not in kind.for_whom:
        raise NotForThisAge
    if not _scope(new) or new.scope & ~(kind.kinds or EVERY_KIND):
        raise NothingInScope
    if not new.reference.strip() or not new.name.strip() or new.seen_on > today:
        raise RestsOnNoDocument
    parts = _parts(new, country, birth_date, today)
    if (new.until is not None and new.until < today) or max(until for _, until in parts) <= by.now:
        raise EndsBeforeItBegins


def open_access(
    person_id: UUID, new: NewGuardian, *, country: Country, birth_date: date, now: datetime
) -> None:
    """What the guardian may see, each kind until its day."""
    gate.open_guardian(
        child_id=person_id,
        citizen_id=new.citizen_id,
        lives_with_child=new.lives_with,
        parts=_parts(new, country, birth_date, timezone.localtime(now).date()),
    )


def note(person_id: UUID, new: NewGuardian, *, country: Country, birth_date: date, by: Viewer) -> UUID:
    """Who acts for the person, beside what the gate opened; what stood before of the same guardian ends."""
    for before in Guardianship.objects.filter(
        subject_id=person_id, citizen_id=new.citizen_id, ended_at__isnull=True
    ):
        _end(before, by)
    today = timezone.localtime(by.now).date()
    made = Guardianship.objects.create(
        id=uuid4(),
        subject_id=person_id,
        citizen_id=new.citizen_id,
        name=new.name.strip(),
        footing=new.footing,
        scope=int(_scope(new)),
        reckoned_by=ages.signature(country, on=today),
        recorded_at=by.now,
        valid_to=_last(new, country, birth_date, by.now),
    )
    GuardianshipGround.objects.create(
        guardianship=made,
        subject_id=person_id,
        reference=new.reference.strip(),
        seen_on=new.seen_on,
        lives_with=new.lives_with,
        until=new.until,
        recorded_by_id=by.post_id,
    )
    told = facts.GuardianRecorded(person_id, made.id, made.footing, made.scope)
    events.record([told], by=by.post_id, at=by.now)
    return made.id


def deny(by: Viewer, person_id: UUID) -> NoReturn:
    """The guardian may not answer this. Raises Refused, and the log keeps it."""
    _deny(by, verbs.CONSENT_FOR_CHILD, person_id)


def footing_of(found: Guardianship) -> GuardianKind:
    """What the law packs say of it. Raises UnknownProvision."""
    return ages.guardian_kind(found.footing)


def country_of(units: Iterable[UUID]) -> Country:
    """Whose law holds between units; a plan has one country. Raises LookupError where none is a unit."""
    for body in agencies.bodies(units).values():
        return body.country
    raise LookupError("None of these is a unit of any country.")


def beginning_of(day: date) -> datetime:
    """The first moment of a day, where the office is."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def _check_works_with(by: Viewer, person_id: UUID) -> None:
    """Who works with the person records, neither the person nor another guardian. Raises Refused."""
    ask.require(by, verbs.RECORD_GUARDIAN, person_id)
    if by.is_citizen:
        _deny(by, verbs.RECORD_GUARDIAN, person_id)


def _deny(by: Viewer, verb: Verb, person_id: UUID) -> NoReturn:
    audit.note(by, verb, subject_ids=[person_id], basis="", outcome=Refusal.NO_BASIS)
    raise Refused(verb, Refusal.NO_BASIS)


def _scope(new: NewGuardian) -> DataKind:
    """What a guardian acts in: where the person is, only where they live together."""
    return new.scope if new.lives_with else new.scope & ~WHEREABOUTS


def _parts(
    new: NewGuardian, country: Country, birth_date: date, today: date
) -> list[tuple[DataKind, datetime]]:
    last = WITHOUT_END if new.until is None else beginning_of(new.until + timedelta(days=1))
    scope = _scope(new) | DataKind.IDENTITY
    if ages.is_of_age(country, birth_date, on=today):
        return [(scope, last)]
    closings = ages.closings(country, scope, birth_date, on=today)
    return [(kinds, min(beginning_of(day), last)) for kinds, day in closings]


def _last(new: NewGuardian, country: Country, birth_date: date, now: datetime) -> datetime | None:
    """When everything has closed; None where nothing says so."""
    parts = _parts(new, country, birth_date, timezone.localtime(now).date())
    last = max(until for _, until in parts)
    return None if last == WITHOUT_END else last


def _check_footing(person_id: UUID, new: NewGuardian) -> None:
    """Raises AnotherFooting."""
    kind = ages.guardian_kind(new.footing)
    others = Guardianship.objects.filter(subject_id=person_id, ended_at__isnull=True).exclude(
        citizen_id=new.citizen_id
    )
    for other in map(footing_of, others):
        if kind.is_parent and other.is_parent and not (kind.is_shared and other.is_shared):
            raise AnotherFooting


def _end(found: Guardianship, by: Viewer) -> None:
    found.ended_at = by.now
    found.save(update_fields=["ended_at"])
    told = facts.GuardianEnded(found.subject_id, found.id)
    events.record([told], by=by.post_id, at=by.now)


def _in_force(now: datetime) -> QuerySet[Guardianship]:
    return Guardianship.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now), ended_at__isnull=True)


def _grounds(person_ids: Iterable[UUID]) -> Mapping[UUID, GuardianshipGround]:
    return {one.pk: one for one in GuardianshipGround.objects.filter(subject_id__in=list(person_ids))}


def _names(citizens: Iterable[UUID]) -> set[UUID]:
    return set(Person.objects.filter(citizen_id__in=list(citizens)).values_list("citizen_id", flat=True))


def _closed(person: Person, found: Sequence[Guardianship], viewer: Viewer) -> DataKind:
    """What a minor decides alone by now, so that it is closed to whoever acts for them."""
    today = timezone.localtime(viewer.now).date()
    closed = DataKind(0)
    for country in {Country(one.footing.split(".")[0]) for one in found}:
        if not ages.is_of_age(country, person.birth_date, on=today):
            for kinds, day in ages.closings(country, EVERY_KIND, person.birth_date, on=today):
                closed |= kinds if day <= today else DataKind(0)
    return closed


def _row(
    one: Guardianship, ground: GuardianshipGround | None, viewer: Viewer, closed: DataKind
) -> GuardianRow:
    is_in_force = one.ended_at is None and (one.valid_to is None or viewer.now < one.valid_to)
    country = Country(one.footing.split(".")[0])
    current = ages.signature(country, on=viewer.now.date())
    return GuardianRow(
        guardianship_id=one.id,
        citizen_id=one.citizen_id,
        name=one.name,
        footing=one.footing,
        scope=tuple(kinds_in(one.scope & ~closed)),
        recorded_at=one.recorded_at,
        valid_to=one.valid_to,
        ended_at=one.ended_at,
        is_in_force=is_in_force,
        is_stale=is_in_force and one.reckoned_by != current,
        reference=ground.reference if ground else "",
        seen_on=ground.seen_on if ground else None,
        lives_with=ground.lives_with if ground else None,
    )
