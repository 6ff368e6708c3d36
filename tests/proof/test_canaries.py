"""The proof with canaries, in small, and that it finds a word in a wrong place or with a wrong reader."""

from __future__ import annotations

from pathlib import Path

import pytest

import people
from proof import canaries
from proof.channels import planted
from proof.channels.planted import Canary
from proof.channels.visitors import Visitor
from surfaces.everywhere import Heard

pytestmark = pytest.mark.usefixtures("real")
TOKEN = "qz01x0001zq"
NOTE = Canary(TOKEN, "plan.Note.text", 1)
WORKER = Visitor("social worker", people.SOCIAL_WORKER)


def told(place: str, *, allowed: bool) -> list[str]:
    heard = Heard([(place, f"Hun sa {TOKEN}.")])
    return list(canaries.told_wrongly(WORKER, heard, [NOTE], {TOKEN} if allowed else set()))


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


@pytest.mark.parametrize(
    "place", ["the log of samvirke", "a row: INSERT INTO events_fact", "GET /x/, headers"]
)
def test_nobody_may_find_a_word_there(place: str) -> None:
    assert told(place, allowed=True)


@pytest.mark.parametrize("allowed", [True, False])
def test_on_a_page_it_depends_on_the_reader(allowed: bool) -> None:
    assert bool(told("GET /plans/", allowed=allowed)) is not allowed


def test_a_text_column_that_nobody_declared_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planted, "CODES", planted.CODES - {"plan.Plan.country"})
    (failure,) = canaries.run(1, seed=1).failures
    assert "plan.Plan.country" in failure


def test_nothing_is_declared_that_is_not_there() -> None:
    there = {name for name, _ in planted.columns()}
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
        (folder / "codebook.csv").write_text(f"{TOKEN};12345678901", encoding="utf-8")

    monkeypatch.setattr(canaries, "write", told)
    for name in ("published", "read", "statistics_of", "save"):
        monkeypatch.setattr(canaries, name, lambda *_: {})
    monkeypatch.setattr(canaries, "_subject_ids", lambda: set())
    assert len(list(canaries._delivered(tmp_path, {"12345678901"}))) == 2
