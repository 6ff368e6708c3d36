"""What the pages of assessments show, made of rows and of the instruments' own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samvirke.agencies import queries as agencies
from samvirke.assessments import loading, policies, progress
from samvirke.assessments.types import (
    AssessmentRow,
    Cover,
    InstrumentFile,
    Item,
    Respondent,
    Scale,
    Series,
    SharedWith,
    Words,
)
from samvirke.gate.types import Viewer
from samvirke.people import queries as people
from samvirke.plan import queries as plans
from samvirke.surfaces.components import labels
from samvirke.surfaces.components.course_chart import Chart, chart

SPOKEN = {"en": "en", "da": "da", "sv": "sv"}  # every other page is in Norwegian, or beside it


@dataclass(frozen=True, slots=True)
class Cell:
    """One view on one day; no value where it was skipped, nothing at all where nobody answered."""

    value: int | None
    is_there: bool


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the table. A line that begins a new version says so."""

    day: date
    cells: tuple[Cell, ...]
    begins_version: bool


@dataclass(frozen=True, slots=True)
class Course:
    """One item over time: the picture, and the table that says the same."""

    key: str
    title: str
    views: tuple[tuple[str, int], ...]  # whose, and how it is drawn
    chart: Chart
    days: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """What one kind of agency needs, by whether it has it."""

    agency_kind: str
    has: tuple[str, ...]
    closed: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """Something that was put right."""

    day: date
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class InstrumentPart:
    """One instrument on a page: what it is, how it went, who has what they need."""

    code: str
    title: str
    about: str
    steps: tuple[tuple[int, str], ...]  # the named steps
    courses: tuple[Course, ...]
    covered: tuple[Covered, ...]
    corrections: tuple[Correction, ...]
    may_answer: bool
    own_to_put_right: bool
    persons_to_put_right: bool
    last_on: date | None  # the viewer's own last answer, or the unit's
    next_on: date | None
    is_due: bool
    shared_with: str  # SharedWith of the person's last answers; empty without one
    shared_unit: str
    respondents: frozenset[Respondent]


def spoken(words: Words) -> str:
    """A text of an instrument in the language of the page."""
    text: str = getattr(words, SPOKEN.get(get_language() or "", "nb"))
    return text


def named(item: Item) -> str:
    """An item's short name."""
    return spoken(item.name) if item.name else item.code


def steps(scale: Scale) -> tuple[tuple[int, str], ...]:
    """The named steps of a scale, in order."""
    return tuple((step, spoken(words)) for step, words in sorted(scale.names.items()))


def instruments(
    viewer: Viewer, person_id: UUID, rows: Sequence[AssessmentRow], plan_id: UUID | None
) -> tuple[InstrumentPart, ...]:
    """Every instrument that can be answered, or was, as this viewer may see it."""
    known = loading.known()
    usable = {one.code: one for one in loading.in_use(known)}
    seen = {row.instrument for row in rows}
    names = _names(person_id, rows)
    return tuple(
        _part(viewer, person_id, max(versions.values(), key=_version), rows, names, plan_id, code in usable)
        for code, versions in known.items()
        if code in usable or code in seen
    )


def views_of(
    series: Iterable[Series], names: Mapping[UUID, str], *, mine: bool
) -> list[tuple[Respondent, UUID | None, str]]:
    """Each view with its name, in the order it is drawn: by what is shown alone.

    Among units that are not named, an order by ids would tell which they are.
    """
    person = _("You") if mine else _("The person")
    found: dict[tuple[Respondent, UUID | None], list[tuple[date, int]]] = {}
    for one in series:
        shown = [(point.day, point.value) for point in one.points if point.value is not None]
        found.setdefault(_view(one), []).extend(shown)
    rows = [(respondent, unit_id, names[unit_id] if unit_id else person) for respondent, unit_id in found]
    return sorted(rows, key=lambda row: (row[0] is Respondent.WORKER, row[2], found[row[0], row[1]]))


def courses(
    instrument: InstrumentFile, rows: Sequence[AssessmentRow], names: Mapping[UUID, str], *, mine: bool
) -> tuple[Course, ...]:
    """Each item that was answered, drawn on the same days and with the same marks."""
    found = progress.of_items(instrument, rows)
    views = views_of((one for item in found for one in item.series), names, mine=mine)
    looks = {(respondent, unit_id): look for look, (respondent, unit_id, _name) in enumerate(views)}
    words = {(respondent, unit_id): name for respondent, unit_id, name in views}
    days = sorted({point.day for item in found for one in item.series for point in one.points})
    made = []
    for item in found:
        series = sorted(item.series, key=lambda one: looks[_view(one)])
        of_item = [looks[_view(one)] for one in series]
        made.append(
            Course(
                key=f"{instrument.code}-{item.item.code}",
                title=named(item.item),
                views=tuple((words[_view(one)], look) for one, look in zip(series, of_item, strict=True)),
                chart=chart(instrument.scale, series, of_item, days),
                days=tuple(_days(series)),
            )
        )
    return tuple(made)


