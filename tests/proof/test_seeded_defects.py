"""The checks pass the lock as it is and see each defect; all defects at once are `make proof`'s."""

from __future__ import annotations

import pytest

from proof import seeded_defects
from proof.defects import DEFECTS, FILTERS, FUNCTIONS, GRANTS, POLICIES, Changed, Condition, Statement
from proof.scratch import Scratch
from proof.seeded_defects import CHECKS, SMALL, caught, seeded, statements


def test_what_is_seeded_is_caught_and_the_lock_as_it_is_is_not(databases: None) -> None:
    seen = seeded_defects.run(SMALL, 1)
    assert seen.failures == ()
    assert seen.note == f"{SMALL} of {SMALL} caught"


def test_a_defect_that_breaks_nothing_is_not_caught(place: Scratch) -> None:
    harmless = Statement("a comment", "COMMENT ON TABLE plan_plan IS 'plans'")
    assert caught(place, harmless) == ""


def test_after_a_defect_the_lock_is_whole_again(place: Scratch) -> None:
    defect = next(one for one in FUNCTIONS if isinstance(one, Changed) and one.check == "rows")
    assert caught(place, defect)
    assert list(CHECKS["lint"](place)) == []
    assert next(CHECKS["rows"](place), "") == ""


def test_a_defect_whose_place_is_gone_is_told(place: Scratch) -> None:
    gone = Changed("gone", "rows", "gate.dismiss(uuid, uuid[])", "what never stood there", "")
    with pytest.raises(LookupError, match="gone"), seeded(place, gone):
        pass


def test_what_each_defect_changes_is_there(place: Scratch) -> None:
    for defect in (*POLICIES, *FUNCTIONS):
        if isinstance(defect, Changed | Condition):
            assert len(set(statements(place, defect))) == 2, defect.name


def test_there_are_enough_of_each_and_none_twice() -> None:
    assert len(DEFECTS) >= 60
    assert min(map(len, (POLICIES, FUNCTIONS, GRANTS, FILTERS))) >= 8
    assert len({one.name for one in DEFECTS}) == len(DEFECTS)
    assert {one.check for one in DEFECTS} == CHECKS.keys()
