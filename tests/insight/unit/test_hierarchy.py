"""Nobody works a small number out from partnership, county and nation, nor from one tertial and the next.

The outsider knows every sum between the levels, that plans carried over are those left open before, and what
an earlier report has shown. He shares no code with the protection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

import numpy as np
import pytest

from insight.unit.attacker import SMALL, Place, linked_findings
from samvirke import statistics
from samvirke.statistics import CountTable, Level, Link, ProtectedTable, Ref
from samvirke.statistics.counts import TOTAL
from samvirke.statistics.hierarchy import Levels, Part, of_parts, with_sums

PARTS = (Part("A", "03"), Part("B", "03"), Part("B", "11"), Part("C", "11"))  # B lies in two counties
LEVELS = Levels(PARTS)
FLOWS = {"in": ("carried_over", "entered"), "out": ("ended", "open")}
SEEDS = range(8)
Counts = dict[tuple[str, Part, str], int]


def drawn(seed: int) -> tuple[Counts, Counts]:
    """Two tertials of one world: what was open after the first is carried over into the second."""
    draw = np.random.default_rng(seed)
    level = float(draw.choice([3, 8, 20]))
    first, second = Counts(), Counts()
    for part in PARTS:
        carried = int(draw.poisson(level))
        for counts in (first, second):
            entered = int(draw.poisson(level / 2))
            ended = int(draw.integers(0, carried + entered + 1))
            left = carried + entered - ended
            counts |= {
                ("in", part, "carried_over"): carried,
                ("in", part, "entered"): entered,
                ("out", part, "ended"): ended,
                ("out", part, "open"): left,
            }
            carried = left
    return first, second


def tables_of(tertials: Sequence[tuple[str, Counts]]) -> tuple[list[CountTable], list[Link]]:
    """The tables of the report and the links it declares."""
    tables: list[CountTable] = []
    links: list[Link] = []
    for number, (period, counts) in enumerate(tertials):
        for flow, columns in FLOWS.items():
            of_flow = {(part, column): counts[flow, part, column] for part in PARTS for column in columns}
            more, tied = with_sums(of_parts(f"{period}/{flow}", columns, PARTS, of_flow), LEVELS)
            tables += more
            links += tied
        links += [
            Link(Ref(f"{period}/out", part.code, TOTAL), (Ref(f"{period}/in", part.code, TOTAL),))
            for part in PARTS
        ]
        if number:
            before = tertials[number - 1][0]
            links += [
                Link(Ref(f"{period}/in", p.code, "carried_over"), (Ref(f"{before}/out", p.code, "open"),))
                for p in PARTS
            ]
    return tables, links


def protected(
    tertials: Sequence[tuple[str, Counts]], earlier: Sequence[ProtectedTable] = ()
) -> tuple[ProtectedTable, ...]:
    tables, links = tables_of(tertials)
    return statistics.protect(tables, links=links, source="s", date="2026-01-01", earlier=earlier)


def groups() -> Iterator[tuple[str, str, tuple[Part, ...]]]:
    """Every part, partnership, county and the nation, by the parts in it."""
    yield from (("part", part.code, (part,)) for part in PARTS)
    for name in ("A", "B", "C"):
        yield "partnership", name, tuple(part for part in PARTS if part.partnership == name)
    for name in ("03", "11"):
        yield "county", name, tuple(part for part in PARTS if part.county == name)
    yield "nation", "", PARTS


def truth(tertials: Sequence[tuple[str, Counts]]) -> dict[Place, int]:
    """Every number a report could print."""
    found: dict[Place, int] = {}
    for (period, counts), (flow, columns), (level, name, parts) in product(tertials, FLOWS.items(), groups()):
        of = {column: sum(counts[flow, part, column] for part in parts) for column in columns}
        found |= {(period, flow, level, name, column): n for column, n in of.items()}
        found[period, flow, level, name, TOTAL] = sum(of.values())
    return found


def sums(tertials: Sequence[tuple[str, Counts]]) -> list[tuple[Place, list[Place]]]:
    """What the outsider knows."""
    known: list[tuple[Place, list[Place]]] = []
    for period, _ in tertials:
        for flow, columns in FLOWS.items():
            for level, name, parts in groups():
                here = (period, flow, level, name)
                known.append(((*here, TOTAL), [(*here, column) for column in columns]))
                if level != "part":
                    known += [
                        ((*here, column), [(period, flow, "part", part.code, column) for part in parts])
                        for column in columns
                    ]
        known += [
            ((period, "out", level, name, TOTAL), [(period, "in", level, name, TOTAL)])
            for level, name, _parts in groups()
        ]
    for (before, _), (after, _) in pairwise(tertials):
        known += [
            ((after, "in", level, name, "carried_over"), [(before, "out", level, name, "open")])
            for level, name, _parts in groups()
        ]
    return known


def printed(tables: Sequence[ProtectedTable]) -> dict[Place, int | None]:
    """The numbers as they stand in a report, by the outsider's names."""
    numbers = {table.name: table.numbers() for table in tables}
    found: dict[Place, int | None] = {}
    for name, of_table in numbers.items():
        if name.count("/") > 1:
            continue  # sums, asked for by level below
        period, flow = name.split("/")
        for level, place, parts in groups():
            for column in (*FLOWS[flow], TOTAL):
                if level == "part":
                    found[period, flow, level, place, column] = of_table[parts[0].code, column]
                else:
                    ref = LEVELS.ref(name, column, Level(level), place)
                    found[period, flow, level, place, column] = numbers[ref.table][ref.row, ref.column]
    return found


