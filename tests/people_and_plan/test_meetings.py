"""Meetings of the team: who calls them, what was agreed, who reads it, and what a place would give away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

import people
from people import CANARY_WORDS, NOW, acting_as, family, on_plan
from people_and_plan.stand_ins import another
from samvirke.coordination import meetings, policies
from samvirke.coordination import operations as coordinating
from samvirke.coordination import queries as coordination
from samvirke.coordination.models import Attendee, Duty, Meeting, Minutes
from samvirke.coordination.types import MeetingRow
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.codes import EndReason, Occupation, SupportSource
from samvirke.kernel.gate_words import Purpose
from samvirke.people import operations as people_operations
from samvirke.plan import teams
from samvirke.plan.models import Plan
from samvirke.plan.types import Situation
from samvirke.surfaces.actor import POST, PURPOSE

pytestmark = people.database
TODAY = NOW.date()
AGREED = "Kari ringer verkstedet, og Nav ordner bussbillett."


def member(plan_id: UUID, post_id: UUID) -> str:
    """A post's id in the team, as the form has it."""
    with acting_as(people.COORDINATOR):
        return next(str(one) for one, post in teams.members_of(plan_id).items() if post == post_id)


def called(plan_id: UUID, *, day: date = TODAY, by: UUID = people.COORDINATOR) -> UUID:
    """A meeting that somebody called."""
    with acting_as(by) as viewer:
        return meetings.call_meeting(plan_id=plan_id, day=day, agenda="Hva nå?", by=viewer)


def held(plan_id: UUID, *, agreed: str = AGREED, person: bool = True, by: UUID = people.COORDINATOR) -> UUID:
    """A meeting of today with minutes; who called it was there."""
    one = called(plan_id, by=by)
    with acting_as(by) as viewer:
        meetings.write_minutes(meeting_id=one, agreed=agreed, there=[by], person_was_there=person, by=viewer)
    return one


def past(plan_id: UUID, who: UUID) -> tuple[MeetingRow, ...]:
    """The meetings with minutes, as somebody reads them."""
    with acting_as(who) as viewer:
        return meetings.of_plan(viewer, plan_id).past


class TestCalling:
    @pytest.mark.parametrize("who", ["coordinator", "nav adviser", "coordination leader"])
    def test_anybody_in_the_team_calls_one_and_everybody_on_the_plan_sees_it(self, who: str) -> None:
        plan = on_plan()
        one = called(plan.plan_id, by=people.EVERYBODY[who], day=TODAY + timedelta(days=3))
        for reader in (people.SOCIAL_WORKER, plan.person.citizen_id):
            with acting_as(reader) as viewer:
                part = meetings.of_plan(viewer, plan.plan_id)
            assert [(row.meeting_id, row.agenda, row.waits_for_minutes) for row in part.ahead] == [
                (one, "Hva nå?", False)
            ]

    @pytest.mark.parametrize("who", ["stranger", "social colleague", "follow-up adviser", "nav leader"])
    def test_nobody_outside_calls_or_reads(self, who: str) -> None:
        plan = on_plan()
        held(plan.plan_id)
        for act in (
            lambda: called(plan.plan_id, by=people.EVERYBODY[who]),
            lambda: past(plan.plan_id, people.EVERYBODY[who]),
        ):
            with pytest.raises((Refused, Duty.DoesNotExist, Plan.DoesNotExist)):
                act()

    def test_the_person_reads_and_does_not_write(self) -> None:
        plan = on_plan()
        with pytest.raises(policies.NotInTheTeam):
            called(plan.plan_id, by=plan.person.citizen_id)

    def test_somebody_admitted_who_is_not_in_the_team_does_not_write(self) -> None:
        plan = on_plan()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            people_operations.refer(
                person_id=plan.person.person_id,
                to_unit=people.NAV,
                consent_id=plan.person.consent_id,
                by=viewer,
            )
        with pytest.raises(policies.NotInTheTeam):
            called(plan.plan_id, by=people.NAV_LEADER)

    def test_not_on_a_day_that_has_been_and_not_without_a_word(self) -> None:
        plan = on_plan()
        with pytest.raises(policies.DayHasBeen):
            called(plan.plan_id, day=TODAY - timedelta(days=1))
        with acting_as(people.COORDINATOR) as viewer, pytest.raises(policies.NothingWritten):
            meetings.call_meeting(plan_id=plan.plan_id, day=TODAY, agenda=" ", by=viewer)

    def test_not_when_the_plan_has_ended_but_what_was_agreed_can_still_be_written(self) -> None:
        plan = on_plan()
        one = called(plan.plan_id)
        with acting_as(people.COORDINATOR) as viewer:
            coordinating.end_plan(
                plan_id=plan.plan_id,
                reason=EndReason.JOB,
                situation=Situation(SupportSource.WAGES, Occupation.ORDINARY_JOB),
                by=viewer,
            )
            meetings.write_minutes(meeting_id=one, agreed=AGREED, there=[], person_was_there=True, by=viewer)
        with pytest.raises(policies.PlanHasEnded):
            called(plan.plan_id)


