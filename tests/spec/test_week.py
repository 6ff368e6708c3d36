"""Times that come back every week."""

from __future__ import annotations

from datetime import time

import pytest

from samvirke.kernel.week import NoWeeklyTime, WeeklyTime

MONDAY = WeeklyTime(1, time(9), time(11, 30))


@pytest.mark.parametrize(
    "written", ["", "8 09:00-10:00", "1 10:00-09:00", "1 09:00-09:00", "1 25:00-26:00", "1 9-10"]
)
def test_what_is_no_time_of_the_week_is_refused(written: str) -> None:
    with pytest.raises(NoWeeklyTime, match="no time of the week"):
        WeeklyTime.read(written)


def test_what_was_written_is_read_as_it_was() -> None:
    assert str(MONDAY) == "1 09:00-11:30"
    assert WeeklyTime.read(str(MONDAY)) == MONDAY
