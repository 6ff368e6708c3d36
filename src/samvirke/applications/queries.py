"""What pages read of rights and applications. Each answer holds only what its viewer may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow, UnitRow
from samvirke.applications import policies, verbs
from samvirke.applications.models import Application, ApplicationStep
from samvirke.applications.types import ApplicationRow, ReceiverRow, RightRow, StepRow
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.access import ACCESS, CASEWORK, Role
from samvirke.gate.reading import ids, stored
from samvirke.gate.types import ConsentRecord, Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import queries as people
from samvirke.plan import queries as plan
from samvirke.programmes import queries as programmes
from samvirke.statutes import policies as law
from samvirke.statutes import queries as statutes
from samvirke.statutes.types import Right

ABOUT = """
SELECT id, subject_id, kind, "right", title, to_unit_id, with_post_id, sent_on, answer_due_on, status,
  status_step, enquiry_id
FROM applications_application WHERE subject_id = %s AND kind = ANY (%s)
"""
STEPS = """
SELECT application_id, number, status, taken_on, by_id, text, appeal_by, minutes_used
FROM applications_applicationstep WHERE application_id = ANY (%s) ORDER BY number
"""
KINDS = (DataKind.PLAN, DataKind.SOCIAL)
ANSWERED = frozenset({"granted", "refused", "withdrawn"})
ADDRESSED = """
SELECT id FROM applications_application WHERE subject_id = ANY (%(about)s)
UNION ALL SELECT id FROM applications_enquiry WHERE subject_id = ANY (%(about)s)
"""


def my_rights(viewer: Viewer) -> list[RightRow]:
    """What may be relevant for the citizen, by age and country; never a promise. Raises Refused."""
    person_id = people.myself(viewer)
    ask.require(viewer, verbs.SEE_RIGHTS, person_id)
    today = viewer.now.date()
    person = people.persons({person_id})[person_id]
    country, born = programmes.country_of(person.partnership_id), person.birth_date
    kinds = plan.open_kinds(person_id)
    newest = dict(
        Application.objects.filter(subject_id=person_id).order_by("sent_on").values_list("right", "id")
    )
    return [
        _right_row(right, kinds, newest.get(right.code))
        for right in statutes.rights(country)
        if right.holds_on(today) and right.fits_age(_age(born, today))
    ]


def rights_here(viewer: Viewer) -> tuple[Right, ...]:
    """Every right that the law of the citizen's country knows. Raises Refused."""
    person_id = people.myself(viewer)
    ask.require(viewer, verbs.SEE_RIGHTS, person_id)
    return statutes.rights(programmes.country_of(people.persons({person_id})[person_id].partnership_id))


def my_applications(viewer: Viewer) -> list[ApplicationRow]:
    """The citizen's own applications, newest first. Raises Refused."""
    person_id = people.myself(viewer)
    for kind in KINDS:
        ask.require(viewer, verbs.read(kind), person_id)
    found = list(Application.objects.filter(subject_id=person_id))
    return _rows(viewer, found, _near(found))


def about(viewer: Viewer, person_id: UUID) -> list[ApplicationRow]:
    """A person's applications as far as the viewer may see them, newest first; logged where any is shown."""
    kinds = ask.kinds_allowed(viewer, map(verbs.read, KINDS), person_id)
    found = stored(ABOUT, [person_id, [int(kind) for kind in kinds]], Application) if kinds else []
    near = _near(found)
    seen = _telling_no_place(viewer, found, near)
    for one in seen:
        _note(viewer, DataKind(one.kind), [one])
    return _rows(viewer, seen, near)


def to_own_unit(viewer: Viewer) -> list[ApplicationRow]:
    """Applications sent to the viewer's unit about persons the viewer may see, longest waiting first."""
    found = _visible_rows(viewer, to_unit_id__in=viewer.holders)
    return sorted(found, key=lambda row: row.sent_on)


def application(viewer: Viewer, application_id: UUID) -> ApplicationRow:
    """One application with its whole way. Raises Refused, Application.DoesNotExist."""
    found = Application.objects.get(pk=application_id)
    ask.require(viewer, verbs.read(DataKind(found.kind)), found.subject_id)
    near = _near([found])
    if not _telling_no_place(viewer, [found], near):
        raise Application.DoesNotExist
    return _rows(viewer, [found], near)[0]


