"""A decision is explained as it was at a time of day, by the clocks of the place."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest

import people
from gate.conftest import committed
from gate.exceptions import emergency
from gate.scratch import later
from people import OnPlan, acting_as, on_plan
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import emergencies
from samvirke.surfaces.components import exception_specimens
from samvirke.surfaces.components.exception_forms import ExplainForm
from surfaces.test_hidden_addresses import signed_in

__all__ = ["committed"]

TODAY = people.NOW.date().isoformat()  # where it is ten in the morning
ANSWER = re.compile(r'data-answer="(\w+)".*?<dt>Når</dt><dd>(.*?)</dd>', re.DOTALL)


def opened_for_an_hour() -> OnPlan:
    """To the adviser, from ten until eleven."""
    one = on_plan()
    wanted = emergency(DataKind.ECONOMY, hours=1)
    with acting_as(people.NAV_ADVISER) as viewer:
        assert emergencies.break_glass(subject_id=one.person.person_id, emergency=wanted, by=viewer)
    return one


def asked(one: OnPlan, day: str, clock: str) -> tuple[str, str]:
    """The answer, and when it is from."""
    said = {
        "post": str(people.NAV_ADVISER),
        "kind": int(DataKind.ECONOMY),
        "purpose": int(Purpose.COORDINATION),
        "day": day,
        "time": clock,
    }
    pages = [
        signed_in(who).post(address, said).content.decode()
        for who, address in (
            (one.person.citizen_id, "/my-plan/explain/"),
            (people.COORDINATOR, f"/plans/{one.plan_id}/explain/"),
        )
    ]
    mine, theirs = (ANSWER.findall(page) for page in pages)
    assert mine == theirs
    ((answer, when),) = mine
    return answer, when


def test_access_that_ended_at_noon_was_there_in_the_morning(committed: str) -> None:
    one = opened_for_an_hour()
    with later(0.25):
        assert asked(one, TODAY, "10:00") == ("yes", "2. mars 2026, 10:00")
        assert asked(one, TODAY, "10:59")[0] == "yes"
        assert asked(one, TODAY, "11:00") == ("no", "2. mars 2026, 11:00")
        assert asked(one, TODAY, "09:59")[0] == "no"
        assert asked(one, TODAY, "") == ("no", "2. mars 2026, 16:00")
    with later(1):
        assert asked(one, TODAY, "") == ("no", "2. mars 2026, 23:59")
        assert asked(one, TODAY, "10:30")[0] == "yes"


def test_without_a_time_today_is_now(committed: str) -> None:
    one = opened_for_an_hour()
    assert asked(one, TODAY, "") == ("yes", "2. mars 2026, 10:00")


def form(day: str, clock: str, now: datetime) -> ExplainForm:
    post = exception_specimens.OFFICE
    said = {"post": str(post.post_id), "kind": int(DataKind.PLAN), "purpose": int(Purpose.COORDINATION)}
    return ExplainForm({**said, "day": day, "time": clock}, posts={post.post_id: post}, now=now)


FORWARD, BACK, SUMMER = "2026-03-29", "2026-10-25", "2026-07-01"
AFTERWARDS = datetime(2027, 1, 1, tzinfo=UTC)
A_MICROSECOND = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        (FORWARD, "01:59", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (FORWARD, "03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (FORWARD, "", datetime(2026, 3, 29, 22, 0, tzinfo=UTC) - A_MICROSECOND),
        (SUMMER, "12:00", datetime(2026, 7, 1, 10, 0, tzinfo=UTC)),
        (SUMMER, "00:00", datetime(2026, 6, 30, 22, 0, tzinfo=UTC)),
        (BACK, "01:59", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        (BACK, "03:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        (BACK, "", datetime(2026, 10, 25, 23, 0, tzinfo=UTC) - A_MICROSECOND),
        ("0001-01-01", "00:00", None),
    ],
)
def test_a_time_is_that_of_the_place(day: str, clock: str, moment: datetime | None) -> None:
    asked = form(day, clock, AFTERWARDS)
    assert asked.is_valid()
    assert moment is None or asked.cleaned_data["at"] == moment
    assert not asked.cleaned_data.get("twice")


@pytest.mark.parametrize("clock", ["02:00", "02:30", "02:59"])
def test_an_hour_that_was_skipped_is_told_as_such(clock: str) -> None:
    asked = form(FORWARD, clock, AFTERWARDS)
    assert not asked.is_valid()
    assert list(asked.errors) == ["time"]
    assert "put forward" in str(asked.errors["time"]) or "stilt fram" in str(asked.errors["time"])
    assert form(BACK, clock, AFTERWARDS).is_valid()


@pytest.mark.parametrize("clock", ["02:00", "02:30", "02:59"])
def test_an_hour_that_came_twice_is_the_last_that_has_been(clock: str) -> None:
    minutes = timedelta(minutes=int(clock[3:]))
    first = datetime(2026, 10, 25, 0, 0, tzinfo=UTC) + minutes
    last = first + timedelta(hours=1)
    for now, meant in ((last, last), (last - A_MICROSECOND, first), (first, first), (AFTERWARDS, last)):
        asked = form(BACK, clock, now)
        assert asked.is_valid()
        assert asked.cleaned_data["at"].timestamp() == meant.timestamp()
        assert asked.cleaned_data["twice"]
    assert not form(BACK, clock, first - A_MICROSECOND).is_valid()


def test_what_lies_ahead_has_not_been_decided() -> None:
    now = people.NOW + timedelta(minutes=30)
    for clock, holds in (("10:30", True), ("10:31", False)):
        asked = form(TODAY, clock, now)
        assert asked.is_valid() is holds
        assert list(asked.errors) == ([] if holds else ["time"])
    for day, clock in (((now.date() + timedelta(days=1)).isoformat(), "10:00"), ("", "10:00")):
        assert list(form(day, clock, now).errors) == ["day"]
    assert list(form(TODAY, "25:00", now).errors) == ["time"]


@people.database
def test_the_page_says_that_the_clocks_showed_it_twice_and_repeats_what_was_wrong(database_name: str) -> None:
    one = on_plan()
    client = signed_in(one.person.citizen_id)
    said = {"post": str(people.NAV_ADVISER), "kind": int(DataKind.PLAN), "purpose": int(Purpose.COORDINATION)}
    twice, skipped, ordinary = (
        client.post("/my-plan/explain/", {**said, "day": day, "time": "02:30"})
        for day in ("2025-10-26", "2025-03-30", "2025-10-27")
    )
    sentence = "viste dette to ganger"
    assert (twice.status_code, skipped.status_code, ordinary.status_code) == (200, 422, 200)
    assert sentence in twice.content.decode()
    assert sentence not in ordinary.content.decode()
    page = skipped.content.decode()
    assert "Klokka ble stilt fram da" in page
    assert 'value="02:30"' in page
    assert "data-answer" not in page
    assert date(2025, 3, 30).isoformat() in page
