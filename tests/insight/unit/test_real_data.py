"""Published data, published answers. The numbers stand here and nowhere in the product."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import samvirke
from insight import real, study
from samvirke.evaluation import Effect, EvaluationResult, Refusal

CENT = 0.005  # dollars; the published numbers have two decimals
# Dehejia and Wahba (1999), table 2; Cunningham, Causal Inference: The Mixtape, ch. 5.
EXPERIMENT, EQUAL_VARIANCES, ADJUSTED = 1794.34, 632.85, 1676.34
NAIVE = -8497.5
# What the experiment found, give or take its own two standard errors, is 530-3 060. Published weighting and
# matching of these men against the CPS lie within 1 000-2 500 (Dehejia and Wahba 1999, table 3; Mixtape).
STATED = (1000.0, 2500.0)
# Callaway and Sant'Anna (2021) as in the R package did: never treated, no covariates, outcome regression.
GROUP_TIME = {
    (2004, 2004): -0.0105, (2004, 2005): -0.0704, (2004, 2006): -0.1373, (2004, 2007): -0.1008,
    (2006, 2004): 0.0065, (2006, 2005): -0.0028, (2006, 2006): -0.0046, (2006, 2007): -0.0412,
    (2007, 2004): 0.0305, (2007, 2005): -0.0027, (2007, 2006): -0.0311, (2007, 2007): -0.0261,
}  # fmt: skip
SIMPLE, SIMPLE_ERROR, DYNAMIC, DYNAMIC_ERROR = -0.03995, 0.01203, -0.0772, 0.0200
BY_GROUP = -0.0310


@pytest.fixture(scope="module")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> Effect:
    folder = tmp_path_factory.mktemp("nsw")
    protocol = real.persons_protocol("experiment")
    file = real.persons_file(folder / "persons.csv", real.nsw(), protocol)
    return real.answered(protocol, file, registry=folder / "registry").effects[0]


@pytest.fixture(scope="module")
def against_cps(tmp_path_factory: pytest.TempPathFactory) -> Effect:
    folder = tmp_path_factory.mktemp("cps")
    protocol = real.persons_protocol("weighting", covariates=(*real.KNOWN, "out_of_work74", "out_of_work75"))
    file = real.persons_file(folder / "persons.csv", real.trained_and_cps(), protocol)
    return real.answered(protocol, file, registry=folder / "registry").effects[0]


@pytest.fixture(scope="module")
def wages(tmp_path_factory: pytest.TempPathFactory) -> EvaluationResult:
    folder = tmp_path_factory.mktemp("wages")
    published = real.minimum_wages()
    protocol = real.panel_protocol(real.starts_of(published), sensitivity=["other_estimand"])
    file = real.panel_file(folder / "panel.csv", real.panel_rows(published), protocol)
    return real.answered(protocol, file, registry=folder / "registry")


def other(effect: Effect, name: str) -> tuple[float | None, float | None]:
    return next((one.estimate, one.standard_error) for one in effect.others if one.name == name)


def worst(effect: Effect, when: str) -> float:
    return max(abs(getattr(row, when)) for row in effect.balance)


class TestJobTraining:
    def test_the_experiment_gives_the_published_effect(self, experiment: Effect) -> None:
        assert experiment.estimate == pytest.approx(EXPERIMENT, abs=CENT)
        assert (experiment.n_treated, experiment.n_compared) == (185, 260)

    def test_the_published_error_is_the_one_that_holds_both_arms_equally_variable(
        self, experiment: Effect
    ) -> None:
        estimate, error = other(experiment, "equal_variances")
        assert estimate == pytest.approx(EXPERIMENT, abs=CENT)
        assert error == pytest.approx(EQUAL_VARIANCES, abs=CENT)
        assert experiment.standard_error == pytest.approx(671.0, abs=0.05)  # HC2: each arm as it varies

    def test_adjusting_for_what_was_known_gives_the_published_effect(self, experiment: Effect) -> None:
        assert other(experiment, "adjusted")[0] == pytest.approx(ADJUSTED, abs=CENT)

    def test_against_the_survey_the_naive_difference_is_far_off(self, against_cps: Effect) -> None:
        assert other(against_cps, "naive")[0] == pytest.approx(NAIVE, abs=0.05)

    def test_weighting_and_matching_come_back_into_the_stated_range(self, against_cps: Effect) -> None:
        assert STATED[0] < against_cps.estimate < STATED[1]
        assert STATED[0] < other(against_cps, "matched")[0] < STATED[1]
        assert STATED[0] < other(against_cps, "trimmed")[0] < STATED[1]
        assert against_cps.interval[0] < EXPERIMENT < against_cps.interval[1]

    def test_the_balance_table_shows_what_weighting_did(self, against_cps: Effect) -> None:
        assert worst(against_cps, "before") == pytest.approx(2.43, abs=0.01)
        assert worst(against_cps, "after") < 0.11
        assert worst(against_cps, "matched") < 0.11
        assert 200 < against_cps.overlap.effective < 400

    def test_balance_of_an_experiment_is_small_before_anything_is_done(self, experiment: Effect) -> None:
        assert worst(experiment, "before") < 0.35
        assert all(row.after is None for row in experiment.balance)


class TestMinimumWages:
    def test_group_time_effects_to_four_decimals(self, wages: EvaluationResult) -> None:
        cells = {(one.group, one.period): round(one.estimate, 4) for one in wages.effects[0].course.cells}
        assert cells == GROUP_TIME

    def test_aggregates_and_their_errors(self, wages: EvaluationResult) -> None:
        effect = wages.effects[0]
        assert effect.estimate == pytest.approx(BY_GROUP, abs=5e-5)
        assert other(effect, "by_period") == pytest.approx((SIMPLE, SIMPLE_ERROR), abs=5e-6)
        assert other(effect, "by_time_since_start") == pytest.approx((DYNAMIC, DYNAMIC_ERROR), abs=5e-5)

    def test_time_since_start_names_how_many_stand_behind(self, wages: EvaluationResult) -> None:
        events = {one.periods: one for one in wages.effects[0].course.events}
        assert sorted(events) == [-3, -2, -1, 0, 1, 2, 3]
        assert events[0].municipalities == 191
        assert events[3].municipalities == 20
        assert events[2].estimate == pytest.approx(GROUP_TIME[2004, 2006], abs=5e-5)

    def test_the_average_person_is_another_question(self, wages: EvaluationResult) -> None:
        estimate, _ = other(wages.effects[0], "average_person")
        assert abs(estimate - wages.effects[0].estimate) > 0.001

    def test_adding_100_to_every_treated_outcome_moves_the_effect_by_100(self, tmp_path: Path) -> None:
        published = real.minimum_wages()
        starts = real.starts_of(published)
        first = {county: year for year, counties in starts.items() for county in counties if year}
        rows = real.panel_rows(published)
        for row in rows:
            began = first.get(row["municipality"])
            if began and int(row["period"]) >= began:
                row["lemp"] = repr(float(row["lemp"]) + 100)
        protocol = real.panel_protocol(starts)
        file = real.panel_file(tmp_path / "p.csv", rows, protocol)
        effect = real.answered(protocol, file, registry=tmp_path / "r").effects[0]
        assert effect.estimate == pytest.approx(100 + BY_GROUP, abs=5e-5)
        assert all(
            round(one.estimate - 100 * (one.period >= one.group), 4) == GROUP_TIME[one.group, one.period]
            for one in effect.course.cells
        )

    def test_nine_trial_counties_get_an_estimate_and_no_interval(self, tmp_path: Path) -> None:
        published = real.minimum_wages()
        starts = real.starts_of(published)
        few = {0: starts[0], 2004: starts[2004][:9]}
        kept = {county for counties in few.values() for county in counties}
        protocol = real.panel_protocol(few)
        rows = [row for row in real.panel_rows(published) if row["municipality"] in kept]
        file = real.panel_file(tmp_path / "p.csv", rows, protocol)
        effect = real.answered(protocol, file, registry=tmp_path / "r").effects[0]
        assert effect.estimate is not None
        assert effect.refusal is Refusal.FEW_CLUSTERS
        assert (effect.interval, effect.p_value, effect.standard_error) == (None, None, None)
        assert all(one.standard_error is None for one in (*effect.others, *effect.course.cells))

    def test_a_county_that_is_away_in_a_year_is_refused(self, tmp_path: Path) -> None:
        published = real.minimum_wages()
        protocol = real.panel_protocol(real.starts_of(published))
        rows = real.panel_rows(published)[1:]
        file = real.panel_file(tmp_path / "p.csv", rows, protocol)
        with pytest.raises(ValueError, match="8001 has no row for: 2003"):
            real.answered(protocol, file, registry=tmp_path / "r")


def test_no_published_answer_stands_in_the_product() -> None:
    """Searched as digits, so that 1 794.34 and 1794.342 are found too."""
    numbers = [EXPERIMENT, EQUAL_VARIANCES, ADJUSTED, NAIVE, SIMPLE, SIMPLE_ERROR, *GROUP_TIME.values()]
    forbidden = {re.sub(r"\D", "", str(abs(number))).lstrip("0") for number in numbers}
    wanted = {digits for digits in forbidden if len(digits) >= 4} | {"1794", "63285", "84975"}
    for path in Path(samvirke.__file__).parent.rglob("*"):
        if path.suffix in {".py", ".yaml", ".json", ".html", ".po"}:
            text = path.read_text(encoding="utf-8").replace("_", "").replace(".", "")
            assert not [digits for digits in wanted if re.search(rf"(?<!\d)0*{digits}", text)], path


def test_covariates_that_tell_the_arms_apart_are_told(tmp_path: Path) -> None:
    rows = real.nsw().assign(age=lambda frame: (frame["arm"] == "trial") * 10.0 + frame["educ"] / 100)
    protocol = real.persons_protocol("weighting", covariates=("age",), sensitivity=[])
    file = real.persons_file(tmp_path / "p.csv", rows, protocol)
    effect = real.answered(protocol, file, registry=tmp_path / "r").effects[0]
    assert effect.refusal is Refusal.NO_OVERLAP
    assert effect.estimate is None


@pytest.mark.parametrize("kind", ["experiment", "weighting"])
def test_adding_100_to_every_treated_outcome_moves_every_estimate_by_100(tmp_path: Path, kind: str) -> None:
    """The matched and the naive estimate, the weighted and the adjusted: all of them, and the interval."""
    plain = real.nsw()
    more = plain.assign(re78=plain["re78"] + 100 * (plain["arm"] == "trial"))
    protocol = real.persons_protocol(kind)
    before, after = (
        real.answered(
            protocol, real.persons_file(tmp_path / f"{name}.csv", rows, protocol), registry=tmp_path / "r"
        ).effects[0]
        for name, rows in {"plain": plain, "more": more}.items()
    )
    rounding = 1e-8
    assert after.estimate - before.estimate == pytest.approx(100, abs=rounding)
    assert after.interval[0] - before.interval[0] == pytest.approx(100, abs=rounding)
    for one, two in zip(before.others, after.others, strict=True):
        assert two.estimate - one.estimate == pytest.approx(100, abs=rounding), one.name


def test_a_subgroup_by_a_covariate_and_one_under_the_minimum(tmp_path: Path) -> None:
    groups = [
        {"name": "no_degree", "label": study.words("No degree"), "column": "nodegree", "value": "1"},
        {"name": "aged", "label": study.words("Aged 55"), "column": "age", "value": "55"},
    ]
    protocol = real.persons_protocol("experiment", subgroups=groups)
    file = real.persons_file(tmp_path / "p.csv", real.nsw(), protocol)
    _, without_degree, aged = real.answered(protocol, file, registry=tmp_path / "r").effects
    assert (without_degree.n_treated, without_degree.n_compared) == (131, 217)
    assert aged.refusal is Refusal.TOO_FEW_PERSONS
    assert aged.n_treated is None
