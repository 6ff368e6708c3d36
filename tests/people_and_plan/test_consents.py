"""A consent's life: asked for, seen in full before a yes, answered, taken back, and told of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

import people
from people import OnPlan, acting_as, family, on_plan
from people_and_plan.stand_ins import add_action
from samvirke.agencies import queries as agencies
from samvirke.coordination import consents as coordination
from samvirke.coordination import operations as coordinating
from samvirke.coordination import queries as plans
from samvirke.coordination.models import Turn
from samvirke.gate import consents as gate_consents
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.access import ACCESS
from samvirke.gate.models import Consent
from samvirke.gate.types import Refused
from samvirke.kernel.gate_words import DataKind, Purpose, kinds_in
from samvirke.people import consents, queries, recalls, verbs
from samvirke.people import operations as people_operations
from samvirke.people.consents import NotAskedFor, NothingLeft, NotWaiting
from samvirke.people.models import ConsentDraft, Person, Recall
from samvirke.people.operations import ConsentTerms, UnitMayNotBeNamed
from samvirke.people.types import RecallRow
from samvirke.plan import consents as plan_consents
from samvirke.plan import operations as planning
from samvirke.plan import queries as plan_queries
from samvirke.plan.models import Action, Goal, Note
from samvirke.plan.queries import NOTE_KINDS
from samvirke.plan.types import Preview

pytestmark = people.database
EVERYTHING_ASKED = NOTE_KINDS & ~DataKind.PLAN
ASKABLE = kinds_in(EVERYTHING_ASKED | DataKind.CONTACT | DataKind.SUBSTANCE_USE)
COVERED = (Purpose.COORDINATION, Purpose.SERVICE, Purpose.FOLLOW_UP)  # by the rule these rest on


def asked_terms(
    *,
    kinds: DataKind = DataKind.EMPLOYMENT | DataKind.HEALTH,
    units: tuple[UUID, ...] = (people.SOCIAL, people.NAV, people.COORDINATING),
    purposes: Purpose = Purpose.COORDINATION,
    days: int = 365,
) -> ConsentTerms:
    """What a worker asks."""
    return replace(people.terms(kinds=kinds, units=units, days=days), purposes=purposes)


def asked(plan: OnPlan, terms: ConsentTerms | None = None, *, by: UUID = people.SOCIAL_WORKER) -> UUID:
    """The person is asked one question."""
    with acting_as(by) as viewer:
        (draft_id,) = consents.draft(person_id=plan.person.person_id, terms=terms or asked_terms(), by=viewer)
    return draft_id


def says_yes(plan: OnPlan, draft_id: UUID, **without: object) -> UUID:
    """The person answers yes, perhaps to less."""
    left_out = {"without_kinds": DataKind(0), "without_units": ()} | without
    with acting_as(plan.person.citizen_id) as viewer:
        return plan_consents.say_yes(draft_id=draft_id, by=viewer, **left_out)  # type: ignore[arg-type]


def preview(plan: OnPlan, draft_id: UUID) -> Preview:
    """What the person is shown before an answer."""
    with acting_as(plan.person.citizen_id) as viewer:
        return plan_consents.preview(viewer, consents.question(viewer, draft_id))


def narrow() -> OnPlan:
    """On a plan, on a consent to nothing but the plan itself, with a note and an action of every kind.

    What they hold was written while everything was open to the coordinator, by a consent taken back since.
    """
    plan = on_plan(consent=people.terms(kinds=DataKind.PLAN))
    wide = people.terms(kinds=EVERYTHING_ASKED, units=(people.COORDINATING,))
    with acting_as(plan.person.citizen_id) as viewer:
        (draft_id,) = consents.draft(
            person_id=plan.person.person_id, terms=replace(wide, purposes=Purpose.COORDINATION), by=viewer
        )
    open_to_all = says_yes(plan, draft_id)
    with acting_as(people.COORDINATOR) as viewer:
        for kind in kinds_in(NOTE_KINDS):
            planning.write_note(plan_id=plan.plan_id, kind=kind, text=f"Notat {int(kind)}", by=viewer)
            add_action(plan, viewer, kind=kind, accountable=people.COORDINATOR)
    with acting_as(plan.person.citizen_id) as viewer:
        coordination.withdraw_consent(consent_id=open_to_all, by=viewer)
    return plan


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class TestAsking:
    def test_a_question_opens_nothing(self) -> None:
        plan = narrow()
        asked(plan)
        with acting_as(people.NAV_ADVISER) as viewer:
            page = plans.plan_page(viewer, plan.plan_id)
        assert {note.kind for note in page.notes} == {DataKind.PLAN}
        with acting_as(people.SOCIAL_WORKER):
            assert Consent.objects.filter(subject_id=plan.person.person_id, withdrawn_at=None).count() == 1

    def test_each_purpose_is_a_question_of_its_own(self) -> None:
        plan = on_plan()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            consents.draft(
                person_id=plan.person.person_id,
                terms=asked_terms(purposes=Purpose.SERVICE | Purpose.FOLLOW_UP),
                by=viewer,
            )
        with acting_as(plan.person.citizen_id) as viewer:
            waiting = consents.waiting(viewer)
        assert [row.purpose for row in waiting] == [Purpose.SERVICE, Purpose.FOLLOW_UP]

    @pytest.mark.parametrize(
        ("who", "may"), [("nav adviser", True), ("stranger", False), ("social colleague", False)]
    )
    def test_only_who_is_around_the_person_asks(self, who: str, may: bool) -> None:
        plan = on_plan()
        terms = asked_terms(units=(*people.UNITS, people.SOCIAL_NORDENG))
        try:
            asked(plan, terms, by=people.EVERYBODY[who])
        except Refused:
            assert not may
        else:
            assert may

    def test_the_own_unit_is_one_of_them(self) -> None:
        with pytest.raises(UnitMayNotBeNamed):
            asked(on_plan(), asked_terms(units=(people.NAV,)))

    @pytest.mark.parametrize(
        "terms",
        [
            asked_terms(kinds=DataKind(0)),
            asked_terms(kinds=DataKind.HEALTH | DataKind.PROTECTED_LOCATION),
            asked_terms(kinds=DataKind.ACCESS_LOG),
            asked_terms(purposes=Purpose(0)),
            asked_terms(days=0),
        ],
        ids=["no kind", "a protected place", "the access log", "no purpose", "an end that has been"],
    )
    def test_what_is_no_question_is_not_asked(self, terms: ConsentTerms) -> None:
        with pytest.raises(NotAskedFor):
            asked(on_plan(), terms)

    def test_who_asked_takes_it_back_and_nobody_else(self) -> None:
        plan = on_plan()
        draft_id = asked(plan)
        with acting_as(people.NAV_ADVISER) as viewer, pytest.raises(ConsentDraft.DoesNotExist):
            consents.take_back(draft_id=draft_id, by=viewer)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            consents.take_back(draft_id=draft_id, by=viewer)
        with pytest.raises(NotWaiting):
            says_yes(plan, draft_id)
        assert status(plan, draft_id) == "taken_back"

    def test_the_person_thinks_of_it_themself(self) -> None:
        plan = on_plan()
        draft_id = asked(plan, asked_terms(units=(people.FOLLOW_UP,)), by=plan.person.citizen_id)
        consent_id = says_yes(plan, draft_id)
        with acting_as(plan.person.citizen_id):
            assert Consent.objects.get(pk=consent_id).to_units == [people.FOLLOW_UP]


def test_many_questions_are_read_in_as_many_statements_as_one() -> None:
    plan = on_plan()
    counted = []
    for purposes in (Purpose.SERVICE, Purpose.COORDINATION | Purpose.FOLLOW_UP):
        with acting_as(people.SOCIAL_WORKER) as viewer:
            consents.draft(person_id=plan.person.person_id, terms=asked_terms(purposes=purposes), by=viewer)
        with acting_as(plan.person.citizen_id) as viewer, CaptureQueriesContext(connection) as found:
            assert consents.waiting(viewer)
        counted.append(len(found))
    assert counted[0] == counted[1] <= 8


def test_what_follows_is_read_in_as_many_statements_for_one_post_as_for_many() -> None:
    counted = []
    for posts in ([], [people.FOLLOW_UP_ADVISER, people.NAV_LEADER, people.OTHER_COORDINATOR]):
        with undone():
            plan = on_plan()
            with acting_as(plan.person.citizen_id):
                gate.admit(consent_id=plan.person.consent_id, post_ids=posts)
            with acting_as(plan.person.citizen_id) as viewer, CaptureQueriesContext(connection) as found:
                losses = coordination.consequences(viewer, plan.person.consent_id).losses
            assert len(losses) == 4 + len(posts)
            counted.append(len(found))
    assert counted[0] == counted[1]


def status(plan: OnPlan, draft_id: UUID) -> str:
    """How the question stands, as the person sees it."""
    with acting_as(plan.person.citizen_id) as viewer:
        return consents.question(viewer, draft_id).status


class TestAnswering:
    def test_a_yes_opens_it_at_once_to_those_who_work_with_the_person(self) -> None:
        plan = narrow()
        says_yes(plan, asked(plan))
        with acting_as(people.NAV_ADVISER) as viewer:
            page = plans.plan_page(viewer, plan.plan_id)
        assert {note.kind for note in page.notes} == {DataKind.PLAN, DataKind.EMPLOYMENT}
        with acting_as(people.NAV_LEADER):
            assert not Person.objects.exists()  # of a named unit, but not around the person

    def test_a_no_changes_nothing(self) -> None:
        plan = narrow()
        draft_id = asked(plan)
        with acting_as(plan.person.citizen_id) as viewer:
            consents.answer_no(draft_id=draft_id, by=viewer)
        assert status(plan, draft_id) == "no"
        with acting_as(people.NAV_ADVISER) as viewer:
            assert {note.kind for note in plans.plan_page(viewer, plan.plan_id).notes} == {DataKind.PLAN}

    def test_a_yes_to_fewer_kinds_and_units_is_that_and_no_more(self) -> None:
        plan = narrow()
        draft_id = asked(plan)
        says_yes(
            plan, draft_id, without_kinds=DataKind.HEALTH, without_units=[people.COORDINATING, people.SOCIAL]
        )
        assert status(plan, draft_id) == "fewer"
        with acting_as(people.COORDINATOR) as viewer:
            assert {note.kind for note in plans.plan_page(viewer, plan.plan_id).notes} == {DataKind.PLAN}
        with acting_as(people.NAV_ADVISER) as viewer:
            page = plans.plan_page(viewer, plan.plan_id)
        assert {note.kind for note in page.notes} == {DataKind.PLAN, DataKind.EMPLOYMENT}

    def test_a_yes_to_nothing_is_a_no(self) -> None:
        plan = on_plan()
        draft_id = asked(plan)
        for without in (
            {"without_kinds": DataKind.EMPLOYMENT | DataKind.HEALTH},
            {"without_units": [people.SOCIAL, people.NAV, people.COORDINATING]},
        ):
            with pytest.raises(NothingLeft):
                says_yes(plan, draft_id, **without)
        assert status(plan, draft_id) == "waiting"

    def test_a_question_is_answered_once(self) -> None:
        plan = on_plan()
        draft_id = asked(plan)
        says_yes(plan, draft_id)
        with pytest.raises(NotWaiting):
            says_yes(plan, draft_id)
        with acting_as(plan.person.citizen_id):
            assert Consent.objects.filter(subject_id=plan.person.person_id).count() == 2

    @pytest.mark.parametrize("who", ["social worker", "nav adviser"])
    def test_nobody_answers_for_the_person(self, who: str) -> None:
        plan = on_plan()
        draft_id = asked(plan)
        with acting_as(people.EVERYBODY[who]) as viewer, pytest.raises(Refused):
            consents.answer_no(draft_id=draft_id, by=viewer)
        assert status(plan, draft_id) == "waiting"

    def test_a_worker_who_may_not_know_the_place_reads_no_units_that_others_named(self) -> None:
        one = family()
        named = asked_terms(units=(people.COORDINATING, people.SOCIAL_NORDENG))
        asked(one.mother, named, by=people.COORDINATOR)
        asked(one.mother, by=people.SOCIAL_WORKER)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            rows = consents.drafts(viewer, one.mother.person.person_id)
        assert {row.is_mine: bool(row.units) for row in rows} == {True: True, False: False}
        with acting_as(one.mother.person.citizen_id) as viewer:
            assert all(row.units for row in consents.waiting(viewer))


def kinds_read(plan: OnPlan) -> dict[str, dict[DataKind, int]]:
    """How much of each kind row-level security lets the viewer of this transaction read, table by table."""
    about = {"subject_id": plan.person.person_id}
    return {
        "goals": {DataKind.PLAN: Goal.objects.filter(**about).count()},
        "actions": {
            kind: Action.objects.filter(kind=int(kind), **about).count() for kind in kinds_in(NOTE_KINDS)
        },
        "notes": {
            kind: Note.objects.filter(kind=int(kind), **about).count() for kind in kinds_in(NOTE_KINDS)
        },
    }


@pytest.mark.parametrize("seed", range(6))
def test_the_preview_is_exactly_what_a_yes_opens(seed: int) -> None:
    """Random kinds, units and purpose; compared with what the database lets each post of each unit read.

    Nobody is around the person: what is read rests on the yes alone.
    """
    random = Random(seed)
    plan = narrow()
    with acting_as(plan.person.citizen_id) as viewer:
        people_operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer)
    units = (*people.UNITS, people.SOCIAL_NORDENG)
    for _ in range(6):
        terms = asked_terms(
            kinds=DataKind(sum(random.sample(ASKABLE, random.randint(1, len(ASKABLE))))),
            units=tuple(random.sample(units, random.randint(1, len(units)))),
            purposes=random.choice(COVERED),
        )
        with undone():
            _compare(plan, terms)


def _compare(plan: OnPlan, terms: ConsentTerms) -> None:
    draft_id = asked(plan, terms, by=plan.person.citizen_id)
    shown = preview(plan, draft_id)
    consent_id = says_yes(plan, draft_id)
    counts = {row.kind: row for row in shown.counts}
    assert {unit.unit_id for unit in shown.units} == set(terms.to_units)
    for unit in shown.units:
        reads = {one.role: set(one.kinds) for one in unit.roles}
        at_once = {post.post_id for post in unit.at_once}
        for post in agencies.posts_of(unit.unit_id):
            promised = reads[post.role]
            may_enter = bool(ACCESS[post.role].purposes & terms.purposes)
            if may_enter:
                with acting_as(post.id, terms.purposes):
                    assert bool(Person.objects.exists()) is (post.id in at_once and bool(promised))
            with acting_as(plan.person.citizen_id):
                gate.admit(consent_id=consent_id, post_ids=[post.id])
            if not may_enter:
                assert promised == set()
                continue
            with acting_as(post.id, terms.purposes):
                read = kinds_read(plan)
                assert bool(Person.objects.exists()) is (DataKind.IDENTITY in promised)
            for kind in kinds_in(NOTE_KINDS):
                row = counts.get(kind) if kind in promised else None
                assert read["notes"][kind] == (row.notes if row else 0), (unit.name, post.role, kind)
                assert read["actions"][kind] == (row.actions if row else 0), (unit.name, post.role, kind)
            assert read["goals"][DataKind.PLAN] == (
                counts[DataKind.PLAN].goals if DataKind.PLAN in promised else 0
            )


class TestNoting:
    def note(self, plan: OnPlan, *, form: str, **more: object) -> UUID:
        """The social worker notes an answer to the person's face."""
        terms = replace(asked_terms(), form=form, **more)  # type: ignore[arg-type]
        with acting_as(people.SOCIAL_WORKER) as viewer:
            return plan_consents.note_yes(person_id=plan.person.person_id, terms=terms, by=viewer)

    def row(self, plan: OnPlan, consent_id: UUID) -> queries.ConsentRow:
        """As the person reads it."""
        with acting_as(plan.person.citizen_id) as viewer:
            return next(row for row in queries.my_consents(viewer) if row.consent_id == consent_id)

    def test_what_was_said_has_a_day_and_somebody_who_heard_it(self) -> None:
        plan = on_plan()
        day = people.NOW.date() - timedelta(days=3)
        row = self.row(plan, self.note(plan, form="oral", said_on=day, heard_by=people.SOCIAL_COLLEAGUE))
        assert (row.form, row.said_on) == ("oral", day)
        assert row.heard_by is not None
        assert row.heard_by.title == "Sosialkonsulent 2"

    def test_without_a_name_it_was_heard_by_who_notes_it_today(self) -> None:
        plan = on_plan()
        row = self.row(plan, self.note(plan, form="oral"))
        assert row.heard_by is not None
        assert (row.heard_by.title, row.said_on) == ("Sosialkonsulent 1", people.NOW.date())

    def test_what_is_on_paper_was_heard_by_nobody(self) -> None:
        plan = on_plan()
        row = self.row(plan, self.note(plan, form="written"))
        assert (row.heard_by, row.said_on) == (None, people.NOW.date())

    @pytest.mark.parametrize(
        "more",
        [{"heard_by": people.NAV_ADVISER}, {"said_on": people.NOW.date() + timedelta(days=1)}],
        ids=["heard by another unit", "said tomorrow"],
    )
    def test_nobody_heard_it_elsewhere_or_tomorrow(self, more: dict[str, object]) -> None:
        plan = on_plan()
        with pytest.raises(DatabaseError, match="heard by a post of the own unit"), transaction.atomic():
            self.note(plan, form="oral", **more)

    def test_what_was_noted_is_seen_at_once(self) -> None:
        plan = narrow()
        self.note(plan, form="oral")
        with acting_as(people.NAV_ADVISER) as viewer:
            page = plans.plan_page(viewer, plan.plan_id)
        assert DataKind.EMPLOYMENT in {note.kind for note in page.notes}


