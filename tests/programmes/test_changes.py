"""What would change a verdict, and what other rules would change in a caseload."""

from __future__ import annotations

import pytest

from programmes.rule_texts import YOUNG, young
from samvirke.programmes.changes import impact, what_would_change
from samvirke.programmes.checks import read_rules
from samvirke.programmes.policies import judge, shown
from samvirke.programmes.queries import rules
from samvirke.programmes.types import ImpactRow
from samvirke.programmes.vocabulary import BY_CODE

EVERYTHING = frozenset(BY_CODE)
LONG_TERM = {
    "main_income": "social_assistance",
    "assessed_at_risk": True,
    "assistance_months_last_year": 9,
    "assistance_years_of_last_three": 1,
    "relevant_for_labour_market": True,
    "age": 40,
    "is_single_provider": False,
    "is_immigrant_or_refugee": False,
    "assessed_needs_special_help": False,
}


def said(facts: dict[str, object], *, may_see: frozenset[str] = EVERYTHING) -> list[tuple[str, ...]]:
    """Each change in words: what holds, or does not, and the verdict."""
    found = what_would_change(rules("no_local_effort"), facts, may_see=may_see)
    return [
        (
            *(f"{'' if one.holds else 'not '}{one.sentence}" for one in change.altered),
            change.outcome,
            change.target_group,
        )
        for change in found
    ]


def test_one_answer_is_enough_to_leave_a_group() -> None:
    assert said(LONG_TERM) == [
        ("not Assessed as at risk of permanently losing attachment to working life", "refused", ""),
        ("not Social assistance for more than six months in the last year", "refused", ""),
        ("not Social assistance is the main income", "refused", ""),
        ("not Considered relevant for labour-market interventions", "refused", ""),
    ]


def test_two_roads_in_leave_two_answers_to_change() -> None:
    """Long-term by months and by years: either alone changes nothing, so it is not offered."""
    found = said({**LONG_TERM, "assistance_years_of_last_three": 3})
    assert not [one for one in found if any("months" in words or "years" in words for words in one)]
    assert len(found) == 3


def test_a_refused_record_is_told_what_would_admit_it() -> None:
    found = said({**LONG_TERM, "assistance_months_last_year": 6})
    assert (
        "Social assistance for more than six months in the last year",
        "admitted",
        "long_term_recipient",
    ) in found
    assert ("Between 20 and 24 years old", "admitted", "youth") in found
    assert ("18 or 19 years old, taken in early by local agreement", "admitted", "youth") in found
    assert ("Single provider", "admitted", "single_provider") in found
    assert not [one for one in found if "Immigrant or refugee" in one]  # that takes two answers


def test_only_the_smallest_changes_are_told() -> None:
    """Two answers are enough for two of the groups; what takes three is left out."""
    found = said({**LONG_TERM, "main_income": "wages", "assessed_at_risk": False})
    assert {len(one) for one in found} == {4}
    assert [one[-1] for one in found] == ["long_term_recipient", "immigrant_or_refugee"]


def test_of_what_is_unknown_every_answer_is_told() -> None:
    found = said({**LONG_TERM, "assessed_at_risk": None})
    risk = "Assessed as at risk of permanently losing attachment to working life"
    assert found == [(risk, "admitted", "long_term_recipient"), (f"not {risk}", "refused", "")]


def test_a_fact_the_viewer_may_not_see_is_never_offered() -> None:
    hidden = frozenset({"main_income", "assistance_months_last_year"})
    found = said(LONG_TERM, may_see=EVERYTHING - hidden)
    assert found
    assert not [one for one in found if any("assistance" in words for words in one)]
    assert said(LONG_TERM, may_see=frozenset()) == []


@pytest.mark.parametrize("age", [17, 18, 19, 20, 24, 25, 60])
@pytest.mark.parametrize("income", ["social_assistance", "wages", None])
@pytest.mark.parametrize("single", [True, False, None])
def test_whatever_is_told_does_change_the_verdict(age: int, income: str | None, single: bool | None) -> None:
    facts: dict[str, object] = {**LONG_TERM, "age": age, "main_income": income, "is_single_provider": single}
    before = judge(rules("no_local_effort"), facts)
    for change in what_would_change(rules("no_local_effort"), facts, may_see=EVERYTHING):
        assert change.altered
        assert change.outcome not in {before.outcome, "unknown"}


def caseload(*counts: tuple[int, int | None]) -> list[dict[str, object]]:
    """So many of each age, all on social assistance."""
    return [{"main_income": "social_assistance", "age": age} for many, age in counts for _ in range(many)]


def test_the_impact_counts_newly_no_longer_and_unknown() -> None:
    now, _ = read_rules(YOUNG)
    then, _ = read_rules(
        young(
            ("less_than: 25", "at_least: 20\n    at_most: 29"),
        )
    )
    found = impact(now, then, caseload((7, 18), (20, 22), (6, 27), (30, 50)))
    assert found == (ImpactRow("youth", 6, 7, None, None), ImpactRow("", None, None, None, None))


def test_what_becomes_unknown_is_counted_by_the_group_it_was_in() -> None:
    now, _ = read_rules(YOUNG)
    then, _ = read_rules(
        young(
            ("fact: age\n    less_than: 25", "fact: is_single_provider\n    equals: true"),
            ("age: 24}", "is_single_provider: true}"),
        )
    )
    found = impact(now, then, caseload((6, 20), (8, 40)))
    assert found == (ImpactRow("youth", None, None, None, 6), ImpactRow("", None, None, None, 8))


def test_who_moves_to_another_group_is_counted_apart() -> None:
    now, _ = read_rules(YOUNG)
    then, _ = read_rules(
        young(("- code: youth", "- code: single_provider"), ("group: youth", "group: single_provider"))
    )
    youth, single, nobody = impact(now, then, caseload((9, 20), (8, 40)))
    assert youth == ImpactRow("youth", None, None, 9, None)
    assert {single.newly, single.no_longer, single.moved, nobody.unknown} == {None}


def test_small_counts_are_not_told_nor_that_there_are_none() -> None:
    assert [shown(count) for count in (0, 1, 4, 5, 12)] == [None, None, None, 5, 12]
