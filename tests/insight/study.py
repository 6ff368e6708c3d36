"""A made-up study: a protocol and its two extracts, drawn with a fixed seed."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import yaml

from samvirke.evaluation import Protocol, Source

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


def words(nb: str, en: str = "") -> dict[str, str]:
    """Words in both languages."""
    return {"nb": nb, "en": en or nb}


def outcome(name: str, source: str, **changes: Any) -> dict[str, Any]:
    """An outcome measure, with changes."""
    content = {
        "name": name,
        "label": words(name.replace("_", " ").capitalize()),
        "source": source,
        "unit": words("poeng", "points"),
        "better": "higher",
        "measured": words("To år etter start", "Two years after the start"),
        "minimum_n": 5,
    }
    return {**content, **changes}


def frame(**changes: Any) -> dict[str, Any]:
    """All that a protocol says besides outcomes and design."""
    content = {
        "format": "samvirke protocol 2",
        "id": "one-plan-2026",
        "title": words("Hjelper én plan?", "Does one plan help?"),
        "question": words(
            "Blir de som trenger samordnede tjenester mer fornøyde når hjelpen samles i én plan?",
            "Are people who need co-ordinated services more satisfied with one plan?",
        ),
        "commissioner": "Arbeids- og velferdsdirektoratet",
        "receiver": "Kommunestyrene i forsøkskommunene",
        "decision_to_inform": words(
            "Om forsøket skal videreføres, endres eller avsluttes i 2027.",
            "Whether the trial continues, changes or stops in 2027.",
        ),
        "programme_theory": words("Én plan gir svar ett sted.", "One plan gives answers in one place."),
        "legal_basis": {
            "provision": words(
                "Personvernforordningen artikkel 6 nr. 1 bokstav e",
                "General Data Protection Regulation, Article 6(1)(e)",
            ),
            "approvals": [{"by": "Personvernombudet", "reference": "2026/14", "given_on": "2026-01-10"}],
        },
        "evaluator": {
            "name": "Kari Nordmann",
            "organisation": "Analyseinstituttet",
            "independence": "external",
            "statement": words("Evaluator har ikke deltatt i forsøket.", "The evaluator took no part."),
        },
        "target_group": words(
            "Langtidsmottakere av sosialhjelp og ungdom under 25 år",
            "Long-term recipients of social assistance and youth under 25",
        ),
        "looks": [{"planned_on": "2026-02-01", "status": "final"}],
        "alpha": 0.05,
        "seed": 20260301,
        "written_on": "2026-01-15",
    }
    return {**content, **changes}


def protocol_content(**changes: Any) -> dict[str, Any]:
    """A protocol of a change from before that is complete, with changes."""
    content = {
        "goals": [
            {
                "goal": words("Hjelpen henger sammen", "The help holds together"),
                "outcomes": [
                    outcome(
                        "satisfaction",
                        "survey",
                        label=words("Fornøydhet med tjenestene", "Satisfaction with services"),
                    )
                ],
            },
            {
                "goal": words("Flere forsørger seg selv", "More people support themselves"),
                "outcomes": [
                    outcome(
                        "in_work_or_education",
                        "register",
                        label=words("I arbeid eller utdanning", "In work or education"),
                        unit=words("andel", "share"),
                    )
                ],
            },
        ],
        "sites": {"trial": list(TRIAL), "comparison": list(COMPARISON)},
        "estimand": "average_municipality",
        "design": {"kind": "change_from_before", "inference": "randomisation_over_municipalities"},
        "subgroups": [
            {
                "name": "needs_coordination",
                "label": words("Opplever behov for samordning", "Experience need for co-ordination"),
                "column": "experiences_need",
                "value": "yes",
            },
            {
                "name": "youth",
                "label": words("Ungdom", "Youth"),
                "column": "target_group",
                "value": "youth",
            },
        ],
        "sensitivity": ["leave_one_out", "other_estimand"],
    }
    return {**frame(), **content, **changes}


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


def extract_files(folder: Path, **changes: Any) -> dict[Source, Path]:
    """Both extracts in the folder, as `evaluate` takes them."""
    survey = write_csv(folder / "survey.csv", survey_rows(**changes), columns=SURVEY_COLUMNS)
    register = write_csv(folder / "register.csv", register_rows(), columns=REGISTER_COLUMNS)
    return {Source.SURVEY: survey, Source.REGISTER: register}
