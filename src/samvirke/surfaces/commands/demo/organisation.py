"""The demonstration's local partnership: four agencies, their units and posts, and who signs in.

Every id is made from its key, so that two runs with the same seed have the same organisation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from samvirke.agencies.types import NewAgency, NewPost, NewUnit
from samvirke.gate.access import Role
from samvirke.kernel.codes import AgencyKind
from samvirke.surfaces.commands.demo.world.types import Municipality, Worker

PARTNERSHIP = "Samlet innsats i Fjordregionen"
NAV_NUMBER, UNIT_NUMBER, FOLLOW_UP_NUMBER, OFFICE_NUMBER = "310990908", "310990916", "310990924", "310990932"
COORDINATORS = 3
KINDS = (
    AgencyKind.NAV_STATE,
    AgencyKind.SOCIAL_SERVICE,
    AgencyKind.COORDINATING_UNIT,
    AgencyKind.FOLLOW_UP_SERVICE,
)


def key_id(key: str) -> UUID:
    """The id of everything with this key."""
    return uuid5(NAMESPACE_URL, f"https://samvirke.example/{key}")


@dataclass(frozen=True, slots=True)
class Organisation:
    """The agencies, and where to find the posts the story needs."""

    partnership_id: UUID
    agencies: tuple[NewAgency, ...]
    coordinators: tuple[UUID, ...]
    coordination_leader: UUID
    follow_up_adviser: UUID
    partnership_leader: UUID
    evaluator: UUID
    office: UUID  # the unit that leads the partnership

    def unit(self, kind: AgencyKind, municipality: str) -> UUID:
        """The unit of an agency kind that serves a municipality."""
        return key_id(_unit_key(kind, municipality))

    def units(self, municipality: str) -> tuple[UUID, ...]:
        """The units that serve a municipality, one of each kind of agency that takes part."""
        here = {unit.id for agency in self.agencies for unit in agency.units}
        found = (self.unit(kind, municipality) for kind in AgencyKind)
        return tuple(unit for unit in found if unit in here)

    def integration(self, kind: AgencyKind, municipality: str) -> UUID:
        """The post that takes in the files of a unit's own system."""
        return key_id(f"{_unit_key(kind, municipality)}/integration")

    def leader(self, kind: AgencyKind, municipality: str) -> UUID:
        """The leader post of a unit."""
        return key_id(f"{_unit_key(kind, municipality)}/leader")

    def worker(self, key: str) -> UUID:
        """The post of a drawn worker."""
        return key_id(key)


def organisation(places: Sequence[Municipality], workers: Sequence[Worker]) -> Organisation:
    """The partnership of the trial municipalities, with the drawn workers' posts."""
    trial = [place for place in places if place.is_trial]
    coordinating = _coordinating_unit()
    follow_up = _follow_up_service()
    office = _partnership_office()
    return Organisation(
        partnership_id=key_id("partnership"),
        agencies=(*_social_services(trial, workers), _nav(trial, workers), coordinating, follow_up, office),
        coordinators=tuple(post.id for post in coordinating.units[0].posts if not post.is_leader),
        coordination_leader=next(post.id for post in coordinating.units[0].posts if post.is_leader),
        follow_up_adviser=follow_up.units[0].posts[1].id,
        partnership_leader=office.units[0].posts[0].id,
        evaluator=office.units[0].posts[1].id,
        office=office.units[0].id,
    )


def _unit_key(kind: AgencyKind, municipality: str) -> str:
    shared = kind in {AgencyKind.COORDINATING_UNIT, AgencyKind.FOLLOW_UP_SERVICE}
    return f"unit/{kind.value}" if shared else f"unit/{kind.value}/{municipality}"


