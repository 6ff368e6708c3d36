"""Policies of this room's tables that are not the uniform one, for its migrations and for who checks them."""

from __future__ import annotations

from samvirke.gate.protection import POST, uniform, uniform_check
from samvirke.kernel.gate_words import DataKind

OWN_DRAFT = f"post_id = {POST} AND {uniform('coordination_meetingdraft', kind=DataKind.PLAN)}"
OWN_DRAFT_WRITTEN = f"post_id = {POST} AND {uniform_check('coordination_meetingdraft', kind=DataKind.PLAN)}"
