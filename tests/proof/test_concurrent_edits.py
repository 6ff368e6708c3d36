"""Pairs that write at once, in small, and that it is seen when one overwrites the other."""

from __future__ import annotations

import pytest

from proof import concurrent_edits
from proof.channels.editing import OnTopic, Written

pytestmark = pytest.mark.usefixtures("real")


def test_one_of_two_is_accepted_and_nothing_is_lost() -> None:
    outcome = concurrent_edits.run(concurrent_edits.SMALL, seed=1)
    assert outcome.failures == ()
    assert outcome.checked > concurrent_edits.SMALL


def test_a_page_that_forgets_what_was_typed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Written, "keeps", lambda self, typed, stands: self.shown is None)
    outcome = concurrent_edits.run(6, seed=1)
    assert {one.partition(": ")[2] for one in outcome.failures} == {"who was refused does not see both texts"}


def test_words_that_are_written_over_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    protected = OnTopic.write

    def write(self: OnTopic, who: int, seen: int, text: str) -> Written:
        while not (written := protected(self, who, len(self.history()), text)).accepted:
            pass
        return written

    monkeypatch.setattr(OnTopic, "write", write)
    assert "topic: 2 of two accepted" in concurrent_edits.run(12, seed=1).failures


def test_a_control_that_overwrites_nothing_shows_that_the_pairs_are_too_weak(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(concurrent_edits, "Unprotected", lambda way: way)
    assert any("show nothing" in one for one in concurrent_edits.run(6, seed=1).failures)
