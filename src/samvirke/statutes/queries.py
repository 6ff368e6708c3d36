"""Looking up the law packs. What stands in them from memory alone is found by nothing in here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import ValidationError

from samvirke.kernel.codes import AgencyKind, Country
from samvirke.statutes import policies
from samvirke.statutes.condition_benefits import ConditionBenefit
from samvirke.statutes.policies import Fault
from samvirke.statutes.provisions import Provision
from samvirke.statutes.types import (
    AccessLog,
    DisclosureBasis,
    Duty,
    JointFunding,
    KeptBackCase,
    LegalBasis,
    Pack,
    PlanKind,
    ProtectionLevel,
    Right,
    SecrecyRule,
    StatementTopic,
)

PACKS = Path(__file__).parent / "packs"
P = TypeVar("P", bound=Provision)


class BadPack(Exception):
    """A law pack cannot be used."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(
            f"The law pack {fault.file} cannot be used. {fault.row}: {fault.problem}. "
            "Correct the file and start again."
        )
        self.fault = fault


class UnknownProvision(LookupError):
    """No pack knows this code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"No law pack knows {code!a}. Correct the code, or add it to the country's pack, with its source."
        )


def packs() -> tuple[Pack, ...]:
    """All packs, read once. Raises BadPack."""
    return read_packs(PACKS)


@cache
def read_packs(folder: Path) -> tuple[Pack, ...]:
    """The packs of a folder, each checked, and all of them together. Raises BadPack."""
    found = {path.name: _read(path) for path in sorted(folder.glob("*.yaml"))}
    for fault in policies.faults(found):
        raise BadPack(fault)
    return tuple(found.values())


def topics(country: Country) -> tuple[StatementTopic, ...]:
    """What plans of the country state besides what every plan can."""
    return tuple(topic for pack in packs() if pack.country is country for topic in pack.topics)


def condition_benefits(country: Country, given_by: AgencyKind) -> tuple[ConditionBenefit, ...]:
    """What an agency of a kind gives itself and may tie to something; never what is protected."""
    found = (one for pack in packs() if pack.country is country for one in pack.condition_benefits)
    return tuple(one for one in found if given_by in one.given_by and not one.is_protected)


def benefit_label(code: str) -> str:
    """What a benefit is called, as a message id. Raises UnknownProvision."""
    for pack in packs():
        for one in pack.condition_benefits:
            if one.code == code:
                return one.label
    raise UnknownProvision(code)


def plan_kinds(country: Country, *, on: date) -> tuple[PlanKind, ...]:
    """The kinds of plan that a country's law knows on a day, in the order of its pack."""
    kinds = (kind for pack in packs() if pack.country is country for kind in pack.plan_kinds)
    return tuple(kind for kind in kinds if kind.is_usable and kind.holds_on(on))


def plan_kind(code: str, *, on: date) -> PlanKind:
    """A plan kind as it was in force on a day; the newest row where none was. Raises UnknownProvision."""
    return _of_day((kind for pack in packs() for kind in pack.plan_kinds), code, on)


def country_of(plan_kind_code: str) -> Country:
    """The country whose law knows the plan kind. Raises UnknownProvision."""
    for pack in packs():
        if any(kind.code == plan_kind_code and kind.is_usable for kind in pack.plan_kinds):
            return pack.country
    raise UnknownProvision(plan_kind_code)


def duty_of(role: str, country: Country) -> Duty | None:
    """What the country's law asks of a role, or None where its packs do not say."""
    duties = (duty for pack in packs() if pack.country is country for duty in pack.duties)
    return next((duty for duty in duties if duty.role == role and duty.is_usable), None)


def duties(country: Country, *, on: date) -> tuple[Duty, ...]:
    """What a country's law lays on roles on a day."""
    return _in_force((duty for pack in packs() if pack.country is country for duty in pack.duties), on)


def disclosure_basis(code: str, *, on: date) -> DisclosureBasis:
    """A disclosure basis as of a day; the newest row where none was in force. Raises UnknownProvision."""
    return _of_day((basis for pack in packs() for basis in pack.disclosure_bases), code, on)


