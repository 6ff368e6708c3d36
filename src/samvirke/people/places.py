"""Where a person is, who may know, and the protection that hides it until somebody lifts it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.gate import audit, consents
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.access import ACCESS
from samvirke.gate.reading import rows as read
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import answering, bases, facts, levels, verbs
from samvirke.people.guardian_types import Said, View
from samvirke.people.models import Person, Whereabouts
from samvirke.people.operations import ConsentTerms, record_said
from samvirke.people.types import MayBeTold, PlaceAudience, Places, ProtectionRow, ToldRow, WhereaboutsRow
from samvirke.statutes import policies
from samvirke.statutes import queries as statutes
from samvirke.statutes.telling import ToldTo
from samvirke.statutes.types import ProtectionLevel

TOLD_FOR = timedelta(days=365)
TEXT_VERSION = "2026-1"
PROTECTIONS = (
    "SELECT subject_id, level, expires_on FROM people_whereabouts WHERE subject_id = ANY (%s) AND kind = %s"
)


class StillProtected(Exception):
    """An open address was written over a protected one."""

    def __init__(self) -> None:
        super().__init__(
            "The place is protected, and what is written here would be open. State it with its level of "
            "protection."
        )


class NotProtected(Exception):
    """A protection was to be renewed or lifted, and there is none."""

    def __init__(self) -> None:
        super().__init__(
            "The place is not protected now; somebody may have lifted the protection already. Read the page "
            "again."
        )


class DayHasBeen(Exception):
    """A protection was to last until a day that is not ahead."""

    def __init__(self) -> None:
        super().__init__("The protection must last until a day ahead. Choose a later day.")


@transaction.atomic
def let_know_place(
    *,
    person_id: UUID,
    post_ids: Sequence[UUID],
    terms: ConsentTerms,
    by: Viewer,
    is_assessed: bool = False,
    view: View | None = None,
) -> UUID:
    """Let these posts, by name, know where the person is. Returns the consent's id.

    is_assessed: who tells has assessed that they may know, which some levels ask for. What a worker notes is
    said by the person, or by whoever must answer for them. view: what a child thinks. Raises Refused,
    NotToBeTold, and as `bases.check_terms_of_place` and `answering.said_now`.
    """
    ask.require(by, verbs.PROTECT_PLACE, person_id)
    _check_may_be_told(person_id, post_ids, is_assessed=is_assessed, by=by)
    kinds = DataKind.CONTACT | DataKind.PROTECTED_LOCATION
    told_place = dataclasses.replace(terms, kinds=kinds)
    bases.check_terms_of_place(told_place, by=by)
    said = _said(told_place, person_id, view, by)
    consent_id = record_said(person_id, said, told_place)
    answering.note_heard(consent_id, person_id, said, by=by)
    gate.admit(consent_id=consent_id, post_ids=list(post_ids))
    told = facts.ConsentGiven(person_id, consent_id, int(kinds), terms.form)
    events.record([told], by=by.post_id, at=by.now)
    return consent_id


@transaction.atomic
def tell_post(
    *,
    person_id: UUID,
    post_id: UUID,
    by: Viewer,
    is_assessed: bool = False,
    in_writing: bool = False,
    view: View | None = None,
) -> UUID:
    """Let one post know where the person is, for a year. Returns the consent's id.

    A worker who knows notes what the person has said; to another body it rests on the rule every consent
    does. in_writing: the person signed it. view: what a child thinks. Raises as `let_know_place`.
    """
    unit_id = agencies.post(post_id).unit_id
    own_unit = unit_id if by.is_citizen else agencies.post(by.post_id).unit_id
    bodies = agencies.bodies([own_unit, unit_id])
    needs_basis = policies.needs_basis(bodies[own_unit], bodies[unit_id])
    terms = ConsentTerms(
        kinds=DataKind.PROTECTED_LOCATION,
        purposes=Purpose.COORDINATION | Purpose.SERVICE | Purpose.FOLLOW_UP,
        from_units=(own_unit,),
        to_units=(unit_id,),
        provisions=(statutes.consent_basis(bodies[own_unit].country).code,) if needs_basis else (),
        form="digital" if by.is_citizen else ("written" if in_writing else "oral"),
        text_version=TEXT_VERSION,
        until=by.now + TOLD_FOR,
    )
    return let_know_place(
        person_id=person_id, post_ids=[post_id], terms=terms, is_assessed=is_assessed, view=view, by=by
    )


@transaction.atomic
def state_whereabouts(
    *, person_id: UUID, level: str, places: Places, expires_on: date | None, by: Viewer
) -> None:
    """Write where a person is. With a level of protection it is hidden at once, and stays so until lifted.

    Who protects must be admitted to both kinds, so that no older address stays readable. Without a day it
    lasts as long as its level does. Raises Refused, UnknownLevel, DayHasBeen, LastsTooLong, StillProtected.
    """
    ask.require(by, verbs.WRITE_CONTACT, person_id)
    kind = DataKind.CONTACT
    if level != levels.NONE:
        ask.require(by, verbs.PROTECT_PLACE, person_id)
        known = levels.check(level, person_id, on=by.now.date())
        expires_on = _until(known, expires_on, by)
        kind = DataKind.PROTECTED_LOCATION
        gate.protect_place(person_id=person_id)
        gate.state_level(
            person_id=person_id,
            bars_representation=known.bars_representation,
            parts_identities=known.parts_identities,
        )
        unstate_municipality([person_id])
        events.record([facts.PlaceProtected(person_id)], by=by.post_id, at=by.now)
    elif Whereabouts.objects.filter(subject_id=person_id, kind=int(DataKind.PROTECTED_LOCATION)).exists():
        raise StillProtected
    stated = {"kind": int(kind), "level": level, "expires_on": expires_on, "written_at": by.now}
    stated |= dataclasses.asdict(places)
    Whereabouts.objects.update_or_create(
        subject_id=person_id, defaults=stated, create_defaults={"id": uuid4(), **stated}
    )


@transaction.atomic
def renew_protection(*, person_id: UUID, expires_on: date, by: Viewer) -> None:
    """The place stays protected until another day. Raises Refused, NotProtected, DayHasBeen, LastsTooLong."""
    ask.require(by, verbs.PROTECT_PLACE, person_id)
    today = by.now.date()
    level = _protected([person_id]).values_list("level", flat=True).first()
    if level is None:
        raise NotProtected
    until = _ahead(statutes.protection_level(level, on=today), expires_on, today)
    _protected([person_id]).update(expires_on=until)
    events.record([facts.PlaceProtected(person_id)], by=by.post_id, at=by.now)


@transaction.atomic
def lift_protection(*, person_id: UUID, by: Viewer) -> None:
    """The place needs no protection any more: units and posts around the person are named again at once.

    What was told under protection is taken away, never opened; the person states anew what others may know.
    Older figures go on leaving the person out. Raises Refused, NotProtected.
    """
    ask.require(by, verbs.LIFT_PROTECTION, person_id)
    open_now = {"kind": int(DataKind.CONTACT), "level": levels.NONE, "expires_on": None, "written_at": by.now}
    if not _protected([person_id]).update(**open_now, **dataclasses.asdict(Places())):
        raise NotProtected
    gate.lift_place(person_id=person_id)
    events.record([facts.ProtectionLifted(person_id)], by=by.post_id, at=by.now)


def protections(viewer: Viewer, person_ids: Iterable[UUID]) -> list[ProtectionRow]:
    """The protections of these persons' places that the viewer may know, without the places.

    Logged as read for whom there is something to do about it.
    """
    today = viewer.now.date()

    def row(person_id: UUID, level: str, expires_on: date | None) -> ProtectionRow:
        return ProtectionRow(person_id, level, expires_on, _standing(level, expires_on, today))

    stored = read(PROTECTIONS, [list(person_ids), int(DataKind.PROTECTED_LOCATION)], row)
    known = [verbs.READ_PROTECTED_PLACE]
    rows = [one for one in stored if ask.kinds_allowed(viewer, known, one.person_id)]
    due = [row.person_id for row in rows if row.standing != "in_force"]
    audit.note(
        viewer, verbs.READ_PROTECTED_PLACE, subject_ids=due, basis="self" if viewer.is_citizen else "consent"
    )
    return rows


def any_protected(person_ids: Iterable[UUID]) -> bool:
    """Whether one of these persons, or of their families, is at a protected place, whoever asks.

    For what others will read later; never to be told to the viewer. Nothing is logged.
    """
    wanted = set(person_ids)
    return bool(ask.near_hidden(wanted)) or _protected(wanted).exists()


def whereabouts(viewer: Viewer, person_id: UUID) -> WhereaboutsRow | None:
    """Where the person is, or None. Not stated and not for this viewer look alike; a read is logged."""
    row = Whereabouts.objects.filter(subject_id=person_id).first()
    if row is None:
        return None
    protected = row.kind == DataKind.PROTECTED_LOCATION
    ask.require(viewer, verbs.READ_PROTECTED_PLACE if protected else verbs.READ_CONTACT, person_id)
    return WhereaboutsRow(
        level=row.level,
        places=Places(**{field.name: getattr(row, field.name) for field in dataclasses.fields(Places)}),
        expires_on=row.expires_on,
    )


def who_knows(viewer: Viewer, person_id: UUID) -> PlaceAudience:
    """The posts that may know where the person is, and those around the person who could. Raises Refused."""
    kind = DataKind.PROTECTED_LOCATION
    answers = ask.who_sees(viewer, verbs.READ_PROTECTED_PLACE, person_id, kind)
    posts = sorted(agencies.posts(answers).values(), key=lambda post: post.title)
    roles = agencies.roles(post.post_id for post in posts)
    able = [post for post in posts if ACCESS[roles[post.post_id]].reads & kind]
    return PlaceAudience(
        knows=tuple(post for post in able if answers[post.post_id].sees),
        could=tuple(post for post in able if not answers[post.post_id].sees),
    )


def may_be_told(viewer: Viewer, person_id: UUID) -> MayBeTold:
    """Whom a worker who knows the protected place may let know it, and whom they have. Raises Refused.

    NotProtected where it is not protected.
    """
    ask.require(viewer, verbs.PROTECT_PLACE, person_id)
    level = _protected([person_id]).values_list("level", flat=True).first()
    if level is None:
        raise NotProtected
    known = statutes.protection_level(level, on=viewer.now.date())
    audience, own_unit = who_knows(viewer, person_id), agencies.post(viewer.post_id).unit_id
    bars = [
        (post, levels.bar(level, post, own_unit=own_unit, is_assessed=True, by=viewer))
        for post in audience.could
    ]
    return MayBeTold(
        level=level,
        citation=policies.citation(known),
        knows=audience.knows,
        told=_told_by(viewer, person_id),
        may=tuple(post for post, why in bars if why is None),
        barred=tuple((post, why) for post, why in bars if why is not None),
        is_to_be_assessed=known.told_to is ToldTo.ASSESSED,
    )


def _told_by(viewer: Viewer, person_id: UUID) -> tuple[ToldRow, ...]:
    """Whom consents to know the place that the viewer noted let know it now."""
    noted = [
        one
        for one in ask.consents([person_id])
        if one.recorded_by == viewer.post_id
        and one.kinds & DataKind.PROTECTED_LOCATION
        and one.in_force(viewer.now)
    ]
    told = [(one, resting.holder_id) for one in noted for resting in consents.rests_on(one.id)]
    posts = agencies.posts(holder_id for _, holder_id in told)
    return tuple(ToldRow(one.id, posts[post_id], one.valid_to) for one, post_id in told if post_id in posts)


def unstate_municipality(person_ids: Iterable[UUID]) -> None:
    """Of those protected, and of children: a child's would tell one parent where the other lives."""
    Person.objects.filter(pk__in=list(person_ids)).update(municipality=None)


