"""Whether a consent may be recorded: it says what, from whom, to whom and until when, and its bases carry it.

What opens access is the gate's; this says no before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import product
from typing import Protocol
from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.gate.operations import WITH_EVERY_CONSENT
from samvirke.gate.types import ConsentRecord, Viewer
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.statutes import policies
from samvirke.statutes import queries as statutes
from samvirke.statutes.sharing import Agreed, Body, Hindrance, Sharing
from samvirke.statutes.types import DisclosureBasis

WRITTEN = frozenset({"written", "digital"})


class Terms(Protocol):
    """What a consent says."""

    @property
    def kinds(self) -> DataKind: ...
    @property
    def purposes(self) -> Purpose: ...
    @property
    def from_units(self) -> tuple[UUID, ...]: ...
    @property
    def to_units(self) -> tuple[UUID, ...]: ...
    @property
    def provisions(self) -> tuple[str, ...]: ...
    @property
    def form(self) -> str: ...
    @property
    def what_for(self) -> str: ...
    @property
    def until(self) -> datetime: ...


class NothingToShare(Exception):
    """A consent names no kind of information, or no purpose."""

    def __init__(self) -> None:
        super().__init__(
            "The consent does not say what may be shared, and what for. Name at least one kind of "
            "information and one purpose, and ask again."
        )


class NobodyToShareWith(Exception):
    """A consent names nobody who tells, or nobody who is told."""

    def __init__(self) -> None:
        super().__init__(
            "The consent does not say who may tell and who may be told. Name them and ask again."
        )


class EndsBeforeItBegins(Exception):
    """A consent was to end when it had not begun."""

    def __init__(self) -> None:
        super().__init__("The consent would end before it begins. Choose a day ahead.")


class NotYoursToRecord(Exception):
    """A unit was to record a consent that is not about what the unit tells."""

    def __init__(self) -> None:
        super().__init__(
            "A consent is recorded by the person, or by a unit that it lets tell. Name your own unit among "
            "those, or let another unit record it."
        )


class PlaceIsToldByName(Exception):
    """A consent on other things was to tell a protected place as well."""

    def __init__(self) -> None:
        super().__init__(
            "Where a protected person is, is told to named staff, one by one, and never with other things. "
            "Leave the protected address out of this consent."
        )


class RestsOnNothing(Exception):
    """Two bodies were to share, and the consent names no rule that lets them."""

    def __init__(self) -> None:
        super().__init__(
            "The consent names no basis, and two agencies would share on it. Name the rule it rests on."
        )


class NotCovered(Exception):
    """A basis that the consent names does not carry what the consent says."""

    def __init__(self, code: str, hindrance: Hindrance) -> None:
        super().__init__(f"The consent cannot rest on {code}. {hindrance.sentence}")
        self.code = code
        self.hindrance = hindrance


def check_terms(terms: Terms, *, by: Viewer) -> None:
    """The terms of a consent between units, to anything but a protected place. Each basis carries all of it.

    Raises PlaceIsToldByName, and as `check_terms_of_place`.
    """
    if terms.kinds & DataKind.PROTECTED_LOCATION:
        raise PlaceIsToldByName
    check_terms_of_place(terms, by=by)


def check_terms_of_place(terms: Terms, *, by: Viewer) -> None:
    """The same of a consent that lets somebody know a place.

    Raises NothingToShare, NobodyToShareWith, EndsBeforeItBegins, NotYoursToRecord, RestsOnNothing,
    UnknownProvision, NotCovered.
    """
    _check_says_something(terms, by.now)
    named = {*terms.from_units, *terms.to_units}
    bodies = agencies.bodies(named)
    if not terms.from_units or not terms.to_units or named - set(bodies):
        raise NobodyToShareWith
    if not by.is_citizen and not {*terms.from_units} & {*by.holders}:
        raise NotYoursToRecord
    givers, receivers = ({bodies[unit] for unit in side} for side in (terms.from_units, terms.to_units))
    pairs = [pair for pair in product(givers, receivers) if policies.needs_basis(*pair)]
    if pairs and not terms.provisions:
        raise RestsOnNothing
    for code in terms.provisions:
        basis = statutes.disclosure_basis(code, on=by.now.date())
        for giver, receiver in pairs or product(givers, receivers):
            _check_carried(basis, _sharing(terms, giver, receiver, by.now), _agreed(terms, givers, receivers))


def check_terms_in_family(terms: Terms, citizens: Iterable[UUID], *, by: Viewer) -> None:
    """The terms of a consent within a family, where no body tells another, so that no basis is asked for.

    Raises NothingToShare, NobodyToShareWith, EndsBeforeItBegins, UnknownProvision.
    """
    _check_says_something(terms, by.now)
    if not list(citizens):
        raise NobodyToShareWith
    for code in terms.provisions:
        statutes.disclosure_basis(code, on=by.now.date())


def law_ended(consent: ConsentRecord, now: datetime) -> bool:
    """Whether the consent is in force and a rule that it names no longer is, or is known no more."""
    return consent.in_force(now) and not all(_holds(code, now) for code in consent.provisions)


def _holds(code: str, now: datetime) -> bool:
    try:
        return statutes.disclosure_basis(code, on=now.date()).holds_on(now.date())
    except statutes.UnknownProvision:
        return False


def _check_says_something(terms: Terms, now: datetime) -> None:
    if not terms.kinds or not terms.purposes:
        raise NothingToShare
    if terms.until <= now:
        raise EndsBeforeItBegins


def _check_carried(basis: DisclosureBasis, sharing: Sharing, agreed: Agreed) -> None:
    hindrance = policies.hindrance(basis, sharing, agreed)
    if hindrance is not None:
        raise NotCovered(basis.code, hindrance)


def _sharing(terms: Terms, giver: Body, receiver: Body, now: datetime) -> Sharing:
    return Sharing(
        giver=giver,
        receiver=receiver,
        kinds=terms.kinds | WITH_EVERY_CONSENT,
        purposes=terms.purposes,
        case=terms.what_for,
        day=now.date(),
    )


def _agreed(terms: Terms, givers: Iterable[Body], receivers: Iterable[Body]) -> Agreed:
    return Agreed(
        kinds=terms.kinds | WITH_EVERY_CONSENT,
        purposes=terms.purposes,
        sources=frozenset(body.agency_id for body in givers),
        receivers=frozenset(body.agency_id for body in receivers),
        case=terms.what_for,
        in_writing=terms.form in WRITTEN,
        until=terms.until.date(),
    )
