"""Families as circles, guardians, consents within a family, and where a person is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from samvirke.events import operations as events
from samvirke.gate import audit
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import facts, verbs
from samvirke.people.models import FamilyMember, Person, Whereabouts
from samvirke.people.operations import ConsentTerms, record_consent
from samvirke.people.types import (
    FamilyMemberRow,
    Guardian,
    NewFamilyMember,
    Places,
    ProtectionRow,
    WhereaboutsRow,
)

PROTECTED_LEVELS = ("confidential", "strictly_confidential")
REMIND_BEFORE = timedelta(days=60)


class UnknownLevel(Exception):
    """A level of protection that no register knows."""

    def __init__(self, level: str) -> None:
        super().__init__(
            f"{level!r} is no level of protection. Choose one of: none, {', '.join(PROTECTED_LEVELS)}."
        )


class StillProtected(Exception):
    """An open address was written over a protected one."""

    def __init__(self) -> None:
        super().__init__(
            "The place is protected, and what is written here would be open. State it with its level of "
            "protection."
        )


class NotProtected(Exception):
    """A protection was to be renewed or lifted, and there is none."""

    def __init__(self) -> None:
        super().__init__(
            "The place is not protected now; somebody may have lifted the protection already. Read the page again."
        )


class DayHasBeen(Exception):
    """A protection was to last until a day that is not ahead."""

    def __init__(self) -> None:
        super().__init__("The protection must last until a day ahead. Choose a later day.")


@transaction.atomic
def open_family(*, members: Sequence[NewFamilyMember], by: Viewer) -> UUID:
    """A circle of these persons, all of whom the viewer may see; access to it is what all of them open.

    Returns the circle's id. Raises Refused.
    """
    for member in members:
        ask.require(by, verbs.OPEN_FAMILY, member.person_id)
    circle_id = gate.open_circle(person_ids=[member.person_id for member in members])
    FamilyMember.objects.bulk_create(
        FamilyMember(
            id=uuid4(), subject_id=circle_id, person_id=member.person_id, name=member.name, part=member.part
        )
        for member in members
    )
    _unstate_municipality([member.person_id for member in members if member.part == "child"])
    events.record([facts.FamilyOpened(circle_id, len(members))], by=by.post_id, at=by.now)
    return circle_id


@transaction.atomic
def add_guardian(*, child_id: UUID, guardian: Guardian, by: Viewer) -> None:
    """Record another guardian of a child. Raises Refused."""
    ask.require(by, verbs.OPEN_FAMILY, child_id)
    gate.open_guardian(
        child_id=child_id,
        citizen_id=guardian.citizen_id,
        lives_with_child=guardian.lives_with_child,
        until=guardian.until,
    )


@transaction.atomic
def end_guardian(*, child_id: UUID, citizen_id: UUID, by: Viewer) -> None:
    """The relation has ended, and the access with it. Raises Refused."""
    ask.require(by, verbs.OPEN_FAMILY, child_id)
    gate.end_guardian(child_id=child_id, citizen_id=citizen_id)


@transaction.atomic
def consent_for_child(*, child_id: UUID, terms: ConsentTerms, by: Viewer) -> UUID:
    """A guardian consents for the child. Returns the consent's id. Raises Refused."""
    ask.require(by, verbs.CONSENT_FOR_CHILD, child_id)
    consent_id = record_consent(child_id, by.post_id, terms)
    told = facts.ConsentGiven(child_id, consent_id, int(terms.kinds), terms.form)
    events.record([told], by=by.post_id, at=by.now)
    return consent_id


