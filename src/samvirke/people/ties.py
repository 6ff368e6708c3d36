"""Which of an agency's own records is which person: tied on a consent, ended where it was wrong, tied again.

No access rests on a tie. Who may see the person was opened by the consent, and goes on; a unit that was
referred to by mistake leaves the team, or the person withdraws the consent.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from samvirke.events import operations as events
from samvirke.gate import queries as ask
from samvirke.gate.access import Refusal
from samvirke.gate.types import Refused, Viewer
from samvirke.people import facts, queries, secrets, verbs
from samvirke.people.models import ClientRecord, IdentityLink, Person, WrongTie
from samvirke.people.types import Mistake, TieRow


class MadeFromIt(Exception):
    """The first tie of a person was to be ended: without the record there would be no such person."""

    def __init__(self) -> None:
        super().__init__(
            "The person was entered from this case, with its name and number. If that was somebody else, end "
            "the plan and withdraw the consent, and ask the right person anew."
        )


class NotTied(Exception):
    """A tie was to be ended that has ended, or made again where the record is tied."""

    def __init__(self) -> None:
        super().__init__("Somebody has changed this already. Read the page again.")


@transaction.atomic
def match_own_record(*, person_id: UUID, unit_id: UUID, consent_id: UUID, by: Viewer) -> UUID | None:
    """Tie the unit's own records of the same national id to the person: an agency may know somebody under
    several numbers. Returns the newest, or nothing. Raises Refused before a basis.

    A tie that was found wrong is not made again, nor one that a person the viewer knows nothing of has.
    """
    ask.require(by, verbs.MATCH, person_id)
    number = secrets.unseal(Person.objects.get(pk=person_id).national_id_secret)
    found = ClientRecord.objects.filter(
        unit_id=unit_id, national_id_hash=secrets.hashed(number, scope=unit_id), withdrawn_at__isnull=True
    )
    wrong = WrongTie.objects.filter(subject=person_id).values("link__record")
    tied = [
        record_id
        for record_id in found.exclude(pk__in=wrong)
        .order_by("-updated_at", "external_id")
        .values_list("pk", flat=True)
        if _is_tied(record_id, person_id, consent_id, by)
    ]
    return tied[0] if tied else None


@transaction.atomic
def untie(*, link_id: UUID, mistake: Mistake, by: Viewer) -> None:
    """The record is not this person. What the consent opened goes on.

    Raises Refused, NotTied, MadeFromIt, or IdentityLink.DoesNotExist where the viewer knows of none.
    """
    link = _asked_for(link_id, by)
    if link.unlinked_at is not None:
        raise NotTied
    if link.is_first:
        raise MadeFromIt
    link.unlinked_at = by.now
    link.save(update_fields=["unlinked_at"])
    WrongTie.objects.create(
        id=uuid4(),
        subject_id=link.subject_id,
        link=link,
        because=mistake.value,
        found_by_id=by.post_id,
        found_at=by.now,
    )
    events.record([facts.RecordUntied(link.subject_id, link.id, mistake.value)], by=by.post_id, at=by.now)


@transaction.atomic
def tie_again(*, link_id: UUID, by: Viewer) -> None:
    """A tie that was ended was right after all. It rests on the same consent as before.

    Raises Refused, also where that consent is no longer in force, NotTied, IdentityLink.DoesNotExist.
    """
    link = _asked_for(link_id, by)
    if link.unlinked_at is None:
        raise NotTied
    if not ask.consent(link.consent_id).in_force(by.now):
        raise Refused(verbs.MATCH, Refusal.NO_BASIS)
    try:
        with transaction.atomic():
            tie(link.record_id, link.subject_id, consent_id=link.consent_id, by=by)
    except IntegrityError as tied:
        raise NotTied from tied


def of_record(viewer: Viewer, record_id: UUID) -> list[TieRow]:
    """Whom the own record, and those it stands for, are or were held to be, oldest first.

    Of each record and person the newest tie, and only of persons whom the viewer is around. Raises Refused.
    """
    ask.require(viewer, verbs.READ_RECORDS, record_id)
    found = IdentityLink.objects.filter(record__in=queries.same_client(record_id))
    newest: dict[tuple[UUID, UUID], IdentityLink] = {}
    for link in found.select_related("subject", "record", "wrong").order_by("linked_at"):
        newest[link.record_id, link.subject_id] = link
    return [_row(link) for link in newest.values()]


def tie(record_id: UUID, person_id: UUID, *, consent_id: UUID, by: Viewer, is_first: bool = False) -> None:
    """Tie them; whether that may be is the caller's question. Raises IntegrityError where it is tied.

    is_first: the person is made from this record.
    """
    link = IdentityLink.objects.create(
        id=uuid4(),
        subject_id=person_id,
        record_id=record_id,
        consent_id=consent_id,
        linked_by_id=by.post_id,
        linked_at=by.now,
        is_first=is_first,
    )
    events.record([facts.RecordLinked(person_id, link.id, consent_id)], by=by.post_id, at=by.now)


def _is_tied(record_id: UUID, person_id: UUID, consent_id: UUID, by: Viewer) -> bool:
    """Whether the record is the person's now. One tied to a person the viewer may not know is not."""
    ask.require(by, verbs.READ_RECORDS, record_id)
    in_force = IdentityLink.objects.filter(record=record_id, unlinked_at__isnull=True)
    tied_to = in_force.values_list("subject_id", flat=True).first()
    if tied_to is not None:
        return tied_to == person_id
    try:
        with transaction.atomic():
            tie(record_id, person_id, consent_id=consent_id, by=by)
    except IntegrityError:
        return False
    return True


def _asked_for(link_id: UUID, by: Viewer) -> IdentityLink:
    link = IdentityLink.objects.select_for_update(of=("self",)).get(pk=link_id)
    ask.require(by, verbs.MATCH, link.subject_id)
    ask.require(by, verbs.WRITE_RECORDS, link.record_id)
    return link


def _row(link: IdentityLink) -> TieRow:
    wrong = None if link.unlinked_at is None else link.wrong
    return TieRow(
        link_id=link.id,
        record_id=link.record_id,
        external_id=link.record.external_id,
        person_name=link.subject.name,
        linked_at=link.linked_at,
        is_first=link.is_first,
        mistake=Mistake(wrong.because) if wrong else None,
        ended_at=link.unlinked_at,
    )
