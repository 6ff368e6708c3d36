"""Ways round row security that were measured on other locks: each beside a control in which it works.

The control is the same attack where the lock is off, so that what is seen here is the lock and not a mistake
in the attack.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from psycopg.errors import InsufficientPrivilege, UniqueViolation

import cluster
import people
from gate.scratch import connect
from people import OnPlan, acting_as, on_plan
from samvirke.gate import queries as ask
from samvirke.gate import session
from samvirke.gate.types import Refused
from samvirke.jobs import operations as jobs
from samvirke.kernel.gate_words import Purpose
from samvirke.people import operations
from samvirke.plan import operations as planning
from samvirke.plan import policies
from samvirke.plan.models import GoalVersion, Plan, Statement
from samvirke.plan.verbs import READ_PLAN
from samvirke.surfaces.commands import catalogue, postgres

SETTINGS = ("gate.post", "gate.holders", "gate.cap", "gate.purpose", "gate.barred", "gate.seal")
UNLOCKED = """
CREATE TABLE unlocked (id uuid PRIMARY KEY, subject_id uuid, text text);
GRANT SELECT, INSERT, UPDATE, TRUNCATE ON unlocked TO samvirke_app;
"""
WAITING = """
SELECT count(*), pg_sleep(0.02) FROM pg_locks
WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
"""
Link = psycopg.Connection[tuple[Any, ...]]


@contextmanager
def superuser(name: str) -> Iterator[Link]:
    place = postgres.connection("owner")
    with psycopg.connect(
        host=place.host, port=place.port, dbname=name, user="postgres", password=cluster.superuser(),
        autocommit=True,
    ) as link:  # fmt: skip
        yield link


@contextmanager
def entered(name: str, post: UUID, purpose: Purpose = Purpose.COORDINATION) -> Iterator[Link]:
    """A connection of the pages' role beside Django's, in a transaction in which a post has entered."""
    with connect("app", name) as link:
        enter(link, post, purpose)
        yield link


def enter(
    link: Link, post: UUID, purpose: Purpose = Purpose.COORDINATION, ticket: bytes | None = None
) -> None:
    shown = session.ticket(link, post, purpose) if ticket is None else ticket
    link.execute("SELECT gate.enter(%s, %s, %s)", [post, int(purpose), shown])


def plans(link: Link) -> int:
    row = link.execute("SELECT count(*) FROM plan_plan").fetchone()
    assert row is not None
    return int(row[0])


def withdraw(plan: OnPlan) -> None:
    with acting_as(plan.person.citizen_id) as viewer:
        operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer)


def findings(link: Link) -> list[str]:
    link.execute("SET ROLE samvirke_owner")
    with link.transaction(force_rollback=True):
        found = catalogue.findings(link)
    link.execute("RESET ROLE")
    return found


# Snapshots


def test_a_row_that_was_waited_for_is_decided_again(committed: str) -> None:
    """A lock that is waited for gives the new row under the old snapshot; so who locks asks afterwards."""
    plan = on_plan()
    with superuser(committed) as writer, writer.transaction():
        writer.execute("UPDATE plan_plan SET next_review = '2027-07-07' WHERE id = %s", [plan.plan_id])
        found: list[Any] = []
        reader = Thread(target=partial(_lock_then_ask, committed, plan, found))
        reader.start()
        wait_for_a_lock(writer)
        withdraw(plan)
        writer.execute("SELECT 1")
    reader.join(timeout=20)
    locked, seen_after = found
    assert locked == "2027-07-07"  # the control: by the lock alone, the reader has it
    assert seen_after == 0


def _lock_then_ask(name: str, plan: OnPlan, found: list[Any]) -> None:
    with entered(name, people.NAV_ADVISER) as link:
        row = link.execute(
            "SELECT next_review::text FROM plan_plan WHERE id = %s FOR UPDATE", [plan.plan_id]
        ).fetchone()
        found += [row and row[0], plans(link)]


def wait_for_a_lock(link: Link) -> None:
    """Until somebody waits for this very transaction; other tests of the cluster wait for their own."""
    for _ in range(400):
        row = link.execute(WAITING).fetchone()
        if row and row[0]:
            return
    raise AssertionError("Nobody waited.")


def test_what_locks_a_row_asks_the_gate_after_it(committed: str) -> None:
    plan = on_plan()
    withdraw(plan)
    with acting_as(people.NAV_ADVISER) as viewer:
        assert not Plan.objects.select_for_update().filter(pk=plan.plan_id).exists()
        with pytest.raises(Refused):
            ask.require(viewer, READ_PLAN, plan.person.person_id)


def test_nothing_is_written_where_access_ends_before_the_lock(
    committed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The goal was open when it was asked; the person withdraws, and only then the row is locked."""
    plan, check = on_plan(), policies.check_written

    def and_withdraw(words: str) -> None:
        check(words)
        aside = Thread(target=lambda: (withdraw(plan), connections.close_all()))
        aside.start()
        aside.join()

    def revised(seen_version: int) -> None:
        with acting_as(people.NAV_ADVISER) as viewer:
            planning.revise_goal(
                goal_id=plan.goal_id,
                seen_version=seen_version,
                own_words="Noe annet.",
                target="",
                by_when=None,
                by=viewer,
            )

    revised(1)
    monkeypatch.setattr(policies, "check_written", and_withdraw)
    with pytest.raises((Refused, ObjectDoesNotExist)):
        revised(2)
    with acting_as(plan.person.citizen_id):
        assert GoalVersion.objects.filter(goal_id=plan.goal_id).count() == 2