class TestTakingBack:
    def test_each_post_that_sees_less_is_told_and_nobody_else(self) -> None:
        plan = on_plan()
        withdraw(plan, plan.person.consent_id)
        told = {who: own_recalls(post) for who, post in people.EVERYBODY.items() if own_recalls(post)}
        assert set(told) == {"social worker", "nav adviser", "coordinator", "coordination leader"}
        (row,) = told["social worker"]
        assert row.external_id == "S-1"
        (of_nav,) = told["nav adviser"]
        assert of_nav.external_id == ""
        assert {*row.kinds} - {*of_nav.kinds} == {DataKind.HOUSING, DataKind.HEALTH}  # Nav never saw these

    def test_a_recall_opens_nothing_and_names_nobody(self) -> None:
        plan = on_plan()
        withdraw(plan, plan.person.consent_id)
        with acting_as(people.NAV_ADVISER) as viewer:
            assert not Person.objects.exists()
            assert "Kari" not in repr(recalls.own(viewer))
            with pytest.raises(Refused):
                ask.require(viewer, verbs.READ_CONSENTS, plan.person.person_id)
        with acting_as(people.SOCIAL_COLLEAGUE):
            assert not Recall.objects.exists()

    def test_the_person_sees_who_has_acknowledged(self) -> None:
        plan = on_plan()
        withdraw(plan, plan.person.consent_id)
        (row,) = own_recalls(people.NAV_ADVISER)
        with acting_as(people.COORDINATOR) as viewer, pytest.raises(Recall.DoesNotExist):
            recalls.acknowledge(recall_id=row.recall_id, by=viewer)
        with acting_as(people.NAV_ADVISER) as viewer:
            recalls.acknowledge(recall_id=row.recall_id, by=viewer)
            recalls.acknowledge(recall_id=row.recall_id, by=viewer)
        assert own_recalls(people.NAV_ADVISER) == []
        with acting_as(plan.person.citizen_id) as viewer:
            told = recalls.of_consent(viewer, ask.consent(plan.person.consent_id))
        known = {one.post.title: one.acknowledged_at for one in told}
        assert known.pop("Veileder 1") == people.NOW
        assert len(known) == 3
        assert set(known.values()) == {None}

    def test_who_keeps_all_by_another_consent_is_told_nothing(self) -> None:
        plan = on_plan()
        consent = people.terms(units=(people.SOCIAL, people.NAV))
        with acting_as(people.SOCIAL_WORKER) as viewer:
            plan_consents.note_yes(person_id=plan.person.person_id, terms=consent, by=viewer)
        withdraw(plan, plan.person.consent_id)
        assert own_recalls(people.NAV_ADVISER) == []
        assert len(own_recalls(people.COORDINATOR)) == 1

    def test_who_keeps_it_for_one_purpose_alone_is_told_and_keeps_the_seat(self) -> None:
        plan = on_plan()
        wide = asked_terms(
            kinds=DataKind.EMPLOYMENT | DataKind.EDUCATION | DataKind.HOUSING | DataKind.HEALTH,
            units=(people.SOCIAL, people.NAV),
        )
        other = says_yes(plan, asked(plan, wide))
        with acting_as(plan.person.citizen_id) as viewer:
            found = coordination.consequences(viewer, plan.person.consent_id)
        losses = {row.post.title: row for row in found.losses}
        assert losses["Veileder 1"].lost == ()
        assert losses["Veileder 1"].left_for == (Purpose.COORDINATION,)
        assert losses["Veileder 1"].is_narrowed
        assert DataKind.PLAN in losses["Koordinator 1"].lost
        withdraw(plan, plan.person.consent_id)
        assert len(own_recalls(people.NAV_ADVISER)) == 1
        with acting_as(people.NAV_ADVISER) as viewer:
            assert len(plans.worklist(viewer)) == 1
            assert plan_queries.teams([plan.plan_id])[plan.plan_id][people.NAV_ADVISER] == other
        with acting_as(people.COORDINATOR) as viewer:
            assert plans.worklist(viewer) == []

    def test_the_leader_answers_again_where_the_coordinator_loses_the_plan(self) -> None:
        plan = on_plan()
        coordinated_by(plan, people.COORDINATOR)
        seen_by_the_leader = on_another_consent(plan, people.COORDINATION_LEADER)
        with acting_as(plan.person.citizen_id) as viewer:
            after = coordination.consequences(viewer, plan.person.consent_id).after
        assert after is not None
        assert (after.outcome, after.leader.title) == ("leader", "Leder for koordinerende enhet")
        withdraw(plan, plan.person.consent_id)
        with acting_as(people.COORDINATION_LEADER) as viewer:
            assert [turn.post_id for turn in Turn.objects.order_by("starts_on")][-1] == viewer.post_id
            assert len(plans.worklist(viewer)) == 1
            seat = plan_queries.teams([plan.plan_id])[plan.plan_id][viewer.post_id]
        assert seat == seen_by_the_leader

    def test_where_nobody_sees_the_plan_it_rests_and_that_is_said_before(self) -> None:
        plan = on_plan()
        with acting_as(plan.person.citizen_id) as viewer:
            after = coordination.consequences(viewer, plan.person.consent_id).after
        assert after is not None
        assert after.outcome == "nobody"

    def test_what_they_answer_for_is_said_before(self) -> None:
        plan = on_plan()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            add_action(plan, viewer)
        with acting_as(plan.person.citizen_id) as viewer:
            found = coordination.consequences(viewer, plan.person.consent_id)
        answering = {row.post.title: row.answers_for for row in found.losses if row.answers_for}
        assert answering == {"Veileder 1": ("Praksis på verksted",)}
        assert {row.goals for row in found.losses} == {1}

    @pytest.mark.parametrize("who", ["nav adviser", "coordinator"])
    def test_consequences_are_for_who_gave_it_or_recorded_it(self, who: str) -> None:
        plan = on_plan()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert coordination.consequences(viewer, plan.person.consent_id).losses
        with acting_as(people.EVERYBODY[who]) as viewer:
            with pytest.raises(Refused):
                coordination.consequences(viewer, plan.person.consent_id)
            assert gate_consents.rests_on(plan.person.consent_id) == []

    def test_what_was_taken_back_is_said_again_by_the_person_and_opens_as_before(self) -> None:
        plan = on_plan()
        withdraw(plan, plan.person.consent_id)
        with acting_as(plan.person.citizen_id) as viewer:
            drafts = consents.draft_again(consent_id=plan.person.consent_id, by=viewer)
        assert len(drafts) == 3  # one for each purpose
        says_yes(plan, drafts[0])
        with acting_as(people.NAV_ADVISER) as viewer:
            assert len(plans.worklist(viewer)) == 1


