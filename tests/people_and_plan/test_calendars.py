"""One calendar: what stands in it for whom, what a protected place hides in it, and a time that is taken."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import people
from people import NOW, OnPlan, acting_as, family, on_plan
from people_and_plan.test_family_plans import OfMany, family_of
from people_and_plan.test_meetings import visit
from people_and_plan.test_own_side import herself
from samvirke.coordination import calendars, meeting_days, meetings
from samvirke.coordination.calendar_types import CalendarEntry, TimeIsTaken
from samvirke.coordination.meeting_types import Arranged
from samvirke.coordination.models import Meeting, MeetingTerms
from samvirke.gate.types import Refused
from samvirke.kernel.gate_words import DataKind
from samvirke.kernel.week import WeeklyTime
from samvirke.people import log
from samvirke.plan import actions
from samvirke.plan.action_types import Agreed, Who
from samvirke.plan.models import Plan
from samvirke.surfaces.components.calendar_parts import first_of_week, week

pytestmark = people.database
MONDAY = NOW.date() + timedelta(days=7)  # 9 March 2026
TEN, ELEVEN = time(10), time(11)
DECIDED = "Vedtak 2026/1"


def call(plan_id: UUID, starts: time, *, by: UUID = people.COORDINATOR, **more: str) -> UUID:
    """A meeting of an hour at a time of that Monday."""
    arranged = Arranged(starts=starts, **more)
    with acting_as(by) as viewer:
        return meetings.call_meeting(
            plan_id=plan_id, day=MONDAY, agenda="Hva nå?", arranged=arranged, by=viewer
        )


def fixed(
    plan: OnPlan | OfMany,
    what: str,
    *,
    starts: time = TEN,
    kind: DataKind = DataKind.PLAN,
    decision: str = DECIDED,
    accountable: Who = people.COORDINATOR,
    about: UUID | None = None,
    due: date | None = None,
) -> UUID:
    """Something that is done every Monday for an hour."""
    with acting_as(people.COORDINATOR) as viewer:
        return actions.add(
            plan_id=plan.plan_id,
            goal_id=plan.goal_id,
            kind=kind,
            agreed=Agreed(what, week=(WeeklyTime(1, starts, time(starts.hour + 1)),), due_on=due),
            accountable=accountable,
            decision_reference=decision,
            about=about,
            by=viewer,
        )


def seen(who: UUID, plan_id: UUID, *, days: int = 7) -> list[CalendarEntry]:
    """A plan's calendar, as a worker sees it."""
    with acting_as(who) as viewer:
        return list(calendars.of_plan(viewer, plan_id, MONDAY, days))


def own(who: UUID, *, days: int = 7) -> list[CalendarEntry]:
    """A citizen's calendar."""
    with acting_as(who) as viewer:
        return list(calendars.mine(viewer, MONDAY, days))


def words(found: list[CalendarEntry]) -> list[str]:
    return [one.what or "møte" for one in found]


class TestOfAPerson:
    def test_meetings_and_what_is_decided_stand_in_it_and_a_wish_does_not(self) -> None:
        plan = on_plan()
        call(plan.plan_id, time(14), language="somali")
        fixed(plan, "Kurs", due=MONDAY + timedelta(days=7))
        fixed(plan, "Et ønske", starts=time(12), decision="")
        fixed(plan, "Svømming", starts=time(18), decision="", accountable=herself(plan))
        for found in (seen(people.COORDINATOR, plan.plan_id, days=15), own(plan.person.citizen_id, days=15)):
            assert [(one.day, one.what, one.language) for one in found] == [
                (MONDAY, "Kurs", ""),
                (MONDAY, "", "somali"),
                (MONDAY, "Svømming", ""),
                (MONDAY + timedelta(days=7), "Kurs", ""),
                (MONDAY + timedelta(days=7), "Svømming", ""),
                (MONDAY + timedelta(days=14), "Svømming", ""),
            ]

    def test_each_worker_finds_the_kinds_they_may_read(self) -> None:
        plan = on_plan()
        fixed(plan, "Samtale om helse", kind=DataKind.HEALTH)
        assert words(seen(people.COORDINATOR, plan.plan_id)) == ["Samtale om helse"]
        assert seen(people.NAV_ADVISER, plan.plan_id) == []

    @pytest.mark.parametrize("who", ["stranger", "social colleague", "follow-up adviser"])
    def test_nobody_else_opens_it(self, who: str) -> None:
        plan = on_plan()
        with pytest.raises((Refused, Plan.DoesNotExist)):
            seen(people.EVERYBODY[who], plan.plan_id)

    def test_what_was_called_off_is_not_in_it(self) -> None:
        plan = on_plan()
        one = call(plan.plan_id, TEN)
        with acting_as(people.COORDINATOR) as viewer:
            meeting_days.call_off(meeting_id=one, why="Sykdom", by=viewer)
        assert seen(people.COORDINATOR, plan.plan_id) == []


