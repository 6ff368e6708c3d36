"""Looking up the law packs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from samvirke.statutes.types import DisclosureBasis, Duty, Pack, PlanKind, Right

PACKS = Path(__file__).parent / "packs"


class BadPack(Exception):
    """A law pack cannot be read."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            f"The law pack {path.name} cannot be used: {problem}. Correct the file and start again."
        )


class UnknownProvision(LookupError):
    """No pack knows this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"No law pack knows {code!r}. Add it to the country's pack, with its source.")


def read_pack(path: Path) -> Pack:
    """One pack, checked. Raises BadPack."""
    try:
        return Pack.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as problem:
        raise BadPack(path, str(problem)) from problem


@cache
def packs(folder: Path = PACKS) -> tuple[Pack, ...]:
    """All packs of a folder, read once."""
    return tuple(read_pack(path) for path in sorted(folder.glob("*.yaml")))


def plan_kind(code: str, *, folder: Path = PACKS) -> PlanKind:
    """A plan kind by its code. Raises UnknownProvision."""
    for pack in packs(folder):
        for kind in pack.plan_kinds:
            if kind.code == code:
                return kind
    raise UnknownProvision(code)


def duty_of(role: str, *, folder: Path = PACKS) -> Duty | None:
    """What a law asks of a role, or None where no pack says."""
    return next((duty for pack in packs(folder) for duty in pack.duties if duty.role == role), None)


def disclosure_basis(code: str, *, folder: Path = PACKS) -> DisclosureBasis:
    """A disclosure basis by its code. Raises UnknownProvision."""
    for pack in packs(folder):
        for basis in pack.disclosure_bases:
            if basis.code == code:
                return basis
    raise UnknownProvision(code)


def country_of(plan_kind_code: str, *, folder: Path = PACKS) -> str:
    """The country whose pack holds the plan kind. Raises UnknownProvision."""
    for pack in packs(folder):
        if any(kind.code == plan_kind_code for kind in pack.plan_kinds):
            return pack.country
    raise UnknownProvision(plan_kind_code)


def rights(*, folder: Path = PACKS) -> tuple[Right, ...]:
    """Every right the packs list, in their order."""
    return tuple(right for pack in packs(folder) for right in pack.rights)


def right(code: str, *, folder: Path = PACKS) -> Right:
    """A right by its code. Raises UnknownProvision."""
    for found in rights(folder=folder):
        if found.code == code:
            return found
    raise UnknownProvision(code)
