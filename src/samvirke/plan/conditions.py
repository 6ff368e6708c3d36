"""Conditions: a unit ties a benefit of its own to something the person does. Nothing is changed, ever.

No plan needs one. Nothing is taken before the person was asked why, whoever follows it up has explained, and
a talk is recorded; the figure of what is left a day is the unit's own, since no verified one is known.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind, Country
from samvirke.people import families
from samvirke.plan import condition_policies as rules
from samvirke.plan import facts, policies, verbs
from samvirke.plan import rows as stored
from samvirke.plan.commitment_policies import check_reads
from samvirke.plan.commitments import in_turn
from samvirke.plan.condition_models import BenefitCondition, BenefitConditionStep
from samvirke.plan.condition_types import Sanction, Terms
from samvirke.plan.conditions_read import readers, voice
from samvirke.statutes import queries as statutes


@transaction.atomic
def set_condition(*, plan_id: UUID, terms: Terms, by: Viewer) -> UUID:
    """Tie a benefit that one's own agency gives to something the person does. Returns the condition's id.

    Whoever is to explain must be able to read it: else nobody could ever be heard. Raises Refused,
    PlanIsClosed, NotInTheTeam, NotOnePerson, NotOnThisBenefit, CannotRead, NothingWritten,
    ReviewInThePast, Plan.DoesNotExist.
    """
    plan = in_turn(plan_id, verbs.SET_CONDITION, by)
    team = stored.team(plan_id)
    policies.check_in_team({by.post_id} | ({terms.explained_by} if terms.explained_by else set()), team)
    rules.check_one_person(bool(families.families([plan.subject_id])))
    mine = agencies.post(by.post_id)
    known = statutes.condition_benefits(Country(plan.country), AgencyKind(mine.agency_kind))
    rules.check_benefit(terms.benefit, known)
    if terms.explained_by:
        check_reads(terms.explained_by, readers(by, plan.subject_id))
    rules.check_terms(terms)
    policies.check_ahead(terms.review_on, by.now.date())
    made = BenefitCondition.objects.create(
        id=uuid4(),
        plan_id=plan_id,
        subject_id=plan.subject_id,
        set_by_id=team[by.post_id],
        explained_by_id=team[terms.explained_by] if terms.explained_by else None,
        benefit=terms.benefit,
        what=terms.what.strip(),
        why=terms.why.strip(),
        alternative=terms.alternative.strip(),
        if_not_kept=terms.if_not_kept.strip(),
        review_on=terms.review_on,
        set_at=by.now,
    )
    told = facts.ConditionSet(plan.subject_id, plan_id, made.id, mine.agency_kind, made.benefit)
    events.record([told], by=by.post_id, at=by.now)
    return made.id


@transaction.atomic
def say(*, condition_id: UUID, words: str, by: Viewer) -> None:
    """What the person, or who acts for them, thinks of it or of why it was not kept. While it goes on.

    A guardian's words are kept as a guardian's. Raises Refused, NotYourCondition, ConditionHasMoved,
    NothingWritten, BenefitCondition.DoesNotExist.
    """
    condition = _locked(condition_id, by)
    speaks = voice(by, condition.subject_id)
    rules.check_speaks(speaks)
    rules.check_goes_on(_steps(condition))
    _step(condition, speaks, words, by)


@transaction.atomic
def explain(*, condition_id: UUID, words: str, by: Viewer) -> None:
    """Who follows it up says what happened; the unit that set it reads it before it does anything.

    Raises Refused, NotInTheTeam, NotYourCondition, ConditionHasMoved, NothingWritten,
    BenefitCondition.DoesNotExist.
    """
    condition = _locked(condition_id, by)
    who = condition.explained_by
    rules.check_ours(who.post_id if who is not None else None, by.post_id)
    rules.check_goes_on(_steps(condition))
    _step(condition, "explained", words, by)


@transaction.atomic
def take_step(
    *, condition_id: UUID, status: str, words: str, next_review: date | None = None, by: Viewer
) -> None:
    """The unit says it was not kept, asks why, records a talk, reads the condition again, or ends it.

    next_review: with a review alone. Raises Refused, PlanIsClosed, NotYourCondition, ConditionHasMoved,
    NothingWritten, ReviewInThePast, BenefitCondition.DoesNotExist.
    """
    condition = _ours(condition_id, by)
    rules.check_follows(_steps(condition), status if status in rules.OF_THE_UNIT else "")
    if status == "reviewed":
        policies.check_ahead(next_review or by.now.date(), by.now.date())
    _step(condition, status, words, by, until=next_review if status == "reviewed" else None)


@transaction.atomic
def record_sanction(*, condition_id: UUID, sanction: Sanction, by: Viewer) -> None:
    """Keep what a decision took from the benefit, until when, and what is left a day. Nothing is paid here.

    Raises Refused, PlanIsClosed, NotYourCondition, ConditionHasMoved, NotHeardYet, NothingWritten,
    NothingLeft, ReviewInThePast, BenefitCondition.DoesNotExist.
    """
    condition = _ours(condition_id, by)
    steps, who = _steps(condition), condition.explained_by
    rules.check_follows(steps, "sanctioned")
    rules.check_heard(steps, must_explain=who is not None and who.left_on is None)
    rules.check_sanction(sanction)
    policies.check_ahead(sanction.until, by.now.date())
    _step(condition, "sanctioned", sanction.why, by, until=sanction.until, sanction=sanction)


def _locked(condition_id: UUID, by: Viewer) -> BenefitCondition:
    """The condition in an open plan, for its team and the person.

    Raises Refused, PlanIsClosed, NotInTheTeam.
    """
    plan_id = BenefitCondition.objects.values_list("plan_id", flat=True).get(pk=condition_id)
    in_turn(plan_id, verbs.ANSWER_CONDITION, by)
    if not by.is_citizen:
        policies.check_in_team({by.post_id}, stored.team(plan_id))
    return BenefitCondition.objects.select_related("set_by", "explained_by").get(pk=condition_id)


def _ours(condition_id: UUID, by: Viewer) -> BenefitCondition:
    """A condition that the viewer's unit set. Raises as `_locked`, and NotYourCondition."""
    condition = _locked(condition_id, by)
    ask.require(by, verbs.SET_CONDITION, condition.subject_id)
    assert condition.set_by.post_id is not None
    rules.check_ours(agencies.post(condition.set_by.post_id).unit_id, agencies.post(by.post_id).unit_id)
    return condition


def _steps(condition: BenefitCondition) -> list[str]:
    found = BenefitConditionStep.objects.filter(condition=condition).order_by("number")
    return list(found.values_list("status", flat=True))


def _step(
    condition: BenefitCondition,
    status: str,
    words: str,
    by: Viewer,
    *,
    until: date | None = None,
    sanction: Sanction | None = None,
) -> None:
    policies.check_written(words)
    BenefitConditionStep.objects.create(
        id=uuid4(),
        condition=condition,
        subject_id=condition.subject_id,
        number=len(_steps(condition)) + 1,
        status=status,
        words=words.strip(),
        on_day=by.now.date(),
        until=until,
        left_per_day=sanction.left_per_day if sanction else None,
        decision_reference=sanction.decision_reference.strip() if sanction else "",
        appeal_to=sanction.appeal_to.strip() if sanction else "",
        by_id=by.post_id,
        at=by.now,
    )
    told = facts.ConditionMoved(condition.subject_id, condition.plan_id, condition.id, status, until)
    events.record([told], by=by.post_id, at=by.now)