@pytest.mark.parametrize(("isolation", "seen"), [("REPEATABLE READ", 1), ("READ COMMITTED", 0)])
def test_a_long_export_sees_a_withdrawal(committed: str, isolation: str, seen: int) -> None:
    """An old snapshot keeps what was withdrawn: the control. Nothing of ours reads in one."""
    plan = on_plan()
    with connect("app", committed) as link:
        link.execute(f"SET TRANSACTION ISOLATION LEVEL {isolation}")  # type: ignore[arg-type]
        enter(link, people.NAV_ADVISER)
        assert plans(link) == 1
        withdraw(plan)
        assert plans(link) == seen
    with acting_as(people.NAV_ADVISER), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("read committed",)


# Views


@pytest.mark.parametrize(
    ("made", "seen"),
    [
        ("CREATE VIEW leak AS SELECT id FROM plan_plan", 1),
        ("CREATE MATERIALIZED VIEW leak AS SELECT id FROM plan_plan", 1),
        ("SET ROLE samvirke_owner; CREATE VIEW leak AS SELECT id FROM plan_plan; RESET ROLE", 0),
        ("CREATE VIEW leak WITH (security_invoker) AS SELECT id FROM plan_plan", 0),
    ],
)
def test_a_superusers_view_shows_everything_and_the_lint_names_it(
    committed: str, made: str, seen: int
) -> None:
    """Forced row security binds the owner's own views; against a superuser's there is the lint."""
    on_plan()
    with superuser(committed) as link:
        assert findings(link) == []
        link.execute(made)  # type: ignore[arg-type]
        link.execute("GRANT SELECT ON leak TO samvirke_app")
        assert "leak: only plain tables belong in public" in findings(link)
    with connect("app", committed) as app:
        row = app.execute("SELECT count(*) FROM leak").fetchone()
    assert row == (seen,)


# What tells by an error


def test_a_key_that_is_taken_tells_nothing(committed: str) -> None:
    plan = on_plan()
    taken = uuid4()
    with acting_as(people.SOCIAL_WORKER):
        _state(plan, taken, people.SOCIAL_WORKER)
        with pytest.raises(IntegrityError), transaction.atomic():
            _state(plan, taken, people.SOCIAL_WORKER)  # the control: who may write learns it
    with acting_as(people.STRANGER):
        for one in (taken, uuid4()):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                _state(plan, one, people.STRANGER)
    with superuser(committed) as link:
        link.execute(UNLOCKED)
        link.execute("INSERT INTO unlocked VALUES (%s, %s, 'x')", [taken, plan.person.person_id])
    with connect("app", committed) as app, pytest.raises(UniqueViolation):
        app.execute("INSERT INTO unlocked VALUES (%s, NULL, 'x')", [taken])


