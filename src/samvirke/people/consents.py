"""Asking for a consent, and answering.

A draft is one question: these kinds, these units, one purpose, until a day. It opens nothing, and lapses when
nobody answers. A yes makes a consent; who is admitted on it is for the rooms above to say.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.events import operations as events
from samvirke.gate import queries as ask
from samvirke.gate.access import Refusal
from samvirke.gate.operations import WITH_EVERY_CONSENT
from samvirke.gate.types import ConsentRecord, Refused, Viewer
from samvirke.kernel.gate_words import DataKind, Purpose, kinds_in
from samvirke.people import answering, bases, facts, queries, verbs
from samvirke.people.guardian_types import AskedPart, View
from samvirke.people.models import ConsentDraft, Person
from samvirke.people.operations import ConsentTerms, UnitMayNotBeNamed, record_consent
from samvirke.people.types import CONSENT_DRAFT, DraftRow

LAPSES_AFTER = timedelta(days=30)
WORKERS_TOLD_BEFORE_END = timedelta(days=60)
# Told by name and place alone, or by the person alone; never asked for in one question with other kinds.
NEVER_ASKED_FOR = DataKind.PROTECTED_LOCATION | DataKind.CONSENT | DataKind.ACCESS_LOG


class NotAskedFor(Exception):
    """A draft named no kind, or one that is never asked for, or an end that is not ahead."""

    def __init__(self) -> None:
        super().__init__(
            "A question names at least one kind of information, never a protected address or the access log, "
            "and a day ahead until which the yes lasts. Look at it again."
        )


class NotWaiting(Exception):
    """A draft was answered, taken back, or has lapsed."""

    def __init__(self, status: str) -> None:
        super().__init__(
            "This question waits for no answer any more. Read how it was answered, and ask anew."
        )
        self.status = status


class NothingLeft(Exception):
    """Everything that was asked for was left out of a yes."""

    def __init__(self) -> None:
        super().__init__("Nothing is left to say yes to. Leave out less, or say no.")


@transaction.atomic
def draft(*, person_id: UUID, terms: ConsentTerms, by: Viewer, view: View | None = None) -> list[UUID]:
    """Ask the person, or those who act for a child: one question for each purpose. Opens nothing.

    By a worker around the person, whose unit is among those that share, or by the person. view: what a child
    thinks. Returns the drafts' ids. Raises Refused, UnitMayNotBeNamed, NotAskedFor, UnknownProvision, and as
    `answering.parts_of`.
    """
    ask.require(by, verbs.ASK_CONSENT, person_id)
    _check(terms, by)
    drafts = [
        _drafted(terms, part, purpose, person_id, by)
        for part in answering.parts_of(terms, person_id, view, by=by)
        for purpose in Purpose
        if purpose & terms.purposes
    ]
    ConsentDraft.objects.bulk_create(drafts)
    answering.note_view([one.id for one in drafts if one.asks_guardians], person_id, view, by=by)
    told = [
        facts.ConsentAsked(person_id, one.id, one.kinds, one.purpose, by_the_person=by.is_citizen)
        for one in drafts
    ]
    events.record(told, by=by.post_id, at=by.now)
    return [one.id for one in drafts]


@transaction.atomic
def take_back(*, draft_id: UUID, by: Viewer) -> None:
    """Who asked asks no longer. Raises Refused, NotWaiting, ConsentDraft.DoesNotExist for another's."""
    found = ConsentDraft.objects.select_for_update().get(pk=draft_id, asked_by_id=by.post_id)
    ask.require(by, verbs.ASK_CONSENT, found.subject_id)
    _answered(found, "taken_back", by)


@transaction.atomic
def answer_no(*, draft_id: UUID, by: Viewer) -> None:
    """The person says no; nothing changes. Raises Refused, NotWaiting, ConsentDraft.DoesNotExist."""
    _answered(_asked(draft_id, by), "no", by)


