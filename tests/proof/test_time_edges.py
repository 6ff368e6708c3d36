"""At every edge the database's clock decides; an edge that is a microsecond off is seen."""

from __future__ import annotations

import ast
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

import samvirke.gate
from proof import time_edges
from proof.defects import DEFECTS, Condition
from proof.scratch import Scratch
from proof.seeded_defects import caught
from proof.time_edges import CALENDAR, shifted

PROGRAMS_CLOCK = {
    ("datetime", "now"),
    ("date", "today"),
    ("timezone", "now"),
    ("time", "time"),
    ("datetime", "today"),
}


def test_nothing_is_early_or_late(databases: None) -> None:
    seen = time_edges.run(time_edges.SMALL, 1)
    assert seen.failures == ()
    assert seen.checked == time_edges.SMALL


@pytest.mark.parametrize("name", ["an access begins a moment late", "an access ends a moment late"])
def test_a_microsecond_is_seen(place: Scratch, name: str) -> None:
    defect = next(one for one in DEFECTS if one.name == name)
    assert isinstance(defect, Condition)
    assert caught(place, defect)


def test_the_gate_never_asks_the_programs_clock() -> None:
    """Neither the gate nor what enters it reads any clock but the database's."""
    assert samvirke.gate.__file__ is not None
    for path in Path(samvirke.gate.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert (node.value.id, node.attr) not in PROGRAMS_CLOCK, path


def test_the_shift_shifts() -> None:
    before = time.time()
    with shifted(timedelta(minutes=5)):
        assert 299 < time.time() - before < 330
        assert timezone.now() - datetime.fromtimestamp(before, UTC) > timedelta(minutes=4)
    assert time.time() - before < 60


def test_the_calendar_has_the_hour_that_comes_twice() -> None:
    assert timedelta(hours=1) in {later - earlier for earlier in CALENDAR for later in CALENDAR}
    assert any((moment.month, moment.day) == (2, 29) for moment in CALENDAR)
