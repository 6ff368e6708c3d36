"""Ways round the gate, each tried as the pages' role and through the tables themselves.

What a second lock cannot give is written down as a test too: foreign keys look past row security, so a known
id answers differently from an unknown one. Hence ids are random, and no page takes one from outside.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

import people
from gate.scratch import connect, later
from people import OnPlan, acting_as, on_plan
from samvirke.coordination import queries as coordination
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate import session
from samvirke.gate.access import EVERYTHING, Refusal
from samvirke.gate.models import Bar
from samvirke.gate.types import Refused
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import queries as people_queries
from samvirke.people.national_ids import make_synthetic
from samvirke.people.operations import AskedBefore
from samvirke.plan.models import Plan, Statement
from samvirke.plan.verbs import READ_PLAN
from samvirke.surfaces.commands.catalogue.declared import SUBJECT_TABLES

ABOUT_PERSONS = [
    *SUBJECT_TABLES,
    "people_recall",
    "gate_grant",
    "gate_consent",
    "gate_accessentry",
    "exchange_importrun",
]


def rows_seen() -> dict[str, int]:
    """How many rows of each table about persons this transaction sees."""
    return {table: _count(table) for table in ABOUT_PERSONS}


def _count(table: str) -> int:
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    return int(model._default_manager.count())


def as_app(statement: str, values: list[Any]) -> None:
    """One statement in the viewer's transaction, undone if it is refused."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


class TestWithoutViewer:
    """Nobody has entered, or somebody has left."""

    pytestmark = people.database

    def test_there_is_not_one_row_in_any_table_about_persons(self) -> None:
        on_plan()
        with acting_as(people.SOCIAL_WORKER):
            assert rows_seen()["plan_plan"] == 1
            session.leave()
            assert rows_seen() == dict.fromkeys(ABOUT_PERSONS, 0)

    @pytest.mark.parametrize("name", ["gate.holders", "gate.cap", "gate.purpose", "gate.barred"])
    def test_every_setting_must_be_there(self, name: str) -> None:
        plan = on_plan()
        with acting_as(people.SOCIAL_WORKER):
            assert Plan.objects.filter(pk=plan.plan_id).exists()
            as_app("SELECT set_config(%s, '', true)", [name])
            assert not Plan.objects.filter(pk=plan.plan_id).exists()

    def test_nobody_writes(self) -> None:
        plan = on_plan()
        session.leave()
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Statement.objects.create(
                id=uuid4(),
                plan_id=plan.plan_id,
                subject_id=plan.person.person_id,
                topic="strengths",
                text="x",
                written_by_id=people.SOCIAL_WORKER,
                written_at=people.NOW,
            )


class TestPurpose:
    """A post acts for the purposes of its membership and of the consent, no others."""

    pytestmark = people.database

    @pytest.mark.parametrize("purpose", [Purpose.STATISTICS, Purpose.EVALUATION, Purpose.SUPERVISION])
    def test_outside_the_membership_nobody_enters(self, purpose: Purpose) -> None:
        on_plan()
        with acting_as(people.NAV_ADVISER, Purpose.COORDINATION):
            assert rows_seen()["plan_plan"] == 1
            ticket = session.ticket(connection.connection, people.NAV_ADVISER, purpose)
            as_app("SELECT gate.enter(%s, %s, %s)", [people.NAV_ADVISER, int(purpose), ticket])
            assert rows_seen() == dict.fromkeys(ABOUT_PERSONS, 0)
        with pytest.raises(session.NoMembership), acting_as(people.NAV_ADVISER, purpose):
            pass

    @pytest.mark.parametrize(
        ("purpose", "sees"),
        [(Purpose.COORDINATION, True), (Purpose.FOLLOW_UP, True), (Purpose.DECISION, False)],
    )
    def test_the_consent_limits_it_further(self, purpose: Purpose, sees: bool) -> None:
        plan = on_plan()
        with acting_as(people.NAV_ADVISER, purpose):
            assert Plan.objects.filter(pk=plan.plan_id).exists() is sees

    @pytest.mark.parametrize("who", [people.EVALUATOR, people.PARTNERSHIP_LEADER])
    def test_those_who_see_figures_see_no_person(self, who: UUID) -> None:
        on_plan()
        with acting_as(who, Purpose.STATISTICS):
            assert rows_seen() == dict.fromkeys(ABOUT_PERSONS, 0)
        with pytest.raises(session.NoMembership), acting_as(who):
            pass


