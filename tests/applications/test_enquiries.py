"""The front door: told once, answered by a day, led on with the same words; nobody falls between."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import people
from agreements.test_agreements import signed
from applications.stand_ins import every_kind, in_days
from people import OnPlan, acting_as, family, on_plan
from people_and_plan.stand_ins import another
from samvirke.agencies import queries as agencies
from samvirke.agreements.types import Promise
from samvirke.applications import enquiries, operations, policies, queries
from samvirke.applications.models import Enquiry
from samvirke.applications.types import EnquiryRow
from samvirke.gate.types import Refused
from samvirke.kernel.codes import EnquiryOutcome
from samvirke.kernel.gate_words import DataKind
from samvirke.people import places
from samvirke.people.operations import record_consent

pytestmark = people.database
TODAY = people.NOW.date()
WORDS = "Vi klarer ikke dette alene lenger. <script>x</script> Ánde 🌱"


def told(plan: OnPlan, *, unit: UUID = people.COORDINATING, who: UUID | None = None, **other: Any) -> UUID:
    """The person has told it, or somebody for them."""
    said = {"words": WORDS, "helps": "En å ringe til.", "to_meet": "", "is_urgent": False} | other
    with acting_as(who or plan.person.citizen_id) as viewer:
        return enquiries.tell(person_id=plan.person.person_id, to_unit=unit, by=viewer, **said)


def row_of(enquiry_id: UUID, who: UUID) -> EnquiryRow:
    """The enquiry as somebody sees it."""
    with acting_as(who) as viewer:
        return enquiries.one(viewer, enquiry_id)


def led_on(enquiry_id: UUID, *, unit: UUID = people.NAV, who: UUID = people.COORDINATOR) -> None:
    """Another unit is asked to answer."""
    with acting_as(who) as viewer:
        enquiries.lead_on(enquiry_id=enquiry_id, to_unit=unit, why="De kjenner arbeidslivet.", by=viewer)


def answered(enquiry_id: UUID, who: UUID, reply: str = "Vi lager en plan sammen.") -> None:
    """The unit answers."""
    with acting_as(who) as viewer:
        enquiries.answer(enquiry_id=enquiry_id, outcome=EnquiryOutcome.PLAN, reply=reply, by=viewer)


def test_it_is_told_once_taken_and_answered_and_days_are_counted() -> None:
    plan = on_plan()
    one = told(plan)
    with acting_as(people.COORDINATOR) as viewer:
        assert [row.enquiry_id for row in enquiries.of_own_unit(viewer)] == [one]
        enquiries.take(enquiry_id=one, answer_due_on=TODAY + timedelta(days=10), by=viewer)
    with acting_as(plan.person.citizen_id) as viewer:
        assert enquiries.one(in_days(viewer, 12), one).is_late
    with acting_as(people.COORDINATOR) as viewer:
        enquiries.answer(
            enquiry_id=one,
            outcome=EnquiryOutcome.PLAN,
            reply="Vi lager en plan sammen.",
            by=in_days(viewer, 12),
        )
    row = row_of(one, plan.person.citizen_id)
    assert (row.outcome, row.days_waited, row.is_late, row.words) == ("plan", 12, False, WORDS)
    assert [step.status for step in row.steps] == ["told", "taken", "answered"]
    assert row.steps[-1].text == "Vi lager en plan sammen."


def test_it_is_led_on_with_the_same_words_and_day_and_stays_until_others_say_yes() -> None:
    plan = on_plan()
    one = told(plan)
    with acting_as(people.COORDINATOR) as viewer:
        enquiries.take(enquiry_id=one, answer_due_on=TODAY + timedelta(days=10), by=viewer)
    led_on(one)
    offered = row_of(one, people.NAV_ADVISER)
    assert (offered.words, offered.answer_due_on) == (WORDS, TODAY + timedelta(days=10))
    assert (offered.is_ours, offered.is_offered_to_us) == (False, True)
    assert row_of(one, people.COORDINATOR).is_ours
    with acting_as(people.NAV_ADVISER) as viewer, pytest.raises(policies.NotOurEnquiry):
        enquiries.answer(enquiry_id=one, outcome=EnquiryOutcome.HELPED, reply="Ja.", by=viewer)
    with pytest.raises(policies.AlreadyOffered):
        led_on(one)
    with acting_as(people.NAV_ADVISER) as viewer:
        enquiries.accept(enquiry_id=one, by=viewer)
        assert [row.is_ours for row in enquiries.of_own_unit(viewer)] == [True]
    with acting_as(people.COORDINATOR) as viewer:
        assert enquiries.of_own_unit(viewer) == []
        with pytest.raises(Enquiry.DoesNotExist):
            enquiries.answer(enquiry_id=one, outcome=EnquiryOutcome.HELPED, reply="Ja.", by=viewer)
    answered(one, people.NAV_ADVISER)
    assert row_of(one, plan.person.citizen_id).outcome == "plan"


def test_who_is_asked_may_say_no_and_it_is_still_answered() -> None:
    plan = on_plan()
    one = told(plan)
    led_on(one)
    with acting_as(people.NAV_ADVISER) as viewer:
        with pytest.raises(policies.NothingSaid):
            enquiries.decline(enquiry_id=one, why=" ", by=viewer)
        enquiries.decline(enquiry_id=one, why="Hører til helsetjenesten.", by=viewer)
        with pytest.raises(policies.NotOfferedToUs):
            enquiries.accept(enquiry_id=one, by=viewer)
        with pytest.raises(Enquiry.DoesNotExist):
            enquiries.one(viewer, one)
    row = row_of(one, people.COORDINATOR)
    assert (row.is_ours, row.offered_kind) == (True, "")
    assert row.steps[-1].text == "Hører til helsetjenesten."


def test_nobody_outside_reads_it_or_answers() -> None:
    plan = on_plan()
    one = told(plan)
    for who in (people.STRANGER, people.SOCIAL_COLLEAGUE, people.NAV_LEADER):
        with acting_as(who) as viewer:
            assert enquiries.of_own_unit(viewer) == []
            with pytest.raises((Refused, Enquiry.DoesNotExist)):
                enquiries.one(viewer, one)
        with pytest.raises((Refused, Enquiry.DoesNotExist)):
            answered(one, who)
    with acting_as(people.NAV_ADVISER) as viewer, pytest.raises(Enquiry.DoesNotExist):
        enquiries.one(viewer, one)  # on the plan, and not asked
    assert row_of(one, people.COORDINATOR).is_open


def test_the_database_alone_hides_it_from_the_rest_of_the_team() -> None:
    """Whoever writes their own SQL as the pages' role reads no more than the pages show."""
    plan = on_plan()
    one = told(plan)

    def seen(who: UUID) -> tuple[int, int]:
        with acting_as(who), connection.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT count(*) FROM applications_enquiry WHERE subject_id = %(about)s), "
                "(SELECT count(*) FROM applications_enquirystep WHERE subject_id = %(about)s)",
                {"about": plan.person.person_id},
            )
            enquiries_seen, steps_seen = cursor.fetchone()
            return enquiries_seen, steps_seen

    assert seen(plan.person.citizen_id) == seen(people.COORDINATOR) == (1, 1)
    assert seen(people.NAV_ADVISER) == seen(people.SOCIAL_WORKER) == (0, 0)  # both on the plan
    led_on(one)
    assert seen(people.NAV_ADVISER) == (1, 2)
    with acting_as(people.NAV_ADVISER) as viewer:
        enquiries.accept(enquiry_id=one, by=viewer)
    assert seen(people.NAV_ADVISER) == (1, 3)
    assert seen(people.COORDINATOR) == (0, 0)  # it is Nav's now


