"""The house rules, kept by looking at the code: rooms, words, sizes and verbs."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.checks import ERROR, Tags, run_checks
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

import samvirke
from samvirke.gate.access import ACCESS
from samvirke.gate.types import Verb

PACKAGE = Path(samvirke.__file__).parent
ROOT = Path(__file__).parents[2]
# Bottom to top; a room refers only to itself and to what lies below it.
ORDER = [
    "events",
    "gate",
    "jobs",
    "accounts",
    "agencies",
    "people",
    "agreements",
    "programmes",
    "interventions",
    "assessments",
    "plan",
    "coordination",
    "applications",
    "exchange",
]
BELOW = {"auth", "contenttypes", "sessions"}  # Django's own, used by accounts
# The first lock of `events` lies in `gate`, and its views in schema `published` read through that lock.
MIGRATIONS_UPWARD = {("events", "gate"): {"0002_published"}}

SERVICE_ROOMS = [*ORDER, "statutes", "kernel"]
ROOMS = sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))
AGREED = {"__init__", "apps", "models", "queries", "operations", "policies", "verbs", "facts", "types"}
ALSO_AGREED = {
    "gate": {
        "exception_models",
        "access",
        "audit",
        "clock",
        "consents",
        "kept_models",
        "lanes",
        "oversight",
        "protection",
        "reading",
        "seals",
        "session",
    },
    "agencies": {"delegation", "funding", "naming", "posts"},
    "statutes": {
        "ages",
        "condition_benefits",
        "kin",
        "provisions",
        "sharing",
        "telling",
        "turnings",
        "words",
    },
    "people": {
        "answering",
        "bases",
        "candidates",
        "conflicts",
        "consent_models",
        "consents",
        "duplicates",
        "emergencies",
        "exception_types",
        "explaining",
        "families",
        "guardian_answers",
        "guardian_models",
        "guardian_refusals",
        "guardian_types",
        "guardians",
        "kept_back",
        "law_models",
        "law_types",
        "lawful",
        "leaders",
        "levels",
        "locks",
        "log",
        "log_models",
        "log_questions",
        "merge",
        "national_ids",
        "nordic_ids",
        "openings",
        "own_cases",
        "places",
        "recalls",
        "reminders",
        "search",
        "secrets",
        "ties",
        "undo",
    },
    "plan": {
        "action_types",
        "actions",
        "audience",
        "calendars",
        "chains",
        "commitment_models",
        "commitment_policies",
        "commitment_types",
        "commitments",
        "commitments_read",
        "condition_models",
        "condition_policies",
        "condition_types",
        "conditions",
        "conditions_read",
        "consents",
        "content",
        "histories",
        "linked",
        "locks",
        "own_room",
        "page_rows",
        "rows",
        "seats",
        "teams",
        "version_types",
        "versions",
        "waits",
    },
    "programmes": {
        "changes",
        "checks",
        "exemptions",
        "files",
        "loading",
        "overviews",
        "papers",
        "versions",
        "vocabulary",
    },
    "applications": {"enquiries", "locks"},
    "coordination": {
        "absences",
        "agendas",
        "birthdays",
        "calendar_types",
        "calendars",
        "choices",
        "consents",
        "continuity",
        "follow_ups",
        "instructions",
        "locks",
        "mandate",
        "meeting_access",
        "meeting_days",
        "meeting_mode",
        "meeting_models",
        "meeting_refusals",
        "meeting_types",
        "meetings",
        "moves",
        "proposals",
        "responsibility",
        "rows",
    },
    "interventions": {"rows"},
    "assessments": {"loading", "locks", "progress"},
    "kernel": {"codes", "columns", "gate_words", "states", "week"},
}

LONGEST_FILE = 350
LONGEST_FUNCTION = 80
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    """A file as a test names it."""
    return path.relative_to(PACKAGE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def own_models() -> list[type[models.Model]]:
    """Models of our rooms."""
    return [model for model in apps.get_models() if model._meta.app_label in ORDER]


def test_foreign_keys_point_down() -> None:
    upward = [
        f"{model.__name__}.{field.name} -> {other}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and (other := field.related_model._meta.app_label) not in BELOW
        and ORDER.index(other) > ORDER.index(model._meta.app_label)
    ]
    assert upward == []


def test_migrations_depend_on_rooms_below() -> None:
    upward: dict[tuple[str, str], set[str]] = {}
    for (room, label), migration in MigrationLoader(None).disk_migrations.items():
        for other, _ in migration.dependencies:
            if room in ORDER and other in ORDER and ORDER.index(other) > ORDER.index(room):
                upward.setdefault((room, other), set()).add(label)
    assert upward == MIGRATIONS_UPWARD


def test_no_room_was_forgotten() -> None:
    assert {path.name for path in ROOMS} >= set(SERVICE_ROOMS)
    assert {config.label for config in apps.get_app_configs() if config.name.startswith("samvirke.")} == {
        *ORDER,
        "surfaces",
    }


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: path.name)
def test_every_room_has_a_sign_on_its_door(room: Path) -> None:
    sign = ast.get_docstring(tree(room / "__init__.py")) or ""
    assert [word for word in ("In:", "Out:", "Never:") if word not in sign] == []


@pytest.mark.parametrize("room", SERVICE_ROOMS)
def test_a_service_room_has_the_agreed_files(room: str) -> None:
    found = {path.stem for path in (PACKAGE / room).glob("*.py")}
    assert found <= AGREED | ALSO_AGREED.get(room, set())
    assert ALSO_AGREED.get(room, set()) <= found


def glossary() -> dict[str, list[str]]:
    """The glossary's rows by English term."""
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return {row[0]: row[1:] for row in rows if row[0] != "English"}


