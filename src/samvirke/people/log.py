"""Who has read or written what about a person, and why, as the person reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from samvirke.agencies import naming
from samvirke.agencies.types import PostRow
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.access import Basis, Refusal
from samvirke.gate.reading import ids
from samvirke.gate.types import AccessLine, Refused, Verb, Viewer
from samvirke.kernel.gate_words import DataKind, Purpose, kinds_in, mask_of
from samvirke.people import queries, secrets, verbs
from samvirke.people.exception_types import Seen, Visit
from samvirke.people.models import FamilyMember, Person
from samvirke.people.types import SeenRow

LINES_AT_ONCE = 200
ADDRESSED = """
SELECT id FROM people_referral WHERE subject_id = ANY (%(about)s)
UNION ALL SELECT id FROM people_identitylink WHERE subject_id = ANY (%(about)s)
UNION ALL SELECT record_id FROM people_identitylink WHERE subject_id = ANY (%(about)s) AND unlinked_at IS NULL
UNION ALL SELECT id FROM gate_consent WHERE subject_id = ANY (%(about)s)
UNION ALL SELECT id FROM gate_lift WHERE subject_id = ANY (%(about)s)
UNION ALL SELECT id FROM people_guardianship WHERE subject_id = ANY (%(about)s)
UNION ALL SELECT id FROM people_openingbylaw WHERE subject_id = ANY (%(about)s)
"""


class NoSuchVisit(Exception):
    """The log tells of no such visit, or not who it was."""

    def __init__(self) -> None:
        super().__init__("The log tells no more of this visit. Read the list again.")


def addressed(viewer: Viewer) -> list[UUID]:
    """The citizen's own person, the families they are in, and ids that an address may name about them."""
    person_id = queries.myself(viewer)
    by_number = secrets.asked_by(_number_hash(person_id))
    return [person_id, by_number, *_circles(person_id), *ids(ADDRESSED, [person_id])]


def who_has_seen(viewer: Viewer, asked: Iterable[UUID] = (), before: datetime | None = None) -> Seen:
    """Who has read or written what about the person, and why: one row a visit, the newest before then first.

    asked: ids that an address may name about the person; those who asked for them in vain are told too. The
    person's own visits are left out.
    """
    person_id = queries.myself(viewer)
    ask.require(viewer, verbs.READ_ACCESS_LOG, person_id)
    return _told(viewer, verbs.READ_ACCESS_LOG, person_id, [[person_id], asked], before, basis=Basis.SELF)


def who_has_seen_child(viewer: Viewer, child_id: UUID, before: datetime | None = None) -> Seen:
    """What a guardian is told of a child's log: who looked on the guardian's own yes, and at nothing else.

    Raises Refused, also for anybody who is no guardian of the child now.
    """
    _require_guardian(viewer, child_id)
    return _told(viewer, verbs.READ_CHILDS_LOG, child_id, [[child_id]], before, basis=Basis.GUARDIAN)


def visit(viewer: Viewer, visit_id: UUID, asked: Iterable[UUID] = ()) -> Visit:
    """One visit of the person's own log. Raises Refused, NoSuchVisit."""
    person_id = queries.myself(viewer)
    ask.require(viewer, verbs.READ_ACCESS_LOG, person_id)
    return _found(viewer, person_id, [person_id, *asked], visit_id)


def visit_of_child(viewer: Viewer, child_id: UUID, visit_id: UUID) -> Visit:
    """One visit that a guardian is told of. Raises Refused, NoSuchVisit."""
    _require_guardian(viewer, child_id)
    return _found(viewer, child_id, [child_id], visit_id)


def my_children(viewer: Viewer) -> dict[UUID, str]:
    """Names of those whose guardian the citizen is; each is logged as read."""
    return _names(viewer, ask.children(viewer))


def my_child(viewer: Viewer, child_id: UUID) -> str | None:
    """The name of one of them, which is logged as read; None for anybody else."""
    return _names(viewer, {child_id}.intersection(ask.children(viewer))).get(child_id)


def _names(viewer: Viewer, children: Iterable[UUID]) -> dict[UUID, str]:
    found = queries.persons(set(children)) if viewer.is_citizen else {}
    audit.note(viewer, verbs.READ_GUARDIANS, subject_ids=found, basis=Basis.GUARDIAN)
    return {child_id: person.name for child_id, person in found.items()}


def _require_guardian(viewer: Viewer, child_id: UUID) -> None:
    ask.require(viewer, verbs.READ_CHILDS_LOG, child_id)
    if not viewer.is_citizen or child_id not in ask.children(viewer):
        raise Refused(verbs.READ_CHILDS_LOG, Refusal.NO_BASIS)


