"""How it has gone over time, view by view, and what each kind of agency needs of it.

Views are never averaged together, what was skipped is a gap, and versions of an instrument are not joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from samvirke.agencies.types import PostRow
from samvirke.assessments import policies, verbs
from samvirke.assessments.types import (
    AssessmentRow,
    Cover,
    CoverRow,
    InstrumentFile,
    ItemProgress,
    Point,
    Respondent,
    Series,
    kind_of,
)
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind

View = tuple[Respondent, UUID | None]


def of_items(instrument: InstrumentFile, rows: Sequence[AssessmentRow]) -> list[ItemProgress]:
    """Each item that was ever answered, with its views; what nobody may see is no gap, it is not there."""
    of_it = [row for row in policies.standing(rows) if row.instrument == instrument.code]
    found = []
    for item in instrument.items:
        series = tuple(_series(item.code, of_it))
        if series:
            found.append(ItemProgress(item, series))
    return found


def covered(
    viewer: Viewer,
    person_id: UUID,
    instrument: InstrumentFile,
    rows: Sequence[AssessmentRow],
    team: Iterable[PostRow],
) -> list[CoverRow]:
    """For each kind of agency in the team: the items it needs, and which it has. Raises Refused.

    It has an item where an answer is open to it and one of its posts in the team sees the item's kind.
    Items of kinds that the viewer may not see are left out.
    """
    opened = ask.require(viewer, verbs.READ, person_id)
    posts = list(team)
    there = sorted({post.agency_kind for post in posts})
    of_it = [row for row in policies.standing(rows) if row.instrument == instrument.code]
    items = {item.code: item for item in instrument.items if kind_of(item) & opened.reads}
    seeing = _who_sees(viewer, person_id, {kind_of(item) for item in items.values()})
    found = []
    for kind in there:
        needed = [items[code] for code in instrument.needed_by.get(kind, ()) if code in items]
        ours = [post for post in posts if post.agency_kind is kind]
        row = tuple((item, _cover(item.code, of_it, ours, seeing[kind_of(item)])) for item in needed)
        if row:
            found.append(CoverRow(kind, row))
    return found


def _series(item: str, rows: Sequence[AssessmentRow]) -> Iterable[Series]:
    views: dict[View, list[Point]] = {}
    for row in rows:
        of_worker = row.respondent is Respondent.WORKER
        view: View = (row.respondent, row.unit_id if of_worker else None)
        views.setdefault(view, []).append(Point(row.day, row.answers.get(item), row.version))
    for (respondent, unit_id), points in sorted(views.items(), key=lambda one: (one[0][0], str(one[0][1]))):
        if any(point.value is not None for point in points):
            yield Series(respondent, unit_id, tuple(points))


def _who_sees(viewer: Viewer, person_id: UUID, kinds: Iterable[DataKind]) -> dict[DataKind, set[UUID]]:
    return {
        kind: {
            holder
            for holder, one in ask.who_sees(viewer, verbs.SEE_AUDIENCE, person_id, kind).items()
            if one.sees
        }
        for kind in kinds
    }


def _cover(item: str, rows: Sequence[AssessmentRow], posts: Sequence[PostRow], sees: set[UUID]) -> Cover:
    answered = [row for row in rows if item in row.answers]
    has = any(
        post.post_id in sees and (row.sealed_to is None or row.sealed_to == post.unit_id)
        for row in answered
        for post in posts
    )
    if has:
        return Cover.HAS
    return Cover.CLOSED if answered else Cover.LACKS
