"""Whoever decides alone by now takes back what guardians said yes to; and what closes for a family by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from unittest.mock import patch
from uuid import UUID

import pytest
from django.urls import reverse

import people
from gate.scratch import later
from gate.test_guardians import adult, client
from people import CANARY_WORDS, Family, acting_as, family, guardian
from people_and_plan.test_consents import own_recalls
from people_and_plan.test_guardian_answers import asked, both, says
from samvirke.coordination import consents as coordination
from samvirke.coordination import operations as coordinating
from samvirke.coordination.types import Consequences
from samvirke.gate import queries as ask
from samvirke.gate.models import Consent
from samvirke.gate.types import Refused
from samvirke.kernel.gate_words import DataKind
from samvirke.people import answering, consents, guardian_answers, guardians, operations, recalls, reminders
from samvirke.people import queries as people_queries
from samvirke.people.guardian_types import View
from samvirke.people.operations import NewPerson
from samvirke.plan import operations as plan
from samvirke.plan.queries import has_open_plan
from surfaces.test_consent_pages import read, sent
from surfaces.test_writing_pages import visit


def a_child(born: date, kinds: DataKind = DataKind.EDUCATION) -> NewPerson:
    """Jon, on a plan with a Nav adviser; his father said yes for him.

    It was noted when a yes of guardians was not held to the day on which it is theirs no longer.
    """
    father = adult()
    record_id = people.record(client("G-3", "Jon", born))
    as_it_was = patch.object(answering, "theirs_until", lambda kinds, until, **_: until)
    with as_it_was, acting_as(people.SOCIAL_WORKER) as viewer:
        son = operations.record_yes(
            record_id=record_id,
            partnership_id=people.PARTNERSHIP,
            given_name="Jon",
            family_name="Eksempel",
            terms=people.terms(kinds=kinds),
            by=viewer,
            guardians_of=[guardian(father.person.citizen_id, "Tore", footing="no.parent_sole")],
            view=View.AGREES,
        )
        plan_id = coordinating.start_plan(
            person_id=son.person_id,
            partnership_id=people.PARTNERSHIP,
            kinds=["no.individual_plan"],
            consent_id=son.consent_id,
            unit_id=people.COORDINATING,
            deputy=people.OTHER_COORDINATOR,
            next_review=date(2026, 6, 1),
            intake=people.intake(),
            by=viewer,
        )
        plan.add_members(plan_id=plan_id, post_ids=[people.NAV_ADVISER], consent_id=son.consent_id, by=viewer)
    return son


def may_withdraw(who: NewPerson) -> bool:
    """Whether the page of one's own consents offers it."""
    with acting_as(who.citizen_id) as viewer:
        (row,) = people_queries.my_consents(viewer)
        assert not row.is_mine
        return row.may_withdraw


class TestGrownInto:
    def test_before_the_day_nothing_and_from_it_all_that_follows_is_told_and_done(
        self, committed: str
    ) -> None:
        jon = a_child(date(2008, 3, 12))
        assert not may_withdraw(jon)
        with acting_as(jon.citizen_id) as viewer:
            with pytest.raises(Refused):
                coordination.consequences(viewer, jon.consent_id)
            with pytest.raises(Refused):
                coordination.withdraw_consent(consent_id=jon.consent_id, by=viewer)
            with pytest.raises(Refused):
                consents.draft_again(consent_id=jon.consent_id, by=viewer)
        with later(10):
            assert may_withdraw(jon)
            with acting_as(jon.citizen_id) as viewer:
                found = coordination.consequences(viewer, jon.consent_id)
                assert "Veileder 1" in {row.post.title for row in found.losses}
                coordination.withdraw_consent(consent_id=jon.consent_id, by=viewer)
            assert len(own_recalls(people.NAV_ADVISER)) == 1
            with acting_as(jon.citizen_id) as viewer:
                told = recalls.of_consent(viewer, ask.consent(jon.consent_id))
                assert {row.post.title for row in told} == {
                    row.post.title for row in found.losses if row.lost
                }
                assert len(consents.draft_again(consent_id=jon.consent_id, by=viewer)) == 3
            with acting_as(people.NAV_ADVISER):
                assert not has_open_plan(jon.person_id)

    @pytest.mark.parametrize(
        ("kinds", "may"),
        [(DataKind.HEALTH, True), (DataKind.HEALTH | DataKind.EDUCATION, False), (DataKind.EDUCATION, False)],
    )
    def test_of_care_alone_from_the_earlier_line_and_of_the_rest_when_of_age(
        self, committed: str, kinds: DataKind, may: bool
    ) -> None:
        jon = a_child(date(2010, 3, 12), kinds)
        assert not may_withdraw(jon)
        with later(10):
            assert may_withdraw(jon) is may

    def test_it_is_recalled_to_mind_for_who_may_take_it_back(self, committed: str) -> None:
        jon = a_child(date(2008, 3, 12))
        for days, due in ((9, []), (320, [jon.consent_id])):
            with later(days), acting_as(jon.citizen_id) as viewer:
                assert [row.consent_id for row in reminders.due(viewer)] == due

    def test_on_the_pages(self, committed: str) -> None:
        jon = a_child(date(2008, 3, 12))
        browser = visit(jon.citizen_id)
        address = reverse("withdraw_consent", args=[jon.consent_id])
        page = read(browser, "/my-plan/consents/")
        assert "Those who act for you said yes to this" in page
        assert address not in page
        assert "Take it back now" not in read(browser, address)
        with later(10):
            page = read(browser, "/my-plan/consents/")
            assert "Those who act for you said yes to this" not in page
            assert "Those who acted for you" in page
            assert f'href="{address}"' in page
            assert "Veileder 1" in read(browser, address)
            assert "Your consent is withdrawn" in sent(browser, address)
            receipt = read(browser, reverse("my_consent", args=[jon.consent_id]))
            assert "Veileder 1" in receipt
            assert "What was said yes to for you" in receipt

    @people.database
    def test_one_s_own_consent_says_nothing_of_others(self) -> None:
        alone = people.on_plan()
        assert "Those who act" not in read(visit(alone.person.citizen_id), "/my-plan/consents/")