@transaction.atomic
def answer_yes(
    *, draft_id: UUID, without_kinds: DataKind, without_units: Collection[UUID], by: Viewer
) -> ConsentRecord:
    """The person says yes, perhaps to fewer kinds or units. The consent opens nothing by itself.

    Raises Refused, NotWaiting, NothingLeft, ConsentDraft.DoesNotExist.
    """
    found = _asked(draft_id, by)
    kinds = DataKind(found.kinds) & ~without_kinds
    to_units = tuple(unit for unit in found.to_units if unit not in without_units)
    if not kinds or not to_units:
        raise NothingLeft
    check_waits(found, "yes", by.now)
    from_units = tuple(unit for unit in found.from_units if unit not in without_units)
    terms = replace(terms_of(found), kinds=kinds, from_units=from_units, to_units=to_units)
    bases.check_terms(terms, by=by)
    found.consent_id = record_consent(found.subject_id, by.post_id, terms)
    is_all = kinds == found.kinds and len(to_units) == len(found.to_units)
    _answered(found, "yes" if is_all else "fewer", by)
    told = facts.ConsentGiven(found.subject_id, found.consent_id, int(kinds), terms.form)
    events.record([told], by=by.post_id, at=by.now)
    return ask.consent(found.consent_id)


def drafts(viewer: Viewer, person_id: UUID) -> list[DraftRow]:
    """What the person is and was asked, newest first. Raises Refused.

    Units that others named are left out where they would tell the viewer a place.
    """
    ask.require(viewer, verbs.READ_CONSENTS, person_id)
    found = ConsentDraft.objects.filter(subject_id=person_id).order_by("-asked_at", "purpose")
    return rows_of(viewer, person_id, list(found))


def waiting(viewer: Viewer) -> list[DraftRow]:
    """What the citizen is asked now. Raises Refused."""
    return [row for row in asked_now(viewer) if not row.asks_guardians]


def asked_now(viewer: Viewer) -> list[DraftRow]:
    """The same, and what those who act for the citizen are asked about them. Raises Refused."""
    return [row for row in drafts(viewer, queries.myself(viewer)) if row.status == CONSENT_DRAFT.begins]


def question(viewer: Viewer, draft_id: UUID) -> DraftRow:
    """One question that the citizen is or was asked. Raises Refused, ConsentDraft.DoesNotExist."""
    for row in drafts(viewer, queries.myself(viewer)):
        if row.draft_id == draft_id:
            return row
    raise ConsentDraft.DoesNotExist


@transaction.atomic
def draft_again(*, consent_id: UUID, by: Viewer) -> list[UUID]:
    """The person thinks of saying again what was said before: the same questions, for as long.

    Raises Refused, or UnitMayNotBeNamed and NotAskedFor where it was nothing that one is asked for, or to
    offices that may not be named to the person.
    """
    old = ask.consent(consent_id)
    if not by.is_citizen or not answering.takes_back(old, by=by):
        raise Refused(verbs.ASK_CONSENT, Refusal.NO_BASIS)
    if by.post_id not in old.givers and ask.near_hidden([old.subject_id]):
        raise UnitMayNotBeNamed
    terms = ConsentTerms(
        kinds=old.kinds & ~WITH_EVERY_CONSENT or DataKind.PLAN,
        purposes=old.purposes,
        from_units=old.from_units,
        to_units=old.to_units,
        provisions=old.provisions,
        form="digital",
        text_version=old.text_version,
        until=by.now + (old.valid_to - old.given_at),
        what_for=old.what_for,
    )
    return draft(person_id=old.subject_id, terms=terms, by=by)


def _check(terms: ConsentTerms, by: Viewer) -> None:
    """Raises UnitMayNotBeNamed, NotAskedFor, and as `bases.check_terms`."""
    is_between = by.is_citizen or set(by.holders) & set(terms.from_units)
    if not terms.to_units or not is_between:
        raise UnitMayNotBeNamed
    if not terms.kinds or terms.kinds & NEVER_ASKED_FOR or not terms.purposes or terms.until <= by.now:
        raise NotAskedFor
    bases.check_terms(terms, by=by)


def _asked(draft_id: UUID, by: Viewer) -> ConsentDraft:
    """The draft, kept from others; only the person themself answers it, and nothing for their guardians."""
    found = ConsentDraft.objects.select_for_update().get(pk=draft_id)
    ask.require(by, verbs.ANSWER_CONSENT, found.subject_id)
    is_theirs = Person.objects.filter(pk=found.subject_id, citizen_id=by.post_id).exists()
    if not is_theirs or found.asks_guardians:
        raise Refused(verbs.ANSWER_CONSENT, Refusal.NO_BASIS)
    return found


