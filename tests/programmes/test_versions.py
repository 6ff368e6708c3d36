"""Versions of a partnership's rules: who saves, when they hold, what they would change, who is told."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, transaction

import people
from gate.scratch import later
from people import NOW, Client, acting_as
from programmes.rule_texts import YOUNG, young
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Sex, SupportSource
from samvirke.kernel.gate_words import Purpose
from samvirke.people import operations as people_operations
from samvirke.people.national_ids import make_synthetic
from samvirke.people.types import Assessed
from samvirke.programmes import operations, queries, versions
from samvirke.programmes.files import BadFile
from samvirke.programmes.models import LocalPartnership, RulesVersion, Screening
from samvirke.programmes.types import ImpactRow, JudgedBy

TODAY = NOW.date()


def save(text: str = YOUNG, *, seen: int = 0, by: UUID = people.PARTNERSHIP_LEADER) -> int:
    """Saved as the leader would, for figures: the leader is here for nothing else."""
    purpose = Purpose.STATISTICS if by in {people.PARTNERSHIP_LEADER, people.EVALUATOR} else Purpose.SERVICE
    with acting_as(by, purpose) as viewer:
        return versions.save_rules(partnership_id=people.PARTNERSHIP, text=text, seen_version=seen, by=viewer)


def dated(first: date, last: date | None = None) -> str:
    """The small rules, for a period."""
    until = f"\nvalid_to: {last}" if last else ""
    return young(("valid_from: 2026-03-02", f"valid_from: {first}{until}"))


def screened(record_id: UUID, *, by: UUID = people.SOCIAL_WORKER) -> Screening:
    """The record's screening, by what holds now."""
    with acting_as(by, Purpose.SERVICE) as viewer:
        operations.screen_own_caseload(partnership_id=people.PARTNERSHIP, by=viewer)
        return Screening.objects.filter(record=record_id).latest("screened_at")


def client(number: int, *, age: int, income: SupportSource = SupportSource.SOCIAL_ASSISTANCE) -> Client:
    """One of many, of an age today."""
    born = date(TODAY.year - age, 1, 1)
    return Client(
        external_id=f"S-{number}",
        national_id=make_synthetic(birth_date=born, sex=Sex.FEMALE, serial=number),
        birth_date=born,
        main_income=income,
        assistance_months_last_year=1,
        assistance_years_of_last_three=1,
    )


@people.database
def test_only_the_leader_of_the_partnership_saves() -> None:
    for post in (people.SOCIAL_WORKER, people.SOCIAL_LEADER, people.NAV_LEADER, people.EVALUATOR):
        with pytest.raises(versions.NotYourPartnership):
            save(by=post)
    assert not RulesVersion.objects.exists()
    assert save() == 1


@people.database
def test_the_database_lets_nobody_else_add_or_change_a_version() -> None:
    save()
    for post, purpose in (
        (people.SOCIAL_LEADER, Purpose.SERVICE),
        (people.EVALUATOR, Purpose.STATISTICS),
        (people.PARTNERSHIP_LEADER, Purpose.STATISTICS),
    ):
        with acting_as(post, purpose):
            assert _may_add(post) is (post == people.PARTNERSHIP_LEADER)
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                RulesVersion.objects.update(text="other")


@people.database
def test_bad_rules_are_not_saved() -> None:
    with pytest.raises(BadFile, match="no fact called “shoe_size”"):
        save(young(("fact: age", "fact: shoe_size")))
    with pytest.raises(BadFile, match="expects admitted, youth, local, and the rules answer refused"):
        save(young(("less_than: 25", "less_than: 24")))
    with pytest.raises(BadFile, match="These are the rules “others”, and yours are called “no_local_effort”"):
        save(young(("code: no_local_effort", "code: others")))
    assert not RulesVersion.objects.exists()


@people.database
@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (TODAY + timedelta(days=20), None, "overlaps version 2"),  # inside the second one's period
        (TODAY + timedelta(days=10), None, "overlaps version 2"),  # the very day
        (TODAY + timedelta(days=5), None, "overlaps version 1"),  # would end the first one early, twice over
        (TODAY + timedelta(days=29), None, "overlaps version 2"),
        (TODAY + timedelta(days=30), None, ""),  # the day on which the second no longer holds
        (TODAY + timedelta(days=40), TODAY + timedelta(days=50), ""),
        (TODAY - timedelta(days=1), None, "which is over"),
    ],
)
def test_two_versions_never_hold_on_one_day(first: date, last: date | None, refused: str) -> None:
    save()
    save(dated(TODAY + timedelta(days=10), TODAY + timedelta(days=30)), seen=1)
    if not refused:
        assert save(dated(first, last), seen=2) == 3
        return
    with pytest.raises(BadFile, match=refused):
        save(dated(first, last), seen=2)
    assert RulesVersion.objects.count() == 2


@people.database
def test_a_version_saved_meanwhile_is_never_overwritten() -> None:
    save()
    with pytest.raises(versions.StaleRules) as stale:
        save(dated(TODAY + timedelta(days=10)))
    assert stale.value.number == 1
    assert RulesVersion.objects.count() == 1


@pytest.mark.usefixtures("committed")
def test_a_record_is_judged_by_what_holds_and_says_which_version_it_was() -> None:
    record_id = people.record(client(1, age=22))
    before = screened(record_id)
    assert (before.version, before.target_group, before.scope) == (None, "youth", "central")
    save()
    with later(1):
        after = screened(record_id)
        with acting_as(people.SOCIAL_WORKER, Purpose.SERVICE) as viewer:
            row = queries.record(viewer, record_id)
    assert row is not None
    assert (after.version_id, row.scope) == (RulesVersion.objects.get().pk, "local")
    assert row.judged_by == JudgedBy(1, TODAY)
    assert row.criteria == ("Social assistance is the main income", "Under 25")