def disclosure_bases(country: Country, *, on: date) -> tuple[DisclosureBasis, ...]:
    """What a country's packs know of telling another body on a day, in their order."""
    return _in_force(
        (basis for pack in packs() if pack.country is country for basis in pack.disclosure_bases), on
    )


def secrecy(country: Country, *, on: date) -> tuple[SecrecyRule, ...]:
    """Whom secrecy binds in a country on a day."""
    return _in_force((rule for pack in packs() if pack.country is country for rule in pack.secrecy), on)


def legal_bases(country: Country, *, on: date) -> tuple[LegalBasis, ...]:
    """The bases of the GDPR that a country's packs know on a day."""
    return _in_force((basis for pack in packs() if pack.country is country for basis in pack.legal_bases), on)


def consent_basis(country: Country) -> DisclosureBasis:
    """What a person's yes rests on in a country: its first basis that needs consent.

    Raises UnknownProvision.
    """
    for pack in packs():
        for basis in pack.disclosure_bases:
            if pack.country is country and basis.needs_consent and basis.is_usable:
                return basis
    raise UnknownProvision(f"{country}, a basis that needs consent")


def joint_funding(country: Country, *, on: date) -> JointFunding:
    """How the parties of a joint body pay for it by a country's law. Raises UnknownProvision."""
    for pack in packs():
        for funding in pack.joint_funding:
            if pack.country is country and funding.is_usable and funding.holds_on(on):
                return funding
    raise UnknownProvision(f"{country}, joint funding")


def protection_levels(country: Country, *, on: date) -> tuple[ProtectionLevel, ...]:
    """How far a country's register can hide where somebody is, on a day, in the order of its pack."""
    return _in_force(
        (level for pack in packs() if pack.country is country for level in pack.protection_levels), on
    )


def protection_level(code: str, *, on: date) -> ProtectionLevel:
    """A level as of a day; the newest row where none was in force. Raises UnknownProvision."""
    return _of_day((level for pack in packs() for level in pack.protection_levels), code, on)


def access_log(country: Country) -> AccessLog:
    """What a country's packs say of the log that persons read. Raises UnknownProvision."""
    for pack in packs():
        if pack.country is country and pack.access_log is not None:
            return pack.access_log
    raise UnknownProvision(f"{country}, the access log")


def kept_back_case(code: str) -> KeptBackCase:
    """A type of case in which lines may be kept back. Raises UnknownProvision."""
    for pack in packs():
        for case in pack.access_log.kept_back if pack.access_log else ():
            if case.code == code:
                return case
    raise UnknownProvision(code)


def rights(country: Country) -> tuple[Right, ...]:
    """Every right that a country's packs list, in their order."""
    found = (right for pack in packs() if pack.country is country for right in pack.rights)
    return tuple(right for right in found if right.is_usable)


def right(code: str) -> Right:
    """A right by its code. Raises UnknownProvision."""
    for pack in packs():
        for found in pack.rights:
            if found.code == code and found.is_usable:
                return found
    raise UnknownProvision(code)


def _in_force(rows: Iterable[P], on: date) -> tuple[P, ...]:
    return tuple(row for row in rows if row.is_usable and row.holds_on(on))


def _of_day(rows: Iterable[P], code: str, on: date) -> P:
    found = [row for row in rows if row.code == code and row.is_usable]
    if not found:
        raise UnknownProvision(code)
    return next((row for row in found if row.holds_on(on)), max(found, key=lambda row: row.valid_from))


def _read(path: Path) -> Pack:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise BadPack(Fault(path.name, "The file", str(problem))) from problem
    try:
        return Pack.model_validate(content)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        row = _row_of(content, first["loc"])
        raise BadPack(Fault(path.name, row, first["msg"].removeprefix("Value error, "))) from problem


def _row_of(content: object, place: tuple[int | str, ...]) -> str:
    """Where in a file something stands: the list, the code of the row, the field."""
    names: list[str] = []
    for step in place:
        try:
            content = content[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            content = None
        code = content.get("code") if isinstance(content, dict) else None
        names.append(str(code if isinstance(step, int) and code else step))
    return ", ".join(names) or "The file"