class TestOfAFamily:
    def test_it_holds_what_the_members_own_plans_hold_for_whom_may_read_them(self) -> None:
        one = family_of(2, from_serial=4)
        first, second = one.members
        call(one.plan_id, TEN)
        fixed(first, "Norskkurs", starts=time(12))
        fixed(second, "Fysioterapi", starts=time(13))
        assert words(seen(people.COORDINATOR, one.plan_id)) == ["møte", "Norskkurs", "Fysioterapi"]
        assert words(seen(people.COORDINATOR, first.plan_id)) == ["møte", "Norskkurs"]
        assert words(own(first.person.citizen_id)) == ["møte", "Norskkurs"]

    def test_a_read_stands_in_the_log_of_each_member(self) -> None:
        one = family_of(2, from_serial=4)
        first, second = one.members
        seen(people.COORDINATOR, first.plan_id)
        for member, verb in ((first, "coordination.read_meetings"), (second, "people.read_family")):
            with acting_as(member.person.citizen_id) as viewer:
                assert (verb,) in [row.verbs for row in log.who_has_seen(viewer).rows]

    def test_it_takes_the_same_statements_whatever_the_family(self) -> None:
        costs = []
        for one in (family_of(2, from_serial=4), family_of(4, from_serial=6)):
            for member in one.members:
                fixed(member, "Kurs")
            with CaptureQueriesContext(connection) as found:
                assert len(seen(people.COORDINATOR, one.plan_id)) == len(one.members)
            costs.append(len(found))
        assert costs[0] == costs[1]


class TestWithAProtectedMember:
    """The standing family: the mother's place is hidden from the father."""

    def test_the_others_are_told_no_day_but_their_own(self) -> None:
        one = family()
        before = own(one.father.person.citizen_id)
        call(one.plan_id, time(14))
        call(one.mother.plan_id, time(15))
        fixed(one.mother, "Samtale hos krisesenteret")
        assert own(one.father.person.citizen_id) == before == []
        fixed(one.father, "Kurs")
        (mine,) = own(one.father.person.citizen_id)
        assert (mine.what, mine.at_once) == ("Kurs", False)

    def test_she_and_those_around_her_see_all_of_hers(self) -> None:
        one = family()
        call(one.plan_id, TEN)
        fixed(one.mother, "Samtale", starts=time(12))
        assert words(own(one.mother.person.citizen_id)) == ["møte", "Samtale"]
        assert words(seen(people.COORDINATOR, one.plan_id)) == ["møte", "Samtale"]

    def test_a_worker_who_may_not_know_the_place_finds_nothing_of_hers_beside_the_others(self) -> None:
        one = family()
        call(one.plan_id, TEN)
        call(one.mother.plan_id, time(15))
        fixed(one.mother, "Samtale", starts=time(12))
        assert words(seen(people.SOCIAL_WORKER, one.plan_id)) == ["møte"]
        assert words(seen(people.SOCIAL_WORKER, one.mother.plan_id)) == ["møte", "Samtale", "møte"]

    def test_no_reason_tells_the_others_of_hers(self) -> None:
        """What the coordinator would write on the father's meeting, he could read: when she is where."""
        one = family()
        call(one.plan_id, TEN)
        assert _why(call(one.father.plan_id, TEN, despite="Det må bli da")) == [""]
        fixed(one.mother, "Samtale", starts=time(12))
        assert _why(call(one.plan_id, time(12), despite="Det må bli da")) == [""]
        with pytest.raises(TimeIsTaken) as refused:
            call(one.father.plan_id, time(10, 30))
        assert [entry.who for entry in refused.value.found] == ["Ola Eksempel"]


