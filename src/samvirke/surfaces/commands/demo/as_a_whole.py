"""The plan in the person's own voice, the person's own part of it, and what everybody agreed on as a whole.

Played through the same operations as pages use. Invented throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import LiteralString

from samvirke.coordination import queries as coordination
from samvirke.gate import session
from samvirke.kernel.codes import Answer, GoalStatus, Side
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.plan import actions, versions
from samvirke.plan import operations as plan
from samvirke.plan.action_types import Agreed, OwnSide
from samvirke.surfaces.commands.demo.player import Player
from samvirke.surfaces.commands.demo.sign_ins import on_living_plans

VOICE = (
    ("dream", "Å ha en jobb å gå til, og råd til å ta ungene med på tur i høst."),
    ("matters", "At ungene merker minst mulig av dette. At jeg får vite ting før andre."),
    ("to_be_met", "Si det rett ut. Ring heller enn å skrive, og aller helst etter klokka ti."),
)
GRANDMOTHER = "Mormor"
RESERVED = "Jeg er med på det meste, men vil begynne med to dager i uka og ikke tre."

# What a run must have: each counts what is there.
HAPPENED: tuple[tuple[str, LiteralString], ...] = (
    (
        "The person said what they dream of",
        "SELECT count(*) FROM plan_statement WHERE topic = 'dream'",
    ),
    (
        "The person does something themselves",
        """SELECT count(*) FROM plan_action a JOIN plan_teammember m ON m.id = a.accountable_member_id
        WHERE m.side = 'person' AND a.status = 'in_progress'""",
    ),
    (
        "A relative answers for something",
        """SELECT count(*) FROM plan_action a JOIN plan_teammember m ON m.id = a.accountable_member_id
        WHERE m.side = 'relative'""",
    ),
    (
        "A party agrees with a version in part, and says why",
        "SELECT count(*) FROM plan_assent WHERE answer = 'in_part' AND text <> ''",
    ),
    ("A goal is reached", "SELECT count(*) FROM plan_goalversion WHERE status = 'reached'"),
)


def play(players: Sequence[Player]) -> None:
    """On the last day, on the two newest plans that go on."""
    for player in on_living_plans(players)[:2]:
        _said(player)
        _own_part(player)
        _agreed(player)
    for player in on_living_plans(players)[2:4]:
        _reached(player)


def _said(player: Player) -> None:
    with session.enter(player.known.citizen_id, Purpose.COORDINATION) as by:
        for topic, text in VOICE:
            plan.state(plan_id=player.plan_id, topic=topic, text=text, by=by)


def _own_part(player: Player) -> None:
    """The person calls somewhere, and has begun; grandmother looks after the children meanwhile."""
    me = OwnSide(Side.PERSON, player.known.person_id)
    with session.enter(player.coordinator, Purpose.COORDINATION) as by:
        goals = coordination.plan_page(by, player.plan_id).goals
        due = by.now.date() + timedelta(days=10)
        for who, what in (
            (me, "Ringe arbeidsplassen og avtale besøk"),
            (OwnSide(Side.RELATIVE, called=GRANDMOTHER), "Hente i barnehagen mens praksisen varer"),
        ):
            action_id = actions.add(
                plan_id=player.plan_id,
                goal_id=goals[0].goal_id,
                kind=DataKind.PLAN,
                agreed=Agreed(what, due_on=due),
                accountable=who,
                decision_reference="",
                by=by,
            )
            if who == me:
                hers = action_id
    with session.enter(player.known.citizen_id, Purpose.COORDINATION) as by:
        actions.move_own(action_id=hers, status="in_progress", by=by)


def _agreed(player: Player) -> None:
    """The coordinator keeps the plan as a version; both answer, the person in part."""
    with session.enter(player.coordinator, Purpose.COORDINATION) as by:
        number = versions.fix(plan_id=player.plan_id, by=by)
    for who, said, text in (
        (player.coordinator, Answer.AGREES, ""),
        (player.known.citizen_id, Answer.IN_PART, RESERVED),
    ):
        with session.enter(who, Purpose.COORDINATION) as by:
            seen = versions.of_plan(by, player.plan_id).newest_seen
            versions.answer(plan_id=player.plan_id, number=number, said=said, text=text, seen=seen, by=by)


def _reached(player: Player) -> None:
    with session.enter(player.coordinator, Purpose.COORDINATION) as by:
        goal = coordination.plan_page(by, player.plan_id).goals[-1]
        plan.set_goal_status(
            goal_id=goal.goal_id, seen_version=goal.version, status=GoalStatus.REACHED, why="", by=by
        )
