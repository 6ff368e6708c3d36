"""An agency's own records: taken in by the batch, and never matched before there is a basis."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

import people
from people import Client, acting_as
from people_and_plan.stand_ins import another, number
from samvirke.gate import operations as gate
from samvirke.gate.types import Refused
from samvirke.kernel.gate_words import Purpose
from samvirke.people import candidates, merge, operations, ties
from samvirke.people import queries as people_queries
from samvirke.people.merge import Merged
from samvirke.people.models import ClientRecord, IdentityLink, Person, Referral
from samvirke.people.operations import NewPerson, ReferredBefore, UnitMayNotBeNamed
from samvirke.people.types import Assessed

pytestmark = people.database


def take_in(
    *clients: Client, dry_run: bool = False, system: UUID = people.SOCIAL_SYSTEM, unit: UUID = people.SOCIAL
) -> Merged:
    """One batch from the unit's own system."""
    with acting_as(system, Purpose.SERVICE) as viewer:
        return merge.merge_records(
            clients, unit_id=unit, home=people.FJORDVIK, dry_run=dry_run, now=viewer.now
        )


def stored(external_id: str = "S-1") -> ClientRecord:
    """The record as its own agency sees it."""
    with acting_as(people.SOCIAL_SYSTEM, Purpose.SERVICE):
        return ClientRecord.objects.get(external_id=external_id)


class TestMerge:
    def test_new_then_the_same(self) -> None:
        assert take_in(Client(), another(4)) == Merged(new=2)
        before = stored()
        assert take_in(Client(), another(4)) == Merged(same=2)
        assert stored().source_version == before.source_version

    def test_changed(self) -> None:
        take_in(Client())
        assert take_in(Client(family_name="Ny", source_version=2), another(4)) == Merged(new=1, changed=1)
        assert (stored().family_name, stored().source_version) == ("Ny", 2)

    @pytest.mark.parametrize(("version", "name"), [(6, "Nyere"), (5, "Nyere"), (4, "Eksempel")])
    def test_an_older_version_changes_nothing(self, version: int, name: str) -> None:
        take_in(Client(source_version=5))
        take_in(Client(source_version=version, family_name="Nyere"))
        assert stored().family_name == name

    def test_a_version_between_two_that_agree_comes_too_late(self) -> None:
        take_in(Client(source_version=1))
        assert take_in(Client(source_version=3)) == Merged(same=1)
        assert take_in(Client(source_version=2, family_name="For sent")) == Merged(same=1)
        assert stored().family_name == "Eksempel"

    def test_what_is_not_stated_leaves_what_is_known(self) -> None:
        take_in(Client(municipality=people.NORDENG))
        silent = Client(
            given_name="",
            family_name="",
            municipality="",
            occupation=None,
            main_income=None,
            is_single_provider=None,
            assistance_months_last_year=None,
            source_version=2,
        )
        assert take_in(silent) == Merged(same=1)
        assert take_in(replace(silent, assessed_at_risk=False, source_version=3)) == Merged(changed=1)
        record = stored()
        assert (record.given_name, record.family_name, record.municipality_id) == (
            "Kari",
            "Eksempel",
            people.NORDENG,
        )
        assert (record.occupation, record.assistance_months_last_year) == ("none", 9)
        assert (record.is_single_provider, record.assessed_at_risk) == (False, False)

    def test_a_new_record_without_municipality_is_at_home(self) -> None:
        take_in(Client(municipality=""))
        assert stored().municipality_id == people.FJORDVIK

    def test_several_versions_in_one_batch_count_once(self) -> None:
        first, last = Client(), Client(source_version=2, family_name="Siste")
        assert take_in(last, first) == Merged(new=1, same=1)
        assert stored().family_name == "Siste"

    def test_a_dry_run_writes_nothing(self) -> None:
        take_in(Client())
        found = take_in(Client(source_version=2, family_name="Ny"), another(4), dry_run=True)
        assert found == Merged(new=1, changed=1)
        with acting_as(people.SOCIAL_SYSTEM, Purpose.SERVICE):
            assert list(ClientRecord.objects.values_list("family_name")) == [("Eksempel",)]

    def test_the_same_number_in_two_units_is_two_records(self) -> None:
        take_in(Client())
        take_in(Client(family_name="Nordeng"), system=people.STRANGER_SYSTEM, unit=people.SOCIAL_NORDENG)
        assert stored().family_name == "Eksempel"


