"""What the demonstration checks of itself can fail."""

from __future__ import annotations

import pytest

from samvirke.surfaces.commands.demo import checks
from samvirke.surfaces.commands.demo.told import Told


@pytest.mark.parametrize(
    ("may_know", "found", "leaked_to", "holds"),
    [(3, 3, 0, True), (3, 2, 0, False), (3, 3, 1, False), (0, 0, 0, False)],
    ids=["only those told", "one of them finds nothing", "somebody else finds it", "nobody may know"],
)
def test_a_protected_place_is_found_by_those_told_alone(
    may_know: int, found: int, leaked_to: int, holds: bool
) -> None:
    told = Told(1, "2026-11-22", may_know_place=may_know, found_place=found, leaked_place_to=leaked_to)
    assert checks.of_the_pages(told).holds is holds
