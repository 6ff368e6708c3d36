"""What may be asked about the duty to coordinate."""

from __future__ import annotations

from samvirke.gate.access import CASEWORK
from samvirke.gate.types import Verb
from samvirke.kernel.gate_words import DataKind

READ_OFFERS = Verb("coordination.read_offers", DataKind.PLAN, CASEWORK)
HAND_OVER = Verb("coordination.hand_over", DataKind.PLAN, CASEWORK, writes=True)
READ_MEETINGS = Verb("coordination.read_meetings", DataKind.PLAN, CASEWORK)
HOLD_MEETING = Verb("coordination.hold_meeting", DataKind.PLAN, CASEWORK, writes=True)
ANSWER_PROPOSAL = Verb("coordination.answer_proposal", DataKind.PLAN, CASEWORK, writes=True)
READ_FOLLOW_UPS = Verb("coordination.read_follow_ups", DataKind.PLAN, CASEWORK)
FOLLOW_UP = Verb("coordination.follow_up", DataKind.PLAN, CASEWORK, writes=True)
MOVE = Verb("coordination.move", DataKind.PLAN, CASEWORK, writes=True)
WISH_FOR_ANOTHER = Verb("coordination.wish_for_another", DataKind.PLAN, CASEWORK, writes=True)
ANSWER_WISH = Verb("coordination.answer_wish", DataKind.PLAN, CASEWORK, writes=True)

ALL = (
    READ_OFFERS,
    HAND_OVER,
    READ_MEETINGS,
    HOLD_MEETING,
    ANSWER_PROPOSAL,
    READ_FOLLOW_UPS,
    FOLLOW_UP,
    MOVE,
    WISH_FOR_ANOTHER,
    ANSWER_WISH,
)
