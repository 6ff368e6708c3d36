"""Families as circles, and consents within a family."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.events import operations as events
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.reading import rows
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import bases, facts, places, verbs
from samvirke.people.models import FamilyMember, Person, full_name
from samvirke.people.operations import ConsentTerms, record_consent
from samvirke.people.types import FamilyMemberRow, NewFamilyMember

MEMBERS = """
SELECT subject_id, person_id, name, part FROM people_familymember WHERE subject_id = ANY (%s)
ORDER BY part DESC, name
"""
NAMES = "SELECT id, given_name, family_name FROM people_person WHERE id = ANY (%s)"
# A subject is a person or a family; one statement asks for both.
NAMED = """
SELECT NULL::uuid, given_name, family_name FROM people_person WHERE id = %(subject)s
UNION ALL SELECT person_id, name, part FROM people_familymember WHERE subject_id = %(subject)s
ORDER BY 3 DESC, 2
"""


class _NamedRow(NamedTuple):
    """A person, or one of a family."""

    person_id: UUID | None  # of a family's member alone
    name: str
    more: str  # the person's family name, or the member's part


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
    places.unstate_municipality([member.person_id for member in members if member.part == "child"])
    events.record([facts.FamilyOpened(circle_id, len(members))], by=by.post_id, at=by.now)
    return circle_id


@transaction.atomic
def share_with_family(
    *, circle_id: UUID, person_id: UUID, citizen_ids: Sequence[UUID], terms: ConsentTerms, by: Viewer
) -> UUID:
    """Let others of the family see what is about the whole family; nothing that is about oneself alone.

    Only identity and plan are shared, whatever the terms name. When it is taken back no co-parent is told: a
    message would point out, that day, somebody who is about to leave or hide. Returns the consent's id.
    Raises Refused, and as `bases.check_terms_in_family`.
    """
    ask.require(by, verbs.SHARE_WITH_FAMILY, person_id)
    shared = dataclasses.replace(terms, kinds=DataKind.IDENTITY | DataKind.PLAN, from_units=(), to_units=())
    bases.check_terms_in_family(shared, citizen_ids, by=by)
    consent_id = record_consent(person_id, by.post_id, shared)
    gate.share_with_family(consent_id=consent_id, circle_id=circle_id, citizen_ids=citizen_ids)
    told = facts.ConsentGiven(person_id, consent_id, int(shared.kinds), shared.form)
    events.record([told], by=by.post_id, at=by.now)
    return consent_id


def families(subject_ids: Iterable[UUID]) -> dict[UUID, tuple[FamilyMemberRow, ...]]:
    """The members of those subjects that are families, parents first, as the viewer may see them."""
    found: dict[UUID, list[FamilyMemberRow]] = {}
    for circle, member in rows(MEMBERS, [list(subject_ids)], _member):
        found.setdefault(circle, []).append(member)
    return {circle: tuple(members) for circle, members in found.items()}


def circles_of(person_id: UUID) -> list[UUID]:
    """The families a person is in, as the viewer of this transaction may see them."""
    found = FamilyMember.objects.filter(person_id=person_id).order_by("subject_id")
    return list(found.values_list("subject_id", flat=True))


def with_circles(person_ids: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """Families, then the persons themselves, each beside the person whose it is, as the viewer sees them."""
    wanted = list(person_ids)
    circles = FamilyMember.objects.filter(person_id__in=wanted).values_list("subject_id", "person_id")
    return [*circles, *((person_id, person_id) for person_id in wanted)]


def citizens_of(subject_id: UUID) -> dict[UUID, str]:
    """Names of the persons a subject is, by their own holder's id."""
    of_family = {member.person_id: member.name for member in families([subject_id]).get(subject_id, ())}
    found = Person.objects.filter(pk__in=[subject_id, *of_family])
    return {person.citizen_id: of_family.get(person.pk) or person.name for person in found}


def named(subject_id: UUID) -> tuple[str, tuple[FamilyMemberRow, ...]]:
    """What pages call one subject, and its members if it is a family."""
    found = rows(NAMED, {"subject": subject_id}, _NamedRow)
    for one in found:
        if one.person_id is None:
            return full_name(one.name, one.more), ()
    members = tuple(FamilyMemberRow(one.person_id, one.name, one.more) for one in found if one.person_id)
    return ", ".join(member.name for member in members), members


def titles(subject_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What pages call a subject: a person's name, or the names of a family."""
    wanted = list(subject_ids)
    names = dict(rows(NAMES, [wanted], _named))
    missing = [subject_id for subject_id in wanted if subject_id not in names]
    of_families = families(missing) if missing else {}
    return names | {
        circle: ", ".join(member.name for member in members) for circle, members in of_families.items()
    }


def _named(person_id: UUID, given_name: str, family_name: str) -> tuple[UUID, str]:
    return person_id, full_name(given_name, family_name)


def _member(circle_id: UUID, *member: Any) -> tuple[UUID, FamilyMemberRow]:
    return circle_id, FamilyMemberRow(*member)
