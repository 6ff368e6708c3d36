"""`samvirke demo`: set up, play, count, and serve."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from samvirke.surfaces.commands import postgres
from samvirke.surfaces.commands.demo import aside

SEED = 20_260_101
PERSONS, ON_PLANS = 1_000, 120
MARK = "done.json"
PR_SET_PDEATHSIG = 1
OSLO = ZoneInfo("Europe/Oslo")


@click.command()
@click.option(
    "--check", is_flag=True, help="Run in a database of its own, check the invariants, do not serve."
)
@click.option("--persons", default=PERSONS, show_default=True, help="Client records in the agencies' files.")
@click.option(
    "--plans", default=None, type=int, help="People who get a plan.  [default: 12 % of the records]"
)
@click.option("--seed", default=SEED, show_default=True, help="Another seed draws other people.")
@click.option("--no-serve", is_flag=True, help="Prepare everything and stop before serving.")
def demo(*, check: bool, persons: int, plans: int | None, seed: int, no_serve: bool) -> None:
    """Show all of Samvirke with invented data, then serve it on http://127.0.0.1:8000."""
    _refuse_elsewhere()
    on_plans = plans if plans is not None else max(1, persons * ON_PLANS // PERSONS)
    home = Path(os.environ.get("SAMVIRKE_HOME") or "var").resolve()
    if check:
        home = home / "check"
    is_played = (home / "demo" / MARK).exists() and not check
    os.environ["SAMVIRKE_HOME"] = str(home)
    if not is_played:
        _start_afresh(home)
    postgres.ensure(postgres.default_folder(), simulated=True)
    import_module("samvirke.surfaces.commands.migrate").run(quiet=True)
    main_job = import_module("samvirke.surfaces.commands.demo.main_job")
    with aside.insight() as insight:
        if not is_played:
            today = datetime.now(OSLO).date()
            main_job.run(home, seed=seed, persons=persons, on_plans=on_plans, today=today, insight=insight)
        failures = main_job.tell(home, insight)
    if check:
        postgres.stop(postgres.default_folder())
        if failures:
            raise click.exceptions.Exit(1)
    elif not no_serve:
        click.echo(
            "\nNow serving on http://127.0.0.1:8000. Stop with Ctrl-C; `make demo` goes on from here.\n"
        )
        _work_beside()
        import_module("samvirke.surfaces.commands.serve").run(host="127.0.0.1", port=8000)


def _work_beside() -> None:
    """A worker for what pages ask for. It ends with the server, which this process becomes."""
    words = [sys.executable, "-c", "from samvirke.surfaces.commands import main; main()", "work"]
    subprocess.Popen(words, preexec_fn=_end_with_its_parent)


def _end_with_its_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _refuse_elsewhere() -> None:
    if postgres.stands_elsewhere():
        raise click.ClickException(
            "The demonstration fills a database of its own, and SAMVIRKE_DATABASE_URL names another one. "
            "Unset it and try again."
        )


def _start_afresh(home: Path) -> None:
    """Take away what an interrupted or an earlier checking run left; never a database that is in real use."""
    folder = postgres.default_folder()
    if folder.exists():
        if not postgres.status(folder).simulated:
            raise click.ClickException(
                f"The database in {folder} keeps real time, so it is in real use. "
                "Set SAMVIRKE_HOME to another folder for the demonstration."
            )
        postgres.remove(folder)
    for name in ("demo", "figures", "evidence"):
        shutil.rmtree(home / name, ignore_errors=True)
