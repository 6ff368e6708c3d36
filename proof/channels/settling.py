"""People, offices, plans, places and files of a random world, laid down in its database.

By a superuser, once the acts are done, past operations and policies: those are what is proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from uuid import UUID

from django.db.models import Model

import people
from proof.channels.ground import lay_down
from proof.channels.inhabited import NOBODY, Inhabited, PlanTexts
from proof.channels.own_files import sent_by, stored
from proof.channels.planted import LOOKED_FOR
from proof.oracle import words
from proof.oracle.random_world import NOW
from proof.replayed import Replayed
from samvirke.agencies.models import Agency, Municipality, Post, Unit
from samvirke.coordination.models import Duty, Handover, Meeting, Turn
from samvirke.kernel.codes import AgencyKind, Country
from samvirke.people.models import ClientRecord, FamilyMember, Person, Whereabouts
from samvirke.plan.models import Action, Goal, GoalVersion, Note, Plan, Statement, TeamMember

# An ended tie has always a reason beside it.
WHY_ENDED = """
INSERT INTO people_wrongtie (id, subject_id, link_id, because, found_by_id, found_at)
SELECT gen_random_uuid(), subject_id, id, 'somebody_else', linked_by_id, unlinked_at FROM people_identitylink
WHERE unlinked_at IS NOT NULL
"""
START = NOW - timedelta(days=300)
FIRST_NAMES = ("Anna", "Bjarte", "Cecilie", "Dagfinn", "Embla", "Gunhild", "Kolbein", "Ragna")
BIRTHDAYS = tuple(date(1961 + 4 * step, 2 + step, 3 + step) for step in range(8))
IN_A_TEAM = 0.6  # of the posts, whatever is open to them
SEALED = 1 / 3  # of the notes have a twin under a seal
NEW_IN_A_FILE = 3  # rows about nobody known, beside one for each own record
OF_A_MEMBER = 5  # kinds that a family's plan holds about each of its members
AGENCIES = (
    AgencyKind.SOCIAL_SERVICE,
    AgencyKind.HEALTH_SERVICE,
    AgencyKind.NAV_STATE,
    AgencyKind.COORDINATING_UNIT,
)


def inhabit(replayed: Replayed, rng: Random) -> Inhabited:
    """The replayed world gets its people, offices, plans, places and files."""
    settling = _Settling(Inhabited(replayed), rng)
    link = replayed.scratch.link
    with link.transaction():
        link.execute("SET LOCAL session_replication_role = replica")  # in whatever order, and by no trigger
        lay_down(link, settling.everything())
        link.execute(LOOKED_FOR)
        link.execute(WHY_ENDED)
    link.execute("ANALYZE")
    return settling.here


class _Settling:
    """Rows about everybody, in any order: what they refer to may come later."""

    def __init__(self, here: Inhabited, rng: Random) -> None:
        self.here, self.world, self.rng = here, here.world, rng

    def everything(self) -> Iterator[Model]:
        yield from self._offices()
        for place, subject in enumerate([*self.world.persons, *self.world.records]):
            self.here.first_names[subject] = FIRST_NAMES[place % len(FIRST_NAMES)]
            self.here.birthdays[subject] = BIRTHDAYS[place // len(FIRST_NAMES) % len(BIRTHDAYS)]
        for person in self.world.persons:
            yield from self._person(person)
        for place, record in enumerate(self.world.records):
            yield from self._record(record, f"{1000 + place}")
        for family, of in self.world.families.items():
            yield from self._family(family, of.members)
        for subject in [*self.world.persons, *self.world.families]:
            yield from self._plan(subject)
        for sender, unit in self._senders():
            rows = sum(own == unit for own in self.world.records.values()) + NEW_IN_A_FILE
            before = sum(len(file.words) for file in self.here.files)
            self.here.files.append(sent_by(sender, unit, rows=rows, first=before))
            yield from stored(self.here.files[-1])

    def _uuid(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)

    def _role(self, post: UUID) -> str:
        return self.world.of_post[post][0].role

    def _posts(self) -> list[UUID]:
        return [post for post in self.world.post_units if post in self.world.of_post]

    def _senders(self) -> Iterator[tuple[UUID, UUID]]:
        for post in self._posts():
            if self._role(post) in ("unit_leader", "integration"):
                yield post, self.world.post_units[post]

    def _offices(self) -> Iterator[Model]:
        for place, agency in enumerate(sorted(set(self.world.units.values()))):
            yield Agency(
                id=agency,
                kind=AGENCIES[place % len(AGENCIES)],
                country=Country.NORWAY,
                name=f"Etat {place}",
                organisation_number=f"{990_000_000 + place}",
            )
        for unit, agency in self.world.units.items():
            home, name = people.FJORDVIK, self.here.office(unit)
            yield Unit(id_id=unit, agency_id=agency, municipality_id=home, name=name, office="")
        for post, unit in self.world.post_units.items():
            role = self._role(post) if post in self.world.of_post else "social_worker"
            title = self.here.office(post)
            yield Post(id_id=post, unit_id=unit, title=title, role=role, is_leader=False, worker_name="")

    def _person(self, person: UUID) -> Iterator[Model]:
        name = self.here.text(person, words.IDENTITY)
        self.here.names[person] = [name]
        yield Person(
            id_id=person,
            citizen_id=self.world.persons[person],
            partnership_id=people.PARTNERSHIP,
            country=Country.NORWAY,
            national_id_secret=person.bytes,
            national_id_hash=person.bytes,
            given_name=self.here.first_names[person],
            family_name=name.token,
            birth_date=self.here.birthdays[person],
            sex="female",
            municipality=None,
            created_at=START,
        )
        yield self._whereabouts(person)

    def _whereabouts(self, person: UUID) -> Model:
        hidden = person in self.world.protected
        kind = words.PROTECTED_LOCATION if hidden else words.CONTACT
        self.here.places[person] = place = self.here.text(person, kind)
        level = "no.confidential" if hidden else "none"
        return Whereabouts(
            id=self._uuid(), subject_id=person, kind=kind, level=level, address=place.token, written_at=START
        )

    def _record(self, record: UUID, code: str) -> Iterator[Model]:
        name, number = (self.here.text(record, words.IDENTITY) for _ in range(2))
        self.here.names[record] = [name, number]
        self.here.towns[record] = town = self.here.token()
        yield Municipality(code=code, country=Country.NORWAY, name=town)
        yield ClientRecord(
            id_id=record,
            unit_id=self.world.records[record],
            external_id=number.token,
            national_id_secret=record.bytes,
            national_id_hash=record.bytes,
            given_name=self.here.first_names[record],
            family_name=name.token,
            birth_date=self.here.birthdays[record],
            sex="male",
            municipality_id=code,
            source_version=1,
            updated_at=START,
        )

    def _family(self, family: UUID, members: Sequence[UUID]) -> Iterator[Model]:
        self.here.names[family] = []
        for place, member in enumerate(members):
            name = self.here.text(family, words.IDENTITY)
            self.here.names[family].append(name)
            yield FamilyMember(
                id=self._uuid(),
                subject_id=self.here.replayed.subject(family),
                person_id=member,
                name=name.token,
                part="parent" if place else "child",
            )

    def _plan(self, subject: UUID) -> Iterator[Model]:
        about = self.here.replayed.subject(subject)
        posts = self._posts()
        team = [post for post in posts if self.rng.random() < IN_A_TEAM] or posts[:1]
        plan_id = self._uuid()
        found = PlanTexts(plan_id, frozenset(team))
        self.here.plans[subject] = found
        self.here.addresses[subject] = self.here.text(subject, words.PLAN, token=found.address)
        yield Plan(
            id=plan_id,
            subject_id=about,
            partnership_id=people.PARTNERSHIP,
            country=Country.NORWAY,
            kinds=["no.individual_plan"],
            starts_on=START.date(),
            next_review=(NOW + timedelta(days=500)).date(),
        )
        seats = {post: self._uuid() for post in team}
        for post, seat in seats.items():
            yield TeamMember(
                id=seat,
                plan_id=plan_id,
                subject_id=about,
                post_id=post,
                consent_id=NOBODY,
                joined_on=START.date(),
            )
        yield from self._duty(plan_id, about, team)
        yield from self._goals(found, subject, plan_id)
        yield from self._of_kinds(found, subject, subject, words.KINDS, seats)
        for member in self.world.members(subject):
            kinds = sorted(self.rng.sample(words.KINDS, OF_A_MEMBER))
            yield from self._goals(found, member, plan_id)
            yield from self._of_kinds(found, subject, member, kinds, seats)

    def _duty(self, plan_id: UUID, about: UUID, team: Sequence[UUID]) -> Iterator[Model]:
        duty, accepted = self._uuid(), self._uuid()
        post = self.rng.choice(team)
        deputy = self.rng.choice([one for one in self._posts() if one != post])
        yield Duty(
            id=duty,
            plan_id=plan_id,
            subject_id=about,
            unit_id=self.world.post_units[post],
            role="coordinator",
            opened_on=START.date(),
        )
        yield Handover(
            id=accepted,
            duty_id=duty,
            subject_id=about,
            to_post_id=post,
            deputy_id=deputy,
            offered_by_id=post,
            offered_at=START,
            accepted_at=START,
        )
        yield Turn(
            id=self._uuid(),
            duty_id=duty,
            subject_id=about,
            starts_on=START.date(),
            post_id=post,
            deputy_id=deputy,
            handover_id=accepted,
        )

    def _goals(self, found: PlanTexts, subject: UUID, plan_id: UUID) -> Iterator[Model]:
        """A goal; and what is of the whole plan."""
        about = self.here.replayed.subject(subject)
        post = min(found.team)
        goal_id, goal = self._uuid(), self.here.text(subject, words.PLAN)
        found.goals.append(goal)
        yield Goal(id=goal_id, plan_id=plan_id, subject_id=about, life_domain="employment", set_by_id=post)
        yield GoalVersion(
            id=self._uuid(),
            goal_id=goal_id,
            subject_id=about,
            version=1,
            own_words=goal.token,
            target="",
            written_by_id=post,
            written_at=START,
        )
        if self.here.plans.get(subject) is not found:
            return
        said, agenda = (self.here.text(subject, words.PLAN) for _ in range(2))
        found.statements.append(said)
        found.meetings.append(agenda)
        yield Statement(
            id=self._uuid(),
            plan_id=plan_id,
            subject_id=about,
            topic="strengths",
            text=said.token,
            written_by_id=post,
            written_at=START,
        )
        yield Meeting(
            id=self._uuid(),
            plan_id=plan_id,
            subject_id=about,
            day=START.date(),
            agenda=agenda.token,
            called_by_id=post,
            called_at=START,
        )

    def _of_kinds(
        self,
        found: PlanTexts,
        of: UUID,
        subject: UUID,
        kinds: Iterable[int],
        seats: dict[UUID, UUID],
    ) -> Iterator[Model]:
        """An action and a note of each kind, some of the notes again under a seal."""
        about = self.here.replayed.subject(subject)
        for kind in kinds:
            what, post = self.here.text(subject, kind), self.rng.choice(sorted(seats))
            found.actions.append(what)
            yield Action(
                id=self._uuid(),
                plan_id=found.plan_id,
                subject_id=about,
                goal_id=NOBODY,
                kind=kind,
                what=what.token,
                accountable_member_id=seats[post],
                standing="wish",
                status="planned",
            )
            units = [None, *([self._seal(of)] if self.rng.random() < SEALED else [])]
            for unit in units:
                note = self.here.text(subject, kind, unit)
                found.notes.append(note)
                yield Note(
                    id=self._uuid(),
                    plan_id=found.plan_id,
                    subject_id=about,
                    kind=kind,
                    text=note.token,
                    written_by_id=post,
                    written_at=START,
                    sealed_to_id=unit,
                )

    def _seal(self, subject: UUID) -> UUID:
        """A unit that works there, mostly."""
        near = sorted(self.world.by_subject.get(subject, {}).keys() & self.world.post_units.keys())
        if near and self.rng.random() < 0.7:
            return self.world.post_units[self.rng.choice(near)]
        return self.rng.choice(list(self.world.units))