def _state(plan: OnPlan, key: UUID, who: UUID) -> None:
    Statement.objects.create(
        id=key,
        plan_id=plan.plan_id,
        subject_id=plan.person.person_id,
        topic="strengths",
        text="x",
        written_by_id=who,
        written_at=people.NOW,
    )


def test_two_agencies_may_call_their_clients_the_same(committed: str) -> None:
    """Own numbers are unique within a unit alone, so that a refusal tells of nobody else's client."""
    people.record(people.Client())
    people.record(people.Client(), system=people.NAV_SYSTEM, unit=people.NAV)
    with superuser(committed) as link:
        assert link.execute("SELECT count(*) FROM people_clientrecord").fetchone() == (2,)
        with pytest.raises(UniqueViolation):  # the control
            link.execute("UPDATE people_clientrecord SET unit_id = %s", [people.NAV])


# Statements that are not under row security


def test_tables_cannot_be_emptied(committed: str) -> None:
    on_plan()
    with superuser(committed) as link:
        link.execute(UNLOCKED)
        link.execute(
            "ALTER TABLE unlocked ENABLE ROW LEVEL SECURITY; ALTER TABLE unlocked FORCE ROW LEVEL SECURITY"
        )
        link.execute("INSERT INTO unlocked VALUES (gen_random_uuid(), NULL, 'x')")
        with connect("app", committed) as app:
            app.execute("TRUNCATE unlocked")  # the control: no policy, and yet it is empty
        assert link.execute("SELECT count(*) FROM unlocked").fetchone() == (0,)
        tables = [
            name for (name,) in link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ]
    for name in set(tables) - {"unlocked"}:
        with entered(committed, people.SOCIAL_WORKER) as app, pytest.raises(InsufficientPrivilege):
            app.execute(psycopg.sql.SQL("TRUNCATE {}").format(psycopg.sql.Identifier(name)))


def test_copy_is_under_the_same_lock(committed: str) -> None:
    on_plan()
    statement = "COPY plan_plan TO STDOUT"
    with superuser(committed) as link:
        assert len(_copied(link, statement)) == 1  # the control
    for post, seen in ((people.SOCIAL_WORKER, 1), (people.STRANGER, 0)):
        with entered(committed, post) as app:
            assert len(_copied(app, statement)) == seen
    for file in ("COPY plan_plan TO '/tmp/plans'", "COPY plan_plan TO PROGRAM 'cat'"):
        with entered(committed, people.SOCIAL_WORKER) as app, pytest.raises(InsufficientPrivilege):
            app.execute(file)  # type: ignore[arg-type]


def _copied(link: Link, statement: str) -> list[bytes]:
    with link.cursor().copy(statement) as rows:  # type: ignore[arg-type]
        return [bytes(row) for row in rows]


def test_statistics_of_the_planner_show_no_value(committed: str) -> None:
    on_plan()
    values = "SELECT count(*) FROM pg_stats WHERE tablename = 'people_person'"
    with superuser(committed) as link:
        link.execute("INSERT INTO gate_subject SELECT gen_random_uuid(), 0 FROM generate_series(1, 3)")
        link.execute("ANALYZE")
        assert link.execute(values).fetchone() != (0,)  # the control
    with entered(committed, people.SOCIAL_WORKER) as app:
        assert app.execute(values).fetchone() == (0,)


def test_a_function_in_a_condition_meets_no_hidden_row(committed: str) -> None:
    """Row security comes first, whatever a cheap function of one's own is said to cost."""
    plan = on_plan()
    with superuser(committed) as link:
        link.execute(UNLOCKED)
        link.execute("INSERT INTO unlocked VALUES (gen_random_uuid(), NULL, 'secret')")
    heard: list[str] = []
    with entered(committed, people.STRANGER) as app:
        app.add_notice_handler(lambda notice: heard.append(str(notice.message_primary)))
        app.execute(
            "CREATE FUNCTION pg_temp.told(text) RETURNS bool LANGUAGE plpgsql COST 0.0000001 "
            "AS $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$"
        )
        app.execute("SELECT 1 FROM people_person WHERE pg_temp.told(given_name)")
        app.execute("SELECT 1 FROM plan_plan WHERE pg_temp.told(id::text)")
        assert heard == []
        app.execute("SELECT 1 FROM unlocked WHERE pg_temp.told(text)")
    assert heard == ["secret"]  # the control
    assert str(plan.plan_id) not in heard


