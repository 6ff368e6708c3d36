"""What seldom happens: broken glass with reviews, a conflict of interest, a shielded case, a sealed note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import LiteralString
from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.coordination import queries as coordination
from samvirke.gate import session
from samvirke.gate.access import Refusal, Role
from samvirke.kernel.codes import AgencyKind
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import conflicts, emergencies, lawful, own_cases
from samvirke.people import queries as people
from samvirke.people.emergencies import Emergency
from samvirke.people.law_types import Asked
from samvirke.plan import operations as plan
from samvirke.programmes import queries as programmes
from samvirke.surfaces.commands.demo import family
from samvirke.surfaces.commands.demo.organisation import Organisation
from samvirke.surfaces.commands.demo.player import Player
from samvirke.surfaces.commands.demo.sign_ins import busy_worker, on_living_plans

NEEDED = "Lederen i Nav-kontoret skal ringe om en feilutbetaling i dag, og må kjenne telefonnummeret."
NOTE = "Avtalt med personen at dette blir mellom oss til vi vet mer om boligen."
WHY = (
    ("Legevakta ringte. Hun er funnet bevisstløs, og de må vite hvem de kan ringe.", "accepted"),
    ("Politiet spør om han er sett i dag. Fastlegen er redd for ham.", ""),
    ("Ville se om naboen får mer enn meg.", "misuse"),
)
FELL_ILL = "Falt om på bussen, uten telefon. Nummeret sto på førerkortet, og noen hjemme må få vite det."
SAYS_SISTER = "En mann ringte og sa at søsteren er i fare. Han har nummeret hennes, men ikke adressen."

# What a run must have: each counts what is there.
HAPPENED: tuple[tuple[str, LiteralString], ...] = (
    ("An emergency waits for its review", "SELECT count(*) FROM gate_lift WHERE verdict IS NULL"),
    ("An emergency was accepted", "SELECT count(*) FROM gate_lift WHERE verdict = 'accepted'"),
    (
        "An emergency was misuse, and what it opened is closed",
        """SELECT count(*) FROM gate_lift l WHERE l.verdict = 'misuse'
        AND NOT EXISTS (SELECT FROM gate_grant g WHERE g.lift_id = l.id)""",
    ),
    (
        "A leader is told of somebody who opened more often than others",
        """SELECT count(*) FROM (SELECT FROM gate_lift
        WHERE lifted_at > (SELECT now FROM gate_simulatedclock) - interval '7 days'
        GROUP BY post_id, reviewer_id HAVING count(*) >= 3) often""",
    ),
    (
        "A typed number opened somebody in an emergency, and nothing of somebody protected",
        """SELECT count(*) FROM gate_accessentry opened JOIN gate_accessentry typed USING (post_id)
        WHERE opened.verb = 'people.break_glass' AND opened.outcome = 'allowed'
        AND typed.verb = 'people.break_glass' AND typed.outcome = 'no_basis'
        AND NOT EXISTS (SELECT FROM gate_subject s WHERE s.id = typed.subject_id)""",
    ),
    (
        "Somebody keeps out of the case of somebody close",
        "SELECT count(*) FROM gate_bar WHERE reason = 'close_relation' AND ended_at IS NULL",
    ),
    (
        "Somebody is kept from an own case",
        "SELECT count(*) FROM gate_bar WHERE reason = 'own_case' AND ended_at IS NULL",
    ),
    ("A case is kept from colleagues", "SELECT count(*) FROM gate_shield WHERE ended_at IS NULL"),
    ("A note is sealed", "SELECT count(*) FROM plan_note WHERE sealed_to_id IS NOT NULL"),
    (
        "Something is open by law, until a day",
        """SELECT count(*) FROM people_openingbylaw
        WHERE ended_at IS NULL AND until > (SELECT now FROM gate_simulatedclock)""",
    ),
)


def play(here: Organisation, municipality: str, players: Sequence[Player]) -> None:
    """On the last day, in one municipality, to people on plans that go on."""
    unit_id = here.unit(AgencyKind.SOCIAL_SERVICE, municipality)
    leader = here.leader(AgencyKind.SOCIAL_SERVICE, municipality)
    worker = here.worker(busy_worker(AgencyKind.SOCIAL_SERVICE, municipality, players))
    colleague = _colleague(worker, unit_id)
    living = on_living_plans(players)
    for player, (why, verdict) in zip(living, WHY, strict=False):
        _broken(colleague, leader, player.known.person_id, why, verdict)
    elsewhere = (player for player in living[len(WHY) :] if player.person.municipality != municipality)
    for player in list(elsewhere)[:1]:
        _by_number(worker, player.person.national_id, FELL_ILL)
    _by_number(worker, family.mother(municipality).national_id, SAYS_SISTER)
    _kept_out(colleague, worker, leader)
    _is_also_a_client(colleague, unit_id, players[-1].person.national_id)
    _sealed(worker)
    _by_law(worker, here.leader(AgencyKind.NAV_STATE, municipality))


def _colleague(worker: UUID, unit_id: UUID) -> UUID:
    posts = agencies.posts_of(unit_id)
    return next(post.id for post in posts if post.role is Role.SOCIAL_WORKER and post.id != worker)


def _broken(by_post: UUID, leader: UUID, person_id: UUID, why: str, verdict: str) -> None:
    with session.enter(by_post, Purpose.COORDINATION) as by:
        lift_id = emergencies.break_glass(subject_id=person_id, emergency=_emergency(why), by=by)
    if lift_id is not None and verdict:
        with session.enter(leader, Purpose.COORDINATION) as by:
            emergencies.review(lift_id=lift_id, verdict=verdict, by=by)


def _by_number(by_post: UUID, national_id: str, why: str) -> None:
    """Nothing but a number is known. Whose place is protected stays closed."""
    with session.enter(by_post, Purpose.COORDINATION) as by:
        partnership_id = programmes.partnership_of(by)
        assert partnership_id is not None
        emergencies.break_glass_by_number(
            national_id=national_id, partnership_id=partnership_id, emergency=_emergency(why), by=by
        )


def _emergency(why: str) -> Emergency:
    return Emergency(DataKind.HEALTH | DataKind.NETWORK, why, 24)


def _is_also_a_client(colleague: UUID, unit_id: UUID, national_id: str) -> None:
    """The colleague has a case here too, and is kept from it since the post was taken."""
    scopes = [unit_id, *programmes.partnership_names()]
    own_cases.take_post(post_id=colleague, national_id=national_id, scopes=scopes)


def _kept_out(colleague: UUID, worker: UUID, leader: UUID) -> None:
    with session.enter(colleague, Purpose.COORDINATION) as by:
        first, second = people.own_record_order(by)[:2]
        conflicts.declare_conflict(subject_id=first, reason=Refusal.CLOSE_RELATION, by=by)
    with session.enter(leader, Purpose.COORDINATION) as by:
        conflicts.shield_record(record_id=second, post_ids=[worker], by=by)


def _by_law(worker: UUID, nav_leader: UUID) -> None:
    """In the joint office, about somebody on one of the worker's own plans."""
    with session.enter(worker, Purpose.COORDINATION) as by:
        for row in coordination.worklist(by):
            page = coordination.plan_page(by, row.plan_id)
            if row.is_family or page.status != "active":
                continue
            asked = Asked(
                to_post=nav_leader,
                provision="no.nav_act_16",
                kinds=DataKind.CONTACT,
                purposes=Purpose.SERVICE,
                until=by.now + timedelta(days=30),
                met={"needed_in_office": NEEDED},
            )
            lawful.open_by_law(person_id=page.subject_id, asked=asked, by=by)
            return


def _sealed(worker: UUID) -> None:
    """On one of the worker's own plans."""
    with session.enter(worker, Purpose.COORDINATION) as by:
        for row in coordination.worklist(by):
            if row.is_family:
                continue
            plan.write_note(plan_id=row.plan_id, kind=DataKind.PLAN, text=NOTE, by=by, sealed=True)
            return