def test_who_said_no_keeps_no_sight_of_it_once_it_is_answered() -> None:
    plan = on_plan()
    one = told(plan)
    led_on(one)
    with acting_as(people.NAV_ADVISER) as viewer:
        enquiries.decline(enquiry_id=one, why="Hører til helsetjenesten.", by=viewer)
        assert enquiries.of_own_unit(viewer) == []
    answered(one, people.COORDINATOR)
    with acting_as(people.NAV_ADVISER):
        assert not Enquiry.objects.filter(pk=one).exists()


def test_a_worker_tells_it_for_the_person_and_follows_the_answer() -> None:
    plan = on_plan()
    one = told(plan, unit=people.NAV, who=people.COORDINATOR)
    mine = row_of(one, plan.person.citizen_id)
    assert (mine.words, mine.steps[0].who) == (WORDS, agencies.post(people.COORDINATOR).title)
    answered(one, people.NAV_ADVISER)
    seen = row_of(one, people.COORDINATOR)
    assert (seen.outcome, seen.is_ours, seen.steps[-1].text) == ("plan", False, "Vi lager en plan sammen.")
    with acting_as(people.SOCIAL_WORKER) as viewer, pytest.raises(Enquiry.DoesNotExist):
        enquiries.one(viewer, one)


def test_a_unit_without_a_yes_cannot_receive_it_and_nothing_is_written() -> None:
    plan = on_plan()
    with pytest.raises(policies.NobodyCanReceive):
        told(plan, unit=people.SOCIAL_NORDENG)
    with pytest.raises(policies.NothingSaid):
        told(plan, words="   ")
    with acting_as(plan.person.citizen_id) as viewer:
        assert enquiries.mine(viewer) == []


