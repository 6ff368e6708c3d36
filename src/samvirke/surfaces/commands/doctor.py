"""`samvirke doctor`: check that everything is in place, one line each, and say what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import click
import psycopg
from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error as DatabaseError

from samvirke.surfaces.commands import catalogue, postgres, service

SHOWN = 10
SEALED_WITHIN = timedelta(minutes=15)

Check = Callable[[], str]
"""A check returns what it found, or raises ClickException with what is wrong and what to do."""


@click.command()
def doctor() -> None:
    """Check that everything is in place. Exits with 1 when something is not."""
    machine = _lines(MACHINE)
    if not _line("database", _cluster):
        click.echo(f"      not checked without it: {', '.join(INSIDE)}")
        raise SystemExit(1)
    inside = _lines(INSIDE)
    if not (machine and inside):
        raise SystemExit(1)


def _lines(checks: Mapping[str, Check]) -> bool:
    results = [_line(name, check) for name, check in checks.items()]  # all run, also after a failure
    return all(results)


def _line(name: str, check: Check) -> bool:
    try:
        found, good = check(), True
    except click.ClickException as problem:
        found, good = problem.message, False
    click.echo(f"{'ok  ' if good else 'FAIL'}  {name}: {found}")
    return good


def _python() -> str:
    if not (3, 11) <= sys.version_info[:2] <= (3, 12):
        raise click.ClickException(f"{sys.version.split()[0]} is not supported. Install Python 3.11 or 3.12.")
    return sys.version.split()[0]


def _programs() -> str:
    if postgres.stands_elsewhere():
        return "not needed, SAMVIRKE_DATABASE_URL names a database that stands elsewhere"
    return f"PostgreSQL {postgres.programs_version()}"


def _cluster() -> str:
    if not postgres.stands_elsewhere():
        cluster = postgres.status(postgres.default_folder())
        if not cluster.running:
            raise click.ClickException(f"{cluster.folder} is stopped. Run `samvirke db start`.")
    place = postgres.connection("app")
    postgres.is_simulated(place)
    return f"answers on {place.host}:{place.port}"


def _roles() -> str:
    faults = postgres.role_faults(postgres.connection("app"))
    if faults:
        raise click.ClickException(
            f"{'; '.join(faults)}. Row security would not hold. Correct it by the SQL of `samvirke db roles`."
        )
    return "none is a superuser or bypasses row security"


def _clock() -> str:
    place = postgres.connection("app")
    if not postgres.is_simulated(place):
        return "the database server's own"
    if not place.loopback:
        raise click.ClickException(
            f"the database on {place.host} has a simulated clock, for demo and tests, and can be "
            "reached from other machines. Use an ordinary database there."
        )
    return "simulated, on this machine only"


def _migrations() -> str:
    service.ready()
    try:
        executor = MigrationExecutor(connections["owner"])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as problem:
        raise click.ClickException(
            f"cannot be seen as the role owner: {str(problem).strip()}. Check SAMVIRKE_PASSWORD_OWNER."
        ) from problem
    if waiting:
        raise click.ClickException(f"{len(waiting)} are not applied. Run `samvirke db migrate`.")
    return "all applied"


def lock() -> str:
    """Whether tables, policies, privileges, functions and views are as declared, and nothing besides."""
    service.ready()
    place = postgres.connection("owner")
    with psycopg.connect(
        host=place.host,
        port=place.port,
        dbname=connections["owner"].settings_dict["NAME"],
        user=place.user,
        password=place.password,
    ) as link:
        found = catalogue.findings(link)
        link.rollback()
    if found:
        more = f"; and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        raise click.ClickException(
            f"{'; '.join(found[:SHOWN])}{more}. Take the service offline until it is as declared: "
            "find out who changed it, and undo it as the owner."
        )
    return "as declared"


def _key() -> str:
    service.ready()
    if not import_module("samvirke.gate.operations").holds_the_key():  # models can be imported only now
        raise click.ClickException(
            "the key in keys.json is not the one this database checks an entering by, so everybody enters as "
            "nobody and sees nothing. Put back the keys.json that belongs to this database; only where it is "
            "lost, run `samvirke db migrate`, which lets the database learn the new one."
        )
    return "the one that the database checks an entering by"


def _seals() -> str:
    service.ready()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT max(at), gate.now() FROM gate_seal")
        newest, now = cursor.fetchone()
        cursor.execute("SELECT count(*), min(since) FROM gate.lanes_to_seal()")
        waiting, since = cursor.fetchone()
    is_simulated = postgres.is_simulated(postgres.connection("app"))
    if waiting and now - since > SEALED_WITHIN:
        raise click.ClickException(
            f"{waiting} lanes of the access log have had lines since {since:%Y-%m-%d %H:%M} that no "
            "seal covers. Start `samvirke work`, and read its log for what keeps it from sealing."
        )
    if settings.ANCHORS is None and not is_simulated:
        raise click.ClickException(
            "seals of the access log are kept in the database alone, so its owner could cut both. Name a "
            "file on another machine, or an append-only one, in SAMVIRKE_ANCHORS."
        )
    where = "nowhere else, invented people only" if settings.ANCHORS is None else str(settings.ANCHORS)
    when = "nothing sealed yet" if newest is None else f"newest seal of {newest:%Y-%m-%d %H:%M}"
    return f"{when}, kept in {where}"


def _front_end() -> str:
    service.ready()
    folders = [Path(entry[1] if isinstance(entry, tuple) else entry) for entry in settings.STATICFILES_DIRS]
    missing = [str(folder) for folder in folders if not folder.is_dir() or not any(folder.iterdir())]
    if missing:
        raise click.ClickException(
            f"{', '.join(missing)} is not there. Run `make setup` in Samvirke's folder."
        )
    return f"{len(folders)} folders"


def _catalogues() -> str:
    service.ready()
    sources = [path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")]
    stale = [path for path in sources if _older(path.with_suffix(".mo"), path)]
    if stale:
        names = ", ".join(str(path) for path in stale)
        raise click.ClickException(f"{names} is not compiled. Run `make setup` in Samvirke's folder.")
    return f"{len(sources)} compiled"


def _older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


MACHINE: dict[str, Check] = {"Python": _python, "programs": _programs}
INSIDE: dict[str, Check] = {
    "roles": _roles,
    "clock": _clock,
    "migrations": _migrations,
    "lock": lock,
    "key": _key,
    "seals": _seals,
    "front-end files": _front_end,
    "texts": _catalogues,
}
