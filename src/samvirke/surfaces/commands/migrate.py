"""`samvirke db migrate`: bring the database's tables up to this version."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import click
from django.core.management import call_command
from django.db import connections

from samvirke.surfaces.commands import doctor, postgres, service

OWNER = "owner"


@click.command()
@click.option("--quiet", is_flag=True, help="Print nothing when all goes well.")
def migrate(*, quiet: bool) -> None:
    """Bring the database's tables up to this version, as the role `owner`; fails where one is unlocked."""
    run(quiet=quiet)


def run(*, quiet: bool) -> None:
    """The same, for other commands; starts the launched cluster when it is stopped."""
    if not postgres.stands_elsewhere():
        postgres.start(postgres.default_folder())
    _refuse_without_roles()
    service.ready()
    with connections[OWNER].cursor() as cursor:  # whoever waits for a table makes everybody behind wait, too
        cursor.execute("SET lock_timeout = '10s'")
    with _nothing_swept():
        call_command("migrate", database="owner", interactive=False, verbosity=0 if quiet else 1)
    import_module("samvirke.gate.operations").keep_secret()  # models can be imported only now
    doctor.lock()  # after every migration: tables that are not locked as declared are not to be served


@contextmanager
def _nothing_swept() -> Iterator[None]:
    """Each migration makes the classes of all models anew; looking through them takes a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _refuse_without_roles() -> None:
    """A new version may bring a new role, which only an administrator can make."""
    faults = postgres.role_faults(postgres.connection("owner"))
    if faults:
        raise click.ClickException(
            f"{'; '.join(faults)}. Run the SQL of `samvirke db roles` as an administrator first."
        )
