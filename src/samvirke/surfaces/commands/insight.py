"""The insight tower on the command line: a delivery's statistics, and evaluations. No service room."""

from __future__ import annotations

from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path

import click

from samvirke import delivery as deliveries
from samvirke import evaluation
from samvirke import report as reports
from samvirke import statistics as figures
from samvirke.surfaces.commands.refusals import telling

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)

REFUSED = (
    deliveries.UnreadableDelivery,
    evaluation.AlreadyRegistered,
    evaluation.AlreadyThere,
    evaluation.BrokenTrail,
    evaluation.ExtractRefused,
    evaluation.NoSuchLook,
    evaluation.NotRegistered,
    evaluation.NothingChanged,
    evaluation.OtherFiles,
    evaluation.ProtocolChanged,
    evaluation.UnreadableProtocol,
    evaluation.UnreadableResult,
    figures.NotProtected,
    figures.UnreadableStatistics,
    reports.UncompiledCatalogue,
    reports.UnknownLanguage,
)
Sentences = telling(*REFUSED)


@click.command(cls=Sentences)
@click.argument("delivery", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", required=True, type=NEW_FILE, help="The JSON file to write.")
def statistics(delivery: Path, out: Path) -> None:
    """Make the statistics of a DELIVERY folder, small numbers protected."""
    record = figures.statistics_of(deliveries.read(delivery))
    figures.save(record, out)
    click.echo(f"{len(record.tables)} protected tables of study {record.study} written to {out}.")


@click.group()
def evaluate() -> None:
    """Evaluate by a protocol: init, check, register, amend, run, report."""


REGISTRY = click.option("--registry", required=True, type=FOLDER, help="The folder of registrations.")
BY = click.option("--by", default=getuser, show_default="your user name", help="Who does this.")


@evaluate.command(cls=Sentences)
@click.argument("protocol", type=NEW_FILE)
@click.option("--design", type=click.Choice(evaluation.KINDS), required=True, help="How to estimate.")
def init(protocol: Path, design: str) -> None:
    """Begin a PROTOCOL file to fill in."""
    evaluation.begin(protocol, design=design)
    click.echo(f"Fill in {protocol}; an editor that knows JSON Schema helps. Then: samvirke evaluate check.")


@evaluate.command(cls=Sentences)
@click.argument("protocol", type=FILE)
def check(protocol: Path) -> None:
    """Say what a PROTOCOL lacks, line by line; read no data."""
    read = evaluation.read_protocol(protocol)
    click.echo(f"Protocol {read.id} is whole. Its fingerprint is {read.hash}.")


@evaluate.command(cls=Sentences)
@click.argument("protocol", type=FILE)
@REGISTRY
@BY
def register(protocol: Path, registry: Path, by: str) -> None:
    """Register a PROTOCOL before outcomes are read."""
    read = evaluation.read_protocol(protocol)
    entry = evaluation.register(read, folder=registry, at=_now(), by=by)
    click.echo(f"Protocol {read.id} stands registered at {entry.at} as {entry.hash}.")


@evaluate.command(cls=Sentences)
@click.argument("protocol", type=FILE)
@REGISTRY
@BY
@click.option("--why", required=True, help="Why the protocol had to change.")
@click.option("--outcomes-read", is_flag=True, help="Somebody has read outcomes already, here or elsewhere.")
def amend(protocol: Path, registry: Path, by: str, why: str, outcomes_read: bool) -> None:
    """Register a changed PROTOCOL as its next version, with what changed and why."""
    read = evaluation.read_protocol(protocol)
    version = evaluation.amend(read, folder=registry, at=_now(), by=by, why=why, outcomes_read=outcomes_read)
    click.echo(f"Protocol {read.id} is now version {version.version}. Changed:")
    for change in version.changes:
        click.echo(f"- {change.field}")
    if version.outcomes_read:
        click.echo("Outcomes had been read: what was added counts as exploratory.")


@evaluate.command(cls=Sentences)
@click.argument("protocol", type=FILE)
@REGISTRY
@click.option(
    "--data",
    "files",
    multiple=True,
    required=True,
    metavar="SOURCE=FILE",
    help="A CSV file by the protocol's word for it: survey, register, persons or panel. Repeat for each.",
)
@click.option("--look", type=click.IntRange(min=1), help="Which of the planned looks this is.")
@click.option("--out", required=True, type=NEW_FILE, help="The JSON file to write.")
def run(protocol: Path, registry: Path, files: tuple[str, ...], look: int | None, out: Path) -> None:
    """Estimate the effects that a registered PROTOCOL asks for."""
    read = evaluation.read_protocol(protocol)
    data = dict(_source_and_file(one) for one in files)
    result = evaluation.evaluate(read, registry=registry, data=data, at=_now(), look=look)
    evaluation.save(result, out)
    version = result.versions[-1].version
    click.echo(f"{len(result.effects)} effects of protocol {read.id}, version {version}, written to {out}.")


@evaluate.command(cls=Sentences)
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


def _source_and_file(words: str) -> tuple[evaluation.Source, Path]:
    """The two halves of SOURCE=FILE. Whether the file is there is not asked before the registration is."""
    source, _, file = words.partition("=")
    if source not in {*evaluation.Source} or not file:
        known = ", ".join(evaluation.Source)
        raise click.BadParameter(f"{words!r} is not SOURCE=FILE with one of: {known}.", param_hint="--data")
    return evaluation.Source(source), Path(file)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
