"""What the log leads to: persons ask why, a leader answers, visits are kept back for a time, then told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import LiteralString
from uuid import UUID

from samvirke.agencies import naming
from samvirke.agencies import queries as agencies
from samvirke.agencies.types import Shows
from samvirke.coordination import queries as coordination
from samvirke.gate import clock, session
from samvirke.gate.access import Basis
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import explaining, kept_back, log, log_questions
from samvirke.people import queries as people
from samvirke.people.kept_back import Asked
from samvirke.surfaces.commands.demo.family import FamilyIds
from samvirke.surfaces.commands.demo.organisation import Organisation
from samvirke.surfaces.commands.demo.player import Player, Step
from samvirke.surfaces.commands.demo.sign_ins import on_living_plans

ASKED = ("Jeg kjenner ikke deg. Hvorfor åpnet du planen min?", "Hvorfor trengte dere å se dette?")
ANSWER = "Legevakta ringte oss fordi du var syk. Vi så etter hvem vi kunne ringe, og ikke noe annet."
REASON = "Innbyggerne har bedt om å få vite hvem de har med å gjøre."
KEPT_BACK, LOOKED = timedelta(days=30), timedelta(days=29)
FOR_THE_POLICE = "Politiet etterforsker en arbeidsgiver, og ber om at Navs besøk ikke vises før avhørene."
FOR_HER_ADDRESS = "Et besøk kan vise faren hvor Liv og moren bor nå. Adressen er strengt fortrolig."

# What a run must have: each counts what is there.
HAPPENED: tuple[tuple[str, LiteralString], ...] = (
    (
        "A question about the log waits for its answer",
        "SELECT count(*) FROM people_logquestion WHERE answered_at IS NULL",
    ),
    (
        "A question about the log is answered",
        "SELECT count(*) FROM people_logquestion WHERE answered_at IS NOT NULL AND answer <> ''",
    ),
    (
        "Visits are kept back from a reader of the log, as a second leader found right",
        """SELECT count(*) FROM gate_logexception WHERE verdict = 'accepted' AND ended_at IS NULL
        AND until > (SELECT now FROM gate_simulatedclock)""",
    ),
    (
        "Visits that were kept back and that nobody reviewed are told by now",
        """SELECT count(*) FROM gate_logexception WHERE verdict IS NULL
        AND review_until <= (SELECT now FROM gate_simulatedclock)""",
    ),
    (
        "A person had a decision about them explained, and that is in the log",
        """SELECT count(*) FROM gate_accessentry a JOIN people_person p ON p.id = a.subject_id
        WHERE 'people.explain' = ANY (string_to_array(a.verb, ' ')) AND a.outcome = 'allowed'
        AND a.post_id = p.citizen_id""",
    ),
)


def steps(visited: Player | None, here: Organisation, today: date) -> Iterator[Step]:
    """Nav's visits were kept back from whom a visitor can be; nobody reviewed it, and it lapsed."""
    if visited is None:
        return
    nav = _nav(visited)
    yield Step(
        today - KEPT_BACK, lambda: here.coordination_leader, partial(_keep_back_for_the_police, visited, nav)
    )
    yield Step(today - LOOKED, lambda: nav, partial(_looks, visited))


def play(here: Organisation, municipality: str, players: Sequence[Player], kin: FamilyIds) -> None:
    """On the last day, by those whose plans were opened in an emergency; the first one gets an answer."""
    unit_id = here.unit(AgencyKind.SOCIAL_SERVICE, municipality)
    number = agencies.place_of(unit_id).organisation_number
    naming.state(organisation_number=number, shows=Shows.ROLE, reason=REASON, now=clock.now())
    leader = here.leader(AgencyKind.SOCIAL_SERVICE, municipality)
    living = on_living_plans(players)
    asked = [_asks(player.known.citizen_id, text) for player, text in zip(living, ASKED, strict=False)]
    for question_id in asked[:1]:
        _answers(leader, question_id)
    for player in living[:1]:
        _is_explained(player.known.citizen_id, _nav(player))
    _keep_back_for_her_address(here.coordination_leader, kin)


def _asks(citizen_id: UUID, text: str) -> UUID:
    with session.enter(citizen_id, Purpose.COORDINATION) as by:
        opened = (row.visit_id for row in log.who_has_seen(by).rows if row.basis == Basis.LIFT)
        visit_id = next(visit_id for visit_id in opened if visit_id is not None)
        return log_questions.ask_why(visit=log.visit(by, visit_id), text=text, by=by)


def _answers(leader: UUID, question_id: UUID) -> None:
    with session.enter(leader, Purpose.COORDINATION) as by:
        log_questions.answer(question_id=question_id, text=ANSWER, by=by)


def _is_explained(citizen_id: UUID, nav: UUID) -> None:
    """Does Nav read what is written about my health?"""
    with session.enter(citizen_id, Purpose.COORDINATION) as by:
        explaining.explain(
            by,
            subject_id=people.myself(by),
            post_id=nav,
            kind=DataKind.HEALTH,
            purpose=Purpose.COORDINATION,
            at=by.now,
        )


def _keep_back_for_the_police(player: Player, nav: UUID, by: Viewer) -> None:
    asked = Asked(
        reader_id=player.known.citizen_id,
        unit_ids=(agencies.post(nav).unit_id,),
        case_type="no.log_investigation",
        days=21,
        reason=FOR_THE_POLICE,
    )
    kept_back.keep_back(person_id=player.known.person_id, asked=asked, by=by)


def _looks(player: Player, by: Viewer) -> None:
    coordination.plan_page(by, player.plan_id)


def _keep_back_for_her_address(leader: UUID, kin: FamilyIds) -> None:
    """The social service's visits to the child, from her father; a second leader looks at it at once."""
    asked = Asked(
        reader_id=kin.father,
        unit_ids=(agencies.post(kin.worker).unit_id,),
        case_type="no.log_protected_address",
        days=90,
        reason=FOR_HER_ADDRESS,
    )
    with session.enter(leader, Purpose.COORDINATION) as by:
        exception_id = kept_back.keep_back(person_id=kin.child, asked=asked, by=by)
    reviewer = agencies.leader_of_another_unit(leader, AgencyKind.SOCIAL_SERVICE)
    assert reviewer is not None
    with session.enter(reviewer, Purpose.COORDINATION) as by:
        kept_back.review(exception_id=exception_id, verdict="accepted", by=by)


def _nav(player: Player) -> UUID:
    """Whom Nav has in the person's team."""
    assert player.story.plan is not None
    team = player.story.plan.team
    return player.organisation.worker(next(key for key in team if key.startswith(AgencyKind.NAV_STATE)))