def test_where_a_place_is_protected_no_unit_that_would_tell_it_is_named() -> None:
    one = family().mother
    everyday = people.terms(kinds=DataKind.SOCIAL, units=(people.SOCIAL, people.SOCIAL_NORDENG))
    with acting_as(one.person.citizen_id):
        record_consent(one.person.person_id, one.person.citizen_id, everyday)
    to_nav = told(one, unit=people.NAV)
    with acting_as(people.NAV_ADVISER) as viewer:
        row = enquiries.one(viewer, to_nav)
        assert people.SOCIAL_NORDENG not in {to.unit_id for to in enquiries.may_lead_to(viewer, row)}
    with acting_as(one.person.citizen_id) as viewer:
        places.lift_protection(person_id=one.person.person_id, by=viewer)
    with acting_as(people.NAV_ADVISER) as viewer:
        row = enquiries.one(viewer, to_nav)
        assert people.SOCIAL_NORDENG in {to.unit_id for to in enquiries.may_lead_to(viewer, row)}


def test_a_longer_list_takes_no_more_statements() -> None:
    def statements() -> int:
        with acting_as(people.COORDINATOR) as viewer, CaptureQueriesContext(connection) as found:
            enquiries.of_own_unit(viewer)
        return len(found)

    told(on_plan())
    one = statements()
    for serial in (4, 5, 6):
        told(on_plan(another(serial)))
    with acting_as(people.COORDINATOR) as viewer:
        assert len(enquiries.of_own_unit(viewer)) == 4
    assert statements() == one


def test_an_answer_is_given_once() -> None:
    plan = on_plan()
    one = told(plan)
    with pytest.raises(policies.NothingSaid):
        answered(one, people.COORDINATOR, "")
    answered(one, people.COORDINATOR)
    with pytest.raises(policies.EnquiryIsAnswered):
        answered(one, people.COORDINATOR, "Noe annet.")
    with pytest.raises(policies.EnquiryIsAnswered):
        led_on(one)


def test_what_tells_of_social_help_is_read_where_social_help_may_be_read() -> None:
    plan = on_plan(consent=every_kind())
    one = told(plan, unit=people.SOCIAL)
    assert row_of(one, people.SOCIAL_WORKER).is_ours
    with acting_as(people.NAV_ADVISER) as viewer, pytest.raises((Refused, Enquiry.DoesNotExist)):
        enquiries.one(viewer, one)


def test_the_urgent_ones_stand_first_and_then_what_is_due_soonest() -> None:
    plan = on_plan()
    calm, soon, urgent = told(plan), told(plan), told(plan, is_urgent=True)
    with acting_as(people.COORDINATOR) as viewer:
        enquiries.take(enquiry_id=calm, answer_due_on=TODAY + timedelta(days=20), by=viewer)
        enquiries.take(enquiry_id=soon, answer_due_on=TODAY + timedelta(days=2), by=viewer)
        assert [row.enquiry_id for row in enquiries.of_own_unit(viewer)] == [urgent, soon, calm]
        with pytest.raises(policies.DayNotAhead):
            enquiries.take(enquiry_id=urgent, answer_due_on=TODAY, by=viewer)


def test_it_is_applied_for_with_the_same_words() -> None:
    plan, other = on_plan(), on_plan(another(9))
    one = told(plan)
    said = {"right": "no.right_coordinator", "title": "", "words": WORDS, "to_unit": people.COORDINATING}
    with acting_as(plan.person.citizen_id) as viewer:
        operations.apply(person_id=plan.person.person_id, enquiry_id=one, by=viewer, **said)
        (row,) = queries.my_applications(viewer)
    assert (row.enquiry_id, row.steps[0].text) == (one, WORDS)
    with acting_as(other.person.citizen_id) as viewer, pytest.raises(Enquiry.DoesNotExist):
        operations.apply(person_id=other.person.person_id, enquiry_id=one, by=viewer, **said)


def test_the_day_that_an_agreement_promises_is_the_day_it_is_answered_by() -> None:
    plan = on_plan()
    assert row_of(told(plan), people.COORDINATOR).answer_due_on is None
    parties = (people.SOCIAL, people.COORDINATING)
    signed(parties=parties, response_times={Promise.ANSWER_APPLICATION: 14, Promise.MEET: 3})
    one = told(plan)
    assert row_of(one, people.COORDINATOR).answer_due_on == TODAY + timedelta(days=14)
    with acting_as(people.COORDINATOR) as viewer:
        enquiries.take(enquiry_id=one, answer_due_on=TODAY + timedelta(days=60), by=viewer)
    assert row_of(one, people.COORDINATOR).answer_due_on == TODAY + timedelta(days=14)
    assert row_of(told(plan, unit=people.NAV), people.NAV_ADVISER).answer_due_on is None