def test_every_model_is_a_word_of_the_glossary() -> None:
    assert {model.__name__ for model in own_models() if not model._meta.auto_created} <= glossary().keys()


def test_every_row_of_the_glossary_is_full() -> None:
    assert [word for word, cells in glossary().items() if len(cells) != 4 or not all(cells)] == []


def test_no_word_of_a_table_that_is_gone() -> None:
    in_code = {model.__name__ for model in own_models()}
    assert {word for word in glossary() if word[0].isupper()} <= in_code


def functions(path: Path) -> list[Function]:
    """Every function and method of a file."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, Function)]


def lines_of(node: Function) -> int:
    """How long a function is."""
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def test_house_numbers() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name(path): length for path, length in lengths.items() if length > LONGEST_FILE} == {}
    too_long = [
        f"{name(path)}: {node.name}"
        for path in SOURCES
        for node in functions(path)
        if lines_of(node) > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_imports_stand_at_the_top() -> None:
    local = [
        f"{name(path)}: {function.name}"
        for path in SOURCES
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert local == []


SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|TRUNCATE|GRANT|SET LOCAL|SET ROLE)\b")


def built_sql(module: ast.Module) -> list[int]:
    """Lines where SQL is put together from strings."""
    found = []
    for node in (node for node in ast.walk(module) if isinstance(node, ast.expr)):
        parts: list[ast.expr] = []
        if isinstance(node, ast.JoinedStr):
            parts = node.values
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
            parts = [node.left]
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "format"
            and isinstance(node.func.value, ast.Constant)
        ):
            parts = [node.func.value]
        texts = [
            part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
        if any(SQL.search(text) for text in texts):
            found.append(node.lineno)
    return found


MAY_BUILD_SQL = {
    "applications/locks.py": "conditions of policies, made of constants, for migrations",
    "gate/protection.py": "migration operations; names are constants of migrations",
    "people/locks.py": "conditions of policies, made of constants, for migrations",
    "surfaces/commands/catalogue/policies.py": "conditions of policies, made of constants, to compare with",
}


def test_no_sql_is_built_from_strings() -> None:
    assert {name(path) for path in SOURCES if built_sql(tree(path))} == set(MAY_BUILD_SQL)


@pytest.mark.parametrize(
    ("code", "built"),
    [
        ('cursor.execute(f"SELECT 1 FROM {table}")', True),
        ('cursor.execute("SELECT 1 FROM %s" % table)', True),
        ('cursor.execute("DELETE FROM " + table)', True),
        ('cursor.execute("UPDATE {} SET x = 1".format(table))', True),
        ('cursor.execute("SELECT 1 FROM plan_plan WHERE id = %s", [key])', False),
        ('print(f"Selected {count}")', False),
    ],
)
def test_the_check_for_built_sql_can_fail(code: str, built: bool) -> None:
    assert bool(built_sql(ast.parse(code))) is built


LASTING = re.compile(
    r"set_config\([^)]*,\s*false\s*\)|\bSET\s+SESSION\b|\bSET\s+(?!LOCAL\b)gate\.", re.IGNORECASE
)


def test_no_setting_outlives_its_transaction() -> None:
    """A setting of the session would tell the next request on the connection who was here before."""
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in PACKAGE.rglob("*")
        if path.suffix in {".py", ".sql"}
    }
    assert [name(path) for path, text in texts.items() if LASTING.search(text)] == []
    assert LASTING.search("PERFORM set_config('gate.post', as_post::text, false)")
    assert not LASTING.search("PERFORM set_config('gate.post', as_post::text, true)")


def verbs_of(room: str) -> tuple[Verb, ...]:
    """What a room declares."""
    return tuple(import_module(f"samvirke.{room}.verbs").ALL)


WITH_VERBS = sorted(path.parent.name for path in PACKAGE.glob("*/verbs.py"))


@pytest.mark.parametrize("room", WITH_VERBS)
def test_every_verb_is_listed_used_and_named_after_its_room(room: str) -> None:
    module = import_module(f"samvirke.{room}.verbs")
    declared = {key: value for key, value in vars(module).items() if isinstance(value, Verb)}
    assert set(declared.values()) == set(verbs_of(room))
    assert len(verbs_of(room)) == len(declared)
    text = "".join(
        path.read_text(encoding="utf-8") for path in SOURCES if path != PACKAGE / room / "verbs.py"
    )
    assert [key for key in declared if not re.search(rf"\b{key}\b", text)] == []
    assert [verb.code for verb in declared.values() if not verb.code.startswith(f"{room}.")] == []


def test_no_two_verbs_have_one_code() -> None:
    codes = [verb.code for room in WITH_VERBS for verb in verbs_of(room)]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    "verb", [verb for room in WITH_VERBS for verb in verbs_of(room)], ids=lambda verb: verb.code
)
def test_every_verb_has_a_cell_of_the_access_table(verb: Verb) -> None:
    """Some role may do it; otherwise the verb is dead or the table forgot it."""
    may = [
        role
        for role, cell in ACCESS.items()
        if verb.kind & (cell.writes if verb.writes else cell.reads) and verb.purposes & cell.purposes
    ]
    assert may
    assert len(may) < len(ACCESS)


def test_the_rooms_imports_point_one_way() -> None:
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert command is not None
    found = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout
    assert "0 broken" in found.stdout


def test_the_migrations_say_what_the_models_say() -> None:
    loader = MigrationLoader(None)
    told = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    with translation.override(None):  # the migrations hold the untranslated names of Django's own models
        assert told.changes(graph=loader.graph) == {}


def test_django_itself_finds_nothing_wrong_with_the_models() -> None:
    """Among others, no two tables have a rule by one name."""
    assert [one for one in run_checks(tags=[Tags.models]) if one.level >= ERROR] == []