class TestNationalIds:
    def test_two_agencies_with_the_same_client_share_no_value(self) -> None:
        """Nobody finds the same person in two agencies by comparing columns."""
        ours, theirs = Client(), Client(external_id="N-1")
        take_in(ours)
        with acting_as(people.SOCIAL_SYSTEM, Purpose.SERVICE):
            first = ClientRecord.objects.get()
        take_in(theirs, system=people.NAV_SYSTEM, unit=people.NAV)
        with acting_as(people.NAV_SYSTEM, Purpose.SERVICE):
            second = ClientRecord.objects.get()
        assert bytes(first.national_id_hash) != bytes(second.national_id_hash)
        assert bytes(first.national_id_secret) != bytes(second.national_id_secret)

    def test_the_number_stands_nowhere_in_clear(self) -> None:
        person = people.said_yes()
        with acting_as(person.citizen_id), connection.cursor() as cursor:
            rows = []
            for table in ("people_person", "people_identitylink", "gate_consent"):
                cursor.execute(f"SELECT t::text, row_to_json(t)::text FROM {table} t")  # noqa: S608
                rows += cursor.fetchall()
        with acting_as(people.SOCIAL_WORKER), connection.cursor() as cursor:
            cursor.execute("SELECT t::text, row_to_json(t)::text FROM people_clientrecord t")
            rows += cursor.fetchall()
        assert len(rows) == 4
        clear, as_bytes = number(3), number(3).encode().hex()
        assert not [row for row in rows if clear in str(row) or as_bytes in str(row)]


class TestBasis:
    """Before the person has been asked there is no match; afterwards the receiver makes it."""

    def test_no_match_before_the_yes(self) -> None:
        record_id = people.record(Client())
        people.record(Client(external_id="N-1"), system=people.NAV_SYSTEM, unit=people.NAV)
        with acting_as(people.SOCIAL_WORKER) as viewer, pytest.raises(Refused) as refused:
            operations.match_across_agencies(record_id=record_id, with_unit=people.NAV, by=viewer)
        assert refused.value.refusal == "no_basis"

    @pytest.mark.parametrize(("unit", "may"), [(people.NAV, True), (people.SOCIAL_NORDENG, False)])
    def test_after_the_yes_with_units_that_the_consent_names(self, unit: UUID, may: bool) -> None:
        person = people.said_yes()
        record_id = people.record(Client())
        with acting_as(people.SOCIAL_WORKER) as viewer:
            if may:
                found = operations.match_across_agencies(record_id=record_id, with_unit=unit, by=viewer)
                assert found == person.person_id
            else:
                with pytest.raises(Refused):
                    operations.match_across_agencies(record_id=record_id, with_unit=unit, by=viewer)

    def test_nobody_of_another_agency_asks_about_a_record(self) -> None:
        people.said_yes()
        record_id = people.record(Client())
        with acting_as(people.NAV_ADVISER) as viewer, pytest.raises(Refused):
            operations.match_across_agencies(record_id=record_id, with_unit=people.NAV, by=viewer)

    def test_a_no_makes_no_person(self) -> None:
        record_id = people.record(Client())
        with acting_as(people.SOCIAL_WORKER) as viewer:
            operations.record_no(record_id=record_id, by=viewer)
            assert not Person.objects.exists()

    @pytest.mark.parametrize("units", [(people.SOCIAL,), (people.NAV,), (people.NAV, people.FOLLOW_UP)])
    def test_a_consent_names_the_asking_unit_and_another(self, units: tuple[UUID, ...]) -> None:
        with pytest.raises(UnitMayNotBeNamed):
            people.said_yes(consent=people.terms(units=units))

    def test_a_consent_that_names_both_is_taken(self) -> None:
        person = people.said_yes(consent=people.terms(units=(people.SOCIAL, people.NAV)))
        with acting_as(people.SOCIAL_WORKER):
            assert Person.objects.filter(pk=person.person_id).exists()

    def test_only_the_asking_post_sees_the_person_yet(self) -> None:
        person = people.said_yes()
        seen = {}
        for who, post in people.EVERYBODY.items():
            purpose = Purpose.SERVICE if who == "social system" else Purpose.COORDINATION
            with acting_as(post, purpose):
                seen[who] = Person.objects.filter(pk=person.person_id).exists()
        assert [who for who, sees in seen.items() if sees] == ["social worker"]


def referred(unit: UUID = people.NAV) -> tuple[NewPerson, UUID]:
    """The social worker refers the person to a unit."""
    person = people.said_yes()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        referral = operations.refer(
            person_id=person.person_id, to_unit=unit, consent_id=person.consent_id, by=viewer
        )
    return person, referral