def receivers(viewer: Viewer, person_id: UUID) -> list[ReceiverRow]:
    """The units the person's consents let receive an application. Raises Refused."""
    ask.require(viewer, verbs.APPLY, person_id)
    consents = _in_force(viewer, person_id)
    units = agencies.units(unit for consent in consents for unit in _named(consent))
    rows = [
        ReceiverRow(unit.unit_id, unit.name, unit.agency_name, unit.agency_kind)
        for unit in units.values()
        if _opening(consents, unit.unit_id, policies.kind_for(unit.agency_kind)) is not None
    ]
    return sorted(rows, key=lambda row: row.name)


def consent_for(viewer: Viewer, person_id: UUID, unit_id: UUID, kind: DataKind) -> UUID:
    """The consent on which the unit receives an application. Raises NobodyCanReceive."""
    found = _opening(_in_force(viewer, person_id), unit_id, kind)
    if found is None:
        raise policies.NobodyCanReceive
    return found.id


def receiver(viewer: Viewer, person_id: UUID, unit_id: UUID, kind: DataKind) -> UUID:
    """The post that gets the application: who knows the person, else the leader, else the first that may.

    Raises NobodyCanReceive where no post of the unit may answer such an application.
    """
    able = [post for post in agencies.posts_of(unit_id) if _may_answer(post.role, kind)]
    if not able:
        raise policies.NobodyCanReceive
    seen_by = ask.who_sees(viewer, verbs.SEE_RECEIVERS, person_id, kind)
    known = [post for post in able if post.id in seen_by and seen_by[post.id].sees]
    return min(known, key=lambda post: post.is_leader).id if known else able[0].id


def addressed(subject_ids: Iterable[UUID]) -> list[UUID]:
    """Ids that an address may name about these subjects, as far as the viewer may see them."""
    return ids(ADDRESSED, subject_ids)


def _may_answer(role: Role, kind: DataKind) -> bool:
    cell = ACCESS[role]
    return bool(cell.reads & cell.writes & kind) and cell.purposes == CASEWORK


def _in_force(viewer: Viewer, person_id: UUID) -> list[ConsentRecord]:
    return [
        consent
        for consent in ask.consents([person_id])
        if consent.in_force(viewer.now) and consent.purposes & viewer.purpose
    ]


def _named(consent: ConsentRecord) -> set[UUID]:
    return {*consent.from_units, *consent.to_units}


def _opening(consents: Iterable[ConsentRecord], unit_id: UUID, kind: DataKind) -> ConsentRecord | None:
    return next((one for one in consents if unit_id in _named(one) and one.kinds & kind), None)


def _visible_rows(viewer: Viewer, **which: object) -> list[ApplicationRow]:
    found: list[Application] = []
    for kind in KINDS:
        of_kind = Application.objects.filter(kind=int(kind), **which)
        shown = list(ask.visible(viewer, verbs.read(kind), of_kind))
        seen = _telling_no_place(viewer, shown, _near(shown))
        _note(viewer, kind, seen)
        found += seen
    return _rows(viewer, found, _near(found))


def _note(viewer: Viewer, kind: DataKind, seen: Iterable[Application]) -> None:
    subjects = {one.subject_id for one in seen}
    basis = "self" if viewer.is_citizen else "consent"
    audit.note(viewer, verbs.read(kind), subject_ids=subjects, basis=basis, kinds=kind | DataKind.IDENTITY)


def _near(found: Sequence[Application]) -> frozenset[UUID]:
    """Those persons around whom something is hidden from this viewer."""
    return ask.near_hidden({one.subject_id for one in found}) if found else frozenset()


def _telling_no_place(viewer: Viewer, found: list[Application], near: frozenset[UUID]) -> list[Application]:
    """Without those whose receiver would tell this viewer where a protected person is.

    The person keeps the own ones: there the receiver has no name.
    """
    own = {one for one in near if viewer.is_citizen and not people.acts_for(viewer, one)}
    return [
        one
        for one in found
        if one.subject_id not in near - own or not ask.hidden_posts(one.subject_id, [one.with_post_id])
    ]


