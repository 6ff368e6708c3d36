"""What an effect stands on, as rows and figures: other answers, balance of the arms, course over time."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

from markupsafe import Markup

from samvirke.evaluation import Balance, Course, Effect, GroupTime, Overlap
from samvirke.evaluation.balance import SMALL
from samvirke.report.catalogue import translator
from samvirke.report.charts import Mark, Step, course_chart, love_chart
from samvirke.report.labels import code_label
from samvirke.report.numbers import HIDDEN, count, decimal, percent
from samvirke.report.readings import Scale, p_text, signed


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its caption; the table stands beside it in the template."""

    svg: Markup
    caption: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as text: the first cell of a row is its heading."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What one effect stands on; parts that its design does not have are None or empty."""

    others: Table | None
    balance: Table | None
    love: Figure | None
    overlap: tuple[str, ...]
    course: Table | None
    events: Figure | None
    cells: Table | None
    before: str


def grounds(effect: Effect, scale: Scale, *, label: str, language: str) -> Grounds:
    """All that stands beside the effect on the page. `label` is the outcome's."""
    course = effect.course
    return Grounds(
        others=_others(effect, scale, language) if effect.others else None,
        balance=_balance(effect.balance, language) if effect.balance else None,
        love=_love(effect.balance, label, language) if effect.balance else None,
        overlap=_overlap(effect.overlap, effect, language) if effect.overlap else (),
        course=_course(course, effect, scale, language) if course else None,
        events=_events(course, effect, scale, label, language) if course else None,
        cells=_cells(course.cells, effect, scale, language) if course else None,
        before=_before(course, language) if course else "",
    )


def _others(effect: Effect, scale: Scale, language: str) -> Table:
    _ = translator(language)
    return Table(
        _("The same question, answered otherwise"),
        (_("How"), _("Effect"), _level(effect, language), _("In the trial")),
        tuple(
            (
                code_label(one.name, language),
                HIDDEN if one.estimate is None else signed(one.estimate, scale, language),
                _ends(one.estimate, one.standard_error, effect, scale, language),
                count(one.n_treated, language) if one.estimate is not None else HIDDEN,
            )
            for one in effect.others
        ),
    )


def _balance(balance: tuple[Balance, ...], language: str) -> Table:
    """Means, then standardised differences; columns that no row has are left out."""
    _ = translator(language)
    columns = {
        _("Trial"): [_mean(row.trial, language) for row in balance],
        _("Comparison"): [_mean(row.comparison, language) for row in balance],
        _("Comparison, weighted"): [_mean(row.weighted, language) for row in balance],
        _("Difference before"): [_size(row.before, language) for row in balance],
        _("weighted"): [_size(row.after, language) for row in balance],
        _("matched"): [_size(row.matched, language) for row in balance],
    }
    done = {_("Comparison, weighted"): "after", _("weighted"): "after", _("matched"): "matched"}
    shown = {
        head: cells
        for head, cells in columns.items()
        if head not in done or any(getattr(row, done[head]) is not None for row in balance)
    }
    names = [row.covariate.replace("_", " ") for row in balance]
    return Table(
        _("What was known before the start, in each arm"),
        (_("Known beforehand"), *shown),
        tuple(zip(names, *shown.values(), strict=True)),
    )


def _love(balance: tuple[Balance, ...], label: str, language: str) -> Figure:
    _ = translator(language)
    samples = {"before": _("As they are"), "after": _("Weighted"), "matched": _("Matched")}
    marks = [
        Mark(row.covariate.replace("_", " "), name, abs(getattr(row, when)))
        for when, name in samples.items()
        for row in balance
        if getattr(row, when) is not None
    ]
    caption = _("How unlike the arms are for “{outcome}”, in standard deviations; {small} is small").format(
        outcome=label, small=decimal(SMALL, language, places=1)
    )
    return Figure(Markup(love_chart(marks, language=language, title=caption)), caption)


def _overlap(overlap: Overlap, effect: Effect, language: str) -> tuple[str, ...]:
    _ = translator(language)

    def chances(three: tuple[float, float, float]) -> str:
        return ", ".join(decimal(one, language, places=3) for one in three)

    return (
        _(
            "The chance of being in the trial, from what was known beforehand (5, 50 and 95 per cent of "
            "persons lie below): in the trial {trial}; in the comparison {comparison}."
        ).format(trial=chances(overlap.trial), comparison=chances(overlap.comparison)),
        _(
            "The {compared} persons of the comparison are worth {effective} after weighting. {outside} "
            "persons in the trial have a chance under {low} or over {high}; about them the comparison tells "
            "little."
        ).format(
            compared=count(effect.n_compared, language),
            effective=count(round(overlap.effective), language),
            outside=count(overlap.outside, language),
            low=decimal(0.1, language, places=1),
            high=decimal(0.9, language, places=1),
        ),
    )


def _course(course: Course, effect: Effect, scale: Scale, language: str) -> Table:
    _ = translator(language)
    return Table(
        _("The effect by time since the start"),
        (_("Periods since the start"), _("Effect"), _level(effect, language), _("Municipalities")),
        tuple(
            (
                decimal(one.periods, language, places=0),
                signed(one.estimate, scale, language),
                _ends(one.estimate, one.standard_error, effect, scale, language),
                count(one.municipalities, language),
            )
            for one in course.events
        ),
    )


def _events(course: Course, effect: Effect, scale: Scale, label: str, language: str) -> Figure:
    caption = translator(language)("Effect on “{outcome}” by time since the start").format(outcome=label)
    steps = []
    for one in course.events:
        reach = None if one.standard_error is None else _critical(effect) * one.standard_error
        steps.append(
            Step(
                one.periods,
                one.estimate * scale.factor,
                None if reach is None else (one.estimate - reach) * scale.factor,
                None if reach is None else (one.estimate + reach) * scale.factor,
            )
        )
    return Figure(Markup(course_chart(steps, unit=scale.unit, language=language, title=caption)), caption)


def _cells(cells: tuple[GroupTime, ...], effect: Effect, scale: Scale, language: str) -> Table:
    _ = translator(language)
    return Table(
        _("The effect by group and period"),
        (_("Began"), _("Period"), _("Effect"), _level(effect, language), _("Municipalities")),
        tuple(
            (
                str(one.group),
                str(one.period),
                signed(one.estimate, scale, language),
                _ends(one.estimate, one.standard_error, effect, scale, language),
                count(one.municipalities, language),
            )
            for one in cells
        ),
    )


def _before(course: Course, language: str) -> str:
    _ = translator(language)
    if course.before_p is None:
        return _("Whether the groups went the same way before the start could not be tested.")
    return _(
        "Before the start the groups should go the same way. The test of that has p-value {p}; a large one "
        "is no proof that they do."
    ).format(p=p_text(course.before_p, language))


def _critical(effect: Effect) -> float:
    return NormalDist().inv_cdf(1 - effect.alpha / 2)


def _ends(estimate: float | None, error: float | None, effect: Effect, scale: Scale, language: str) -> str:
    if estimate is None or error is None:
        return "–"
    reach = _critical(effect) * error
    low, high = (signed(end, scale, language) for end in (estimate - reach, estimate + reach))
    return translator(language)("{low} to {high}").format(low=low, high=high)


def _level(effect: Effect, language: str) -> str:
    return translator(language)("{level} interval").format(level=percent(1 - effect.alpha, language))


def _mean(value: float | None, language: str) -> str:
    return HIDDEN if value is None else decimal(value, language)


def _size(value: float | None, language: str) -> str:
    return "–" if value is None else decimal(value, language)
