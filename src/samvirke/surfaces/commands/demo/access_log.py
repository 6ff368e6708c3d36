"""What the log leads to: two persons ask why, a leader answers, an agency says how it shows its workers."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from samvirke.agencies import naming
from samvirke.agencies import queries as agencies
from samvirke.agencies.types import Shows
from samvirke.gate import clock, session
from samvirke.gate.access import Basis
from samvirke.kernel.codes import AgencyKind
from samvirke.kernel.gate_words import Purpose
from samvirke.people import log, log_questions
from samvirke.surfaces.commands.demo.organisation import Organisation
from samvirke.surfaces.commands.demo.player import Player
from samvirke.surfaces.commands.demo.sign_ins import on_living_plans

ASKED = ("Jeg kjenner ikke deg. Hvorfor åpnet du planen min?", "Hvorfor trengte dere å se dette?")
ANSWER = "Legevakta ringte oss fordi du var syk. Vi så etter hvem vi kunne ringe, og ikke noe annet."
REASON = "Innbyggerne har bedt om å få vite hvem de har med å gjøre."


def play(here: Organisation, municipality: str, players: Sequence[Player]) -> None:
    """On the last day, by those whose plans were opened in an emergency; the first one gets an answer."""
    unit_id = here.unit(AgencyKind.SOCIAL_SERVICE, municipality)
    number = agencies.place_of(unit_id).organisation_number
    naming.state(organisation_number=number, shows=Shows.ROLE, reason=REASON, now=clock.now())
    leader = here.leader(AgencyKind.SOCIAL_SERVICE, municipality)
    for player, text in zip(on_living_plans(players), ASKED, strict=False):
        _asks(player.known.citizen_id, text)
    _answers(leader)


def _asks(citizen_id: UUID, text: str) -> None:
    with session.enter(citizen_id, Purpose.COORDINATION) as by:
        opened = (row for row in log.who_has_seen(by).rows if row.basis == Basis.LIFT and row.visit_id)
        for row in opened:
            assert row.visit_id is not None
            log_questions.ask_why(visit=log.visit(by, row.visit_id), text=text, by=by)
            return


def _answers(leader: UUID) -> None:
    with session.enter(leader, Purpose.COORDINATION) as by:
        for row in log_questions.to_answer(by)[:1]:
            log_questions.answer(question_id=row.question_id, text=ANSWER, by=by)
