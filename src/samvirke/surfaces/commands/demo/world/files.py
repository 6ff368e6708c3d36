"""Writing the world to a folder: the agencies' files, the survey, the register extract and the truth."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from samvirke.surfaces.commands.demo.world.types import World

SURVEY_COLUMNS = (
    "respondent_key",
    "municipality",
    "wave",
    "group",
    "satisfaction",
    "experiences_need",
    "answered_on",
)
REGISTER_COLUMNS = (
    "person_key",
    "municipality",
    "period",
    "in_work_or_education",
    "observed_on",
    "target_group",
)
_NEED = {None: "", True: "yes", False: "no"}


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """Where everything lies."""

    social_service: dict[str, Path]  # municipality → envelopes, one a line
    nav: dict[str, Path]  # municipality → client list
    survey: Path
    register: Path
    municipalities: Path
    truth: Path


def write_files(world: World, folder: Path) -> WrittenFiles:
    """Write all files below the folder; the same world gives the same bytes."""
    for name in ("social_service", "nav", "insight"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    written = WrittenFiles(
        social_service={
            code: folder / "social_service" / f"{code}.jsonl" for code in world.social_service_files
        },
        nav={code: folder / "nav" / f"{code}.csv" for code in world.nav_files},
        survey=folder / "insight" / "survey.csv",
        register=folder / "insight" / "register.csv",
        municipalities=folder / "insight" / "municipalities.csv",
        truth=folder / "truth.json",
    )
    for code, path in written.social_service.items():
        path.write_bytes(_lines(world.social_service_files[code]).encode("utf-8"))
    for code, path in written.nav.items():
        path.write_bytes(_lines(world.nav_files[code], end="\r\n").encode("iso-8859-1"))
    _write_insight(world, written)
    written.truth.write_text(_truth(world), encoding="utf-8")
    return written


def _write_insight(world: World, written: WrittenFiles) -> None:
    answers = (
        (
            row.respondent_key,
            row.municipality,
            row.wave,
            row.group,
            f"{row.satisfaction:g}",
            _NEED[row.experiences_need],
            row.answered_on.isoformat(),
        )
        for row in world.survey
    )
    observations = (
        (
            row.person_key,
            row.municipality,
            row.period,
            str(int(row.in_work_or_education)),
            row.observed_on.isoformat(),
            row.target_group.value,
        )
        for row in world.register
    )
    places = ((place.code, place.name, "yes" if place.is_trial else "no") for place in world.municipalities)
    _write_csv(written.survey, SURVEY_COLUMNS, answers)
    _write_csv(written.register, REGISTER_COLUMNS, observations)
    _write_csv(written.municipalities, ("municipality", "name", "trial"), places)


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _truth(world: World) -> str:
    truth = {
        "seed": world.seed,
        "today": world.today.isoformat(),
        "delivered_on": world.delivered_on.isoformat(),
        "client_records": world.client_records,
        "persons": len(world.persons),
        "plans": sum(1 for story in world.stories if story.plan),
        "asked": len(world.stories),
        "effects": [asdict(effect) for effect in world.truth],
        "intended_refusals": [asdict(refusal) for refusal in world.intended_refusals],
    }
    return json.dumps(truth, ensure_ascii=False, indent=2) + "\n"


def _lines(lines: Iterable[str], *, end: str = "\n") -> str:
    return "".join(line + end for line in lines)