@pytest.mark.usefixtures("committed")
def test_a_later_version_takes_over_on_its_day_and_after_the_last_none_holds() -> None:
    save()
    save(dated(TODAY + timedelta(days=10), TODAY + timedelta(days=30)), seen=1)
    partnership = LocalPartnership.objects.get(pk=people.PARTNERSHIP)
    held = [
        versions.in_force(partnership, TODAY + timedelta(days=days)).judged_by.number
        for days in (0, 9, 10, 29)
    ]
    assert held == [1, 1, 2, 2]
    assert versions.in_force(partnership, TODAY - timedelta(days=1)).judged_by.number == 0
    with (
        later(30),
        pytest.raises(versions.NoRulesInForce, match="No target-group rules of Samlet innsats hold"),
    ):
        screened(people.record(client(1, age=22)))


@people.database
def test_the_impact_is_counted_in_the_own_caseload_alone() -> None:
    for number in range(6):
        people.record(client(number, age=22))
    for number in range(6, 12):
        people.record(client(number, age=30))
    people.record(client(20, age=30), system=people.STRANGER_SYSTEM, unit=people.SOCIAL_NORDENG)
    text = young(("fact: age\n    less_than: 25", "fact: age\n    at_least: 23"))
    with acting_as(people.SOCIAL_WORKER, Purpose.SERVICE) as viewer:
        found = versions.try_rules(partnership_id=people.PARTNERSHIP, text=text, by=viewer)
        judged = {line.subject_id for line in viewer.lines.values() if "programmes.try_rules" in line.verbs}
    assert found.examples == 1
    assert found.impact is not None
    assert found.impact[1] == ImpactRow("youth", 6, 6, None, None)
    assert len(judged) == 12
    with acting_as(people.STRANGER, Purpose.SERVICE) as viewer:
        other = versions.try_rules(partnership_id=people.PARTNERSHIP, text=text, by=viewer)
    assert other.impact is not None
    assert {
        count for row in other.impact for count in (row.newly, row.no_longer, row.moved, row.unknown)
    } == {None}


@people.database
@pytest.mark.parametrize(
    ("post", "purpose"),
    [
        (people.SOCIAL_LEADER, Purpose.SERVICE),  # leads, and sees nothing about work
        (people.NAV_ADVISER, Purpose.SERVICE),  # another agency, without cases of its own
        (people.PARTNERSHIP_LEADER, Purpose.STATISTICS),
    ],
)
def test_who_sees_no_cases_gets_no_counts(post: UUID, purpose: Purpose) -> None:
    people.record(client(1, age=22))
    with acting_as(post, purpose) as viewer:
        found = versions.try_rules(partnership_id=people.PARTNERSHIP, text=YOUNG, by=viewer)
        assert not viewer.lines
    assert (found.examples, found.impact) == (1, None)


@people.database
def test_what_would_change_it_is_told_of_the_own_agency_s_record_and_logged() -> None:
    record_id = people.record(client(1, age=30))
    screened(record_id)
    with acting_as(people.SOCIAL_WORKER, Purpose.SERVICE) as viewer:
        found = queries.what_would_change(viewer, record_id)
        assert [list(line.verbs) for line in viewer.lines.values()] == [["programmes.read_screening"]]
    assert found is not None
    assert not found.is_stale
    sentences = {one.sentence for change in found.found for one in change.altered}
    assert "Between 20 and 24 years old" in sentences
    for post in (people.STRANGER, people.NAV_ADVISER, people.SOCIAL_LEADER):
        with acting_as(post, Purpose.SERVICE) as viewer:
            assert queries.what_would_change(viewer, record_id) is None


@pytest.mark.usefixtures("committed")
def test_what_has_changed_since_the_screening_is_said() -> None:
    record_id = people.record(client(1, age=30))
    assert screened(record_id).outcome == "refused"
    with acting_as(people.SOCIAL_WORKER, Purpose.SERVICE) as viewer:
        people_operations.assess_record(
            record_id=record_id, said=Assessed(is_single_provider=True), by=viewer
        )
        assert _changes(viewer, record_id).is_stale
    with later(1):
        assert screened(record_id).target_group == "single_provider"
    with acting_as(people.SOCIAL_WORKER, Purpose.SERVICE) as viewer:
        assert not _changes(viewer, record_id).is_stale
        row = queries.record(viewer, record_id)
    assert row is not None
    assert row.noted == ("No longer has rights in national insurance",)


@people.database
def test_everybody_finds_the_own_partnership() -> None:
    for post, purpose in (
        (people.PARTNERSHIP_LEADER, Purpose.STATISTICS),
        (people.SOCIAL_WORKER, Purpose.SERVICE),
        (people.STRANGER, Purpose.SERVICE),
        (people.COORDINATOR, Purpose.SERVICE),  # serves no municipality of its own
    ):
        with acting_as(post, purpose) as viewer:
            assert queries.partnership_of(viewer) == people.PARTNERSHIP


def _changes(viewer: Viewer, record_id: UUID) -> queries.Changes:
    found = queries.what_would_change(viewer, record_id)
    assert found is not None
    return found


def _may_add(post: UUID) -> bool:
    """Whether the database lets the post of this transaction write a version under its own name."""
    try:
        with transaction.atomic():
            RulesVersion.objects.create(
                id=post,
                partnership_id=people.PARTNERSHIP,
                number=7,
                text="",
                source="",
                valid_from=date(2030, 1, 1),
                saved_by_id=post,
                saved_at=NOW,
            )
    except ProgrammingError:
        return False
    return True
