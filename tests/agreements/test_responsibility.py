"""Who answers for what: one party a domain, in versions; what is missing is told, and whom to ask today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

import people
from agreements.test_agreements import TODAY, named, signed, terms
from gate.scratch import connect
from people import acting_as, on_plan
from samvirke.agreements import operations, policies, queries
from samvirke.agreements.models import AgreementVersion, Responsibility
from samvirke.agreements.types import Promise, PromisedDays, Responsible, Warning
from samvirke.coordination import absences, responsibility
from samvirke.coordination.responsibility import DivisionRow, DomainRow
from samvirke.gate.types import Refused
from samvirke.kernel.codes import Domain
from samvirke.kernel.gate_words import DataKind
from samvirke.plan.models import Plan
from samvirke.plan.queries import NOTE_KINDS

BY_NAV = {Domain.WORK_AND_PRACTICE: Responsible(people.NAV, people.SOCIAL)}
BOTH = BY_NAV | {Domain.ECONOMY: Responsible(people.SOCIAL)}


def divided(**changes: Any) -> UUID:
    """Nav answers for work, the social service for economy."""
    return signed(**{"responsibilities": BOTH, **changes})


def seen(by: UUID = people.NAV_ADVISER) -> tuple[DivisionRow, ...]:
    """The agreements in force, as somebody reads them."""
    with acting_as(by) as viewer:
        return responsibility.of_partnership(viewer, people.PARTNERSHIP)


def row_of(domain: Domain, by: UUID = people.NAV_ADVISER) -> DomainRow:
    """One domain of the only agreement."""
    (one,) = seen(by)
    return next(row for row in one.domains if row.domain is domain)


class TestDividing:
    pytestmark = people.database

    def test_one_party_answers_and_one_steps_in(self) -> None:
        divided()
        work = row_of(Domain.WORK_AND_PRACTICE)
        assert work.unit is not None
        assert work.deputy is not None
        assert (work.unit.unit_id, work.deputy.unit_id) == (people.NAV, people.SOCIAL)

    def test_a_domain_without_anybody_is_a_hole_and_is_told(self) -> None:
        divided()
        assert row_of(Domain.HEALTH).warnings == (Warning.NOBODY_ANSWERS,)
        (one,) = seen()
        assert Warning.NOBODY_ANSWERS in one.warnings

    def test_no_warning_where_somebody_answers_for_everything(self) -> None:
        divided(responsibilities={domain: Responsible(people.NAV) for domain in Domain})
        (one,) = seen()
        assert Warning.NOBODY_ANSWERS not in one.warnings

    @pytest.mark.parametrize(
        "given",
        [
            Responsible(people.COORDINATING),
            Responsible(people.NAV, people.COORDINATING),
            Responsible(people.NAV, people.NAV),
        ],
    )
    def test_who_answers_and_who_steps_in_are_two_parties(self, given: Responsible) -> None:
        with pytest.raises(policies.NotAParty):
            divided(responsibilities={Domain.HEALTH: given})

    def test_the_database_holds_one_for_a_domain(self) -> None:
        divided()
        with acting_as(people.NAV_LEADER), pytest.raises(IntegrityError), transaction.atomic():
            Responsibility.objects.create(
                id=uuid4(),
                version=AgreementVersion.objects.get(),
                domain=Domain.ECONOMY,
                unit_id=people.NAV,
            )

    @pytest.mark.parametrize("who", [people.SOCIAL_WORKER, people.COORDINATOR])
    def test_the_table_refuses_who_does_not_lead(self, who: UUID) -> None:
        divided()
        with acting_as(who), pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
            Responsibility.objects.create(
                id=uuid4(), version=AgreementVersion.objects.get(), domain=Domain.HEALTH, unit_id=people.NAV
            )

    def test_nobody_changes_a_version(self) -> None:
        divided()
        with (
            acting_as(people.NAV_LEADER),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
        ):
            Responsibility.objects.update(unit_id=people.SOCIAL)

    def test_the_version_before_stays(self) -> None:
        one = divided()
        other = terms(responsibilities={Domain.ECONOMY: Responsible(people.NAV)})
        with acting_as(people.NAV_LEADER) as viewer:
            operations.renew_agreement(agreement_id=one, seen_version=1, terms=other, by=viewer)
            row = queries.agreement(viewer, one)
        said = [
            {given.domain: given.unit.unit_id for given in version.responsibilities}
            for version in row.versions
        ]
        assert said == [
            {Domain.ECONOMY: people.NAV},
            {Domain.ECONOMY: people.SOCIAL, Domain.WORK_AND_PRACTICE: people.NAV},
        ]

    def test_a_version_that_has_not_begun_divides_nothing_yet(self) -> None:
        one = divided()
        later = terms(responsibilities={}, valid_from=TODAY + timedelta(days=9))
        with acting_as(people.NAV_LEADER) as viewer:
            operations.renew_agreement(agreement_id=one, seen_version=1, terms=later, by=viewer)
        economy = row_of(Domain.ECONOMY)
        assert economy.unit is not None


class TestWhatIsMissing:
    pytestmark = people.database

    def test_nothing_where_no_agreement_is_in_force(self) -> None:
        divided(valid_from=TODAY + timedelta(days=1))
        assert seen() == ()

    def test_the_day_to_go_through_it_has_passed(self) -> None:
        long_ago = TODAY - timedelta(days=400)
        divided(signed_on=long_ago, valid_from=long_ago, review_on=TODAY - timedelta(days=1))
        (one,) = seen()
        assert Warning.REVIEW_OVERDUE in one.warnings
        assert Warning.CHECK_OVERDUE not in one.warnings

    def test_it_is_gone_through_after_it_is_signed(self) -> None:
        with pytest.raises(policies.DaysTurnedRound):
            divided(review_on=TODAY)

    def test_an_overdue_check(self) -> None:
        long_ago = TODAY - timedelta(days=400)
        divided(signed_on=long_ago, valid_from=long_ago, next_check_on=TODAY - timedelta(days=1))
        (one,) = seen()
        assert Warning.CHECK_OVERDUE in one.warnings

    def test_a_contact_person_nobody_and_one_who_begins_later(self) -> None:
        divided()
        assert row_of(Domain.WORK_AND_PRACTICE).warnings == (Warning.NO_CONTACT_PERSON,)
        named(since=TODAY + timedelta(days=3))
        assert row_of(Domain.WORK_AND_PRACTICE).warnings == (Warning.NO_CONTACT_PERSON,)

    @pytest.mark.parametrize(("deputy", "ask"), [(people.NAV_LEADER, "Leder"), (None, "")])
    def test_away_the_deputy_is_asked_and_without_one_it_is_told(self, deputy: UUID | None, ask: str) -> None:
        divided()
        named(deputy_id=deputy)
        (there,) = row_of(Domain.WORK_AND_PRACTICE).contacts
        assert there.ask == "Veileder 1"
        with acting_as(people.NAV_ADVISER) as viewer:
            absences.say_absence(
                post_id=people.NAV_ADVISER, away_from=TODAY, back_on=TODAY + timedelta(days=5), by=viewer
            )
        row = row_of(Domain.WORK_AND_PRACTICE, by=people.SOCIAL_WORKER)
        assert ask in row.contacts[0].ask
        assert bool(row.contacts[0].ask) is (deputy is not None)
        assert (Warning.AWAY_WITHOUT_DEPUTY in row.warnings) is (deputy is None)

    def test_the_deputy_away_too(self) -> None:
        divided()
        named()
        for post in (people.NAV_ADVISER, people.NAV_LEADER):
            with acting_as(people.NAV_LEADER) as viewer:
                absences.say_absence(
                    post_id=post, away_from=TODAY, back_on=TODAY + timedelta(days=5), by=viewer
                )
        assert row_of(Domain.WORK_AND_PRACTICE).warnings == (Warning.AWAY_WITHOUT_DEPUTY,)


class TestWhoReads:
    pytestmark = people.database

    def test_everybody_who_works_here_reads_what_binds_the_own_unit(self) -> None:
        divided()
        elsewhere = signed(
            by=people.STRANGER_LEADER, parties=(people.SOCIAL_NORDENG, people.COORDINATING), title="Nord"
        )
        assert [one.title for one in seen(people.SOCIAL_WORKER)] == ["Samarbeid i Fjordvik"]
        assert [one.agreement_id for one in seen(people.STRANGER)] == [elsewhere]
        assert len(seen(people.FOLLOW_UP_ADVISER)) == 2

    def test_from_a_plan_for_who_reads_the_plan(self) -> None:
        divided()
        plan = on_plan()
        with acting_as(people.NAV_ADVISER) as viewer:
            (one,) = responsibility.of_plan(viewer, plan.plan_id)
            (named_for,) = responsibility.named(viewer, plan.plan_id, [DataKind.EMPLOYMENT, DataKind.HEALTH])
        assert one.title == "Samarbeid i Fjordvik"
        assert [unit.unit_id for unit in named_for.units] == [people.NAV]
        for who in (people.STRANGER, people.SOCIAL_COLLEAGUE):
            with acting_as(who) as viewer, pytest.raises((Refused, Plan.DoesNotExist)):
                responsibility.of_plan(viewer, plan.plan_id)

    def test_what_a_plan_holds_has_a_domain(self) -> None:
        assert {kind for kind in DataKind if kind & NOTE_KINDS} <= responsibility.DOMAIN_OF.keys()


class TestPromisedDays:
    def said(self, **changes: Any) -> PromisedDays:
        one = PromisedDays(
            agreement_id=people.PARTNERSHIP,
            parties=frozenset({people.NAV, people.SOCIAL}),
            valid_from=date(2026, 1, 1),
            valid_until=None,
            days=7,
        )
        return replace(one, **changes)

    @pytest.mark.parametrize(
        ("versions", "on", "days"),
        [
            ([{}], date(2026, 1, 1), 7),
            ([{}], date(2025, 12, 31), None),
            ([{"valid_until": date(2026, 2, 1)}], date(2026, 2, 1), 7),
            ([{"valid_until": date(2026, 2, 1)}], date(2026, 2, 2), None),
            ([{"parties": frozenset({people.NAV, people.COORDINATING})}], date(2026, 2, 1), None),
            ([{"days": None}], date(2026, 2, 1), None),
            ([{"valid_from": date(2026, 3, 1), "days": 3}, {}], date(2026, 2, 1), 7),
            ([{"valid_from": date(2026, 3, 1), "days": None}, {}], date(2026, 4, 1), None),
            ([{"agreement_id": people.OFFICE, "days": 4}, {}], date(2026, 2, 1), 4),
        ],
    )
    def test_the_newest_version_that_holds_and_the_fewest_days(
        self, versions: list[dict[str, Any]], on: date, days: int | None
    ) -> None:
        said = [self.said(**one) for one in versions]
        between = frozenset({people.NAV, people.SOCIAL})
        assert policies.days_between(between, on, said) == days

    @people.database
    def test_as_the_agreement_says_it(self) -> None:
        signed(response_times={Promise.ANSWER_COMMITMENT: 5})
        with acting_as(people.NAV_ADVISER):
            (one,) = queries.promised_days([people.PARTNERSHIP], Promise.ANSWER_COMMITMENT)
        assert (one.days, one.parties) == (5, frozenset({people.NAV, people.SOCIAL}))


def test_facts_hold_domains_and_kinds_of_agencies(committed: str) -> None:
    """And no unit, no post."""
    divided()
    with connect("owner", committed) as link:
        found = link.execute("SELECT payload FROM events_fact WHERE code = 'responsibility_given'").fetchall()
    said = sorted((one["domain"], one["agency_kind"], one["has_deputy"]) for (one,) in found)
    assert said == [("economy", "social_service", False), ("work_and_practice", "nav_state", True)]
    assert not any(str(unit) in repr(found) for unit in people.UNITS)