class TestATimeThatIsTaken:
    def test_it_is_refused_until_there_is_a_reason_which_is_kept(self) -> None:
        plan = on_plan()
        fixed(plan, "Kurs")
        with pytest.raises(TimeIsTaken) as refused:
            call(plan.plan_id, time(10, 30))
        assert words(list(refused.value.found)) == ["Kurs"]
        assert not _any_meeting(plan)
        one = call(plan.plan_id, time(10, 30), despite="Tolken kan bare da.")
        assert _why(one) == ["Tolken kan bare da."]
        assert [row.at_once for row in seen(people.COORDINATOR, plan.plan_id)] == [True, True]

    def test_beside_it_is_free_and_a_reason_nobody_asked_for_is_not_kept(self) -> None:
        plan = on_plan()
        fixed(plan, "Kurs")
        assert _why(call(plan.plan_id, ELEVEN, despite="Uten grunn")) == [""]

    def test_a_meeting_that_moves_is_not_in_its_own_way_and_both_reasons_are_kept(self) -> None:
        plan = on_plan()
        one = call(plan.plan_id, TEN)
        fixed(plan, "Kurs", starts=time(12))
        _move(one, time(10, 30), "Tannlege")
        with pytest.raises(TimeIsTaken):
            _move(one, time(12), "Tannlege")
        _move(one, time(12), "Tannlege", despite="Det må bli da")
        assert _why(one) == ["", "Tannlege", "Tannlege\nDet må bli da"]

    def test_where_the_person_is_not_called_nothing_is_in_the_way(self) -> None:
        plan = on_plan()
        fixed(plan, "Kurs")
        with acting_as(people.COORDINATOR) as viewer:
            arranged = Arranged(starts=TEN, invites_person=False)
            assert meetings.call_meeting(
                plan_id=plan.plan_id, day=MONDAY, agenda="Oss imellom", arranged=arranged, by=viewer
            )
        assert [one.at_once for one in seen(people.COORDINATOR, plan.plan_id)] == [False, False]

    def test_a_family_s_meeting_is_in_the_way_of_its_members_and_theirs_of_it(self) -> None:
        one = family_of(2, from_serial=4)
        first, second = one.members
        call(one.plan_id, TEN)
        with pytest.raises(TimeIsTaken):
            call(first.plan_id, TEN)
        fixed(second, "Fysioterapi", starts=time(13))
        with pytest.raises(TimeIsTaken):
            call(one.plan_id, time(13))
        call(first.plan_id, time(13))  # another person's

    def test_what_the_viewer_may_not_see_is_not_in_the_way(self) -> None:
        plan = on_plan()
        fixed(plan, "Samtale om helse", kind=DataKind.HEALTH)
        call(plan.plan_id, TEN, by=people.NAV_ADVISER)
        with pytest.raises(TimeIsTaken):
            call(plan.plan_id, time(10, 15), by=people.COORDINATOR)


class TestPages:
    def test_the_form_says_what_there_is_keeps_what_was_typed_and_takes_a_reason(self) -> None:
        plan = on_plan()
        fixed(plan, "Kurs Čáhci <script>")
        client, address = visit(people.COORDINATOR), f"/plans/{plan.plan_id}/meetings/new/"
        said = {"day": MONDAY.isoformat(), "starts": "10:30", "minutes_long": "60", "agenda": "Neste steg"}
        assert "despite" not in client.get(address).content.decode()
        answer = client.post(address, said)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "something else then: Kari Eksempel, Kurs Čáhci &lt;script&gt; from 10:00 to 11:00." in text
        assert "Neste steg" in text
        assert 'name="despite"' in text
        again = client.post(address, {**said, "despite": " "})
        assert again.status_code == 422
        page = client.post(address, {**said, "despite": "Tolken kan bare da."}, follow=True).content.decode()
        assert "At this time because: Tolken kan bare da." in page

    def test_a_week_of_the_worker_s_and_of_the_person_s_own(self) -> None:
        plan = on_plan()
        fixed(plan, "Kurs Čáhci <script>")
        call(plan.plan_id, time(10, 30), language="somali", despite="Må")
        for who, address in (
            (people.COORDINATOR, f"/plans/{plan.plan_id}/calendar/"),
            (plan.person.citizen_id, "/my-plan/calendar/"),
        ):
            text = visit(who).get(address, {"week": MONDAY.isoformat()}).content.decode()
            assert "Kurs Čáhci &lt;script&gt;" in text
            assert "With an interpreter: somali" in text
            assert text.count("At the same time as something else") == 2
            empty = visit(who).get(address, {"week": "2031-01-06"}).content.decode()
            assert ("There is nothing in the calendar this week." in empty) == ("Kurs" not in empty)

    @pytest.mark.parametrize(
        ("weeks", "links"), [(0, (True, True)), (4, (True, False)), (60, (False, False))]
    )
    def test_links_stay_near_today_and_further_away_a_day_is_asked_for(
        self, weeks: int, links: tuple[bool, bool]
    ) -> None:
        shown = week((), MONDAY + timedelta(weeks=weeks), MONDAY)
        assert (shown.before is not None, shown.after is not None) == links

    @pytest.mark.parametrize("asked", ["", "tull", "0001-01-01", "9999-12-31", "2026-03-12", "x" * 20_000])
    def test_an_address_that_names_no_week_is_this_week(self, asked: str) -> None:
        assert first_of_week(asked, MONDAY) == MONDAY


def _move(meeting_id: UUID, starts: time, why: str, despite: str = "") -> None:
    with acting_as(people.COORDINATOR) as viewer:
        arranged = Arranged(starts=starts, despite=despite)
        meeting_days.move(meeting_id=meeting_id, day=MONDAY, arranged=arranged, why=why, by=viewer)


def _why(meeting_id: UUID) -> list[str]:
    """The reasons that were said, in their order."""
    with acting_as(people.COORDINATOR):
        found = MeetingTerms.objects.filter(meeting_id=meeting_id).order_by("number")
        return list(found.values_list("why", flat=True))


def _any_meeting(plan: OnPlan) -> bool:
    with acting_as(people.COORDINATOR):
        return Meeting.objects.filter(plan_id=plan.plan_id).exists()