class TestMinutes:
    def test_what_was_agreed_and_who_was_there(self) -> None:
        plan = on_plan()
        held(plan.plan_id)
        for reader in (people.NAV_ADVISER, plan.person.citizen_id):
            (row,) = past(plan.plan_id, reader)
            assert [minutes.agreed for minutes in row.minutes] == [AGREED]
            assert ([seat.title for seat in row.there], row.person_was_there) == (["Koordinator 1"], True)

    def test_it_is_added_to_and_never_written_over(self) -> None:
        plan = on_plan()
        one = held(plan.plan_id)
        with acting_as(people.NAV_ADVISER) as viewer:
            with pytest.raises(policies.MinutesAreWritten):
                meetings.write_minutes(
                    meeting_id=one, agreed="Noe annet.", there=[], person_was_there=False, by=viewer
                )
            meetings.add_to_minutes(meeting_id=one, text="Billetten er bestilt.", by=viewer)
        (row,) = past(plan.plan_id, people.COORDINATOR)
        assert [(one.agreed, one.written_by.title) for one in row.minutes] == [
            (AGREED, "Koordinator 1"),
            ("Billetten er bestilt.", "Veileder 1"),
        ]
        assert row.person_was_there

    @pytest.mark.parametrize(
        "table", ["coordination_meeting", "coordination_minutes", "coordination_attendee"]
    )
    @pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
    def test_the_tables_let_nobody_change_it(self, table: str, statement: str) -> None:
        held(on_plan().plan_id)
        with (
            acting_as(people.COORDINATOR),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(table))

    def test_only_those_of_the_team_were_there(self) -> None:
        plan = on_plan()
        one = called(plan.plan_id)
        for there, may in ((people.SOCIAL_COLLEAGUE, False), (people.NAV_ADVISER, True)):
            with acting_as(people.COORDINATOR) as viewer:
                try:
                    meetings.write_minutes(
                        meeting_id=one, agreed=AGREED, there=[there], person_was_there=False, by=viewer
                    )
                except policies.NotInTheTeam:
                    assert not may
                else:
                    assert may

    def test_not_of_a_meeting_that_lies_ahead(self) -> None:
        plan = on_plan()
        one = called(plan.plan_id, day=TODAY + timedelta(days=1))
        for days, may in ((0, False), (1, True)):
            with acting_as(people.COORDINATOR) as viewer:
                then = _later(viewer, days)
                write = _minutes(one, then)
                if may:
                    write()
                else:
                    with pytest.raises(policies.NotHeldYet):
                        write()

    def test_a_withdrawn_consent_hides_them_from_the_team_and_not_from_the_person(self) -> None:
        plan, other = on_plan(), on_plan(another(4))
        for one in (plan, other):
            held(one.plan_id)
        with acting_as(plan.person.citizen_id) as viewer:
            people_operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer)
        with acting_as(people.COORDINATOR):
            for model in (Meeting, Minutes, Attendee):
                found = set(model._default_manager.values_list("subject_id", flat=True))
                assert found == {other.person.person_id}
        assert len(past(plan.plan_id, plan.person.citizen_id)) == 1


class TestContact:
    @pytest.mark.parametrize(("person", "day"), [(True, TODAY), (False, None)])
    def test_a_meeting_with_the_person_is_a_contact(self, person: bool, day: date | None) -> None:
        plan = on_plan()
        held(plan.plan_id, person=person)
        with acting_as(people.NAV_ADVISER) as viewer:
            (row,) = coordination.worklist(viewer)
        assert row.last_contact == day


class TestAroundTheProtected:
    def test_who_was_there_is_told_by_the_kind_of_agency_alone(self) -> None:
        one = family()
        with acting_as(people.COORDINATOR) as viewer:
            meeting = meetings.call_meeting(
                plan_id=one.mother.plan_id, day=TODAY, agenda="Hva nå?", by=viewer
            )
            meetings.write_minutes(
                meeting_id=meeting, agreed=AGREED, there=[people.STRANGER], person_was_there=True, by=viewer
            )
        (told,) = past(one.mother.plan_id, people.SOCIAL_WORKER)
        assert [(seat.title, seat.agency_kind) for seat in told.there] == [("", "social_service")]
        assert not any(word in repr(told) for word in CANARY_WORDS)
        (known,) = past(one.mother.plan_id, one.mother.person.citizen_id)
        assert [seat.title for seat in known.there] == ["Sosialkonsulent i Nordeng"]

    def test_a_family_s_meeting_is_not_told_to_the_other_parent(self) -> None:
        one = family()
        held(one.plan_id, by=people.COORDINATOR)
        assert past(one.plan_id, one.father.person.citizen_id) == ()
        assert len(past(one.plan_id, one.mother.person.citizen_id)) == 1
        assert len(past(one.plan_id, people.SOCIAL_WORKER)) == 1


