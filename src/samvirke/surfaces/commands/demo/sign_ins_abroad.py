"""Who a visitor can be in the neighbouring countries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from samvirke.gate.access import Role
from samvirke.kernel.codes import Country
from samvirke.surfaces.commands.demo import sweden
from samvirke.surfaces.commands.demo.neighbours import Met, Neighbour

Entry = Callable[..., dict[str, Any]]
CITIZENS = {
    ("dk.whole_plan", "dk.my_plan", "dk.action_plan"): (
        "har én plan i stedet for to",
        "has one plan in place of two",
    ),
    ("dk.youth_plan",): ("har en plan for veien til voksenlivet", "has a plan for the way into adult life"),
    ("se.joint_plan",): ("har en samordnet individuell plan", "has a joint individual plan"),
}
STAFF = {
    Country.DENMARK: (
        (
            "job/1",
            Role.EMPLOYMENT_ADVISER,
            ("ser arbeid, utdanning og økonomi", "sees work, education, money"),
        ),
        ("coordinator/1", Role.COORDINATOR, ("holder planene i gang", "keeps the plans moving")),
    ),
    Country.SWEDEN: (
        ("work/1", Role.EMPLOYMENT_ADVISER, ("ser arbeid, ikke helse", "sees work, not health")),
        ("health/1", Role.HEALTH_WORKER, ("ser helse, ikke arbeid", "sees health, not work")),
    ),
}
LEADS = ("ser hva partene betaler, aldri enkeltpersoner", "sees what the parties pay, never single persons")


def entries(here: Neighbour, met: Sequence[Met], entry: Entry) -> Iterator[dict[str, Any]]:
    """The first person of each kind of plan, some who help, and who leads the association."""
    for kinds, story in CITIZENS.items():
        for one in met:
            told = one.guest.plan
            if told is not None and told.kinds == kinds and told.ending is None:
                name = f"{one.guest.given_name} {one.guest.family_name}"
                yield entry(one.citizen_id, Role.CITIZEN, (name, name), story, here.country)
                break
    posts = {post.id: post for agency in here.agencies for unit in agency.units for post in unit.posts}
    for key, role, story in STAFF[here.country]:
        title = posts[here.key(key)].title
        yield entry(here.key(key), role, (title, title), story, here.country)
    if sweden.leader() in posts:
        title = posts[sweden.leader()].title
        yield entry(sweden.leader(), Role.PARTNERSHIP_LEADER, (title, title), LEADS, here.country)
