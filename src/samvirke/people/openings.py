"""What has been opened by law, for whoever may know: the person, those around, the unit, the post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from samvirke.agencies import queries as agencies
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind, Purpose, kinds_in
from samvirke.people import lawful, queries, verbs
from samvirke.people.law_types import MetRow, OpeningRow
from samvirke.people.models import ConditionMet, OpeningByLaw
from samvirke.statutes import policies
from samvirke.statutes import queries as statutes

TOLD_FOR = timedelta(days=90)  # after it has ended, on the list of the unit that opened it


def about(viewer: Viewer, person_id: UUID) -> list[OpeningRow]:
    """What has been opened about a person by law, newest first. Raises Refused."""
    ask.require(viewer, verbs.READ_OPENINGS, person_id)
    return _rows(viewer, OpeningByLaw.objects.filter(subject_id=person_id).order_by("-opened_at", "id"))


def running(viewer: Viewer, person_id: UUID) -> list[OpeningRow]:
    """What is open about a person by law now, newest first. Raises Refused."""
    return [row for row in about(viewer, person_id) if row.status == "running"]


def to_own_post(viewer: Viewer) -> list[OpeningRow]:
    """What runs to the viewer's post, the soonest to end first; each is logged as read."""
    found = OpeningByLaw.objects.filter(
        to_post_id=viewer.post_id, ended_at__isnull=True, until__gt=viewer.now
    )
    return _logged(viewer, found.order_by("until", "id"))


def by_own_unit(viewer: Viewer) -> list[OpeningRow]:
    """What the viewer's unit has opened and runs, or ended lately, newest first; each is logged as read."""
    found = OpeningByLaw.objects.filter(unit_id__in=viewer.holders)
    lately = Q(ended_at__isnull=True) | Q(ended_at__gt=viewer.now - TOLD_FOR)
    lately &= Q(until__gt=viewer.now - TOLD_FOR)
    return _logged(viewer, found.filter(lately).order_by("-opened_at", "id"))


def _logged(viewer: Viewer, found: Iterable[OpeningByLaw]) -> list[OpeningRow]:
    rows = _rows(viewer, found)
    seen = [row.person_id for row in rows if row.person_name]
    audit.note(viewer, verbs.READ_OPENINGS, subject_ids=seen, basis="statute")
    return rows


def _rows(viewer: Viewer, found: Iterable[OpeningByLaw]) -> list[OpeningRow]:
    openings = list(found)
    names = queries.persons({one.subject_id for one in openings})
    near = ask.near_hidden({one.subject_id for one in openings})
    posts = agencies.posts(post for one in openings for post in (one.to_post_id, one.opened_by_id))
    met = _met(openings)
    rows = []
    for one in openings:
        around = queries.known(one.subject_id, posts) if one.subject_id in near else posts
        label, citation = _law(one)
        state = lawful.status(one, viewer)
        rows.append(
            OpeningRow(
                opening_id=one.id,
                person_id=one.subject_id,
                person_name=names[one.subject_id].name if one.subject_id in names else "",
                to=around[one.to_post_id],
                opened_by=around[one.opened_by_id],
                kinds=tuple(kinds_in(DataKind(one.kinds))),
                purposes=tuple(purpose for purpose in Purpose if one.purposes & purpose),
                label=label,
                citation=citation,
                opened_at=one.opened_at,
                until=one.until,
                ended_at=one.ended_at,
                status=state,
                met=tuple(met.get(one.id, ())),
                may_end=state == "running" and one.unit_id in viewer.holders,
            )
        )
    return rows


def _law(opening: OpeningByLaw) -> tuple[str, str]:
    """The rule in plain words and as it is cited; its bare code where no pack knows it any more."""
    try:
        basis = statutes.disclosure_basis(opening.provision, on=opening.opened_at.date())
    except statutes.UnknownProvision:
        return opening.provision, ""
    return basis.label, policies.citation(basis)


def _met(openings: Sequence[OpeningByLaw]) -> dict[UUID, list[MetRow]]:
    found = ConditionMet.objects.filter(opening__in=[one.id for one in openings]).order_by("condition", "id")
    rows: defaultdict[UUID, list[MetRow]] = defaultdict(list)
    for one in found:
        rows[one.opening_id].append(MetRow(one.condition, one.words))
    return rows
