"""What may be asked about applications.

Applying and appealing is writing in the plan's core, which is the person's own, whatever it is about.
"""

from __future__ import annotations

from samvirke.gate.access import CASEWORK
from samvirke.gate.types import Verb
from samvirke.kernel.gate_words import DataKind

SEE_RIGHTS = Verb("applications.see_rights", DataKind.IDENTITY, CASEWORK)
APPLY = Verb("applications.apply", DataKind.PLAN, CASEWORK, writes=True)
TELL = Verb("applications.tell", DataKind.PLAN, CASEWORK, writes=True)
SEE_RECEIVERS = Verb("applications.see_receivers", DataKind.PLAN, CASEWORK)

ALL = (SEE_RIGHTS, APPLY, TELL, SEE_RECEIVERS)


def read(kind: DataKind) -> Verb:
    """Reading applications of one kind."""
    return Verb("applications.read", kind, CASEWORK)


def answer(kind: DataKind) -> Verb:
    """Answering an application of one kind."""
    return Verb("applications.answer", kind, CASEWORK, writes=True)
