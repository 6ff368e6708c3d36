"""What leaders promise each other: who may write it, what stays, what is told where it is missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

import people
from gate.scratch import connect
from people import acting_as
from samvirke.agreements import operations, policies, queries
from samvirke.agreements.models import Agreement, AgreementVersion, ContactPerson
from samvirke.agreements.types import CheckResult, Promise, SiteRow, Terms, Warning
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import Purpose

TODAY = people.NOW.date()
TOWNS = [people.FJORDVIK, people.NORDENG]


def terms(**changes: Any) -> Terms:
    """Nav and the social service of Fjordvik answer each other's referrals within a week."""
    said: dict[str, Any] = {
        "title": "Samarbeid i Fjordvik",
        "parties": (people.SOCIAL, people.NAV),
        "signed_on": TODAY,
        "valid_from": TODAY,
        "valid_until": None,
        "next_check_on": TODAY + timedelta(days=180),
        "response_times": {Promise.ANSWER_REFERRAL: 7},
    }
    return Terms(**{**said, **changes})


def signed(by: UUID = people.SOCIAL_LEADER, **changes: Any) -> UUID:
    """An agreement."""
    with acting_as(by) as viewer:
        return operations.sign_agreement(partnership_id=people.PARTNERSHIP, terms=terms(**changes), by=viewer)


def named(by: UUID = people.NAV_LEADER, **changes: Any) -> UUID:
    """Nav's contact person."""
    said: dict[str, Any] = {
        "partnership_id": people.PARTNERSHIP,
        "unit_id": people.NAV,
        "post_id": people.NAV_ADVISER,
        "deputy_id": people.NAV_LEADER,
        "share_percent": 50,
        "since": TODAY,
    }
    with acting_as(by) as viewer:
        return operations.name_contact_person(**{**said, **changes}, by=viewer)


def overview(by: UUID, purpose: Purpose = Purpose.COORDINATION) -> queries.Overview:
    """What a leader sees."""
    with acting_as(by, purpose) as viewer:
        return queries.overview(viewer, people.PARTNERSHIP, TOWNS)


def site(unit_id: UUID, by: UUID = people.NAV_LEADER) -> SiteRow:
    """One unit, as a leader sees it."""
    return next(one for one in overview(by).sites if one.unit_id == unit_id)


class TestWhoMayWrite:
    pytestmark = people.database

    @pytest.mark.parametrize(
        ("who", "may"),
        [
            (people.SOCIAL_LEADER, True),
            (people.NAV_LEADER, True),
            (people.STRANGER_LEADER, False),
            (people.COORDINATION_LEADER, False),
            (people.SOCIAL_WORKER, False),
        ],
    )
    def test_a_party_s_leader_signs_and_nobody_else(self, who: UUID, *, may: bool) -> None:
        if may:
            assert signed(who)
        else:
            with pytest.raises(policies.NotYoursToWrite):
                signed(who)

    def test_the_partnership_s_leader_signs_for_all(self) -> None:
        with acting_as(people.PARTNERSHIP_LEADER, Purpose.STATISTICS) as viewer:
            operations.sign_agreement(partnership_id=people.PARTNERSHIP, terms=terms(), by=viewer)

    @pytest.mark.parametrize("who", [people.SOCIAL_WORKER, people.COORDINATOR])
    def test_the_tables_refuse_who_does_not_lead(self, who: UUID) -> None:
        with acting_as(who), pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
            Agreement.objects.create(id=uuid4(), partnership_id=people.PARTNERSHIP)

    def test_the_tables_refuse_another_unit_s_contact_person(self) -> None:
        contact = named()
        with acting_as(people.SOCIAL_LEADER):
            assert ContactPerson.objects.filter(pk=contact).update(share_percent=1) == 0
        with acting_as(people.NAV_LEADER):
            assert ContactPerson.objects.filter(pk=contact).update(share_percent=60) == 1

    def test_a_signed_version_is_never_changed(self) -> None:
        signed()
        with acting_as(people.SOCIAL_LEADER), pytest.raises(DatabaseError), transaction.atomic():
            AgreementVersion.objects.update(title="Noe annet")

    @pytest.mark.parametrize("who", [people.SOCIAL_LEADER, people.NAV_ADVISER])
    def test_a_unit_s_leader_names_its_contact_person(self, who: UUID) -> None:
        with pytest.raises(policies.NotYoursToWrite):
            named(who)

    def test_ending_is_for_the_unit_s_leader(self) -> None:
        contact = named()
        with acting_as(people.SOCIAL_LEADER) as viewer, pytest.raises(policies.NotYoursToWrite):
            operations.end_contact_person(contact_id=contact, by=viewer)
        with acting_as(people.NAV_LEADER) as viewer:
            operations.end_contact_person(contact_id=contact, by=viewer)
        assert Warning.NO_CONTACT_PERSON in site(people.NAV).warnings


