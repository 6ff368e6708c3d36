"""Life goes on: meetings, a coordinator who is away just now, calls after a job, and one move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import LiteralString
from uuid import UUID

from samvirke.coordination import absences, follow_ups, meetings, moves
from samvirke.coordination import queries as coordination
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind, EndReason
from samvirke.kernel.gate_words import DataKind
from samvirke.people import operations as people
from samvirke.plan import operations as plan
from samvirke.plan.types import Situation
from samvirke.surfaces.commands.demo.organisation import Organisation
from samvirke.surfaces.commands.demo.player import Player, Step
from samvirke.surfaces.commands.demo.words import AGREED, AS_STAND_IN
from samvirke.surfaces.commands.demo.world.types import PlanStory

EVERY_THIRD = 3
FIRST_MEETING, SECOND_MEETING = timedelta(days=40), timedelta(days=200)
AWAY_SINCE, AWAY_STILL = timedelta(days=9), timedelta(days=5)
STANDS_IN_AFTER, PLANS_STOOD_IN_FOR = timedelta(days=4), 8
CALLS_AFTER = (timedelta(days=30), timedelta(days=91), timedelta(days=182))
CALLED_AT_ONCE, FOLLOWED = timedelta(days=6), 18
SETTLED = timedelta(days=60)

# What must hold of a run: each counts what would be wrong.
WITHOUT_STAND_IN = """
SELECT count(*) FROM coordination_absence a JOIN coordination_turn t ON t.post_id = a.post_id
JOIN coordination_duty d ON d.id = t.duty_id
CROSS JOIN LATERAL generate_series(greatest(a.away_from, t.starts_on), least(a.back_on, d.closed_on, (
  SELECT min(n.starts_on) FROM coordination_turn n WHERE n.duty_id = d.id AND n.starts_on > t.starts_on)) - 1,
  interval '1 day') day
WHERE NOT EXISTS (SELECT FROM plan_teammember m JOIN agencies_post p ON p.id = m.post_id
  WHERE m.plan_id = d.plan_id AND m.joined_on <= day AND (m.left_on IS NULL OR m.left_on > day)
  AND (m.post_id = t.deputy_id OR (p.is_leader AND p.unit_id = d.unit_id))
  AND NOT EXISTS (SELECT FROM coordination_absence b
    WHERE b.post_id = m.post_id AND b.away_from <= day AND day < b.back_on))
"""
LEFT_AND_SEES = """
SELECT count(*) FROM plan_teammember m JOIN gate_grant g
  ON g.subject_id = m.subject_id AND g.holder_id = m.post_id AND g.basis = 'consent'
WHERE m.left_on IS NOT NULL AND NOT EXISTS (SELECT FROM plan_teammember n
  WHERE n.plan_id = m.plan_id AND n.post_id = m.post_id AND n.left_on IS NULL)
