"""The launcher of the database that comes with Samvirke."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from samvirke.surfaces.commands import postgres
from samvirke.surfaces.commands.postgres import processes

LOGINS = ("owner", "app", "accounts", "worker", "insight", "backup")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("launcher") / "db"
    postgres.init(place, simulated=True)
    yield place
    postgres.remove(place)


@pytest.fixture
def running(folder: Path) -> Path:
    postgres.start(folder)
    return folder


def connect(folder: Path, role: str, **words: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(postgres.url(folder, role), **words)


def test_the_roles_are_harmless(running: Path) -> None:
    with connect(running, "app") as link:
        rows = link.execute(
            "SELECT rolname, rolcanlogin, rolbypassrls,"
            " rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication"
            " FROM pg_roles WHERE rolname LIKE 'samvirke\\_%' ORDER BY rolname"
        ).fetchall()
    assert rows == [
        ("samvirke_accounts", True, False, False),
        ("samvirke_app", True, False, False),
        ("samvirke_backup", True, True, False),
        ("samvirke_gatekeeper", False, False, False),
        ("samvirke_insight", True, False, False),
        ("samvirke_owner", True, False, False),
        ("samvirke_publisher", False, False, False),
        ("samvirke_worker", True, False, False),
    ]


@pytest.mark.parametrize("role", LOGINS)
def test_each_role_signs_in_with_its_own_password_only(running: Path, role: str) -> None:
    with connect(running, role) as link:
        assert link.execute("SELECT current_user").fetchone() == (f"samvirke_{role}",)
    for wrong in ("", "guess"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            connect(running, role, password=wrong)


def test_the_server_is_of_the_programs_and_of_our_settings(running: Path) -> None:
    with connect(running, "app") as link:
        row = link.execute("SELECT current_setting('server_version'), current_setting('jit')").fetchone()
    assert row is not None
    assert str(row[0]).split()[0].split(".")[0] == postgres.programs_version().split(".")[0]
    assert row[1] == "off"


def test_a_folder_without_programs_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVIRKE_POSTGRES_PROGRAMS", str(tmp_path))
    with pytest.raises(postgres.PostgresError, match="there is no `initdb`"):
        postgres.init(tmp_path / "db", simulated=True)


def test_passwords_are_for_their_owner_alone(folder: Path) -> None:
    assert stat.S_IMODE((folder / "passwords.json").stat().st_mode) == 0o600


def test_the_app_neither_makes_tables_nor_takes_another_role(running: Path) -> None:
    for order in (
        "CREATE TABLE public.a ()",
        "CREATE TABLE gate.a ()",
        "CREATE SCHEMA a",
        "SET ROLE samvirke_owner",
        "SET ROLE samvirke_gatekeeper",
        "SELECT pg_reload_conf()",
    ):
        with connect(running, "app") as link, pytest.raises(psycopg.errors.InsufficientPrivilege):
            link.execute(order)
    with connect(running, "app") as link:
        link.execute("CREATE TEMPORARY TABLE staging (id int)")
    with connect(running, "accounts") as link, pytest.raises(psycopg.errors.InsufficientPrivilege):
        link.execute("CREATE TEMPORARY TABLE staging (id int)")


def test_the_owner_hands_functions_tables_and_views_over(running: Path) -> None:
    with connect(running, "owner") as link:
        link.execute("CREATE TABLE public.membership (id int)")
        link.execute("ALTER TABLE public.membership OWNER TO samvirke_gatekeeper")
        link.execute("CREATE FUNCTION gate.enter() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 7")
        link.execute("ALTER FUNCTION gate.enter() OWNER TO samvirke_gatekeeper")
        link.execute("CREATE VIEW published.seven AS SELECT 7 AS seven")
        link.execute("ALTER VIEW published.seven OWNER TO samvirke_publisher")
        link.execute("GRANT SELECT ON published.seven TO samvirke_insight")
    with connect(running, "app") as link:
        assert link.execute("SELECT gate.enter()").fetchone() == (7,)
    with connect(running, "insight") as link:
        assert link.execute("SELECT seven FROM published.seven").fetchone() == (7,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            link.execute("SELECT * FROM public.membership")


def test_a_second_init_is_refused_and_ensure_keeps_what_is_there(running: Path) -> None:
    with pytest.raises(postgres.PostgresError, match="already a database"):
        postgres.init(running, simulated=True)
    before = postgres.url(running, "app")
    assert postgres.ensure(running, simulated=True).running
    assert postgres.url(running, "app") == before
    with pytest.raises(postgres.PostgresError, match="simulated clock"):
        postgres.ensure(running, simulated=False)


def test_stop_and_start_keep_the_port(running: Path) -> None:
    port = postgres.status(running).port
    assert not postgres.stop(running).running
    assert not postgres.stop(running).running
    assert postgres.start(running).port == port
    assert postgres.start(running).running


def test_a_taken_port_is_chosen_anew(running: Path) -> None:
    port = postgres.stop(running).port
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        assert postgres.start(running).port != port
    with connect(running, "app") as link:
        assert link.execute("SELECT 1").fetchone() == (1,)


def test_committed_rows_survive_a_killed_server(running: Path) -> None:
    with connect(running, "owner") as link:
        link.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    cluster = postgres.status(running)
    (server,) = processes.postmasters(cluster.data)
    os.kill(server, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while postgres.status(running).running and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not postgres.status(running).running, "a zombie counts as alive"
    postgres.start(running)
    with connect(running, "owner") as link:
        assert link.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_copied_database_keeps_rows_rights_and_clock(running: Path) -> None:
    with connect(running, "owner") as link:
        link.execute("CREATE TABLE IF NOT EXISTS copied AS SELECT 1 AS one")
    postgres.create_database(running, "copy_1", template="samvirke")
    try:
        with connect(running, "app", dbname="copy_1") as link:
            link.execute("CREATE TEMPORARY TABLE staging (id int)")
            assert link.execute("SELECT current_setting('samvirke.simulated')").fetchone() == ("on",)
        with connect(running, "owner", dbname="copy_1") as link:
            assert link.execute("SELECT one FROM copied").fetchone() == (1,)
        with pytest.raises(postgres.PostgresError, match="already exists"):
            postgres.create_database(running, "copy_1")
    finally:
        postgres.drop_database(running, "copy_1")
    postgres.drop_database(running, "copy_1")


def test_an_interrupted_init_is_made_good(tmp_path: Path) -> None:
    folder = tmp_path / "db"
    order = "import sys; from pathlib import Path; from samvirke.surfaces.commands import postgres;"
    words = [sys.executable, "-c", f"{order} postgres.init(Path(sys.argv[1]), simulated=True)", str(folder)]
    with subprocess.Popen(words) as first:
        while not (folder / "passwords.json").exists():
            time.sleep(0.01)
        time.sleep(0.2)  # initdb is at work now, and goes on without its parent
        first.kill()
    try:
        assert not (folder / "state.json").exists()
        assert postgres.ensure(folder, simulated=True).running
    finally:
        postgres.remove(folder)


@pytest.mark.parametrize("name", ["postgres", "template1", "Copy", "a-b", "", 'x"; DROP'])
def test_odd_names_of_databases_are_refused(folder: Path, name: str) -> None:
    with pytest.raises(postgres.PostgresError, match="no name for a database"):
        postgres.create_database(folder, name)


def test_reset_empties_and_changes_the_passwords(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVIRKE_HOME", str(tmp_path))
    monkeypatch.delenv("SAMVIRKE_DATABASE_URL", raising=False)
    folder = postgres.default_folder()
    assert folder == tmp_path / "db"
    with pytest.raises(postgres.NoDatabaseError, match="samvirke db init"):
        postgres.connection("app")
    try:
        assert not postgres.init(folder, simulated=False).simulated
        before = postgres.connection("owner")
        assert not postgres.is_simulated(before)
        assert postgres.role_faults(before) == []
        with psycopg.connect(before.url) as link:
            link.execute("CREATE TABLE gone (id int)")
        assert postgres.reset(folder).running
        after = postgres.connection("owner")
        assert after.password != before.password
        with psycopg.connect(after.url) as link:
            assert link.execute("SELECT to_regclass('gone')").fetchone() == (None,)
    finally:
        postgres.remove(folder)
    with pytest.raises(postgres.NoDatabaseError):
        postgres.status(folder)


def test_the_url_takes_the_place_of_the_launched_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVIRKE_DATABASE_URL", "postgresql://db.example.no:6543/samvirke")
    monkeypatch.setenv("SAMVIRKE_PASSWORD_APP", "s/cret")
    monkeypatch.delenv("SAMVIRKE_PASSWORD_OWNER", raising=False)
    assert postgres.stands_elsewhere()
    app = postgres.connection("app")
    assert app == postgres.Connection("db.example.no", 6543, "samvirke", "samvirke_app", "s/cret")
    assert app.url == "postgresql://samvirke_app:s%2Fcret@db.example.no:6543/samvirke"
    assert not app.loopback
    assert postgres.connection("owner").password == ""


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "does not begin with"),
        ("mysql://h/samvirke", "does not begin with"),
        ("postgresql:///samvirke", "no host"),
        ("postgresql://h", "no database"),
        ("postgresql://h/a/b", "no database"),
        ("postgresql://h:port/a", "cannot be read"),
        ("postgresql://me:hidden@h/a", "user or password"),
        ("postgresql://h/a?sslmode=require", "PGSSLMODE"),
    ],
)
def test_odd_addresses_are_refused(monkeypatch: pytest.MonkeyPatch, address: str, why: str) -> None:
    monkeypatch.setenv("SAMVIRKE_DATABASE_URL", address)
    with pytest.raises(postgres.PostgresError, match=why) as refused:
        postgres.connection("app")
    assert "hidden" not in str(refused.value)


def test_a_role_that_does_not_sign_in_has_no_connection() -> None:
    with pytest.raises(postgres.PostgresError, match="no role 'gatekeeper'"):
        postgres.connection("gatekeeper")


def test_the_script_for_administrators_carries_no_password() -> None:
    script = postgres.script()
    assert script.count("PASSWORD :'password_") == len(LOGINS)
    assert "SUPERUSER PASSWORD" not in script