def together(*reports: dict[Place, int | None]) -> dict[Place, int | None]:
    """What one knows who has kept every report."""
    return {
        place: next((report[place] for report in reports if report.get(place) is not None), None)
        for report in reports
        for place in report
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_one_tertial_at_all_levels(seed: int) -> None:
    world = [("T1", drawn(seed)[0])]
    shown = printed(protected(world))
    assert list(linked_findings(shown, truth(world), sums(world))) == []
    assert all(n is None or n == truth(world)[place] >= SMALL for place, n in shown.items())


@pytest.mark.parametrize("seed", SEEDS)
def test_two_tertials_with_the_report_of_the_first_in_hand(seed: int) -> None:
    one, two = drawn(seed)
    first = protected([("T1", one)])
    world = [("T1", one), ("T2", two)]
    second = protected(world, earlier=first)
    shown = together(printed(first), printed(second))
    assert list(linked_findings(shown, truth(world), sums(world))) == []


def test_levels_protected_each_by_itself_are_no_match_for_the_outsider() -> None:
    """The control: the same numbers without the links between levels."""
    found = 0
    for seed in SEEDS:
        world = [("T1", drawn(seed)[0])]
        tables, _ = tables_of(world)
        apart = [statistics.protect([table], source="s", date="2026-01-01")[0] for table in tables]
        found += bool(list(linked_findings(printed(apart), truth(world), sums(world))))
    assert found >= len(SEEDS) / 2


def test_reports_that_know_nothing_of_each_other_are_no_match_either() -> None:
    """The control: the second report without the first one, and without what is carried over."""
    found = 0
    for seed in SEEDS:
        one, two = drawn(seed)
        shown = together(printed(protected([("T1", one)])), printed(protected([("T2", two)])))
        world = [("T1", one), ("T2", two)]
        found += bool(list(linked_findings(shown, truth(world), sums(world))))
    assert found >= 3


def test_a_number_that_is_out_stays_out() -> None:
    one, two = drawn(2)
    first = protected([("T1", one)])
    second = printed(protected([("T1", one), ("T2", two)], earlier=first))
    assert {place for place, n in printed(first).items() if n is not None and second[place] is None} == set()
