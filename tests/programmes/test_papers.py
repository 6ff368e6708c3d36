"""Programmes as their papers tell of them: the figures of the sources, and files that are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import people
from samvirke.kernel.codes import AgencyKind
from samvirke.programmes import overviews
from samvirke.programmes.files import BadFile
from samvirke.programmes.loading import HISTORICAL, load_programme
from samvirke.programmes.models import Allocation, BudgetLine, LocalPartnership, Participant, ProgrammeYear
from samvirke.programmes.overviews import Money, ProgrammePage
from samvirke.programmes.papers import read_papers
from samvirke.surfaces.commands.programmes import programmes as command

PAPERS = HISTORICAL.read_text(encoding="utf-8")
MILLION_IN_ORE = 100_000_000
SMALL = """code: small
country: "no"
name: A small programme
purpose: To try
source: Its letter
years:
  - year: 2020
    source: Its letter
    newcomers: 1
    budget:
      - {receiver: Nav, earmark: total, amount: 100, currency: NOK, source: Its letter}
    places:
      - {stage: given_out, municipality: Fjordvik, places: 3, source: Its letter}
    efforts:
      - {name: We, partnership: Samlet innsats}
    municipalities:
      - {name: Fjordvik, effort: We}
goals:
  - {about: Work, text: Half of them, target: 50, unit: per cent, source: Its letter}
  - {about: Work, text: More of them, effort: We, year: 2020, target: 62.5, unit: per cent, source: Ours}
