"""`samvirke tertial` and `samvirke indicators`: deliveries of several partnerships as one tertial report."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from samvirke import delivery as deliveries
from samvirke import report as reports
from samvirke import statistics as figures
from samvirke.surfaces.commands.refusals import telling

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
REFUSED = (
    deliveries.UnreadableDelivery,
    figures.DeliveredTwice,
    figures.NotProtected,
    figures.NotYet,
    figures.UnknownTertial,
    figures.UnreadableCounties,
    figures.UnreadableExpectations,
    figures.UnreadableTertialRecord,
    reports.UncompiledCatalogue,
)


@click.command(cls=telling(*REFUSED))
@click.argument("folders", metavar="DELIVERY [DELIVERY...]", nargs=-1, required=True, type=FOLDER)
@click.option("--period", required=True, help="The tertial, for example 2026-T2.")
@click.option("--out", required=True, type=NEW_FILE, help="The HTML file to write.")
@click.option("--record", type=NEW_FILE, help="Also write the protected numbers to this JSON file.")
@click.option("--earlier", type=FILE, help="The record of the report before, which is out already.")
@click.option("--expected", type=FILE, help="Whose deliveries are expected, and what they state, YAML.")
@click.option("--counties", type=FILE, help="Another list of counties, YAML.")
@click.option("--language", type=click.Choice(reports.LANGUAGES), default="nb", show_default=True)
def tertial(
    *,
    folders: tuple[Path, ...],
    period: str,
    out: Path,
    record: Path | None,
    earlier: Path | None,
    expected: Path | None,
    counties: Path | None,
    language: str,
) -> None:
    """Combine deliveries into one report: partnership, county, nation."""
    made = figures.combine(
        [deliveries.read(folder) for folder in folders],
        period=figures.Tertial.named(period),
        counties=figures.counties(counties) if counties else figures.counties(),
        expected=figures.expected(expected) if expected else (),
        earlier=figures.load_tertial(earlier) if earlier else None,
    )
    page = reports.render_tertial(made, language=language, made_at=datetime.now(UTC))
    out.write_text(page, encoding="utf-8")
    if record:
        figures.save_tertial(made, record)
    missing = f" Missing: {', '.join(made.missing)}." if made.missing else ""
    click.echo(f"{len(made.returned)} deliveries are in the report {out}.{missing}")


@click.command()
def indicators() -> None:
    """Print what each indicator of the tertial report is, as Markdown."""
    click.echo(figures.reference())
