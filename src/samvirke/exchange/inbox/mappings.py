"""Which column of a unit's own lists is what: proposed, checked, saved."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from samvirke.agencies import queries as agencies
from samvirke.exchange.inbox.fields import BadField
from samvirke.exchange.models import ColumnMapping
from samvirke.exchange.systems import follow_up
from samvirke.exchange.systems.follow_up.columns import Columns, DateFormat, check, propose
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.people import verbs as people_verbs


class WrongColumns(Exception):
    """The chosen columns cannot be read. `problems` say which, each with what to do."""

    def __init__(self, problems: list[BadField]) -> None:
        super().__init__(" ".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class NoColumns(Exception):
    """Nobody has said yet which column of the unit's lists is what."""

    def __init__(self, unit_name: str) -> None:
        super().__init__(
            f"Nobody in {unit_name} has chosen which column of its lists is what. "
            "Choose the columns once, then take the list in."
        )


def proposal(path: Path) -> Columns:
    """What the columns of a list seem to be. Raises BadField, and NothingToRead."""
    headings, first_rows = follow_up.headings(path)
    return propose(headings, first_rows)


@transaction.atomic
def save_columns(*, columns: Columns, headings: list[str], by: Viewer) -> None:
    """Save which column is what for the viewer's unit; the newest counts. Raises Refused, WrongColumns."""
    ask.require_role(by, people_verbs.WRITE_RECORDS)
    problems = check(columns, headings)
    if problems:
        raise WrongColumns(problems)
    unit_id = agencies.post(by.post_id).unit_id
    newest = ColumnMapping.objects.filter(unit_id=unit_id).aggregate(newest=Max("version"))["newest"]
    ColumnMapping.objects.create(
        id=uuid4(),
        unit_id=unit_id,
        columns=dict(columns.headings),
        date_format=columns.date_format,
        codes={field: dict(codes) for field, codes in (columns.codes or {}).items()},
        saved_by_id=by.post_id,
        saved_at=by.now,
        version=(newest or 0) + 1,
    )


def saved_columns(unit_id: UUID) -> Columns | None:
    """What a unit of the viewer has chosen, if anything."""
    found = ColumnMapping.objects.filter(unit_id=unit_id).order_by("-version").first()
    if found is None:
        return None
    return Columns(found.columns, DateFormat(found.date_format), found.codes)
