"""Municipalities that begin at different times: group by group, period by period, then averaged.

Each group of municipalities that began together is compared with those that never begin, from the period
before its start. The main answer averages each trial municipality's effect since its own start, every group
counting by its size; a two-way fixed-effects regression would compare early starters with late ones.
Estimates and errors are csdid's, from influence functions, each municipality being a cluster.
Source: Callaway and Sant'Anna (2021), Difference-in-differences with multiple time periods.

This module alone imports csdid, which takes seconds; it is imported when a protocol asks for the design.
"""

from __future__ import annotations

import io
import warnings
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from csdid.att_gt import ATTgt
from scipy import stats

from samvirke.evaluation.answers import (
    Course,
    Effect,
    EventTime,
    GroupTime,
    Other,
    Refusal,
    Subject,
    without_estimate,
)
from samvirke.evaluation.designs import Estimand

DESIGN = "difference_in_differences"
FEWEST = 10  # municipalities on a side; with ten, 95 % intervals cover 92 % in simulation, with five 88 %
NEVER = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """One row per municipality and period: municipality, period, persons, start, the outcome, covariates.

    `start` is the first period with the intervention, NEVER without one.
    """

    rows: pd.DataFrame
    outcome: str
    covariates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """An average of group-time effects and, where it has them, its parts."""

    estimate: float
    error: float
    places: tuple[int, ...] = ()
    estimates: tuple[float, ...] = ()
    errors: tuple[float, ...] = ()


def staggered(panel: Panel, *, estimand: Estimand, otherwise: bool, about: Subject, alpha: float) -> Effect:
    """The effect on the trial municipalities since their start; `otherwise` adds the other estimand."""
    sites = _sites(panel.rows)
    trial = sites[sites["start"] != NEVER]
    named = (*trial.index, *sites.index[sites["start"] == NEVER])
    if _fewest(panel.rows) < about.minimum_n:
        return without_estimate(
            about,
            design=DESIGN,
            alpha=alpha,
            refusal=Refusal.TOO_FEW_PERSONS,
            sites=named,
            n_trial=len(trial),
        )
    fit = fitted(panel, estimand=estimand)
    main = aggregate(fit, "group")
    few = min(len(trial), len(sites) - len(trial)) < FEWEST
    reach = float(stats.norm.ppf(1 - alpha / 2)) * main.error
    return Effect(
        outcome=about.outcome,
        population=about.population,
        kind=about.kind,
        subgroup=about.subgroup,
        design=DESIGN,
        unit=about.unit,
        alpha=alpha,
        estimate=main.estimate,
        standard_error=None if few else main.error,
        interval=None if few else (main.estimate - reach, main.estimate + reach),
        p_value=None if few else float(2 * stats.norm.sf(abs(main.estimate) / main.error)),
        n_treated=_observed(panel.rows, trial=True),
        n_compared=_observed(panel.rows, trial=False),
        refusal=Refusal.FEW_CLUSTERS if few else None,
        sites=named,
        n_trial=len(trial),
        others=tuple(_others(fit, panel, estimand=estimand, otherwise=otherwise, few=few)),
        course=_course(fit, trial["start"], few=few),
    )


def fitted(panel: Panel, *, estimand: Estimand) -> Any:
    """Group-time effects against those that never begin: outcome regression, doubly robust with covariates.

    Persons of the first period are the weights when the average person is asked for.
    """
    rows = panel.rows.assign(unit=panel.rows["municipality"].astype("category").cat.codes + 1)
    first = rows[rows["period"] == rows["period"].min()].set_index("unit")["persons"]
    rows = rows.assign(weight=rows["unit"].map(first).astype(float))
    columns = ["unit", "period", "start", panel.outcome, *panel.covariates, "weight"]
    model = ATTgt(
        yname=panel.outcome,
        tname="period",
        idname="unit",
        gname="start",
        data=rows[columns].copy(),
        control_group="nevertreated",
        xformla=f"{panel.outcome} ~ {' + '.join(panel.covariates) or '1'}",
        weights_name="weight" if estimand is Estimand.PERSON else None,
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="(No pre-treatment|Not returning pre-test)")
        return model.fit(est_method="dr" if panel.covariates else "reg", bstrap=False)


def aggregate(fit: Any, kind: str) -> Aggregate:
    """An average as csdid makes it; it prints what it found, which is not for here."""
    with redirect_stdout(io.StringIO()):
        found = fit.aggte(typec=kind, bstrap=False, cband=False).atte
    whole = Aggregate(float(found["overall_att"]), float(found["overall_se"]))
    if kind == "simple":
        return whole
    return Aggregate(
        whole.estimate,
        whole.error,
        tuple(int(one) for one in found["egt"]),
        tuple(float(one) for one in found["att_egt"]),
        tuple(float(one) for one in found["se_egt"]),
    )


def _others(fit: Any, panel: Panel, *, estimand: Estimand, otherwise: bool, few: bool) -> list[Other]:
    treated = _observed(panel.rows, trial=True)
    found = {"by_period": aggregate(fit, "simple"), "by_time_since_start": aggregate(fit, "dynamic")}
    if otherwise:
        (other,) = {*Estimand} - {estimand}
        found[other] = aggregate(fitted(panel, estimand=other), "group")
    return [Other(name, one.estimate, None if few else one.error, treated) for name, one in found.items()]


def _course(fit: Any, starts: pd.Series[int], *, few: bool) -> Course:
    sizes = starts.value_counts()
    results = fit.results
    cells = tuple(
        GroupTime(int(g), int(t), int(sizes[g]), float(a), _error(float(s), int(sizes[g]), few=few))
        for g, t, a, s in zip(results["group"], results["year"], results["att"], results["se"], strict=True)
    )
    by_event = aggregate(fit, "dynamic")
    behind = {e: sum(c.municipalities for c in cells if c.period - c.group == e) for e in by_event.places}
    events = tuple(
        EventTime(e, behind[e], estimate, _error(error, behind[e], few=few))
        for e, estimate, error in zip(by_event.places, by_event.estimates, by_event.errors, strict=True)
    )
    before = fit.MP["Wpval"]
    return Course(cells, events, None if few or before is None else float(before))


def _error(error: float, municipalities: int, *, few: bool) -> float | None:
    return None if few or municipalities < FEWEST or not np.isfinite(error) else error


def _sites(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.groupby("municipality")[["start"]].first()


def _fewest(rows: pd.DataFrame) -> int:
    """The smallest number of persons on a side in a period."""
    sides = rows.assign(trial=rows["start"] != NEVER)
    return int(sides.groupby(["trial", "period"])["persons"].sum().min())


def _observed(rows: pd.DataFrame, *, trial: bool) -> int:
    """Persons on a side in the first period."""
    first = rows[rows["period"] == rows["period"].min()]
    return int(first.loc[(first["start"] != NEVER) == trial, "persons"].sum())