def on_another_consent(plan: OnPlan, post: UUID) -> UUID:
    """The person lets one post see the plan on a consent of its own."""
    terms = asked_terms(units=(people.COORDINATING,))
    with acting_as(plan.person.citizen_id) as viewer:
        person = plan.person
        consent_id = people_operations.record_consent(person.person_id, person.citizen_id, terms)
        gate.admit(consent_id=consent_id, post_ids=[post])
        assert viewer.post_id == person.citizen_id
    return consent_id


def own_recalls(post: UUID) -> list[RecallRow]:
    """What a post is told."""
    purpose = Purpose.SERVICE if post == people.SOCIAL_SYSTEM else Purpose.COORDINATION
    with acting_as(post, purpose) as viewer:
        return recalls.own(viewer)


def withdraw(plan: OnPlan, consent_id: UUID) -> None:
    """The person takes it back."""
    with acting_as(plan.person.citizen_id) as viewer:
        coordination.withdraw_consent(consent_id=consent_id, by=viewer)


def coordinated_by(plan: OnPlan, post: UUID) -> None:
    """The post has accepted the duty."""
    with acting_as(people.COORDINATION_LEADER) as viewer:
        handover = coordinating.offer_duty(
            plan_id=plan.plan_id,
            to_post=post,
            deputy=people.OTHER_COORDINATOR,
            consent_id=plan.person.consent_id,
            by=viewer,
        )
    with acting_as(post) as viewer:
        coordinating.accept_handover(handover_id=handover, by=viewer)