def settle(found: ConsentDraft, answer: str, by: Viewer) -> None:
    """The question has its answer. Raises NotWaiting."""
    check_waits(found, answer, by.now)
    found.answer, found.answered_at = answer, by.now
    found.save(update_fields=["answer", "answered_at", "consent"])


def terms_of(found: ConsentDraft) -> ConsentTerms:
    """What a yes to all of a question says."""
    return ConsentTerms(
        kinds=DataKind(found.kinds),
        purposes=Purpose(found.purpose),
        from_units=tuple(found.from_units),
        to_units=tuple(found.to_units),
        provisions=tuple(found.provisions),
        form="digital",
        text_version=found.text_version,
        until=found.until,
        what_for=found.what_for,
    )


def rows_of(viewer: Viewer, person_id: UUID, found: Sequence[ConsentDraft]) -> list[DraftRow]:
    """Questions as the viewer may know them; the gate is asked before.

    Units that others named are left out where they would tell the viewer a place.
    """
    named = [unit for one in found for unit in one.to_units]
    names, bodies = agencies.unit_names(named), agencies.bodies(named)
    posts = queries.posts_around(person_id, (one.asked_by_id for one in found))
    is_self = Person.objects.filter(pk=person_id, citizen_id=viewer.post_id).exists()
    may_hide = not is_self or any(one.asks_guardians for one in found)
    hidden = may_hide and bool(ask.near_hidden([person_id]))
    return [
        replace(
            _draft_row(viewer, one, names, posts, is_hidden=hidden and (one.asks_guardians or not is_self)),
            agency_kinds=tuple(sorted({bodies[unit].kind for unit in one.to_units})),
        )
        for one in found
    ]


def _drafted(
    terms: ConsentTerms, part: AskedPart, purpose: Purpose, person_id: UUID, by: Viewer
) -> ConsentDraft:
    return ConsentDraft(
        id=uuid4(),
        subject_id=person_id,
        asked_by_id=by.post_id,
        asked_at=by.now,
        lapses_at=by.now + LAPSES_AFTER,
        kinds=int(part.kinds),
        purpose=int(purpose),
        from_units=list(terms.from_units),
        to_units=list(terms.to_units),
        provisions=list(terms.provisions),
        what_for=terms.what_for,
        text_version=terms.text_version,
        until=part.until,
        asks_guardians=part.asks_guardians,
    )


def _answered(found: ConsentDraft, answer: str, by: Viewer) -> None:
    settle(found, answer, by)
    told = facts.ConsentAnswered(found.subject_id, found.id, answer)
    events.record([told], by=by.post_id, at=by.now)


def check_waits(found: ConsentDraft, answer: str, now: datetime) -> None:
    """Raises NotWaiting."""
    status = _status(found, now)
    if answer not in CONSENT_DRAFT[status]:
        raise NotWaiting(status)


def _status(found: ConsentDraft, now: datetime) -> str:
    if found.answer:
        return found.answer
    return "waiting" if now < min(found.lapses_at, found.until) else "lapsed"


def _draft_row(
    viewer: Viewer,
    one: ConsentDraft,
    names: Mapping[UUID, str],
    posts: Mapping[UUID, PostRow],
    *,
    is_hidden: bool,
) -> DraftRow:
    is_mine = one.asked_by_id == viewer.post_id
    asked_by = posts.get(one.asked_by_id)
    return DraftRow(
        draft_id=one.id,
        person_id=one.subject_id,
        kinds=tuple(kinds_in(one.kinds)),
        purpose=Purpose(one.purpose),
        units={} if is_hidden and not is_mine else {unit: names[unit] for unit in one.to_units},
        what_for=one.what_for,
        text_version=one.text_version,
        until=one.until,
        provisions=tuple(one.provisions),
        asked_by=replace(asked_by, title="") if asked_by and is_hidden and not is_mine else asked_by,
        asked_at=one.asked_at,
        lapses_at=one.lapses_at,
        status=_status(one, viewer.now),
        answered_at=one.answered_at,
        consent_id=one.consent_id,
        is_mine=is_mine,
        asks_guardians=one.asks_guardians,
    )
