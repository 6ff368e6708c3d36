"""`make bench`: fills two scratch databases, measures, prints line by line; `--out` keeps what was seen."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import click

from benchmarks import chains, crowded, figures, gate, imports, plan_page, served, worklist
from benchmarks.crowded import Crowd
from benchmarks.table import Line, Table

ADDITIONS = 10_000_000
NOT_BUILT = (
    "one plan, and a list of 100, by the API",
    "60 M person-months: staggered difference in differences, event study, three subgroups",
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
    table = Table(_heading(many), out)
    with crowded.crowds([many, few]) as (large, small):
        table.add(*(_filled(one) for one in (large, small)), _calm(large), _machine())
        _pages(table, small, large, rounds, seconds)
    table.add(*imports.lines(*rows))
    table.add(*imports.page_lines(rows[1]))
    table.add(figures.line(units))
    table.add(*chains.lines(rounds))
    table.add(*(Line(what, "", "not built yet") for what in NOT_BUILT))
    table.end()


def _pages(table: Table, small: Crowd, large: Crowd, rounds: int, seconds: float) -> None:
    table.add(*gate.lines(small, large, rounds))
    table.add(*gate.of_many(large, max(20, rounds // 4)))
    large.enter()
    alone, of_server = served.lines(rounds, seconds)
    table.add(*of_server)
    table.add(*plan_page.gate_costs(large, rounds, alone))
    table.add(worklist.line(large, rounds=max(20, rounds // 10)))


def _filled(one: Crowd) -> Line:
    return Line(f"filling the database of {one.persons:,} persons", "", f"{one.seconds:.0f} s")


def _calm(last: Crowd) -> Line:
    """The first measure waits until what was filled is on disk and the machine has nothing else to do."""
    seen = "calm" if crowded.calm(last) else "others still worked: no time below can be trusted"
    return Line("the machine before the first measure", "calm", seen, seen == "calm")


def _machine() -> Line:
    """What the same work costs here today: a machine that is shared is not equally quick every hour."""
    started = perf_counter()
    for number in range(ADDITIONS):
        number + number
    return Line(
        f"the machine itself: {ADDITIONS:,} additions in Python", "", f"{perf_counter() - started:.2f} s"
    )


def _heading(persons: int) -> str:
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    machine = f"{os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}"
    return (
        f"Measured {day} on {machine}, with {persons:,} persons and about five grants to each unless a line "
        "says otherwise, on a day when the coordinator is away; everything in one run, with `make bench`. "
        "Times of two runs or two machines are not to be compared: the ratios are what counts."
    )


if __name__ == "__main__":
    main()