"""


def historical() -> ProgrammePage:
    """The effort of 2003-2004, as its page shows it."""
    (found,) = [row for row in overviews.programmes() if row.first_year == 2003]
    return overviews.programme(found.programme_id)


def small(*changes: tuple[str, str]) -> str:
    """The small papers, with each first text put in place of the other."""
    text = SMALL
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@people.database
def test_the_figures_of_the_sources() -> None:
    page = historical()
    first, second = page.years
    assert [first.stated_newcomers, second.stated_newcomers] == [31, 14]
    assert [first.listed_newcomers, second.listed_newcomers] == [31, 14]
    assert (page.municipalities, page.efforts) == (45, 9)
    assert [len(first.efforts), len(second.efforts)] == [6, 3]
    assert sum(len(effort.participants) for year in page.years for effort in year.efforts) == 23


@people.database
def test_the_money_of_2003_is_its_parts_and_that_of_2004_is_not_stated() -> None:
    first, second = historical().years
    (budget,) = first.budgets
    assert {part.earmark: part.money.ore for part in budget.parts} == {
        "places": 150 * MILLION_IN_ORE,
        "personnel": 25 * MILLION_IN_ORE,
    }
    assert budget.stated == budget.summed == Money(175 * MILLION_IN_ORE, "NOK")
    assert not budget.differs
    assert [budget.stated for budget in second.budgets] == [Money(None, "NOK")]
    assert first.rates == second.rates == ()


@people.database
def test_places_budgeted_and_given_out_differ_and_both_are_kept() -> None:
    first, second = historical().years
    counted = {count.stage: [line.places for line in count.lines] for count in first.places}
    assert counted == {"budgeted": [1000, 300], "given_out": [1250]}
    assert {count.stage: count.summed for count in first.places} == {"budgeted": 1300, "given_out": 1250}
    assert first.places_differ
    assert [count.summed for count in second.places] == [346]
    assert not second.places_differ


@people.database
def test_what_no_source_says_stays_unknown() -> None:
    everybody = [
        one
        for year in historical().years
        for one in (*year.alone, *(one for effort in year.efforts for one in effort.participants))
    ]
    assert len(everybody) == 45
    assert {(one.code, one.places) for one in everybody} == {("", None)}
    assert {effort.places for year in historical().years for effort in year.efforts} == {None}


@people.database
def test_own_goals_stand_beside_the_central_one_and_agencies_have_the_names_of_their_time() -> None:
    page = historical()
    (goals,) = page.goals
    assert [len(goals.central), [one.whose for one in goals.own]] == [1, ["Noen steder, ikke navngitt"]]
    assert {one.target for one in (*goals.central, *goals.own)} == {None}
    assert {(one.name, one.kind) for one in page.names_then} == {
        ("Aetat", AgencyKind.NAV_STATE),
        ("Trygdeetaten", AgencyKind.NAV_STATE),
        ("Sosialtjenesten", AgencyKind.SOCIAL_SERVICE),
    }


def test_every_figure_of_the_papers_names_its_source_and_line() -> None:
    papers, _ = read_papers(PAPERS)
    figures = [line for year in papers.years for line in (*year.budget, *year.places)]
    assert len(figures) == 8
    assert all("(kilde A, linje " in one.source for one in (*figures, *papers.years, papers.goals[0]))


@pytest.mark.usefixtures("committed")
def test_the_same_file_twice_changes_nothing() -> None:
    before = _rows()
    again = load_programme(text=PAPERS)
    assert not again.is_new
    assert _rows() == before


@pytest.mark.usefixtures("committed")
def test_a_corrected_file_takes_the_place_of_the_earlier_one() -> None:
    load_programme(text=small())
    before = _rows()
    page = _small()
    (goals,) = page.goals
    assert [(one.whose, one.target) for one in (*goals.central, *goals.own)] == [
        ("", 50),
        ("Samlet innsats", 62.5),
    ]
    (effort,) = page.years[0].efforts
    assert [(one.name, one.places) for one in effort.participants] == [("Fjordvik", 3)]
    found = load_programme(
        text=small(("amount: 100", "amount: '99.50'"), ("earmark: total", "earmark: places"))
    )
    assert found.is_new
    (budget,) = _small().years[0].budgets
    assert (budget.stated, budget.summed) == (None, Money(9950, "NOK"))
    assert [len(rows) for rows in _rows()] == [len(rows) for rows in before]


@pytest.mark.usefixtures("committed")
def test_a_stated_total_and_parts_that_disagree_are_both_shown() -> None:
    part = (
        "      - {receiver: Nav, earmark: places, amount: 99, currency: NOK, source: Its letter}\n    places:"
    )
    load_programme(text=small(("    places:", part)))
    (budget,) = _small().years[0].budgets
    assert budget.differs
    assert (budget.stated, budget.summed) == (Money(10000, "NOK"), Money(9900, "NOK"))


@pytest.mark.usefixtures("committed")
def test_an_effort_that_is_set_up_here_keeps_its_rules() -> None:
    load_programme(text=small())
    here = LocalPartnership.objects.get(pk=people.PARTNERSHIP)
    assert (here.name, here.rules, here.programme and here.programme.code) == (
        "Samlet innsats",
        "no_local_effort",
        "small",
    )
    load_programme(text=small((", partnership: Samlet innsats", "")))
    here.refresh_from_db()
    assert here.programme is None
    assert LocalPartnership.objects.filter(name="We", rules="").count() == 1


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (("amount: 100", "amount: 99.5"), "wrong_money", "earmark: total"),
        (("amount: 100", "amount: 'a lot'"), "wrong_money", "earmark: total"),
        (("amount: 100", "amount: -1"), "wrong_money", "earmark: total"),
        (("effort: We}", "effort: They}"), "unknown_effort", "name: Fjordvik"),
        (("municipality: Fjordvik", "municipality: Elsewhere"), "unknown_place", "Elsewhere"),
        (("year: 2020,", "year: 2021,"), "unknown_year", "2021"),
        (("- {name: Fjordvik, effort: We}", "- {name: Fjordvik}\n      - {name: Fjordvik}"), "same_name", ""),
        (("currency: NOK", "currency: kroner"), "wrong_value", "kroner"),
        (("newcomers: 1", "newcommers: 1"), "not_a_word", "newcommers"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(change: tuple[str, str], code: str, words: str) -> None:
    text = small(change)
    with pytest.raises(BadFile) as bad:
        read_papers(text)
    (found,) = bad.value.problems
    assert found.code == code
    if words:
        assert words in text.splitlines()[found.line - 1]


@pytest.mark.usefixtures("committed")
def test_a_partnership_that_is_not_set_up_here_is_refused_and_nothing_written() -> None:
    before = _rows()
    with pytest.raises(BadFile, match="no local partnership called “Elsewhere” here"):
        load_programme(text=small(("partnership: Samlet innsats", "partnership: Elsewhere")))
    assert _rows() == before


@pytest.mark.usefixtures("committed")
def test_the_command_says_what_it_read_and_what_is_wrong(tmp_path: Path) -> None:
    again = CliRunner().invoke(command, ["load"])
    assert "was read in before; nothing has changed: 2 years, 45 municipalities, 9" in again.output
    file = tmp_path / "papers.yaml"
    file.write_text(small(), encoding="utf-8")
    assert "is read in: 1 years, 1 municipalities" in CliRunner().invoke(command, ["load", str(file)]).output
    file.write_text(small(("amount: 100", "amount: 99.5")), encoding="utf-8")
    refused = CliRunner().invoke(command, ["load", str(file)])
    assert refused.exit_code == 1
    assert "nothing was changed" in refused.output
    assert "Line 11: “amount” is no sum of money." in refused.output


def test_the_papers_are_plain_yaml() -> None:
    assert yaml.safe_load(PAPERS)["code"] == "labour_market_effort_2003"


def _small() -> ProgrammePage:
    (found,) = [row for row in overviews.programmes() if row.first_year == 2020]
    return overviews.programme(found.programme_id)


def _rows() -> list[list[object]]:
    """Every row that papers write, but for what they say."""
    tables = (ProgrammeYear, Participant, BudgetLine, Allocation, LocalPartnership)
    return [sorted(table._default_manager.values_list("pk", flat=True)) for table in tables]
