"""The front door: told once, led on with the same words, answered by the day, and applied for.

Played through the same operations as pages use. Invented throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import LiteralString
from uuid import UUID

from samvirke.applications import enquiries, queries
from samvirke.applications.types import ReceiverRow
from samvirke.gate import session
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind, EnquiryOutcome
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.commands.demo.player import Player
from samvirke.surfaces.commands.demo.sign_ins import on_living_plans

WORDS = (
    "Sønnen min er hjemme fra skolen igjen, og jeg rekker ikke praksisen. Jeg har ringt fire steder, og alle "
    "ber meg ringe et annet sted."
)
HELPS = "Én som vet hvem som kan hjelpe, og at jeg slipper å fortelle alt på nytt."
TO_MEET = "Ring etter klokka ti, eller send melding."
WHY = "Praksisen må flyttes, og det er dere som har avtalen med bedriften."
REPLY = "Vi har snakket med bedriften. Du kan komme to dager i uka til det ordner seg på skolen."
URGENT = "Jeg vet ikke hvor vi skal bo etter månedsskiftet."

# What a run must have: each counts what is there.
HAPPENED: tuple[tuple[str, LiteralString], ...] = (
    (
        "What was told once was led on, taken over and answered",
        """SELECT count(*) FROM applications_enquiry e WHERE e.outcome <> '' AND EXISTS
        (SELECT FROM applications_enquirystep s WHERE s.enquiry_id = e.id AND s.status = 'accepted')""",
    ),
    (
        "Something urgent was told and waits for its answer",
        "SELECT count(*) FROM applications_enquiry WHERE outcome = '' AND is_urgent",
    ),
)


def play(players: Sequence[Player]) -> None:
    """On the last day: with two who have somebody from the employment agency on their plan."""
    found = [player for player in on_living_plans(players) if _of_nav(player)][-2:]
    for player, is_urgent in zip(found, (False, True), strict=False):
        key = _of_nav(player)[0]
        tell(player, player.organisation.worker(key), is_urgent=is_urgent)


def tell(player: Player, nav: UUID, *, is_urgent: bool) -> None:
    """The person tells it to the coordinating unit, which leads it on where somebody else can help."""
    with session.enter(player.known.citizen_id, Purpose.COORDINATION) as by:
        receivers = queries.receivers(by, player.known.person_id)
        first = _of_kind(receivers, AgencyKind.COORDINATING_UNIT)
        told = enquiries.tell(
            person_id=player.known.person_id,
            to_unit=first,
            words=URGENT if is_urgent else WORDS,
            helps=HELPS,
            to_meet=TO_MEET,
            is_urgent=is_urgent,
            by=by,
        )
    with session.enter(player.coordinator, Purpose.COORDINATION) as by:
        _taken(told, by)
        if is_urgent:
            return
        enquiries.lead_on(enquiry_id=told, to_unit=_of_kind(receivers, AgencyKind.NAV_STATE), why=WHY, by=by)
    with session.enter(nav, Purpose.COORDINATION) as by:
        enquiries.accept(enquiry_id=told, by=by)
        enquiries.answer(enquiry_id=told, outcome=EnquiryOutcome.HELPED, reply=REPLY, by=by)


def _taken(told: UUID, by: Viewer) -> None:
    enquiries.take(enquiry_id=told, answer_due_on=by.now.date() + timedelta(days=7), by=by)


def _of_kind(receivers: Sequence[ReceiverRow], kind: AgencyKind) -> UUID:
    return next(one.unit_id for one in receivers if one.agency_kind is kind)


def _of_nav(player: Player) -> list[str]:
    """The employment agency's workers of the story's team."""
    team = player.story.plan.team if player.story.plan else ()
    return [key for key in team if key.startswith(AgencyKind.NAV_STATE.value)]
