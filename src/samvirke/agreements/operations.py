"""Promising, checking, naming. Each is a leader's act; change and fact stand in one transaction."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from samvirke.agencies import queries as agencies
from samvirke.agreements import facts, policies, queries
from samvirke.agreements.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    ContactPerson,
    ResponseTime,
    Responsibility,
    RoutineCheck,
)
from samvirke.agreements.types import CheckResult, Terms
from samvirke.events import operations as events
from samvirke.gate.types import Viewer

EVERYWHERE = "0000"  # the municipality of a unit that serves the whole partnership


@transaction.atomic
def sign_agreement(*, partnership_id: UUID, terms: Terms, by: Viewer) -> UUID:
    """Write a new agreement with its first version.

    Raises NotYoursToWrite, TooFewParties, DaysTurnedRound, NotAParty.
    """
    policies.check_party(by, queries.led_units(by), terms.parties)
    agreement = Agreement.objects.create(id=uuid4(), partnership_id=partnership_id)
    _write_version(agreement, 1, terms, by)
    return agreement.id


@transaction.atomic
def renew_agreement(*, agreement_id: UUID, seen_version: int, terms: Terms, by: Viewer) -> int:
    """Write the next version, if nobody else has since the page was read. Returns its number.

    Raises NotYoursToWrite, StaleAgreement, TooFewParties, DaysTurnedRound, NotAParty, Agreement.DoesNotExist.
    """
    newest = queries.newest_version(agreement_id)
    policies.check_party(by, queries.led_units(by), queries.parties_of(newest))
    if newest.number != seen_version:
        raise policies.StaleAgreement(newest.number)
    _write_version(Agreement.objects.get(pk=agreement_id), seen_version + 1, terms, by)
    return seen_version + 1


@transaction.atomic
def check_routines(*, agreement_id: UUID, result: CheckResult, next_check_on: date, by: Viewer) -> None:
    """Somebody looked today whether the routines are kept.

    Raises NotYoursToWrite, DaysTurnedRound, Agreement.DoesNotExist.
    """
    today = by.now.date()
    policies.check_party(by, queries.led_units(by), queries.parties_of(queries.newest_version(agreement_id)))
    policies.check_ahead(next_check_on, today)
    RoutineCheck.objects.create(
        id=uuid4(),
        agreement_id=agreement_id,
        done_on=today,
        result=result,
        next_check_on=next_check_on,
        done_by_id=by.post_id,
        done_at=by.now,
    )
    told = facts.RoutineChecked(agreement_id, today, result, next_check_on)
    events.record([told], by=by.post_id, at=by.now)


@transaction.atomic
def name_contact_person(
    *,
    partnership_id: UUID,
    unit_id: UUID,
    post_id: UUID,
    deputy_id: UUID | None,
    share_percent: int,
    since: date,
    by: Viewer,
) -> UUID:
    """Set a post of a unit aside for the joint effort. Returns the contact person's id.

    Raises NotYoursToWrite, NotOfThisUnit, AlreadyContactPerson.
    """
    policies.check_party(by, queries.led_units(by), [unit_id])
    policies.check_posts(post_id, deputy_id, [post.post_id for post in queries.posts_to_name(unit_id)])
    if ContactPerson.objects.filter(unit_id=unit_id, post_id=post_id, ends_before__isnull=True).exists():
        raise policies.AlreadyContactPerson
    contact = ContactPerson.objects.create(
        id=uuid4(),
        partnership_id=partnership_id,
        unit_id=unit_id,
        post_id=post_id,
        deputy_id=deputy_id,
        share_percent=share_percent,
        since=since,
        named_by_id=by.post_id,
    )
    told = facts.ContactPersonNamed(
        partnership_id=partnership_id,
        contact_id=contact.id,
        agency_kind=agencies.units([unit_id])[unit_id].agency_kind,
        municipality=agencies.place_of(unit_id).municipality or EVERYWHERE,
        share_percent=share_percent,
        has_deputy=deputy_id is not None,
        since=since,
    )
    events.record([told], by=by.post_id, at=by.now)
    return contact.id


@transaction.atomic
def end_contact_person(*, contact_id: UUID, by: Viewer) -> None:
    """From today the post is no longer set aside. Raises NotYoursToWrite, ContactPerson.DoesNotExist."""
    contact = ContactPerson.objects.get(pk=contact_id, ends_before__isnull=True)
    policies.check_party(by, queries.led_units(by), [contact.unit_id])
    contact.ends_before = max(contact.since, by.now.date())
    contact.save(update_fields=["ends_before"])
    events.record([facts.ContactPersonEnded(contact.id, contact.ends_before)], by=by.post_id, at=by.now)


def _write_version(agreement: Agreement, number: int, terms: Terms, by: Viewer) -> None:
    policies.check_terms(terms)
    try:
        with transaction.atomic():
            version = AgreementVersion.objects.create(
                id=uuid4(),
                agreement=agreement,
                number=number,
                title=terms.title.strip(),
                signed_on=terms.signed_on,
                valid_from=terms.valid_from,
                valid_until=terms.valid_until,
                next_check_on=terms.next_check_on,
                review_on=terms.review_on,
                written_by_id=by.post_id,
                written_at=by.now,
            )
    except IntegrityError:  # somebody else has written this number in the same moment
        raise policies.StaleAgreement(number) from None
    parties = tuple(dict.fromkeys(terms.parties))
    AgreementParty.objects.bulk_create(
        AgreementParty(id=uuid4(), version=version, unit_id=unit_id) for unit_id in parties
    )
    ResponseTime.objects.bulk_create(
        ResponseTime(id=uuid4(), version=version, promise=promise, days=days)
        for promise, days in terms.response_times.items()
    )
    Responsibility.objects.bulk_create(
        Responsibility(
            id=uuid4(), version=version, domain=domain, unit_id=one.unit_id, deputy_id=one.deputy_id
        )
        for domain, one in terms.responsibilities.items()
    )
    _tell(version, agreement, terms, by)


def _tell(version: AgreementVersion, agreement: Agreement, terms: Terms, by: Viewer) -> None:
    """Whom the version binds, and who answers for what."""
    units = agencies.units(terms.parties)
    places = {unit_id: agencies.place_of(unit_id).municipality or EVERYWHERE for unit_id in units}
    bound = [
        facts.PartyBound(
            partnership_id=agreement.partnership_id,
            agreement_id=agreement.id,
            version=version.number,
            agency_kind=units[unit_id].agency_kind,
            municipality=places[unit_id],
            signed_on=terms.signed_on,
            valid_from=terms.valid_from,
            valid_until=terms.valid_until,
            next_check_on=terms.next_check_on,
        )
        for unit_id in dict.fromkeys(terms.parties)
    ]
    given = [
        facts.ResponsibilityGiven(
            partnership_id=agreement.partnership_id,
            agreement_id=agreement.id,
            version=version.number,
            domain=domain,
            agency_kind=units[one.unit_id].agency_kind,
            municipality=places[one.unit_id],
            has_deputy=one.deputy_id is not None,
            valid_from=terms.valid_from,
        )
        for domain, one in terms.responsibilities.items()
    ]
    events.record([*bound, *given], by=by.post_id, at=by.now)
