"""What an amendment changed, and what can no longer count as decided beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from samvirke.evaluation.protocol import Outcome, Protocol, Subgroup

# A change in one of these after outcomes were read touches every estimate.
TOUCHES_ALL = ("design", "estimand", "sites", "covariates", "alpha", "seed")
WORDS_ONLY = {"label", "unit", "measured"}


@dataclass(frozen=True, slots=True)
class Change:
    """One field of the protocol before and after, as JSON values; None where it was not there."""

    field: str
    before: Any
    after: Any


def differences(before: Any, after: Any, field: str = "") -> Iterator[Change]:
    """Every difference between two contents. Items of a list are told apart by name, if they have one."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(name for name in after if name not in before)]:
            yield from differences(before.get(name), after.get(name), f"{field}.{name}".lstrip("."))
    elif _named(before) and _named(after):
        yield from differences(_by_name(before), _by_name(after), field)
    elif before != after:
        yield Change(field, before, after)


def _named(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) and "name" in item for item in value)


def _by_name(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {item["name"]: item for item in items}


@dataclass(frozen=True, slots=True)
class Late:
    """What is in the protocol now and was not in `beforehand`, its last version before outcomes were read."""

    now: Protocol
    beforehand: Protocol

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields whose change touches every estimate."""
        return tuple(
            name for name in TOUCHES_ALL if getattr(self.now, name) != getattr(self.beforehand, name)
        )

    @property
    def added(self) -> tuple[str, ...]:
        """All that was added or changed, in the protocol's words."""
        return (
            *self.fields,
            *(f"outcome {one.name}" for one in self.now.outcomes if self.outcome(one)),
            *(f"subgroup {one.name}" for one in self.now.subgroups if self.subgroup(one)),
            *(("looks",) if self.now.looks != self.beforehand.looks else ()),
            *(f"sensitivity {one}" for one in self.now.sensitivity if one not in self.beforehand.sensitivity),
        )

    def outcome(self, outcome: Outcome) -> bool:
        """Whether the outcome, or how it is measured, is new; another wording is not."""
        return _core(outcome) not in [_core(one) for one in self.beforehand.outcomes]

    def subgroup(self, subgroup: Subgroup) -> bool:
        """Whether the subgroup, or who belongs to it, is new."""
        return _core(subgroup) not in [_core(one) for one in self.beforehand.subgroups]


def _core(part: Outcome | Subgroup) -> dict[str, Any]:
    return part.model_dump(exclude=WORDS_ONLY)
