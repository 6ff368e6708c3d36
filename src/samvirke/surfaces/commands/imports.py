"""`samvirke import`: an agency takes in its own file, as its own integration post."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import click

from samvirke.agencies import queries as agencies
from samvirke.exchange.inbox import error_file
from samvirke.exchange.inbox.mappings import NoColumns
from samvirke.exchange.inbox.operations import Imported, import_file
from samvirke.exchange.inbox.readers import SYSTEMS, NotYourSystem
from samvirke.exchange.inbox.types import Mode
from samvirke.exchange.systems.follow_up.rows import NothingToRead as NothingInTable
from samvirke.exchange.systems.insurance.caseload import NothingToRead as NothingInCaseload
from samvirke.exchange.systems.nav.client_list import NothingToRead as NothingInList
from samvirke.exchange.systems.social_service.messages import NothingToRead as NothingInMessages
from samvirke.gate import session
from samvirke.kernel.codes import AgencyKind
from samvirke.kernel.gate_words import Purpose

SHOWN = 20
Progress = Callable[[int, int], None]
EXPECTED = (
    NotYourSystem,
    NoColumns,
    error_file.NoErrorFile,
    NothingInList,
    NothingInMessages,
    NothingInCaseload,
    NothingInTable,
)


@click.command(name="import")
@click.argument("system", type=click.Choice([kind.value for kind in SYSTEMS]))
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--unit", "unit_name", required=True, help="The unit whose records they are, by its name.")
@click.option("--dry-run", is_flag=True, help="Tell the differences and change nothing.")
@click.option("--all-or-nothing", is_flag=True, help="Take nothing in where a single row is refused.")
@click.option(
    "--errors",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the refused rows there, with the reason beside each, to correct and send again.",
)
def import_(
    *, system: str, path: Path, unit_name: str, dry_run: bool, all_or_nothing: bool, errors: Path | None
) -> None:
    """Take in the client records of SYSTEM from PATH: a file, or for messages also a folder or archive."""
    post = agencies.integration_post(unit_name)
    if post is None:
        raise click.ClickException(
            f"There is no unit called {unit_name!r} with a post for its own system. Check the spelling."
        )
    if errors is not None and SYSTEMS[AgencyKind(system)].originals is None:
        raise click.ClickException(str(error_file.NoErrorFile()))
    mode = Mode.ALL_OR_NOTHING if all_or_nothing else Mode.GOOD_ROWS_ONLY
    kind = AgencyKind(system)
    try:
        with _progress_bar() as progress:
            found = take_in(kind, path, post, dry_run=dry_run, mode=mode, progress=progress)
        click.echo(summary(found))
        _show(found)
        if errors is not None:
            _write_errors(kind, path, found, errors, post)
    except EXPECTED as problem:
        raise click.ClickException(str(problem)) from problem


def take_in(
    system: AgencyKind,
    path: Path,
    post: UUID,
    *,
    dry_run: bool,
    mode: Mode = Mode.GOOD_ROWS_ONLY,
    progress: Progress | None = None,
) -> Imported:
    """The same, for other commands."""
    with session.enter(post, Purpose.SERVICE) as viewer:
        return import_file(
            system=system,
            path=path,
            dry_run=dry_run,
            by=viewer,
            mode=mode,
            progress=progress or (lambda done, total: None),
        )


@contextmanager
def _progress_bar() -> Iterator[Progress]:
    """A bar on a terminal; nothing elsewhere, where it would only fill a log."""
    with click.progressbar(length=1, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield show


def _show(found: Imported) -> None:
    for line in found.refused[:SHOWN]:
        reason, advice = line.reason.format(**line.params), line.what_to_do.format(**line.params)
        click.echo(f"  {line.file} row {line.row}, {line.field}: {reason} {advice}")
    if found.refused_rows > SHOWN:
        click.echo(f"  and {found.refused_rows - SHOWN} more; the import's page lists them all.")


def _write_errors(system: AgencyKind, path: Path, found: Imported, errors: Path, post: UUID) -> None:
    with errors.open("wb") as target, session.enter(post, Purpose.SERVICE) as viewer:
        if found.run_id is None:
            rows = error_file.write(system, path, found.refused, target)
        else:
            rows = error_file.of_run(run_id=found.run_id, path=path, target=target, by=viewer)
    click.echo(f"{errors} holds {rows} refused rows.")


def summary(found: Imported) -> str:
    """One line that adds up."""
    word = "would be" if found.run_id is None else "are"
    merged = found.merged
    if not found.is_taken:
        return (
            f"Nothing was taken in: of {found.rows} rows {found.refused_rows} are refused, "
            f"and {found.held_back} that are sound wait for them."
        )
    return (
        f"Of {found.rows} rows {merged.new} {word} new, {merged.changed} changed, {merged.same} the same, "
        f"{found.refused_rows} refused."
    )