def _protected(person_ids: Iterable[UUID]) -> QuerySet[Whereabouts]:
    return Whereabouts.objects.filter(subject_id__in=list(person_ids), kind=int(DataKind.PROTECTED_LOCATION))


def _said(terms: ConsentTerms, person_id: UUID, view: View | None, by: Viewer) -> Said:
    """Whose yes it is: the citizen's who tells, or theirs whose yes a worker notes."""
    if not by.is_citizen:
        country = agencies.country_of_post(by.post_id)
        return answering.said_now(terms, person_id, view, country=country, by=by)
    person, until = Person.objects.get(pk=person_id), terms.until
    if by.post_id != person.citizen_id:
        country, on = Country(person.country), timezone.localtime(by.now).date()
        until = answering.theirs_until(
            terms.kinds, until, country=country, birth_date=person.birth_date, on=on
        )
    return Said((by.post_id,), until)


def _check_may_be_told(person_id: UUID, post_ids: Sequence[UUID], *, is_assessed: bool, by: Viewer) -> None:
    level = _protected([person_id]).values_list("level", flat=True).first()
    if level is not None:
        own_unit = None if by.is_citizen else agencies.post(by.post_id).unit_id
        receivers = agencies.posts(post_ids).values()
        levels.check_may_be_told(level, receivers, own_unit=own_unit, is_assessed=is_assessed, by=by)


def _until(level: ProtectionLevel, expires_on: date | None, by: Viewer) -> date | None:
    today = by.now.date()
    if expires_on is None:
        return levels.lasts_until(level, today=today)
    return _ahead(level, expires_on, today)


def _ahead(level: ProtectionLevel, expires_on: date, today: date) -> date:
    """The day, where a protection by this level may last until it. Raises DayHasBeen, LastsTooLong."""
    if expires_on <= today:
        raise DayHasBeen
    levels.check_lasts(level, expires_on, today=today)
    return expires_on


def _standing(level: str, expires_on: date | None, today: date) -> str:
    """An expired protection goes on hiding; only a person ends it."""
    remind = timedelta(days=statutes.protection_level(level, on=today).remind_days)
    if expires_on is None or expires_on > today + remind:
        return "in_force"
    return "ends_soon" if expires_on >= today else "overdue"
