"""Partnerships, rules, and an agency's own list of records with what screening said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from uuid import UUID

import yaml
from django.db.models import QuerySet
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
from samvirke.programmes.types import Outcome, RecordPage, RecordRow, Rules

RULES = Path(__file__).parent / "rules"
PAGE = 25
OUTCOMES = (
    Outcome.ADMITTED,
    Outcome.UNKNOWN,
    Outcome.REFUSED,
    "",
)  # in the order of the page; empty: not screened


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


def municipalities(partnership_id: UUID) -> list[str]:
    """The codes of a partnership's municipalities."""
    found = LocalPartnership.municipalities.through.objects.filter(localpartnership_id=partnership_id)
    return list(found.order_by("municipality_id").values_list("municipality_id", flat=True))


def records(viewer: Viewer, *, outcome: str | None = None, page: int = 1) -> RecordPage:
    """One page of the viewer's own agency's records with one outcome, each with its screening in words.

    outcome: a code, empty for not screened; None: the first of admitted, unknown, refused, not screened
    that there is. Only the records of the page are read, and logged as read.
    """
    order = people.own_record_order(viewer)
    found = _newest(viewer, Screening.objects.all())
    outcomes = {record_id: found.get(record_id, "") for record_id in order}
    counted = Counter(outcomes.values())
    counts = tuple((code, counted[code]) for code in OUTCOMES if counted[code])
    chosen = outcome if outcome is not None else (counts[0][0] if counts else "")
    of_outcome = [record_id for record_id in order if outcomes[record_id] == chosen]
    first = (page - 1) * PAGE
    return RecordPage(
        rows=_rows(viewer, of_outcome[first : first + PAGE]),
        outcome=chosen,
        counts=counts,
        page=page,
        pages=max(1, -(-len(of_outcome) // PAGE)),
    )


def record(viewer: Viewer, record_id: UUID) -> RecordRow | None:
    """One of the own agency's records with its screening, or None where it is not the viewer's to see."""
    return next(iter(_rows(viewer, [record_id])), None)


def partnership_in(municipality: str) -> UUID | None:
    """The local partnership a municipality takes part in."""
    found = LocalPartnership.objects.filter(municipalities=municipality).values_list("id", flat=True)
    return found.first()


def partnership_of(municipality: str) -> UUID | None:
    """The partnership of a municipality; the first by name for a unit that serves all of one."""
    found = LocalPartnership.objects.order_by("name", "id").values_list("id", flat=True)
    return (found.filter(municipalities=municipality) if municipality else found).first()


def _newest(viewer: Viewer, screenings: QuerySet[Screening]) -> dict[UUID, str]:
    """The outcome of each record's newest screening."""
    found = ask.visible(viewer, verbs.READ_SCREENING, screenings, subject="record")
    newest = found.order_by("record_id", "-screened_at").distinct("record_id")
    return dict(newest.values_list("record_id", "outcome"))


def _rows(viewer: Viewer, record_ids: Sequence[UUID]) -> tuple[RecordRow, ...]:
    own = people.own_records(viewer, record_ids)
    screened = Screening.objects.filter(record__in=record_ids)
    newest = {
        screening.record_id: screening
        for screening in ask.visible(viewer, verbs.READ_SCREENING, screened, subject="record")
        .order_by("record_id", "-screened_at")
        .distinct("record_id")
    }
    shown = verbs.READ_SCREENING.kind
    audit.note(viewer, READ_RECORDS, subject_ids=newest, basis="own_record", kinds=shown)  # on the same lines
    names = agencies.municipality_names()
    return tuple(_row(record, newest.get(record.record_id), names) for record in own)


def _row(record: OwnRecord, screening: Screening | None, names: dict[str, str]) -> RecordRow:
    return RecordRow(
        record_id=record.record_id,
        external_id=record.external_id,
        name=record.name,
        birth_date=record.birth_date,
        municipality=names.get(record.municipality, ""),
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