def sees_the_family(one: Family) -> set[UUID]:
    """Those of the standing posts who see the family's plan."""
    found = set()
    for who in {*people.EVERYBODY.values()} - {people.SOCIAL_SYSTEM}:
        with acting_as(who):
            if has_open_plan(one.circle_id):
                found.add(who)
    return found


@people.database
class TestTheFamilysPlan:
    @pytest.mark.parametrize("who", ["father", "mother"])
    def test_it_is_said_before_for_whom_it_closes_and_those_lose_it(self, who: str) -> None:
        one = family()
        giver = one.father if who == "father" else one.mother
        before = sees_the_family(one)
        with acting_as(giver.person.citizen_id) as viewer:
            (told,) = coordination.consequences(viewer, giver.person.consent_id).families
            coordination.withdraw_consent(consent_id=giver.person.consent_id, by=viewer)
        lost = before - sees_the_family(one)
        assert lost
        assert len(told.closes_for) == len(lost)
        assert {post.post_id for post in told.closes_for if post.title} <= lost
        assert told.names == ("Anne", "Ola", "Liv")
        assert told.rests is (sees_the_family(one) == set())

    def test_a_consent_that_others_make_up_for_closes_nothing(self) -> None:
        one = family()
        with acting_as(one.father.person.citizen_id) as viewer:
            consent_id = operations.record_consent(
                one.father.person.person_id, viewer.post_id, people.terms()
            )
            assert coordination.consequences(viewer, consent_id).families == ()

    def test_on_the_pages_of_the_person_and_nothing_tells_the_other_where(self) -> None:
        one = family()
        address = reverse("withdraw_consent", args=[one.father.person.consent_id])
        page = read(visit(one.father.person.citizen_id), address)
        assert "The plan of Anne, Ola, Liv is for those who may see everybody" in page
        assert not any(word in page for word in CANARY_WORDS)
        alone = people.on_plan(replace(people.Client(), external_id="S-7"))
        address = reverse("withdraw_consent", args=[alone.person.consent_id])
        assert "The family’s plan closes" not in read(visit(alone.person.citizen_id), address)


def said_for_child(one: Family, kinds: DataKind = DataKind.EDUCATION) -> UUID:
    """Both parents have said yes; the question's id."""
    draft_id = asked(one.child.person_id, kinds)
    for parent in both(one):
        says(parent, draft_id)
    return draft_id


def given(one: Family, draft_id: UUID) -> UUID:
    """The consent that came of it."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        rows = {row.draft_id: row.consent_id for row in consents.drafts(viewer, one.child.person_id)}
    consent_id = rows[draft_id]
    assert consent_id is not None
    return consent_id


def follows(consent_id: UUID, parent: UUID) -> Consequences:
    """What a guardian is told would follow."""
    with acting_as(parent) as viewer:
        return coordination.consequences(viewer, consent_id)


def reads_only(one: Family, parent: UUID, scope: DataKind) -> None:
    """From now on a parent acts in less."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        narrow = guardian(parent, "Ola", scope=scope)
        guardians.record(person_id=one.child.person_id, guardian=narrow, by=viewer)