class TestWhatIsSaid:
    pytestmark = people.database

    @pytest.mark.parametrize(
        ("changes", "refused"),
        [
            ({"parties": (people.SOCIAL,)}, policies.TooFewParties),
            ({"parties": (people.SOCIAL, people.SOCIAL)}, policies.TooFewParties),
            ({"valid_until": TODAY - timedelta(days=1)}, policies.DaysTurnedRound),
            ({"next_check_on": TODAY}, policies.DaysTurnedRound),
        ],
    )
    def test_terms_that_cannot_hold(self, changes: dict[str, Any], refused: type[Exception]) -> None:
        with pytest.raises(refused):
            signed(**changes)
        with acting_as(people.SOCIAL_LEADER):
            assert not Agreement.objects.exists()

    @pytest.mark.parametrize(
        "posts",
        [
            {"post_id": people.SOCIAL_WORKER},
            {"deputy_id": people.SOCIAL_WORKER},
            {"deputy_id": people.NAV_ADVISER},
        ],
    )
    def test_contact_person_and_deputy_are_two_posts_of_the_unit(self, posts: dict[str, UUID]) -> None:
        with pytest.raises(policies.NotOfThisUnit):
            named(**posts)

    def test_a_post_is_contact_person_once(self) -> None:
        named()
        with pytest.raises(policies.AlreadyContactPerson):
            named()

    def test_versions_stay_and_a_stale_one_is_refused(self) -> None:
        one = signed()
        again = terms(title="Samarbeid i Fjordvik, ny", response_times={})
        with acting_as(people.NAV_LEADER) as viewer:
            operations.renew_agreement(agreement_id=one, seen_version=1, terms=again, by=viewer)
        with acting_as(people.SOCIAL_LEADER) as viewer, pytest.raises(policies.StaleAgreement):
            operations.renew_agreement(agreement_id=one, seen_version=1, terms=again, by=viewer)
        with acting_as(people.SOCIAL_LEADER) as viewer:
            row = queries.agreement(viewer, one)
        assert [version.title for version in row.versions] == [
            "Samarbeid i Fjordvik, ny",
            "Samarbeid i Fjordvik",
        ]
        assert row.versions[1].response_times == ((Promise.ANSWER_REFERRAL, 7),)


class TestWhatIsMissing:
    pytestmark = people.database

    def test_everything_until_somebody_writes_it(self) -> None:
        assert set(site(people.NAV).warnings) == {Warning.NO_CONTACT_PERSON, Warning.NO_AGREEMENT}
        named(deputy_id=None)
        assert set(site(people.NAV).warnings) == {Warning.NO_DEPUTY, Warning.NO_AGREEMENT}
        signed()
        assert site(people.NAV).warnings == (Warning.NO_DEPUTY,)

    def test_an_agreement_that_has_ended_or_not_begun_binds_nobody(self) -> None:
        signed(valid_from=TODAY + timedelta(days=1))
        assert Warning.NO_AGREEMENT in site(people.NAV).warnings
        signed(valid_from=TODAY - timedelta(days=9), valid_until=TODAY - timedelta(days=1))
        assert Warning.NO_AGREEMENT in site(people.NAV).warnings
        signed(valid_until=TODAY)
        assert Warning.NO_AGREEMENT not in site(people.NAV).warnings

    def test_an_overdue_check_is_told_until_somebody_checks(self) -> None:
        long_ago = TODAY - timedelta(days=400)
        one = signed(signed_on=long_ago, valid_from=long_ago, next_check_on=TODAY - timedelta(days=1))
        assert Warning.CHECK_OVERDUE in site(people.NAV).warnings
        with acting_as(people.NAV_LEADER) as viewer:
            operations.check_routines(
                agreement_id=one,
                result=CheckResult.PARTLY_KEPT,
                next_check_on=TODAY + timedelta(days=90),
                by=viewer,
            )
        assert Warning.CHECK_OVERDUE not in site(people.NAV).warnings

    def test_a_check_looks_ahead(self) -> None:
        one = signed()
        with acting_as(people.NAV_LEADER) as viewer, pytest.raises(policies.DaysTurnedRound):
            operations.check_routines(
                agreement_id=one, result=CheckResult.KEPT, next_check_on=TODAY, by=viewer
            )


