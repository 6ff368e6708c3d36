"""A small partnership in another country: set up, and played through the same operations as the big one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from samvirke.agencies import operations as agencies
from samvirke.agencies.types import NewAgency
from samvirke.coordination import operations as coordination
from samvirke.gate import session
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Country, EndReason, Occupation, Sex, SupportSource, TargetGroup
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import merge, nordic_ids, places
from samvirke.people import operations as people
from samvirke.people import queries as people_queries
from samvirke.people.operations import ConsentTerms
from samvirke.people.types import Places
from samvirke.plan import actions
from samvirke.plan import operations as plan
from samvirke.plan.action_types import Agreed
from samvirke.plan.types import Intake, Situation
from samvirke.programmes import operations as programmes
from samvirke.statutes import queries as statutes
from samvirke.surfaces.commands.demo.organisation import key_id
from samvirke.surfaces.commands.demo.player import PURPOSES, Step
from samvirke.surfaces.commands.demo.rows import ClientRow

NO_RULES = (
    ""  # their laws ask for an assessed need of coordination, which is none of the facts that rules may ask
)
ASKED_BEFORE = timedelta(days=9)
REVIEW_AHEAD = timedelta(days=120)
KINDS = (
    DataKind.EMPLOYMENT
    | DataKind.EDUCATION
    | DataKind.ECONOMY
    | DataKind.HEALTH
    | DataKind.HOUSING
    | DataKind.SOCIAL
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in the person's own words, and what is done for it: what, how, extent, by whose post."""

    domain: DataKind
    words: str
    actions: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """How many days ago a plan ended, why, and what the person lives on and does after it."""

    days_ago: int
    reason: EndReason
    support: SupportSource
    occupation: Occupation


@dataclass(frozen=True, slots=True)
class PlanTold:
    """A plan: its kinds, when it began, what stands in it, and how it ended."""

    kinds: tuple[str, ...]
    days_ago: int
    goals: tuple[Goal, ...]
    statements: tuple[tuple[str, str], ...]
    team: tuple[str, ...]  # keys of posts
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Guest:
    """An invented person of the neighbouring country; most are an agency's own clients and no more."""

    given_name: str
    family_name: str
    age: int
    sex: Sex
    unit: str  # key of the unit whose client this is
    asked_by: str = ""  # key of the post that asks; empty: nobody has asked
    plan: PlanTold | None = None  # none though asked: said no
    support: SupportSource = SupportSource.SOCIAL_ASSISTANCE
    occupation: Occupation = Occupation.NONE
    group: TargetGroup = TargetGroup.LONG_TERM_RECIPIENT
    level: str = ""  # of protection of the address; empty: none
    address: str = ""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A partnership: its country, municipality, agencies by what they are called here, and its people."""

    country: Country
    name: str
    municipality: tuple[str, str]  # code and name
    agencies: tuple[NewAgency, ...]
    units: tuple[str, ...]  # keys of those that a consent names
    guests: tuple[Guest, ...]

    @property
    def partnership_id(self) -> UUID:
        """The partnership's id."""
        return self.key("partnership")

    def key(self, key: str) -> UUID:
        """The id of everything of this country with this key."""
        return key_id(f"{self.country}/{key}")


@dataclass(slots=True)
class Met:
    """What has come of a guest so far."""

    guest: Guest
    record_id: UUID
    person_id: UUID | None = None
    citizen_id: UUID | None = None
    consent_id: UUID | None = None
    plan_id: UUID | None = None
    offered: list[UUID] = field(default_factory=list)


def set_up(here: Neighbour, now: datetime) -> list[Met]:
    """The directory, the partnership, and each unit's own clients as its system tells them."""
    code, name = here.municipality
    agencies.set_up(country=here.country, municipalities={code: name}, agencies=here.agencies, now=now)
    programmes.set_up_partnership(
        partnership_id=here.partnership_id, name=here.name, municipalities=[code], rules_code=NO_RULES
    )
    found: list[Met] = []
    for unit in dict.fromkeys(guest.unit for guest in here.guests):
        found += _clients(here, unit, now.date())
    return found


def steps(here: Neighbour, met: Sequence[Met], today: date) -> Iterator[Step]:
    """Everything that happens to those who are asked, up to today."""
    for number, one in enumerate(met):
        guest = one.guest
        if not guest.asked_by:
            continue
        asks = here.key(guest.asked_by)
        told = guest.plan
        if told is None:
            yield Step(
                today - timedelta(days=40 + number), partial(_same, asks), partial(_says_no, one.record_id)
            )
            continue
        yield from _Story(here, one, told, today).steps(asks)


