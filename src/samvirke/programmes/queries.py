"""Partnerships, rules, and an agency's own list of records with what screening said."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from django.db.models import OuterRef, Subquery
from pydantic import ValidationError

from samvirke.agencies import queries as agencies
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.people import verbs as people_verbs
from samvirke.people.models import ClientRecord
from samvirke.programmes.models import LocalPartnership, Screening
from samvirke.programmes.types import RecordRow, Rules

RULES = Path(__file__).parent / "rules"


class BadRules(Exception):
    """A rules file cannot be used."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"The rules in {path.name} cannot be used: {problem}. Correct the file and try again.")


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
    newest = Screening.objects.filter(record=OuterRef("pk")).order_by("-screened_at")
    found = list(
        ask.visible(viewer, people_verbs.READ_RECORDS, ClientRecord.objects.all(), subject="id")
        .annotate(newest_screening=Subquery(newest.values("id")[:1]))
        .order_by("family_name", "given_name", "external_id")
    )
    audit.note(
        viewer, people_verbs.READ_RECORDS, subject_ids=[record.pk for record in found], basis="own_record"
    )
    screenings = Screening.objects.in_bulk([record.__dict__["newest_screening"] for record in found])
    names = agencies.municipality_names()
    rows = [_row(record, screenings.get(record.__dict__["newest_screening"]), names) for record in found]
    return sorted(rows, key=lambda row: (row.outcome != "admitted", row.outcome != "unknown"))


def _row(record: ClientRecord, screening: Screening | None, names: dict[str, str]) -> RecordRow:
    return RecordRow(
        record_id=record.pk,
        external_id=record.external_id,
        name=f"{record.given_name} {record.family_name}".strip(),
        birth_date=record.birth_date,
        municipality=names[record.municipality_id],
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
