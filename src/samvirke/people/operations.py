"""Asking a person, recording the answer, referring, and only then matching across agencies."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.gate import audit, clock
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.access import Refusal
from samvirke.gate.types import COMMON_PLAN, CONSENT, Refused, Viewer
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import (
    answering,
    bases,
    facts,
    guardians,
    own_cases,
    queries,
    recalls,
    secrets,
    ties,
    verbs,
)
from samvirke.people.guardian_types import NewGuardian, Said, View
from samvirke.people.models import ClientRecord, IdentityLink, Person, RecordAssessment, Referral
from samvirke.people.types import UNSTATED, Assessed, Withdrawal


class UnitMayNotBeNamed(Exception):
    """A consent names units that share; the asking unit must be among them."""

    def __init__(self) -> None:
        super().__init__(
            "The consent must name the unit that asks and at least one unit of another agency. "
            "Add the missing unit and ask again."
        )


class AskedBefore(Exception):
    """The partnership holds this person already; who asks learns no more than that it cannot go on here."""

    def __init__(self) -> None:
        super().__init__("The yes could not be recorded here. Call the coordinating unit, which can help.")


class ReferredBefore(Exception):
    """The person was referred to this unit on the same consent."""

    def __init__(self) -> None:
        super().__init__("The person is referred to this office already. You need do nothing.")


class AlreadyWithdrawn(Exception):
    """The consent was withdrawn before."""

    def __init__(self) -> None:
        super().__init__("This consent has been withdrawn already. Nothing rests on it any more.")


@dataclass(frozen=True, slots=True)
class ConsentTerms:
    """What the person is asked to agree to: one purpose set, named kinds, named units, an end."""

    kinds: DataKind
    purposes: Purpose
    from_units: tuple[UUID, ...]
    to_units: tuple[UUID, ...]
    provisions: tuple[str, ...]
    form: str
    text_version: str
    until: datetime
    what_for: str = COMMON_PLAN  # code of a plan kind, or the common plan
    said_on: date | None = None  # on paper or orally; empty: on the day it is recorded
    heard_by: UUID | None = None  # who heard it said; empty: who records it


@dataclass(frozen=True, slots=True)
class NewPerson:
    """The ids of the person who said yes: as subject, as holder of their own access, and the consent's."""

    person_id: UUID
    citizen_id: UUID
    consent_id: UUID


@transaction.atomic
def assess_record(*, record_id: UUID, said: Assessed, by: Viewer) -> UUID:
    """Add what a worker assessed of the agency's own client; the last word counts. Raises Refused."""
    ask.require(by, verbs.ASSESS_RECORD, record_id)
    last = RecordAssessment.objects.filter(record=record_id).order_by("-assessed_at").first()
    assessment = RecordAssessment.objects.create(
        id=uuid4(),
        record_id=record_id,
        assessed_by_id=by.post_id,
        assessed_at=clock.after(last.assessed_at if last else None, by.now),
        **{field.name: getattr(said, field.name) for field in dataclasses.fields(said)},
    )
    return assessment.id


@transaction.atomic
def record_no(*, record_id: UUID, by: Viewer) -> None:
    """The person was asked and said no. Nothing is shared; the agency goes on as before. Raises Refused."""
    ask.require(by, verbs.OPEN_PERSON, record_id)
    record = ClientRecord.objects.get(pk=record_id)
    answer = facts.PersonAsked(record_id, record.municipality_id, said_yes=False)
    events.record([answer], by=by.post_id, at=by.now)


