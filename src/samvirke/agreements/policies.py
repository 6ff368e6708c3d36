"""Who may promise for whom, what an agreement must say, and what is missing at a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from datetime import date
from uuid import UUID

from samvirke.agreements.types import AgreementRow, ContactRow, PromisedDays, Terms, Warning
from samvirke.gate.access import Role
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Domain


class NotYoursToWrite(Exception):
    """Only the leader of a unit that takes part, or of the partnership, may write this."""

    def __init__(self) -> None:
        super().__init__(
            "Only the leader of a unit that takes part, or of the partnership, may write this. "
            "Ask one of them."
        )


class TooFewParties(Exception):
    """An agreement binds two units at least."""

    def __init__(self) -> None:
        super().__init__("An agreement needs two units at least. Choose one more.")


class DaysTurnedRound(Exception):
    """A day that must come after another does not."""

    def __init__(self, field: str) -> None:
        super().__init__(f"The day in {field} comes too early. Choose a later day.")
        self.field = field


class NotAParty(Exception):
    """Who was to answer for a domain, or to step in, is not bound; or the two are the same."""

    def __init__(self, domain: Domain) -> None:
        super().__init__(
            f"Who answers for {domain.value} and who steps in are two parties of the agreement. Choose anew."
        )
        self.domain = domain


class StaleAgreement(Exception):
    """Somebody wrote a version after the page was read. Nothing was written."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"The agreement has a newer version, number {number}. Read it, and write yours again if need be."
        )
        self.number = number


class NotOfThisUnit(Exception):
    """A contact person is a post of the unit, and the deputy another one."""

    def __init__(self) -> None:
        super().__init__("Contact person and deputy are two posts of the unit. Choose them anew.")


class AlreadyContactPerson(Exception):
    """The post is a contact person of the unit already."""

    def __init__(self) -> None:
        super().__init__("This post is a contact person already. End that first, or choose another post.")


def check_party(by: Viewer, led_units: Collection[UUID], parties: Iterable[UUID]) -> None:
    """The partnership's leader, or the leader post of one of the units. Raises NotYoursToWrite."""
    if not may_promise(by, led_units, parties):
        raise NotYoursToWrite


def may_promise(by: Viewer, led_units: Collection[UUID], parties: Iterable[UUID]) -> bool:
    """Whether the viewer may write for these units."""
    return by.role is Role.PARTNERSHIP_LEADER or not set(parties).isdisjoint(led_units)


def check_terms(terms: Terms) -> None:
    """Two parties, days in order, parties that answer. Raises TooFewParties, DaysTurnedRound, NotAParty."""
    if len(set(terms.parties)) < 2:
        raise TooFewParties
    if terms.valid_until is not None and terms.valid_until < terms.valid_from:
        raise DaysTurnedRound("valid_until")
    if terms.next_check_on <= terms.signed_on:
        raise DaysTurnedRound("next_check_on")
    if terms.review_on is not None and terms.review_on <= terms.signed_on:
        raise DaysTurnedRound("review_on")
    for domain, one in terms.responsibilities.items():
        if one.deputy_id == one.unit_id or not {one.unit_id, one.deputy_id or one.unit_id} <= {
            *terms.parties
        }:
            raise NotAParty(domain)


def days_between(units: Set[UUID], on: date, said: Iterable[PromisedDays]) -> int | None:
    """The fewest days that an agreement in force between these units promised. said: the newest first."""
    held: dict[UUID, PromisedDays] = {}
    for version in said:
        if version.valid_from <= on:
            held.setdefault(version.agreement_id, version)
    lasting = [one for one in held.values() if one.valid_until is None or one.valid_until >= on]
    return min((one.days for one in lasting if one.days is not None and units <= one.parties), default=None)


def check_ahead(next_check_on: date, today: date) -> None:
    """The next check lies ahead. Raises DaysTurnedRound."""
    if next_check_on <= today:
        raise DaysTurnedRound("next_check_on")


def check_posts(post_id: UUID, deputy_id: UUID | None, of_unit: Collection[UUID]) -> None:
    """Two posts of the unit, or one. Raises NotOfThisUnit."""
    chosen = [post_id] if deputy_id is None else [post_id, deputy_id]
    if len(set(chosen)) < len(chosen) or not set(chosen) <= set(of_unit):
        raise NotOfThisUnit


def warnings(
    contacts: Collection[ContactRow], agreements: Iterable[AgreementRow], today: date
) -> tuple[Warning, ...]:
    """What is missing at a unit, by its own contact persons and the agreements that bind it."""
    here = [one for one in contacts if one.since <= today]
    in_force = [one for one in agreements if one.in_force]
    found = {
        Warning.NO_CONTACT_PERSON: not here,
        Warning.NO_DEPUTY: bool(here) and not any(one.deputy for one in here),
        Warning.NO_AGREEMENT: not in_force,
        Warning.CHECK_OVERDUE: any(one.check_overdue for one in in_force),
        Warning.REVIEW_OVERDUE: any(one.review_overdue for one in in_force),
    }
    return tuple(warning for warning, holds in found.items() if holds)
