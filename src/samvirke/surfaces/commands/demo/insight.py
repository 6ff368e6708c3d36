"""The insight tower's part of the demonstration: registered protocol, effect, tables, report. Files alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from samvirke import delivery as deliveries
from samvirke import evaluation, evidence
from samvirke import report as reports
from samvirke import statistics as figures
from samvirke.report import readings
from samvirke.surfaces.commands.demo.told import Estimated, Findings

KEEPER = "Evaluator"
PROTOCOL = Path(__file__).parent / "protocol.yaml"


def estimate(survey: Path, register: Path, registry: Path, out: Path) -> None:
    """Register the protocol and estimate what it asks for; needs nothing of the two years."""
    out.mkdir(parents=True, exist_ok=True)
    protocol = evaluation.read_protocol(PROTOCOL)
    registered = datetime.combine(protocol.written_on, time(12), tzinfo=UTC)
    if not registry.exists():
        evaluation.register(protocol, folder=registry, at=registered, by=protocol.evaluator.name)
    result = evaluation.evaluate(
        protocol,
        registry=registry,
        data={evaluation.Source.SURVEY: survey, evaluation.Source.REGISTER: register},
        at=datetime.combine(protocol.looks[-1].planned_on, time(12), tzinfo=UTC),
    )
    evaluation.save(result, out / "result.json")


def deliver(
    delivery: Path, tables: Mapping[str, list[dict[str, Any]]], study: str, source: str, made_at: datetime
) -> None:
    """Check and write what was published. Raises DeliveryRefused when the facts break the schema."""
    deliveries.write(delivery, tables, study=study, made_at=made_at, source=source)


def report(delivery: Path, out: Path, register: Path, made_at: datetime) -> None:
    """Protect the delivery's tables, write the report of them and the estimates, and file it as evidence."""
    tables = figures.statistics_of(deliveries.read(delivery))
    figures.save(tables, out / "statistics.json")
    result = evaluation.load(out / "result.json")
    tertial = _tertial(delivery, out, made_at)
    for language in reports.LANGUAGES:
        page = reports.render(result, tables, language=language, made_at=made_at)
        (out / f"report-{language}.html").write_text(page, encoding="utf-8")
        page = reports.render_tertial(tertial, language=language, made_at=made_at)
        (out / f"tertial-{language}.html").write_text(page, encoding="utf-8")
    record = reports.evidence_of(result, year=made_at.year)
    evidence.add(record, folder=register, by=KEEPER, at=made_at)


def _tertial(delivery: Path, out: Path, made_at: datetime) -> figures.TertialRecord:
    """The record of the last tertial that is over."""
    running = figures.Tertial.of(made_at.date())
    over = figures.Tertial.of(running.first - timedelta(days=1))
    found = figures.combine([deliveries.read(delivery)], period=over, counties=figures.counties())
    figures.save_tertial(found, out / "tertial.json")
    return found


def findings(out: Path) -> Findings:
    """What the written results say."""
    record = figures.load(out / "statistics.json")
    answer = evaluation.load(out / "result.json")
    shown = [cell for table in record.tables for row in table.cells for cell in row if cell is not None]
    return Findings(
        waiting_median=record.waiting.median,
        waiting_p90=record.waiting.p90,
        numbers=len(shown),
        small_numbers=sum(0 < cell < figures.THRESHOLD for cell in shown),
        effects=tuple(
            Estimated(effect.outcome, _among(effect), *effect.interval)
            for effect in answer.effects
            if effect.interval is not None
        ),
        sentences=tuple(_sentences(answer)),
    )


def _among(effect: evaluation.Effect) -> str:
    """The generator's word for whom an effect is about; empty for what was not planted."""
    if effect.outcome == "in_work_or_education" and effect.kind == "average":
        return "target_groups"
    if effect.kind == "average":
        return {"user": "users", "staff": "staff"}.get(effect.population, "")
    return "users_in_need" if effect.kind == "subgroup" and effect.population == "user" else ""


def _sentences(answer: evaluation.EvaluationResult) -> Iterator[str]:
    for effect in answer.effects:
        if effect.outcome == "satisfaction" and _among(effect):
            yield readings.reading(effect, answer.protocol, "en").sentence