@transaction.atomic
def record_yes(
    *,
    record_id: UUID,
    partnership_id: UUID,
    given_name: str,
    family_name: str,
    terms: ConsentTerms,
    by: Viewer,
    guardians_of: Sequence[NewGuardian] = (),
    view: View | None = None,
) -> NewPerson:
    """The person was asked and said yes: person, consent and link are made together.

    For a child those said yes who act for it, both where they share, whom the asking post must already be
    around. view: what the child thinks. Only the asking post sees the person yet; others are admitted by
    referral. Raises Refused, UnitMayNotBeNamed, AskedBefore, and as `answering.said_at_first`,
    `bases.check_terms` and `guardians.record`.
    """
    ask.require(by, verbs.OPEN_PERSON, record_id)
    record = ClientRecord.objects.get(pk=record_id)
    if record.unit_id not in terms.from_units or not set(terms.to_units) - {record.unit_id}:
        raise UnitMayNotBeNamed
    bases.check_terms(terms, by=by)
    country, born = guardians.country_of(by.holders), record.birth_date
    said = answering.said_at_first(terms, guardians_of, view, country=country, birth_date=born, by=by)
    person_id, citizen_id = uuid4(), uuid4()
    gate.open_person(person_id=person_id, citizen_id=citizen_id)
    for one in guardians_of:
        guardians.check(one, country=country, birth_date=born, by=by)
        guardians.open_access(person_id, one, country=country, birth_date=born, now=by.now)
    consent_id = record_said(person_id, dataclasses.replace(said, givers=said.givers or (citizen_id,)), terms)
    new = NewPerson(person_id, citizen_id, consent_id)
    gate.admit(consent_id=new.consent_id, post_ids=[by.post_id])
    try:
        _make_person(new, record, partnership_id, given_name, family_name, by)
        own_cases.keep_out({new.person_id: secrets.unseal(record.national_id_secret)})
        ties.tie(record.pk, new.person_id, consent_id=new.consent_id, is_first=True, by=by)
    except IntegrityError as known:
        audit.note_not_done(by, verbs.OPEN_PERSON, [record_id])
        raise AskedBefore from known
    for one in guardians_of:
        guardians.note(person_id, one, country=country, birth_date=born, by=by)
    answering.note_heard(consent_id, person_id, said, by=by)
    events.record(
        [
            facts.PersonAsked(record_id, record.municipality_id, said_yes=True),
            facts.ConsentGiven(new.person_id, new.consent_id, int(terms.kinds), terms.form),
        ],
        by=by.post_id,
        at=by.now,
    )
    return new


@transaction.atomic
def refer(*, person_id: UUID, to_unit: UUID, consent_id: UUID, by: Viewer) -> UUID:
    """Refer the person to a unit that the consent names; its leader post receives.

    Once on each consent: of two who refer at once, the second finds that it was done. Raises Refused,
    ReferredBefore.
    """
    ask.require(by, verbs.REFER, person_id)
    Person.objects.select_for_update().get(pk=person_id)
    ask.require(by, verbs.REFER, person_id)
    if Referral.objects.filter(subject_id=person_id, to_unit_id=to_unit, consent_id=consent_id).exists():
        raise ReferredBefore
    gate.admit(consent_id=consent_id, post_ids=[agencies.leader_of(to_unit)])
    referral = Referral.objects.create(
        id=uuid4(),
        subject_id=person_id,
        from_post_id=by.post_id,
        to_unit_id=to_unit,
        consent_id=consent_id,
        referred_at=by.now,
    )
    events.record([facts.PersonReferred(person_id, referral.id, to_unit)], by=by.post_id, at=by.now)
    return referral.id


@transaction.atomic
def receive_referral(*, referral_id: UUID, by: Viewer) -> UUID | None:
    """Receive a referral, and tie the unit's own record to the person where it has one.

    The match is made on the receiver's side, among its own records, after the basis. Returns the linked
    record's id, or None where the unit does not know the person. Raises Refused, or Referral.DoesNotExist
    also where the referral is another unit's, was received, or rests on a consent that has ended.
    """
    referral = queries.waiting(by).select_for_update(of=("self",)).get(pk=referral_id)
    ask.require(by, verbs.REFER, referral.subject_id)
    referral.received_at, referral.received_by_id = by.now, by.post_id
    referral.save(update_fields=["received_at", "received_by"])
    return ties.match_own_record(
        person_id=referral.subject_id, unit_id=referral.to_unit_id, consent_id=referral.consent_id, by=by
    )


def match_across_agencies(*, record_id: UUID, with_unit: UUID, by: Viewer) -> UUID | None:
    """Whether another agency knows this client. Refused, always, before the person has been asked.

    Even *that* somebody gets help is secret. With a basis, a referral is the way; this call then returns
    the person's id. Raises Refused.
    """
    ask.require(by, verbs.READ_RECORDS, record_id)
    link = IdentityLink.objects.filter(record_id=record_id, unlinked_at__isnull=True).first()
    if link is None or not _names(link.consent_id, with_unit, by):
        audit.note(by, verbs.MATCH, subject_ids=[record_id], basis="", outcome=Refusal.NO_BASIS)
        raise Refused(verbs.MATCH, Refusal.NO_BASIS)
    person_id: UUID = link.subject_id
    ask.require(by, verbs.MATCH, person_id)
    return person_id


