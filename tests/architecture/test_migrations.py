"""A migration neither stops a running service nor breaks the version before it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections, models
from django.db import migrations as django
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from pytest_django import DjangoDbBlocker

from architecture import migrations
from gate.conftest import committed
from samvirke.surfaces.commands import migrate, postgres

__all__ = ["committed"]


@pytest.fixture(autouse=True)
def as_owner(database_name: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Django writes a migration's SQL with a connection of the owner; nothing is run on it."""
    with django_db_blocker.unblock():
        yield
        connections["owner"].close()


NEW_TABLES = "follows the migration that made the tables, which are empty then"
BEFORE_SERVICE = "ran before anything was in service"
# Rules that the migrations up to here break, and why that stopped nobody. A new migration breaks none.
BROKEN: dict[tuple[str, str], tuple[set[str], str]] = {
    ("agreements", "0003_responsibility"): (
        {"ban-drop-constraint"},
        "a wider rule takes the place of the one that goes",
    ),
    ("applications", "0002_lock"): (
        {"adding-foreign-key-constraint", "constraint-missing-not-valid"},
        NEW_TABLES,
    ),
    ("coordination", "0002_lock"): (
        {"adding-foreign-key-constraint", "constraint-missing-not-valid", "disallowed-unique-constraint"},
        NEW_TABLES,
    ),
    ("coordination", "0003_child_coordinator"): ({"constraint-missing-not-valid"}, BEFORE_SERVICE),
    ("coordination", "0011_name_of_a_reason"): (
        {"renaming-object"},
        "the name of a rule; no program names it",
    ),
    ("exchange", "0003_one_event_per_place"): (
        {"ban-drop-constraint", "constraint-missing-not-valid", "disallowed-unique-constraint"},
        BEFORE_SERVICE,
    ),
    ("gate", "0002_lock"): ({"require-concurrent-index-creation"}, NEW_TABLES),
    ("gate", "0003_circles"): ({"ban-drop-constraint", "constraint-missing-not-valid"}, BEFORE_SERVICE),
    ("gate", "0004_lock_circles"): (
        {"require-concurrent-index-creation", "require-concurrent-index-deletion"},
        BEFORE_SERVICE,
    ),
    ("interventions", "0002_lock"): (
        {
            "adding-field-with-default",
            "adding-foreign-key-constraint",
            "constraint-missing-not-valid",
            "disallowed-unique-constraint",
        },
        NEW_TABLES,
    ),
    ("people", "0003_families"): (
        {
            "adding-foreign-key-constraint",
            "ban-drop-constraint",
            "ban-drop-not-null",
            "constraint-missing-not-valid",
        },
        BEFORE_SERVICE,
    ),
    ("plan", "0002_lock"): ({"adding-foreign-key-constraint", "constraint-missing-not-valid"}, NEW_TABLES),
    ("agencies", "0004_countries"): (
        {
            "adding-foreign-key-constraint",
            "ban-drop-constraint",
            "ban-drop-default",
            "changing-column-type",
            "constraint-missing-not-valid",
        },
        BEFORE_SERVICE,
    ),
    ("exchange", "0004_taking_back"): (
        {
            "adding-foreign-key-constraint",
            "ban-drop-constraint",
            "ban-drop-default",
            "constraint-missing-not-valid",
            "disallowed-unique-constraint",
        },
        BEFORE_SERVICE,
    ),
    ("gate", "0009_bars_and_lifts"): (
        {"adding-field-with-default", "ban-drop-constraint"},
        "no row had been written where a column is added; a wider rule takes the place of the one that goes",
    ),
    ("gate", "0011_sealed_context"): (
        {"ban-drop-function"},
        "the way in without a ticket must not stay open beside the new one",
    ),
    ("gate", "0007_two_ways_to_a_grant"): (
        {"adding-foreign-key-constraint", "ban-drop-constraint", "constraint-missing-not-valid"},
        BEFORE_SERVICE,
    ),
    ("people", "0005_taking_back"): (
        {"ban-drop-constraint", "require-concurrent-index-creation"},
        BEFORE_SERVICE,
    ),
    ("people", "0012_levels_of_protection"): (
        {"ban-drop-constraint", "ban-drop-default", "constraint-missing-not-valid"},
        "the former rule knows none of the new levels; a table has one row for each protected person",
    ),
    ("plan", "0003_one_country"): (
        {"adding-foreign-key-constraint", "ban-drop-default", "constraint-missing-not-valid"},
        BEFORE_SERVICE,
    ),
    ("programmes", "0003_programmes"): (
        {"adding-foreign-key-constraint", "ban-drop-default", "require-concurrent-index-creation"},
        BEFORE_SERVICE,
    ),
    ("programmes", "0005_country"): (
        {"ban-drop-default", "constraint-missing-not-valid", "disallowed-unique-constraint"},
        BEFORE_SERVICE,
    ),
    ("plan", "0010_own_side"): ({"ban-drop-not-null"}, BEFORE_SERVICE),
}


