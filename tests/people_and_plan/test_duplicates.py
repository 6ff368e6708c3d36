"""Records of one agency that may be the same person: what makes them alike, and what a finding changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

import people
from gate.conftest import committed
from gate.exceptions import answer
from gate.scratch import connect
from people import Client, acting_as, record
from people_and_plan.stand_ins import another
from samvirke.gate.access import Refusal
from samvirke.gate.types import Refused
from samvirke.kernel.codes import Occupation
from samvirke.kernel.gate_words import Purpose
from samvirke.people import conflicts, duplicates, operations, policies, undo
from samvirke.people import queries as people_queries
from samvirke.people.models import ClientRecord, RecordPair
from samvirke.people.types import Likeness, OwnRecord
from samvirke.people.verbs import READ_RECORDS
from samvirke.programmes import operations as programmes_operations
from samvirke.programmes import queries as programmes

__all__ = ["committed"]

BORN = date(1994, 5, 4)
TWO = Client(), replace(another(4), given_name="Kari")  # one name and day, two numbers


def traits(name: str, born: date = BORN, national_id: bytes = b"") -> policies.Traits:
    """What tells a client from others; a number of its own unless one is given."""
    given, _, family = name.rpartition(" ")
    return policies.Traits(uuid4(), national_id or uuid4().bytes, given, family, born)


# name, day of birth (None: the same), whether the national id is the same, and why they may be one person
TRUTH: list[tuple[str, str, date | None, bool, Likeness | None]] = [
    ("Kari Eksempel", "Ola Annen", date(1950, 1, 1), True, Likeness.SAME_NUMBER),
    ("Kari Eksempel", "Kari Eksempel", None, False, Likeness.SAME_DAY_AND_NAME),
    ("Kari Eksempel", "EKSEMPEL KARI", None, False, Likeness.SAME_DAY_AND_NAME),
    ("Ånund Sørbø", "Aanund Sorbo", None, False, Likeness.SAME_DAY_AND_NAME),
    ("Anne-Marie Bråthen", "Anne Marie Braathen", None, False, Likeness.SAME_DAY_AND_NAME),
    ("José Müller", "Jose Muller", None, False, Likeness.SAME_DAY_AND_NAME),
    ("Mohammed Ali", "Muhammed Ali", None, False, Likeness.SAME_DAY_LIKE_NAME),
    ("Kristine Hansen", "Kristin Hansen", None, False, Likeness.SAME_DAY_LIKE_NAME),
    ("Yonas Tesfay", "Jonas Tesfay", None, False, Likeness.SAME_DAY_LIKE_NAME),
    ("Yonas Tesfay", "Tesfai Yonas", None, False, Likeness.SAME_DAY_LIKE_NAME),
    ("Kari Eksempel", "Ola Eksempel", None, False, None),  # twins
    ("Kari Eksempel", "Kari Nordmann", None, False, None),
    ("Kari Eksempel", "Kari Eksempel", date(1994, 4, 5), False, Likeness.SAME_NAME_LIKE_DAY),  # day and month
    ("Kari Eksempel", "Kari Eksempel", date(1994, 5, 14), False, Likeness.SAME_NAME_LIKE_DAY),  # one digit
    ("Kari Eksempel", "Kari Eksempel", date(1949, 5, 4), False, Likeness.SAME_NAME_LIKE_DAY),  # neighbours
    ("Kari Eksempel", "Kari Eksempel", date(1994, 6, 14), False, None),
    ("Kari Eksempel", "Kari Eksempel", date(1984, 6, 4), False, None),
    ("Kari Eksempel", "Karin Eksempel", date(1994, 4, 5), False, None),  # two slips
    ("", "", None, False, None),  # a day of birth alone says nothing
    ("", "Kari Eksempel", None, False, None),
    ("", "", None, True, Likeness.SAME_NUMBER),
]


@pytest.mark.parametrize(("one", "other", "born", "same_number", "expected"), TRUTH)
def test_why_two_may_be_one(
    one: str, other: str, born: date | None, same_number: bool, expected: Likeness | None
) -> None:
    shared = b"n" if same_number else b""
    first, second = traits(one, national_id=shared), traits(other, born or BORN, shared)
    assert policies.likeness(first, second) == policies.likeness(second, first) == expected
    found = [likeness for *_, likeness in policies.alike([first, traits("Per Fremmed"), second])]
    assert found == ([expected] if expected else [])


def numbers(found: Iterable[OwnRecord]) -> set[str]:
    """The agency's own numbers of these records."""
    return {one.external_id for one in found}


