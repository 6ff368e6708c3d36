"""Who a visitor of the demonstration can be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from samvirke.accounts import operations as accounts
from samvirke.accounts.operations import NewSeat
from samvirke.gate.access import ACCESS, Role
from samvirke.kernel.codes import AgencyKind, Country, EndReason
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.commands.demo import sign_ins_abroad
from samvirke.surfaces.commands.demo.acting import ActingIds
from samvirke.surfaces.commands.demo.family import FamilyIds
from samvirke.surfaces.commands.demo.neighbours import Met, Neighbour
from samvirke.surfaces.commands.demo.organisation import Organisation, key_id
from samvirke.surfaces.commands.demo.player import Player
from samvirke.surfaces.commands.demo.world import World


def user_of(post_id: UUID) -> UUID:
    """The account that acts in a post of the demonstration."""
    return key_id(f"user/{post_id}")


def first_purpose(role: Role) -> Purpose:
    """The purpose a session of this role starts with."""
    purposes = ACCESS[role].purposes
    if Purpose.COORDINATION & purposes:
        return Purpose.COORDINATION
    return next(purpose for purpose in Purpose if purpose & purposes)


def write(
    path: Path,
    world: World,
    here: Organisation,
    players: Sequence[Player],
    family: FamilyIds,
    acted: ActingIds,
    abroad: Sequence[tuple[Neighbour, Sequence[Met]]],
) -> None:
    """Open accounts for a few citizens and write the list for the sign-in page."""
    citizens = [*_citizens(players), *_parents(family), *_acted_for(acted)]
    people = [_entry(post_id, Role.CITIZEN, label, story) for post_id, label, story in citizens]
    people += _staff(world, here, players)
    for neighbour, met in abroad:
        people += sign_ins_abroad.entries(neighbour, met, _entry)
    accounts.open_accounts(
        [
            NewSeat(UUID(one["user_id"]), UUID(one["post_id"]), first_purpose(Role.CITIZEN))
            for one in people
            if one["role"] == Role.CITIZEN
        ]
    )
    path.write_text(json.dumps(people, ensure_ascii=False, indent=2), encoding="utf-8")


def on_a_living_plan(players: Sequence[Player]) -> Player | None:
    """The person on a living plan whom a visitor can be."""
    return next(iter(on_living_plans(players)), None)


def on_living_plans(players: Sequence[Player]) -> list[Player]:
    """Everybody whose plan goes on, the newest first."""
    living = [player for player in players if player.story.plan is not None and _ended_by(player) is None]
    return sorted(living, key=_how_recent, reverse=True)


def _citizens(players: Sequence[Player]) -> Iterator[tuple[UUID, tuple[str, str], tuple[str, str]]]:
    """One with a living plan, one whose plan ended in a job, one who withdrew the consent."""
    wanted = (
        (None, ("har en plan som er i gang", "has a plan that is under way")),
        (EndReason.JOB, ("planen sluttet med jobb", "the plan ended in a job")),
        (EndReason.CONSENT_WITHDRAWN, ("har trukket samtykket", "has withdrawn the consent")),
    )
    for reason, story in wanted:
        for player in sorted(players, key=_how_recent, reverse=True):
            if player.life is not None and _ended_by(player) is reason:
                name = f"{player.person.given_name} {player.person.family_name}"
                yield player.life.citizen_id, (name, name), story
                break


def _parents(family: FamilyIds) -> Iterator[tuple[UUID, tuple[str, str], tuple[str, str]]]:
    """Both parents of the family: the same plan, and each sees their part of it."""
    father = ("Ola Lindås, far", "Ola Lindås, father")
    mother = ("Anne Lindås, mor", "Anne Lindås, mother")
    yield family.father, father, ("ser familiens plan", "sees the family's plan")
    yield family.mother, mother, ("har beskyttet adresse", "has a protected address")


def _acted_for(acted: ActingIds) -> Iterator[tuple[UUID, tuple[str, str], tuple[str, str]]]:
    """A young person with a room of their own, and somebody with a guardian in money matters."""
    young = ("Sander Lindås, 16 år", "Sander Lindås, 16")
    yield acted.young, young, ("skriver i sitt eget rom", "writes in a room of his own")
    ward = ("Berit Lindås", "Berit Lindås")
    yield acted.ward, ward, ("har verge for økonomien", "has a guardian in money matters")


def _how_recent(player: Player) -> date:
    """A plan of some months shows most: something done, something going on, something to come."""
    plan = player.story.plan
    settled = player.today - timedelta(days=100)
    return plan.starts_on if plan is not None and plan.starts_on <= settled else date.min


def _ended_by(player: Player) -> EndReason | None:
    plan = player.story.plan
    return plan.ending.reason if plan is not None and plan.ending is not None else None


def _staff(world: World, here: Organisation, players: Sequence[Player]) -> Iterator[dict[str, Any]]:
    place = busiest(world, players)
    social, nav = (
        busy_worker(kind, place, players) for kind in (AgencyKind.SOCIAL_SERVICE, AgencyKind.NAV_STATE)
    )
    titles = {post.id: post.title for agency in here.agencies for unit in agency.units for post in unit.posts}
    yield _entry(
        here.worker(social),
        Role.SOCIAL_WORKER,
        (titles[here.worker(social)], titles[here.worker(social)]),
        ("ser sin egen etats saker og planene i eget team", "sees the own agency's clients and own plans"),
    )
    yield _entry(
        here.worker(nav),
        Role.NAV_ADVISER,
        (titles[here.worker(nav)], titles[here.worker(nav)]),
        ("ser mindre: ikke bolig, helse eller nettverk", "sees less: not housing, health or network"),
    )
    for post_id, role, story in (
        (
            _busy_coordinator(here, players),
            Role.COORDINATOR,
            ("holder planene i gang", "keeps the plans moving"),
        ),
        (
            here.coordination_leader,
            Role.UNIT_LEADER,
            ("svarer for planer ingen har tatt over", "answers for plans nobody has taken over"),
        ),
        (
            here.leader(AgencyKind.SOCIAL_SERVICE, place),
            Role.UNIT_LEADER,
            ("går gjennom nødtilgang og svarer på spørsmål", "reviews emergencies and answers questions"),
        ),
        (
            here.integration(AgencyKind.SOCIAL_SERVICE, place),
            Role.INTEGRATION,
            ("fagsystemets egen side: hva kom inn", "the case system's own page: what came in"),
        ),
        (
            here.partnership_leader,
            Role.PARTNERSHIP_LEADER,
            ("ser tall, aldri enkeltpersoner", "sees figures, never single persons"),
        ),
        (here.evaluator, Role.EVALUATOR, ("leser rapporten om effekt", "reads the report on the effect")),
    ):
        yield _entry(post_id, role, (titles[post_id], titles[post_id]), story)


def _busy_coordinator(here: Organisation, players: Sequence[Player]) -> UUID:
    """A coordinator with an offer to answer, where there is one."""
    waiting = (player.coordinator for player in players if player.waits_for_an_answer)
    return next(waiting, here.coordinators[0])


def busiest(world: World, players: Sequence[Player]) -> str:
    """The municipality with most people on living plans."""
    living = [player.person.municipality for player in players if player.life and _ended_by(player) is None]
    return max((place.code for place in world.trial), key=living.count)


def busy_worker(kind: AgencyKind, place: str, players: Sequence[Player]) -> str:
    """The key of the worker of an agency in the municipality who is in most living teams."""
    keys = [
        key
        for player in players
        if player.story.plan is not None and _ended_by(player) is None
        for key in player.story.plan.team
        if key.startswith(f"{kind.value}-{place}")
    ]
    return max(sorted(set(keys)), key=keys.count) if keys else f"{kind.value}-{place}-1"


def _entry(
    post_id: UUID,
    role: Role,
    label: tuple[str, str],
    story: tuple[str, str],
    country: Country = Country.NORWAY,
) -> dict[str, Any]:
    return {
        "country": country.value,
        "user_id": str(user_of(post_id)),
        "post_id": str(post_id),
        "purpose": int(first_purpose(role)),
        "role": role.value,
        "label": {"nb": label[0], "en": label[1]},
        "story": {"nb": story[0], "en": story[1]},
    }
