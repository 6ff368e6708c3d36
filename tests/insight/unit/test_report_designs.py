"""The page of each design: the estimate with its doubt, what it stands on, and who evaluated."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from insight import real, study
from insight.unit.test_report import Page
from samvirke import evaluation, report
from samvirke.evaluation import EvaluationResult, Protocol, Source

AT = datetime(2026, 3, 5, 10, tzinfo=UTC)
STARTS = {2022: 12, 2023: 11, 0: 20}  # how many municipalities begin when


def invented_panel(gain: float) -> tuple[dict[int, list[str]], list[dict[str, Any]]]:
    """43 municipalities in five years; those that have begun gain `gain`."""
    draw = Random(7)
    starts: dict[int, list[str]] = {}
    rows = []
    for number in range(sum(STARTS.values())):
        start = next(s for s, upto in ((2022, 12), (2023, 23), (0, 43)) if number < upto)
        site, level = f"{1000 + number}", draw.gauss(0, 1)
        starts.setdefault(start, []).append(site)
        for year in range(2020, 2025):
            value = level + 0.1 * year + gain * bool(start and year >= start) + draw.gauss(0, 0.2)
            rows.append({"municipality": site, "period": year, "persons": 50 + number, "lemp": value})
    return starts, rows


def staggered(folder: Path) -> EvaluationResult:
    starts, rows = invented_panel(gain=2.0)
    internal = {**study.frame()["evaluator"], "independence": "internal"}
    looks = [
        {"planned_on": "2026-02-01", "status": "preliminary"},
        {"planned_on": "2027-02-01", "status": "final"},
    ]
    protocol = real.panel_protocol(starts, evaluator=internal, looks=looks, sensitivity=["other_estimand"])
    evaluation.register(protocol, folder=folder, at=AT, by="Kari")
    file = real.panel_file(folder / "panel.csv", rows, protocol)
    return evaluation.evaluate(protocol, registry=folder, data={Source.PANEL: file}, at=AT, look=1)


def weighting(folder: Path) -> EvaluationResult:
    protocol = real.persons_protocol("weighting")
    return real.answered(
        protocol, real.persons_file(folder / "persons.csv", real.nsw(), protocol), registry=folder
    )


def experiment(folder: Path) -> EvaluationResult:
    protocol = real.persons_protocol("experiment")
    return real.answered(
        protocol, real.persons_file(folder / "persons.csv", real.nsw(), protocol), registry=folder
    )


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, EvaluationResult]:
    made = {"staggered": staggered, "weighting": weighting, "experiment": experiment}
    return {name: make(tmp_path_factory.mktemp(name)) for name, make in made.items()}


@pytest.fixture(scope="module")
def pages(results: dict[str, EvaluationResult]) -> dict[tuple[str, str], str]:
    return {
        (name, language): report.render(result, language=language, made_at=AT)
        for name, result in results.items()
        for language in report.LANGUAGES
    }


@pytest.mark.parametrize("language", report.LANGUAGES)
@pytest.mark.parametrize("design", ["staggered", "weighting", "experiment"])
def test_every_page_is_whole(pages: dict[tuple[str, str], str], design: str, language: str) -> None:
    page = Page(pages[design, language])
    assert page.open == []
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    names = [tag for tag, _ in page.tags if tag in {"figure", "figcaption", "table"}]
    figures = [i for i, name in enumerate(names) if name == "figure"]
    assert len(figures) >= 2
    assert all(names[i + 1 : i + 3] == ["figcaption", "table"] for i in figures)
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    text = " ".join(page.text)
    assert re.findall(r"\b[a-z]+_[a-z_]+\b", text) == []
    assert "None" not in text
    assert "nan" not in text.split()


def test_the_course_of_the_effect_stands_as_chart_and_table(
    pages: dict[tuple[str, str], str], results: dict[str, EvaluationResult]
) -> None:
    page = pages["staggered", "en"]
    (effect,) = results["staggered"].effects
    assert effect.interval[0] < 2.0 < effect.interval[1]
    assert "Effect on “Lemp” by time since the start" in page
    assert page.count('<tr><th scope="row">2022</th>') == 4  # one group, four periods after the first
    assert '<th scope="row">−2</th>' in page
    assert "The test of that has p-value" in page


def test_the_evaluator_and_the_status_are_named(pages: dict[tuple[str, str], str]) -> None:
    page = pages["staggered", "en"]
    assert "The evaluation is internal: an agency’s evaluation of itself." in page
    assert "Preliminary result: outcomes will be looked at again" in page
    assert "1 of 2, planned for 1 February 2026" in page
    assert "Outcomes are looked at 2 times" in page
    other = pages["weighting", "nb"]
    assert "Evalueringen er ekstern" in other
    assert "Endelig resultat" in other


@pytest.mark.parametrize("language", report.LANGUAGES)
def test_who_ordered_who_receives_and_what_it_decides_stand_on_the_page(
    pages: dict[tuple[str, str], str], results: dict[str, EvaluationResult], language: str
) -> None:
    protocol = results["experiment"].protocol
    for said in (
        protocol.commissioner,
        protocol.receiver,
        protocol.decision_to_inform.in_language(language),
        protocol.programme_theory.in_language(language),
        protocol.evaluator.organisation,
        protocol.legal_basis.provision.in_language(language),
    ):
        assert said in pages["experiment", language]


def test_balance_and_other_answers_stand_on_the_page(
    pages: dict[tuple[str, str], str], results: dict[str, EvaluationResult]
) -> None:
    page = pages["weighting", "en"]
    (effect,) = results["weighting"].effects
    assert "What was known before the start, in each arm" in page
    for row in effect.balance:
        assert f'<th scope="row">{row.covariate}</th>' in page
    assert "Each beside the nearest comparison person" in page
    assert "Nobody was drawn by lot." in page
    assert "persons of the comparison are worth" in page
    assert "Comparison, weighted" not in pages["experiment", "en"]
    assert "The lot makes the arms alike but for chance." in pages["experiment", "en"]
    assert "Men without it" in pages["experiment", "en"]


def test_a_mean_that_would_give_few_persons_away_is_hidden(tmp_path: Path) -> None:
    rows = real.nsw()
    rare = rows.assign(hisp=[1.0 if number in (1, 2, 3) else 0.0 for number in range(len(rows))])
    protocol = real.persons_protocol("experiment", covariates=("hisp", "age"), sensitivity=[])
    file = real.persons_file(tmp_path / "p.csv", rare, protocol)
    result = real.answered(protocol, file, registry=tmp_path / "r")
    hidden, shown = result.effects[0].balance
    assert (hidden.trial, hidden.comparison) == (None, None)
    assert shown.trial is not None
    assert '<th scope="row">hisp</th><td>:</td><td>:</td>' in report.render(result, language="en", made_at=AT)


def test_every_result_is_read_back_the_same(results: dict[str, EvaluationResult], tmp_path: Path) -> None:
    for name, result in results.items():
        evaluation.save(result, tmp_path / f"{name}.json")
        assert evaluation.load(tmp_path / f"{name}.json") == result


def test_few_municipalities_are_told_without_an_interval(tmp_path: Path) -> None:
    starts, rows = invented_panel(gain=1.0)
    few: Protocol = real.panel_protocol({0: starts[0], 2022: starts[2022][:5]})
    kept = {*starts[0], *starts[2022][:5]}
    file = real.panel_file(tmp_path / "p.csv", [row for row in rows if row["municipality"] in kept], few)
    page = report.render(real.answered(few, file, registry=tmp_path / "r"), language="en", made_at=AT)
    assert "5 trial and 20 comparison municipalities are too few for one that can be trusted" in page