@people.database
class TestTheGuardian:
    def test_reads_the_consequences_of_exactly_this_yes_whoever_of_both_said_it_last(self) -> None:
        one = family()
        consent_id = given(one, said_for_child(one))
        for parent in both(one):
            found = follows(consent_id, parent)
            assert found.losses
            for row in found.losses:
                assert not row.bases
                assert not row.left_for
                assert DataKind.CONSENT not in (*row.lost, *row.kept)
            assert any(DataKind.PLAN in row.kept for row in found.losses)  # by what both said at first

    def test_is_told_of_no_kind_that_is_closed_to_them(self) -> None:
        one = family()
        consent_id = given(one, said_for_child(one, DataKind.EDUCATION | DataKind.ECONOMY))
        _, father = both(one)
        for scope, told in (
            (guardians.EVERY_KIND, {DataKind.EDUCATION, DataKind.ECONOMY}),
            (DataKind.PLAN | DataKind.ECONOMY, {DataKind.ECONOMY}),
        ):
            reads_only(one, father, scope)
            rows = follows(consent_id, father).losses
            named = {kind for row in rows for kind in (*row.lost, *row.kept)}
            assert named & {DataKind.EDUCATION, DataKind.ECONOMY} == told

    def test_who_does_not_read_the_plan_is_named_nobody(self) -> None:
        one = family()
        consent_id = given(one, said_for_child(one))
        mother, _ = both(one)
        assert "Sosialkonsulent 1" in {row.post.title for row in follows(consent_id, mother).losses}
        reads_only(one, mother, DataKind.EDUCATION)
        found = follows(consent_id, mother)
        assert found.losses
        assert {row.post.title for row in found.losses} == {""}
        assert found.after is None
        assert found.families == ()

    def test_who_gave_nothing_is_told_nothing(self) -> None:
        one = family()
        consent_id = given(one, said_for_child(one))
        for who in (one.child.citizen_id, people.SOCIAL_WORKER, people.NAV_ADVISER, people.STRANGER):
            with pytest.raises((Refused, Consent.DoesNotExist)):
                follows(consent_id, who)

    def test_on_the_page_before_it_is_taken_back(self) -> None:
        one = family()
        consent_id = given(one, said_for_child(one))
        for parent in both(one):
            page = read(visit(parent), reverse("child_withdraw", args=[one.child.person_id, consent_id]))
            assert "What each of them sees afterwards" in page
            assert "Still sees:" in page
            assert "It rests on" not in page
            assert "What a law or somebody else’s yes lets them see" in page
            assert not any(word in page for word in CANARY_WORDS) or parent == both(one)[0]


@people.database
class TestTheNotice:
    def test_waits_on_the_guardian_s_own_page_until_they_have_answered(self) -> None:
        one = family()
        mother, father = both(one)
        about = "You are asked about Liv Eksempel"
        assert about not in read(visit(mother), "/my-plan/")
        draft_id = asked(one.child.person_id)
        link = f'href="{reverse("child_question", args=[one.child.person_id, draft_id])}"'
        for parent in (mother, father):
            page = read(visit(parent), "/my-plan/")
            assert about in page
            assert link in page
        says(mother, draft_id)
        assert link not in read(visit(mother), "/my-plan/")
        assert link in read(visit(father), "/my-plan/")

    def test_tells_the_child_what_others_are_asked_without_a_form(self) -> None:
        one = family()
        browser = visit(one.child.citizen_id)
        assert "Those who act for you are asked" not in read(browser, "/my-plan/")
        address = reverse("my_question", args=[asked(one.child.person_id)])
        page = read(browser, "/my-plan/")
        assert "Those who act for you are asked" in page
        assert f'href="{address}"' in page
        page = read(browser, address)
        assert "Those who act for you answer this" in page
        assert 'value="yes"' not in page
        assert not any(word in page for word in CANARY_WORDS)

    def test_no_child_is_read_where_nothing_waits(self) -> None:
        one = family()
        mother, _ = both(one)
        with acting_as(mother) as viewer:
            assert guardian_answers.waiting(viewer) == []
            assert one.child.person_id not in viewer.lines
        asked(one.child.person_id)
        with acting_as(mother) as viewer:
            assert [name for name, _ in guardian_answers.waiting(viewer)] == ["Liv Eksempel"]
            assert one.child.person_id in viewer.lines


def test_a_question_that_has_lapsed_waits_no_more(committed: str) -> None:
    one = family()
    mother, _ = both(one)
    asked(one.child.person_id)
    with later(consents.LAPSES_AFTER / timedelta(days=1)), acting_as(mother) as viewer:
        assert guardian_answers.waiting(viewer) == []
