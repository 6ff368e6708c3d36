"""Examples of the parts about emergencies and explanations, for the gallery."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from samvirke.agencies.types import PostRow
from samvirke.gate.access import Basis, Refusal
from samvirke.kernel.codes import AgencyKind
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people.exception_types import EmergencyRow, Explanation
from samvirke.people.law_types import MetRow, OpeningRow
from samvirke.surfaces.components.examples import LONG, MOMENT, NOBODY
from samvirke.surfaces.components.exception_forms import ExplainForm
from samvirke.surfaces.components.specimen_types import Parts

EMERGENCY = EmergencyRow(
    lift_id=NOBODY,
    subject_id=NOBODY,
    who="Veileder 2",
    unit_name="Nav Fjordvik",
    agency_name="Nav",
    agency_kind="nav_state",
    kinds=(DataKind.IDENTITY, DataKind.HEALTH),
    lifted_at=MOMENT,
    valid_to=MOMENT,
    verdict="waiting",
    reviewed_at=None,
    reason="",
    is_mine_to_review=False,
)
MISUSE = dataclasses.replace(EMERGENCY, verdict="misuse", reason=LONG, who="", unit_name="")
EXPLANATION = Explanation(
    who="Veileder 2",
    unit_name="Nav Fjordvik",
    agency_name="Nav",
    kind=DataKind.HEALTH,
    purpose=Purpose.COORDINATION,
    at=MOMENT,
    basis=Basis.CONSENT,
    refusal="",
)
OFFICE = PostRow(NOBODY, "Veileder 2", NOBODY, "Nav Fjordvik", NOBODY, "Nav", AgencyKind.NAV_STATE)
OPENING = OpeningRow(
    opening_id=NOBODY,
    person_id=NOBODY,
    person_name="",
    to=OFFICE,
    opened_by=dataclasses.replace(OFFICE, title="", unit_name="", agency_name=""),
    kinds=(DataKind.IDENTITY, DataKind.HOUSING),
    purposes=(Purpose.SERVICE,),
    label="A rule in plain words",
    citation="",
    opened_at=MOMENT,
    until=MOMENT,
    ended_at=None,
    status="running",
    met=(MetRow("", LONG),),
    may_end=True,
)
OVER = dataclasses.replace(OPENING, status="ended", ended_at=MOMENT, citation="§ 1", met=())
REFUSED = dataclasses.replace(EXPLANATION, basis="", refusal=Refusal.NOT_ON_TEAM)


def _page(answer: Explanation | None, data: Mapping[str, str] | None = None) -> dict[str, Any]:
    form = ExplainForm(data, posts={}, now=MOMENT)
    return {"form": form, "answer": answer, "back": "/", "whom": "", "posts": {"somebody": "here"}}


FACTS: Mapping[str, Mapping[str, Any]] = {
    "waiting": {"row": EMERGENCY},
    "found wrong, with its reason": {"row": MISUSE},
}
OPENINGS: Mapping[str, Mapping[str, Any]] = {
    "running, its rule not compared with the law": {"row": OPENING},
    "ended before its day": {"row": OVER},
}
NOTICE: Mapping[str, Mapping[str, Any]] = {
    "two": {"emergencies": [EMERGENCY, MISUSE]},
    "empty": {"emergencies": []},
}
EXPLAIN: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "asked": lambda: _page(None),
    "wrong": lambda: _page(None, {}),
    "yes": lambda: _page(EXPLANATION),
    "no": lambda: _page(REFUSED),
}

PARTS: Parts = {
    "emergency_facts": FACTS,
    "opening_facts": OPENINGS,
    "emergency_notice": NOTICE,
    "explain": EXPLAIN,
}
