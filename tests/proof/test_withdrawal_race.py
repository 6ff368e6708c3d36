"""The race of readers with a withdrawal, in small, and that it can be lost."""

from __future__ import annotations

import pytest

from proof import withdrawal_race
from proof.channels.readers import Gated, WithMemory, WithSnapshot

pytestmark = pytest.mark.usefixtures("real")


def test_nothing_is_seen_after_the_commit() -> None:
    outcome = withdrawal_race.run(withdrawal_race.SMALL, seed=1)
    assert outcome.failures == ()
    assert outcome.checked >= withdrawal_race.SMALL
    bounds = dict(one.rsplit(" ", 1) for one in outcome.bound.split("; "))
    assert len(bounds) == 7
    assert float(bounds["in SQL"]) < float(bounds["search"])


def test_a_reader_who_remembers_loses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(withdrawal_race, "Gated", lambda name, post: WithMemory(name, post, way="in SQL"))
    outcome = withdrawal_race.run(9, seed=1)
    assert set(outcome.failures) == {"in SQL: seen after the commit"}


def test_controls_that_ask_anew_show_that_the_race_is_too_weak(monkeypatch: pytest.MonkeyPatch) -> None:
    for control in (WithSnapshot, WithMemory):
        monkeypatch.setattr(control, "prepare", Gated.prepare)
        monkeypatch.setattr(control, "read", Gated.read)
    outcome = withdrawal_race.run(9, seed=1)
    assert len(outcome.failures) == 2
    assert all("shows nothing" in problem for problem in outcome.failures)