def renew(person: NewPerson) -> UUID:
    """The person says yes anew and takes the first yes back. Returns the new consent's id."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        renewed = operations.consent_anew(person_id=person.person_id, terms=people.terms(), by=viewer)
        gate.admit(consent_id=renewed, post_ids=[people.SOCIAL_WORKER])
    with acting_as(person.citizen_id) as viewer:
        operations.withdraw_consent(consent_id=person.consent_id, by=viewer)
    return renewed


class TestReferral:
    def test_the_receiver_ties_its_own_record_to_the_person(self) -> None:
        own = people.record(Client(external_id="N-1"), system=people.NAV_SYSTEM, unit=people.NAV)
        person, referral = referred()
        with acting_as(people.NAV_LEADER) as viewer:
            assert operations.receive_referral(referral_id=referral, by=viewer) == own
            links = IdentityLink.objects.filter(subject_id=person.person_id, record_id=own)
            assert links.get().linked_by_id == people.NAV_LEADER
            assert Referral.objects.get(pk=referral).received_at == people.NOW

    def test_an_agency_that_knows_somebody_under_two_numbers_ties_both(self) -> None:
        own = {
            people.record(Client(external_id=one), system=people.NAV_SYSTEM, unit=people.NAV)
            for one in ("N-1", "N-2")
        }
        people.record(another(4), system=people.NAV_SYSTEM, unit=people.NAV)
        person, referral = referred()
        with acting_as(people.NAV_LEADER) as viewer:
            assert operations.receive_referral(referral_id=referral, by=viewer) in own
            links = IdentityLink.objects.filter(subject_id=person.person_id, record_id__in=own)
            assert {link.record_id for link in links} == own
            again = ties.match_own_record(
                person_id=person.person_id, unit_id=people.NAV, consent_id=person.consent_id, by=viewer
            )
            assert (again in own, IdentityLink.objects.filter(record_id__in=own).count()) == (True, 2)

    def test_a_receiver_who_does_not_know_the_person_ties_nothing(self) -> None:
        people.record(another(4), system=people.NAV_SYSTEM, unit=people.NAV)
        _, referral = referred()
        with acting_as(people.NAV_LEADER) as viewer:
            assert operations.receive_referral(referral_id=referral, by=viewer) is None
            assert IdentityLink.objects.count() == 1

    def test_nobody_receives_for_another_unit(self) -> None:
        """The referrer sees the referral too, and would take it away from the receiver."""
        own = people.record(Client(external_id="N-1"), system=people.NAV_SYSTEM, unit=people.NAV)
        _, referral = referred()
        with acting_as(people.SOCIAL_WORKER) as viewer, pytest.raises(Referral.DoesNotExist):
            operations.receive_referral(referral_id=referral, by=viewer)
        with acting_as(people.NAV_LEADER) as viewer:
            assert operations.receive_referral(referral_id=referral, by=viewer) == own

    def test_it_is_received_once(self) -> None:
        _, referral = referred()
        with acting_as(people.NAV_LEADER) as viewer:
            operations.receive_referral(referral_id=referral, by=viewer)
            with pytest.raises(Referral.DoesNotExist):
                operations.receive_referral(referral_id=referral, by=viewer)

    def test_a_person_is_referred_once_on_each_consent(self) -> None:
        person, _ = referred()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            with pytest.raises(ReferredBefore, match="already"):
                operations.refer(
                    person_id=person.person_id, to_unit=people.NAV, consent_id=person.consent_id, by=viewer
                )
            assert Referral.objects.count() == 1
            assert operations.refer(
                person_id=person.person_id, to_unit=people.FOLLOW_UP, consent_id=person.consent_id, by=viewer
            )

    def test_after_a_renewed_consent_the_same_office_is_referred_to_again(self) -> None:
        """What waited on the consent that ended is received no more, though its rows are read again."""
        own = people.record(Client(external_id="N-1"), system=people.NAV_SYSTEM, unit=people.NAV)
        person, ended = referred()
        renewed = renew(person)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert [row.person_id for row in candidates.for_office(viewer, people.NAV)] == [person.person_id]
            (anew,) = candidates.send(person_ids=[person.person_id], to_unit=people.NAV, by=viewer).referrals
            assert candidates.for_office(viewer, people.NAV) == []
        with acting_as(people.NAV_LEADER) as viewer:
            assert Referral.objects.count() == 2
            assert [row.referral_id for row in people_queries.referrals_to_own_unit(viewer)] == [anew]
            with pytest.raises(Referral.DoesNotExist):
                operations.receive_referral(referral_id=ended, by=viewer)
            assert candidates.receive(referral_ids=[ended, anew], by=viewer).count == 1
            link = IdentityLink.objects.get(record_id=own)
            assert (link.consent_id, Referral.objects.get(pk=ended).received_at) == (renewed, None)

    def test_an_agency_that_was_not_referred_to_cannot_match(self) -> None:
        people.record(Client(external_id="N-1"), system=people.NAV_SYSTEM, unit=people.NAV)
        person = people.said_yes()
        with acting_as(people.NAV_LEADER) as viewer, pytest.raises(Refused):
            ties.match_own_record(
                person_id=person.person_id, unit_id=people.NAV, consent_id=person.consent_id, by=viewer
            )


def test_what_a_worker_assessed_beats_the_system() -> None:
    record_id = people.record(Client(assessed_at_risk=False, occupation=None))
    with acting_as(people.SOCIAL_WORKER) as viewer:
        operations.assess_record(record_id=record_id, said=Assessed(assessed_at_risk=True), by=viewer)
        (known,) = people_queries.screening_input(viewer)
    assert (known.facts["assessed_at_risk"], known.facts["occupation"]) == (True, None)
    assert known.facts["assistance_months_last_year"] == 9


def test_the_database_takes_no_consent_that_ends_before_it_is_given() -> None:
    person = people.said_yes()
    over = replace(people.terms(), until=people.NOW - timedelta(days=1))
    with acting_as(person.citizen_id):
        refused = pytest.raises(IntegrityError, match="consent_period_forward")
        with refused, transaction.atomic():
            operations.record_consent(person.person_id, person.citizen_id, over)