class TestAcrossRequests:
    """Requests that really commit, one after the other on one connection."""

    def test_the_next_request_on_the_connection_is_nobody(self, committed: str) -> None:
        on_plan()
        with acting_as(people.SOCIAL_WORKER):
            backend = _backend()
            assert rows_seen()["plan_plan"] == 1
        assert _backend() == backend
        assert rows_seen() == dict.fromkeys(ABOUT_PERSONS, 0)
        with acting_as(people.STRANGER):
            assert _backend() == backend
            assert rows_seen() == dict.fromkeys(ABOUT_PERSONS, 0)

    def test_a_request_that_broke_leaves_nothing_behind(self, committed: str) -> None:
        on_plan()
        with pytest.raises(Plan.DoesNotExist), acting_as(people.SOCIAL_WORKER):
            Plan.objects.get(pk=uuid4())
        assert rows_seen() == dict.fromkeys(ABOUT_PERSONS, 0)

    def test_an_expired_consent_shows_nothing(self, committed: str) -> None:
        plan = on_plan(consent=people.terms(days=10))
        for days, count in ((9, 1), (11, 0)):
            with later(days), acting_as(people.NAV_ADVISER):
                assert Plan.objects.filter(pk=plan.plan_id).count() == count

    def test_expired_access_opens_no_other(self, committed: str) -> None:
        """A consent that ended leaves its grants behind; they must not count when a new one is used."""
        plan = on_plan(consent=people.terms(days=10))
        with acting_as(plan.person.citizen_id):
            new = _consent(plan, by=plan.person.citizen_id)
        for days, may in ((9, True), (11, False)):
            with later(days), acting_as(people.NAV_ADVISER):
                assert bool(_who_sees(plan)) is may
                assert (
                    _is_done(lambda: gate.admit(consent_id=new, post_ids=[people.FOLLOW_UP_ADVISER])) is may
                )

    def test_a_barred_person_is_hidden_on_the_page_and_in_the_table(self, committed: str) -> None:
        """Own case or close relation: whatever else holds."""
        plan = on_plan()
        other = on_plan(people.Client(external_id="S-2", national_id=_number(4)))
        with acting_as(people.SOCIAL_WORKER):
            record_id = people_queries.record_ids(people.SOCIAL, ["S-1"])["S-1"]
        with acting_as(people.NAV_ADVISER) as viewer:
            assert coordination.plan_page(viewer, plan.plan_id).plan_id == plan.plan_id
        Bar.objects.using(gate.OWNER).create(
            id=uuid4(),
            holder_id=people.NAV_ADVISER,
            subject_id=plan.person.person_id,
            reason="own_case",
            since=people.NOW,
        )
        with acting_as(people.NAV_ADVISER) as viewer:
            assert viewer.barred == dict.fromkeys((plan.person.person_id, record_id), Refusal.OWN_CASE)
            with pytest.raises(Refused) as refused:
                ask.require(viewer, READ_PLAN, plan.person.person_id)
            assert refused.value.refusal is Refusal.OWN_CASE
            with pytest.raises((Refused, ObjectDoesNotExist)):
                coordination.plan_page(viewer, plan.plan_id)
            assert [row.plan_id for row in coordination.worklist(viewer)] == [other.plan_id]
            assert list(Plan.objects.values_list("id", flat=True)) == [other.plan_id]
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert coordination.plan_page(viewer, plan.plan_id).plan_id == plan.plan_id


