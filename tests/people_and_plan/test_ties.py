"""A tie of an own record to a person that was wrong: ended, not made again by itself, tied again by hand."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

import people
from people import Client, acting_as
from people_and_plan.stand_ins import number
from samvirke.gate import operations as gate
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import Purpose
from samvirke.people import national_ids, operations, ties
from samvirke.people import queries as people_queries
from samvirke.people.models import IdentityLink, Person, WrongTie
from samvirke.people.operations import NewPerson
from samvirke.people.types import Mistake, TieRow


def tied(*, and_the_adviser: bool = True) -> tuple[NewPerson, UUID, UUID]:
    """Nav received the person and has tied its own record: the person, the record and the link."""
    own = people.record(Client(external_id="N-1"), system=people.NAV_SYSTEM, unit=people.NAV)
    person = people.said_yes()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        referral = operations.refer(
            person_id=person.person_id, to_unit=people.NAV, consent_id=person.consent_id, by=viewer
        )
    with acting_as(people.NAV_LEADER) as viewer:
        operations.receive_referral(referral_id=referral, by=viewer)
        if and_the_adviser:
            gate.admit(consent_id=person.consent_id, post_ids=[people.NAV_ADVISER])
        link = IdentityLink.objects.get(record=own)
    return person, own, link.id


def of(record_id: UUID, viewer: Viewer) -> list[TieRow]:
    """What the page of the record says of ties."""
    return ties.of_record(viewer, record_id)


@people.database
class TestUntie:
    def test_the_record_is_nobody_s_and_what_the_consent_opened_goes_on(self) -> None:
        person, own, link = tied()
        with acting_as(people.NAV_ADVISER) as viewer:
            assert people_queries.asked(viewer, own).person_id == person.person_id
            ties.untie(link_id=link, mistake=Mistake.SOMEBODY_ELSE, by=viewer)
            assert people_queries.asked(viewer, own).person_id is None
            assert Person.objects.filter(pk=person.person_id).exists()
            (row,) = of(own, viewer)
            assert (row.mistake, row.ended_at, row.person_name) == (
                Mistake.SOMEBODY_ELSE,
                people.NOW,
                "Kari Eksempel",
            )
            assert WrongTie.objects.get().found_by_id == people.NAV_ADVISER

    def test_the_next_referral_does_not_tie_it_again_but_ties_the_others(self) -> None:
        person, own, link = tied()
        with acting_as(people.NAV_LEADER) as viewer:
            ties.untie(link_id=link, mistake=Mistake.WRONG_NUMBER, by=viewer)
        other = people.record(Client(external_id="N-2"), system=people.NAV_SYSTEM, unit=people.NAV)
        with acting_as(people.NAV_LEADER) as viewer:
            again = ties.match_own_record(
                person_id=person.person_id, unit_id=people.NAV, consent_id=person.consent_id, by=viewer
            )
            assert again == other
            assert [row.mistake for row in of(own, viewer)] == [Mistake.WRONG_NUMBER]

    def test_tied_again_by_hand_and_untied_again(self) -> None:
        person, own, link = tied()
        with acting_as(people.NAV_ADVISER) as viewer:
            ties.untie(link_id=link, mistake=Mistake.WRONG_NUMBER, by=viewer)
            ties.tie_again(link_id=link, by=viewer)
            assert people_queries.asked(viewer, own).person_id == person.person_id
            (row,) = of(own, viewer)
            assert (row.mistake, row.ended_at) == (None, None)
            with pytest.raises(ties.NotTied, match="changed this already"):
                ties.tie_again(link_id=link, by=viewer)
            ties.untie(link_id=row.link_id, mistake=Mistake.SOMEBODY_ELSE, by=viewer)
            with pytest.raises(ties.NotTied):
                ties.untie(link_id=row.link_id, mistake=Mistake.SOMEBODY_ELSE, by=viewer)
            assert [row.mistake for row in of(own, viewer)] == [Mistake.SOMEBODY_ELSE]

    def test_not_again_on_a_consent_that_has_ended(self) -> None:
        person, _, link = tied()
        with acting_as(people.NAV_ADVISER) as viewer:
            ties.untie(link_id=link, mistake=Mistake.WRONG_NUMBER, by=viewer)
        with acting_as(person.citizen_id) as viewer:
            operations.withdraw_consent(consent_id=person.consent_id, by=viewer)
        with acting_as(people.NAV_ADVISER) as viewer, pytest.raises(IdentityLink.DoesNotExist):
            ties.tie_again(link_id=link, by=viewer)

    def test_the_record_the_person_was_made_from_stays_theirs(self) -> None:
        person = people.said_yes()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            link = IdentityLink.objects.get(subject=person.person_id)
            with pytest.raises(ties.MadeFromIt, match="ask the right person anew"):
                ties.untie(link_id=link.id, mistake=Mistake.SOMEBODY_ELSE, by=viewer)
            assert [row.is_first for row in of(link.record_id, viewer)] == [True]

    @pytest.mark.parametrize(
        ("who", "may"),
        [
            (people.NAV_ADVISER, "yes"),
            (people.NAV_LEADER, "yes"),
            (people.SOCIAL_WORKER, "not their record"),
            (people.SOCIAL_COLLEAGUE, "knows of none"),
            (people.STRANGER, "knows of none"),
        ],
    )
    def test_who_has_both_the_record_and_the_person(self, who: UUID, may: str) -> None:
        _, _, link = tied()
        with acting_as(who) as viewer:
            if may == "yes":
                ties.untie(link_id=link, mistake=Mistake.SOMEBODY_ELSE, by=viewer)
                return
            expected = Refused if may == "not their record" else IdentityLink.DoesNotExist
            with pytest.raises(expected):
                ties.untie(link_id=link, mistake=Mistake.SOMEBODY_ELSE, by=viewer)
        with acting_as(people.NAV_ADVISER):
            assert IdentityLink.objects.get(pk=link).unlinked_at is None

    def test_a_colleague_who_is_not_around_the_person_reads_of_no_tie(self) -> None:
        _, own, _ = tied()
        with acting_as(people.NAV_SYSTEM, Purpose.SERVICE) as viewer:
            assert of(own, viewer) == []


@people.database
def test_a_record_of_a_person_the_receiver_knows_nothing_of_is_as_unknown() -> None:
    """Its number was corrected after it was tied to somebody else: no tie, no error, no hint of whom."""
    first, own, _ = tied(and_the_adviser=False)
    other = people.said_yes(Client(external_id="S-2", national_id=number(4)))
    corrected = Client(external_id="N-1", national_id=number(4), source_version=2)
    people.record(corrected, system=people.NAV_SYSTEM, unit=people.NAV)
    with acting_as(people.SOCIAL_WORKER):
        gate.admit(consent_id=other.consent_id, post_ids=[people.NAV_ADVISER])
    with acting_as(people.NAV_ADVISER) as viewer:
        assert not Person.objects.filter(pk=first.person_id).exists()
        found = ties.match_own_record(
            person_id=other.person_id, unit_id=people.NAV, consent_id=other.consent_id, by=viewer
        )
        assert found is None
        assert of(own, viewer) == []
    with acting_as(people.NAV_LEADER):
        assert IdentityLink.objects.get(record=own).subject_id == first.person_id


@people.database
def test_saying_that_a_tie_was_wrong_is_no_way_to_a_protected_place() -> None:
    hers = people.family().mother.person
    number_of_hers = national_ids.make_synthetic(birth_date=date(1990, 7, 2), sex=Sex.FEMALE, serial=5)
    own = people.record(
        Client(external_id="N-1", national_id=number_of_hers, municipality=people.KANARIVIK),
        system=people.NAV_SYSTEM,
        unit=people.NAV,
    )
    with acting_as(people.NAV_ADVISER) as viewer:
        assert place(own, viewer) == people.KANARIVIK  # nothing says yet who it is
        ties.match_own_record(
            person_id=hers.person_id, unit_id=people.NAV, consent_id=hers.consent_id, by=viewer
        )
        assert place(own, viewer) == ""
        (row,) = of(own, viewer)
        ties.untie(link_id=row.link_id, mistake=Mistake.SOMEBODY_ELSE, by=viewer)
        assert place(own, viewer) == ""


def place(record_id: UUID, viewer: Viewer) -> str:
    """The municipality of an own record, as this viewer may know it."""
    (record,) = people_queries.own_records(viewer, [record_id])
    return record.municipality