@transaction.atomic
def share_with_family(
    *, circle_id: UUID, person_id: UUID, citizen_ids: Sequence[UUID], terms: ConsentTerms, by: Viewer
) -> UUID:
    """Let others of the family see what is about the whole family; nothing that is about oneself alone.

    Only identity and plan are shared, whatever the terms name. Returns the consent's id. Raises Refused.
    """
    ask.require(by, verbs.SHARE_WITH_FAMILY, person_id)
    shared = dataclasses.replace(terms, kinds=DataKind.IDENTITY | DataKind.PLAN, from_units=(), to_units=())
    consent_id = record_consent(person_id, by.post_id, shared)
    gate.share_with_family(consent_id=consent_id, circle_id=circle_id, citizen_ids=citizen_ids)
    told = facts.ConsentGiven(person_id, consent_id, int(shared.kinds), shared.form)
    events.record([told], by=by.post_id, at=by.now)
    return consent_id


@transaction.atomic
def let_know_place(*, person_id: UUID, post_ids: Sequence[UUID], terms: ConsentTerms, by: Viewer) -> UUID:
    """Let these posts, by name, know where the person is. Returns the consent's id. Raises Refused."""
    ask.require(by, verbs.PROTECT_PLACE, person_id)
    kinds = DataKind.CONTACT | DataKind.PROTECTED_LOCATION
    consent_id = record_consent(person_id, by.post_id, dataclasses.replace(terms, kinds=kinds))
    gate.admit(consent_id=consent_id, post_ids=list(post_ids))
    told = facts.ConsentGiven(person_id, consent_id, int(kinds), terms.form)
    events.record([told], by=by.post_id, at=by.now)
    return consent_id


@transaction.atomic
def state_whereabouts(
    *, person_id: UUID, level: str, places: Places, expires_on: date | None, by: Viewer
) -> None:
    """Write where a person is. With a level of protection it is hidden at once, and stays so until lifted.

    Who protects must be admitted to both kinds, so that no older address stays readable. Raises Refused,
    UnknownLevel, StillProtected.
    """
    if level != "none" and level not in PROTECTED_LEVELS:
        raise UnknownLevel(level)
    ask.require(by, verbs.WRITE_CONTACT, person_id)
    kind = DataKind.CONTACT
    if level != "none":
        ask.require(by, verbs.PROTECT_PLACE, person_id)
        kind = DataKind.PROTECTED_LOCATION
        gate.protect_place(person_id=person_id)
        _unstate_municipality([person_id])
        events.record([facts.PlaceProtected(person_id)], by=by.post_id, at=by.now)
    elif Whereabouts.objects.filter(subject_id=person_id, kind=int(DataKind.PROTECTED_LOCATION)).exists():
        raise StillProtected
    stated = {"kind": int(kind), "level": level, "expires_on": expires_on, "written_at": by.now}
    stated |= dataclasses.asdict(places)
    Whereabouts.objects.update_or_create(
        subject_id=person_id, defaults=stated, create_defaults={"id": uuid4(), **stated}
    )


@transaction.atomic
def renew_protection(*, person_id: UUID, expires_on: date, by: Viewer) -> None:
    """The place stays protected until another day. Raises Refused, NotProtected, DayHasBeen."""
    ask.require(by, verbs.PROTECT_PLACE, person_id)
    if expires_on <= by.now.date():
        raise DayHasBeen
    if not _protected([person_id]).update(expires_on=expires_on):
        raise NotProtected
    events.record([facts.PlaceProtected(person_id)], by=by.post_id, at=by.now)


@transaction.atomic
def lift_protection(*, person_id: UUID, by: Viewer) -> None:
    """The place needs no protection any more: units and posts around the person are named again at once.

    What was told under protection is taken away, never opened; the person states anew what others may know.
    Older figures go on leaving the person out. Raises Refused, NotProtected.
    """
    ask.require(by, verbs.LIFT_PROTECTION, person_id)
    open_now = {"kind": int(DataKind.CONTACT), "level": "none", "expires_on": None, "written_at": by.now}
    if not _protected([person_id]).update(**open_now, **dataclasses.asdict(Places())):
        raise NotProtected
    gate.lift_place(person_id=person_id)
    events.record([facts.ProtectionLifted(person_id)], by=by.post_id, at=by.now)