def test_explain_shows_no_row(committed: str) -> None:
    """How many rows a policy removed is told: a known limit, and no page takes SQL from outside."""
    on_plan()
    for post, seen in ((people.SOCIAL_WORKER, 1), (people.STRANGER, 0)):
        with entered(committed, post) as app:
            row = app.execute(
                "EXPLAIN (ANALYZE, FORMAT JSON) SELECT given_name FROM people_person"
            ).fetchone()
            assert row is not None
            told = json.dumps(row[0])
            assert row[0][0]["Plan"]["Actual Rows"] == seen
            assert "Kari" not in told


# What a transaction leaves behind, and what is set by hand


def test_what_one_request_sets_is_gone_in_the_next(committed: str) -> None:
    on_plan()
    with connect("app", committed) as app:
        enter(app, people.SOCIAL_WORKER)
        app.execute("SELECT set_config('gate.session', 'kept', false)")
        assert plans(app) == 1
        app.commit()
        assert app.execute("SELECT current_setting('gate.session')").fetchone() == ("kept",)  # the control
        assert plans(app) == 0
        assert [app.execute("SELECT current_setting(%s, true)", [name]).fetchone() for name in SETTINGS] == [
            ("",)
        ] * len(SETTINGS)


def test_settings_kept_for_the_session_open_nothing(committed: str) -> None:
    """The seal is for one transaction: the very values of an earlier one do not fit."""
    on_plan()
    with connect("app", committed) as app:
        enter(app, people.SOCIAL_WORKER)
        kept = [app.execute("SELECT current_setting(%s)", [name]).fetchone() for name in SETTINGS]
        for name, value in zip(SETTINGS, kept, strict=True):
            assert value is not None
            app.execute("SELECT set_config(%s, %s, false)", [name, value[0]])
        assert plans(app) == 1  # the control: in their own transaction they fit
        app.commit()
        assert app.execute("SELECT current_setting('gate.seal')").fetchone() == kept[-1]
        assert plans(app) == 0


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_that_is_changed_breaks_the_seal(committed: str, name: str) -> None:
    on_plan()
    with entered(committed, people.SOCIAL_WORKER) as app:
        assert plans(app) == 1  # the control
        row = app.execute("SELECT current_setting(%s)", [name]).fetchone()
        assert row is not None
        wider = {
            "gate.post": str(people.NAV_ADVISER),
            "gate.holders": f"{row[0][:-1]},{people.NAV_ADVISER}}}",
            "gate.cap": str(2**15 - 1),
            "gate.purpose": "127",
            "gate.barred": f"{{{uuid4()}}}",
            "gate.seal": row[0][::-1],
        }
        app.execute("SELECT set_config(%s, %s, true)", [name, wider[name]])
        assert plans(app) == 0
        app.execute("SELECT set_config(%s, %s, true)", [name, row[0]])
        assert plans(app) == 1


# Entering


def test_a_ticket_is_for_one_connection_post_and_purpose(committed: str) -> None:
    on_plan()
    who, here = people.SOCIAL_WORKER, Purpose.COORDINATION
    with connect("app", committed) as app, connect("app", committed) as other:
        stolen = {
            "none": None,
            "empty": b"",
            "another connection's": session.ticket(other, who, here),
            "another post's": session.ticket(app, people.STRANGER, here),
            "another purpose's": session.ticket(app, who, Purpose.SERVICE),
        }
        for what, ticket in stolen.items():
            with pytest.raises(InsufficientPrivilege, match="ticket"), app.transaction():
                app.execute("SELECT gate.enter(%s, %s, %s)", [who, int(here), ticket])
            assert plans(app) == 0, what
        enter(app, who)
        assert plans(app) == 1  # the control


def test_nobody_reads_what_tickets_are_made_with(committed: str) -> None:
    with superuser(committed) as link:
        assert link.execute("SELECT count(*) FROM gate_secret").fetchone() == (1,)  # the control
    for role in ("app", "accounts", "insight", "worker"):
        with connect(role, committed) as link, pytest.raises(InsufficientPrivilege):
            link.execute("SELECT entering FROM public.gate_secret")