"""
INVARIANTS: tuple[tuple[str, LiteralString], ...] = (
    ("On every day of an absence somebody in the team stood in", WITHOUT_STAND_IN),
    ("Nobody who left a team still sees the person", LEFT_AND_SEES),
)


def steps(
    visited: Player | None, players: Sequence[Player], here: Organisation, today: date, told: Counter[str]
) -> Iterator[Step]:
    """What happens beside the single stories; `told` counts what has happened."""
    on_plans = [player for player in players if player.story.plan is not None]
    for player in on_plans[::EVERY_THIRD]:
        yield from _meetings(player, today, told)
    if visited is not None:
        yield Step(today, lambda: visited.coordinator, partial(_call_ahead, visited))
    away = _who_is_away(on_plans, here)
    yield from _absence(away, [player for player in on_plans if player.coordinator == away], today, told)
    followed = [player for player in on_plans if _found_work(player) is not None]
    for player in followed[:FOLLOWED]:
        yield from _follow_up(player, away, today, told)
    yield from _move(visited, on_plans, away, here, today, told)


def _meetings(player: Player, today: date, told: Counter[str]) -> Iterator[Step]:
    story = _story(player)
    last = story.ending.on if story.ending else today
    for number, after in enumerate((FIRST_MEETING, SECOND_MEETING)):
        if story.starts_on + after < last:
            day = story.starts_on + after
            yield Step(day, lambda: player.coordinator, partial(_meet, player, number, told))


def _meet(player: Player, number: int, told: Counter[str], by: Viewer) -> None:
    agenda, agreed = AGREED[(number + player.person.birth_date.day) % len(AGREED)]
    one = meetings.call_meeting(plan_id=player.plan_id, day=by.now.date(), agenda=agenda, by=by)
    team = [player.organisation.worker(key) for key in _story(player).team]
    meetings.write_minutes(
        meeting_id=one,
        agreed=agreed,
        there=[by.post_id, *team],
        person_was_there=bool(player.person.birth_date.day % 5),
        by=by,
    )
    told["meetings"] += 1


def _call_ahead(player: Player, by: Viewer) -> None:
    agenda, _ = AGREED[0]
    day = by.now.date() + timedelta(days=7)
    meetings.call_meeting(plan_id=player.plan_id, day=day, agenda=agenda, by=by)


def _who_is_away(players: Sequence[Player], here: Organisation) -> UUID:
    """A coordinator who is not waited for by a plan that was offered."""
    waited_for = {player.coordinator for player in players if player.waits_for_an_answer}
    free = [post for post in here.coordinators if post not in waited_for]
    return (free or list(here.coordinators))[-1]


def _absence(away: UUID, players: Sequence[Player], today: date, told: Counter[str]) -> Iterator[Step]:
    def leaves(by: Viewer) -> None:
        absences.say_absence(post_id=away, away_from=by.now.date(), back_on=today + AWAY_STILL, by=by)

    yield Step(today - AWAY_SINCE, lambda: away, leaves, alone=True)
    living = [player for player in players if _is_settled(player, today)]
    for player in living[:PLANS_STOOD_IN_FOR]:
        day = today - AWAY_SINCE + STANDS_IN_AFTER
        yield Step(day, partial(_post, player.deputy), partial(_stands_in, player, told), alone=True)


def _stands_in(player: Player, told: Counter[str], by: Viewer) -> None:
    """The deputy finds the plan marked on the list, and acts."""
    (row,) = [row for row in coordination.worklist(by) if row.plan_id == player.plan_id]
    assert row.i_stand_in
    plan.write_note(plan_id=row.plan_id, kind=DataKind.PLAN, text=AS_STAND_IN, by=by)
    told["stood_in"] += 1


def _follow_up(player: Player, away: UUID, today: date, told: Counter[str]) -> Iterator[Step]:
    ended_on = _found_work(player)
    assert ended_on is not None
    days = [ended_on + after for after in CALLS_AFTER]

    def agree(by: Viewer) -> None:
        follow_ups.agree_follow_ups(plan_id=player.plan_id, days=days, by=by)

    yield Step(ended_on, lambda: player.coordinator, agree)
    for day in days:
        is_there = player.coordinator != away or day < today - AWAY_SINCE
        if day < today - CALLED_AT_ONCE and is_there:
            yield Step(day, lambda: player.coordinator, partial(_call, player, told))


def _call(player: Player, told: Counter[str], by: Viewer) -> None:
    ending = _story(player).ending
    assert ending is not None
    rows = follow_ups.of_plan(by, player.plan_id).rows
    one = next(row for row in rows if row.due_on == by.now.date())
    situation = Situation(ending.support, ending.occupation)
    follow_ups.note_call(follow_up_id=one.follow_up_id, situation=situation, open_anew=False, by=by)
    told["calls"] += 1


def _move(
    visited: Player | None,
    players: Sequence[Player],
    away: UUID,
    here: Organisation,
    today: date,
    told: Counter[str],
) -> Iterator[Step]:
    """The last of those with no application moves today; the new place's leader receives the referral."""
    movers = [player for player in players if _is_settled(player, today) and player.coordinator != away]
    places = sorted({player.person.municipality for player in players})
    if len(movers) < FOLLOWED or len(places) < 2 or movers[-1] is visited:
        return
    mover = movers[-1]
    to = next(place for place in places if place != mover.person.municipality)
    referrals: list[UUID] = []

    def moves_to(by: Viewer) -> None:
        referrals.extend(
            moves.move(plan_id=mover.plan_id, municipality=to, form="oral", text_version="2026-1", by=by)
        )
        told["moves"] += 1

    yield Step(today, lambda: mover.coordinator, moves_to)
    kinds = sorted(
        [AgencyKind.SOCIAL_SERVICE, AgencyKind.NAV_STATE], key=lambda kind: _unit_name(here, kind, to)
    )
    for number, kind in enumerate(kinds):
        yield Step(today, partial(here.leader, kind, to), partial(_receive, referrals, number))


def _receive(referrals: Sequence[UUID], number: int, by: Viewer) -> None:
    people.receive_referral(referral_id=referrals[number], by=by)


def _unit_name(here: Organisation, kind: AgencyKind, municipality: str) -> str:
    """Referrals come in the order of the units' names."""
    unit_id = here.unit(kind, municipality)
    return next(unit.name for agency in here.agencies for unit in agency.units if unit.id == unit_id)


def _found_work(player: Player) -> date | None:
    ending = _story(player).ending
    found = ending is not None and ending.reason in {EndReason.JOB, EndReason.EDUCATION}
    return ending.on if ending is not None and found else None


def _is_settled(player: Player, today: date) -> bool:
    story = _story(player)
    return story.ending is None and story.starts_on < today - SETTLED


def _story(player: Player) -> PlanStory:
    assert player.story.plan is not None
    return player.story.plan


def _post(post_id: UUID) -> UUID:
    return post_id
