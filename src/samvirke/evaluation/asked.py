"""From the protocol and its checked rows to every effect it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd

from samvirke.evaluation.amendments import Late
from samvirke.evaluation.answers import Effect, Kind, Subject
from samvirke.evaluation.designs import (
    ChangeFromBefore,
    DifferenceInDifferences,
    Experiment,
    Sensitivity,
    Source,
)
from samvirke.evaluation.effects import Sample, effect, interaction
from samvirke.evaluation.extracts import Extracts
from samvirke.evaluation.protocol import Outcome, Protocol, Subgroup

USER, STAFF, PERSON = "user", "staff", "person"
PERSONS, MUNICIPALITIES = "persons", "municipalities"
HERE = "samvirke.evaluation"


def effects_of(protocol: Protocol, extracts: Extracts, late: Late) -> Iterator[Effect]:
    """All effects, those that were asked for too late marked exploratory."""
    late_groups = {group.name for group in protocol.subgroups if late.subgroup(group)}
    for outcome in protocol.outcomes:
        is_late = bool(late.fields) or late.outcome(outcome)
        for one in _of_outcome(protocol, outcome, extracts):
            yield replace(one, exploratory=is_late or one.subgroup in late_groups)


def _of_outcome(protocol: Protocol, outcome: Outcome, extracts: Extracts) -> Iterator[Effect]:
    rows = extracts.frames[outcome.source]
    if isinstance(protocol.design, ChangeFromBefore):
        yield from _changes(protocol, outcome, rows)
    elif isinstance(protocol.design, DifferenceInDifferences):
        yield _staggered(protocol, outcome, rows)
    else:
        yield from _arms(protocol, outcome, rows)


def _changes(protocol: Protocol, outcome: Outcome, rows: pd.DataFrame) -> Iterator[Effect]:
    for population, theirs in _populations(outcome, rows):
        sample = sample_of(theirs, outcome.name, protocol=protocol)
        about = Subject(outcome.name, population, outcome.unit.en, minimum_n=outcome.minimum_n)
        yield _as_asked(effect(sample, about=about, alpha=protocol.alpha, seed=protocol.seed), protocol)
        for subgroup in protocol.subgroups:
            if subgroup.column in theirs.columns and population != STAFF:
                for one in _subgroup(sample, theirs, subgroup, about=about, protocol=protocol):
                    yield _as_asked(one, protocol)


def _populations(outcome: Outcome, rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    if outcome.source is Source.REGISTER:
        return [(PERSON, rows)]
    return [(group, rows[rows["group"] == group]) for group in (USER, STAFF)]


def _as_asked(found: Effect, protocol: Protocol) -> Effect:
    """Without the sensitivity that the protocol does not name."""
    return replace(
        found,
        without=found.without if Sensitivity.LEAVE_ONE_OUT in protocol.sensitivity else (),
        person_weighted=found.person_weighted if Sensitivity.OTHER_ESTIMAND in protocol.sensitivity else None,
    )


def _subgroup(
    sample: Sample, rows: pd.DataFrame, subgroup: Subgroup, *, about: Subject, protocol: Protocol
) -> Iterator[Effect]:
    """The effect on the subgroup and the interaction; both or neither: one count gives the other."""
    inside = (rows[subgroup.column] == subgroup.value).to_numpy(dtype=bool)
    settings: dict[str, Any] = {"alpha": protocol.alpha, "seed": protocol.seed}
    within = replace(about, subgroup=subgroup.name, kind=Kind.SUBGROUP)
    between = replace(about, subgroup=subgroup.name, kind=Kind.INTERACTION)
    difference = interaction(sample, inside=inside, about=between, **settings)
    if difference.estimate is None:
        yield replace(difference, kind=Kind.SUBGROUP)
    else:
        yield effect(sample.only(inside), about=within, **settings)
    yield difference


def sample_of(rows: pd.DataFrame, outcome: str, *, protocol: Protocol) -> Sample:
    """The rows as arrays; sites in the order of the protocol, trial first."""
    assert protocol.sites is not None
    sites = (*protocol.sites.trial, *protocol.sites.comparison)
    place = {code: number for number, code in enumerate(sites)}
    return Sample(
        values=rows[outcome].to_numpy(dtype=np.float64),
        site=np.array([place[code] for code in rows["municipality"]], dtype=np.int64),
        after=rows["after"].to_numpy(dtype=bool),
        sites=sites,
        trial=np.arange(len(sites)) < len(protocol.sites.trial),
    )


def _arms(protocol: Protocol, outcome: Outcome, rows: pd.DataFrame) -> Iterator[Effect]:
    """Everybody, then each subgroup; the estimators' libraries are read only when they are asked for."""
    persons = import_module(f"{HERE}.persons")
    estimate = (
        persons.experiment
        if isinstance(protocol.design, Experiment)
        else import_module(f"{HERE}.weighting").weighting
    )
    everybody = persons.Arms(
        values=rows[outcome.name].to_numpy(dtype=np.float64),
        trial=(rows["arm"] == "trial").to_numpy(dtype=bool),
        covariates=rows[list(protocol.covariates)].to_numpy(dtype=np.float64),
        names=protocol.covariates,
    )
    settings: dict[str, Any] = {"alpha": protocol.alpha, "sensitivity": protocol.sensitivity}
    about = Subject(outcome.name, PERSONS, outcome.unit.en, minimum_n=outcome.minimum_n)
    yield estimate(everybody, about=about, **settings)
    for group in protocol.subgroups:
        value = float(group.value) if group.column in protocol.covariates else group.value
        inside = (rows[group.column] == value).to_numpy(dtype=bool)
        within = replace(about, subgroup=group.name, kind=Kind.SUBGROUP)
        yield estimate(everybody.only(inside), about=within, **settings)


def _staggered(protocol: Protocol, outcome: Outcome, rows: pd.DataFrame) -> Effect:
    assert isinstance(protocol.design, DifferenceInDifferences)
    module = import_module(f"{HERE}.staggered")
    starts = {site: start.period for start in protocol.design.starts for site in start.sites}
    began = rows["municipality"].map(starts).fillna(module.NEVER).astype(int)
    found: Effect = module.staggered(
        module.Panel(rows.assign(start=began), outcome.name, protocol.covariates),
        estimand=protocol.estimand,
        otherwise=Sensitivity.OTHER_ESTIMAND in protocol.sensitivity,
        about=Subject(outcome.name, MUNICIPALITIES, outcome.unit.en, minimum_n=outcome.minimum_n),
        alpha=protocol.alpha,
    )
    return found
