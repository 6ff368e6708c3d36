"""A three-way meeting from the agenda to the plan: what it proposes, and who says yes to it.

Played through the same operations as pages use. Invented throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

from samvirke.coordination import agendas, meeting_mode, meetings, proposals
from samvirke.coordination import queries as coordination
from samvirke.coordination.meeting_types import Arranged, NewProposal
from samvirke.gate import session
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import MeetingKind, ProposedChange
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.plan import teams
from samvirke.surfaces.commands.demo.player import Player
from samvirke.surfaces.commands.demo.sign_ins import on_living_plans

ABOUT = "Hva haster mest\nHvem gjør hva til neste gang"
AGREED = "Gjelden først. Praksisplassen når den er ordnet."
PROPOSED = ("Ordne møte med gjeldsrådgiver", "Finne en praksisplass i nærheten")

# What a run must have: each counts what is there.
HAPPENED: tuple[tuple[str, LiteralString], ...] = (
    (
        "What a meeting proposed is in the plan, and the person said yes",
        """SELECT count(*) FROM coordination_proposalanswer party
        JOIN coordination_proposalanswer person ON person.proposal_id = party.proposal_id
        WHERE person.is_persons AND NOT party.is_persons AND party.says_yes AND person.says_yes""",
    ),
    (
        "What a meeting proposed waits for an answer",
        """SELECT count(*) FROM coordination_proposal p WHERE NOT EXISTS (
          SELECT FROM coordination_proposalanswer a WHERE a.proposal_id = p.id AND NOT a.is_persons)""",
    ),
)


def play(players: Sequence[Player]) -> None:
    """On the last day, on the newest plan that goes on."""
    for player in on_living_plans(players)[:1]:
        _meet(player)


def _meet(player: Player) -> None:
    """The one proposal is taken on and wanted; the other waits."""
    with session.enter(player.coordinator, Purpose.COORDINATION) as by:
        taken_on, _waits = _held(player, by)
        proposals.accept(proposal_id=taken_on, seen_version=None, by=by)
    with session.enter(player.known.citizen_id, Purpose.COORDINATION) as by:
        proposals.confirm(proposal_id=taken_on, says_yes=True, why="", by=by)


def _held(player: Player, by: Viewer) -> list[UUID]:
    """Called for today, held, and two things proposed to the coordinator."""
    page, today = coordination.plan_page(by, player.plan_id), by.now.date()
    meeting = meetings.call_meeting(
        plan_id=player.plan_id,
        day=today,
        agenda=ABOUT,
        arranged=Arranged(MeetingKind.THREE_WAY),
        open_points=agendas.proposed(page, today),
        by=by,
    )
    members = {post: member for member, post in teams.members_of(player.plan_id).items()}
    new = [
        NewProposal(
            ProposedChange.NEW,
            DataKind.PLAN,
            what,
            accountable_member=members[player.coordinator],
            goal_id=page.goals[0].goal_id,
        )
        for what in PROPOSED
    ]
    return meeting_mode.finish(
        meeting_id=meeting,
        agreed=AGREED,
        said={},
        proposed=new,
        there=[player.coordinator],
        person_was_there=True,
        by=by,
    )
