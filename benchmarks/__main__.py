"""`make bench`: fills a scratch database twice, measures, prints one table; `--out` keeps it."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

import click

from benchmarks import crowded, figures, imports, plan_page, served, worklist
from benchmarks.table import Line, as_text

NOT_BUILT = (
    "one plan, and a list of 100, by the API",
    "60 M person-months: staggered difference in differences, event study, three subgroups",
    "withdrawal race at 20 000 (the suite runs it at 100)",
)


@click.command()
@click.option("--persons", nargs=2, type=int, default=(10_000, 1_000_000), show_default=True)
@click.option("--rows", nargs=2, type=int, default=(10_000, 100_000), show_default=True)
@click.option("--units", type=int, default=400, show_default=True, help="Municipalities in the figures.")
@click.option("--rounds", type=int, default=400, show_default=True, help="Reads of each kind.")
@click.option("--seconds", type=float, default=10, show_default=True, help="How long several clients ask.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A Markdown file to write.")
def main(
    persons: tuple[int, int], rows: tuple[int, int], units: int, rounds: int, seconds: float, out: Path | None
) -> None:
    """Measure, and say of each goal whether it was reached."""
    few, many = persons
    crowded.make(few)
    small = plan_page.page_times(rounds)
    crowded.make(many)
    large = plan_page.page_times(rounds)
    alone, of_server = served.lines(rounds, seconds)
    lines = [
        plan_page.growth((few, small), (many, large)),
        *plan_page.gate_costs(rounds, alone),
        *of_server,
        worklist.line(many, rounds=max(20, rounds // 10)),
        *imports.lines(*rows),
        *imports.page_lines(rows[1]),
        figures.line(units),
        *(Line(what, "", "not built yet") for what in NOT_BUILT),
    ]
    text = f"{_heading(many)}\n\n{as_text(lines)}\n"
    click.echo(text)
    if out:
        out.write_text(f"# Benchmarks\n\n{text}", encoding="utf-8")


def _heading(persons: int) -> str:
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    machine = f"{os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}"
    return (
        f"Measured {day} on {machine}, with {persons:,} persons and about five grants to each unless a line "
        "says otherwise; everything in one run, with `make bench`. Times of two runs or two machines are not "
        "to be compared: the ratios are what counts."
    )


if __name__ == "__main__":
    main()
