"""Conditions as pages read them: the person reads all of it, and so does the team that may read economy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from samvirke.plan.condition_types import ConditionRow, ConditionsPart, ConditionStepRow, MayExplain
from samvirke.plan.page_rows import party
from samvirke.plan.rows import StoredPlan
from samvirke.statutes import queries as statutes
from samvirke.statutes.condition_benefits import ConditionBenefit


@dataclass(frozen=True, slots=True)
class _Known:
    """What there is to be told of some conditions, by which names, and as who the viewer acts."""

    viewer: Viewer
    steps: Mapping[UUID, Sequence[BenefitConditionStep]]
    around: Mapping[UUID, PostRow]
    units: Mapping[UUID, UUID]  # by post; not for the page
    speaks: str
    goes_on: bool


def of_plan(viewer: Viewer, plan_id: UUID) -> ConditionsPart:
    """A plan's conditions, the newest first; for its team, the person, and who acts for them.

    Who acts for somebody does not see them while that one's place is hidden: days and offices would tell it.
    Raises Refused, NotInTheTeam, Plan.DoesNotExist.
    """
    plan = stored.plan(plan_id)
    ask.require(viewer, verbs.ANSWER_CONDITION, plan.subject_id)
    team = stored.team(plan_id)
    if not viewer.is_citizen:
        policies.check_in_team({viewer.post_id}, team)
    found = [] if _would_tell(viewer, plan.subject_id) else _stored(plan_id)
    known = _known(viewer, plan, found, team)
    dated, kinds = [one.set_at.date() for one in found], DataKind.PLAN | DataKind.ECONOMY
    audit.note(
        viewer, verbs.ANSWER_CONDITION, subject_ids=[plan.subject_id], basis="", kinds=kinds, dated=dated
    )
    benefits = _benefits(viewer, plan)
    mine = known.units.get(viewer.post_id)
    others = [post for post in team if known.units[post] != mine] if benefits else []
    reading = readers(viewer, plan.subject_id) if others else frozenset()
    return ConditionsPart(
        plan_id=plan_id,
        rows=tuple(_row(one, known) for one in found),
        benefits=benefits,
        others=tuple(
            MayExplain(team[post], post, party(known.around[post])) for post in others if post in reading
        ),
    )


def one(viewer: Viewer, condition_id: UUID) -> ConditionRow | None:
    """One condition, as the page of its plan shows it. Raises as `of_plan`, BenefitCondition.DoesNotExist."""
    plan_id = BenefitCondition.objects.values_list("plan_id", flat=True).get(pk=condition_id)
    rows = of_plan(viewer, plan_id).rows
    return next((row for row in rows if row.condition_id == condition_id), None)


def voice(viewer: Viewer, subject_id: UUID) -> str:
    """As who a citizen speaks here: said, guardian_said; empty for everybody else."""
    if not viewer.is_citizen:
        return ""
    person = people.persons({subject_id}).get(subject_id)
    if person is not None and person.citizen_id == viewer.post_id:
        return "said"
    acts = subject_id in ask.children(viewer) and not ask.bars_representation(subject_id)
    return "guardian_said" if acts else ""


def readers(viewer: Viewer, subject_id: UUID) -> frozenset[UUID]:
    """The holders who read of the person's economy now. Raises Refused."""
    answers = ask.who_sees(viewer, verbs.SEE_AUDIENCE, subject_id, DataKind.ECONOMY)
    return frozenset(who for who, one in answers.items() if one.sees)


def _would_tell(viewer: Viewer, subject_id: UUID) -> bool:
    return viewer.is_citizen and bool(ask.near_hidden([subject_id]))


def _stored(plan_id: UUID) -> list[BenefitCondition]:
    found = BenefitCondition.objects.filter(plan_id=plan_id).select_related("set_by", "explained_by")
    return list(found.order_by("-set_at", "id"))


def _known(
    viewer: Viewer, plan: StoredPlan, found: Sequence[BenefitCondition], team: Mapping[UUID, UUID]
) -> _Known:
    steps: dict[UUID, list[BenefitConditionStep]] = defaultdict(list)
    if found:
        of_these = BenefitConditionStep.objects.filter(condition__in=found)
        for step in of_these.order_by("condition_id", "number"):
            steps[step.condition_id].append(step)
    seats = {seat.post_id for one in found for seat in (one.set_by, one.explained_by) if seat is not None}
    acting = {step.by_id for some in steps.values() for step in some}
    posts = agencies.posts({*team, *acting, viewer.post_id, *(post for post in seats if post is not None)})
    return _Known(
        viewer=viewer,
        steps=steps,
        around=people.known(plan.subject_id, posts),
        units={post_id: post.unit_id for post_id, post in posts.items()},
        speaks=voice(viewer, plan.subject_id),
        goes_on=plan.ends_before is None,
    )


def _benefits(viewer: Viewer, plan: StoredPlan) -> tuple[ConditionBenefit, ...]:
    """What the viewer's own agency gives and may tie to something here; nothing in the plan of a family."""
    may = plan.ends_before is None and ask.allowed(viewer, [verbs.SET_CONDITION], plan.subject_id)
    if viewer.is_citizen or not may or families.families([plan.subject_id]):
        return ()
    kind = AgencyKind(agencies.post(viewer.post_id).agency_kind)
    return statutes.condition_benefits(Country(plan.country), kind)


def _row(one: BenefitCondition, known: _Known) -> ConditionRow:
    steps, who, set_by = known.steps.get(one.id, ()), one.explained_by, one.set_by.post_id
    assert set_by is not None
    done = [step.status for step in steps]
    status, must_explain = rules.status(done), who is not None and who.left_on is None
    reviews = [step.until for step in steps if step.status == "reviewed" and step.until]
    review_on = reviews[-1] if reviews else one.review_on
    return ConditionRow(
        condition_id=one.id,
        benefit=statutes.benefit_label(one.benefit),
        what=one.what,
        why=one.why,
        alternative=one.alternative,
        if_not_kept=one.if_not_kept,
        review_on=review_on,
        set_on=one.set_at.date(),
        who_set=party(known.around[set_by]),
        who_explains=party(known.around[who.post_id]) if who is not None and who.post_id else None,
        status=status,
        missing=rules.missing(done, must_explain=must_explain) if status == "not_kept" else (),
        steps=tuple(_step(step, known.around) for step in steps),
        is_due=status != "ended" and review_on <= known.viewer.now.date(),
        may=_may(one, done, known),
    )


def _may(one: BenefitCondition, done: Sequence[str], known: _Known) -> tuple[str, ...]:
    if not known.goes_on or rules.status(done) == "ended":
        return ()
    if known.viewer.is_citizen:
        return (known.speaks,) if known.speaks else ()
    if one.set_by.post_id is not None and known.units.get(known.viewer.post_id) == known.units.get(
        one.set_by.post_id
    ):
        return rules.may_follow(done)
    who = one.explained_by
    return ("explained",) if who is not None and who.post_id == known.viewer.post_id else ()


def _step(step: BenefitConditionStep, around: Mapping[UUID, PostRow]) -> ConditionStepRow:
    """One step. Where an office is hidden, so is what only that office has: its numbers, where to appeal."""
    post = around.get(step.by_id)
    is_hidden = post is not None and not post.title
    return ConditionStepRow(
        status=step.status,
        words=step.words,
        on_day=step.on_day,
        until=step.until,
        left_per_day=step.left_per_day,
        decision_reference="" if is_hidden else step.decision_reference,
        appeal_to="" if is_hidden else step.appeal_to,
        who=party(post) if post is not None else None,
    )