@transaction.atomic
def consent_anew(*, person_id: UUID, terms: ConsentTerms, by: Viewer, view: View | None = None) -> UUID:
    """The person has consented to further units or kinds; for a child, all who must answer for it.

    view: what the child thinks. Nothing older ends by it. Returns the consent's id. Raises Refused, and as
    `answering.said_now` and `bases.check_terms`.
    """
    ask.require(by, verbs.CONSENT_ANEW, person_id)
    bases.check_terms(terms, by=by)
    country = guardians.country_of(terms.to_units)
    said = answering.said_now(terms, person_id, view, country=country, by=by)
    consent_id = record_said(person_id, said, terms)
    answering.note_heard(consent_id, person_id, said, by=by)
    told = facts.ConsentGiven(person_id, consent_id, int(terms.kinds), terms.form)
    events.record([told], by=by.post_id, at=by.now)
    return consent_id


@transaction.atomic
def move(*, person_id: UUID, municipality: str, by: Viewer) -> None:
    """The person lives in another municipality now. Where the place is protected, it is written nowhere.

    Who helps is another question: see referrals, and leaving a team. Raises Refused.
    """
    ask.require(by, verbs.MOVE, person_id)
    person = Person.objects.select_for_update().get(pk=person_id)
    ask.require(by, verbs.MOVE, person_id)
    if person.municipality_id is None:
        told = facts.PersonMoved(person_id, UNSTATED, UNSTATED)
    else:
        told = facts.PersonMoved(person_id, person.municipality_id, municipality)
        person.municipality_id = municipality
        person.save(update_fields=["municipality"])
    events.record([told], by=by.post_id, at=by.now)


@transaction.atomic
def withdraw_consent(*, consent_id: UUID, by: Viewer) -> Withdrawal:
    """End a consent and at once every access that rested on it; who loses any is told.

    Raises Refused, AlreadyWithdrawn.
    """
    consent = ask.consent(consent_id)
    verb = answering.verb_to_take_back(consent, by=by)
    ask.require(by, verb, consent.subject_id)
    if not answering.takes_back(consent, by=by):
        raise Refused(verb, Refusal.NO_BASIS)  # somebody else said yes, or noted it
    if "withdrawn" not in CONSENT[consent.status(by.now)]:
        raise AlreadyWithdrawn
    told = facts.ConsentWithdrawn(consent.subject_id, consent_id)
    events.record([told], by=by.post_id, at=by.now)  # first: afterwards the worker may no longer tell
    recalls.tell(consent, by=by)
    return Withdrawal(consent_id, gate.withdraw_consent(consent_id=consent_id))


def _names(consent_id: UUID, unit_id: UUID, by: Viewer) -> bool:
    """Whether the consent is in force and names the unit as a receiver."""
    found = ask.consent(consent_id)
    return found.in_force(by.now) and unit_id in found.to_units


def record_said(person_id: UUID, said: Said, terms: ConsentTerms) -> UUID:
    """The consent of those whose yes it is, for as long as it is theirs to say."""
    giver, *others = said.givers
    return record_consent(person_id, giver, dataclasses.replace(terms, until=said.until), given_with=others)


def record_consent(
    person_id: UUID, citizen_id: UUID, terms: ConsentTerms, *, given_with: Sequence[UUID] = ()
) -> UUID:
    """The consent on these terms. Who may record it is for the gate's own function to say."""
    return gate.give_consent(
        person_id=person_id,
        citizen_id=citizen_id,
        kinds=terms.kinds,
        purposes=terms.purposes,
        from_units=terms.from_units,
        to_units=terms.to_units,
        provisions=terms.provisions,
        form=terms.form,
        text_version=terms.text_version,
        until=terms.until,
        what_for=terms.what_for,
        said_on=terms.said_on,
        heard_by=terms.heard_by,
        given_with=given_with,
    )


def _make_person(
    new: NewPerson, record: ClientRecord, partnership_id: UUID, given_name: str, family_name: str, by: Viewer
) -> None:
    number = secrets.unseal(record.national_id_secret)
    Person.objects.create(
        id_id=new.person_id,
        citizen_id=new.citizen_id,
        partnership_id=partnership_id,
        country=agencies.country_of_post(by.post_id),
        national_id_secret=secrets.seal(number),
        national_id_hash=secrets.hashed(number, scope=partnership_id),
        given_name=given_name,
        family_name=family_name,
        birth_date=record.birth_date,
        sex=record.sex,
        municipality_id=record.municipality_id,
        created_at=by.now,
    )
