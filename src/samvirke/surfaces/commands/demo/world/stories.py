"""Drawing stories: who is asked, who says yes, what the plan holds and how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from samvirke.kernel.codes import AgencyKind, EndReason, Occupation, SupportSource, TargetGroup
from samvirke.surfaces.commands.demo.world.goals import GOALS
from samvirke.surfaces.commands.demo.world.types import (
    ActionPattern,
    ActionStory,
    DrawnPerson,
    Ending,
    GoalPattern,
    GoalStory,
    PlanStory,
    Story,
    Worker,
)

LONGEST_PLAN_AGO = 725  # days before today on which the first plan may start: within the last two years
SHORTEST_WAIT, LONGEST_WAIT = 4, 75
_ENDINGS = {  # reason → weight, occupation and support afterwards
    EndReason.JOB: (0.30, Occupation.ORDINARY_JOB, SupportSource.WAGES),
    EndReason.EDUCATION: (0.17, Occupation.EDUCATION, SupportSource.STUDENT_FINANCE),
    EndReason.GRANTED_BENEFIT: (0.16, Occupation.NONE, SupportSource.WORK_ASSESSMENT_ALLOWANCE),
    EndReason.SELF_RESOLVED: (0.10, Occupation.NONE, SupportSource.SUPPORTED_BY_OTHERS),
    EndReason.MOVED: (0.09, Occupation.UNKNOWN, SupportSource.UNKNOWN),
    EndReason.CONSENT_WITHDRAWN: (0.08, Occupation.JOB_SEEKING, SupportSource.SOCIAL_ASSISTANCE),
    EndReason.NOT_REACHED: (0.08, Occupation.UNKNOWN, SupportSource.UNKNOWN),
    EndReason.WRONG_REGISTRATION: (0.02, Occupation.NONE, SupportSource.SOCIAL_ASSISTANCE),
}


@dataclass(frozen=True, slots=True)
class StoryDrawer:
    """Draws the story of one person after the other."""

    rng: Random
    workers: tuple[Worker, ...]
    today: date

    def plan(self, person: DrawnPerson) -> Story:
        """A person who says yes and gets a plan."""
        team = self._team(person)
        starts_on = self.today - timedelta(days=self.rng.randint(1, LONGEST_PLAN_AGO))
        waited = min(LONGEST_WAIT, SHORTEST_WAIT + int(self.rng.expovariate(1 / 22)))
        ending = self._ending(starts_on)
        plan = PlanStory(
            starts_on=starts_on,
            coordinator=team[0].key,
            deputy=self._deputy(team[0]).key,
            team=tuple(worker.key for worker in team),
            goals=self._goals(person, starts_on=starts_on, stops_on=ending.on if ending else self.today),
            ending=ending,
        )
        return self._story(person, asked_on=starts_on - timedelta(days=waited), waited=waited, plan=plan)

    def refusal(self, person: DrawnPerson) -> Story:
        """A person who is asked and says no."""
        asked_on = self.today - timedelta(days=self.rng.randint(10, LONGEST_PLAN_AGO))
        return self._story(person, asked_on=asked_on, waited=0, plan=None)

    def _story(self, person: DrawnPerson, *, asked_on: date, waited: int, plan: PlanStory | None) -> Story:
        asking = AgencyKind.SOCIAL_SERVICE if person.case_reference else AgencyKind.NAV_STATE
        return Story(
            person=person.key,
            asked_on=asked_on,
            asked_by=self._one_of(person, asking).key,
            consents=plan is not None,
            days_waited=waited,
            plan=plan,
        )

    def _team(self, person: DrawnPerson) -> list[Worker]:
        """One worker of each agency; the coordinator comes first, more often from the social service."""
        team = [
            self._one_of(person, AgencyKind.SOCIAL_SERVICE),
            self._one_of(person, AgencyKind.NAV_STATE),
        ]
        return team if self.rng.random() < 0.6 else team[::-1]

    def _one_of(self, person: DrawnPerson, agency: AgencyKind) -> Worker:
        return self.rng.choice(
            [
                worker
                for worker in self.workers
                if worker.agency is agency and worker.municipality == person.municipality
            ]
        )

    def _deputy(self, coordinator: Worker) -> Worker:
        same_place = (coordinator.agency, coordinator.municipality)
        others = [worker for worker in self.workers if (worker.agency, worker.municipality) == same_place]
        return self.rng.choice([worker for worker in others if worker.key != coordinator.key])

    def _ending(self, starts_on: date) -> Ending | None:
        """Plans last from two months to two years; one whose end lies ahead is active."""
        ends_on = starts_on + timedelta(days=round(60 + self.rng.gammavariate(3, 125)))
        reason = self.rng.choices(tuple(_ENDINGS), [weight for weight, *_ in _ENDINGS.values()])[0]
        _, occupation, support = _ENDINGS[reason]
        if ends_on >= self.today:
            return None
        return Ending(on=ends_on, reason=reason, occupation=occupation, support=support)

    def _goals(self, person: DrawnPerson, *, starts_on: date, stops_on: date) -> tuple[GoalStory, ...]:
        """One to three goals, no two alike; those written for the person's group come somewhat more often."""
        group = person.group or TargetGroup.LONG_TERM_RECIPIENT
        fitting = [pattern for pattern in GOALS if group in pattern.groups]
        fitting.sort(key=lambda pattern: self.rng.random() * (0.6 if len(pattern.groups) < 4 else 1.0))
        how_many = self.rng.choices((1, 2, 3), (0.3, 0.5, 0.2))[0]
        return tuple(
            self._goal(pattern, starts_on=starts_on, stops_on=stops_on) for pattern in fitting[:how_many]
        )

    def _goal(self, pattern: GoalPattern, *, starts_on: date, stops_on: date) -> GoalStory:
        actions = []
        begins = starts_on + timedelta(days=self.rng.randint(0, 21))
        for action in pattern.actions:
            actions.append(self._action(action, pattern=pattern, begins=begins, stops_on=stops_on))
            begins += timedelta(days=self.rng.randint(7, 60))
        return GoalStory(
            own_words=pattern.own_words,
            target=pattern.target,
            kind=pattern.kind,
            by_when=starts_on + timedelta(days=30 * pattern.months),
            actions=tuple(actions),
        )

    def _action(
        self, action: ActionPattern, *, pattern: GoalPattern, begins: date, stops_on: date
    ) -> ActionStory:
        due_on = begins + timedelta(weeks=action.weeks)
        done_on = due_on + timedelta(days=self.rng.randint(-10, 25))
        is_decided = self.rng.random() < 0.85
        return ActionStory(
            what=action.what,
            how=action.how,
            extent=action.extent,
            kind=pattern.kind,
            accountable=action.accountable,
            is_decided=is_decided,
            starts_on=begins,
            due_on=due_on,
            done_on=done_on if is_decided and done_on <= stops_on else None,
        )
