"""What may be asked about interventions.

That one no longer waits is for the person to say, whatever the need is about; so it is writing in the plan's
core, which is the person's own.
"""

from __future__ import annotations

from samvirke.gate.access import CASEWORK
from samvirke.gate.types import Verb
from samvirke.kernel.gate_words import DataKind

WITHDRAW = Verb("interventions.withdraw", DataKind.PLAN, CASEWORK, writes=True)

ALL = (WITHDRAW,)


def read(kind: DataKind) -> Verb:
    """Reading needs and placements of one kind."""
    return Verb("interventions.read", kind, CASEWORK)


def write(kind: DataKind) -> Verb:
    """Noting and answering needs of one kind."""
    return Verb("interventions.write", kind, CASEWORK, writes=True)
