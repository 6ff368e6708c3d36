"""Partnerships, rules, and an agency's own list of records with what screening said."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from samvirke.agencies import queries as agencies
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.people import queries as people
from samvirke.people.types import OwnRecord
from samvirke.people.verbs import READ_RECORDS
from samvirke.programmes import verbs
from samvirke.programmes.models import LocalPartnership, Screening
from samvirke.programmes.types import RecordRow, Rules

RULES = Path(__file__).parent / "rules"


class BadRules(Exception):
    """A rules file cannot be used."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            f"The rules in {path.name} cannot be used: {problem}. Correct the file and try again."
        )


@cache
def rules(code: str, *, folder: Path = RULES) -> Rules:
    """The target-group rules of this code. Raises BadRules."""
    path = folder / f"{code}.yaml"
    try:
        return Rules.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as problem:
        raise BadRules(path, str(problem)) from problem


def partnership_of(municipality: str) -> LocalPartnership:
    """The local partnership a municipality takes part in. Raises LocalPartnership.DoesNotExist."""
    return LocalPartnership.objects.get(municipalities__code=municipality)


def records(viewer: Viewer) -> list[RecordRow]:
    """The viewer's own agency's records, admitted ones first, each with its screening in words."""
    own = people.own_records(viewer)
    screened = Screening.objects.filter(record__in=[record.record_id for record in own])
    newest = {
        screening.record_id: screening
        for screening in ask.visible(viewer, verbs.READ_SCREENING, screened, subject="record")
        .order_by("record_id", "-screened_at")
        .distinct("record_id")
    }
    shown = verbs.READ_SCREENING.kind
    audit.note(viewer, READ_RECORDS, subject_ids=newest, basis="own_record", kinds=shown)  # on the same lines
    names = agencies.municipality_names()
    rows = [_row(record, newest.get(record.record_id), names) for record in own]
    return sorted(rows, key=lambda row: (row.outcome != "admitted", row.outcome != "unknown"))


def _row(record: OwnRecord, screening: Screening | None, names: dict[str, str]) -> RecordRow:
    return RecordRow(
        record_id=record.record_id,
        external_id=record.external_id,
        name=record.name,
        birth_date=record.birth_date,
        municipality=names[record.municipality],
        outcome=screening.outcome if screening else "",
        criteria=_sentences(screening),
        target_group=screening.target_group if screening else "",
        scope=screening.scope if screening else "",
    )


def _sentences(screening: Screening | None) -> tuple[str, ...]:
    if screening is None:
        return ()
    known = {criterion.code: criterion.sentence for criterion in rules(screening.rules).criteria}
    return tuple(known[code] for code in screening.deciding_criteria)
