"""What a yes would open, and letting those who work with the person use it at once.

A consent opens nothing by itself. Whoever is around the person, or has a seat in the plan's team, is admitted
on it when the person says yes, as far as the units are named; anybody else joins later, one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow, UnitRow
from samvirke.gate import consents as gate_consents
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.access import ACCESS, Role
from samvirke.gate.operations import WITH_EVERY_CONSENT
from samvirke.gate.types import ConsentRecord, Viewer
from samvirke.kernel.gate_words import DataKind, Purpose, kinds_in, mask_of
from samvirke.people import bases, consents, guardian_answers, operations
from samvirke.people.guardian_types import View
from samvirke.people.operations import ConsentTerms
from samvirke.people.types import DraftRow
from samvirke.plan import verbs
from samvirke.plan.models import Action, Commitment, Goal, Note, Plan, TeamMember
from samvirke.plan.queries import NOTE_KINDS
from samvirke.plan.rows import UNDONE
from samvirke.plan.types import CountRow, Preview, RoleReads, UnitReads


@transaction.atomic
def say_yes(*, draft_id: UUID, without_kinds: DataKind, without_units: Collection[UUID], by: Viewer) -> UUID:
    """The person says yes; those who work with them in the units see it at once. Returns the consent's id.

    Raises as `people.consents.answer_yes` does.
    """
    consent = consents.answer_yes(
        draft_id=draft_id, without_kinds=without_kinds, without_units=without_units, by=by
    )
    _admit(consent, by)
    return consent.id


@transaction.atomic
def say_for_child(*, draft_id: UUID, says_yes: bool, by: Viewer) -> UUID | None:
    """A guardian answers for a child; once all have said yes who must, those who work with it see at once.

    Returns the consent's id, or None where there is none yet. Raises as `people.guardian_answers.answer`.
    """
    consent = guardian_answers.answer(draft_id=draft_id, says_yes=says_yes, by=by)
    if consent is None:
        return None
    if ask.allowed(by, [verbs.SEE_AUDIENCE], consent.subject_id):
        _admit(consent, by)
    else:  # a guardian of some kinds alone does not see who works with the person; who asked is known
        gate.admit(consent_id=consent.id, post_ids=guardian_answers.asked_by(draft_id, consent.from_units))
    return consent.id


@transaction.atomic
def note_yes(*, person_id: UUID, terms: ConsentTerms, by: Viewer, view: View | None = None) -> UUID:
    """A worker notes what the person said orally or on paper, and by whom it was heard.

    view: what a child thinks. Returns the consent's id. Raises as `people.operations.consent_anew` does.
    """
    consent_id = operations.consent_anew(person_id=person_id, terms=terms, view=view, by=by)
    _admit(ask.consent(consent_id), by)
    return consent_id


def preview(viewer: Viewer, asked: DraftRow) -> Preview:
    """What a yes to all of a question opens, to whom. Raises Refused."""
    shared = mask_of(asked.kinds) | WITH_EVERY_CONSENT
    at_once = _at_once(viewer, asked.person_id, asked.units)
    units = agencies.units(asked.units)
    rows = [_unit_reads(units[unit_id], shared, asked.purpose, at_once) for unit_id in asked.units]
    there = {row.kind: row for row in counts(viewer, asked.person_id)}
    countable = kinds_in(shared & (NOTE_KINDS | mask_of(there)))
    return Preview(
        kinds=tuple(kinds_in(shared)),
        units=tuple(sorted(rows, key=lambda row: (row.agency_name, row.name))),
        counts=tuple(there.get(kind) or CountRow(kind, 0, 0, 0) for kind in countable),
    )


def readable(role: Role, shared: DataKind, purpose: Purpose) -> DataKind:
    """What a post of this role may read of what is shared."""
    cell = ACCESS[role]
    return shared & cell.reads if cell.purposes & purpose else DataKind(0)


def counts(viewer: Viewer, person_id: UUID) -> list[CountRow]:
    """How much the person's plans hold of each kind, as far as the viewer may see it. Raises Refused."""
    ask.require(viewer, verbs.READ_PLAN, person_id)
    actions = _by_kind(Action, person_id)
    notes = _by_kind(Note, person_id)
    promised = _by_kind(Commitment, person_id)
    goals = Goal.objects.filter(subject_id=person_id).count()
    return [
        row
        for kind in DataKind
        if (
            row := CountRow(
                kind, goals if kind is DataKind.PLAN else 0, actions[kind], notes[kind], promised[kind]
            )
        ).of_all
    ]