def _social_services(places: Sequence[Municipality], workers: Sequence[Worker]) -> Iterator[NewAgency]:
    for place in places:
        unit = _unit(
            AgencyKind.SOCIAL_SERVICE,
            place,
            name=f"Sosialtjenesten i {place.name}",
            leader="Leder for sosialtjenesten",
            workers=workers,
            role=Role.SOCIAL_WORKER,
        )
        yield NewAgency(
            id=key_id(f"agency/social_service/{place.code}"),
            kind=AgencyKind.SOCIAL_SERVICE,
            name=f"{place.name} kommune",
            organisation_number=place.org_number,
            units=(unit,),
        )


def _nav(places: Sequence[Municipality], workers: Sequence[Worker]) -> NewAgency:
    units = tuple(
        _unit(
            AgencyKind.NAV_STATE,
            place,
            name=f"Nav {place.name}",
            leader="Leder",
            workers=workers,
            role=Role.NAV_ADVISER,
        )
        for place in places
    )
    return NewAgency(
        id=key_id("agency/nav"),
        kind=AgencyKind.NAV_STATE,
        name="Nav",
        organisation_number=NAV_NUMBER,
        units=units,
    )


def _unit(
    kind: AgencyKind, place: Municipality, *, name: str, leader: str, workers: Sequence[Worker], role: Role
) -> NewUnit:
    key = _unit_key(kind, place.code)
    staff = [worker for worker in workers if worker.agency is kind and worker.municipality == place.code]
    return NewUnit(
        id=key_id(key),
        name=name,
        municipality=place.code,
        office=place.code,
        posts=(
            NewPost(key_id(f"{key}/leader"), f"{leader}, {place.name}", Role.UNIT_LEADER, is_leader=True),
            NewPost(key_id(f"{key}/integration"), f"Fagsystem, {name}", Role.INTEGRATION),
            *(NewPost(key_id(worker.key), worker.title.norwegian, role) for worker in staff),
        ),
    )


def _coordinating_unit() -> NewAgency:
    posts = [
        NewPost(key_id(f"coordinator/{number}"), f"Koordinator {number}", Role.COORDINATOR)
        for number in range(1, COORDINATORS + 1)
    ]
    return _single(
        AgencyKind.COORDINATING_UNIT,
        name="Helse og omsorg i Fjordregionen",
        unit="Koordinerende enhet",
        number=UNIT_NUMBER,
        leader="Leder for koordinerende enhet",
        posts=posts,
    )


def _follow_up_service() -> NewAgency:
    return _single(
        AgencyKind.FOLLOW_UP_SERVICE,
        name="Fylkeskommunen",
        unit="Oppfølgingstjenesten",
        number=FOLLOW_UP_NUMBER,
        leader="Leder for oppfølgingstjenesten",
        posts=[NewPost(key_id("follow_up/1"), "Rådgiver i oppfølgingstjenesten", Role.FOLLOW_UP_ADVISER)],
    )


def _single(
    kind: AgencyKind, *, name: str, unit: str, number: str, leader: str, posts: list[NewPost]
) -> NewAgency:
    key = _unit_key(kind, "")
    head = NewPost(key_id(f"{key}/leader"), leader, Role.UNIT_LEADER, is_leader=True)
    return NewAgency(
        id=key_id(f"agency/{kind.value}"),
        kind=kind,
        name=name,
        organisation_number=number,
        units=(NewUnit(id=key_id(key), name=unit, municipality=None, posts=(head, *posts)),),
    )


def _partnership_office() -> NewAgency:
    """Leader and evaluator see figures alone; they belong to no agency that helps persons."""
    posts = (
        NewPost(key_id("partnership/leader"), "Leder for samlet innsats", Role.PARTNERSHIP_LEADER, True),
        NewPost(key_id("partnership/evaluator"), "Evaluator", Role.EVALUATOR),
    )
    return NewAgency(
        id=key_id("agency/office"),
        kind=AgencyKind.COORDINATING_UNIT,
        name="Samlet innsats",
        organisation_number=OFFICE_NUMBER,
        units=(NewUnit(id=key_id("unit/office"), name=PARTNERSHIP, municipality=None, posts=posts),),
    )
