"""Conditions for the gallery."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from samvirke.plan.action_types import Party
from samvirke.plan.condition_types import ConditionRow, ConditionStepRow

SOCIAL = Party("Sosialkonsulent 1", "Fjordvik kommune", "social_service")
NAV = Party("Veileder 1", "Nav Fjordvik", "nav_state")
HOLDS = ConditionRow(
    condition_id=UUID(int=1),
    benefit="Social assistance",
    what="Møte på kurset tre dager i uken",
    why="Kurset er det du selv ba om",
    alternative="Praksis i kantina",
    if_not_kept="Vi spør deg hvorfor, og snakker sammen",
    review_on=date(2026, 4, 1),
    set_on=date(2026, 3, 2),
    who_set=SOCIAL,
    who_explains=None,
    status="in_force",
    missing=(),
    steps=(),
    is_due=False,
    may=(),
)
TAKEN = ConditionStepRow(
    status="sanctioned",
    words="Du møtte ikke",
    on_day=date(2026, 3, 20),
    until=date(2026, 4, 20),
    left_per_day=210,
    decision_reference="2026/17",
    appeal_to="Statsforvalteren",
    who=SOCIAL,
)
CONDITIONS: dict[str, dict[str, Any]] = {
    "holds": {"row": HOLDS, "mine": False},
    "missing": {
        "row": replace(
            HOLDS, status="not_kept", who_explains=NAV, missing=("explained", "talked"), is_due=True
        ),
        "mine": False,
    },
    "taken": {"row": replace(HOLDS, status="sanctioned", steps=(TAKEN,)), "mine": True},
}
