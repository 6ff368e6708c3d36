"""The evidence register on the command line. Nothing of the service."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from samvirke import evaluation
from samvirke import evidence as register_of
from samvirke import report as reports
from samvirke.surfaces.commands.refusals import telling

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
REFUSED = (
    evaluation.UnreadableResult,
    register_of.FiledTwice,
    register_of.UnknownRecord,
    register_of.UnreadableEvidence,
    reports.UncompiledCatalogue,
)
Sentences = telling(*REFUSED)


@click.group()
def evidence() -> None:
    """Read and keep the register of evidence: what was ordered, found and decided.

    The records that come with Samvirke are always there. With --register, those of that folder are too.
    """


read_from = click.option(
    "--register", "folder", type=FOLDER, help="A folder with further records and answers."
)
write_to = click.option("--register", "folder", type=FOLDER, required=True, help="The folder to write into.")
by_whom = click.option("--by", required=True, help="Who writes it down: a post or a body, no name needed.")
in_language = click.option(
    "--language", type=click.Choice(reports.LANGUAGES), default="nb", show_default=True
)


@evidence.command("list", cls=Sentences)
@read_from
def list_(folder: Path | None) -> None:
    """List the records, the newest first, each with the latest decision."""
    for filed in register_of.read(folder).filed:
        record, latest = filed.record, next((entry.response for entry in filed.responses), None)
        decision = latest.decision if latest else "-"
        click.echo(f"{record.id}\t{record.report.year or '-'}\t{decision}\t{record.title.en}")


@evidence.command(cls=Sentences)
@read_from
def check(folder: Path | None) -> None:
    """Check every file of the register; the first fault is told with file and field."""
    filed = register_of.read(folder).filed
    totals = [total for one in filed for total in one.record.totals]
    apart = sum(not total.agrees for total in totals)
    click.echo(f"{len(filed)} records are in order.")
    click.echo(f"{apart} of {len(totals)} totals disagree with their parts, and say so.")


@evidence.command()
def schema() -> None:
    """Print the description of a record, as JSON Schema."""
    click.echo(register_of.schema_text(), nl=False)


@evidence.command(cls=Sentences)
@click.argument("record_id")
@read_from
def show(record_id: str, folder: Path | None) -> None:
    """Show one record: question, findings and decisions."""
    filed = register_of.read(folder).one(record_id)
    record = filed.record
    click.echo(f"{record.title.en}\n{record.report.title}. {record.report.institution}")
    click.echo(f"\n{record.commission.question.en}")
    for finding in record.findings:
        click.echo(f"- {finding.sentence.en} ({finding.strength})")
    click.echo(f"{len(record.figures)} numbers, {len(record.charts)} charts, {len(record.totals)} totals.")
    for entry in filed.responses:
        if entry.response is not None:
            answer = entry.response
            click.echo(f"{answer.decided_on}: {answer.decision}, {answer.decided_by}. {answer.reason}")


@evidence.command(cls=Sentences)
@click.argument("file", type=FILE)
@write_to
@by_whom
def add(file: Path, folder: Path, by: str) -> None:
    """Add the record in FILE, or a new version of it. FILE may be a result of `samvirke evaluate`."""
    now = datetime.now(UTC).replace(microsecond=0)
    if file.suffix == ".json":
        record = reports.evidence_of(evaluation.load(file), year=now.year)
    else:
        record = register_of.read_record(file)
    written = register_of.add(record, folder=folder, by=by, at=now)
    click.echo(
        f"{record.id} {'is in the register' if written else 'stood there already; nothing was written'}."
    )


@evidence.command(cls=Sentences)
@click.argument("record_id")
@write_to
@by_whom
@click.option("--decision", type=click.Choice([one.value for one in register_of.Decision]), required=True)
@click.option(
    "--on", "decided_on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day it was decided."
)
@click.option("--decided-by", required=True, help="The body or the post that decided.")
@click.option("--reason", required=True, help="Why, and what happens now.")
def respond(
    record_id: str, folder: Path, by: str, decision: str, decided_on: datetime, decided_by: str, reason: str
) -> None:
    """Write down what was decided because of a record. Earlier answers are kept."""
    day: date = decided_on.date()
    answer = register_of.Response(
        decision=register_of.Decision(decision), decided_on=day, decided_by=decided_by, reason=reason
    )
    now = datetime.now(UTC).replace(microsecond=0)
    register_of.respond(record_id, answer, folder=folder, by=by, at=now)
    click.echo(f"The answer to {record_id} is written down; what stood before is kept.")


@evidence.command(cls=Sentences)
@read_from
@in_language
@click.option("--out", required=True, type=NEW_FILE, help="The HTML file to write.")
def page(folder: Path | None, language: str, out: Path) -> None:
    """Write the whole register as one page: one file, nothing loaded from elsewhere."""
    made = reports.evidence_page(register_of.read(folder), language=language, made_at=datetime.now(UTC))
    out.write_text(made, encoding="utf-8")
    click.echo(f"The evidence is in {out}.")
