"""What may be asked about a plan."""

from __future__ import annotations

from samvirke.gate.access import CASEWORK
from samvirke.gate.types import Verb
from samvirke.kernel.gate_words import DataKind

READ_PLAN = Verb("plan.read", DataKind.PLAN, CASEWORK)
WRITE_PLAN = Verb("plan.write", DataKind.PLAN, CASEWORK, writes=True)
MOVE_OWN = Verb("plan.move_own", DataKind.PLAN, CASEWORK, writes=True)
READ_OWN_WORDS = Verb("plan.read_own_words", DataKind.PLAN, CASEWORK)
WRITE_OWN_WORDS = Verb("plan.write_own_words", DataKind.PLAN, CASEWORK, writes=True)
SEE_AUDIENCE = Verb("plan.see_audience", DataKind.PLAN, CASEWORK)
SET_CONDITION = Verb("plan.set_condition", DataKind.ECONOMY, CASEWORK, writes=True)
ANSWER_CONDITION = Verb("plan.answer_condition", DataKind.ECONOMY, CASEWORK)

ALL = (
    READ_PLAN,
    WRITE_PLAN,
    MOVE_OWN,
    READ_OWN_WORDS,
    WRITE_OWN_WORDS,
    SEE_AUDIENCE,
    SET_CONDITION,
    ANSWER_CONDITION,
)


def write_note(kind: DataKind) -> Verb:
    """Writing a note of one kind."""
    return Verb("plan.write_note", kind, CASEWORK, writes=True)


def write_commitment(kind: DataKind) -> Verb:
    """Asking another agency for something of one kind."""
    return Verb("plan.write_commitment", kind, CASEWORK, writes=True)


def answer_commitment(kind: DataKind) -> Verb:
    """Answering what was asked, and saying what came of it: for who writes in the plan and reads the kind."""
    return Verb("plan.answer_commitment", kind, CASEWORK)


def write_action(kind: DataKind) -> Verb:
    """Writing or moving an action of one kind."""
    return Verb("plan.write_action", kind, CASEWORK, writes=True)