def _view(one: Series) -> tuple[Respondent, UUID | None]:
    return one.respondent, one.unit_id


def _days(series: Sequence[Series]) -> Iterable[DayLine]:
    points = {(number, point.day): point for number, one in enumerate(series) for point in one.points}
    version = 0
    for day in sorted({day for _number, day in points}):
        here = [points.get((number, day)) for number in range(len(series))]
        newest = max(point.version for point in here if point)
        yield DayLine(
            day,
            tuple(Cell(point.value if point else None, point is not None) for point in here),
            begins_version=bool(version) and newest > version,
        )
        version = newest


def _names(person_id: UUID, rows: Sequence[AssessmentRow]) -> dict[UUID, str]:
    """The units whose view is told; the kind of agency where the unit would tell a protected place."""
    posts = people.posts_around(person_id, {row.noted_by for row in rows if row.unit_id})
    return {
        row.unit_id: posts[row.noted_by].unit_name
        or str(labels.words(posts[row.noted_by].agency_kind, code_list="agency_kind"))
        for row in rows
        if row.unit_id and row.noted_by in posts
    }


def _version(one: InstrumentFile) -> int:
    return one.version


def _part(
    viewer: Viewer,
    person_id: UUID,
    instrument: InstrumentFile,
    rows: Sequence[AssessmentRow],
    names: Mapping[UUID, str],
    plan_id: UUID | None,
    may_answer: bool,
) -> InstrumentPart:
    of_it = policies.standing([row for row in rows if row.instrument == instrument.code])
    mine = [row for row in of_it if row.noted_by == viewer.post_id]
    ours = mine if viewer.is_citizen else [row for row in of_it if row.unit_id in viewer.holders]
    last_on = max((row.day for row in ours), default=None)
    next_on = policies.next_due(last_on, instrument.every_months) if last_on else None
    of_person = [row for row in of_it if row.respondent is Respondent.PERSON]
    said = of_person[-1] if of_person else None
    return InstrumentPart(
        code=instrument.code,
        title=spoken(instrument.title),
        about=spoken(instrument.about),
        steps=steps(instrument.scale),
        courses=courses(instrument, rows, names, mine=viewer.is_citizen),
        covered=_covered(viewer, person_id, instrument, rows, plan_id),
        corrections=_corrections(instrument, rows, names, mine=viewer.is_citizen),
        may_answer=may_answer,
        own_to_put_right=may_answer and _is_newest(instrument, mine, Respondent.WORKER),
        persons_to_put_right=may_answer and _is_newest(instrument, mine, Respondent.PERSON),
        last_on=last_on,
        next_on=next_on,
        is_due=next_on is not None and next_on <= viewer.now.date(),
        shared_with=said.shared_with if said else "",
        shared_unit=_unit_name(said) if said and said.shared_with is SharedWith.UNIT else "",
        respondents=frozenset(instrument.answered_by),
    )


def _is_newest(instrument: InstrumentFile, mine: Sequence[AssessmentRow], respondent: Respondent) -> bool:
    """Whether what the viewer answered last in this role is of the version that is asked now."""
    of_role = [row for row in mine if row.respondent is respondent]
    return bool(of_role) and of_role[-1].version == instrument.version


def _covered(
    viewer: Viewer,
    person_id: UUID,
    instrument: InstrumentFile,
    rows: Sequence[AssessmentRow],
    plan_id: UUID | None,
) -> tuple[Covered, ...]:
    team = plans.teams([plan_id])[plan_id] if plan_id else {}
    posts = people.posts_around(person_id, team).values()
    return tuple(
        Covered(
            row.agency_kind,
            *(tuple(named(item) for item, cover in row.items if cover is which) for which in Cover),
        )
        for row in progress.covered(viewer, person_id, instrument, rows, posts)
    )


def _corrections(
    instrument: InstrumentFile, rows: Sequence[AssessmentRow], names: Mapping[UUID, str], *, mine: bool
) -> tuple[Correction, ...]:
    person = _("You") if mine else _("The person")
    return tuple(
        Correction(row.day, names[row.unit_id] if row.unit_id and _is_of_worker(row) else person, row.why)
        for row in rows
        if row.instrument == instrument.code and row.corrects
    )


def _is_of_worker(row: AssessmentRow) -> bool:
    return row.respondent is Respondent.WORKER


def _unit_name(row: AssessmentRow) -> str:
    return agencies.unit_names([row.sealed_to])[row.sealed_to] if row.sealed_to else ""
