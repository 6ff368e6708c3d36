"""What would change a verdict, and what other rules would change in a caseload. Arithmetic, no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from samvirke.programmes.policies import answers_to, judge, shown
from samvirke.programmes.types import Altered, Change, Criterion, ImpactRow, Outcome, Rules, Verdict
from samvirke.programmes.vocabulary import BY_CODE, Answers

Facts = Mapping[str, object]
MOST_FACTS = 3  # more at once is no advice
SOMETHING_ELSE = "something else"  # a code that no rule asks for


def what_would_change(rules: Rules, facts: Facts, *, may_see: Collection[str]) -> tuple[Change, ...]:
    """The smallest sets of facts whose other answers lead to another verdict, each said by its criteria.

    A refused record is looked at for what would admit it, an admitted one for what would not; of what is
    unknown, every answer is tried. may_see: the codes of facts that may be told of.
    """
    before, answers = judge(rules, facts), answers_to(rules, facts)
    others = {
        code: values
        for code in sorted(_asked_by(rules, before, answers) & set(may_see))
        if (values := _other_answers(rules, code, facts.get(code)))
    }
    for size in range(1, MOST_FACTS + 1):
        found = dict.fromkeys(_changes(rules, facts, before, others, size))
        if found:
            return tuple(found)
    return ()


def impact(now: Rules, then: Rules, caseload: Iterable[Facts]) -> tuple[ImpactRow, ...]:
    """How many the other rules would newly admit, admit no longer, move or leave unknown, by group.

    A row for each group of either rules; the last, of no group, for those that nobody admits now. Each record
    is counted once, by the group it is in now, or by the one that newly admits it.
    """
    newly, lost, moved, unknown = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for facts in caseload:
        before, after = judge(now, facts), judge(then, facts)
        old, new = before.target_group or "", after.target_group or ""
        if after.outcome is Outcome.UNKNOWN and before.outcome is not Outcome.UNKNOWN:
            unknown[old] += 1
        elif old and new and old != new:
            moved[old] += 1
        elif old != new:
            newly[new] += 1
            lost[old] += 1
    groups = dict.fromkeys(group.code.value for rules in (now, then) for group in rules.groups)
    counts = (newly, lost, moved, unknown)
    rows = [ImpactRow(group, *(shown(count[group]) for count in counts)) for group in groups]
    return (*rows, ImpactRow("", None, None, None, shown(unknown[""])))


def _asked_by(rules: Rules, verdict: Verdict, answers: Mapping[str, bool | None]) -> set[str]:
    """The facts behind the criteria that decided."""
    known = {criterion.code: criterion for criterion in rules.criteria}
    decided = set(verdict.deciding)
    if verdict.outcome is Outcome.REFUSED:  # what nobody knows stands in the way of being admitted as well
        named = {code for group in rules.groups for code in (*group.all, *group.any)}
        decided |= {code for code in named if answers[code] is None}
    return {fact for code in decided for fact in _facts_of(code, known)}


def _facts_of(code: str, known: Mapping[str, Criterion]) -> Iterator[str]:
    criterion = known[code]
    if criterion.fact is not None:
        yield criterion.fact
    for other in criterion.rests_on:
        yield from _facts_of(other, known)


def _changes(
    rules: Rules, facts: Facts, before: Verdict, others: Mapping[str, Sequence[object]], size: int
) -> Iterator[Change]:
    for codes in combinations(others, size):
        for values in product(*(others[code] for code in codes)):
            then = {**facts, **dict(zip(codes, values, strict=True))}
            after = judge(rules, then)
            if _is_wanted(before, after):
                yield Change(
                    altered=_altered(rules, facts, then, codes),
                    outcome=after.outcome,
                    target_group=after.target_group or "",
                    scope=after.scope if after.target_group else "",
                )


def _is_wanted(before: Verdict, after: Verdict) -> bool:
    """Another verdict, and one that says more than that nobody knows."""
    if before.outcome is Outcome.REFUSED:
        return after.outcome is Outcome.ADMITTED
    return after.outcome not in {before.outcome, Outcome.UNKNOWN}


def _altered(rules: Rules, facts: Facts, then: Facts, codes: Collection[str]) -> tuple[Altered, ...]:
    """The criteria on the changed facts whose answer is another one then."""
    old, new = answers_to(rules, facts), answers_to(rules, then)
    return tuple(
        Altered(criterion.sentence, holds)
        for criterion in rules.criteria
        if criterion.fact in codes
        and (holds := new[criterion.code]) is not None
        and holds != old[criterion.code]
    )


def _other_answers(rules: Rules, code: str, present: object) -> list[object]:
    """One answer for each way the rules tell answers to this fact apart, but for the present way."""
    asking = [criterion for criterion in rules.criteria if criterion.fact == code]
    answers = BY_CODE[code].answers
    if answers is Answers.YES_NO:
        return [value for value in (True, False) if value is not present]
    if answers is Answers.CODE:
        named = {word for criterion in asking for word in (criterion.equals, *criterion.one_of) if word}
        is_another = not (present in named or present is None or present == "unknown")
        words = sorted(map(str, named - {present}))
        return [*words, *([] if is_another else [SOMETHING_ELSE])]
    return _other_numbers(asking, present)


def _other_numbers(asking: Sequence[Criterion], present: object) -> list[object]:
    starts = {0}
    for criterion in asking:
        for start in (criterion.at_least, criterion.less_than):
            starts |= set() if start is None else {start}
        for end in (criterion.at_most, criterion.more_than):
            starts |= set() if end is None else {end + 1}
        if isinstance(criterion.equals, int):
            starts |= {criterion.equals, criterion.equals + 1}
    ordered = sorted(start for start in starts if start >= 0)
    own = max((start for start in ordered if isinstance(present, int) and start <= present), default=None)
    return [start for start in ordered if start != own]
