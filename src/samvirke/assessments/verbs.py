"""What may be asked about assessments."""

from __future__ import annotations

from samvirke.gate.access import CASEWORK
from samvirke.gate.types import Verb
from samvirke.kernel.gate_words import DataKind

READ = Verb("assessments.read", DataKind.PLAN, CASEWORK)
ANSWER = Verb("assessments.answer", DataKind.PLAN, CASEWORK, writes=True)
SHARE = Verb("assessments.share", DataKind.PLAN, CASEWORK, writes=True)
SEE_AUDIENCE = Verb("assessments.see_audience", DataKind.PLAN, CASEWORK)

ALL = (READ, ANSWER, SHARE, SEE_AUDIENCE)
