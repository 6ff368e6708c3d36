"""What the gallery shows of meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from samvirke.coordination.meeting_types import ItemRow, ProposalRow
from samvirke.coordination.types import MeetingRow, MinutesRow
from samvirke.kernel.codes import AgendaPoint, MeetingKind, ProposedChange
from samvirke.kernel.gate_words import DataKind
from samvirke.surfaces.components.examples import LATER, LONG_WORDS, MOMENT, NAMELESS, NOBODY, SEAT

MEETING = MeetingRow(NOBODY, LATER, "Neste steg", SEAT, (), (), False, False)
AT_TEN = replace(
    MEETING,
    kind=MeetingKind.THREE_WAY,
    starts_at=MOMENT,
    minutes_long=90,
    language="somali",
    number=2,
    why="Verkstedet er stengt den dagen.",
)
ITEM = ItemRow(
    NOBODY, AgendaPoint.WISH, DataKind.EMPLOYMENT, NOBODY, NOBODY, LONG_WORDS, LATER, NOBODY, "", False
)
OWN_ITEM = ItemRow(
    NOBODY, AgendaPoint.OWN, DataKind.PLAN, NOBODY, None, "Gjeld og praksisplass", None, None, "", True
)
PROPOSAL = ProposalRow(
    proposal_id=NOBODY,
    plan_id=NOBODY,
    meeting_id=NOBODY,
    change=ProposedChange.NEW,
    kind=DataKind.EMPLOYMENT,
    what="Finne en praksisplass",
    why="",
    due_on=LATER,
    action_id=None,
    accountable=SEAT,
    is_mine=True,
    proposed_at=MOMENT,
    party_says=None,
    party_why="",
    person_says=None,
    person_why="",
)
HELD = replace(
    MEETING,
    agenda=LONG_WORDS,
    minutes=(
        MinutesRow("Kari ringer verkstedet.", SEAT, MOMENT),
        MinutesRow("De ringte tilbake.", NAMELESS, MOMENT),
    ),
    there=(SEAT, NAMELESS),
    person_was_there=True,
)

MEETINGS: Mapping[str, Mapping[str, Any]] = {
    "ahead": {"row": MEETING},
    "held": {"row": HELD},
    "held, as the person reads it": {"row": HELD, "mine": True},
    "nobody came": {"row": replace(HELD, there=(), person_was_there=False)},
    "moved, with an interpreter": {"row": AT_TEN},
    "called off": {"row": replace(AT_TEN, is_called_off=True)},
}
AGENDAS: Mapping[str, Mapping[str, Any]] = {
    "long, and an own point": {"items": (ITEM, replace(OWN_ITEM, discussion=LONG_WORDS))},
    "as the person reads it": {"items": (OWN_ITEM,), "mine": True},
    "empty": {"items": ()},
}
PROPOSALS: Mapping[str, Mapping[str, Any]] = {
    "waiting": {"row": PROPOSAL},
    "declined": {"row": replace(PROPOSAL, party_says=False, party_why="Det er ingen plass.")},
    "in the plan": {"row": replace(PROPOSAL, party_says=True, person_says=True)},
    "the person said no": {"row": replace(PROPOSAL, person_says=False), "mine": True},
}
