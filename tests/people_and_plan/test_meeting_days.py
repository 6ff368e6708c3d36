"""When a meeting is: its kind and its time, moved and called off with nothing overwritten, and as a file."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction
from icalendar import Calendar

import people
from people import NOW, acting_as, on_plan
from people_and_plan.test_meetings import called, held, visit
from samvirke.coordination import meeting_days, meetings, policies
from samvirke.coordination import meeting_refusals as refusals
from samvirke.coordination.meeting_types import Arranged
from samvirke.coordination.models import Duty, Meeting
from samvirke.coordination.types import MeetingRow
from samvirke.gate.types import Refused
from samvirke.kernel.codes import Country, MeetingKind
from samvirke.people import operations as people_operations
from samvirke.plan.models import Plan

pytestmark = people.database
TODAY = NOW.date()
SOON = TODAY + timedelta(days=7)


def rows(plan_id: UUID, who: UUID = people.COORDINATOR) -> list[MeetingRow]:
    with acting_as(who) as viewer:
        part = meetings.of_plan(viewer, plan_id)
    return [*part.ahead, *part.past]


@pytest.mark.parametrize(
    ("day", "clock", "country", "utc"),
    [
        (date(2026, 3, 28), time(10), Country.NORWAY, datetime(2026, 3, 28, 9, tzinfo=UTC)),
        (date(2026, 3, 30), time(10), Country.NORWAY, datetime(2026, 3, 30, 8, tzinfo=UTC)),
        (date(2026, 10, 24), time(10), Country.DENMARK, datetime(2026, 10, 24, 8, tzinfo=UTC)),
        (date(2026, 10, 26), time(10), Country.SWEDEN, datetime(2026, 10, 26, 9, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30), Country.NORWAY, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_time_is_by_the_clocks_of_the_country(
    day: date, clock: time, country: Country, utc: datetime
) -> None:
    assert meeting_days.moment(day, clock, country) == utc


def test_a_time_that_the_clocks_never_show_is_refused() -> None:
    with pytest.raises(refusals.NoSuchTime):
        meeting_days.moment(date(2026, 3, 29), time(2, 30), Country.NORWAY)


def test_moved_and_called_off_it_keeps_all_that_was_said() -> None:
    plan = on_plan()
    one = called(plan.plan_id, day=SOON)
    with acting_as(people.NAV_ADVISER) as viewer:
        later = Arranged(MeetingKind.THREE_WAY, time(10), 45, "somali")
        meeting_days.move(
            meeting_id=one, day=SOON + timedelta(days=1), arranged=later, why="Kari er syk", by=viewer
        )
    (row,) = rows(plan.plan_id, plan.person.citizen_id)
    assert (row.day, row.kind, row.language, row.why) == (
        SOON + timedelta(days=1), MeetingKind.THREE_WAY, "somali", "Kari er syk"
    )  # fmt: skip
    assert row.starts_at == datetime(2026, 3, 10, 9, tzinfo=UTC)
    with acting_as(people.COORDINATOR) as viewer:
        meeting_days.call_off(meeting_id=one, why="Planen er snart slutt", by=viewer)
        said = meeting_days.earlier(viewer, plan.plan_id, one)
        with pytest.raises(refusals.MeetingIsOver):
            meeting_days.call_off(meeting_id=one, why="Igjen", by=viewer)
        with pytest.raises(refusals.MeetingIsOver):
            meetings.write_minutes(meeting_id=one, agreed="X", there=[], person_was_there=True, by=viewer)
    assert [(row.number, row.day, row.is_called_off) for row in said] == [
        (3, SOON + timedelta(days=1), True), (2, SOON + timedelta(days=1), False), (1, SOON, False)
    ]  # fmt: skip
    assert rows(plan.plan_id)[0].is_called_off


@pytest.mark.parametrize(
    ("day", "starts", "why", "problem"),
    [
        (SOON, time(10), " ", refusals.ReasonMissing),
        (TODAY - timedelta(days=1), None, "Fordi", policies.DayHasBeen),
        (TODAY, time(9, 59), "Fordi", refusals.TimeHasBeen),  # it is ten o'clock in Oslo
        (date(2026, 3, 29), time(2, 15), "Fordi", refusals.NoSuchTime),
    ],
)
def test_it_is_not_moved_to_what_has_been_or_without_a_reason(
    day: date, starts: time | None, why: str, problem: type[Exception]
) -> None:
    plan = on_plan()
    one = called(plan.plan_id, day=SOON)
    with acting_as(people.COORDINATOR) as viewer, pytest.raises(problem):
        meeting_days.move(meeting_id=one, day=day, arranged=Arranged(starts=starts), why=why, by=viewer)
    assert rows(plan.plan_id)[0].number == 1


def test_with_minutes_it_is_moved_no_more_and_nobody_outside_moves_it() -> None:
    plan = on_plan()
    done, ahead = held(plan.plan_id), called(plan.plan_id, day=SOON)
    with acting_as(people.COORDINATOR) as viewer, pytest.raises(refusals.MeetingIsOver):
        meeting_days.move(meeting_id=done, day=SOON, arranged=Arranged(), why="Fordi", by=viewer)
    for who, problem in (
        (people.STRANGER, (Refused, Duty.DoesNotExist, Meeting.DoesNotExist)),
        (plan.person.citizen_id, policies.NotInTheTeam),
    ):
        with acting_as(who) as viewer, pytest.raises(problem):
            meeting_days.call_off(meeting_id=ahead, why="Fordi", by=viewer)
    assert not any(row.is_called_off for row in rows(plan.plan_id))


def test_a_meeting_is_held_on_the_day_it_was_moved_to() -> None:
    plan = on_plan()
    one = called(plan.plan_id)
    with acting_as(people.COORDINATOR) as viewer:
        meeting_days.move(meeting_id=one, day=SOON, arranged=Arranged(), why="Fordi", by=viewer)
        with pytest.raises(policies.NotHeldYet):
            meetings.write_minutes(meeting_id=one, agreed="X", there=[], person_was_there=True, by=viewer)
        assert meeting_days.ahead_of(plan.person.person_id, TODAY + timedelta(days=1)) == 1


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize(
    "table", ["meetingterms", "agendaitem", "contribution", "discussion", "proposal", "proposalanswer"]
)
def test_the_tables_let_nobody_change_it(table: str, statement: str) -> None:
    called(on_plan().plan_id)
    with (
        acting_as(people.COORDINATOR),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(f"coordination_{table}"))


def test_the_calendar_file_tells_a_time_and_nothing_else() -> None:
    plan = on_plan()
    client = visit(people.COORDINATOR)
    said = {
        "kind": "three_way", "day": "2026-03-30", "starts": "10:00", "minutes_long": "90",
        "language": "somali", "agenda": "Gjeld og praksisplass", "invites_person": "yes",
    }  # fmt: skip
    assert client.post(f"/plans/{plan.plan_id}/meetings/new/", said).status_code == 302
    (row,) = rows(plan.plan_id)
    mine = f"/my-plan/meetings/{row.meeting_id}/invitation/"
    theirs = f"/plans/{plan.plan_id}/meetings/{row.meeting_id}/invitation/"
    files = [client.get(theirs), visit(plan.person.citizen_id).get(mine)]
    for answer in files:
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
        text = answer.content.decode()
        assert not any(
            word in text for word in ("Kari", "Eksempel", "Nav", "Gjeld", "somali", "Three", "LOCATION")
        )
        (event,) = Calendar.from_ical(text).walk("VEVENT")
        assert event["DTSTART"].params["TZID"] == "Europe/Oslo"
        assert event.decoded("DTSTART") == datetime(2026, 3, 30, 8, tzinfo=UTC)
        assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=90)
        assert (str(event["SUMMARY"]), int(event["SEQUENCE"])) == ("Meeting", 0)
    uid = Calendar.from_ical(files[0].content).walk("VEVENT")[0]["UID"]
    moved = said | {"day": "2026-04-01", "why": "Fordi"}
    assert client.post(theirs.replace("invitation", "move"), moved).status_code == 302
    assert client.post(theirs.replace("invitation", "call-off"), {"why": "Ingen kan"}).status_code == 302
    calendar = Calendar.from_ical(client.get(theirs).content)
    (event,) = calendar.walk("VEVENT")
    assert (event["UID"], int(event["SEQUENCE"]), str(event["STATUS"]), str(calendar["METHOD"])) == (
        uid, 2, "CANCELLED", "CANCEL"
    )  # fmt: skip
    for stranger in (people.STRANGER, people.SOCIAL_COLLEAGUE):
        assert visit(stranger).get(theirs).status_code == 404
        assert visit(stranger).get(mine).status_code == 404


def test_a_withdrawn_consent_closes_the_calendar_file() -> None:
    plan = on_plan()
    one = called(plan.plan_id, day=SOON)
    address = f"/plans/{plan.plan_id}/meetings/{one}/invitation/"
    client = visit(people.COORDINATOR)
    assert client.get(address).status_code == 200
    with acting_as(plan.person.citizen_id) as viewer:
        people_operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer)
    assert client.get(address).status_code == 404
    with acting_as(people.COORDINATOR) as viewer, pytest.raises((Refused, Plan.DoesNotExist)):
        meeting_days.earlier(viewer, plan.plan_id, one)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"day": "2026-03-29", "starts": "02:30"}, "The clocks are put forward that night"),
        ({"day": "2026-03-02", "starts": "08:00"}, "The time has been already."),
        ({"starts": "half past"}, "Write the time as hours and minutes"),
        ({"day": ""}, "Write the day of the meeting."),
        ({"agenda": "x" * 20_000}, "The text is too long."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(changed: dict[str, str], why: str) -> None:
    plan = on_plan()
    said = {"kind": "sip", "day": "2026-03-20", "starts": "10:00", "agenda": "Čáhci 🌊 <script>"} | changed
    answer = visit(people.COORDINATOR).post(f"/plans/{plan.plan_id}/meetings/new/", said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert why in page
    assert "Čáhci 🌊 &lt;script&gt;" in page or "x" * 20_000 in page
    assert rows(plan.plan_id) == []
