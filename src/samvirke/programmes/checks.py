"""What is checked before rules are used: words, types, circles and the examples they carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from samvirke.programmes import policies
from samvirke.programmes.files import BadFile, Lines, Problem, Where, line_of, read
from samvirke.programmes.types import Criterion, Example, Outcome, Rules
from samvirke.programmes.vocabulary import BY_CODE, Answers, AskedFact, can_be

COMPARISONS = ("more_than", "less_than", "at_least", "at_most")


def read_rules(text: str) -> tuple[Rules, Lines]:
    """Rules as they are written, checked, and the line of each part. Raises BadFile.

    Examples are run last, when everything they rest on is in order.
    """
    rules, lines = read(text, Rules)
    for step in (_words, _circles, _examples):
        problems = list(step(rules, lines))
        if problems:
            raise BadFile(problems)
    return rules, lines


@lru_cache(maxsize=64)
def parsed(text: str) -> Rules:
    """Rules that were checked when they were saved."""
    return read_rules(text)[0]


def _words(rules: Rules, lines: Lines) -> Iterator[Problem]:
    """Every code is known, and every question suits its fact."""
    known = {criterion.code for criterion in rules.criteria}
    if rules.valid_to is not None and rules.valid_to <= rules.valid_from:
        yield _at(lines, ("valid_to",), "period_turned")
    seen: set[str] = set()
    for place, criterion in enumerate(rules.criteria):
        where: Where = ("criteria", place)
        if criterion.code in seen:
            yield _at(lines, (*where, "code"), "same_code", what=criterion.code)
        seen.add(criterion.code)
        yield from _question(criterion, where, lines)
        yield from _named(criterion, ("all", "any"), known, where, lines)
        if criterion.no is not None and criterion.no not in known:
            yield _at(lines, (*where, "not"), "unknown_criterion", what=criterion.no)
    for place, group in enumerate(rules.groups):
        yield from _named(group, ("all", "any", "flags"), known, ("groups", place), lines)


def _named(
    part: object, lists: tuple[str, ...], known: set[str], where: Where, lines: Lines
) -> Iterator[Problem]:
    for name in lists:
        for place, code in enumerate(getattr(part, name)):
            if code not in known:
                yield _at(lines, (*where, name, place), "unknown_criterion", what=code)


def _question(criterion: Criterion, where: Where, lines: Lines) -> Iterator[Problem]:
    """A criterion asks one thing: a fact, or a combination."""
    compares = [name for name in COMPARISONS if getattr(criterion, name) is not None]
    asks = [criterion.equals is not None, bool(criterion.one_of), bool(compares)]
    combines = [bool(criterion.all or criterion.any), criterion.no is not None]
    if (criterion.fact is None and any(asks)) or sum([criterion.fact is not None, *combines]) > 1:
        yield _at(lines, where, "asks_twice", what=criterion.code)
    elif (criterion.fact is None and not any(combines)) or (criterion.fact is not None and not any(asks)):
        yield _at(lines, where, "asks_nothing", what=criterion.code)
    elif criterion.fact is not None and sum(asks) > 1:
        yield _at(lines, where, "asks_twice", what=criterion.code)
    elif criterion.fact is not None and criterion.fact not in BY_CODE:
        yield _at(lines, (*where, "fact"), "unknown_fact", what=criterion.fact)
    elif criterion.fact is not None:
        yield from _suits(criterion, BY_CODE[criterion.fact], compares, where, lines)


def _suits(
    criterion: Criterion, fact: AskedFact, compares: list[str], where: Where, lines: Lines
) -> Iterator[Problem]:
    """The comparison fits the answers that the fact has."""
    code = {Answers.NUMBER: "needs_number", Answers.YES_NO: "needs_yes_no", Answers.CODE: "needs_code"}
    if compares and fact.answers is not Answers.NUMBER:
        yield _at(lines, (*where, compares[0]), code[fact.answers], what=fact.code)
    if criterion.equals is not None and not can_be(fact, criterion.equals):
        yield _at(lines, (*where, "equals"), code[fact.answers], what=fact.code)
    for place, value in enumerate(criterion.one_of):
        if fact.answers is not Answers.CODE or not can_be(fact, value):
            yield _at(lines, (*where, "one_of", place), code[fact.answers], what=fact.code)
    lowest, highest = criterion.at_least, criterion.at_most
    if lowest is not None and highest is not None and lowest > highest:
        yield _at(lines, (*where, "at_least"), "nobody_can")


def _circles(rules: Rules, lines: Lines) -> Iterator[Problem]:
    """No criterion rests on its own answer, be it round about."""
    rests_on = {criterion.code: criterion.rests_on for criterion in rules.criteria}
    told: set[str] = set()
    for place, criterion in enumerate(rules.criteria):
        way = _way_back(criterion.code, rests_on)
        if way and criterion.code not in told:
            told.update(way)
            yield _at(lines, ("criteria", place), "cycle", what=criterion.code, way=" → ".join(way))


def _way_back(code: str, rests_on: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The shortest way from a criterion to itself; empty where there is none."""
    ways: list[tuple[str, ...]] = [(code, other) for other in rests_on[code]]
    seen: set[str] = set()
    for way in ways:  # grows while it is read
        if way[-1] == code:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [(*way, other) for other in rests_on[way[-1]]]
    return ()


def _examples(rules: Rules, lines: Lines) -> Iterator[Problem]:
    """Each example is answered as it says, and each group has one that is admitted."""
    shown = set()
    for place, example in enumerate(rules.examples):
        where: Where = ("examples", place)
        problems = list(_example_words(example, where, lines))
        yield from problems
        if not problems:
            shown.add((example.group, example.scope))
            yield from _answered(rules, example, where, lines)
    for place, group in enumerate(rules.groups):
        if (group.code, group.scope) not in shown:
            yield _at(lines, ("groups", place), "no_example", what=f"{group.code}, {group.scope}")


def _example_words(example: Example, where: Where, lines: Lines) -> Iterator[Problem]:
    for code, value in example.facts.items():
        at = (*where, "facts", code)
        if code not in BY_CODE:
            yield _at(lines, at, "unknown_fact", what=code)
        elif not can_be(BY_CODE[code], value):
            yield _at(lines, at, "example_value", what=code, value=value)
    is_admitted = example.outcome is Outcome.ADMITTED
    if is_admitted != (example.group is not None) or is_admitted != (example.scope is not None):
        yield _at(lines, where, "example_group", what=example.name)


def _answered(rules: Rules, example: Example, where: Where, lines: Lines) -> Iterator[Problem]:
    verdict = policies.judge(rules, example.facts)
    expected = _words_of(example.outcome, example.group, example.scope)
    scope = verdict.scope if verdict.target_group else None
    got = _words_of(verdict.outcome, verdict.target_group, scope)
    if got != expected:
        yield _at(lines, where, "example_fails", what=example.name, expected=expected, got=got)


def _words_of(*codes: str | None) -> str:
    return ", ".join(code for code in codes if code)


def _at(lines: Lines, where: Where, code: str, **params: object) -> Problem:
    return Problem(line_of(lines, where), code, params)
