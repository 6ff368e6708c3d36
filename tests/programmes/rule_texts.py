"""Small rules to change one thing in."""

from __future__ import annotations

YOUNG = """code: no_local_effort
source: Agreed by the partnership
valid_from: 2026-03-02
criteria:
  - code: on_assistance
    sentence: Social assistance is the main income
    fact: main_income
    equals: social_assistance
  - code: young
    sentence: Under 25
    fact: age
    less_than: 25
groups:
  - code: youth
    scope: local
    all: [on_assistance, young]
examples:
  - name: Twenty-four
    facts: {main_income: social_assistance, age: 24}
    outcome: admitted
    group: youth
    scope: local
"""


def young(*changes: tuple[str, str]) -> str:
    """The small rules, with each first text put in place of the other."""
    text = YOUNG
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def criterion(lines: str) -> tuple[str, str]:
    """A change that adds a criterion, before the groups."""
    return ("groups:\n", f"  - {lines}\ngroups:\n")
