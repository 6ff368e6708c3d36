"""The insight tower on the command line: statistics, register, evaluate, report. Nothing of the service."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from samvirke import delivery as deliveries
from samvirke import evaluation
from samvirke import report as reports
from samvirke import statistics as figures

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)

REFUSED = (
    deliveries.UnreadableDelivery,
    evaluation.AlreadyRegistered,
    evaluation.ExtractRefused,
    evaluation.NotRegistered,
    evaluation.ProtocolChanged,
    evaluation.UnreadableProtocol,
    evaluation.UnreadableResult,
    figures.NotProtected,
    figures.UnreadableStatistics,
    reports.UncompiledCatalogue,
    reports.UnknownLanguage,
)


class Sentences(click.Command):
    """A command that tells what was refused, why and what to do next, without a trace."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a refusal becomes one message and exit code 1."""
        try:
            return super().invoke(ctx)
        except REFUSED as refusal:
            raise click.ClickException(str(refusal)) from refusal


@click.command(cls=Sentences)
@click.argument("delivery", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", required=True, type=NEW_FILE, help="The JSON file to write.")
def statistics(delivery: Path, out: Path) -> None:
    """Make the statistics of a DELIVERY folder, small numbers protected."""
    record = figures.statistics_of(deliveries.read(delivery))
    figures.save(record, out)
    click.echo(f"{len(record.tables)} protected tables of study {record.study} written to {out}.")


@click.command(cls=Sentences)
@click.argument("protocol", type=FILE)
@click.option("--registry", required=True, type=FOLDER, help="The folder of registrations.")
def register(protocol: Path, registry: Path) -> None:
    """Register a PROTOCOL before outcomes are read."""
    read = evaluation.read_protocol(protocol)
    entry = evaluation.register(read, folder=registry, at=datetime.now(UTC).replace(microsecond=0))
    click.echo(f"Protocol {entry.protocol} stands registered at {entry.registered_at} as {entry.hash}.")


@click.command(cls=Sentences)
@click.argument("protocol", type=FILE)
@click.option("--registry", required=True, type=FOLDER, help="The folder of registrations.")
@click.option("--survey", required=True, type=FILE, help="The survey extract, CSV.")
@click.option("--register", "register_", required=True, type=FILE, help="The register extract, CSV.")
@click.option("--out", required=True, type=NEW_FILE, help="The JSON file to write.")
def evaluate(protocol: Path, registry: Path, survey: Path, register_: Path, out: Path) -> None:
    """Estimate the effects that a registered PROTOCOL asks for."""
    read = evaluation.read_protocol(protocol)
    result = evaluation.evaluate(read, registry=registry, survey=survey, register=register_)
    evaluation.save(result, out)
    click.echo(f"{len(result.effects)} effects of protocol {read.id} written to {out}.")


@click.command(cls=Sentences)
@click.argument("result", type=FILE)
@click.option("--statistics", "statistics_", type=FILE, help="The JSON file of `samvirke statistics`.")
@click.option("--language", type=click.Choice(reports.LANGUAGES), default="nb", show_default=True)
@click.option("--out", required=True, type=NEW_FILE, help="The HTML file to write.")
def report(result: Path, statistics_: Path | None, language: str, out: Path) -> None:
    """Write the page of a RESULT: one file, nothing loaded from elsewhere."""
    tables = figures.load(statistics_) if statistics_ else None
    page = reports.render(evaluation.load(result), tables, language=language, made_at=datetime.now(UTC))
    out.write_text(page, encoding="utf-8")
    click.echo(f"The report is in {out}.")
