"""What may be asked about screening."""

from __future__ import annotations

from samvirke.gate.access import CASEWORK
from samvirke.gate.types import Verb
from samvirke.kernel.gate_words import DataKind

SCREEN = Verb("programmes.screen", DataKind.EMPLOYMENT, CASEWORK, writes=True)
READ_SCREENING = Verb("programmes.read_screening", DataKind.EMPLOYMENT, CASEWORK)
TRY_RULES = Verb("programmes.try_rules", DataKind.EMPLOYMENT, CASEWORK)

ALL = (SCREEN, READ_SCREENING, TRY_RULES)
