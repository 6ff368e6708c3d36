"""A person's own room: what they write for themselves and for those whom a consent lets in.

The database decides by the basis: a guardian who may see the whole plan sees nothing here. From which age
somebody has a room stands in the law packs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from samvirke.events import operations as events
from samvirke.gate import queries as ask
from samvirke.gate.access import Basis
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import queries as people
from samvirke.plan import facts, policies, verbs
from samvirke.plan.models import OwnWords
from samvirke.programmes import queries as programmes
from samvirke.statutes import ages
from samvirke.statutes.kin import CaseType, Meaning


class NoRoomYet(Exception):
    """The person is younger than the line that the law pack draws for an own room."""

    def __init__(self) -> None:
        super().__init__(
            "You do not have a room of your own here yet. Tell somebody who helps you what you want to say."
        )


@dataclass(frozen=True, slots=True)
class OwnWordsRow:
    """Something that the person wrote."""

    text: str
    written_at: datetime


@transaction.atomic
def write(*, text: str, by: Viewer) -> UUID:
    """The person writes in their own room. Returns the id. Raises Refused, NoRoomYet, NothingWritten."""
    person_id = people.myself(by)
    ask.require(by, verbs.WRITE_OWN_WORDS, person_id)
    if not has_room(by):
        raise NoRoomYet
    policies.check_written(text)
    made = OwnWords.objects.create(id=uuid4(), subject_id=person_id, text=text.strip(), written_at=by.now)
    events.record([facts.OwnWordsWritten(person_id, made.id)], by=by.post_id, at=by.now)
    return made.id


def has_room(viewer: Viewer) -> bool:
    """Whether the citizen has come to the age of a room of their own."""
    person_id = people.myself(viewer)
    myself = people.persons({person_id})[person_id]
    today = timezone.localtime(viewer.now).date()
    country = programmes.country_of(myself.partnership_id)
    return ages.means(country, CaseType.OWN_ROOM, Meaning.CONSENTS_ALONE, myself.birth_date, on=today)


def read(viewer: Viewer, person_id: UUID) -> list[OwnWordsRow]:
    """What stands in the person's own room, newest first, as the database lets this viewer see it.

    Raises Refused.
    """
    ask.require(viewer, verbs.READ_OWN_WORDS, person_id)
    found = OwnWords.objects.filter(subject_id=person_id).order_by("-written_at", "id")
    return [OwnWordsRow(one.text, one.written_at) for one in found]


def guardians_read(viewer: Viewer, person_id: UUID, kind: DataKind) -> bool:
    """Whether somebody who acts for the person can read what is written of this kind now. Raises Refused."""
    answers = ask.who_sees(viewer, verbs.SEE_AUDIENCE, person_id, kind)
    return any(one.sees and one.reason == Basis.GUARDIAN for one in answers.values())
