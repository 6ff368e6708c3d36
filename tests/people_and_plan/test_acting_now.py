"""Whoever acts for a child now takes back what others said yes to for it, on a page or at an office."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

import people
from gate.test_guardians import adult, client, recorded
from people import CANARY_WORDS, acting_as, family, guardian
from people_and_plan.test_consents import own_recalls
from people_and_plan.test_grown_into import a_child
from people_and_plan.test_guardian_answers import asked, both, given, says
from samvirke.coordination import consents as coordination
from samvirke.gate import operations as gate
from samvirke.gate.models import Consent
from samvirke.gate.types import Refused
from samvirke.kernel.gate_words import DataKind
from samvirke.people import consents, guardian_answers, guardians, operations
from samvirke.people.operations import NewPerson
from samvirke.plan.queries import has_open_plan
from surfaces.test_consent_pages import read, sent
from surfaces.test_writing_pages import visit

pytestmark = people.database
BORN = date(2014, 5, 6)
SCHOOL, CARE = DataKind.EDUCATION, DataKind.HEALTH


def ended(child: UUID) -> UUID:
    """Who acted for the child does so no longer; the citizen."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        (row,) = [row for row in guardians.around(viewer, child) if row.is_in_force]
        guardians.end(guardianship_id=row.guardianship_id, by=viewer)
    return row.citizen_id


def appointed(child: UUID, scope: DataKind = guardians.EVERY_KIND) -> UUID:
    """Berit has been appointed guardian of the child; the citizen."""
    berit = adult("Berit", "G-9").person.citizen_id
    recorded(child, guardian(berit, "Berit", footing="no.guardian_of_minor", scope=scope))
    return berit


def another_guardian(scope: DataKind = guardians.EVERY_KIND) -> tuple[NewPerson, UUID]:
    """Jon, whose father said yes for him and acts for him no longer, and Berit who does."""
    jon = a_child(BORN)
    ended(jon.person_id)
    return jon, appointed(jon.person_id, scope)


def theirs(who: UUID, child: UUID) -> list[UUID]:
    """The consents that somebody may take back for a child."""
    with acting_as(who) as viewer:
        return [row.consent_id for row in guardian_answers.given(viewer, child)]


def takes_back(who: UUID, consent_id: UUID) -> None:
    """As on the page, all of it or nothing."""
    with acting_as(who) as viewer, transaction.atomic():
        coordination.withdraw_consent(consent_id=consent_id, by=viewer)


def takes_back_by_sql(who: UUID, consent_id: UUID) -> None:
    """Past the operations."""
    with acting_as(who), transaction.atomic():
        gate.withdraw_consent(consent_id=consent_id)


@pytest.mark.parametrize(
    ("scope", "may"),
    [(guardians.EVERY_KIND, True), (SCHOOL | DataKind.PLAN, True), (CARE | DataKind.PLAN, False)],
)
def test_who_acts_for_the_child_now_takes_back_what_is_within_their_scope(scope: DataKind, may: bool) -> None:
    jon, berit = another_guardian(scope)
    with acting_as(people.NAV_ADVISER):
        assert has_open_plan(jon.person_id)
    assert theirs(berit, jon.person_id) == ([jon.consent_id] if may else [])
    if not may:
        with pytest.raises(Consent.DoesNotExist):
            takes_back(berit, jon.consent_id)
        with pytest.raises(DatabaseError, match="no such consent"):
            takes_back_by_sql(berit, jon.consent_id)
    else:
        with acting_as(berit) as viewer:
            found = coordination.consequences(viewer, jon.consent_id)
        assert "Veileder 1" in {row.post.title for row in found.losses}
        takes_back(berit, jon.consent_id)
        assert len(own_recalls(people.NAV_ADVISER)) == 1
    assert given(jon) == int(not may)
    with acting_as(people.NAV_ADVISER):
        assert has_open_plan(jon.person_id) is not may


def test_who_acted_before_and_who_never_did_take_nothing_back() -> None:
    jon = a_child(BORN)
    father = ended(jon.person_id)
    appointed(jon.person_id)
    stranger = adult("Sigurd", "G-8").person.citizen_id
    for who in (father, stranger, people.NAV_ADVISER):
        with pytest.raises((Refused, Consent.DoesNotExist)):
            takes_back(who, jon.consent_id)
        with pytest.raises(DatabaseError, match="no such consent"):
            takes_back_by_sql(who, jon.consent_id)
    assert given(jon) == 1


def test_where_somebody_is_appointed_a_parent_does_not_take_back_what_was_theirs_to_say() -> None:
    jon = a_child(BORN)
    (father,) = acting(jon.person_id)
    berit = appointed(jon.person_id)
    draft_id = asked(jon.person_id)
    assert says(berit, draft_id)
    with acting_as(berit) as viewer:
        consent_id = guardian_answers.question(viewer, jon.person_id, draft_id).asked.consent_id
    assert consent_id is not None
    assert theirs(father, jon.person_id) == [jon.consent_id]
    assert set(theirs(berit, jon.person_id)) == {consent_id, jon.consent_id}
    with pytest.raises(Refused):
        takes_back(father, consent_id)
    assert given(jon) == 2


