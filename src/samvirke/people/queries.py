"""What pages read about client records, consents and the access log."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow, UnitRow
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.reading import rows, stored
from samvirke.gate.types import ConsentRecord, Viewer
from samvirke.kernel.codes import Country, Occupation, SupportSource
from samvirke.kernel.gate_words import DataKind, Purpose, kinds_in
from samvirke.people import answering, bases, verbs
from samvirke.people.models import (
    ClientRecord,
    IdentityLink,
    Person,
    RecordAssessment,
    RecordPair,
    Referral,
)
from samvirke.people.types import (
    AskedRow,
    Assessed,
    ConsentRow,
    OwnRecord,
    ReferralRow,
    ScreeningInput,
)

BY_NAME = ("family_name", "given_name", "external_id")
PERSONS = """
SELECT id, citizen_id, partnership_id, given_name, family_name, birth_date, sex, municipality_id
FROM people_person WHERE id = ANY (%s)
"""
# The same words as agencies has for its posts, and of each whether the gate hides it.
POSTS_AROUND = """
SELECT p.id = ANY (ARRAY (SELECT gate.hidden_posts(%(about)s, %(posts)s))),
  p.id, p.title, u.id, u.name, a.id, a.name, a.kind
FROM agencies_post p JOIN agencies_unit u ON u.id = p.unit_id JOIN agencies_agency a ON a.id = u.agency_id
WHERE p.id = ANY (%(posts)s)
"""
NOTHING = DataKind(0)
ASSESSED = tuple(field.name for field in dataclasses.fields(Assessed))


def myself(viewer: Viewer) -> UUID:
    """The person a citizen is. Raises Person.DoesNotExist for anybody else."""
    return Person.objects.values_list("pk", flat=True).get(citizen_id=viewer.post_id)


def persons(subject_ids: set[UUID]) -> dict[UUID, Person]:
    """The persons among these subjects whom the viewer of this transaction may see."""
    return {person.pk: person for person in stored(PERSONS, [list(subject_ids)], Person)}


def posts_around(subject_id: UUID, post_ids: Iterable[UUID]) -> dict[UUID, PostRow]:
    """The posts as this viewer may know them around this subject.

    Where a unit would tell where a protected person is, only the kind of agency is left of the post.
    """
    asked = {"about": subject_id, "posts": list(set(post_ids))}
    return dict(rows(POSTS_AROUND, asked, _post_around) if asked["posts"] else [])


def known(subject_id: UUID, posts: Mapping[UUID, PostRow]) -> dict[UUID, PostRow]:
    """The same of posts that were looked up already."""
    return without(posts, ask.hidden_posts(subject_id, posts)) if posts else {}


def units_near(viewer: Viewer, person_id: UUID, country: Country) -> list[UnitRow]:
    """Offices near the viewer's own unit, or near the person where that is nowhere.

    A protected place is stated nowhere, and so tells nothing here.
    """
    own_unit = agencies.post(viewer.post_id).unit_id
    home = persons({person_id})[person_id].municipality_id
    return agencies.units_near(agencies.place_of(own_unit).municipality or home or "", country)


def without(posts: Mapping[UUID, PostRow], hidden: Collection[UUID]) -> dict[UUID, PostRow]:
    return {post_id: unnamed(post) if post_id in hidden else post for post_id, post in posts.items()}


def unnamed(post: PostRow) -> PostRow:
    """Only the kind of agency is left of the post."""
    return dataclasses.replace(post, title="", unit_name="", agency_name="")


def acts_for(viewer: Viewer, person_id: UUID) -> bool:
    """Whether the viewer is a citizen and the person somebody else."""
    return viewer.is_citizen and not Person.objects.filter(pk=person_id, citizen_id=viewer.post_id).exists()


def my_consents(viewer: Viewer) -> list[ConsentRow]:
    """The person's own consents, newest first. Raises Refused."""
    person_id = myself(viewer)
    ask.require(viewer, verbs.READ_CONSENTS, person_id)
    return consent_rows(viewer, person_id)


def consent_rows(viewer: Viewer, person_id: UUID) -> list[ConsentRow]:
    """The consents about a person that the viewer may see, newest first. The gate is asked before.

    Without offices where they would tell this viewer a place: those of a yes about oneself are known, those
    of a yes about a child were not named when it was asked for.
    """
    consents = ask.consents([person_id])
    is_hidden = bool(ask.near_hidden([person_id]))
    of_another = is_hidden and acts_for(viewer, person_id)
    names = agencies.unit_names(
        unit for consent in consents for unit in consent.from_units + consent.to_units
    )
    heard = posts_around(person_id, (one.heard_by for one in consents if one.heard_by is not None))
    alone = answering.decided_alone(viewer, person_id) if viewer.is_citizen else NOTHING
    rows = [_consent_row(viewer, consent, names, heard, alone) for consent in consents]
    return [_masked(row) if is_hidden and (of_another or not row.is_mine) else row for row in rows]


