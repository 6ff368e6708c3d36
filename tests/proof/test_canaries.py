"""The proof with canaries, in small, and that it finds a word in a wrong place or with a wrong reader."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import people
from proof import canaries
from proof.channels import days_and_numbers, planted, written
from proof.channels.person_columns import Canary, columns
from proof.channels.visitors import Visitor
from surfaces.everywhere import Heard

pytestmark = pytest.mark.usefixtures("real")
TOKEN = "qz01x0001zq"
NOTE = Canary(TOKEN, "plan.Note.text", 1)
WORKER = Visitor("social worker", people.SOCIAL_WORKER)


BORN = Canary("1990-07-01", "people.Person.birth_date", 2)
WRITTEN = Canary("1961-01-04", "plan.Note.written_at", 3)
MONTHS = Canary("7100003", "people.ClientRecord.assistance_months_last_year", 4)


def told(place: str, *, allowed: bool, text: str = f"Hun sa {TOKEN}.", planted: Canary = NOTE) -> list[str]:
    heard = Heard([(place, text)])
    return list(canaries.told_wrongly(WORKER, heard, [planted], {planted.token} if allowed else set()))


def test_every_word_is_told_to_those_who_may_know_it_and_to_nobody_else() -> None:
    outcome = canaries.run(canaries.SMALL, seed=1)
    assert outcome.failures == ()
    assert outcome.checked >= canaries.SMALL * canaries.FEWEST


def test_a_row_that_is_not_the_visitors_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """What pages show is held against rows of the database; without these, all that is shown is too much."""
    monkeypatch.setattr(canaries, "seen_by", lambda visitor, planted: frozenset())
    monkeypatch.setattr(canaries, "visitors", lambda here: [WORKER])
    failures = canaries.run(1, seed=1).failures
    assert any("plan.GoalVersion.own_words was told to" in one for one in failures)
    assert any("at a search for people.Person." in one for one in failures)
    assert any("people.Person.birth_date was told to" in one for one in failures)
    assert any("plan.Action.due_on was told to" in one for one in failures)


@pytest.mark.parametrize(
    "place", ["the log of samvirke", "a row: INSERT INTO events_fact", "GET /x/, headers"]
)
def test_nobody_may_find_a_word_there(place: str) -> None:
    assert told(place, allowed=True)


@pytest.mark.parametrize("allowed", [True, False])
def test_on_a_page_it_depends_on_the_reader(allowed: bool) -> None:
    assert bool(told("GET /plans/", allowed=allowed)) is not allowed


@pytest.mark.parametrize(
    ("text", "planted"),
    [("Født 1. juli 1990.", BORN), ('value="1990-07-01"', BORN), ("I 7 100 003 måneder", MONTHS)],
)
@pytest.mark.parametrize("allowed", [True, False])
def test_a_day_and_a_number_are_held_against_the_reader_too(
    text: str, planted: Canary, allowed: bool
) -> None:
    assert bool(told("GET /plans/", allowed=allowed, text=text, planted=planted)) is not allowed


@pytest.mark.parametrize(("planted", "found"), [(BORN, True), (WRITTEN, False)])
def test_the_log_tells_the_oldest_day_of_what_was_shown_and_no_other(planted: Canary, found: bool) -> None:
    for place in ("GET /my-plan/seen/", "a row: \nINSERT INTO gate_accessentry (lane"):
        assert bool(told(place, allowed=False, text=planted.token, planted=planted)) is found
    assert told("GET /plans/", allowed=False, text=planted.token, planted=planted)


@pytest.mark.parametrize(("planted", "found"), [(BORN, True), (WRITTEN, False), (MONTHS, False)])
def test_a_fact_tells_days_and_numbers_and_no_birth_date(planted: Canary, found: bool) -> None:
    place = "a row: INSERT INTO events_fact (happened_at"
    assert bool(told(place, allowed=False, text=planted.token, planted=planted)) is found


@pytest.mark.parametrize(
    "text",
    [
        "3. april 2021",
        "3 April 2021",
        "den 3 april 2021",
        "Apr. 3, 2021",
        "april 3, 2021",
        "3.4.2021",
        "03/04/2021",
        "03.04.2021",
        "03042021",
        "20210403",
        "2021-04-03T12:00",
        "datetime.date(2021, 4, 3)",
        "for 1794 dager siden",
        "1794 days ago",
    ],
)
def test_a_day_is_found_however_it_is_written(text: str) -> None:
    assert "2021-04-03" in written.days_in(text, date(2026, 3, 2))


@pytest.mark.parametrize(
    "text", ["13.4.2021", "2021-04-030", "3. april", "31.2.2021", "20210403-4ae1", "a03042021f"]
)
def test_another_day_is_not_found(text: str) -> None:
    assert "2021-04-03" not in written.days_in(text, date(2026, 3, 2))


@pytest.mark.parametrize("text", ["7100003", "7 100 003,00 kr", "7.100.003", "7\u00a0100\u00a0003 timer"])
def test_a_number_is_found_however_it_is_written(text: str) -> None:
    assert written.numbers_in(text) == {"7100003"}


def test_every_day_and_number_is_planted_or_it_is_said_why_not() -> None:
    there = {name for name, _ in columns(days_and_numbers.KINDS)}
    named = [*days_and_numbers.BORN, *days_and_numbers.DAYS, *days_and_numbers.NUMBERS]
    named += [name for some in days_and_numbers.NOT_PLANTED.values() for name in some]
    assert sorted(named) == sorted(there)


def test_a_day_that_nobody_declared_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days_and_numbers, "DAYS", days_and_numbers.DAYS[1:])
    (failure,) = canaries.run(1, seed=1).failures
    assert days_and_numbers.DAYS[0] not in failure
    assert "applications.Application.answer_due_on" in failure


def test_a_text_column_that_nobody_declared_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planted, "CODES", planted.CODES - {"plan.Plan.country"})
    (failure,) = canaries.run(1, seed=1).failures
    assert "plan.Plan.country" in failure


def test_nothing_is_declared_that_is_not_there() -> None:
    there = {name for name, _ in columns(planted.TEXTS)}
    assert {*planted.WORDS, *planted.CODES} - there == set()


def test_a_national_id_that_is_told_is_found() -> None:
    heard = Heard([("GET /records/", "Nummer 12345678901.")])
    assert list(canaries._numbers_told(WORKER, heard, {"12345678901"}))
    assert not list(canaries._numbers_told(WORKER, heard, {"12345678902"}))


def test_a_delivery_that_tells_a_word_or_somebody_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def told(folder: Path, *_: object, **__: object) -> None:
        folder.mkdir()
        (folder / "codebook.csv").write_text(f"{TOKEN};12345678901;1.7.1990;2.7.1990", encoding="utf-8")

    monkeypatch.setattr(canaries, "write", told)
    for name in ("published", "read", "statistics_of", "save"):
        monkeypatch.setattr(canaries, name, lambda *_: {})
    monkeypatch.setattr(canaries, "_subject_ids", lambda: set())
    assert len(list(canaries._delivered(tmp_path, {"12345678901"}, {TOKEN, BORN.token}))) == 3
