"""The tertial report: partnership, county and nation in one page, and its parts for pages elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from markupsafe import Markup

from samvirke.report.catalogue import N_, Translate, translator
from samvirke.report.charts import Share, shares_chart
from samvirke.report.labels import code_label
from samvirke.report.numbers import count, day, percent
from samvirke.report.page import environment
from samvirke.report.tertial_lines import (
    Definition,
    Entry,
    GoalLine,
    Group,
    PlaceLine,
    ReturnedLine,
    StatedLine,
    TertialPage,
)
from samvirke.statistics import (
    INDICATORS,
    UNKNOWN,
    Cell,
    Indicator,
    Level,
    Returned,
    Sign,
    TertialRecord,
    Unit,
    Value,
    rate,
)

BY_CODE = {one.code: one for one in INDICATORS}
GROUPS: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
    (
        "movement",
        N_("Plans that began, ended and are open"),
        N_("Wrong registrations are left out."),
        ("entered", "ended", "open"),
        "",
    ),
    (
        "results",
        N_("Why plans ended"),
        N_("Read it beside who came: whoever takes in those who are closest to work has more jobs to show."),
        ("ended_in_job", "ended_in_education", "ended_in_granted_benefit"),
        "ended_in_job",
    ),
    (
        "waiting",
        N_("Waiting, and assessed without capacity"),
        N_("Needs for an intervention: who was found ready, and what came of it."),
        ("no_place", "still_waiting", "days_to_place"),
        "no_place",
    ),
    (
        "continuity",
        N_("Continuity"),
        N_("Evaluations point to the relation, not the paper: contact, the same coordinator, promises kept."),
        ("contact_within_30", "same_coordinator", "promises_kept"),
        "contact_within_30",
    ),
    (
        "agreements",
        N_("Agreements and contact persons"),
        N_("These warn where something is missing. They do not show that cooperation works."),
        ("with_contact_person", "with_deputy", "with_agreement", "check_overdue"),
        "",
    ),
)
CASE_MIX = (
    ("group_at_entry", N_("Who came: target group at entry")),
    ("support_at_entry", N_("Who came: what they lived on at entry")),
    ("assistance_at_entry", N_("Who came: months with social assistance in the year before")),
)
TERTIALS = (N_("January to April"), N_("May to August"), N_("September to December"))
SIGNS = {
    Sign.HIDDEN: N_("hidden"),
    Sign.NOT_DELIVERED: N_("not delivered"),
    Sign.NOT_POSSIBLE: N_("cannot be computed"),
}


def tertial_page(record: TertialRecord, *, language: str, only: str = "", charts: bool = True) -> TertialPage:
    """The report in words. only: one partnership; the levels above are there where several are in."""
    _ = translator(language)
    year, number = record.period.split("-T")
    places = tuple(_places(record, only, _))
    return TertialPage(
        title=_("Report for tertial {number}, {year}").format(number=number, year=year),
        period=f"{_(TERTIALS[int(number) - 1])} {year}",
        returned=tuple(_returned(one, language) for one in record.returned if only in ("", one.source)),
        has_expectations=bool(record.expected),
        missing=() if only else record.missing,
        county_unknown=tuple(place for one in record.returned for place in one.county_unknown),
        counties_source=record.counties_source,
        groups=(
            _group(record, GROUPS[0], places, language, charts),
            *_case_mix(record, places, language),
            *(_group(record, group, places, language, charts) for group in GROUPS[1:]),
        ),
        stated=tuple(_stated(record, only, language)),
        goals=tuple(_goals(record, only, language)),
        definitions=tuple(Definition(_(one.name), _(one.definition), _(one.weakness)) for one in INDICATORS),
    )


def render_tertial(record: TertialRecord, *, language: str, made_at: datetime) -> str:
    """The page as one HTML file. Raises UnknownLanguage, UncompiledCatalogue."""
    page = tertial_page(record, language=language)
    template = environment(language).get_template("tertial.html")
    return template.render(page=page, made_on=day(made_at.date(), language))


def _places(record: TertialRecord, only: str, _: Translate) -> Iterator[tuple[Level, str, str]]:
    """Nation, counties and under each its partnerships: level, name and label."""
    several = len(record.levels.names(Level.PARTNERSHIP)) > 1
    if several:
        yield Level.NATION, "", _("All that are in")
    seen: set[str] = set()
    for county in record.levels.names(Level.COUNTY):
        here = sorted({part.partnership for part in record.levels.members(Level.COUNTY, county)})
        if several and (not only or only in here):
            yield Level.COUNTY, county, _county(record, county, _)
        for name in here:
            if name not in seen and only in ("", name):
                seen.add(name)
                yield Level.PARTNERSHIP, name, name


def _county(record: TertialRecord, code: str, _: Translate) -> str:
    return _("County not known") if code == UNKNOWN else record.counties.get(code, code)


def _group(
    record: TertialRecord,
    group: tuple[str, str, str, tuple[str, ...], str],
    places: Sequence[tuple[Level, str, str]],
    language: str,
    charts: bool,
) -> Group:
    _ = translator(language)
    name, heading, lead, codes, drawn = group
    indicators = [BY_CODE[code] for code in codes]
    values = {
        (level, place): [record.value(one, level, place) for one in indicators]
        for level, place, _label in places
    }
    lines = tuple(
        PlaceLine(
            label,
            level,
            tuple(
                _entry(value, one, language)
                for value, one in zip(values[level, place], indicators, strict=True)
            ),
        )
        for level, place, label in places
    )
    caption, svg = "", None
    if drawn and charts:
        at = codes.index(drawn)
        shown = [(label, values[level, place][at].number) for level, place, label in places]
        shares = [Share(label, number) for label, number in shown if number is not None]
        caption = _(BY_CODE[drawn].name)
        svg = Markup(shares_chart(shares, language=language, title=caption)) if shares else None
    return Group(
        name=name,
        heading=_(heading),
        lead=_(lead),
        columns=tuple(_(one.name) for one in indicators),
        lines=lines,
        note=_partial(record, indicators, places, _),
        caption=caption if svg else "",
        svg=svg,
    )


def _case_mix(
    record: TertialRecord, places: Sequence[tuple[Level, str, str]], language: str
) -> Iterator[Group]:
    _ = translator(language)
    for measure, heading in CASE_MIX:
        columns = record.columns(measure)
        if not columns:
            continue
        lines = []
        for level, place, label in places:
            whole = record.number(Cell(measure), level, place)
            cells = (_mix(record.number(Cell(measure, c), level, place), whole, language) for c in columns)
            lines.append(PlaceLine(label, level, tuple(cells)))
        yield Group(
            name=measure,
            heading=_(heading),
            lead=_("Of plans that began in the tertial."),
            columns=tuple(code_label(column, language) for column in columns),
            lines=tuple(lines),
        )


def _mix(part: int | Sign, whole: int | Sign, language: str) -> Entry:
    if isinstance(part, Sign):
        return _sign(part, language)
    if isinstance(whole, Sign):
        return Entry(count(part, language))
    return Entry(f"{percent(rate(part, whole), language)} ({count(part, language)})")


def _entry(value: Value, indicator: Indicator, language: str) -> Entry:
    if value.number is None:
        return _sign(value.sign or Sign.HIDDEN, language)
    if indicator.unit is Unit.SHARE:
        of = f"{count(value.part, language)}/{count(value.whole, language)}"
        return Entry(f"{percent(value.number, language)} ({of})")
    if indicator.unit is Unit.OFFICES:
        return Entry(f"{value.part}/{value.whole}")
    return Entry(count(int(value.number), language))


def _sign(sign: Sign, language: str) -> Entry:
    return Entry(sign.value, translator(language)(SIGNS[sign]))


def _partial(
    record: TertialRecord,
    indicators: Sequence[Indicator],
    places: Sequence[tuple[Level, str, str]],
    _: Translate,
) -> str:
    """A sentence where a sum is of fewer partnerships than there are."""
    measures = {one.numerator.measure for one in indicators if one.numerator}
    here = [record.delivered_by(measure, level, place) for measure in measures for level, place, _l in places]
    fewest = min(here, key=lambda found: found[0] - found[1], default=(0, 0))
    if fewest[0] == fewest[1] or fewest[1] < 2:
        return ""
    return _(
        "Some sums are of {n} of {all} partnerships: the others’ deliveries do not have the table."
    ).format(n=fewest[0], all=fewest[1])


def _stated(record: TertialRecord, only: str, language: str) -> Iterator[StatedLine]:
    returned = {one.source for one in record.returned}
    for one in record.stated:
        indicator = BY_CODE.get(one.indicator)
        if indicator is None or one.source not in returned or only not in ("", one.source):
            continue
        found = record.stated_beside(one, indicator)
        counted = _entry(found, indicator, language)
        hidden = found.number is None
        stated = counted if hidden else Entry(count(one.value, language))
        differs = not hidden and found.part != one.value
        yield StatedLine(one.source, translator(language)(indicator.name), stated, counted, differs)


def _goals(record: TertialRecord, only: str, language: str) -> Iterator[GoalLine]:
    for goal in record.own_goals:
        indicator = BY_CODE.get(goal.indicator)
        if indicator is None or only not in ("", goal.source):
            continue
        reached = record.value(indicator, Level.PARTNERSHIP, goal.source)
        own, central = ("–" if n is None else percent(n / 100, language) for n in (goal.own, goal.central))
        name = translator(language)(indicator.name)
        yield GoalLine(goal.source, name, own, central, _entry(reached, indicator, language))


def _returned(one: Returned, language: str) -> ReturnedLine:
    return ReturnedLine(
        source=one.source,
        municipalities=", ".join(one.municipalities),
        delivered_on=day(datetime.fromisoformat(one.made_at).date(), language),
        is_whole=one.is_whole,
        until=day(datetime.fromisoformat(one.until).date(), language),
        lacks_tables=bool(one.not_delivered),
        fingerprint=one.fingerprint,
    )
