"""The live database holds exactly the locks that are declared, and the lint sees when one is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any, LiteralString

import click
import psycopg
import pytest

import cluster
from gate.conftest import committed
from samvirke.surfaces.commands import catalogue, doctor, postgres
from samvirke.surfaces.commands.catalogue import declared

__all__ = ["committed"]


@pytest.fixture
def owner(database_name: str) -> Iterator[postgres.Link]:
    """The owner's connection to this worker's database; whatever it does is rolled back."""
    place = postgres.connection("owner")
    with psycopg.connect(
        host=place.host,
        port=place.port,
        dbname=database_name,
        user=place.user,
        password=place.password,
        options="-c lock_timeout=10s",
    ) as link:
        yield link
        link.rollback()


def test_the_live_catalogue_is_what_is_declared(owner: postgres.Link) -> None:
    assert catalogue.findings(owner) == []


def test_every_table_says_once_whether_it_may_change(owner: postgres.Link) -> None:
    assert set[str]().union(*declared.MUTABILITY) == catalogue.tables(owner)
    assert not any(one & other for one, other in combinations(declared.MUTABILITY, 2))


def test_every_exception_has_a_reason_and_is_still_needed(owner: postgres.Link) -> None:
    exceptions = {**declared.NO_ROW_SECURITY, **declared.NOT_FORCED}
    assert all(exceptions.values())
    unforced = owner.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
        "AND NOT relforcerowsecurity"
    ).fetchall()
    assert {name for (name,) in unforced} == set(exceptions)


def test_the_pages_never_delete_and_reach_no_table_that_decides() -> None:
    of_app = {table: what for (table, role), what in declared.PRIVILEGES.items() if role == "samvirke_app"}
    assert not any({"DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"} & what for what in of_app.values())
    assert not of_app.keys() & {"gate_membership", "gate_bar", "gate_subject", "gate_holder"}
    assert not of_app.keys() & {"gate_simulatedclock", *declared.SIGN_IN, *declared.QUEUE}
    assert of_app["django_migrations"] == {"SELECT"}
    assert of_app["gate_grant"] == of_app["gate_consent"] == {"SELECT"}


DEFECTS: dict[str, tuple[LiteralString, str]] = {
    "a table without a policy": (
        "CREATE TABLE leak (id uuid PRIMARY KEY, subject_id uuid); GRANT SELECT ON leak TO samvirke_app;",
        "leak: row security is off",
    ),
    "a table nobody declared": ("CREATE TABLE leak (id uuid)", "leak: nobody declared whether it may change"),
    "a table about subjects": (
        "CREATE TABLE leak (whom uuid REFERENCES gate_subject (id))",
        "leak: it is about subjects, and no kind is declared",
    ),
    "a materialised view": (
        "CREATE MATERIALIZED VIEW leak AS SELECT id FROM plan_plan",
        "leak: only plain tables belong in public",
    ),
    "row security switched off": (
        "ALTER TABLE plan_note DISABLE ROW LEVEL SECURITY",
        "plan_note: row security is off",
    ),
    "row security not forced": (
        "ALTER TABLE plan_note NO FORCE ROW LEVEL SECURITY",
        "plan_note: row security is not forced",
    ),
    "a policy for everything": (
        "ALTER POLICY the_gate ON plan_note USING (true)",
        "plan_note: the policy the_gate is another than declared",
    ),
    "no check of what is written": (
        "ALTER POLICY the_gate ON plan_note WITH CHECK (true)",
        "plan_note: the policy the_gate is another than declared",
    ),
    "a second policy, which widens the first": (
        "CREATE POLICY also ON plan_note TO samvirke_app USING (written_at > '2026-01-01')",
        "plan_note: the policy also is not declared",
    ),
    "a policy dropped": (
        "DROP POLICY the_gate ON people_person",
        "people_person: the policy the_gate is missing",
    ),
    "deleting allowed": (
        "GRANT DELETE ON plan_note TO samvirke_app",
        "plan_note: samvirke_app may DELETE, which nobody declared",
    ),
    "one column for everybody": (
        "GRANT SELECT (text) ON plan_note TO PUBLIC",
        "plan_note.text: PUBLIC may SELECT, which nobody declared",
    ),
    "the insight role on a table": (
        "GRANT SELECT ON events_fact TO samvirke_insight",
        "events_fact: samvirke_insight may SELECT, which nobody declared",
    ),
    "default privileges": (
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO samvirke_app",
        "default privileges for r: rights come with migrations, never by default",
    ),
    "a gate function for everybody": (
        "GRANT EXECUTE ON FUNCTION gate.admit(uuid, uuid[]) TO PUBLIC",
        "gate.admit: called by ['PUBLIC', 'samvirke_app'], declared ['samvirke_app']",
    ),
    "a gate function with an open search path": (
        "ALTER FUNCTION gate.admit(uuid, uuid[]) RESET search_path",
        "gate.admit: its search path is not fixed",
    ),
    "a gate function in other hands": (
        "ALTER FUNCTION gate.admit(uuid, uuid[]) OWNER TO samvirke_owner",
        "gate.admit: it runs as samvirke_owner",
    ),
    "a back door": (
        "CREATE FUNCTION public.everything() RETURNS SETOF plan_note LANGUAGE sql SECURITY DEFINER "
        "AS 'SELECT * FROM plan_note'",
        "public.everything: the function is not declared",
    ),
    "a published view of a table about persons": (
        "CREATE VIEW published.v1_notes AS SELECT text FROM plan_note",
        "published.v1_notes: it reads ['plan_note']",
    ),
    "a table about persons by another name": (
        "CREATE TABLE leak (who uuid REFERENCES people_person (id))",
        "leak: it is about subjects, and no kind is declared",
    ),
    "a table given away": (
        "ALTER TABLE plan_note OWNER TO samvirke_gatekeeper",
        "plan_note: it belongs to samvirke_gatekeeper",
    ),
    "a view in the public schema": (
        "CREATE VIEW leak AS SELECT id FROM plan_plan",
        "leak: only plain tables belong in public",
    ),
    "a table among the gate's functions": (
        "CREATE TABLE gate.leak (id uuid)",
        "gate.leak: it is not declared",
    ),
    "a view of the queue": (
        "CREATE VIEW jobs.leak AS SELECT args FROM jobs.procrastinate_jobs",
        "jobs.leak: it is not declared",
    ),
    "the queue open to the pages": (
        "GRANT SELECT ON jobs.procrastinate_jobs TO samvirke_app",
        "procrastinate_jobs: samvirke_app may SELECT, which nobody declared",
    ),
    "asking for jobs open to the worker": (
        "GRANT EXECUTE ON FUNCTION jobs.defer(text, uuid, int, uuid[]) TO samvirke_worker",
        "jobs.defer: called by ['samvirke_app', 'samvirke_worker'], declared ['samvirke_app']",
    ),
    "a sequence": (
        "CREATE SEQUENCE leak; GRANT USAGE ON leak TO samvirke_app",
        "leak: samvirke_app may USAGE, which nobody declared",
    ),
    "a schema of somebody's own": (
        "CREATE SCHEMA aside",
        "aside: the schema is not declared, or missing",
    ),
    "making schemas": (
        "DO 'BEGIN EXECUTE format($$GRANT CREATE ON DATABASE %I TO samvirke_app$$, current_database()); END'",
        "the database: samvirke_app may CREATE, which nobody declared",
    ),
    "a definer function that nobody allowed": (
        "ALTER FUNCTION gate.leave() SECURITY DEFINER",
        "gate.leave: it runs with its owner's rights",
    ),
    "a gate function that runs as whoever calls": (
        "ALTER FUNCTION gate.admit(uuid, uuid[]) SECURITY INVOKER",
        "gate.admit: it must run as the gatekeeper",
    ),
    "a gate function dropped": (
        "DROP FUNCTION gate.who_sees(uuid, int)",
        "gate.who_sees: the function is missing",
    ),
    "a policy that only narrows": (
        "CREATE POLICY less ON plan_note AS RESTRICTIVE TO samvirke_app USING (true)",
        "plan_note: the policy less is not declared",
    ),
    "a published view in the owner's hands": (
        "ALTER VIEW published.v1_flow OWNER TO samvirke_owner",
        "published.v1_flow: it belongs to samvirke_owner",
    ),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_seeded_defect_is_found(owner: postgres.Link, defect: str) -> None:
    statement, finding = DEFECTS[defect]
    owner.execute(statement)
    assert finding in catalogue.findings(owner)


SUPERUSERS_DEFECTS: dict[str, tuple[LiteralString, str]] = {
    "an extension": ("CREATE EXTENSION dblink", "dblink: the extension is not declared"),
    "a superuser's function": (
        "CREATE FUNCTION gate.leak() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "gate.leak: it belongs to the superuser postgres",
    ),
    "a role that bypasses row security": (
        "ALTER ROLE samvirke_insight BYPASSRLS",
        "samvirke_insight: whether it bypasses row security is another than declared",
    ),
    "a role that makes roles": (
        "ALTER ROLE samvirke_app CREATEROLE",
        "samvirke_app: it may do what a superuser may",
    ),
    "the pages as gatekeeper": (
        "GRANT samvirke_gatekeeper TO samvirke_app",
        "samvirke_app: its membership of samvirke_gatekeeper is another than declared",
    ),
}


@pytest.mark.parametrize("defect", SUPERUSERS_DEFECTS)
def test_a_defect_that_an_administrator_made_is_found(database_name: str, defect: str) -> None:
    statement, finding = SUPERUSERS_DEFECTS[defect]
    place = postgres.connection("owner")
    with psycopg.connect(
        host=place.host, port=place.port, dbname=database_name, user="postgres", password=cluster.superuser()
    ) as link:
        try:
            link.execute(statement)
        except psycopg.errors.FeatureNotSupported:
            pytest.skip("this server has no such extension")
        link.execute("SET LOCAL ROLE samvirke_owner")
        assert finding in catalogue.findings(link)
        link.rollback()


def test_the_doctor_tells_of_a_lock_that_is_open(committed: str) -> None:
    assert doctor.lock() == "as declared"
    place = postgres.connection("owner")
    with psycopg.connect(
        host=place.host, port=place.port, dbname=committed, user=place.user, password=place.password
    ) as link:
        link.execute("ALTER TABLE plan_note NO FORCE ROW LEVEL SECURITY")
    with pytest.raises(click.ClickException, match="plan_note: row security is not forced"):
        doctor.lock()


def test_the_lint_stops_nobody(owner: postgres.Link, database_name: str) -> None:
    """It may run on a live database: no table of ours is locked beyond reading."""
    catalogue.findings(owner)
    held = owner.execute(
        "SELECT c.relname, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation "
        "WHERE l.pid = pg_backend_pid() AND c.relnamespace = 'public'::regnamespace"
    ).fetchall()
    assert {mode for _, mode in held} == {"AccessShareLock"}


def test_the_doctor_tells_of_another_key(committed: str, settings: Any) -> None:
    assert doctor.INSIDE["key"]() == "the one that the database checks an entering by"
    settings.KEYS = replace(settings.KEYS, access_log=bytes(32))
    with pytest.raises(click.ClickException, match="everybody enters as nobody"):
        doctor.INSIDE["key"]()