def protections(viewer: Viewer, person_ids: Iterable[UUID]) -> list[ProtectionRow]:
    """The protections of these persons' places that the viewer may know, without the places.

    Logged as read for whom there is something to do about it.
    """
    found = ask.visible(viewer, verbs.READ_PROTECTED_PLACE, _protected(person_ids))
    rows = [
        ProtectionRow(person_id, expires_on, _standing(expires_on, viewer.now.date()))
        for person_id, expires_on in found.values_list("subject_id", "expires_on")
    ]
    due = [row.person_id for row in rows if row.standing != "in_force"]
    audit.note(
        viewer, verbs.READ_PROTECTED_PLACE, subject_ids=due, basis="self" if viewer.is_citizen else "consent"
    )
    return rows


def whereabouts(viewer: Viewer, person_id: UUID) -> WhereaboutsRow | None:
    """Where the person is, or None. Not stated and not for this viewer look alike; a read is logged."""
    row = Whereabouts.objects.filter(subject_id=person_id).first()
    if row is None:
        return None
    protected = row.kind == DataKind.PROTECTED_LOCATION
    ask.require(viewer, verbs.READ_PROTECTED_PLACE if protected else verbs.READ_CONTACT, person_id)
    return WhereaboutsRow(
        level=row.level,
        places=Places(**{field.name: getattr(row, field.name) for field in dataclasses.fields(Places)}),
        expires_on=row.expires_on,
    )


def _protected(person_ids: Iterable[UUID]) -> QuerySet[Whereabouts]:
    return Whereabouts.objects.filter(subject_id__in=list(person_ids), kind=int(DataKind.PROTECTED_LOCATION))


def _standing(expires_on: date | None, today: date) -> str:
    """An expired protection goes on hiding; only a person ends it."""
    if expires_on is None or expires_on > today + REMIND_BEFORE:
        return "in_force"
    return "ends_soon" if expires_on >= today else "overdue"


def _unstate_municipality(person_ids: Iterable[UUID]) -> None:
    """A child's tells where a parent lives, to the other parent too."""
    Person.objects.filter(pk__in=list(person_ids)).update(municipality=None)


def families(subject_ids: Iterable[UUID]) -> dict[UUID, tuple[FamilyMemberRow, ...]]:
    """The members of those subjects that are families, parents first, as the viewer may see them."""
    found: dict[UUID, list[FamilyMemberRow]] = {}
    rows = FamilyMember.objects.filter(subject_id__in=list(subject_ids)).order_by("-part", "name")
    for row in rows:
        found.setdefault(row.subject_id, []).append(FamilyMemberRow(row.person_id, row.name, row.part))
    return {circle: tuple(members) for circle, members in found.items()}


def circles_of(person_id: UUID) -> list[UUID]:
    """The families a person is in, as the viewer of this transaction may see them."""
    found = FamilyMember.objects.filter(person_id=person_id).order_by("subject_id")
    return list(found.values_list("subject_id", flat=True))


def citizens_of(subject_id: UUID) -> dict[UUID, str]:
    """Names of the persons a subject is, by their own holder's id."""
    of_family = {member.person_id: member.name for member in families([subject_id]).get(subject_id, ())}
    found = Person.objects.filter(pk__in=[subject_id, *of_family])
    return {person.citizen_id: of_family.get(person.pk) or person.name for person in found}


def named(subject_id: UUID) -> tuple[str, tuple[FamilyMemberRow, ...]]:
    """What pages call one subject, and its members if it is a family."""
    person = Person.objects.filter(pk=subject_id).first()
    if person is not None:
        return person.name, ()
    members = families([subject_id]).get(subject_id, ())
    return ", ".join(member.name for member in members), members


def titles(subject_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What pages call a subject: a person's name, or the names of a family."""
    wanted = list(subject_ids)
    names = {person.pk: person.name for person in Person.objects.filter(pk__in=wanted)}
    missing = [subject_id for subject_id in wanted if subject_id not in names]
    of_families = families(missing) if missing else {}
    return names | {
        circle: ", ".join(member.name for member in members) for circle, members in of_families.items()
    }
