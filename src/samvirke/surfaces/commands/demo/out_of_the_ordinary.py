"""What seldom happens: broken glass with reviews, a conflict of interest, a shielded case, a sealed note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
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
from samvirke.surfaces.commands.demo.organisation import Organisation
from samvirke.surfaces.commands.demo.player import Player
from samvirke.surfaces.commands.demo.sign_ins import on_living_plans

NEEDED = "Lederen i Nav-kontoret skal ringe om en feilutbetaling i dag, og må kjenne telefonnummeret."
NOTE = "Avtalt med personen at dette blir mellom oss til vi vet mer om boligen."
WHY = (
    ("Legevakta ringte. Hun er funnet bevisstløs, og de må vite hvem de kan ringe.", "accepted"),
    ("Politiet spør om han er sett i dag. Fastlegen er redd for ham.", ""),
    ("Ville se om naboen får mer enn meg.", "misuse"),
)


def play(here: Organisation, municipality: str, players: Sequence[Player]) -> None:
    """On the last day, in one municipality, to people on plans that go on."""
    unit_id = here.unit(AgencyKind.SOCIAL_SERVICE, municipality)
    leader = here.leader(AgencyKind.SOCIAL_SERVICE, municipality)
    posts = agencies.posts_of(unit_id)
    worker, *others = [post.id for post in posts if post.role is Role.SOCIAL_WORKER]
    colleague = others[0] if others else leader
    for player, (why, verdict) in zip(on_living_plans(players), WHY, strict=False):
        _broken(colleague, leader, player.known.person_id, why, verdict)
    if others:
        _kept_out(colleague, worker, leader)
        _is_also_a_client(colleague, unit_id, players)
    _sealed(worker)
    _by_law(worker, here.leader(AgencyKind.NAV_STATE, municipality))


def _broken(by_post: UUID, leader: UUID, person_id: UUID, why: str, verdict: str) -> None:
    with session.enter(by_post, Purpose.COORDINATION) as by:
        wanted = Emergency(DataKind.HEALTH | DataKind.NETWORK, why, 24)
        lift_id = emergencies.break_glass(subject_id=person_id, emergency=wanted, by=by)
    if lift_id is not None and verdict:
        with session.enter(leader, Purpose.COORDINATION) as by:
            emergencies.review(lift_id=lift_id, verdict=verdict, by=by)


def _is_also_a_client(colleague: UUID, unit_id: UUID, players: Sequence[Player]) -> None:
    """The colleague has a case here too, and is kept from it since the post was taken."""
    number = players[-1].person.national_id
    scopes = [unit_id, *programmes.partnership_names()]
    own_cases.take_post(post_id=colleague, national_id=number, scopes=scopes)


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
