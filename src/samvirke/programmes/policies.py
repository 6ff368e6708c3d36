"""Judging a record by target-group rules, in three-valued logic; and whose law a partnership is under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from samvirke.kernel.codes import Country
from samvirke.programmes.types import Criterion, Group, Outcome, Rules, Scope, Verdict

Answer = bool | None  # None: unknown


class SeveralCountries(Exception):
    """A partnership was to have municipalities of several countries, or of none that is known."""

    def __init__(self) -> None:
        super().__init__(
            "A partnership has municipalities of one country, since its plans follow one country's law. "
            "Name municipalities of one country that are set up."
        )


def only_country(countries: Set[Country]) -> Country:
    """Raises SeveralCountries."""
    if len(countries) != 1:
        raise SeveralCountries
    (country,) = countries
    return country


def judge(rules: Rules, facts: Mapping[str, object]) -> Verdict:
    """Admitted by the first group whose criteria hold; else unknown if a group might; else refused.

    Central groups come before local ones in the rules. `deciding` names the criteria that held, the ones
    nobody knows, or the ones that failed.
    """
    answers = {criterion.code: _holds(criterion, facts) for criterion in rules.criteria}
    verdicts = [(group, _group_answer(group, answers)) for group in rules.groups]
    for group, answer in verdicts:
        if answer is True:
            return Verdict(Outcome.ADMITTED, group.code, group.scope, _codes(group, answers, True))
    unsure = [group for group, answer in verdicts if answer is None]
    if unsure:
        return Verdict(Outcome.UNKNOWN, None, Scope.CENTRAL, _several(unsure, answers, None))
    return Verdict(Outcome.REFUSED, None, Scope.CENTRAL, _several(rules.groups, answers, False))


def _holds(criterion: Criterion, facts: Mapping[str, object]) -> Answer:
    value = facts.get(criterion.fact)
    if value is None or value == "unknown":
        return None
    if criterion.equals is not None:
        return value == criterion.equals
    if not isinstance(value, int):
        return None
    return (
        (criterion.more_than is None or value > criterion.more_than)
        and (criterion.at_least is None or value >= criterion.at_least)
        and (criterion.at_most is None or value <= criterion.at_most)
    )


def _group_answer(group: Group, answers: Mapping[str, Answer]) -> Answer:
    every = _all(answers[code] for code in group.all)
    some = _any(answers[code] for code in group.any) if group.any else True
    return _all([every, some])


def _all(answers: Iterable[Answer]) -> Answer:
    found = list(answers)
    if False in found:
        return False
    return None if None in found else True


def _any(answers: Iterable[Answer]) -> Answer:
    found = list(answers)
    if True in found:
        return True
    return None if None in found else False


def _codes(group: Group, answers: Mapping[str, Answer], wanted: Answer) -> tuple[str, ...]:
    return tuple(code for code in (*group.all, *group.any) if answers[code] is wanted)


def _several(groups: Iterable[Group], answers: Mapping[str, Answer], wanted: Answer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for group in groups for code in _codes(group, answers, wanted)))
