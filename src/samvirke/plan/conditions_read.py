"""Conditions as pages read them: the person reads all of it, and so does the team that may read economy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind, Country
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import condition_policies as rules
from samvirke.plan import policies, verbs
from samvirke.plan import rows as stored
from samvirke.plan.condition_models import BenefitCondition, BenefitConditionStep
from samvirke.plan.condition_types import ConditionRow, ConditionsPart, ConditionStepRow
from samvirke.plan.page_rows import party
from samvirke.statutes import queries as statutes


def of_plan(viewer: Viewer, plan_id: UUID) -> ConditionsPart:
    """A plan's conditions, the newest first; for its team, and the person.

    Raises Refused, NotInTheTeam, Plan.DoesNotExist.
    """
    plan = stored.plan(plan_id)
    ask.require(viewer, verbs.ANSWER_CONDITION, plan.subject_id)
    team = stored.team(plan_id)
    if not viewer.is_citizen:
        policies.check_in_team({viewer.post_id}, team)
    found = list(
        BenefitCondition.objects.filter(plan_id=plan_id)
        .select_related("set_by", "explained_by")
        .order_by("-set_at", "id")
    )
    steps: dict[UUID, list[BenefitConditionStep]] = defaultdict(list)
    of_these = BenefitConditionStep.objects.filter(condition__in=found)
    for step in of_these.order_by("condition_id", "number"):
        steps[step.condition_id].append(step)
    seats = {seat.post_id for one in found for seat in (one.set_by, one.explained_by) if seat is not None}
    acting = {step.by_id for some in steps.values() for step in some}
    named = {post for post in {*team, *seats, *acting} if post is not None}
    around = people.posts_around(plan.subject_id, named)
    units = {one: post.unit_id for one, post in agencies.posts({*named, viewer.post_id}).items()}
    dated = [one.set_at.date() for one in found]
    kinds = DataKind.PLAN | DataKind.ECONOMY
    audit.note(
        viewer, verbs.ANSWER_CONDITION, subject_ids=[plan.subject_id], basis="", kinds=kinds, dated=dated
    )
    goes_on = plan.ends_before is None
    may_set = goes_on and not viewer.is_citizen and not families.families([plan.subject_id])
    kind = AgencyKind(agencies.post(viewer.post_id).agency_kind) if may_set else None
    benefits = statutes.condition_benefits(Country(plan.country), kind) if kind else ()
    mine = units.get(viewer.post_id)
    return ConditionsPart(
        plan_id=plan_id,
        rows=tuple(_row(viewer, one, steps[one.id], around, units, goes_on=goes_on) for one in found),
        benefits=benefits,
        others=tuple((post, party(around[post])) for post in team if post in units and units[post] != mine)
        if benefits
        else (),
    )


def _row(
    viewer: Viewer,
    one: BenefitCondition,
    steps: Sequence[BenefitConditionStep],
    around: Mapping[UUID, PostRow],
    units: Mapping[UUID, UUID],
    *,
    goes_on: bool,
) -> ConditionRow:
    done = [step.status for step in steps]
    status, who, set_by = rules.status(done), one.explained_by, one.set_by.post_id
    assert set_by is not None
    must_explain = who is not None and who.left_on is None
    reviews = [step.until for step in steps if step.status == "reviewed" and step.until]
    review_on = reviews[-1] if reviews else one.review_on
    may: tuple[str, ...] = ()
    if goes_on and status != "ended":
        if viewer.is_citizen:
            may = ("said",)
        elif units.get(viewer.post_id) == units[set_by]:
            may = rules.may_follow(done)
        elif who is not None and who.post_id == viewer.post_id:
            may = ("explained",)
    return ConditionRow(
        condition_id=one.id,
        benefit=statutes.benefit_label(one.benefit),
        what=one.what,
        why=one.why,
        alternative=one.alternative,
        if_not_kept=one.if_not_kept,
        review_on=review_on,
        set_on=one.set_at.date(),
        who_set=party(around[set_by]),
        who_explains=party(around[who.post_id]) if who is not None and who.post_id else None,
        status=status,
        missing=rules.missing(done, must_explain=must_explain) if status == "not_kept" else (),
        steps=tuple(_step(step, around) for step in steps),
        is_due=status != "ended" and review_on <= viewer.now.date(),
        may=may,
    )


def _step(step: BenefitConditionStep, around: Mapping[UUID, PostRow]) -> ConditionStepRow:
    return ConditionStepRow(
        status=step.status,
        words=step.words,
        on_day=step.on_day,
        until=step.until,
        left_per_day=step.left_per_day,
        decision_reference=step.decision_reference,
        appeal_to=step.appeal_to,
        who=party(around[step.by_id]) if step.by_id in around else None,
    )