class TestWhoSees:
    pytestmark = people.database

    def test_a_unit_s_leader_sees_what_binds_the_unit(self) -> None:
        one = signed()
        assert [row.agreement_id for row in overview(people.NAV_LEADER).agreements] == [one]
        assert overview(people.STRANGER_LEADER).agreements == ()
        with acting_as(people.STRANGER_LEADER) as viewer, pytest.raises(Agreement.DoesNotExist):
            queries.agreement(viewer, one)

    def test_a_leader_sees_the_own_municipality_and_the_partnership_s_leader_all(self) -> None:
        assert {one.unit_id for one in overview(people.NAV_LEADER).sites} == {*people.UNITS}
        all_of_it = overview(people.PARTNERSHIP_LEADER, Purpose.STATISTICS)
        assert {one.unit_id for one in all_of_it.sites} == {*people.UNITS, people.SOCIAL_NORDENG}


def test_facts_hold_kinds_of_agencies_and_days_and_no_post(committed: str) -> None:
    """And the published views make rows of them."""
    one = signed()
    contact = named()
    with acting_as(people.NAV_LEADER) as viewer:
        operations.check_routines(
            agreement_id=one, result=CheckResult.KEPT, next_check_on=date(2027, 1, 1), by=viewer
        )
    with connect("insight", committed) as link:
        assert _rows(link, "v1_agreements", "agency_kind, municipality, version") == [
            ("nav_state", people.FJORDVIK, 1),
            ("social_service", people.FJORDVIK, 1),
        ]
        assert _rows(link, "v1_agreement_checks", "result, next_check_on") == [("kept", date(2027, 1, 1))]
        persons = _rows(
            link, "v1_contact_persons", "named_id, agency_kind, share_percent, deputy, ends_before"
        )
        assert persons == [(str(contact), "nav_state", 50, "yes", None)]
        everything = repr([link.execute("SELECT * FROM published.v1_contact_persons").fetchall()])
    assert str(people.NAV_ADVISER) not in everything
    with acting_as(people.NAV_LEADER) as viewer:
        operations.end_contact_person(contact_id=contact, by=viewer)
    with connect("insight", committed) as link:
        assert _rows(link, "v1_contact_persons", "ends_before") == [(TODAY,)]


def _rows(link: psycopg.Connection[Any], view: str, columns: str) -> list[tuple[Any, ...]]:
    statement = psycopg.sql.SQL("SELECT {} FROM published.{} ORDER BY 1").format(
        psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, columns.split(", "))),
        psycopg.sql.Identifier(view),
    )
    return link.execute(statement).fetchall()


@people.database
def test_the_overview_asks_the_same_number_of_questions_whatever_there_is() -> None:
    signed()
    few = _statements()
    for _ in range(3):
        signed()
    named()
    assert _statements() <= few + 1


def _statements() -> int:
    asked: list[str] = []

    def count(execute: Any, statement: str, *rest: Any) -> Any:
        asked.append(statement)
        return execute(statement, *rest)

    with acting_as(people.NAV_LEADER) as viewer, connection.execute_wrapper(count):
        _seen(viewer)
    return len(asked)


def _seen(viewer: Viewer) -> None:
    queries.overview(viewer, people.PARTNERSHIP, TOWNS)