def _rows(viewer: Viewer, found: Sequence[Application], near: frozenset[UUID]) -> list[ApplicationRow]:
    if not found:
        return []
    applications = sorted(found, key=lambda one: (one.sent_on, str(one.id)), reverse=True)
    steps = _steps(applications)
    for one in applications:
        dated = [step.taken_on for step in steps[one.id]]
        audit.note(
            viewer, verbs.read(DataKind(one.kind)), subject_ids=[one.subject_id], basis="", dated=dated
        )
    posts = agencies.posts(
        [one.with_post_id for one in applications] + [step.by_id for way in steps.values() for step in way]
    )
    units = agencies.units(one.to_unit_id for one in applications)
    subjects = {one.subject_id for one in applications}
    persons = people.persons(subjects)
    around = {subject_id: people.known(subject_id, posts) for subject_id in near}
    return [
        _row(
            one,
            steps[one.id],
            viewer=viewer,
            posts=around.get(one.subject_id, posts),
            person_name=persons[one.subject_id].name,
            unit=units[one.to_unit_id],
        )
        for one in applications
        if one.subject_id in persons  # not where the consent was withdrawn just now
    ]


def _steps(applications: Sequence[Application]) -> dict[UUID, list[ApplicationStep]]:
    ways: dict[UUID, list[ApplicationStep]] = {one.id: [] for one in applications}
    for step in stored(STEPS, [list(ways)], ApplicationStep):
        ways[step.application_id].append(step)
    return ways


def _row(
    one: Application,
    way: Sequence[ApplicationStep],
    *,
    viewer: Viewer,
    posts: dict[UUID, PostRow],
    person_name: str,
    unit: UnitRow,
) -> ApplicationRow:
    refusal = next((step for step in reversed(way) if step.status == "refused"), None)
    now = next(step for step in way if step.number == one.status_step)
    appeal_by = refusal.appeal_by if refusal else None
    is_named = bool(posts[one.with_post_id].unit_name)  # no unit that would tell a protected place
    return ApplicationRow(
        application_id=one.id,
        subject_id=one.subject_id,
        person_name=person_name,
        right=one.right,
        title=one.title,
        unit_name=unit.name if is_named else "",
        agency_name=unit.agency_name if is_named else "",
        with_post_id=one.with_post_id,
        with_post=posts[one.with_post_id].title,
        agency_kind=unit.agency_kind,
        status=one.status,
        sent_on=one.sent_on,
        answer_due_on=one.answer_due_on,
        is_late=one.answer_due_on is not None and one.answer_due_on < viewer.now.date(),
        days_waited=_days_waited(one, now, viewer.now.date()),
        reason=refusal.text if refusal else "",
        appeal_by=appeal_by,
        question=now.text if one.status == "more_asked_for" else "",
        minutes_used=sum(step.minutes_used or 0 for step in way),
        steps=tuple(_step_row(step, posts.get(step.by_id)) for step in way),
        may_become=policies.may_become(one, viewer, appeal_by),
        enquiry_id=one.enquiry_id,
    )


def _step_row(step: ApplicationStep, by: PostRow | None) -> StepRow:
    return StepRow(
        status=step.status,
        taken_on=step.taken_on,
        who=by.title if by else "",
        agency_kind=by.agency_kind if by else "",
        text=step.text,
        appeal_by=step.appeal_by,
        minutes_used=step.minutes_used,
    )


def _days_waited(one: Application, now: ApplicationStep, today: date) -> int:
    since = now.taken_on if one.status == "appealed" else one.sent_on
    until = now.taken_on if one.status in ANSWERED else today
    return (until - since).days


def _right_row(right: Right, plan_kinds: Sequence[str], application_id: UUID | None) -> RightRow:
    return RightRow(
        code=right.code,
        label=right.label,
        sentence=right.sentence,
        for_whom=right.for_whom,
        citation=law.citation(right),
        source=right.source,
        excerpt_seen=right.excerpt_seen,
        verified_on=right.verified_on,
        agency_kinds=right.agency_kinds,
        is_in_place=right.plan_kind in plan_kinds,
        application_id=application_id,
    )


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
