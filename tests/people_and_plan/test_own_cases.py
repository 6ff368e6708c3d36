"""Who works here never sees their own case: by itself, whichever comes first, the seat or the record."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import people
from gate.exceptions import answer
from people import OnPlan, acting_as, on_plan
from samvirke.gate import clock
from samvirke.gate import queries as ask
from samvirke.gate.access import Refusal
from samvirke.people import conflicts, duplicates, own_cases
from samvirke.people import queries as people_queries
from samvirke.people.models import ClientRecord, Person
from samvirke.people.verbs import READ_RECORDS
from samvirke.plan.verbs import READ_PLAN

SCOPES = (*people.UNITS, people.SOCIAL_NORDENG, people.PARTNERSHIP)
KARI = people.Client().national_id


def takes(post: UUID, number: str = KARI, scopes: Iterable[UUID] = SCOPES) -> int:
    """Somebody with this number takes the post."""
    return own_cases.take_post(post_id=post, national_id=number, scopes=scopes)


def why_not(one: OnPlan, post: UUID) -> Refusal | None:
    with acting_as(post) as viewer:
        return answer(viewer, READ_PLAN, one.person.person_id)


def test_seat_first_then_record_and_person(committed: str) -> None:
    assert takes(people.NAV_ADVISER) == takes(people.SOCIAL_COLLEAGUE) == 0
    one = on_plan()
    assert why_not(one, people.NAV_ADVISER) is Refusal.OWN_CASE
    assert why_not(one, people.SOCIAL_WORKER) is None
    with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
        assert people_queries.own_records(viewer) == []
        assert not ClientRecord.objects.exists()
        assert not Person.objects.exists()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert len(people_queries.own_records(viewer)) == 1


def test_record_and_person_first_then_seat(committed: str) -> None:
    one = on_plan()
    assert why_not(one, people.NAV_ADVISER) is None
    assert takes(people.NAV_ADVISER) == 2
    assert why_not(one, people.NAV_ADVISER) is Refusal.OWN_CASE
    with acting_as(people.NAV_ADVISER) as viewer:
        assert [row.reason for row in conflicts.conflicts(viewer)] == ["own_case", "own_case"]


def test_the_person_stays_kept_out_where_the_record_is_another_units(committed: str) -> None:
    """The bar is on the person too: it does not hang on the tie."""
    takes(people.NAV_ADVISER)
    one = on_plan()
    with acting_as(people.NAV_ADVISER) as viewer:
        assert {one.person.person_id} <= viewer.barred.keys()
        assert len(viewer.barred) == 2


def test_another_number_is_nobody_s_own_case(committed: str) -> None:
    takes(people.NAV_ADVISER, people.national_ids.make_synthetic(
        birth_date=people.date(1970, 1, 1), sex=people.Sex.FEMALE, serial=4
    ))  # fmt: skip
    assert why_not(on_plan(), people.NAV_ADVISER) is None


def test_two_records_of_one_person_folded_into_one(committed: str) -> None:
    takes(people.SOCIAL_COLLEAGUE)
    one = people.record(people.Client())
    other = people.record(people.Client(external_id="S-9"))
    with acting_as(people.SOCIAL_WORKER) as viewer:
        duplicates.fold(record_id=other, into=one, by=viewer)
    with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
        assert {answer(viewer, READ_RECORDS, record) for record in (one, other)} == {Refusal.OWN_CASE}


def test_families_of_whoever_works_here(committed: str) -> None:
    family = people.family()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert ask.allowed(viewer, [READ_PLAN], family.circle_id)
    takes(people.SOCIAL_WORKER, people_number("F-2"))
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert answer(viewer, READ_PLAN, family.circle_id) is Refusal.OWN_CASE
        assert answer(viewer, READ_PLAN, family.father.person.person_id) is None


def test_who_comes_after_inherits_nothing(committed: str) -> None:
    one = on_plan()
    takes(people.NAV_ADVISER)
    own_cases.leave_post(post_id=people.NAV_ADVISER)
    assert why_not(one, people.NAV_ADVISER) is None
    people.record(people.Client(external_id="S-7"))
    assert why_not(one, people.NAV_ADVISER) is None


def test_a_declared_own_case_does_not_end_with_the_seat(committed: str) -> None:
    one = on_plan()
    with acting_as(people.NAV_ADVISER) as viewer:
        conflicts.declare_conflict(subject_id=one.person.person_id, reason="own_case", by=viewer)
    takes(people.NAV_ADVISER)
    own_cases.leave_post(post_id=people.NAV_ADVISER)
    assert why_not(one, people.NAV_ADVISER) is Refusal.OWN_CASE


def test_who_moves_is_kept_from_the_same_cases_in_the_other_post(committed: str) -> None:
    one = on_plan()
    takes(people.SOCIAL_COLLEAGUE)
    own_cases.move(from_post=people.SOCIAL_COLLEAGUE, to_post=people.NAV_ADVISER, now=clock.now())
    assert why_not(one, people.NAV_ADVISER) is Refusal.OWN_CASE
    later = people.record(people.Client(external_id="S-8"))
    with acting_as(people.NAV_ADVISER) as viewer:
        assert later in viewer.barred


def test_a_post_whose_holder_gave_no_number_leaves_none(committed: str) -> None:
    one = on_plan()
    takes(people.NAV_ADVISER)
    own_cases.move(from_post=people.SOCIAL_COLLEAGUE, to_post=people.NAV_ADVISER, now=clock.now())
    assert why_not(one, people.NAV_ADVISER) is None


def people_number(external_id: str) -> str:
    """The number of one of the family, as the social service sent it."""
    sent = {"F-2": (people.date(1990, 7, 2), people.Sex.FEMALE, 5)}
    birth_date, sex, serial = sent[external_id]
    return people.national_ids.make_synthetic(birth_date=birth_date, sex=sex, serial=serial)
