"""Agreements and contact persons at the sites of a partnership. A site is an office: about agencies alone.

That an agreement or a contact person is there is not used as a sign that cooperation works: evaluations have
found places that did well without, and agreements that guaranteed nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from samvirke.delivery import Delivery
from samvirke.kernel.codes import AgencyKind
from samvirke.statistics.episodes import table

LOCAL = (AgencyKind.NAV_STATE.value, AgencyKind.SOCIAL_SERVICE.value)  # both have an office in a municipality
NOWHERE = "0000"


@dataclass(frozen=True, slots=True)
class Sites:
    """How many offices there are on a day, and what they have. `positions` is in full positions."""

    offices: int
    with_contact_person: int
    with_deputy: int
    positions: float
    with_agreement: int
    check_overdue: int

    def plus(self, other: Sites) -> Sites:
        """Both together."""
        return Sites(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def sites(delivery: Delivery, municipalities: Iterable[str], day: date) -> Sites | None:
    """The offices in these municipalities on a day; None where the delivery's schema lacks the tables."""
    if not delivery.has("agreements"):
        return None
    offices = {(kind, place) for place in municipalities if place != NOWHERE for kind in LOCAL}
    contacts = _contacts(delivery, day)
    bound, overdue = _agreements(delivery, day)
    here = [one for one in contacts if (one.agency_kind, one.municipality) in offices]
    return Sites(
        offices=len(offices),
        with_contact_person=len(offices & _where(here)),
        with_deputy=len(offices & _where(one for one in here if one.deputy == "yes")),
        positions=round(sum(one.share_percent for one in here) / 100, 2),
        with_agreement=len(offices & bound),
        check_overdue=len(offices & overdue),
    )


def _contacts(delivery: Delivery, day: date) -> list[Any]:
    rows = table(delivery, "contact_persons")
    lasts = rows.ends_before.isnull() | (rows.ends_before > day)
    return _named(rows.filter(rows.starts_on <= day, lasts))


def _agreements(delivery: Delivery, day: date) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The offices that an agreement binds on the day, and those of them where its check is overdue."""
    rows = table(delivery, "agreements")
    begun = rows.filter(rows.valid_from <= day)
    newest = begun.group_by("agreement_key").aggregate(version=lambda t: t.version.max())
    parties = begun.join(newest, ["agreement_key", "version"])
    held = _named(parties.filter(parties.valid_until.isnull() | (parties.valid_until >= day)))
    checks = _checks(delivery, day)
    late = [one for one in held if _due(one, checks.get(one.agreement_key, [])) < day]
    return _where(held), _where(late)


def _due(party: Any, checks: list[Any]) -> date:
    """By when an agreement is to be checked: as its last check said, or else the version that holds."""
    since = [one for one in checks if one.done_on >= party.signed_on]
    newest = max(since, key=lambda one: one.done_on, default=party)
    due: date = newest.next_check_on
    return due


def _checks(delivery: Delivery, day: date) -> dict[str, list[Any]]:
    rows = table(delivery, "agreement_checks")
    found: dict[str, list[Any]] = {}
    for one in _named(rows.filter(rows.done_on <= day)):
        found.setdefault(one.agreement_key, []).append(one)
    return found


def _where(rows: Iterable[Any]) -> set[tuple[str, str]]:
    return {(one.agency_kind, one.municipality) for one in rows}


def _named(rows: Any) -> list[Any]:
    """The rows, with days as dates and columns as attributes."""
    return [SimpleNamespace(**row) for row in rows.to_pyarrow().to_pylist()]
