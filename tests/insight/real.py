"""Published data as the files an evaluation reads: the NSW job training, the CPS, and minimum wages."""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import causaldata
import pandas as pd
import pytest

from insight import study
from samvirke import evaluation
from samvirke.evaluation import EvaluationResult, Protocol, Source

AT = datetime(2026, 2, 1, tzinfo=UTC)
KNOWN = ("age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75")  # of Dehejia and Wahba (1999)
DATA = Path(causaldata.__file__).parent


def nsw() -> pd.DataFrame:
    """The men of the experiment whom Dehejia and Wahba kept: 185 drawn to job training, 260 not."""
    return _persons("nsw_mixtape").assign(arm=lambda rows: rows["treat"].map({1: "trial", 0: "comparison"}))


def trained_and_cps() -> pd.DataFrame:
    """The 185 trained men beside 15 992 of the Current Population Survey, who were never drawn."""
    trained = nsw().query("arm == 'trial'")
    others = _persons("cps_mixtape").assign(arm="comparison")
    return pd.concat([trained, others], ignore_index=True)


def _persons(name: str) -> pd.DataFrame:
    rows = pd.read_stata(DATA / name / f"{name}.dta")
    numbers = rows.drop(columns="data_id").astype(float)
    return numbers.assign(
        person_key=[f"{name}-{number:05}" for number in range(len(rows))],
        out_of_work74=(numbers["re74"] == 0).astype(float),
        out_of_work75=(numbers["re75"] == 0).astype(float),
    )


def persons_protocol(kind: str, *, covariates: Iterable[str] = KNOWN, **changes: Any) -> Protocol:
    """Earnings in 1978, in dollars, by a design on persons."""
    content: dict[str, Any] = {
        "goals": [{"goal": study.words("Higher earnings"), "outcomes": [study.outcome("re78", "persons")]}],
        "design": {
            "kind": kind,
            "trial": study.words("Men drawn to job training"),
            "comparison": study.words("Men without it"),
        },
        "estimand": "average_person",
        "covariates": list(covariates),
        "sensitivity": {
            "experiment": ["adjusted", "equal_variances"],
            "weighting": ["adjusted", "matched", "trimmed"],
        }[kind],
    }
    return Protocol.model_validate({**study.frame(), **content, **changes})


def persons_file(path: Path, rows: pd.DataFrame, protocol: Protocol) -> Path:
    """The columns that the protocol names."""
    groups = [one.column for one in protocol.subgroups if one.column not in protocol.covariates]
    measured = [one.name for one in protocol.outcomes]
    rows[["person_key", "arm", *groups, *protocol.covariates, *measured]].to_csv(path, index=False)
    return path


def minimum_wages() -> list[dict[str, str]]:
    """500 counties in five years; the test is skipped where the file is not there."""
    shared = os.environ.get("SAMVIRKE_SHARED")
    root = Path(shared) if shared else Path(__file__).parents[3] / "shared"
    path = root / "data" / "mpdta.csv"
    if not path.is_file():
        pytest.skip(f"the published panel is not at {path}; set SAMVIRKE_SHARED to its root")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def panel_rows(published: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The published rows in the words of a panel file; population is a log of thousands."""
    return [
        {
            "municipality": row["countyreal"],
            "period": row["year"],
            "persons": max(5, round(1000 * math.exp(float(row["lpop"])))),
            "lpop": row["lpop"],
            "lemp": row["lemp"],
        }
        for row in published
    ]


def starts_of(published: list[dict[str, str]]) -> dict[int, list[str]]:
    """The counties by the first year of a higher minimum wage; 0 for never."""
    found: dict[int, set[str]] = {}
    for row in published:
        found.setdefault(int(float(row["first.treat"])), set()).add(row["countyreal"])
    return {year: sorted(counties) for year, counties in found.items()}


def panel_protocol(starts: dict[int, list[str]], **changes: Any) -> Protocol:
    """Log employment of the young, by groups of counties that began together."""
    began = {year: sites for year, sites in sorted(starts.items()) if year}
    content: dict[str, Any] = {
        "goals": [{"goal": study.words("Jobs for the young"), "outcomes": [study.outcome("lemp", "panel")]}],
        "sites": {"trial": [one for sites in began.values() for one in sites], "comparison": starts[0]},
        "design": {
            "kind": "difference_in_differences",
            "starts": [{"period": year, "sites": sites} for year, sites in began.items()],
        },
        "estimand": "average_municipality",
    }
    return Protocol.model_validate({**study.frame(), **content, **changes})


def panel_file(path: Path, rows: list[dict[str, Any]], protocol: Protocol) -> Path:
    """The columns that the protocol names."""
    measured = [one.name for one in protocol.outcomes]
    columns = ["municipality", "period", "persons", *protocol.covariates, *measured]
    return study.write_csv(path, ({name: row[name] for name in columns} for row in rows), columns=columns)


def answered(protocol: Protocol, file: Path, *, registry: Path) -> EvaluationResult:
    """Registered, and answered from its one file."""
    (source,) = {one.source for one in protocol.outcomes}
    evaluation.register(protocol, folder=registry, at=AT, by="Kari")
    return evaluation.evaluate(protocol, registry=registry, data={Source(source): file}, at=AT)
