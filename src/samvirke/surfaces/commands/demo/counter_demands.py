"""The social service asks Nav for something, and Nav wants something back: answered late, half of it kept.

Played through the same operations as pages use. Invented throughout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import LiteralString
from uuid import UUID

from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind
from samvirke.kernel.gate_words import DataKind
from samvirke.plan import commitments, commitments_read
from samvirke.plan.commitment_types import Wanted
from samvirke.surfaces.commands.demo.organisation import Organisation
from samvirke.surfaces.commands.demo.player import Player, Step

ASKED, ANSWERED, AGREED, SETTLED = (timedelta(days=days) for days in (20, 32, 35, 50))
A_MONTH = timedelta(days=30)
IN_RETURN = "Vi dekker reisen til praksisplassen."
WHAT = "Nav gir tiltakspenger så lenge praksisen varer."
BACK = "Sosialtjenesten ordner støttekontakt to timer i uka."
BROKEN = "Vi fant ingen støttekontakt i tide. Vi prøver igjen til høsten."

# What a run must have: each counts what is there.
HAPPENED: tuple[tuple[str, LiteralString], ...] = (
    (
        "An agency answered with a counter-demand, later than the agreement says",
        """SELECT count(*) FROM events_fact WHERE code = 'commitment_answered'
        AND payload ->> 'answer' = 'countered'
        AND (payload ->> 'days')::int > (payload ->> 'promised_days')::int""",
    ),
    (
        "Two agencies' promises held together, and one was kept",
        """SELECT count(*) FROM plan_commitment c JOIN plan_commitmentstep s ON s.commitment_id = c.id
        WHERE s.status = 'kept' AND EXISTS (SELECT FROM plan_commitment back
            WHERE back.in_return_for_id = c.id AND back.is_counter)""",
    ),
    (
        "A promise was not kept, and it is said why",
        "SELECT count(*) FROM plan_commitmentstep WHERE status = 'broken' AND why <> ''",
    ),
)


def steps(players: Sequence[Player], here: Organisation, today: date) -> Iterator[Step]:
    """On the newest plan that both agencies take part in and that lasted long enough."""
    found = [one for one in players if _both_take_part(one) and _lasts(one, today)]
    for player in sorted(found, key=lambda one: (_began(one), one.person.key))[-1:]:
        yield from _of_plan(player, here)


def _of_plan(player: Player, here: Organisation) -> Iterator[Step]:
    social, nav = (_of(player, here, kind) for kind in (AgencyKind.SOCIAL_SERVICE, AgencyKind.NAV_STATE))
    began = _began(player)
    yield Step(began + ASKED, lambda: social, lambda by: asks(player.plan_id, nav, by))
    yield Step(began + ANSWERED, lambda: nav, lambda by: wants_in_return(player.plan_id, by))
    yield Step(began + AGREED, lambda: social, lambda by: says_yes(player.plan_id, by))
    yield Step(began + SETTLED, lambda: nav, lambda by: tells_what_came(player.plan_id, by))


def asks(plan_id: UUID, of_post: UUID, by: Viewer) -> None:
    """One agency asks the other."""
    wanted = Wanted(DataKind.EMPLOYMENT, WHAT, by.now.date() + A_MONTH, in_return=IN_RETURN)
    commitments.ask_for(plan_id=plan_id, wanted=wanted, of_post=of_post, by=by)


def wants_in_return(plan_id: UUID, by: Viewer) -> None:
    """The other answers with a demand of its own."""
    wanted = Wanted(DataKind.EMPLOYMENT, BACK, by.now.date() + A_MONTH)
    commitments.counter(commitment_id=_the(plan_id, by, WHAT), wanted=wanted, by=by)


def says_yes(plan_id: UUID, by: Viewer) -> None:
    """With that, both hold."""
    commitments.answer(commitment_id=_the(plan_id, by, BACK), status="accepted", why="", by=by)


def tells_what_came(plan_id: UUID, by: Viewer) -> None:
    """One was kept, the other was not."""
    today = by.now.date()
    kept, broken = _the(plan_id, by, WHAT), _the(plan_id, by, BACK)
    commitments.settle(commitment_id=kept, status="kept", on_day=today, why="", by=by)
    commitments.settle(commitment_id=broken, status="broken", on_day=today, why=BROKEN, by=by)


def _the(plan_id: UUID, by: Viewer, what: str) -> UUID:
    rows = commitments_read.of_plan(by, plan_id).rows
    return next(row.commitment_id for row in rows if row.what == what)


def _both_take_part(player: Player) -> bool:
    told = player.story.plan
    kinds = {key.split("-")[0] for key in told.team} if told else set()
    return {AgencyKind.SOCIAL_SERVICE.value, AgencyKind.NAV_STATE.value} <= kinds


def _of(player: Player, here: Organisation, kind: AgencyKind) -> UUID:
    assert player.story.plan is not None
    return here.worker(next(key for key in player.story.plan.team if key.startswith(kind.value)))


def _began(player: Player) -> date:
    assert player.story.plan is not None
    return player.story.plan.starts_on


def _lasts(player: Player, today: date) -> bool:
    assert player.story.plan is not None
    ending = player.story.plan.ending
    return ending is None and _began(player) + SETTLED < today
