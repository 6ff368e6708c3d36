"""What is told in the access log of somebody who never came as far as a room."""

from __future__ import annotations

from samvirke.gate.types import Verb
from samvirke.kernel.gate_words import DataKind, Purpose

# Nothing asks this of the gate: whose the address is, if it is anybody's, was not told.
OPEN_ADDRESS = Verb("gate.open_address", DataKind.IDENTITY, Purpose(sum(Purpose)))

ALL = (OPEN_ADDRESS,)
