"""What is configured for one partnership, gathered for its papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import Party
from samvirke.agreements import queries as agreements
from samvirke.agreements.types import VersionRow
from samvirke.exchange.inbox.operations import KEPT_FOR as IMPORT_KEPT_FOR
from samvirke.exchange.uploads.types import KEPT_FOR as UPLOAD_KEPT_FOR
from samvirke.gate import session
from samvirke.gate.access import ACCESS, Role
from samvirke.gate.operations import WITH_EVERY_CONSENT
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import DataKind, Purpose, kinds_in
from samvirke.programmes import queries as programmes
from samvirke.statutes import queries as statutes
from samvirke.statutes.sharing import Effect
from samvirke.statutes.types import DisclosureBasis, Duty, LegalBasis, SecrecyRule
from samvirke.surfaces.jobs.runner import KEPT_HOURS


class UnknownPartnership(Exception):
    """No partnership at work has this name, or several have."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        names = ", ".join(sorted(known)) or "none is set up"
        super().__init__(
            f"It is not clear whose papers {name!r} asks for. Name one with --partnership: {names}."
        )


@dataclass(frozen=True, slots=True)
class RoleRow:
    """What a role may read and write at most, and why."""

    role: Role
    reads: tuple[DataKind, ...]
    writes: tuple[DataKind, ...]
    purposes: tuple[Purpose, ...]


@dataclass(frozen=True, slots=True)
class BasisRow:
    """A disclosure basis, and what for."""

    basis: DisclosureBasis
    purposes: tuple[Purpose, ...]

    @property
    def opens(self) -> bool:
        """Whether a consent in Samvirke can rest on it."""
        return self.basis.needs_consent and self._carries

    @property
    def opens_without_consent(self) -> bool:
        """Whether an office can open something on it alone, once it is compared with the law."""
        return not self.basis.needs_consent and self._carries

    @property
    def _carries(self) -> bool:
        return self.basis.effect is Effect.LIFTS and not WITH_EVERY_CONSENT & ~self.basis.kinds


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """The post that a unit has set aside for the joint effort."""

    unit: str
    title: str
    deputy: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What Samvirke itself deletes, and when."""

    what: Promise
    days: int


@dataclass(frozen=True, slots=True)
class Configured:
    """All that the papers of one partnership say of it."""

    name: str
    country: Country
    day: date
    municipalities: tuple[str, ...]
    parties: tuple[Party, ...]
    roles: tuple[RoleRow, ...]
    purposes: tuple[Purpose, ...]
    kinds: tuple[DataKind, ...]
    disclosure: tuple[BasisRow, ...]
    secrecy: tuple[SecrecyRule, ...]
    legal: tuple[LegalBasis, ...]
    duties: tuple[Duty, ...]
    agreements: tuple[VersionRow, ...]
    contacts: tuple[ContactPoint, ...]
    kept: tuple[Kept, ...]


def of_partnership(name: str, *, on: date) -> Configured:
    """What is configured for the partnership of this name on a day. Raises UnknownPartnership, BadPack."""
    partnership_id = _named(name)
    country = programmes.country_of(partnership_id)
    codes = programmes.municipalities(partnership_id)
    names = agencies.municipality_names()
    parties = tuple(agencies.parties(codes, country))
    roles = tuple(_roles(parties))
    signed, contacts = _promises(partnership_id, parties, on)
    return Configured(
        name=name,
        country=country,
        day=on,
        municipalities=tuple(names[code] for code in codes),
        parties=parties,
        roles=roles,
        purposes=tuple(one for one in Purpose if any(one in row.purposes for row in roles)),
        kinds=tuple(one for one in DataKind if any(one in (*row.reads, *row.writes) for row in roles)),
        disclosure=tuple(
            BasisRow(basis, _purposes(basis.purposes)) for basis in statutes.disclosure_bases(country, on=on)
        ),
        secrecy=statutes.secrecy(country, on=on),
        legal=statutes.legal_bases(country, on=on),
        duties=statutes.duties(country, on=on),
        agreements=signed,
        contacts=contacts,
        kept=KEPT,
    )


KEPT = (
    Kept(_("A file on its way in, at most"), UPLOAD_KEPT_FOR.days),
    Kept(_("What a record held before an import changed it"), IMPORT_KEPT_FOR.days),
    Kept(_("The ids in a job that failed"), timedelta(hours=KEPT_HOURS).days),
)


def _named(name: str) -> UUID:
    known = programmes.partnership_names()
    found = [one for one, called in known.items() if called == name]
    if len(found) != 1:
        raise UnknownPartnership(name, known.values())
    return found[0]


def _roles(parties: Iterable[Party]) -> Iterator[RoleRow]:
    """The person's own, and each that a party has a post in."""
    held = {Role.CITIZEN, *(role for party in parties for role in party.roles)}
    for role, cell in ACCESS.items():
        if role in held:
            reads, writes = (tuple(kinds_in(mask)) for mask in (cell.reads, cell.writes))
            yield RoleRow(role, reads, writes, _purposes(cell.purposes))


def _purposes(mask: Purpose) -> tuple[Purpose, ...]:
    return tuple(one for one in Purpose if one & mask)


def _promises(
    partnership_id: UUID, parties: Iterable[Party], on: date
) -> tuple[tuple[VersionRow, ...], tuple[ContactPoint, ...]]:
    """Agreements in force and contact persons, read as the leader who leads it, or one of its units."""
    units = {unit.unit_id: unit.name for party in parties for unit in party.units}
    leaders = agencies.roles(agencies.leaders_of(units).values())
    if not leaders:  # then nobody can have promised anything
        return (), ()
    post_id, role = min(leaders.items(), key=lambda one: (one[1] is not Role.PARTNERSHIP_LEADER, one[0]))
    with session.enter(post_id, _purposes(ACCESS[role].purposes)[0]):
        found = agreements.contact_persons(units)
        signed = tuple(agreements.in_force(partnership_id, on=on))
    return signed, tuple(
        ContactPoint(name, row.title, row.deputy) for unit_id, name in units.items() for row in found[unit_id]
    )
