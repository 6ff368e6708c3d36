"""The tests' own PostgreSQL: one cluster kept between runs, one template, a clone for each worker.

SAMVIRKE_TEST_POSTGRES names the programs of another PostgreSQL than the one that comes along, for example
/usr/lib/postgresql/15/bin; it gets a cluster of its own.

The template is migrated by the owner and holds the standing organisation; it is made anew when migrations,
published views or the organisation change. Tests act as the pages' role, never as the owner.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connections

from samvirke.surfaces.commands import postgres
from samvirke.surfaces.commands.postgres.folder import read_passwords

ROOT = Path(__file__).resolve().parent.parent
OTHER_PROGRAMS = os.environ.get("SAMVIRKE_TEST_POSTGRES")
HOME = ROOT / "var" / ("test" if OTHER_PROGRAMS is None else f"test{OTHER_PROGRAMS.replace('/', '-')}")
ALIASES = ("default", "accounts", "owner")


def prepare() -> None:
    """Start the cluster and set Django up on it. Runs before any test module is imported."""
    os.environ["SAMVIRKE_HOME"] = str(HOME)
    os.environ.pop("SAMVIRKE_DATABASE_URL", None)
    if OTHER_PROGRAMS is not None:
        os.environ["SAMVIRKE_POSTGRES_PROGRAMS"] = OTHER_PROGRAMS
    os.environ["DJANGO_SETTINGS_MODULE"] = "samvirke.config.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps an event loop in the tests' thread
    postgres.ensure(HOME / "db", simulated=True)
    django.setup()


def superuser() -> str:
    """The password of the cluster's superuser, for the few tests of what an administrator could break."""
    return read_passwords(HOME / "db")["postgres"]


def use_clone(worker: str) -> str:
    """Point all connections at this worker's own copy of the template. Returns its name."""
    name = f"test_{worker}"
    with _one_at_a_time():
        template = _template()
        postgres.drop_database(HOME / "db", name)
        postgres.create_database(HOME / "db", name, template=template)
    point_at(name)
    return name


def _template() -> str:
    fingerprint = _fingerprint()
    mark = HOME / "template"
    name = f"template_{fingerprint}"
    if mark.exists() and mark.read_text() == name:
        return name
    if mark.exists():
        postgres.drop_database(HOME / "db", mark.read_text())
    postgres.drop_database(HOME / "db", name)
    postgres.create_database(HOME / "db", name)
    _fill(name)
    mark.write_text(name)
    return name


def _fill(name: str) -> None:
    point_at(name)
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    import_module("samvirke.gate.operations").keep_secret()  # models can be imported only after `prepare`
    import_module("people").set_up_organisation()
    connections.close_all()


def point_at(name: str) -> None:
    """From now on all connections are to this database of the cluster."""
    connections.close_all()
    for alias in ALIASES:
        connections[alias].settings_dict["NAME"] = name


def _fingerprint() -> str:
    digest = hashlib.sha256()
    source = ROOT / "src" / "samvirke"
    files = [*source.glob("*/migrations/*.py"), *source.glob("events/published/*.sql")]
    files += source.glob("programmes/history/*.yaml")
    shape = [source / "gate" / "protection.py", source / "gate" / "access.py", ROOT / "tests" / "people.py"]
    for path in sorted([*files, *shape]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "clone.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
