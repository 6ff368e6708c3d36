"""Whose deliveries the receiver of a tertial report expects, and what they have stated themselves.

A stated number and the counted one are both kept, and a difference is shown; neither corrects the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError


class UnreadableExpectations(ValueError):
    """The file does not say whose deliveries are expected."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            f"{path} was not read as a list of expected deliveries: {problem}. Each entry needs a `source`, "
            "as "
            "it stands in the delivery's receipt."
        )


@dataclass(frozen=True, slots=True)
class Stated:
    """What a partnership says itself, in a letter or on a form, of one indicator."""

    source: str
    indicator: str
    value: int


class OwnGoal(BaseModel):
    """A goal that a partnership has set itself, beside the central one of an indicator, in per cent."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    indicator: str
    own: int | None = None
    central: int | None = None


class Expected(BaseModel):
    """One expected delivery."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    stated: dict[str, int] = Field(default_factory=dict)
    own_goals: tuple[OwnGoal, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    deliveries: tuple[Expected, ...]


def expected(path: Path) -> tuple[Expected, ...]:
    """Those named in the file. Raises UnreadableExpectations."""
    try:
        return _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).deliveries
    except (OSError, yaml.YAMLError, ValidationError) as problem:
        raise UnreadableExpectations(path, str(problem)) from problem