def pairs(who: UUID = people.SOCIAL_WORKER) -> list[tuple[set[str], Likeness]]:
    """What the worker is shown."""
    with acting_as(who) as viewer:
        return [(numbers([row.one, row.other]), row.likeness) for row in duplicates.alike(viewer).rows]


def folded() -> tuple[UUID, UUID, UUID]:
    """S-4 is folded into S-1: both records, and the finding."""
    stands, other = (record(client) for client in TWO)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        return stands, other, duplicates.fold(record_id=other, into=stands, by=viewer)


def stored(external_id: str) -> UUID:
    """A record by the agency's own number."""
    with acting_as(people.SOCIAL_SYSTEM, Purpose.SERVICE):
        return people_queries.record_ids(people.SOCIAL, [external_id])[external_id]


def listed() -> set[str]:
    """The own cases as the worker's list has them."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        return numbers(people_queries.own_records(viewer))


@people.database
class TestFinding:
    def test_the_surest_come_first_and_strangers_never(self) -> None:
        for client in (
            *TWO,
            replace(Client(), external_id="S-9"),
            replace(another(5), birth_date=date(1990, 1, 1)),
        ):
            record(client)
        assert pairs() == [
            ({"S-1", "S-9"}, Likeness.SAME_NUMBER),
            ({"S-1", "S-4"}, Likeness.SAME_DAY_AND_NAME),
            ({"S-4", "S-9"}, Likeness.SAME_DAY_AND_NAME),
        ]

    def test_another_agency_s_record_of_the_same_person_is_never_alike(self) -> None:
        record(Client())
        record(Client(external_id="N-1"), system=people.NAV_SYSTEM, unit=people.NAV)
        assert (pairs(), pairs(people.NAV_ADVISER)) == ([], [])

    def test_what_is_shown_is_logged_and_what_is_on_another_page_is_not(self) -> None:
        own = {record(replace(Client(), external_id=f"S-{n}")) for n in range(6)}  # 15 pairs
        alone = record(replace(another(7), birth_date=date(1990, 1, 1)))
        with acting_as(people.SOCIAL_WORKER) as viewer:
            page = duplicates.alike(viewer, page=2)
            noted = {line.subject_id for line in viewer.lines.values()}
        assert (page.of_all, page.pages, len(page.rows)) == (15, 2, 5)
        assert noted == {one.record_id for row in page.rows for one in (row.one, row.other)} <= own
        assert alone not in noted

    def test_two_persons_are_not_shown_again_until_the_finding_ends(self) -> None:
        one, other = (record(client) for client in TWO)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            finding = duplicates.keep_apart(one=one, other=other, by=viewer)
        assert (pairs(), listed()) == ([], {"S-1", "S-4"})
        with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
            (row,) = duplicates.kept_apart(viewer)
            assert numbers([row.record, row.other]) == {"S-1", "S-4"}
            assert not duplicates.end(pair_id=finding, by=viewer)
            assert duplicates.kept_apart(viewer) == []
        assert pairs() == [({"S-1", "S-4"}, Likeness.SAME_DAY_AND_NAME)]


@people.database
class TestFolding:
    def test_one_stands_for_both_where_cases_are_listed_and_screened(self) -> None:
        stands, other, _ = folded()
        assert (listed(), pairs()) == ({"S-1"}, [])
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert duplicates.stands_for(viewer, other) == stands
            assert duplicates.stands_for(viewer, stands) is None
            (row,) = duplicates.folded_into(viewer, stands)
            assert (row.record.external_id, row.other.external_id) == ("S-4", "S-1")
            assert [one.record_id for one in people_queries.screening_input(viewer)] == [stands]
            programmes_operations.screen_own_caseload(partnership_id=people.PARTNERSHIP, by=viewer)
            assert [one.record_id for one in programmes.records(viewer).rows] == [stands]

    def test_taken_apart_each_stands_for_itself_with_all_it_had(self) -> None:
        _, other, finding = folded()
        record(replace(TWO[1], occupation=Occupation.ORDINARY_JOB, source_version=2))  # goes on being read in
        with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
            assert duplicates.end(pair_id=finding, by=viewer)
            kept = RecordPair.objects.get()
            assert (kept.found_by_id, kept.ended_by_id) == (people.SOCIAL_WORKER, people.SOCIAL_COLLEAGUE)
            assert ClientRecord.objects.get(pk=other).occupation == "ordinary_job"
        assert listed() == {"S-1", "S-4"}
        assert pairs() == [({"S-1", "S-4"}, Likeness.SAME_DAY_AND_NAME)]
        with (
            acting_as(people.SOCIAL_WORKER) as viewer,
            pytest.raises(duplicates.EndedAlready, match="taken this back"),
        ):
            duplicates.end(pair_id=finding, by=viewer)

    def test_a_yes_on_the_folded_case_is_seen_on_the_one_that_stands(self) -> None:
        person = people.said_yes(TWO[1])
        stands = record(TWO[0])
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert people_queries.asked(viewer, stands).person_id is None
            tied = ClientRecord.objects.get(external_id="S-4").pk
            finding = duplicates.fold(record_id=tied, into=stands, by=viewer)
            assert people_queries.asked(viewer, stands).person_id == person.person_id
            duplicates.end(pair_id=finding, by=viewer)
            assert people_queries.asked(viewer, stands).person_id is None

    def test_three_records_have_one_that_stands(self) -> None:
        stands, other, finding = folded()
        third = record(replace(another(6), given_name="Kari"))
        with acting_as(people.SOCIAL_WORKER) as viewer:
            for one, into in ((third, other), (stands, third), (other, third)):
                with pytest.raises(duplicates.StandsForOthers, match="stand here too"):
                    duplicates.fold(record_id=one, into=into, by=viewer)
            duplicates.fold(record_id=third, into=stands, by=viewer)
            assert set(people_queries.same_client(third)) == {stands, other, third}
            duplicates.end(pair_id=finding, by=viewer)
            assert people_queries.same_client(third) == [stands, third]

    def test_of_three_cases_of_one_client_a_bar_from_one_is_a_bar_from_all(self) -> None:
        """Two are folded into the third: however many findings and ties lead from the one to the other."""
        plan = people.on_plan()
        tied, other, stands = stored("S-1"), *(record(Client(external_id=key)) for key in ("S-2", "S-3"))
        same = (other, stands, tied, plan.person.person_id)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            for one in (tied, other):
                duplicates.fold(record_id=one, into=stands, by=viewer)
        with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
            assert answer(viewer, READ_RECORDS, stands) is None
            conflicts.declare_conflict(subject_id=other, reason=Refusal.CLOSE_RELATION, by=viewer)
        with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
            assert {answer(viewer, READ_RECORDS, one) for one in same} == {Refusal.CLOSE_RELATION}
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert {answer(viewer, READ_RECORDS, one) for one in same} == {None}

    def test_found_two_and_then_one_the_later_holds(self) -> None:
        one, other = (record(client) for client in TWO)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            duplicates.keep_apart(one=one, other=other, by=viewer)
            with pytest.raises(duplicates.StandsForOthers):
                duplicates.keep_apart(one=other, other=one, by=viewer)
            duplicates.fold(record_id=other, into=one, by=viewer)
            assert duplicates.kept_apart(viewer) == []
        assert listed() == {"S-1"}

    @pytest.mark.parametrize(
        ("who", "may"),
        [
            (people.SOCIAL_WORKER, True),
            (people.SOCIAL_COLLEAGUE, True),
            (people.SOCIAL_LEADER, True),
            (people.STRANGER, False),
            (people.NAV_ADVISER, False),
            (people.COORDINATOR, False),
        ],
    )
    def test_only_the_own_agency_decides(self, who: UUID, may: bool) -> None:
        stands, other, finding = folded()
        acts = (
            lambda by: duplicates.end(pair_id=finding, by=by),
            lambda by: duplicates.keep_apart(one=stands, other=other, by=by),
        )
        with acting_as(who) as viewer:
            if may:
                for act in acts:
                    act(viewer)
                return
            with pytest.raises(RecordPair.DoesNotExist):
                acts[0](viewer)
            with pytest.raises(Refused):
                acts[1](viewer)

    def test_two_agencies_records_are_never_one(self) -> None:
        """Not even for a post that may do both: here the record of the citizen's own unit and itself."""
        own = record(Client())
        with (
            acting_as(people.SOCIAL_WORKER) as viewer,
            pytest.raises(duplicates.NotOfOneAgency, match="one unit"),
        ):
            duplicates.fold(record_id=own, into=own, by=viewer)
        theirs = record(Client(external_id="N-1"), system=people.NAV_SYSTEM, unit=people.NAV)
        with acting_as(people.SOCIAL_WORKER) as viewer, pytest.raises(Refused):
            duplicates.fold(record_id=own, into=theirs, by=viewer)

    def test_it_is_in_use_so_the_batch_that_brought_it_leaves_it(self) -> None:
        _, _, finding = folded()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            duplicates.end(pair_id=finding, by=viewer)
        with acting_as(people.SOCIAL_SYSTEM, Purpose.SERVICE) as viewer:
            changes = set(ClientRecord.objects.values_list("change_id", flat=True))
            assert len(changes) == 2
            for change in changes:
                (found,) = undo.consequences(change_id=change, by=viewer)
                assert [kept for _, kept in found.kept] == [undo.Kept.IN_USE]

    def test_the_one_that_stands_hides_its_place_where_the_folded_one_does(self) -> None:
        people.family()
        tied = stored("F-2")
        twin = record(another(9))
        with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
            shown = {one.external_id: one.municipality for one in people_queries.own_records(viewer)}
            assert (shown["F-2"], shown["S-9"]) == ("", people.FJORDVIK)
            finding = duplicates.fold(record_id=tied, into=twin, by=viewer)
            shown = {one.external_id: one.municipality for one in people_queries.own_records(viewer)}
            assert (shown["S-9"], "F-2" in shown) == ("", False)
            duplicates.end(pair_id=finding, by=viewer)
            (alone,) = people_queries.own_records(viewer, [twin])
            assert alone.municipality == people.FJORDVIK


def test_two_records_of_one_client_are_counted_once(committed: str) -> None:
    one, other = (record(client) for client in TWO)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        programmes_operations.screen_own_caseload(partnership_id=people.PARTNERSHIP, by=viewer)
        operations.record_no(record_id=one, by=viewer)
        operations.record_no(record_id=other, by=viewer)
    assert flow(committed) == (2, 2)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        finding = duplicates.fold(record_id=other, into=one, by=viewer)
    assert flow(committed) == (1, 1)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        duplicates.end(pair_id=finding, by=viewer)
    assert flow(committed) == (2, 2)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        duplicates.fold(record_id=one, into=other, by=viewer)
    assert flow(committed) == (1, 1)


def flow(database: str) -> tuple[int, int]:
    """How many were screened and asked in Fjordvik, as the figures count."""
    with connect("insight", database) as link:
        (found,) = link.execute("SELECT screened, asked FROM published.v1_flow").fetchall()
    return found
