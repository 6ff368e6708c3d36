"""Judging by target-group rules, in three-valued logic; which counts may be told; whose law holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date

from samvirke.kernel.codes import Country
from samvirke.people.types import ScreeningInput
from samvirke.programmes.types import Criterion, Group, Outcome, Rules, Scope, Verdict

Answer = bool | None  # None: unknown


SMALLEST_SHOWN = 5


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
    nobody knows, or the ones that failed. Flags are noted, and decide nothing.
    """
    answers = answers_to(rules, facts)
    verdicts = [(group, _group_answer(group, answers)) for group in rules.groups]
    for group, answer in verdicts:
        if answer is True:
            noted = tuple(code for code in group.flags if answers[code] is True)
            return Verdict(Outcome.ADMITTED, group.code, group.scope, _codes(group, answers, True), noted)
    unsure = [group for group, answer in verdicts if answer is None]
    if unsure:
        return Verdict(Outcome.UNKNOWN, None, Scope.CENTRAL, _several(unsure, answers, None))
    return Verdict(Outcome.REFUSED, None, Scope.CENTRAL, _several(rules.groups, answers, False))


def answers_to(rules: Rules, facts: Mapping[str, object]) -> dict[str, Answer]:
    """The answer to every criterion. The rules have no circles: that was checked when they were read."""
    known = {criterion.code: criterion for criterion in rules.criteria}
    found: dict[str, Answer] = {}
    for code in known:
        _answer(code, known, facts, found)
    return found


def facts_of(record: ScreeningInput, today: date) -> dict[str, object]:
    """What rules may ask about a record on a day."""
    born = record.birth_date
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return {**record.facts, "age": age}


def shown(count: int) -> int | None:
    """A count that may be told of a caseload; None where it is small, zero too.

    The same line as for figures that leave the partnership. Groups stand without a total, so that none can
    be worked out from the others.
    """
    return count if count >= SMALLEST_SHOWN else None


def _answer(
    code: str, known: Mapping[str, Criterion], facts: Mapping[str, object], found: dict[str, Answer]
) -> Answer:
    if code not in found:
        criterion = known[code]
        found[code] = (
            _holds(criterion, facts)
            if criterion.fact is not None
            else _combined(criterion, [_answer(one, known, facts, found) for one in criterion.rests_on])
        )
    return found[code]


def _combined(criterion: Criterion, answers: Sequence[Answer]) -> Answer:
    """`answers` are those to what the criterion rests on, in that order."""
    if criterion.no is not None:
        (answer,) = answers
        return None if answer is None else not answer
    every, some = answers[: len(criterion.all)], answers[len(criterion.all) :]
    return _all([_all(every), _any(some) if some else True])


def _holds(criterion: Criterion, facts: Mapping[str, object]) -> Answer:
    value = facts.get(criterion.fact or "")
    if value is None or value == "unknown":
        return None
    if criterion.equals is not None:
        return value == criterion.equals
    if criterion.one_of:
        return value in criterion.one_of
    if not isinstance(value, int):
        return None
    return (
        (criterion.more_than is None or value > criterion.more_than)
        and (criterion.less_than is None or value < criterion.less_than)
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
