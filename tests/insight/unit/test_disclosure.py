"""Hidden numbers stay hidden, and the attacker who shows it can succeed."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insight.unit.attacker import SMALL, attack, primary_only, succeeds, with_totals
from samvirke import statistics
from samvirke.statistics import CountTable, Link, ProtectedTable, Ref
from samvirke.statistics.counts import cells_of
from samvirke.statistics.suppression import hide

SEEDS = range(50)


def counted(seed: int) -> list[list[int]]:
    """A small table, often sparse, of three to eight rows and two to seven columns."""
    draw = np.random.default_rng(seed)
    rows, columns = int(draw.integers(3, 9)), int(draw.integers(2, 8))
    level = draw.choice([2, 6, 15, 40]) * draw.gamma(0.8, 1, (rows, columns))
    return draw.poisson(level * (draw.random((rows, columns)) < draw.uniform(0.5, 1.0))).tolist()


def table_of(counts: list[list[int]], name: str = "t") -> CountTable:
    return CountTable(
        name,
        tuple(f"r{i}" for i in range(len(counts))),
        tuple(f"c{j}" for j in range(len(counts[0]))),
        np.array(counts, dtype=np.int64).reshape(len(counts), -1),
    )


def printed(table: ProtectedTable) -> list[list[int | None]]:
    rows = [[*cells, total] for cells, total in zip(table.cells, table.row_totals, strict=True)]
    return [*rows, [*table.column_totals, table.total]]


@cache
def protected(seed: int) -> ProtectedTable:
    (table,) = statistics.protect([table_of(counted(seed))], source="test", date="2026-01-01")
    return table


@pytest.mark.parametrize("seed", SEEDS)
def test_attacker_finds_nothing_in_protected_tables(seed: int) -> None:
    assert attack(printed(protected(seed)), with_totals(counted(seed))) == []


def test_attacker_succeeds_on_nearly_all_tables_with_small_numbers_merely_left_out() -> None:
    found = [succeeds(primary_only(counted(seed)), with_totals(counted(seed))) for seed in SEEDS]
    assert np.mean(found) >= 0.95


def test_attacker_succeeds_on_nearly_all_unprotected_tables() -> None:
    found = [succeeds(with_totals(counted(seed)), with_totals(counted(seed))) for seed in SEEDS]
    assert np.mean(found) >= 0.95


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_shown_is_true_and_never_small(seed: int) -> None:
    for shown, true in zip(printed(protected(seed)), with_totals(counted(seed)), strict=True):
        assert all(
            number is None or (number == value >= SMALL) for number, value in zip(shown, true, strict=True)
        )


def test_a_table_without_small_numbers_is_shown_whole() -> None:
    counts = [[10, 20], [30, 40]]
    (table,) = statistics.protect([table_of(counts)], source="s", date="2026-01-01")
    assert printed(table) == with_totals(counts)
    assert table.hidden == 0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=5))
def test_no_table_gives_a_small_number_away(counts: list[list[int]]) -> None:
    (table,) = statistics.protect([table_of(counts)], source="s", date="2026-01-01")
    assert attack(printed(table), with_totals(counts)) == []


def test_totals_of_linked_tables_do_not_give_a_small_difference_away() -> None:
    """All ended (52) minus counted (50) would show two wrong registrations."""
    counted_ones = table_of([[20, 15], [9, 6]], "counted")
    reasons = CountTable("reasons", ("job", "moved", "wrong"), ("n",), np.array([[30], [20], [2]]))
    link = Link(Ref("reasons"), (Ref("counted"), Ref("reasons", "wrong")))
    apart = statistics.protect([counted_ones, reasons], source="s", date="2026-01-01")
    assert apart[1].total is not None
    assert apart[0].total is not None
    counts, ends = statistics.protect([counted_ones, reasons], links=[link], source="s", date="2026-01-01")
    assert ends.cells[2] == (None,)
    assert counts.total is None or ends.total is None


def test_both_kinds_of_hidden_numbers_look_the_same() -> None:
    (table,) = statistics.protect([table_of([[2, 30, 40], [20, 30, 40]])], source="s", date="2026-01-01")
    assert table.hidden > 1
    assert table.reason.startswith("fewer than 5, or")


def test_rates_come_from_what_is_shown() -> None:
    assert statistics.rate(10, 40) == 0.25
    assert statistics.rate(None, 40) is None
    assert statistics.rate(10, None) is None


def test_folding_puts_small_categories_together_and_keeps_the_sum() -> None:
    table = table_of([[10, 1, 2], [20, 0, 1], [1, 0, 0], [2, 1, 0]])
    folded = statistics.fold(table)
    assert folded.rows == ("r0", "r1", "other")
    assert folded.columns == ("c0", "other")
    assert folded.counts.sum() == table.counts.sum()


def test_one_small_category_alone_is_not_renamed() -> None:
    table = table_of([[10, 10], [20, 20], [1, 1]])
    assert statistics.fold(table) is not None
    assert statistics.fold(table).rows == table.rows


def test_hidden_numbers_that_can_be_worked_out_stop_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samvirke.statistics.suppression._with_company", lambda cells, hidden, **_: hidden)
    monkeypatch.setattr("samvirke.statistics.suppression._hide_for", lambda cells, hidden, *_, **__: hidden)
    with pytest.raises(statistics.NotProtected, match="Put small categories together"):
        statistics.protect([table_of([[2, 30], [20, 40]])], source="s", date="2026-01-01")


@pytest.mark.parametrize("out_already", [["small"], ["other", "total"]])
def test_what_is_out_already_and_gives_a_small_number_away_stops_the_table(out_already: list[str]) -> None:
    """Two and thirty make thirty-two: whoever has read two of them knows the third."""
    cells = cells_of([table_of([[2, 30]])])
    place = {"small": cells.values == 2, "other": cells.values == 30, "total": cells.values == 32}
    known = np.logical_or.reduce([place[one] for one in out_already])
    with pytest.raises(statistics.NotProtected, match="could still be worked out"):
        hide(cells, threshold=statistics.THRESHOLD, known=known)
