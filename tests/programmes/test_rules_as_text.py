"""Rules as an expert writes them: what is understood, and what is refused, with its line."""

from __future__ import annotations

import pytest

from programmes.rule_texts import YOUNG, criterion, young
from samvirke.programmes import policies
from samvirke.programmes.checks import read_rules
from samvirke.programmes.files import BadFile

AGE = "fact: age\n    less_than: 25"
LAST = "\nexamples:"


def problems(text: str) -> list[tuple[int, str]]:
    """Line and code of each problem; none where the rules can be used."""
    try:
        read_rules(text)
    except BadFile as bad:
        return [(problem.line, problem.code) for problem in bad.problems]
    return []


def line(text: str, words: str) -> int:
    """The line some words stand on."""
    (found,) = [number for number, one in enumerate(text.splitlines(), 1) if words in one]
    return found


@pytest.mark.parametrize(
    ("change", "code", "at"),
    [
        ((AGE, "fact: shoe_size\n    less_than: 25"), "unknown_fact", "shoe_size"),
        ((AGE, "fact: assessed_at_risk\n    less_than: 25"), "needs_yes_no", "less_than"),
        ((AGE, "fact: assessed_at_risk\n    equals: 1"), "needs_yes_no", "equals: 1"),
        ((AGE, "fact: age\n    equals: true"), "needs_number", "equals: true"),
        ((AGE, "fact: age\n    one_of: ['24']"), "needs_number", "one_of"),
        (("equals: social_assistance", "equals: gambling"), "needs_code", "gambling"),
        (("equals: social_assistance", "equals: unknown"), "needs_code", "unknown"),
        ((AGE, "fact: age\n    at_least: 30\n    at_most: 20"), "nobody_can", "at_least"),
        ((AGE, "fact: age"), "asks_nothing", "code: young"),
        ((AGE, "less_than: 25"), "asks_twice", "code: young"),
        ((AGE, "fact: age\n    less_than: 25\n    not: on_assistance"), "asks_twice", "code: young"),
        ((AGE, "fact: age\n    less_than: 25\n    equals: 3"), "asks_twice", "code: young"),
        (("[on_assistance, young]", "[on_assistance, old]"), "unknown_criterion", "old"),
        (("scope: local\n    all", "scope: local\n    flags: [old]\n    all"), "unknown_criterion", "flags"),
        (criterion("{code: young, sentence: Again, not: on_assistance}"), "same_code", "Again"),
        (criterion("{code: other, sentence: Other, not: nothing}"), "unknown_criterion", "Other"),
        (("from: 2026-03-02", "from: 2026-03-02\nvalid_to: 2026-03-02"), "period_turned", "valid_to"),
        (("age: 24}", "age: many}"), "example_value", "age: many"),
        (("age: 24}", "shoe_size: 24}"), "unknown_fact", "shoe_size"),
        (("    group: youth\n    scope: local\n", ""), "example_group", "Twenty-four"),
        (("age: 24}", "age: 25}"), "example_fails", "Twenty-four"),
        (("source:", "sauce:"), "not_a_word", "sauce"),
        (("less_than: 25", "less_than: '25'"), "wrong_value", "less_than"),
        (("code: youth", "code: elders"), "wrong_value", "elders"),
        (("valid_from: 2026-03-02", "valid_from: 2026-02-30"), "not_yaml", "code: no_local_effort"),
        (("sentence: Under 25", "sentence: {a"), "not_yaml", "fact: age"),
        (("fact: age", "fact: age\n    fact: age"), "twice", ""),
        (("fact: age", "fact: &x age"), "alias", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(change: tuple[str, str], code: str, at: str) -> None:
    text = young(change)
    if code == "alias":
        text = text.replace("[on_assistance, young]", "[on_assistance, *x]")
        at = "*x"
    found = problems(text)
    assert code in [one for _, one in found]
    if at:
        assert (line(text, at), code) in found


def test_what_is_missing_is_named() -> None:
    with pytest.raises(BadFile, match="“source” is missing") as bad:
        read_rules(young(("source: Agreed by the partnership\n", "")))
    assert [problem.code for problem in bad.value.problems] == ["missing"]


def test_several_problems_are_said_at_once_in_the_order_of_their_lines() -> None:
    text = young(("equals: social_assistance", "equals: gambling"), ("fact: age", "fact: shoe_size"))
    assert problems(text) == [
        (line(text, "gambling"), "needs_code"),
        (line(text, "shoe_size"), "unknown_fact"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "way"),
    [
        ("not: one", "not: on_assistance", "one → one"),
        ("not: two", "all: [young, one]", "one → two → one"),
        ("any: [young, two]", "not: one", "one → two → one"),
    ],
)
def test_a_rule_that_refers_to_itself_is_refused(first: str, second: str, way: str) -> None:
    text = young(
        criterion(f"{{code: one, sentence: One, {first}}}\n  - {{code: two, sentence: Two, {second}}}")
    )
    with pytest.raises(BadFile, match=f"“one” refers to itself: {way}"):
        read_rules(text)
    assert problems(text) == [(line(text, "code: one"), "cycle")]


def test_a_chain_that_ends_is_no_circle() -> None:
    text = young(
        criterion("{code: one, sentence: One, all: [two, young]}\n  - {code: two, sentence: Two, not: young}")
    )
    assert problems(text) == []


@pytest.mark.parametrize(
    ("combined", "answers"),
    [  # a: 20 and on assistance; b: 30 and on assistance; c: 20, income unknown
        ("all: [on_assistance, young]", (True, False, None)),
        ("any: [on_assistance, young]", (True, True, True)),
        ("not: young", (False, True, False)),
        ("not: on_assistance", (False, False, None)),
        ("{all: [young], any: [on_assistance]}", (True, False, None)),
    ],
)
def test_combinations_in_three_valued_logic(combined: str, answers: tuple[bool | None, ...]) -> None:
    parts = combined.strip("{}")
    rules, _ = read_rules(young(criterion(f"{{code: both, sentence: Both, {parts}}}")))
    cases: list[dict[str, object]] = [
        {"main_income": "social_assistance", "age": 20},
        {"main_income": "social_assistance", "age": 30},
        {"main_income": "unknown", "age": 20},
    ]
    assert tuple(policies.answers_to(rules, facts)["both"] for facts in cases) == answers


def test_one_of_several_codes() -> None:
    rules, _ = read_rules(young(("equals: social_assistance", "one_of: [social_assistance, wages]")))
    found = [
        policies.answers_to(rules, {"main_income": income})["on_assistance"]
        for income in ("wages", "disability_pension", None)
    ]
    assert found == [True, False, None]


def test_a_group_without_an_example_is_refused() -> None:
    text = young(("examples:", "  - {code: single_provider, scope: central, all: [young]}\nexamples:"))
    assert problems(text) == [(line(text, "single_provider"), "no_example")]


def test_a_failing_example_says_what_was_expected_and_what_came() -> None:
    with pytest.raises(
        BadFile, match="“Twenty-four” expects admitted, youth, local, and the rules answer refused"
    ):
        read_rules(young(("less_than: 25", "less_than: 24")))


@pytest.mark.parametrize("text", ["", "# nothing", "[" * 40, "a: " + "{a: " * 40, "just words", "- a\n- b"])
def test_what_is_no_rules_at_all_is_refused_too(text: str) -> None:
    assert problems(text)


def test_the_small_rules_are_in_order() -> None:
    assert problems(YOUNG) == []
