"""Invented states of what was told once."""

from __future__ import annotations

from dataclasses import replace

from samvirke.applications.types import EnquiryRow, StepRow
from samvirke.kernel.codes import AgencyKind
from samvirke.surfaces.components.examples import DAY, LATER, LONG, LONG_WORDS, NOBODY
from samvirke.surfaces.components.specimen_types import Parts

STEPS = (
    StepRow("told", DAY, "", "", "", None, None),
    StepRow("led_on", DAY, LONG, AgencyKind.COORDINATING_UNIT, LONG_WORDS, None, None),
    StepRow("answered", LATER, "", AgencyKind.NAV_STATE, "Vi lager en plan sammen.", None, None),
)
TOLD = EnquiryRow(
    enquiry_id=NOBODY,
    subject_id=NOBODY,
    person_name="Kari Eksempel",
    words="Vi klarer ikke dette alene lenger.",
    helps="",
    to_meet="",
    is_urgent=False,
    unit_id=NOBODY,
    unit_name="Koordinerende enhet",
    agency_kind=AgencyKind.COORDINATING_UNIT,
    offered_name="",
    offered_kind="",
    told_on=DAY,
    answer_due_on=None,
    is_late=False,
    outcome="",
    days_waited=1,
    steps=STEPS[:1],
    is_ours=True,
    is_offered_to_us=False,
)
LATE = replace(
    TOLD,
    words=LONG_WORDS,
    helps=LONG_WORDS,
    to_meet="Ring etter klokka ti.",
    is_urgent=True,
    unit_name="",
    offered_name=LONG,
    offered_kind=AgencyKind.NAV_STATE,
    answer_due_on=DAY,
    is_late=True,
    days_waited=40,
    steps=STEPS,
)
ANSWERED = replace(TOLD, outcome="plan", days_waited=7, answer_due_on=LATER, steps=STEPS)

PARTS: Parts = {
    "enquiry_facts": {"just told": {"row": TOLD}, "late": {"row": LATE}, "answered": {"row": ANSWERED}},
    "enquiry_words": {"few": {"row": TOLD}, "all, urgent": {"row": LATE}},
    "enquiry_way": {"just told": {"row": TOLD}, "all the way": {"row": ANSWERED}},
}
