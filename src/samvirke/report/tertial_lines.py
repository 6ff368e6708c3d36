"""The parts of a tertial report in words: entries, lines, groups of indicators, and what is around."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from samvirke.statistics import Level


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell as text, and what is read aloud where the text is a sign."""

    text: str
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """The nation, a county or a partnership, and its cells."""

    label: str
    level: Level
    cells: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator, and its cell for each place."""

    label: str
    cells: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Some indicators for all places, with a chart of one of them where it has numbers."""

    name: str
    heading: str
    lead: str
    columns: tuple[str, ...]
    lines: tuple[PlaceLine, ...]
    note: str = ""
    caption: str = ""
    svg: Markup | None = None

    @property
    def turned(self) -> tuple[IndicatorLine, ...]:
        """The same with a line for each indicator, for a page with few places."""
        cells = zip(*(line.cells for line in self.lines), strict=True)
        return tuple(IndicatorLine(name, tuple(of)) for name, of in zip(self.columns, cells, strict=True))


@dataclass(frozen=True, slots=True)
class StatedLine:
    """What a partnership stated and what was counted. `differs`: both are shown and are not the same."""

    source: str
    indicator: str
    stated: Entry
    counted: Entry
    differs: bool


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A partnership's own goal, the central one, and where it stands."""

    source: str
    indicator: str
    own: str
    central: str
    reached: Entry


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator in words."""

    name: str
    definition: str
    weakness: str


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """A delivery that is in."""

    source: str
    municipalities: str
    delivered_on: str
    is_whole: bool
    until: str
    lacks_tables: bool
    fingerprint: str


@dataclass(frozen=True, slots=True)
class TertialPage:
    """The whole report in words."""

    title: str
    period: str
    returned: tuple[ReturnedLine, ...]
    has_expectations: bool
    missing: tuple[str, ...]
    county_unknown: tuple[str, ...]
    counties_source: str
    groups: tuple[Group, ...]
    stated: tuple[StatedLine, ...]
    goals: tuple[GoalLine, ...]
    definitions: tuple[Definition, ...]