@pytest.mark.parametrize("role", ["samvirke_owner", "samvirke_gatekeeper", "samvirke_backup", "postgres"])
def test_the_pages_become_nobody_else(committed: str, role: str) -> None:
    become = psycopg.sql.SQL("SET ROLE {}").format(psycopg.sql.Identifier(role))
    with superuser(committed) as link:
        link.execute(become)  # the control
    with entered(committed, people.SOCIAL_WORKER) as app:
        with pytest.raises(InsufficientPrivilege), app.transaction():
            app.execute(become)
        with pytest.raises(InsufficientPrivilege), app.transaction():
            app.execute(psycopg.sql.SQL("SET SESSION AUTHORIZATION {}").format(psycopg.sql.Identifier(role)))


# Side ways


def test_no_table_about_persons_counts(committed: str) -> None:
    """A sequence tells how many there are. Keys are random; the pages do not reach the queue's numbers."""
    with superuser(committed) as link:
        found = link.execute("SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n "
                             "ON n.oid = c.relnamespace WHERE c.relkind = 'S'").fetchall()  # fmt: skip
        assert all(schema == "jobs" or "auth_" in name or "django_" in name or "municipalities" in name
                   for schema, name in found)  # fmt: skip
        link.execute("CREATE SEQUENCE unlocked; GRANT SELECT ON unlocked TO samvirke_app")
    with connect("app", committed) as app:
        assert app.execute("SELECT last_value FROM unlocked").fetchone() == (1,)  # the control
        for schema, name in found:
            with pytest.raises(InsufficientPrivilege), app.transaction():
                app.execute(
                    psycopg.sql.SQL("SELECT last_value FROM {}").format(psycopg.sql.Identifier(schema, name))
                )


def test_who_listens_hears_of_nobody(committed: str) -> None:
    plan = on_plan()
    with connect("app", committed) as app:
        app.autocommit = True
        app.execute("LISTEN procrastinate_any_queue_v1")
        with acting_as(people.SOCIAL_WORKER) as viewer:
            jobs.defer(task="coordination.remind", ids=[plan.person.person_id], by=viewer)
        heard = [note.payload for note in app.notifies(timeout=5, stop_after=1)]
        with superuser(committed) as link:
            link.execute("SELECT pg_notify('procrastinate_any_queue_v1', %s)", [str(plan.person.person_id)])
        control = [note.payload for note in app.notifies(timeout=5, stop_after=1)]
    assert control == [str(plan.person.person_id)]
    assert heard
    assert not any(
        str(one) in text for text in heard for one in (plan.person.person_id, people.SOCIAL_WORKER)
    )


def test_a_foreign_key_tells_only_who_may_write(committed: str) -> None:
    """Keys look past row security: the control. A row about somebody unseen is refused before it is asked."""
    plan = on_plan()
    with superuser(committed) as link:
        link.execute("CREATE TABLE unlocked (subject_id uuid REFERENCES gate_subject (id)); "
                     "GRANT INSERT ON unlocked TO samvirke_app")  # fmt: skip
    known, unknown = plan.person.person_id, uuid4()
    with connect("app", committed) as app:
        control = _answers(
            app, lambda one: app.execute("INSERT INTO unlocked VALUES (%s)", [one]), known, unknown
        )
    assert control == [None, "ForeignKeyViolation"]
    with entered(committed, people.STRANGER) as app:
        note = (
            "INSERT INTO plan_statement (id, plan_id, subject_id, topic, text, written_by_id, written_at) "
            "VALUES (gen_random_uuid(), gen_random_uuid(), %s, 'strengths', 'x', %s, now())"
        )
        said = _answers(app, lambda one: app.execute(note, [one, people.STRANGER]), known, unknown)
    assert said == ["InsufficientPrivilege"] * 2


def _answers(link: Link, act: Callable[[UUID], object], *keys: UUID) -> list[str | None]:
    said: list[str | None] = []
    for key in keys:
        try:
            with link.transaction():
                act(key)
                link.execute("SET CONSTRAINTS ALL IMMEDIATE")
            said.append(None)
        except psycopg.Error as problem:
            said.append(type(problem).__name__)
    return said
