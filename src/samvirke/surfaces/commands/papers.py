"""`samvirke papers`: the papers that data-protection law asks for, filled from what is configured."""

from __future__ import annotations

from pathlib import Path

import click

from samvirke.gate import clock
from samvirke.statutes.queries import BadPack
from samvirke.surfaces.commands.refusals import telling
from samvirke.surfaces.papers import configured, writing


@click.command(cls=telling(configured.UnknownPartnership, BadPack))
@click.argument("paper", type=click.Choice([paper.value for paper in writing.Paper]))
@click.option("--partnership", required=True, help="Whose paper, by the partnership's name.")
@click.option("--language", type=click.Choice(["nb", "en"]), default="nb", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The Markdown file to write.")
def papers(*, paper: str, partnership: str, language: str, out: Path | None) -> None:
    """Write a joint-controller arrangement, a record of processing or an impact assessment."""
    found = configured.of_partnership(partnership, on=clock.now().date())
    written = writing.write(writing.Paper(paper), found, language=language)
    if out is None:
        click.echo(written.text, nl=False)
    else:
        out.write_text(written.text, encoding="utf-8")
    click.echo(f"{written.blanks} places are for somebody to fill in.", err=True)
