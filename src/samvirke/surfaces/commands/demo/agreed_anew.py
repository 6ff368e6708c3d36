"""Actions that wait for one another, and a delay that moves them; a person's wishes, decided and refused.

Played through the same operations as pages use. Invented throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from typing import LiteralString
from uuid import UUID

from samvirke.coordination import queries as coordination
from samvirke.gate import session
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Priority
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.kernel.week import WeeklyTime
from samvirke.plan import actions, chains
from samvirke.plan.action_types import Agreed
from samvirke.surfaces.commands.demo.player import Player
from samvirke.surfaces.commands.demo.sign_ins import on_living_plans

FIRST = Agreed(
    "Finne ut hva som passer",
    "Besøke to arbeidsplasser sammen",
    "en gang i uka",
    week=(WeeklyTime(2, time(9), time(11, 30)),),
    priority=Priority.FIRST,
)
SECOND = Agreed("Prøve seg i arbeid", "Sammen med en fadder", "tre dager i uka")
LATER = "Den ene arbeidsplassen kan først ta imot om to uker."
WISHES = ("Et sted å trene sammen med andre", "Busskort fram til sommeren")
ANSWER = "Ordningen med busskort er slutt. Søk heller om stønad til reise, så hjelper vi deg med det."

# What a run must have: each counts what is there.
HAPPENED: tuple[tuple[str, LiteralString], ...] = (
    (
        "An action waits for another",
        "SELECT count(*) FROM plan_action WHERE cardinality(comes_after) > 0 AND status = 'planned'",
    ),
    (
        "A delay moved along what comes after",
        """SELECT count(*) FROM plan_action a JOIN plan_earlieraction e ON e.action_id = a.id
        WHERE cardinality(a.comes_after) > 0 AND a.starts_on > e.starts_on""",
    ),
    (
        "A wish was decided",
        """SELECT count(*) FROM plan_action a JOIN plan_earlieraction e ON e.action_id = a.id
        WHERE e.standing = 'wish' AND a.standing = 'decided'""",
    ),
    (
        "A wish was refused, and stays with its reason",
        "SELECT count(*) FROM plan_action WHERE status = 'refused' AND why <> ''",
    ),
)


def play(players: Sequence[Player]) -> None:
    """On the last day, on the two newest plans that go on."""
    for player in on_living_plans(players)[:2]:
        with session.enter(player.coordinator, Purpose.COORDINATION) as by:
            _chain(player, by)
        _wishes(player)


def _wishes(player: Player) -> None:
    """The person wishes for two things; the one is decided, the other refused."""
    with session.enter(player.known.citizen_id, Purpose.COORDINATION) as by:
        wished = [_add(player, Agreed(what), by) for what in WISHES]
    with session.enter(player.coordinator, Purpose.COORDINATION) as by:
        actions.decide(action_id=wished[0], reference=f"Vedtak {by.now:%Y}/88", by=by)
        actions.set_status(action_id=wished[1], status="refused", why=ANSWER, by=by)


def _chain(player: Player, by: Viewer) -> None:
    """What comes first is delayed, and what comes after moves along."""
    today = by.now.date()
    first = replace(FIRST, starts_on=today, due_on=today + timedelta(days=20))
    first_id = _add(player, first, by)
    second = replace(SECOND, starts_on=today + timedelta(days=21), due_on=today + timedelta(days=80))
    _add(player, replace(second, comes_after=frozenset({first_id})), by)
    late = first.due_on + timedelta(days=14) if first.due_on else None
    page = coordination.plan_page(by, player.plan_id)
    along = {one.action.action_id: one.action.version for one in chains.effect(page.actions, first_id, late)}
    actions.change(
        action_id=first_id,
        seen_version=1,
        agreed=replace(first, due_on=late),
        accountable=player.coordinator,
        why=LATER,
        by=by,
        along=along,
    )


def _add(player: Player, agreed: Agreed, by: Viewer) -> UUID:
    goals = coordination.plan_page(by, player.plan_id).goals
    return actions.add(
        plan_id=player.plan_id,
        goal_id=goals[0].goal_id,
        kind=DataKind.PLAN,
        agreed=agreed,
        accountable=player.coordinator,
        decision_reference="",
        by=by,
    )
