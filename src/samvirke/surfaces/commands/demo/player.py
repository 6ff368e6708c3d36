"""Playing one person's story through the same operations that pages use. Nothing goes behind the gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from uuid import UUID

from samvirke.coordination import consents as coordination_consents
from samvirke.coordination import operations as coordination
from samvirke.coordination import queries as coordination_queries
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind, EndReason
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import operations as people
from samvirke.people import recalls
from samvirke.people.operations import ConsentTerms
from samvirke.plan import actions
from samvirke.plan import operations as plan
from samvirke.plan.action_types import Agreed
from samvirke.plan.types import Intake, PlanPage, Situation
from samvirke.surfaces.commands.demo.organisation import Organisation
from samvirke.surfaces.commands.demo.words import NOTES, STATEMENTS
from samvirke.surfaces.commands.demo.world.types import ActionStory, DrawnPerson, PlanStory, Story

PURPOSES = Purpose.COORDINATION | Purpose.SERVICE | Purpose.FOLLOW_UP
ALWAYS_ASKED_FOR = (
    DataKind.CONTACT | DataKind.EMPLOYMENT | DataKind.EDUCATION | DataKind.ECONOMY | DataKind.SOCIAL
)
YEARS_OF_CONSENT = 3
UNANSWERED = timedelta(days=12)  # a duty offered this lately is not accepted yet
REVIEW_EVERY = timedelta(days=182)
NOTE_EVERY = timedelta(days=121)
LOOK_EVERY = timedelta(days=300)


@dataclass(frozen=True, slots=True)
class Step:
    """Something a post does on a day. The post may be known only when the day comes.

    What is about several persons' plans is played alone: nobody else acts meanwhile.
    """

    day: date
    post: Callable[[], UUID]
    act: Callable[[Viewer], None]
    alone: bool = False


@dataclass(slots=True)
class Life:
    """What has come of a story so far."""

    person_id: UUID
    citizen_id: UUID
    consent_id: UUID
    plan_id: UUID | None = None
    actions: list[tuple[UUID, ActionStory]] = field(default_factory=list)


class Player:
    """One story. `steps` are in order of days; what a step needs, earlier ones have left in `life`."""

    def __init__(
        self,
        person: DrawnPerson,
        story: Story,
        *,
        record_id: UUID,
        organisation: Organisation,
        today: date,
        rng: Random,
    ) -> None:
        self.person, self.story, self.record_id = person, story, record_id
        self.organisation, self.today, self.rng = organisation, today, rng
        self.life: Life | None = None
        self.plan_reads = 0
        self.coordinator = rng.choice(organisation.coordinators)
        self.deputy = rng.choice([post for post in organisation.coordinators if post != self.coordinator])

    def steps(self) -> Iterator[Step]:
        """Everything that happens to this person up to today."""
        asking = self.organisation.worker(self.story.asked_by)
        if self.story.plan is None:
            yield Step(self.story.asked_on, lambda: asking, self._says_no)
            return
        yield Step(self.story.asked_on, lambda: asking, self._says_yes)
        for kind in (AgencyKind.SOCIAL_SERVICE, AgencyKind.NAV_STATE):
            unit = self.organisation.unit(kind, self.person.municipality)
            if unit != self._asking_unit():
                yield from self._referral(kind, unit, asking)
        yield from self._plan_steps(self.story.plan, asking)

    def _asking_unit(self) -> UUID:
        social = self.story.asked_by.startswith(AgencyKind.SOCIAL_SERVICE.value)
        kind = AgencyKind.SOCIAL_SERVICE if social else AgencyKind.NAV_STATE
        return self.organisation.unit(kind, self.person.municipality)

    def _says_no(self, by: Viewer) -> None:
        people.record_no(record_id=self.record_id, by=by)

    def _says_yes(self, by: Viewer) -> None:
        new = people.record_yes(
            record_id=self.record_id,
            partnership_id=self.organisation.partnership_id,
            given_name=self.person.given_name,
            family_name=self.person.family_name,
            terms=self._terms(by.now),
            by=by,
        )
        self.life = Life(new.person_id, new.citizen_id, new.consent_id)

    def _terms(self, now: datetime) -> ConsentTerms:
        assert self.story.plan is not None
        kinds = ALWAYS_ASKED_FOR
        for goal in self.story.plan.goals:
            kinds |= goal.kind
            for action in goal.actions:
                kinds |= action.kind
        units = self.organisation.units(self.person.municipality)
        return ConsentTerms(
            kinds=kinds,
            purposes=PURPOSES,
            from_units=units,
            to_units=units,
            provisions=("no.consent_individual_plan",),
            form=self.rng.choice(["digital", "written", "oral"]),
            text_version="2026-1",
            until=now + timedelta(days=365 * YEARS_OF_CONSENT),
        )

    def _referral(self, kind: AgencyKind, unit: UUID, asking: UUID) -> Iterator[Step]:
        leader = self.organisation.leader(kind, self.person.municipality)
        referral: list[UUID] = []

        def refer(by: Viewer) -> None:
            referral.append(
                people.refer(
                    person_id=self.known.person_id, to_unit=unit, consent_id=self.known.consent_id, by=by
                )
            )

        def receive(by: Viewer) -> None:
            people.receive_referral(referral_id=referral[0], by=by)

        yield Step(self.story.asked_on + timedelta(days=1), lambda: asking, refer)
        yield Step(self.story.asked_on + timedelta(days=3), lambda: leader, receive)

    def _plan_steps(self, told: PlanStory, asking: UUID) -> Iterator[Step]:
        last = told.ending.on if told.ending else self.today
        leader, coordinator = self.organisation.coordination_leader, self.coordinator
        started = told.starts_on
        yield Step(started, lambda: asking, self._start)
        offered: list[UUID] = []
        yield Step(started, lambda: leader, lambda by: offered.append(self._offer(by)))
        if self.waits_for_an_answer:
            return
        accepted = min(started + timedelta(days=3), last)
        if accepted > started:
            yield Step(accepted, lambda: coordinator, lambda by: self._accept(offered[0], by))
        yield Step(accepted, lambda: coordinator, lambda by: self._fill(told, by))
        yield from self._meanwhile(told, accepted, last)
        if told.ending is not None:
            yield Step(last, lambda: coordinator, self._end)
            if told.ending.reason is EndReason.CONSENT_WITHDRAWN:
                yield Step(last, lambda: self.known.citizen_id, self._withdraw)
                if last < self.today:
                    colleague = self.organisation.worker(told.team[0])
                    yield Step(last + timedelta(days=1), lambda: colleague, self._knows)

    def _meanwhile(self, told: PlanStory, first: date, last: date) -> Iterator[Step]:
        team = [self.organisation.worker(key) for key in told.team]
        for number, day in enumerate(_days(first + timedelta(days=14), last, NOTE_EVERY)):
            post = team[number % len(team)]
            yield Step(day, partial(_same, post), self._reads_and_writes)
        for day in _days(first + REVIEW_EVERY, last, REVIEW_EVERY):
            yield Step(day, lambda: self.coordinator, self._reviews)
        for day in _days(first + timedelta(days=7), last, LOOK_EVERY):
            yield Step(day, lambda: self.known.citizen_id, self._looks)
        for day in sorted({day for goal in told.goals for action in goal.actions for day in _moves(action)}):
            if first < day < last:
                yield Step(day, lambda: self.coordinator, partial(self._move_on, day))

    @property
    def waits_for_an_answer(self) -> bool:
        """The newest plans' duty is offered and not yet accepted."""
        told = self.story.plan
        return told is not None and told.ending is None and told.starts_on > self.today - UNANSWERED

    @property
    def known(self) -> Life:
        """The life that started with the yes."""
        assert self.life is not None
        return self.life

    @property
    def plan_id(self) -> UUID:
        """The plan that was started."""
        assert self.known.plan_id is not None
        return self.known.plan_id

    def _start(self, by: Viewer) -> None:
        assert self.person.group is not None
        self.known.plan_id = coordination.start_plan(
            person_id=self.known.person_id,
            partnership_id=self.organisation.partnership_id,
            kinds=["no.individual_plan"],
            consent_id=self.known.consent_id,
            unit_id=self.organisation.unit(AgencyKind.COORDINATING_UNIT, ""),
            deputy=self.coordinator,
            next_review=by.now.date() + REVIEW_EVERY,
            intake=Intake(
                target_group=self.person.group,
                asked_on=self.story.asked_on,
                months_assistance=sum(1 for ago in self.person.assistance_months_ago if ago < 12),
                situation=Situation(self.person.main_income, self.person.occupation),
            ),
            by=by,
        )

    def _offer(self, by: Viewer) -> UUID:
        return coordination.offer_duty(
            plan_id=self.plan_id,
            to_post=self.coordinator,
            deputy=self.deputy,
            consent_id=self.known.consent_id,
            by=by,
        )

    def _accept(self, handover_id: UUID, by: Viewer) -> None:
        self._read(by)
        coordination.accept_handover(handover_id=handover_id, by=by)

    def _fill(self, told: PlanStory, by: Viewer) -> None:
        """The first meeting: the team is there, goals in own words, actions, and what each contributes."""
        team = [self.organisation.worker(key) for key in told.team]
        plan.add_members(plan_id=self.plan_id, post_ids=team, consent_id=self.known.consent_id, by=by)
        for topic, text in STATEMENTS[: self.rng.randint(2, len(STATEMENTS))]:
            plan.state(plan_id=self.plan_id, topic=topic, text=text, by=by)
        for number, goal in enumerate(told.goals):
            goal_id = plan.set_goal(
                plan_id=self.plan_id,
                life_domain=_domain(goal.kind),
                own_words=goal.own_words.norwegian,
                target=goal.target.norwegian,
                by_when=goal.by_when,
                by=by,
            )
            for action in goal.actions:
                action_id = self._add(goal_id, action, number, by)
                self.known.actions.append((action_id, action))
                if action.starts_on <= by.now.date():
                    actions.set_status(action_id=action_id, status="in_progress", by=by)

    def _add(self, goal_id: UUID, action: ActionStory, number: int, by: Viewer) -> UUID:
        return actions.add(
            plan_id=self.plan_id,
            goal_id=goal_id,
            kind=action.kind,
            agreed=Agreed(
                what=action.what.norwegian,
                how=action.how.norwegian,
                extent=action.extent.norwegian,
                starts_on=action.starts_on,
                due_on=action.due_on,
            ),
            accountable=self._accountable(action.accountable),
            decision_reference=f"Vedtak {action.starts_on:%Y}/{number + 1}" if action.is_decided else "",
            by=by,
        )

    def _accountable(self, kind: AgencyKind) -> UUID:
        """The team's post of that agency, else the coordinator."""
        assert self.story.plan is not None
        of_kind = [key for key in self.story.plan.team if key.startswith(kind.value)]
        return self.organisation.worker(of_kind[0]) if of_kind else self.coordinator

    def _read(self, by: Viewer) -> PlanPage:
        self.plan_reads += 1
        return coordination_queries.plan_page(by, self.plan_id)

    def _reads_and_writes(self, by: Viewer) -> None:
        page = self._read(by)
        kind, text = self.rng.choice([note for note in NOTES if note[0] in page.may_write_kinds])
        plan.write_note(plan_id=self.plan_id, kind=kind, text=text, by=by)

    def _reviews(self, by: Viewer) -> None:
        self._read(by)
        plan.hold_review(plan_id=self.plan_id, next_review=by.now.date() + REVIEW_EVERY, by=by)

    def _looks(self, by: Viewer) -> None:
        coordination_queries.my_plan(by)
        self.plan_reads += 1

    def _move_on(self, day: date, by: Viewer) -> None:
        for action_id, action in self.known.actions:
            if action.done_on == day:
                actions.set_status(action_id=action_id, status="done", by=by)
            elif action.starts_on == day:
                actions.set_status(action_id=action_id, status="in_progress", by=by)

    def _end(self, by: Viewer) -> None:
        assert self.story.plan is not None
        ending = self.story.plan.ending
        assert ending is not None
        coordination.end_plan(
            plan_id=self.plan_id,
            reason=ending.reason,
            situation=Situation(ending.support, ending.occupation),
            by=by,
        )

    def _withdraw(self, by: Viewer) -> None:
        coordination_consents.withdraw_consent(consent_id=self.known.consent_id, by=by)

    def _knows(self, by: Viewer) -> None:
        for recall in recalls.own(by):
            recalls.acknowledge(recall_id=recall.recall_id, by=by)


def _same(post: UUID) -> UUID:
    return post


def at_nine(day: date) -> datetime:
    """Nine in the morning, UTC: when things happen in the simulation."""
    return datetime.combine(day, time(9), tzinfo=UTC)


def _days(first: date, last: date, every: timedelta) -> Iterator[date]:
    day = first
    while day < last:
        yield day
        day += every


def _moves(action: ActionStory) -> Iterator[date]:
    yield action.starts_on
    if action.done_on is not None:
        yield action.done_on


def _domain(kind: DataKind) -> str:
    return (kind.name or "plan").lower()
