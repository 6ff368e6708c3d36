"""The proof that every read is in the log, small; and that it can fail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from proof import audit_completeness
from samvirke.gate import audit, queries
from samvirke.surfaces import actor


@pytest.fixture(autouse=True)
def database(database_name: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def test_every_read_is_in_the_log_once() -> None:
    outcome = audit_completeness.run(audit_completeness.SMALL, seed=1)
    assert outcome.failures == ()
    assert outcome.checked == audit_completeness.SMALL


class TestItCanFail:
    """A log that says too little or too much is found out."""

    def failures(self) -> str:
        return "\n".join(audit_completeness.run(audit_completeness.SMALL // 3, seed=2).failures)

    def test_lists_that_log_nobody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        note = audit.note

        def forgets(viewer: Any, verb: Any, *, subject_ids: Any, **said: Any) -> None:
            note(viewer, verb, subject_ids=list(subject_ids)[1:] or subject_ids, **said)

        monkeypatch.setattr(audit, "note", forgets)
        assert "was shown, and no line says so" in self.failures()

    def test_attempts_that_leave_no_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actor, "asked_for", lambda request: [])
        assert "an attempt without its line" in self.failures()

    def test_what_was_not_shown_after_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def asks_about_more(viewer: Any, verbs: Any, subject_id: Any) -> set[str]:
            audit.note(viewer, next(iter(verbs)), subject_ids=[viewer.post_id], basis="")
            return set()

        monkeypatch.setattr(queries, "allowed", asks_about_more)
        monkeypatch.setattr(queries, "kinds_allowed", asks_about_more)
        assert "lines say that somebody was shown who was not" in self.failures()

    def test_two_lines_where_there_should_be_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def twice(viewer: Any) -> int:
            kept = dict(viewer.lines)
            count = write(viewer)
            viewer.lines.update(kept)
            return count + write(viewer)

        write = audit.write
        monkeypatch.setattr(audit, "write", twice)
        assert "two lines about one subject" in self.failures()
