"""Invented rows for the gallery: ordinary, long, hidden, over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from samvirke.applications.types import ApplicationRow, StepRow
from samvirke.coordination.types import FollowUpRow, SeatRow
from samvirke.gate.access import Role
from samvirke.interventions.types import NeedRow, PlacementRow
from samvirke.kernel.codes import (
    AgencyKind,
    Country,
    InterventionKind,
    Occupation,
    PlacementEnd,
    SupportSource,
    UnmetReason,
)
from samvirke.kernel.gate_words import DataKind
from samvirke.people.types import Places
from samvirke.plan.action_types import ActionRow
from samvirke.plan.types import CoordinatorRow, GoalRow, PlanPage, Situation, TeamRow

NOBODY = UUID(int=0)
DAY, LATER = date(2026, 11, 2), date(2027, 6, 1)
MOMENT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LONG = "Arbeidsmarkedsopplæringskoordinatoransvarlig i Øvre Måsøysundlandsbygda"
LONG_WORDS = f"{LONG} samarbeider med spesialisthelsetjenestetilbudet om yrkesrettet rehabilitering."

GOAL = GoalRow(
    goal_id=NOBODY,
    version=1,
    own_words="Jeg vil ha en jobb der jeg bruker hendene, og nok søvn til å klare den.",
    life_domain="employment",
    target="Fast jobb i minst halv stilling",
    by_when=LATER,
)
ACTION = ActionRow(
    action_id=NOBODY,
    goal_id=NOBODY,
    what="Praksisplass på verksted",
    how="",
    extent="",
    accountable="Veileder",
    accountable_agency="Nav",
    kind=DataKind.EMPLOYMENT,
    standing="decided",
    decision_reference="2026/118",
    status="in_progress",
    starts_on=DAY,
    due_on=date(2026, 12, 1),
    is_mine=False,
)
WISH = replace(ACTION, what="Truckførerkurs", standing="wish", decision_reference="", status="planned")
HERS = replace(
    ACTION,
    what=LONG_WORDS,
    how=LONG_WORDS,
    extent="To timer i uka",
    accountable="",
    accountable_agency="",
    accountable_kind=AgencyKind.SOCIAL_SERVICE,
    about="Anne-Margrethe",
    is_mine=True,
    may_become=("done", "dropped"),
)
COORDINATOR = CoordinatorRow(
    post_id=NOBODY,
    post_title="Koordinator 1",
    unit_name="Koordinerende enhet",
    deputy_title="Koordinator 2",
    since=DAY,
    waiting_for="",
)
TEAM = (
    TeamRow(NOBODY, "Sosialkonsulent 1", "Sosialtjenesten i Fjordvik", "Fjordvik kommune", False, DAY),
    TeamRow(NOBODY, LONG, LONG, LONG, True, DAY),
    TeamRow(NOBODY, "", "", "", False, DAY, agency_kind=AgencyKind.SOCIAL_SERVICE),
)
PLAN = PlanPage(
    plan_id=NOBODY,
    subject_id=NOBODY,
    person_name="Kari Eksempel",
    country=Country.NORWAY,
    kinds=("no.individual_plan",),
    status="active",
    starts_on=DAY,
    ends_before=None,
    next_review=LATER,
    coordinator=COORDINATOR,
    team=TEAM,
    goals=(GOAL,),
    actions=(ACTION,),
    statements=(),
    notes=(),
    content_checks=(),
    may_write_kinds=(),
)
ENDED = replace(PLAN, kinds=("no.individual_plan", "no.integration_plan"), status="closed", ends_before=LATER)
STEPS = (
    StepRow("sent", DAY, "", "", "Jeg trenger én som har oversikten.", None, None),
    StepRow("received", DAY, "Koordinator 1", AgencyKind.COORDINATING_UNIT, "", None, None),
    StepRow("refused", LATER, "", AgencyKind.COORDINATING_UNIT, LONG_WORDS, LATER, None),
    StepRow("time_used", LATER, "", "", "", None, 90),
)
APPLICATION = ApplicationRow(
    application_id=NOBODY,
    subject_id=NOBODY,
    person_name="Kari Eksempel",
    right="no.right_coordinator",
    title="",
    unit_name="Koordinerende enhet",
    agency_name="Helse og omsorg",
    with_post_id=NOBODY,
    with_post="Koordinator 1",
    agency_kind=AgencyKind.COORDINATING_UNIT,
    status="received",
    sent_on=DAY,
    answer_due_on=LATER,
    is_late=False,
    days_waited=1,
    reason="",
    appeal_by=None,
    question="",
    minutes_used=0,
    steps=STEPS,
    may_become=frozenset(),
)
NEED = NeedRow(
    need_id=NOBODY,
    subject_id=NOBODY,
    person_name="Kari Eksempel",
    intervention_kind=InterventionKind.WORK_PRACTICE,
    words="",
    noted_on=DAY,
    status="waiting",
    settled_on=None,
    days_waited=41,
    unmet_because=None,
    placement=None,
    is_hidden=False,
    may_become=frozenset(),
    unmet_reasons=(),
)
PLACEMENT = PlacementRow(NOBODY, "Arbeidspraksis", "Verkstedet AS", "Nav Fjordvik", DAY, None, None)
PLACED = replace(NEED, status="placed", settled_on=DAY, placement=PLACEMENT)
OVER = replace(PLACED, placement=replace(PLACEMENT, ends_before=LATER, end_reason=PlacementEnd.JOB))
HIDDEN = replace(PLACED, placement=replace(PLACEMENT, name="", provider="", unit_name=""), is_hidden=True)
UNMET = replace(NEED, status="unmet", settled_on=LATER, unmet_because=UnmetReason.NO_PLACE)
SEAT = SeatRow("Koordinator 1", "Helse og omsorg", AgencyKind.COORDINATING_UNIT)
NAMELESS = SeatRow("", "", AgencyKind.SOCIAL_SERVICE)
CALLED = FollowUpRow(
    NOBODY,
    DAY,
    DAY,
    "Koordinator 1",
    AgencyKind.COORDINATING_UNIT,
    Situation(SupportSource.WAGES, Occupation.ORDINARY_JOB),
    True,
)
TO_COME = FollowUpRow(NOBODY, LATER, None, "", "", None, False)
SOMEWHERE = Places(
    address="Eksempelveien 7",
    municipality="Fjordvik",
    school="Storskogen ungdomsskole og voksenopplæringssenter",
    provider=LONG,
)
DEMO_PERSON = {
    "user_id": NOBODY,
    "post_id": NOBODY,
    "role": Role.CITIZEN,
    "name": "Anne-Margrethe Lindås-Håkonshaug",
    "story": "har en plan som er i gang",
}
