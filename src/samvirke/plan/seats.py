"""Who may answer for something: the team's posts, and the person's own side, for which nobody is asked."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from samvirke.events import operations as events
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Side
from samvirke.people import families
from samvirke.plan import facts, policies
from samvirke.plan import rows as stored
from samvirke.plan.action_types import OwnSide, Who
from samvirke.plan.models import TeamMember
from samvirke.plan.rows import StoredPlan


def taken(plan: StoredPlan, wanted: Iterable[Who], by: Viewer) -> dict[Who, UUID]:
    """The members by who they are; one of the own side takes a seat when first named.

    The caller has asked the gate. Raises NotInTheTeam, NotOfThisFamily, NothingWritten, NameTooLong.
    """
    there = stored.seats(plan.id)
    new = [who for who in dict.fromkeys(wanted) if who not in there]
    own = [_checked(who, plan) for who in new if isinstance(who, OwnSide)]
    policies.check_in_team(set(new) - set(own), there)
    if not own:
        return there
    TeamMember.objects.bulk_create(
        (
            TeamMember(
                id=uuid4(),
                plan_id=plan.id,
                subject_id=plan.subject_id,
                side=who.side,
                person_id=who.person_id,
                called=who.called,
                joined_on=by.now.date(),
            )
            for who in own
        ),
        ignore_conflicts=True,  # somebody else named them just now
    )
    told = [facts.OwnSideNamed(plan.subject_id, plan.id, who.side) for who in own]
    events.record(told, by=by.post_id, at=by.now)
    return stored.seats(plan.id)


def _checked(who: OwnSide, plan: StoredPlan) -> OwnSide:
    if who.side is Side.PERSON:
        family = {
            member.person_id for member in families.families([plan.subject_id]).get(plan.subject_id, ())
        }
        policies.check_of_family({who.person_id or plan.id}, family or {plan.subject_id})
    else:
        policies.check_called(who.called)
    return who