def acting(child: UUID) -> list[UUID]:
    """The citizens who act for a child."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        return [row.citizen_id for row in guardians.around(viewer, child) if row.is_in_force]


def test_a_yes_of_the_person_s_own_is_nobody_else_s() -> None:
    ward, helper = adult(), adult("Berit", "G-9").person.citizen_id
    new = guardian(helper, "Berit", footing="no.guardian_of_adult")
    recorded(ward.person.person_id, new)
    consent_id = ward.person.consent_id
    assert theirs(helper, ward.person.person_id) == []
    with pytest.raises(Consent.DoesNotExist):
        takes_back(helper, consent_id)
    with pytest.raises(DatabaseError, match="no such consent"):
        takes_back_by_sql(helper, consent_id)
    takes_back(ward.person.citizen_id, consent_id)
    assert given(ward.person) == 0


def test_where_a_place_is_hidden_it_is_done_with_the_office_and_the_page_says_that_it_is_shared() -> None:
    one = family()
    child, (mother, father) = one.child.person_id, both(one)
    people.mother_answers_alone(one)
    draft_id = asked(child)
    assert says(mother, draft_id)
    with acting_as(father) as viewer:
        found = guardian_answers.question(viewer, child, draft_id)
        assert (found.in_force, found.may_take_back) == (True, False)
    consent_id = found.asked.consent_id
    assert consent_id is not None
    address = reverse("child_question", args=[child, draft_id])
    page = read(visit(father), address)
    assert "It is shared" in page
    assert "Call the office you work with" in page
    assert not any(word in page for word in CANARY_WORDS)
    withdrawing = reverse("child_withdraw", args=[child, consent_id])
    assert [visit(who).get(withdrawing).status_code for who in (father, mother)] == [404, 200]
    with acting_as(father):
        assert not Consent.objects.filter(pk=consent_id).exists()
    with pytest.raises(DatabaseError, match="no such consent"):
        takes_back_by_sql(father, consent_id)
    takes_back(mother, consent_id)
    assert "Nothing is shared because of it any more" in read(visit(father), address)


def test_a_yes_of_both_names_no_office_to_whom_a_place_is_hidden_from() -> None:
    one = family()
    draft_id = asked(one.child.person_id)
    for parent in both(one):
        says(parent, draft_id)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        (consent_id,) = [
            row.consent_id for row in consents.drafts(viewer, one.child.person_id) if row.draft_id == draft_id
        ]
    mother, father = both(one)
    for who, masked in ((mother, False), (father, True)):
        with acting_as(who) as viewer:
            rows = {row.consent_id: row for row in guardian_answers.given(viewer, one.child.person_id)}
        assert consent_id is not None
        assert (rows[consent_id].is_masked, rows[consent_id].to_units == ()) == (masked, masked)
        assert rows[consent_id].is_mine


def test_on_the_pages_what_was_noted_at_an_office_is_taken_back_with_as_few_clicks() -> None:
    jon = a_child(BORN)
    (father,) = acting(jon.person_id)
    page = read(visit(father), "/my-children/")
    assert "Said yes to at an office" in page
    address = reverse("child_withdraw", args=[jon.person_id, jon.consent_id])
    assert f'href="{address}"' in page
    before = read(visit(father), address)
    assert "Veileder 1" in before
    assert "education" in before
    assert "It is taken back" in sent(visit(father), address)
    assert given(jon) == 0
    page = sent(visit(father), address)
    assert "It has been taken back before" in page
    assert "Said yes to at an office" not in page


def test_a_question_to_the_one_before_is_told_truly_to_the_one_after() -> None:
    jon = a_child(BORN)
    (father,) = acting(jon.person_id)
    draft_id = asked(jon.person_id)
    assert says(father, draft_id)
    ended(jon.person_id)
    berit = appointed(jon.person_id)
    address = reverse("child_question", args=[jon.person_id, draft_id])
    page = read(visit(berit), address)
    assert "It is shared" in page
    assert "Take this yes back" in page
    with acting_as(berit) as viewer:
        consent_id = guardian_answers.question(viewer, jon.person_id, draft_id).asked.consent_id
        assert consent_id is not None
        operations.withdraw_consent(consent_id=consent_id, by=viewer)
    assert "Nothing is shared because of it any more" in read(visit(berit), address)
    assert visit(father).get(address).status_code == 404


def test_another_child_s_consent_is_not_found() -> None:
    jon, berit = another_guardian()
    per = people.said_yes(client("G-4", "Per", date(1990, 5, 6)))
    for person_id, consent_id in ((per.person_id, jon.consent_id), (jon.person_id, per.consent_id)):
        address = reverse("child_withdraw", args=[person_id, consent_id])
        assert visit(berit).get(address).status_code == 404
    assert (
        visit(berit).get(reverse("child_withdraw", args=[jon.person_id, jon.consent_id])).status_code == 200
    )
