"""What the figures mean, shown on tables small enough to count by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from insight.rows import delivered, ended, episode, flow_row
from samvirke import statistics
from samvirke.statistics import CountTable
from samvirke.statistics.episodes import end_reasons, flow, in_out, states


def as_words(table: CountTable) -> dict[tuple[str, str], int]:
    """The cells that are not zero."""
    return {
        (row, column): int(table.counts[i, j])
        for i, row in enumerate(table.rows)
        for j, column in enumerate(table.columns)
        if table.counts[i, j]
    }


def test_an_ended_plan_is_counted_from_what_it_was_to_what_it_became(tmp_path: Path) -> None:
    rows = [ended(1), ended(2), ended(3, support_after="disability_pension", end_reason="granted_benefit")]
    assert as_words(in_out(delivered(tmp_path, rows))) == {
        ("social_assistance", "wages"): 2,
        ("social_assistance", "disability_pension"): 1,
    }


def test_an_open_plan_has_no_after_and_is_not_counted(tmp_path: Path) -> None:
    assert as_words(in_out(delivered(tmp_path, [ended(1), episode(2)]))) == {
        ("social_assistance", "wages"): 1
    }


def test_a_wrong_registration_was_never_a_plan_but_is_counted_as_such(tmp_path: Path) -> None:
    made = delivered(tmp_path, [ended(1), ended(2, end_reason="wrong_registration"), episode(3)])
    assert in_out(made).counts.sum() == 1
    assert as_words(end_reasons(made)) == {("job", "episodes"): 1, ("wrong_registration", "episodes"): 1}
    assert as_words(states(made)) == {
        ("ended", "episodes"): 1,
        ("open", "episodes"): 1,
        ("wrong_registration", "episodes"): 1,
    }


def test_a_person_with_two_ended_plans_counts_twice(tmp_path: Path) -> None:
    rows = [ended(1, person_key="p"), ended(2, person_key="p")]
    assert in_out(delivered(tmp_path, rows)).counts.sum() == 2


def test_a_code_outside_the_list_counts_as_unknown(tmp_path: Path) -> None:
    made = delivered(tmp_path, [ended(1, support_before="lottery", end_reason="miracle")])
    assert as_words(in_out(made)) == {("unknown", "wages"): 1}
    assert as_words(end_reasons(made)) == {("unknown", "episodes"): 1}


def test_occupation_is_counted_the_same_way(tmp_path: Path) -> None:
    found = in_out(delivered(tmp_path, [ended(1)]), column="occupation")
    assert as_words(found) == {("none", "ordinary_job"): 1}


def test_steps_to_a_plan_have_a_total_over_municipalities_but_not_along_a_row(tmp_path: Path) -> None:
    made = delivered(tmp_path, [episode(1)], [flow_row("0301"), flow_row("1103", asked=70)])
    (table,) = statistics.protect([flow(made)], source="s", date="2026-01-01")
    assert table.rows == ("0301", "1103")
    assert table.column_totals[table.columns.index("asked")] == 120
    assert table.row_totals == ()
    assert table.total is None


def waits(*days: int) -> list[dict[str, Any]]:
    """Plans asked for on 1 January and entered so many days later."""
    asked = date(2025, 1, 1)
    return [
        episode(number, asked_on=asked, entered_on=asked.fromordinal(asked.toordinal() + wait))
        for number, wait in enumerate(days, start=1)
    ]


@pytest.mark.parametrize(
    ("days", "median", "p90"),
    [
        (range(9), None, None),  # nine persons: four lie beyond the median, too few
        (range(11), 5, None),
        (range(49), 24, None),  # 4.9 persons lie beyond the ninth tenth, too few
        (range(51), 25, 45),
    ],
)
def test_a_quantile_is_shown_when_five_lie_beyond_it(
    tmp_path: Path, days: range, median: int | None, p90: int | None
) -> None:
    found = statistics.waiting_days(delivered(tmp_path, waits(*days)))
    assert (found.median, found.p90) == (median, p90)


def test_an_empty_delivery_has_figures_without_a_number(tmp_path: Path) -> None:
    record = statistics.statistics_of(delivered(tmp_path, []))
    assert record.table("states").total is None
    assert record.waiting.median is None
