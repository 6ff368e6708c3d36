"""The same counts on DuckDB and by plain Python, row for row, on made-up deliveries of some size."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from insight.rows import delivered, flow_row, many_episodes
from samvirke import statistics
from samvirke.statistics.episodes import end_reasons, in_out, states

SIZES = [(1, 30), (2, 400), (3, 2000)]


@pytest.mark.parametrize(("seed", "size"), SIZES)
def test_in_and_out_agree(tmp_path: Path, seed: int, size: int) -> None:
    rows = many_episodes(size, seed=seed)
    real = [r for r in rows if r["ended_on"] and r["end_reason"] != "wrong_registration"]
    for column in ("support", "occupation"):
        found = in_out(delivered(tmp_path, rows), column=column)  # type: ignore[arg-type]
        wanted = Counter((r[f"{column}_before"], r[f"{column}_after"]) for r in real)
        for i, before in enumerate(found.rows):
            for j, after in enumerate(found.columns):
                assert found.counts[i, j] == wanted[before, after]


@pytest.mark.parametrize(("seed", "size"), SIZES)
def test_ends_states_and_waiting_agree(tmp_path: Path, seed: int, size: int) -> None:
    rows = many_episodes(size, seed=seed)
    made = delivered(tmp_path, rows)
    reasons = Counter(r["end_reason"] for r in rows if r["ended_on"])
    assert dict(zip(end_reasons(made).rows, end_reasons(made).counts[:, 0], strict=True)) == {
        code: reasons[code] for code in end_reasons(made).rows
    }
    assert states(made).counts.sum() == size
    waits = [(r["entered_on"] - r["asked_on"]).days for r in rows if r["end_reason"] != "wrong_registration"]
    assert statistics.waiting_days(made).median == round(median(waits))


def test_a_record_is_the_same_after_saving_and_loading(tmp_path: Path) -> None:
    flow = [flow_row("0301"), flow_row("1103", asked=4, consented=3, on_plan=0)]
    record = statistics.statistics_of(delivered(tmp_path / "d", many_episodes(300, seed=1), flow))
    for name in ("one.json", "two.json"):
        statistics.save(record, tmp_path / name)
    assert statistics.load(tmp_path / "one.json") == record
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_no_small_number_stands_in_a_record(tmp_path: Path) -> None:
    record = statistics.statistics_of(delivered(tmp_path, many_episodes(120, seed=5)))
    for table in record.tables:
        shown = [
            *(n for line in table.cells for n in line),
            *table.row_totals,
            *table.column_totals,
            table.total,
        ]
        assert all(number is None or number >= statistics.THRESHOLD for number in shown)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "samvirke statistics 1"}', '{"format": "x"}'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "s.json").write_text(text, encoding="utf-8")
    with pytest.raises(statistics.UnreadableStatistics, match="samvirke statistics DELIVERY"):
        statistics.load(tmp_path / "s.json")
