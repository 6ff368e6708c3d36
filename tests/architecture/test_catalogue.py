"""The live database holds exactly the locks that are declared, and the lint sees when one is missing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import LiteralString

import psycopg
import pytest

from architecture import catalogue
from samvirke.surfaces.commands import postgres


@pytest.fixture
def owner(database_name: str) -> Iterator[catalogue.Link]:
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


def test_the_live_catalogue_is_what_is_declared(owner: catalogue.Link) -> None:
    assert catalogue.findings(owner) == []


def test_every_table_says_once_whether_it_may_change(owner: catalogue.Link) -> None:
    assert set[str]().union(*catalogue.MUTABILITY) == catalogue.tables(owner)
    assert not any(one & other for one, other in combinations(catalogue.MUTABILITY, 2))


def test_every_exception_has_a_reason_and_is_still_needed(owner: catalogue.Link) -> None:
    exceptions = {**catalogue.NO_ROW_SECURITY, **catalogue.NOT_FORCED}
    assert all(exceptions.values())
    unforced = owner.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
        "AND NOT relforcerowsecurity"
    ).fetchall()
    assert {name for (name,) in unforced} == set(exceptions)


def test_the_pages_never_delete_and_reach_no_table_that_decides() -> None:
    of_app = {table: what for (table, role), what in catalogue.PRIVILEGES.items() if role == "samvirke_app"}
    assert not any({"DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"} & what for what in of_app.values())
    assert not of_app.keys() & {"gate_membership", "gate_bar", "gate_subject", "gate_holder"}
    assert not of_app.keys() & {"gate_simulatedclock", "django_migrations", *catalogue.SIGN_IN}
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
    "a published view in the owner's hands": (
        "ALTER VIEW published.v1_flow OWNER TO samvirke_owner",
        "published.v1_flow: it belongs to samvirke_owner",
    ),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_seeded_defect_is_found(owner: catalogue.Link, defect: str) -> None:
    statement, finding = DEFECTS[defect]
    assert finding not in catalogue.findings(owner)
    owner.execute(statement)
    assert finding in catalogue.findings(owner)
