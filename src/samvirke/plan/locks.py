"""Policies of this room's tables that are not the uniform one, for its migrations and for who checks them."""

from __future__ import annotations

from samvirke.gate.access import Basis
from samvirke.gate.protection import rested_on
from samvirke.kernel.gate_words import DataKind

OWN_ROOM_READ = rested_on("plan_ownwords", kind=DataKind.PLAN, bases=[Basis.SELF, Basis.CONSENT])
OWN_ROOM_WRITTEN = rested_on("plan_ownwords", kind=DataKind.PLAN, bases=[Basis.SELF])
