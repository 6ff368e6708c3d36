"""Deliveries of several partnerships as one tertial record: what is in, what is missing, what is hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np

from samvirke.delivery import Delivery
from samvirke.statistics.counts import TOTAL, CountTable, Link, Ref
from samvirke.statistics.disclosure import fold_columns, protect
from samvirke.statistics.episodes import table
from samvirke.statistics.expected import Expected, Stated
from samvirke.statistics.hierarchy import Level, Levels, Part, of_parts, with_sums
from samvirke.statistics.measures import CARRIED, MEASURES, SAME, Days, Measure, counted, waits
from samvirke.statistics.regions import UNKNOWN, Counties
from samvirke.statistics.sites import Sites, sites
from samvirke.statistics.tertial_records import Returned, SitesOf, TertialRecord, WaitOf
from samvirke.statistics.tertials import Tertial
from samvirke.statistics.waiting import enough

FOLDED = {"support_at_entry"}


class DeliveredTwice(ValueError):
    """Two deliveries are from the same partnership, so its persons would count twice."""

    def __init__(self, source: str) -> None:
        super().__init__(f"There are two deliveries from {source}. Leave one of them out.")


class NotYet(ValueError):
    """A delivery was made before the period began."""

    def __init__(self, source: str, period: Tertial) -> None:
        super().__init__(
            f"The delivery from {source} was made before {period} began. "
            "Ask for a newer one, or leave it out."
        )


def combine(
    deliveries: Sequence[Delivery],
    *,
    period: Tertial,
    counties: Counties,
    expected: Sequence[Expected] = (),
    earlier: TertialRecord | None = None,
) -> TertialRecord:
    """The report's numbers: this tertial and those of the year before it, all protected together.

    earlier: the record of the tertial before, whose shown numbers are out already. Raises DeliveredTwice,
    NotYet, NotProtected.
    """
    inside = sorted((_Inside(one, period, counties) for one in deliveries), key=lambda one: one.source)
    for one, two in pairwise(inside):
        if one.source == two.source:
            raise DeliveredTwice(one.source)
    levels = Levels(tuple(sorted({part for one in inside for part in one.parts.values()})))
    tables, links = _tables(inside, levels, period)
    made_on = max((one.made_on for one in inside), default=period.last)
    shown = protect(
        tables,
        links=links,
        source=", ".join(one.source for one in inside),
        date=made_on.isoformat(),
        earlier=earlier.tables if earlier else (),
    )
    names = {one.source for one in inside}
    return TertialRecord(
        period=str(period),
        parts=levels.parts,
        counties={
            code: name for code, name in counties.names().items() if code in levels.names(Level.COUNTY)
        },
        counties_source=counties.source,
        returned=tuple(one.returned() for one in inside),
        expected=tuple(one.source for one in expected),
        missing=tuple(one.source for one in expected if one.source not in names),
        tables=shown,
        waits=tuple(_waits(inside, levels, period)),
        sites=tuple(_sites(inside, levels)),
        stated=tuple(Stated(one.source, code, n) for one in expected for code, n in one.stated.items()),
        own_goals=tuple(goal for one in expected for goal in one.own_goals),
    )


class _Inside:
    """One delivery with its parts."""

    def __init__(self, delivery: Delivery, period: Tertial, counties: Counties) -> None:
        self.delivery, self.period, self.source = delivery, period, delivery.receipt.source
        self.made_on = date.fromisoformat(delivery.receipt.made_at[:10])
        if self.made_on < period.first:
            raise NotYet(self.source, period)
        self.municipalities = _municipalities(delivery)
        self.parts = {
            place: Part(self.source, counties.of(place, period.last)) for place in self.municipalities
        }

    def days(self, period: Tertial) -> Days:
        return Days(period.first, min(period.last, self.made_on))

    def returned(self) -> Returned:
        receipt = self.delivery.receipt
        return Returned(
            source=self.source,
            study=receipt.study,
            made_at=receipt.made_at,
            schema_version=receipt.schema_version,
            fingerprint=receipt.fingerprint,
            municipalities=self.municipalities,
            county_unknown=tuple(place for place, part in self.parts.items() if part.county == UNKNOWN),
            until=min(self.period.last, self.made_on).isoformat(),
            is_whole=self.made_on > self.period.last,
            not_delivered=tuple(
                measure.name
                for measure in MEASURES
                if not all(self.delivery.has(name) for name in measure.tables)
            ),
        )


def _municipalities(delivery: Delivery) -> tuple[str, ...]:
    """Everywhere the delivery counts something, so that no row is lost."""
    names = [name for name in ("episodes", "flow", "needs") if delivery.has(name)]
    found = [table(delivery, name).select("municipality").distinct().to_pandas() for name in names]
    return tuple(sorted({str(place) for frame in found for place in frame["municipality"]}))


def _tables(
    inside: Sequence[_Inside], levels: Levels, period: Tertial
) -> tuple[list[CountTable], list[Link]]:
    tables: list[CountTable] = []
    links: list[Link] = []
    for tertial in period.so_far():
        counted_now = [_counted(measure, inside, tertial) for measure in MEASURES]
        parts_of = {
            measure.name: found for measure, found in zip(MEASURES, counted_now, strict=True) if found.rows
        }
        for of_measure in parts_of.values():
            more, tied = with_sums(of_measure, levels)
            tables += more
            links += tied
        links += _same(tertial, parts_of)
        if tertial.number > 1:
            links += _carried(Tertial(tertial.year, tertial.number - 1), tertial, parts_of)
    return tables, links


def _counted(measure: Measure, inside: Sequence[_Inside], tertial: Tertial) -> CountTable:
    counts: Counter[tuple[Part, str]] = Counter()
    parts: set[Part] = set()
    for one in inside:
        found = counted(measure, one.delivery, one.days(tertial))
        if found is not None:
            parts |= set(one.parts.values())
            for place, column, n in found:
                counts[one.parts[place], column] += n
    whole = of_parts(f"{tertial}/{measure.name}", measure.columns, sorted(parts), counts)
    return fold_columns(whole) if measure.name in FOLDED else whole


def _same(tertial: Tertial, parts_of: dict[str, CountTable]) -> list[Link]:
    return [
        Link(Ref(f"{tertial}/{b}", row, b_column or TOTAL), (Ref(f"{tertial}/{a}", row, a_column or TOTAL),))
        for (a, a_column), (b, b_column) in SAME
        if a in parts_of and b in parts_of
        for row in parts_of[a].rows
        if row in parts_of[b].rows
    ]


def _carried(before: Tertial, tertial: Tertial, parts_of: dict[str, CountTable]) -> list[Link]:
    return [
        Link(Ref(f"{tertial}/{a}", row, a_column), (Ref(f"{before}/{b}", row, b_column),))
        for (a, a_column), (b, b_column) in CARRIED
        if a in parts_of and b in parts_of
        for row in parts_of[a].rows
    ]


def _waits(inside: Sequence[_Inside], levels: Levels, period: Tertial) -> list[WaitOf]:
    days: dict[Part, list[int]] = {}
    for one in inside:
        for place, waited, n in waits(one.delivery, one.days(period)) or ():
            days.setdefault(one.parts[place], []).extend([waited] * n)
    found = []
    for level in Level:
        for name in levels.names(level):
            those = [waited for part in levels.members(level, name) for waited in days.get(part, ())]
            median = round(float(np.median(those))) if enough(len(those), 0.5) else None
            found.append(WaitOf(level, name, median))
    return found


def _sites(inside: Sequence[_Inside], levels: Levels) -> list[SitesOf]:
    here: dict[Part, Sites] = {}
    for one in inside:
        until = min(one.period.last, one.made_on)
        for part in set(one.parts.values()):
            places = [place for place, of in one.parts.items() if of == part]
            found = sites(one.delivery, places, until)
            if found is not None:
                here[part] = found
    rows = []
    for level in Level:
        for name in levels.names(level):
            those = [here[part] for part in levels.members(level, name) if part in here]
            if those:
                first, *others = those
                for other in others:
                    first = first.plus(other)
                rows.append(SitesOf(level, name, first))
    return rows