def answers_for(person_id: UUID) -> dict[UUID, list[str]]:
    """What each post answers for in the person's open plan and is not done, as the viewer may see it."""
    found = Action.objects.filter(
        subject_id=person_id, plan__ends_before__isnull=True, status__in=UNDONE
    ).order_by("due_on", "id")
    by_post: dict[UUID, list[str]] = {}
    for post_id, what in found.values_list("accountable_member__post_id", "what"):
        by_post.setdefault(post_id, []).append(what)
    return by_post


def keep_seats(person_id: UUID, rest_on: Mapping[UUID, UUID]) -> None:
    """The seats of posts that another consent goes on admitting rest on that one from now on."""
    for post_id, consent_id in rest_on.items():
        _seats(person_id).filter(post_id=post_id).update(consent_id=consent_id)


def ends_soon(viewer: Viewer, plan_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Of these plans, those to which the viewer's access ends soon, and when."""
    subjects = dict(Plan.objects.filter(pk__in=plan_ids).values_list("pk", "subject_id"))
    until = gate_consents.opened_until(viewer, subjects.values(), DataKind.PLAN)
    last = viewer.now + consents.WORKERS_TOLD_BEFORE_END
    return {
        plan_id: until[subject_id]
        for plan_id, subject_id in subjects.items()
        if subject_id in until and until[subject_id] <= last
    }


def law_ended(viewer: Viewer, plan_ids: Collection[UUID]) -> set[UUID]:
    """Of these plans, those to which a consent opens whose rule is no longer in force."""
    subjects = dict(Plan.objects.filter(pk__in=plan_ids).values_list("pk", "subject_id"))
    found = ask.own_consents(viewer, subjects.values())
    ended = {one.subject_id for one in found if bases.law_ended(one, viewer.now)}
    return {plan_id for plan_id, subject_id in subjects.items() if subject_id in ended}


def _admit(consent: ConsentRecord, by: Viewer) -> None:
    """Those who see it at once. A seat that rested on a consent that is over rests on this one."""
    posts = _at_once(by, consent.subject_id, consent.to_units)
    gate.admit(consent_id=consent.id, post_ids=list(posts))
    if not consent.purposes & Purpose.COORDINATION:
        return
    seats = _seats(consent.subject_id).filter(post_id__in=posts)
    for seat_id, rests_on in seats.values_list("id", "consent_id"):
        if not ask.consent(rests_on).in_force(by.now):
            TeamMember.objects.filter(pk=seat_id).update(consent_id=consent.id)


def _at_once(viewer: Viewer, person_id: UUID, units: Collection[UUID]) -> dict[UUID, PostRow]:
    """The posts of these units that are around the person or have a seat in the open plan's team."""
    around = ask.who_sees(viewer, verbs.SEE_AUDIENCE, person_id, DataKind.IDENTITY)
    seats = _seats(person_id).values_list("post_id", flat=True)
    posts = agencies.posts({*around, *seats})
    return {post_id: post for post_id, post in posts.items() if post.unit_id in units}


def _seats(person_id: UUID) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(
        subject_id=person_id, plan__ends_before__isnull=True, left_on__isnull=True
    )


def _unit_reads(
    unit: UnitRow, shared: DataKind, purpose: Purpose, at_once: Mapping[UUID, PostRow]
) -> UnitReads:
    roles = dict.fromkeys(post.role for post in agencies.posts_of(unit.unit_id))
    return UnitReads(
        unit_id=unit.unit_id,
        name=unit.name,
        agency_name=unit.agency_name,
        roles=tuple(RoleReads(role, tuple(kinds_in(readable(role, shared, purpose)))) for role in roles),
        at_once=tuple(
            sorted(
                (post for post in at_once.values() if post.unit_id == unit.unit_id),
                key=lambda post: post.title,
            )
        ),
    )


def _by_kind(model: type[Action] | type[Note] | type[Commitment], person_id: UUID) -> Counter[int]:
    found = model._default_manager.filter(subject_id=person_id).values_list("kind").annotate(n=Count("id"))
    return Counter(dict(found.order_by()))