@pytest.mark.parametrize("migration", migrations.ours(), ids="-".join)
def test_a_migration_stops_nobody(migration: tuple[str, str]) -> None:
    known, _ = BROKEN.get(migration, (set(), ""))
    assert migrations.squawk(migrations.sql_of(*migration)) == known


def test_every_exception_is_of_a_migration_that_exists() -> None:
    assert BROKEN.keys() <= set(migrations.ours())


NOTE = "plan", "note"
BAD: dict[str, tuple[django.operations.base.Operation, str]] = {
    "an index that stops writing": (
        django.AddIndex("note", models.Index(fields=["written_at"], name="leak")),
        "require-concurrent-index-creation",
    ),
    "a column that the version before does not fill": (
        django.RunSQL("ALTER TABLE plan_note ADD COLUMN mood text NOT NULL"),
        "adding-required-field",
    ),
    "a column that the version before still reads": (
        django.RemoveField("note", "text"),
        "ban-drop-column",
    ),
    "another name": (django.RenameField("note", "text", "words"), "renaming-column"),
    "another type, which rewrites the table": (
        django.AlterField("action", "due_on", models.TextField(null=True)),
        "changing-column-type",
    ),
    "a check that reads the whole table under a lock": (
        django.AddConstraint(
            "note", models.CheckConstraint(name="leak", condition=~models.Q(text="nothing"))
        ),
        "constraint-missing-not-valid",
    ),
    "a table thrown away": (django.DeleteModel("statement"), "ban-drop-table"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_migration_is_caught(fault: str) -> None:
    operation, rule = BAD[fault]
    assert rule in migrations.squawk(sql_with(operation))


def sql_with(operation: django.operations.base.Operation) -> str:
    """What a next migration of `plan` would run with this operation."""
    graph = MigrationLoader(None).graph
    (last,) = graph.leaf_nodes("plan")
    before = graph.make_state(last)
    new = type("Migration", (django.Migration,), {"operations": [operation]})("9999_bad", "plan")
    with connections["owner"].schema_editor(collect_sql=True, atomic=True) as editor:
        new.apply(before, editor, collect_sql=True)
    return "\n".join(["BEGIN;", *editor.collected_sql, "COMMIT;"])


def test_a_migration_does_not_make_everybody_wait(committed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of a table queues before all later readers; so it gives up soon."""
    said: list[object] = []

    def ask(*arguments: object, **words: object) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            said.extend(cursor.fetchone())

    monkeypatch.setattr(migrate, "call_command", ask)
    migrate.run(quiet=True)
    connections["owner"].close()
    assert said == ["10s"]


def test_a_migration_ends_with_the_lock_as_it_is_declared(committed: str) -> None:
    """A table that somebody has unlocked by hand is told when the tables are brought up to date."""
    migrate.run(quiet=True)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE plan_note NO FORCE ROW LEVEL SECURITY")
    with pytest.raises(migrate.click.ClickException, match=r"plan_note.*Take the service offline"):
        migrate.run(quiet=True)
    connections["owner"].close()


def test_a_new_version_without_its_new_role_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "role_faults", lambda place: ["samvirke_worker is missing"])
    with pytest.raises(migrate.click.ClickException, match="samvirke db roles"):
        migrate.run(quiet=True)


def test_nothing_is_left_to_apply(committed: str) -> None:
    executor = MigrationExecutor(connections["owner"])
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
