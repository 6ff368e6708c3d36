"""The proof that every read is in the log, small; and that it can fail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path
from pytest_django import DjangoDbBlocker

from proof import audit_completeness
from samvirke.gate import audit, queries
from samvirke.people import emergencies, log, search
from samvirke.surfaces import actor


def tells(request: HttpRequest) -> HttpResponse:
    """A page that names somebody and logs nobody."""
    return HttpResponse("Kjennetegn05")


urlpatterns = [path("letters/", tells, name="letters"), path("", include("samvirke.config.urls"))]


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

    def failures(self, size: int = audit_completeness.FEW) -> str:
        return "\n".join(audit_completeness.run(size, seed=2).failures)

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

    def test_lines_that_say_that_nothing_was_done(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def not_done(viewer: Any) -> int:
            for line in viewer.lines.values():
                line.outcome = audit.NOT_DONE
            return write(viewer)

        write = audit.write
        monkeypatch.setattr(audit, "write", not_done)
        assert "a line says that nothing was done, and something was" in self.failures()

    def test_a_page_that_nobody_thought_of(self) -> None:
        """It takes nothing, so that it is asked like all the others."""
        with override_settings(ROOT_URLCONF=__name__):
            assert "/letters/" in self.failures(audit_completeness.FEW + 1)

    def test_rooms_that_log_nobody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Searching, broken glass and the child's name in a guardian's log."""

        class Silent:
            def __getattr__(self, name: str) -> Any:
                return (lambda *_, **__: None) if name == "note" else getattr(audit, name)

        for room in (search, emergencies, log):
            monkeypatch.setattr(room, "audit", Silent())
        told = self.failures(3 * audit_completeness.SMALL)  # each of the three addresses is drawn
        assert all(where in told for where in ("/find/", "/emergencies/new/", "/my-plan/seen/"))
