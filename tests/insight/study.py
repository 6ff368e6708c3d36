"""A made-up study: a protocol and its two extracts, drawn with a fixed seed."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import yaml

from samvirke.evaluation import Protocol

TRIAL = ("0101", "0102", "0103")
COMPARISON = tuple(f"{number:04}" for number in range(201, 222))
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


def protocol_content(**changes: Any) -> dict[str, Any]:
    """A protocol that is complete, with changes."""
    content = {
        "id": "one-plan-2026",
        "title": {"nb": "Hjelper én plan?", "en": "Does one plan help?"},
        "question": {
            "nb": "Blir de som trenger samordnede tjenester mer fornøyde når hjelpen samles i én plan?",
            "en": "Are people who need co-ordinated services more satisfied with one plan?",
        },
        "commissioner": "Arbeids- og velferdsdirektoratet",
        "receiver": "Kommunestyrene i forsøkskommunene",
        "decision_to_inform": {
            "nb": "Om forsøket skal videreføres, endres eller avsluttes i 2027.",
            "en": "Whether the trial continues, changes or stops in 2027.",
        },
        "legal_basis": {
            "provision": {
                "nb": "Personvernforordningen artikkel 6 nr. 1 bokstav e",
                "en": "General Data Protection Regulation, Article 6(1)(e)",
            },
            "approvals": [{"by": "Personvernombudet", "reference": "2026/14"}],
        },
        "evaluator": {
            "name": "Analyseinstituttet",
            "independent": True,
            "statement": {
                "nb": "Evaluator har ikke deltatt i forsøket.",
                "en": "The evaluator took no part in the trial.",
            },
        },
        "target_group": {
            "nb": "Langtidsmottakere av sosialhjelp og ungdom under 25 år",
            "en": "Long-term recipients of social assistance and youth under 25",
        },
        "sites": {"trial": list(TRIAL), "comparison": list(COMPARISON)},
        "outcomes": [
            {
                "name": "satisfaction",
                "label": {"nb": "Fornøydhet med tjenestene", "en": "Satisfaction with services"},
                "source": "survey",
                "unit": {"nb": "poeng", "en": "points"},
                "higher_is_better": True,
            },
            {
                "name": "in_work_or_education",
                "label": {"nb": "I arbeid eller utdanning", "en": "In work or education"},
                "source": "register",
                "unit": {"nb": "andel", "en": "share"},
                "higher_is_better": True,
            },
        ],
        "subgroups": [
            {
                "name": "needs_coordination",
                "label": {"nb": "Opplever behov for samordning", "en": "Experience need for co-ordination"},
                "column": "experiences_need",
                "value": "yes",
            },
            {
                "name": "youth",
                "label": {"nb": "Ungdom", "en": "Youth"},
                "column": "target_group",
                "value": "youth",
            },
        ],
        "design": "change_from_before",
        "inference": "randomisation_over_municipalities",
        "alpha": 0.05,
        "seed": 20260301,
        "written_on": "2026-01-15",
    }
    return {**content, **changes}


def protocol(**changes: Any) -> Protocol:
    """The protocol, read from its content."""
    return Protocol.model_validate(protocol_content(**changes))


def protocol_file(path: Path, **changes: Any) -> Path:
    """The protocol as a YAML file."""
    path.write_text(yaml.safe_dump(protocol_content(**changes), allow_unicode=True), encoding="utf-8")
    return path


def survey_rows(*, seed: int = 1, effect: float = 1.5, per_site: int = 40) -> list[dict[str, Any]]:
    """Answers before and after; users with a need gain `effect` points in trial municipalities."""
    draw = Random(seed)
    return [
        row
        for site in (*TRIAL, *COMPARISON)
        for row in _site_answers(site, draw, effect=effect if site in TRIAL else 0.0, per_site=per_site)
    ]


def _site_answers(site: str, draw: Random, *, effect: float, per_site: int) -> Iterable[dict[str, Any]]:
    level, drift = draw.gauss(5.5, 0.6), draw.gauss(0.1, 0.25)
    for number in range(per_site):
        group = "staff" if number % 4 == 0 else "user"
        need = "" if group == "staff" else draw.choice(["yes", "no"])
        gain = {"yes": effect, "no": -0.1 * effect, "": 1.3 * effect}[need]
        for wave, added in (("before", 0.0), ("after", drift + gain)):
            score = min(10.0, max(0.0, level + added + draw.gauss(0, 1.6)))
            yield {
                "respondent_key": f"{site}-{number}",
                "municipality": site,
                "wave": wave,
                "group": group,
                "satisfaction": round(score),
                "experiences_need": need,
                "answered_on": "2025-03-01" if wave == "before" else "2026-03-01",
            }


def register_rows(*, seed: int = 2, effect: float = 0.05, per_site: int = 60) -> list[dict[str, Any]]:
    """Persons before and after; trial municipalities gain `effect` in the share in work or education."""
    draw = Random(seed)
    groups = ("long_term_recipient", "youth")
    return [
        {
            "person_key": f"{site}-{number}",
            "municipality": site,
            "period": period,
            "in_work_or_education": int(
                draw.random()
                < 0.2 + 0.04 * (period == "after") + effect * (period == "after" and site in TRIAL)
            ),
            "observed_on": "2025-01-31" if period == "before" else "2026-01-31",
            "target_group": groups[number % 2],
        }
        for site in (*TRIAL, *COMPARISON)
        for number in range(per_site)
        for period in ("before", "after")
    ]


def write_csv(path: Path, rows: Iterable[dict[str, Any]], *, columns: Iterable[str]) -> Path:
    """The rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(columns))
        writer.writeheader()
        writer.writerows(rows)
    return path


def extract_files(folder: Path, **changes: Any) -> dict[str, Path]:
    """Both extracts in the folder."""
    survey = write_csv(folder / "survey.csv", survey_rows(**changes), columns=SURVEY_COLUMNS)
    register = write_csv(folder / "register.csv", register_rows(), columns=REGISTER_COLUMNS)
    return {"survey": survey, "register": register}