def _found(viewer: Viewer, person_id: UUID, about: Iterable[UUID], visit_id: UUID) -> Visit:
    lines = [line for line in ask.visit(about, visit_id) if line.post_id != viewer.post_id]
    rows = _rows(person_id, [lines]) if lines else []
    if not rows or rows[0].visit_id is None:
        raise NoSuchVisit
    own = next((line for line in lines if line.subject_id == person_id), lines[0])
    return Visit(visit_id, person_id, own.subject_id, own.post_id, rows[0])


def _told(
    viewer: Viewer,
    verb: Verb,
    person_id: UUID,
    about: Iterable[Iterable[UUID]],
    before: datetime | None,
    *,
    basis: str,
) -> Seen:
    lines, earlier = _piece(viewer, about, before)
    audit.note(viewer, verb, subject_ids=[person_id], basis=basis, dated=[line.at.date() for line in lines])
    visits: dict[UUID, list[AccessLine]] = {}
    for line in sorted(lines, key=lambda line: line.at, reverse=True):
        visits.setdefault(line.request_id, []).append(line)
    return Seen(_rows(person_id, visits.values()), earlier)


def _piece(
    viewer: Viewer, about: Iterable[Iterable[UUID]], before: datetime | None
) -> tuple[list[AccessLine], datetime | None]:
    """The newest lines, no visit parted, and the moment before which there may be more."""
    found = [ask.access_log(viewer, ids, newest=LINES_AT_ONCE, before=before) for ids in about]
    earlier = max((lines[-1].at for lines in found if len(lines) >= LINES_AT_ONCE), default=None)
    return [line for lines in found for line in lines if earlier is None or line.at >= earlier], earlier


def _rows(person_id: UUID, visits: Collection[Sequence[AccessLine]]) -> tuple[SeenRow, ...]:
    posts = queries.posts_around(person_id, (lines[0].post_id for lines in visits))
    of_family = queries.without(posts, _hidden_in_families(person_id, posts))
    shown, shown_of_family = naming.shown(posts), naming.shown(of_family)
    return tuple(_visit(lines, shown.get(lines[0].post_id), shown_of_family) for lines in visits)


def _circles(person_id: UUID) -> list[UUID]:
    found = FamilyMember.objects.filter(person_id=person_id)
    return list(found.values_list("subject_id", flat=True))


def _number_hash(person_id: UUID) -> bytes:
    return bytes(Person.objects.values_list("national_id_hash", flat=True).get(pk=person_id))


def _hidden_in_families(person_id: UUID, post_ids: Iterable[UUID]) -> set[UUID]:
    """Posts that are not told to have read a plan of the person's family, since others are hidden in it."""
    return {post_id for circle in _circles(person_id) for post_id in ask.hidden_posts(circle, post_ids)}


def _visit(lines: Sequence[AccessLine], post: PostRow | None, of_family: Mapping[UUID, PostRow]) -> SeenRow:
    """Everything one request did, as one row."""
    done = dict.fromkeys(code for line in lines for code in line.verb.split())
    if verbs.READ_FAMILY.code in done or any(line.outcome == audit.NOT_SHOWN for line in lines):
        post = of_family.get(lines[0].post_id)
    not_done = [line for line in lines if line.outcome == audit.NOT_DONE]
    shown = [line for line in lines if line.outcome == audit.ALLOWED] + [one for one in not_done if one.basis]
    stopped = [line for line in lines if line.outcome not in {audit.ALLOWED, audit.NOT_DONE}]
    kinds = mask_of(DataKind(line.kinds) for line in shown)
    # A line of the first format has what was refused where others have what was shown.
    refused = mask_of(DataKind(line.refused_kinds) for line in lines)
    refused |= mask_of(DataKind(line.kinds) for line in stopped)
    first = lines[0]
    return SeenRow(
        at=first.at,
        who=post.title if post else "",
        unit_name=post.unit_name if post else "",
        agency_name=post.agency_name if post else "",
        purpose=Purpose(first.purpose),
        kinds=tuple(kinds_in(kinds)),
        verbs=tuple(sorted(done)),
        basis=next((line.basis for line in lines if line.basis), ""),
        allowed=bool(shown),
        agency_kind=post.agency_kind if post else "",
        refused_kinds=tuple(kinds_in(refused & ~kinds)),
        visit_id=first.request_id if post and post.unit_name else None,
        reaches_back_to=min((line.reaches_back_to for line in lines if line.reaches_back_to), default=None),
        not_done=bool(not_done),
    )