class TestNobodyGrantsThemselves:
    """Access comes from consents and memberships, through the gatekeeper's functions alone."""

    pytestmark = people.database

    @pytest.mark.parametrize("table", ["gate_membership", "gate_bar", "gate_subject", "gate_holder"])
    def test_what_decides_cannot_even_be_read(self, table: str) -> None:
        on_plan()
        with acting_as(people.SOCIAL_WORKER), pytest.raises(ProgrammingError, match="permission denied"):
            as_app(f"SELECT 1 FROM {table}", [])  # noqa: S608  the names above

    @pytest.mark.parametrize("table", ["gate_grant", "gate_consent", "gate_membership"])
    @pytest.mark.parametrize(
        "statement",
        [
            "INSERT INTO {} SELECT * FROM {}",
            "UPDATE {} SET purposes = 127",
            "UPDATE {} SET kinds = 32767",
            "DELETE FROM {}",
            "TRUNCATE {}",
            "SELECT 1 FROM {} FOR UPDATE",
        ],
    )
    def test_what_decides_cannot_be_written(self, table: str, statement: str) -> None:
        on_plan()
        with acting_as(people.SOCIAL_WORKER), pytest.raises(ProgrammingError, match="permission denied"):
            as_app(statement.format(table, table), [])

    @pytest.mark.parametrize(("who", "may"), [("follow-up adviser", True), ("stranger", False)])
    def test_only_posts_of_units_that_the_consent_names(self, who: str, may: bool) -> None:
        plan = on_plan()
        post = people.EVERYBODY[who]
        with acting_as(people.SOCIAL_WORKER):
            assert _is_done(lambda: gate.admit(consent_id=plan.person.consent_id, post_ids=[post])) is may
        with acting_as(post):
            assert Plan.objects.filter(pk=plan.plan_id).exists() is may

    @pytest.mark.parametrize(("who", "may"), [("nav adviser", True), ("stranger", False)])
    def test_only_those_around_the_person_admit(self, who: str, may: bool) -> None:
        plan = on_plan()
        with acting_as(people.EVERYBODY[who]):
            assert (
                _is_done(
                    lambda: gate.admit(consent_id=plan.person.consent_id, post_ids=[people.FOLLOW_UP_ADVISER])
                )
                is may
            )

    def test_a_consent_is_given_by_the_person_it_is_about(self) -> None:
        plan = on_plan()
        other = on_plan(people.Client(external_id="S-2", national_id=_number(4)))
        for citizen, may in ((plan.person.citizen_id, True), (other.person.citizen_id, False)):
            with acting_as(citizen):
                assert _is_done(partial(_consent, plan, by=citizen)) is may

    @pytest.mark.parametrize(
        ("who", "may"),
        [("social worker", True), ("nav adviser", True), ("stranger", False)],
    )
    def test_a_consent_is_recorded_by_a_unit_it_is_from(self, who: str, may: bool) -> None:
        plan = on_plan()
        with acting_as(people.EVERYBODY[who]):
            assert _is_done(lambda: _consent(plan, by=plan.person.citizen_id)) is may

    @pytest.mark.parametrize(
        ("who", "unit", "may"),
        [("nav adviser", people.NAV, True), ("stranger", people.SOCIAL_NORDENG, False)],
    )
    def test_nobody_records_a_consent_to_let_themselves_in(self, who: str, unit: UUID, may: bool) -> None:
        """A post outside the circle names its own unit in a consent that the person never gave."""
        plan = on_plan()
        with acting_as(people.EVERYBODY[who]):
            assert _is_done(lambda: _consent(plan, by=plan.person.citizen_id, units=[unit])) is may

    def test_a_unit_opens_records_of_its_own_only(self) -> None:
        with acting_as(people.NAV_SYSTEM, Purpose.SERVICE):
            for unit, may in ((people.NAV, True), (people.SOCIAL, False)):
                assert _is_done(partial(gate.open_records, unit_id=unit, record_ids=[uuid4()])) is may

    def test_a_person_is_opened_by_somebody_who_entered(self) -> None:
        with acting_as(people.SOCIAL_WORKER):
            assert _is_done(lambda: gate.open_person(person_id=uuid4(), citizen_id=uuid4()))
            session.leave()
            assert not _is_done(lambda: gate.open_person(person_id=uuid4(), citizen_id=uuid4()))

    def test_a_worker_writes_only_about_whom_the_worker_may(self) -> None:
        """The policy's WITH CHECK: a note cannot be moved to, or written about, somebody else."""
        plan = on_plan()
        for who, may in ((people.NAV_ADVISER, True), (people.STRANGER, False)):
            with acting_as(who):
                assert _is_done(partial(_strength, plan, who)) is may


class TestWhatIsAppendOnly:
    """Facts and the access log: written once."""

    pytestmark = people.database

    @pytest.mark.parametrize("table", ["events_fact", "gate_accessentry"])
    @pytest.mark.parametrize("statement", ["UPDATE {} SET kinds = 0", "DELETE FROM {}", "TRUNCATE {}"])
    def test_not_changed_and_not_deleted(self, table: str, statement: str) -> None:
        plan = on_plan()
        changed = statement.replace("kinds", "kind") if table == "events_fact" else statement
        with (
            acting_as(plan.person.citizen_id),
            pytest.raises(ProgrammingError, match=f"permission denied for table {table}"),
        ):
            as_app(changed.format(table), [])

    def test_the_pages_cannot_read_facts(self) -> None:
        plan = on_plan()
        with acting_as(plan.person.citizen_id), pytest.raises(ProgrammingError, match="permission denied"):
            as_app("SELECT 1 FROM events_fact", [])

    def test_a_fact_about_somebody_else_is_refused(self) -> None:
        plan = on_plan()
        fact = (
            "INSERT INTO events_fact (id, code, subject_id, kind, happened_at, recorded_by, payload) "
            "VALUES (%s, 'x', %s, %s, now(), %s, '{}')"
        )
        for who, may in ((people.NAV_ADVISER, True), (people.STRANGER, False)):
            with acting_as(who):
                values = [uuid4(), plan.person.person_id, int(DataKind.PLAN), who]
                assert _is_done(partial(as_app, fact, values)) is may