def _masked(row: ConsentRow) -> ConsentRow:
    return dataclasses.replace(row, from_units=(), to_units=(), to_unit_ids=(), is_masked=bool(row.to_units))


def asked(viewer: Viewer, record_id: UUID) -> AskedRow:
    """A client of the own agency who may be asked, or has said yes. Raises Refused, DoesNotExist."""
    ask.require(viewer, verbs.OPEN_PERSON, record_id)
    record = ClientRecord.objects.get(pk=record_id)
    links = IdentityLink.objects.filter(record__in=same_client(record_id), unlinked_at__isnull=True)
    link = links.select_related("subject").order_by("linked_at").first()
    is_hidden = link is not None and bool(ask.near_hidden([link.subject_id]))
    return AskedRow(
        record_id=record_id,
        given_name=record.given_name,
        family_name=record.family_name,
        municipality=record.municipality_id,
        support=SupportSource(record.main_income) if record.main_income else None,
        occupation=Occupation(record.occupation) if record.occupation else None,
        months_assistance=record.assistance_months_last_year,
        person_id=link.subject_id if link else None,
        person_name=link.subject.name if link else "",
        partnership_id=link.subject.partnership_id if link else None,
        consent=_newest_consent(viewer, link.subject_id, is_hidden) if link else None,
        is_place_hidden=is_hidden,
    )


def _newest_consent(viewer: Viewer, person_id: UUID, is_hidden: bool) -> ConsentRow | None:
    ask.require(viewer, verbs.READ_CONSENTS, person_id)
    found = next((one for one in ask.consents([person_id]) if one.in_force(viewer.now)), None)
    if found is None:
        return None
    heard = posts_around(person_id, [found.heard_by] if found.heard_by else [])
    row = _consent_row(viewer, found, agencies.unit_names(found.from_units + found.to_units), heard)
    return dataclasses.replace(row, from_units=(), to_units=()) if is_hidden else row


def referrals_of(viewer: Viewer, person_id: UUID) -> list[ReferralRow]:
    """Where a person has been referred to, oldest first. Raises Refused."""
    ask.require(viewer, verbs.READ_REFERRALS, person_id)
    return _referral_rows(list(Referral.objects.filter(subject_id=person_id).order_by("referred_at")))


def referred_to(person_ids: Iterable[UUID], now: datetime) -> set[tuple[UUID, UUID]]:
    """Persons and the units they are referred to, on a consent that still holds."""
    found = Referral.objects.filter(_holds(now), subject_id__in=list(person_ids))
    return set(found.values_list("subject_id", "to_unit_id"))


def waiting(viewer: Viewer) -> QuerySet[Referral]:
    """Referrals to the viewer's unit that nobody has received, and that rest on a consent that holds."""
    return Referral.objects.filter(
        _holds(viewer.now), to_unit_id__in=viewer.holders, received_at__isnull=True
    )


def _holds(now: datetime) -> Q:
    """As `ConsentRecord.in_force`, for rows that name a consent."""
    return Q(consent__withdrawn_at__isnull=True, consent__given_at__lte=now, consent__valid_to__gt=now)


def referrals_to_own_unit(viewer: Viewer) -> list[ReferralRow]:
    """Referrals that wait at the viewer's unit, oldest first; each is logged as read."""
    found = ask.visible(viewer, verbs.READ_REFERRALS, waiting(viewer))
    rows = _referral_rows(list(found.order_by("referred_at")))
    audit.note(viewer, verbs.READ_REFERRALS, subject_ids=[row.person_id for row in rows], basis="consent")
    return rows


def _referral_rows(found: Sequence[Referral]) -> list[ReferralRow]:
    subjects = {one.subject_id for one in found}
    names, hidden = persons(subjects), ask.near_hidden(subjects)
    units = agencies.units(one.to_unit_id for one in found)
    return [
        ReferralRow(
            referral_id=one.id,
            person_id=one.subject_id,
            person_name=names[one.subject_id].name,
            unit_id=one.to_unit_id,
            unit_name="" if one.subject_id in hidden else units[one.to_unit_id].name,
            agency_kind=units[one.to_unit_id].agency_kind,
            referred_at=one.referred_at,
            received_at=one.received_at,
        )
        for one in found
        if one.subject_id in names  # not where the consent was withdrawn just now
    ]


def own_record_order(viewer: Viewer) -> list[UUID]:
    """The ids of the viewer's own agency's records, in the order of a list. Nothing is shown or logged.

    Of several records of one person the one that stands for them.
    """
    return list(standing(viewer).order_by(*BY_NAME).values_list("pk", flat=True))