@dataclass(slots=True)
class _Story:
    """One guest's plan, from the question on."""

    here: Neighbour
    met: Met
    told: PlanTold
    today: date

    def steps(self, asks: UUID) -> Iterator[Step]:
        """In order of days."""
        begins = self.today - timedelta(days=self.told.days_ago)
        coordinator = self.here.key("coordinator/1")
        yield Step(begins - ASKED_BEFORE, partial(_same, asks), self._says_yes)
        yield Step(begins, partial(_same, asks), self._begin)
        yield Step(begins, partial(_same, self.here.key("coordination/leader")), self._offer)
        yield Step(begins, partial(_same, coordinator), self._accept_and_fill)
        if self.met.guest.level:
            yield Step(begins, self._citizen, self._protect)
        ending = self.told.ending
        if ending is not None:
            day = self.today - timedelta(days=ending.days_ago)
            yield Step(day, partial(_same, coordinator), partial(self._end, ending))

    def _says_yes(self, by: Viewer) -> None:
        guest = self.met.guest
        units = tuple(self.here.key(unit) for unit in self.here.units)
        new = people.record_yes(
            record_id=self.met.record_id,
            partnership_id=self.here.partnership_id,
            given_name=guest.given_name,
            family_name=guest.family_name,
            terms=ConsentTerms(
                kinds=KINDS,
                purposes=PURPOSES,
                from_units=units,
                to_units=units,
                provisions=(statutes.consent_basis(self.here.country).code,),
                form="written",
                text_version="2026-1",
                until=by.now + timedelta(days=2 * 365),
            ),
            by=by,
        )
        self.met.person_id, self.met.citizen_id = new.person_id, new.citizen_id
        self.met.consent_id = new.consent_id

    def _begin(self, by: Viewer) -> None:
        guest = self.met.guest
        assert self.met.person_id is not None
        self.met.plan_id = coordination.start_plan(
            person_id=self.met.person_id,
            partnership_id=self.here.partnership_id,
            kinds=self.told.kinds,
            consent_id=self._consent,
            unit_id=self.here.key("coordination"),
            deputy=self.here.key("coordinator/2"),
            next_review=self.today + REVIEW_AHEAD,
            intake=Intake(
                target_group=guest.group,
                asked_on=by.now.date() - ASKED_BEFORE,
                months_assistance=None,
                situation=Situation(guest.support, guest.occupation),
            ),
            by=by,
        )

    @property
    def _consent(self) -> UUID:
        assert self.met.consent_id is not None
        return self.met.consent_id

    @property
    def _plan(self) -> UUID:
        assert self.met.plan_id is not None
        return self.met.plan_id

    def _citizen(self) -> UUID:
        assert self.met.citizen_id is not None
        return self.met.citizen_id

    def _protect(self, by: Viewer) -> None:
        guest = self.met.guest
        assert self.met.person_id is not None
        places.state_whereabouts(
            person_id=self.met.person_id,
            level=guest.level,
            places=Places(address=guest.address),
            expires_on=None,
            by=by,
        )

    def _offer(self, by: Viewer) -> None:
        handover = coordination.offer_duty(
            plan_id=self._plan,
            to_post=self.here.key("coordinator/1"),
            deputy=self.here.key("coordinator/2"),
            consent_id=self._consent,
            by=by,
        )
        self.met.offered.append(handover)

    def _accept_and_fill(self, by: Viewer) -> None:
        coordination.accept_handover(handover_id=self.met.offered[0], by=by)
        team = [self.here.key(post) for post in self.told.team]
        plan.add_members(plan_id=self._plan, post_ids=team, consent_id=self._consent, by=by)
        for topic, text in self.told.statements:
            plan.state(plan_id=self._plan, topic=topic, text=text, by=by)
        for number, goal in enumerate(self.told.goals, start=1):
            self._write(goal, number, by)

    def _write(self, goal: Goal, number: int, by: Viewer) -> None:
        today = by.now.date()
        goal_id = plan.set_goal(
            plan_id=self._plan,
            life_domain=str(goal.domain.name).lower(),
            own_words=goal.words,
            target="",
            by_when=self.today + timedelta(days=200),
            by=by,
        )
        for place, (what, how, extent, post) in enumerate(goal.actions):
            due_on = self.today + timedelta(days=60 * number)
            action_id = actions.add(
                plan_id=self._plan,
                goal_id=goal_id,
                kind=goal.domain,
                agreed=Agreed(what, how, extent, starts_on=today, due_on=due_on),
                accountable=self.here.key(post),
                decision_reference=f"{today:%Y}/{number}",
                by=by,
            )
            if place == 0:
                actions.set_status(action_id=action_id, status="in_progress", by=by)

    def _end(self, ending: Ending, by: Viewer) -> None:
        situation = Situation(ending.support, ending.occupation)
        coordination.end_plan(plan_id=self._plan, reason=ending.reason, situation=situation, by=by)


def _clients(here: Neighbour, unit: str, today: date) -> list[Met]:
    unit_id, code = here.key(unit), here.municipality[0]
    guests = {
        f"{here.country.upper()}-{number}": guest
        for number, guest in enumerate(here.guests, start=1)
        if guest.unit == unit
    }
    rows = [_row(here, external_id, guest, code, today) for external_id, guest in guests.items()]
    with session.enter(here.key(f"{unit}/integration"), Purpose.SERVICE) as by:
        merge.merge_records(rows, unit_id=unit_id, home=code, dry_run=False, now=by.now)
        records: Mapping[str, UUID] = people_queries.record_ids(unit_id, list(guests))
    return [Met(guest, records[external_id]) for external_id, guest in guests.items()]


def _row(here: Neighbour, external_id: str, guest: Guest, municipality: str, today: date) -> ClientRow:
    number = int(external_id.split("-")[1])
    born = date(today.year - guest.age, 1 + number % 6, 1 + number)
    return ClientRow(
        external_id=external_id,
        national_id=nordic_ids.make_synthetic(
            country=here.country, birth_date=born, sex=guest.sex, serial=number
        ),
        given_name=guest.given_name,
        family_name=guest.family_name,
        birth_date=born,
        sex=guest.sex,
        municipality=municipality,
        occupation=guest.occupation,
        main_income=guest.support,
    )


def _says_no(record_id: UUID, by: Viewer) -> None:
    people.record_no(record_id=record_id, by=by)


def _same(post: UUID) -> UUID:
    return post
