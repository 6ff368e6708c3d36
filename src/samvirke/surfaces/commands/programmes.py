"""`samvirke programmes`: an administrator reads in a programme from its papers."""

from __future__ import annotations

from pathlib import Path

import click

from samvirke.programmes.files import BadFile
from samvirke.programmes.loading import HISTORICAL, load_programme


@click.group()
def programmes() -> None:
    """Read in programmes from their papers."""


@programmes.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=HISTORICAL)
def load(*, path: Path) -> None:
    """Read in the programme in PATH; without it, the effort of 2003-2004 that comes with Samvirke."""
    try:
        found = load_programme(text=path.read_text(encoding="utf-8"))
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
    click.echo(
        f"{found.name} {word}: {found.years} years, {found.municipalities} municipalities, "
        f"{found.efforts} local partnerships."
    )
