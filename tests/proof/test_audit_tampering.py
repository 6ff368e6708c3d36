"""The proof that tampering is found, small; and that it can fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from proof import audit_tampering
from samvirke.gate import lanes, seals
from samvirke.surfaces.commands import access_log


@pytest.fixture(autouse=True)
def database(database_name: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def test_every_attack_is_found() -> None:
    outcome = audit_tampering.run(audit_tampering.SMALL, seed=1)
    assert outcome.failures == ()
    assert outcome.checked == audit_tampering.SMALL


class TestItCanFail:
    """A verification that overlooks something is found out."""

    def test_lines_that_are_not_looked_at(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lanes, "_holds", lambda entry, previous: True)
        failures = audit_tampering.run(audit_tampering.SMALL // 2, seed=2).failures
        assert any("of line" in one for one in failures)

    def test_heads_that_are_not_looked_at(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(seals, "together", lambda *knowing: {})
        failures = audit_tampering.run(audit_tampering.SMALL // 2, seed=2).failures
        assert any("that are sealed" in one for one in failures)
        assert any("a whole lane" in one for one in failures)

    def test_anchors_that_are_not_compared(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(seals, "contradicted", lambda anchors, stored: iter(()))
        failures = audit_tampering.run(audit_tampering.SMALL // 2, seed=2).failures
        assert any("an older copy restored" in one for one in failures)

    def test_a_window_that_is_not_stated(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(access_log, "window", lambda anchor, shipped, lines: "All is well.")
        failures = audit_tampering.run(audit_tampering.SMALL // 2, seed=2).failures
        assert any("the window does not state it" in one for one in failures)
