"""The insight tower's part of the demonstration: delivery, tables, registered protocol, effect, report."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

from samvirke import delivery as deliveries
from samvirke import evaluation
from samvirke import report as reports
from samvirke import statistics as figures
from samvirke.surfaces.commands.deliver import write_delivery
from samvirke.surfaces.commands.demo.player import at_nine
from samvirke.surfaces.commands.demo.world import WrittenFiles

PROTOCOL = Path(__file__).parent / "protocol.yaml"
STUDY = "samlet-innsats-2026"
SOURCE = "Samvirke, Fjordregionen (eksempeldata)"


def run(folder: Path, files: WrittenFiles, out: Path, today: date) -> None:
    """Deliver, protect, register, estimate, write; everything lands in `out`."""
    out.mkdir(parents=True, exist_ok=True)
    made_at = at_nine(today)
    write_delivery(folder / "delivery", study=STUDY, source=SOURCE, made_at=made_at)
    record = figures.statistics_of(deliveries.read(folder / "delivery"))
    figures.save(record, out / "statistics.json")
    protocol = evaluation.read_protocol(PROTOCOL)
    registered = datetime.combine(protocol.written_on, time(12), tzinfo=UTC)
    registry = folder / "registry"
    if not registry.exists():
        evaluation.register(protocol, folder=registry, at=registered)
    result = evaluation.evaluate(protocol, registry=registry, survey=files.survey, register=files.register)
    evaluation.save(result, out / "result.json")
    for language in reports.LANGUAGES:
        page = reports.render(result, record, language=language, made_at=made_at)
        (out / f"report-{language}.html").write_text(page, encoding="utf-8")
