"""`samvirke instruments`: an administrator loads an instrument, or the texts of a licensed one."""

from __future__ import annotations

from pathlib import Path

import click

from samvirke.assessments import loading
from samvirke.assessments.types import InstrumentFile
from samvirke.gate import clock
from samvirke.programmes.files import BadFile


@click.group()
def instruments() -> None:
    """Load and list instruments for assessments."""


@instruments.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(*, path: Path) -> None:
    """Read in the instrument in PATH, or the texts that its licence holder has delivered."""
    try:
        found = loading.load(text=path.read_text(encoding="utf-8"), now=clock.now())
    except UnicodeDecodeError:
        raise click.ClickException(f"{path.name} is not a text in UTF-8. Save it as UTF-8.") from None
    except BadFile as bad:
        raise click.ClickException(
            "\n".join(
                [
                    f"{path.name} cannot be used, and nothing was changed:",
                    *(f"  {problem.sentence}" for problem in bad.problems),
                ]
            )
        ) from bad
    word = "is read in" if found.is_new else "was read in before; nothing has changed"
    click.echo(f"{_named(found.instrument)}, {word}.")


@instruments.command("list")
def list_() -> None:
    """Every instrument that is known, with its licence, and whether it can be answered."""
    for of_code in loading.known().values():
        for one in of_code.values():
            click.echo(f"{_named(one)}: {one.title.en}. {one.licence.name}, {one.licence.holder}.")


def _named(one: InstrumentFile) -> str:
    waits = ", waits for its texts from the licence holder" if one.waits_for_text else ""
    return f"{one.code}, version {one.version}{waits}"