class TestOtherRoles:
    """Insight reads the published views, sign-in its own tables, and neither anything else."""

    def test_insight_reads_the_published_views_alone(self, committed: str) -> None:
        plan = on_plan()
        with connect("insight", committed) as insight:
            found = insight.execute("SELECT plan_id FROM published.v1_episodes").fetchall()
        assert found == [(str(plan.plan_id),)]
        for table in [*ABOUT_PERSONS, "events_fact", "gate_membership", "accounts_user"]:
            assert _refuses("insight", committed, table)

    def test_sign_in_reaches_nothing_about_persons(self, committed: str) -> None:
        on_plan()
        assert not _refuses("accounts", committed, "accounts_user")
        for table in [*ABOUT_PERSONS, "events_fact", "gate_membership"]:
            assert _refuses("accounts", committed, table)

    @pytest.mark.parametrize("role", ["app", "accounts", "insight"])
    def test_nobody_becomes_another_role(self, committed: str, role: str) -> None:
        for wanted in ("samvirke_owner", "samvirke_gatekeeper", "samvirke_publisher", "samvirke_backup"):
            with connect(role, committed) as link, pytest.raises(InsufficientPrivilege):
                link.execute(psycopg.sql.SQL("SET ROLE {}").format(psycopg.sql.Identifier(wanted)))


class TestWhatTheSecondLockCannotHide:
    """Known limits. If one of these fails, the limit is gone and the documents should say so."""

    pytestmark = people.database

    def test_a_foreign_key_tells_a_known_id_from_an_unknown_one(self) -> None:
        """But ids are random, and the row itself is refused for want of a grant before the key is checked."""
        plan = on_plan()
        with acting_as(people.STRANGER):
            for subject in (plan.person.person_id, uuid4()):
                with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                    Statement.objects.create(
                        id=uuid4(),
                        plan_id=plan.plan_id,
                        subject_id=subject,
                        topic="strengths",
                        text="x",
                        written_by_id=people.STRANGER,
                        written_at=people.NOW,
                    )

    def test_a_missing_plan_and_a_hidden_plan_are_refused_alike(self) -> None:
        plan = on_plan()
        with acting_as(people.STRANGER) as viewer:
            answers = []
            for plan_id in (plan.plan_id, uuid4()):
                with pytest.raises((Refused, ObjectDoesNotExist)) as refused:
                    coordination.plan_page(viewer, plan_id)
                answers.append((refused.type, str(refused.value)))
        assert answers[0] == answers[1]

    def test_a_second_yes_in_the_same_partnership_is_noticed(self) -> None:
        """Two agencies that ask the same client: the second meets the first one's person."""
        people.said_yes()
        client = people.Client(external_id="S-9")
        with pytest.raises(AskedBefore), transaction.atomic():
            people.said_yes(client)


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _refuses(role: str, name: str, table: str) -> bool:
    with connect(role, name) as link:
        try:
            link.execute(
                psycopg.sql.SQL("SELECT 1 FROM {} LIMIT 1").format(psycopg.sql.Identifier("public", table))
            )
        except InsufficientPrivilege:
            return True
    return False


def _is_done(act: Callable[[], object]) -> bool:
    """Whether the database lets it happen; a refusal is undone."""
    try:
        with transaction.atomic():
            act()
    except ProgrammingError:  # a refusal; anything else, such as a broken key, is an error of the test
        return False
    return True


def _consent(plan: OnPlan, *, by: UUID, units: list[UUID] | None = None) -> UUID:
    named = units or list(people.UNITS)
    return gate.give_consent(
        person_id=plan.person.person_id,
        citizen_id=by,
        kinds=EVERYTHING,
        purposes=Purpose.COORDINATION,
        from_units=named,
        to_units=named,
        provisions=["no.consent_individual_plan"],
        form="digital",
        text_version="2026-1",
        until=people.terms().until,
    )


def _who_sees(plan: OnPlan) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM gate.who_sees(%s, %s)", [plan.person.person_id, int(DataKind.PLAN)])
        return list(cursor.fetchall())


def _strength(plan: OnPlan, who: UUID) -> None:
    Statement.objects.create(
        id=uuid4(),
        plan_id=plan.plan_id,
        subject_id=plan.person.person_id,
        topic="strengths",
        text="Kan sveise.",
        written_by_id=who,
        written_at=people.NOW,
    )


def _number(serial: int) -> str:
    return make_synthetic(birth_date=date(1994, 5, 4), sex=Sex.FEMALE, serial=serial)


def test_own_records_stay_inside_the_unit(committed: str) -> None:
    people.record(people.Client())
    for who, count in ((people.SOCIAL_COLLEAGUE, 1), (people.STRANGER, 0), (people.NAV_ADVISER, 0)):
        with acting_as(who) as viewer:
            assert len(people_queries.own_records(viewer)) == count