def _later(viewer: Viewer, days: int) -> Viewer:
    return replace(viewer, now=viewer.now + timedelta(days=days))


def _minutes(meeting_id: UUID, by: Viewer) -> Callable[[], None]:
    return lambda: meetings.write_minutes(
        meeting_id=meeting_id, agreed=AGREED, there=[], person_was_there=True, by=by
    )


def visit(post_id: UUID) -> Client:
    """A browser signed in to the post."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[POST], session[PURPOSE] = str(post_id), int(Purpose.COORDINATION)
    session.save()
    return client


class TestPages:
    def test_from_the_call_to_the_minutes_and_what_the_person_reads(self) -> None:
        plan = on_plan()
        client = visit(people.COORDINATOR)
        said = {"day": TODAY.isoformat(), "agenda": "Neste steg"}
        page = client.post(f"/plans/{plan.plan_id}/meetings/new/", said, follow=True).content.decode()
        assert "Neste steg" in page
        assert "Write what you agreed on 2 March 2026" in page
        with acting_as(people.COORDINATOR) as viewer:
            (row,) = meetings.of_plan(viewer, plan.plan_id).ahead
        address = f"/plans/{plan.plan_id}/meetings/{row.meeting_id}/"
        minutes = {
            "agreed": AGREED,
            "person_was_there": "yes",
            "there": [member(plan.plan_id, people.NAV_ADVISER)],
        }
        assert client.post(address, minutes).status_code == 302
        mine = visit(plan.person.citizen_id).get("/my-plan/").content.decode()
        assert AGREED in mine
        assert "yourself, Veileder 1" in mine

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"agreed": ""}, "Write what you agreed on."),
            ({"person_was_there": ""}, "Say whether the person was there."),
            ({"there": str(people.STRANGER)}, "The list has changed since you opened the page"),
        ],
    )
    def test_minutes_that_lack_something_are_not_saved_and_keep_the_rest(
        self, changed: dict[str, str], why: str
    ) -> None:
        plan = on_plan()
        one = called(plan.plan_id)
        said = {
            "agreed": AGREED,
            "person_was_there": "no",
            "there": member(plan.plan_id, people.NAV_ADVISER),
        } | changed
        answer = visit(people.COORDINATOR).post(f"/plans/{plan.plan_id}/meetings/{one}/", said)
        assert answer.status_code == 422
        assert why in answer.content.decode()
        assert said["agreed"] in answer.content.decode()
        assert past(plan.plan_id, people.COORDINATOR) == ()

    def test_a_day_that_has_been_is_told_and_the_text_kept(self) -> None:
        plan = on_plan()
        said = {"day": "2026-03-01", "agenda": "Neste steg"}
        answer = visit(people.COORDINATOR).post(f"/plans/{plan.plan_id}/meetings/new/", said)
        assert answer.status_code == 422
        assert "Choose today or a day ahead." in answer.content.decode()
        assert "Neste steg" in answer.content.decode()

    def test_two_write_and_the_second_ones_text_is_kept_as_something_to_add(self) -> None:
        plan = on_plan()
        one = held(plan.plan_id)
        address = f"/plans/{plan.plan_id}/meetings/{one}/"
        late = {"agreed": "Vi ble enige om mer.", "person_was_there": "yes"}
        answer = visit(people.NAV_ADVISER).post(address, late)
        assert answer.status_code == 409
        assert AGREED in answer.content.decode()
        assert "Vi ble enige om mer." in answer.content.decode()
        assert visit(people.NAV_ADVISER).post(address, {"text": "Vi ble enige om mer."}).status_code == 302
        (row,) = past(plan.plan_id, people.COORDINATOR)
        assert [minutes.agreed for minutes in row.minutes] == [AGREED, "Vi ble enige om mer."]

    @pytest.mark.parametrize("who", [people.STRANGER, people.SOCIAL_COLLEAGUE])
    def test_a_stranger_meets_no_such_page(self, who: UUID) -> None:
        plan = on_plan()
        one = called(plan.plan_id)
        for address in (f"/plans/{plan.plan_id}/meetings/new/", f"/plans/{plan.plan_id}/meetings/{one}/"):
            assert visit(people.COORDINATOR).get(address).status_code == 200
            assert visit(who).get(address).status_code == 404
            assert visit(plan.person.citizen_id).get(address).status_code == 404
