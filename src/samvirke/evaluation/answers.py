"""The parts of an answer: an effect with its uncertainty, and all that tells how firmly it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samvirke.statistics.disclosure import THRESHOLD


class Kind(StrEnum):
    """What an effect is about."""

    AVERAGE = "average"
    SUBGROUP = "subgroup"
    INTERACTION = "interaction"  # the subgroup's effect minus the effect on everybody else


class Refusal(StrEnum):
    """Why an estimate or its interval is not given."""

    TOO_FEW_PERSONS = "too_few_persons"
    TOO_FEW_SITES = "too_few_sites"
    NO_INTERVAL = "no_interval"
    FEW_CLUSTERS = "few_clusters"
    NO_OVERLAP = "no_overlap"


@dataclass(frozen=True, slots=True)
class Subject:
    """Which effect is estimated, in the protocol's words; `minimum_n` observations on each side at a time."""

    outcome: str
    population: str
    unit: str
    subgroup: str = ""
    kind: Kind = Kind.AVERAGE
    minimum_n: int = THRESHOLD


@dataclass(frozen=True, slots=True)
class Levels:
    """Averages over municipalities, in the outcome's unit."""

    trial_before: float
    trial_after: float
    comparison_before: float
    comparison_after: float


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """The estimate without one municipality."""

    municipality: str
    estimate: float


@dataclass(frozen=True, slots=True)
class Other:
    """The estimate made otherwise. `n_treated` of the trial observations stand behind it.

    estimate:       None where too few are left for one.
    standard_error: None where none is known to be right, as for matching (Abadie and Imbens 2008).
    """

    name: str
    estimate: float | None
    standard_error: float | None
    n_treated: int


@dataclass(frozen=True, slots=True)
class Balance:
    """How alike the arms are in one covariate from before the start.

    Means are None where one would give a small number away. Differences are standardised by the root mean of
    the arms' variances: before weighting, after it, after matching; None for what was not done.
    """

    covariate: str
    trial: float | None
    comparison: float | None
    weighted: float | None
    before: float
    after: float | None
    matched: float | None


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of the comparison arm resembles the trial arm.

    Quantiles (5, 50, 95 %) of the chance of being in the trial; `outside` trial persons whose chance is
    outside 0.1-0.9, None when fewer than five; `effective`: the weighted comparison is worth so many persons.
    """

    trial: tuple[float, float, float]
    comparison: tuple[float, float, float]
    outside: int | None
    effective: float


@dataclass(frozen=True, slots=True)
class GroupTime:
    """The effect in one period on the municipalities that began in `group`; no interval for few of them."""

    group: int
    period: int
    municipalities: int
    estimate: float
    standard_error: float | None


@dataclass(frozen=True, slots=True)
class EventTime:
    """The effect so many periods after the start; negative before it, where it should be near zero."""

    periods: int
    municipalities: int
    estimate: float
    standard_error: float | None


@dataclass(frozen=True, slots=True)
class Course:
    """How the effect goes on from the start.

    before_p: p-value of no differences before the start; None when it cannot be tested.
    """

    cells: tuple[GroupTime, ...]
    events: tuple[EventTime, ...]
    before_p: float | None


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimate in the outcome's unit with all it stands on.

    interval:       with randomisation, all constant effects not rejected at `alpha`; else by the standard
                    error. None with a `refusal` when there is none.
    p_value:        two-sided; with randomisation exact, and `least_p_value` is the smallest possible one.
    n_treated:      observations (persons at a time) on the trial side; n_compared on the other.
    sites:          municipalities that count, trial first; `n_trial` of them are trial municipalities.
    person_weighted: the estimate when each person counts once, where each municipality does.
    without:        the estimate without each municipality that has enough persons to be named.
    exploratory:    whether it was asked for only after outcomes had been read.
    """

    outcome: str
    population: str
    kind: Kind
    subgroup: str
    design: str
    unit: str
    alpha: float
    estimate: float | None
    interval: tuple[float, float] | None
    p_value: float | None
    n_treated: int | None
    n_compared: int | None
    refusal: Refusal | None
    standard_error: float | None = None
    least_p_value: float | None = None
    assignments: int = 0
    enumerated: bool = False
    sites: tuple[str, ...] = ()
    n_trial: int = 0
    levels: Levels | None = None
    person_weighted: float | None = None
    without: tuple[LeaveOneOut, ...] = ()
    others: tuple[Other, ...] = ()
    balance: tuple[Balance, ...] = ()
    overlap: Overlap | None = None
    course: Course | None = None
    exploratory: bool = False


def without_estimate(
    about: Subject,
    *,
    design: str,
    alpha: float,
    refusal: Refusal,
    sites: tuple[str, ...] = (),
    n_trial: int = 0,
) -> Effect:
    """An effect that is not given, and why."""
    return Effect(
        outcome=about.outcome,
        population=about.population,
        kind=about.kind,
        subgroup=about.subgroup,
        design=design,
        unit=about.unit,
        alpha=alpha,
        estimate=None,
        interval=None,
        p_value=None,
        n_treated=None,
        n_compared=None,
        refusal=refusal,
        sites=sites,
        n_trial=n_trial,
    )