def own_records(viewer: Viewer, record_ids: Sequence[UUID] | None = None) -> list[OwnRecord]:
    """The viewer's own agency's records by name, all that stand or these; each is logged as read."""
    found = standing(viewer) if record_ids is None else _own(viewer).filter(pk__in=list(record_ids))
    records = list(found.order_by(*BY_NAME))
    audit.note(viewer, verbs.READ_RECORDS, subject_ids=[record.pk for record in records], basis="own_record")
    hidden = ask.hidden_records(record.pk for record in records)
    return [
        OwnRecord(
            record_id=record.pk,
            external_id=record.external_id,
            name=f"{record.given_name} {record.family_name}".strip(),
            birth_date=record.birth_date,
            municipality="" if record.pk in hidden else record.municipality_id,
        )
        for record in records
    ]


def standing(viewer: Viewer) -> QuerySet[ClientRecord]:
    """The viewer's own agency's records, but for those folded into another."""
    folded = RecordPair.objects.filter(is_same=True, ended_at__isnull=True, record=OuterRef("pk"))
    return _own(viewer).filter(~Exists(folded))


def same_client(record_id: UUID) -> list[UUID]:
    """The record, and the own agency's other ones that were found to be the same person."""
    pairs = RecordPair.objects.filter(is_same=True, ended_at__isnull=True)
    into = pairs.filter(record=record_id).values_list("other_id", flat=True).first() or record_id
    return [into, *pairs.filter(other=into).values_list("record_id", flat=True)]


def _own(viewer: Viewer) -> QuerySet[ClientRecord]:
    return ask.visible(viewer, verbs.READ_RECORDS, ClientRecord.objects.all(), subject="id")


def record_ids(unit_id: UUID, external_ids: list[str]) -> dict[str, UUID]:
    """Ids of a unit's own records by the agency's own numbers; unknown numbers are left out."""
    found = ClientRecord.objects.filter(
        unit_id=unit_id, external_id__in=external_ids, withdrawn_at__isnull=True
    )
    return dict(found.values_list("external_id", "pk"))


def record_municipalities(record_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Municipality codes of records."""
    found = ClientRecord.objects.filter(pk__in=list(record_ids))
    return dict(found.values_list("pk", "municipality_id"))


def screening_input(viewer: Viewer, record_ids: Sequence[UUID] | None = None) -> list[ScreeningInput]:
    """The own agency's records, all that stand or these, with what is known.

    A worker's word beats the system's.
    """
    found = standing(viewer) if record_ids is None else _own(viewer).filter(pk__in=record_ids)
    records = list(found.order_by("external_id"))
    newest = (
        RecordAssessment.objects.filter(record__in=records)
        .order_by("record_id", "-assessed_at")
        .distinct("record_id")
    )
    said = {assessment.record_id: assessment for assessment in newest}
    return [_screening_input(record, said.get(record.pk)) for record in records]


def _screening_input(record: ClientRecord, said: RecordAssessment | None) -> ScreeningInput:
    assessed = {name: _first(getattr(said, name, None), getattr(record, name)) for name in ASSESSED}
    return ScreeningInput(
        record_id=record.pk,
        municipality=record.municipality_id,
        birth_date=record.birth_date,
        facts={
            **assessed,
            "assistance_months_last_year": record.assistance_months_last_year,
            "assistance_years_of_last_three": record.assistance_years_of_last_three,
        },
    )


def _first(*values: object) -> object:
    return next((value for value in values if value is not None), None)


def _post_around(is_hidden: bool, *columns: Any) -> tuple[UUID, PostRow]:
    post = agencies.post_row(*columns)
    return post.post_id, unnamed(post) if is_hidden else post


def _consent_row(
    viewer: Viewer,
    consent: ConsentRecord,
    names: dict[UUID, str],
    heard: Mapping[UUID, PostRow],
    alone: DataKind = NOTHING,
) -> ConsentRow:
    return ConsentRow(
        consent_id=consent.id,
        kinds=tuple(kinds_in(consent.kinds)),
        purposes=tuple(purpose for purpose in Purpose if consent.purposes & purpose),
        from_units=tuple(names[unit] for unit in consent.from_units),
        to_units=tuple(names[unit] for unit in consent.to_units),
        provisions=consent.provisions,
        form=consent.form,
        given_at=consent.given_at,
        valid_to=consent.valid_to,
        withdrawn_at=consent.withdrawn_at,
        may_withdraw=answering.may_take_back(consent, alone, by=viewer),
        is_mine=viewer.post_id in consent.givers,
        is_masked=False,
        to_unit_ids=consent.to_units,
        text_version=consent.text_version,
        what_for=consent.what_for,
        said_on=consent.said_on,
        heard_by=heard.get(consent.heard_by) if consent.heard_by else None,
        status=consent.status(viewer.now),
        law_ended=bases.law_ended(consent, viewer.now),
    )
