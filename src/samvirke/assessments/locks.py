"""Policies of this room's tables that are not the uniform one, for its migrations and for who checks them."""

from __future__ import annotations

from samvirke.gate.access import Basis
from samvirke.gate.protection import rested_on
from samvirke.kernel.gate_words import DataKind

TABLES = ("assessments_assessment", "assessments_answer")
THE_PERSONS_CHOICE = {
    table: rested_on(table, kind=DataKind.PLAN, bases=[Basis.SELF]) for table in TABLES
}  # whom something is sealed to
