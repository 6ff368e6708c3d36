"""An effect put into words: every estimate with its interval, every refusal with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from samvirke.evaluation import Effect, Kind, Outcome, Protocol, Refusal, Source
from samvirke.report.catalogue import N_, translator
from samvirke.report.charts import Bar, Point
from samvirke.report.labels import code_label
from samvirke.report.numbers import HIDDEN, count, decimal, percent

REFUSALS = {
    Refusal.TOO_FEW_PERSONS: N_(
        "No effect is given: on one side, in the group or outside it, fewer were observed than the protocol "
        "asks for."
    ),
    Refusal.TOO_FEW_SITES: N_(
        "No effect is given: trial or comparison municipalities were not observed both before and after."
    ),
    Refusal.NO_INTERVAL: N_(
        "No interval is given: with {sites} municipalities the smallest possible p-value is {least}, "
        "so no effect could be ruled out at this level."
    ),
    Refusal.FEW_CLUSTERS: N_(
        "No interval is given: {trial} trial and {compared} comparison municipalities are too few for one "
        "that can be trusted with this design."
    ),
    Refusal.NO_OVERLAP: N_(
        "No effect is given: what was known beforehand tells the arms apart without fail, so nobody in the "
        "comparison resembles those in the trial."
    ),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """How an outcome is written: values are multiplied by `factor` and written with `places` decimals."""

    factor: float
    places: int
    unit: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One effect as a page shows it: a label, a sentence, and the parts of its table row."""

    label: str
    sentence: str
    estimate: str
    interval: str
    level: str
    p_value: str
    persons: str
    municipalities: str
    bar: Bar | None


def scale_of(outcome: Outcome, language: str) -> Scale:
    """Register outcomes are shares and are written in percentage points; others in their own unit."""
    if outcome.source is Source.REGISTER:
        return Scale(100, 1, translator(language)("percentage points"))
    if outcome.source is Source.PANEL:  # means of municipalities: effects are small beside a person's
        return Scale(1, 4, outcome.unit.in_language(language))
    return Scale(1, 2, outcome.unit.in_language(language))


def label_of(effect: Effect, protocol: Protocol, language: str) -> str:
    """Whom the effect is on."""
    label = code_label(effect.population, language)
    if effect.subgroup:
        subgroup = next(group for group in protocol.subgroups if group.name == effect.subgroup)
        label = subgroup.label.in_language(language)
    return translator(language)("{label} (exploratory)").format(label=label) if effect.exploratory else label


def reading(effect: Effect, protocol: Protocol, language: str) -> Reading:
    """The effect in words and numbers."""
    outcome = next(one for one in protocol.outcomes if one.name == effect.outcome)
    scale = scale_of(outcome, language)
    label = label_of(effect, protocol, language)
    return Reading(
        label=label,
        sentence=_sentence(effect, outcome, scale, label=label, language=language),
        estimate=HIDDEN if effect.estimate is None else signed(effect.estimate, scale, language),
        interval=_ends(effect, scale, language),
        level=percent(1 - effect.alpha, language),
        p_value=HIDDEN if effect.p_value is None else p_text(effect.p_value, language),
        persons=f"{count(effect.n_treated, language)} / {count(effect.n_compared, language)}",
        municipalities=f"{effect.n_trial} / {len(effect.sites) - effect.n_trial}" if effect.sites else "–",
        bar=_bar(effect, scale, label),
    )


def points(effects: tuple[Effect, ...], scale: Scale, language: str) -> list[Point]:
    """The averages behind the effects, for the chart of views side by side."""
    _ = translator(language)
    found = []
    for one in effects:
        if one.levels is None:
            continue
        view = code_label(one.population, language)
        levels = {
            (_("Trial"), _("Before")): one.levels.trial_before,
            (_("Trial"), _("After")): one.levels.trial_after,
            (_("Comparison"), _("Before")): one.levels.comparison_before,
            (_("Comparison"), _("After")): one.levels.comparison_after,
        }
        found += [Point(view, arm, moment, value * scale.factor) for (arm, moment), value in levels.items()]
    return found


def p_text(p: float, language: str) -> str:
    """A p-value with three decimals, or under 0.001."""
    return f"<\u00a0{decimal(0.001, language, places=3)}" if p < 0.001 else decimal(p, language, places=3)


def _sentence(effect: Effect, outcome: Outcome, scale: Scale, *, label: str, language: str) -> str:
    _ = translator(language)
    if effect.estimate is None:
        assert effect.refusal is not None
        return f"{label}: " + _(REFUSALS[effect.refusal])
    if effect.interval is None:
        assert effect.refusal is not None
        refusal = _(REFUSALS[effect.refusal]).format(
            sites=len(effect.sites),
            trial=effect.n_trial,
            compared=len(effect.sites) - effect.n_trial,
            least=p_text(effect.least_p_value or 1.0, language),
        )
        opening = _("{label}: the effect was {estimate} {unit}.")
        return _filled(opening, effect, scale, label, language) + " " + refusal
    opening = {
        Kind.INTERACTION: _(
            "{label}: the effect minus that on others was {estimate} {unit} ({level} interval {interval})."
        ),
    }.get(effect.kind, _("{label}: the effect was {estimate} {unit} ({level} interval {interval})."))
    return _filled(opening, effect, scale, label, language) + " " + _verdict(effect, outcome, language)


def _filled(sentence: str, effect: Effect, scale: Scale, label: str, language: str) -> str:
    assert effect.estimate is not None
    return sentence.format(
        label=label,
        estimate=signed(effect.estimate, scale, language),
        unit=scale.unit,
        level=percent(1 - effect.alpha, language),
        interval=_ends(effect, scale, language),
    )


def _verdict(effect: Effect, outcome: Outcome, language: str) -> str:
    _ = translator(language)
    assert effect.interval is not None
    low, high = effect.interval
    if low <= 0 <= high:
        return _("We cannot rule out that it is zero.")
    if effect.kind is Kind.INTERACTION:
        return _("The interval does not include zero: the effect differs between the groups.")
    if (low > 0) == outcome.higher_is_better:
        return _("The interval does not include zero: this points to an improvement.")
    return _("The interval does not include zero: this points to a change for the worse.")


def _ends(effect: Effect, scale: Scale, language: str) -> str:
    if effect.interval is None:
        return HIDDEN
    low, high = (signed(end, scale, language) for end in effect.interval)
    return translator(language)("{low} to {high}").format(low=low, high=high)


def signed(value: float, scale: Scale, language: str) -> str:
    """A value as the outcome is written."""
    return decimal(value * scale.factor, language, places=scale.places)


def _bar(effect: Effect, scale: Scale, label: str) -> Bar | None:
    if effect.estimate is None:
        return None
    low, high = effect.interval or (None, None)
    return Bar(
        label,
        effect.estimate * scale.factor,
        None if low is None else low * scale.factor,
        None if high is None else high * scale.factor,
    )
