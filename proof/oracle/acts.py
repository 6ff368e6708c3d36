"""What somebody did, in plain values only, so that anybody can do the same again somewhere else.

Each act has the moment it was done. `by` is who did it, for whoever replays; what an act makes is told in
`applying`. A mask is an int; where there is no end or no seal there is None.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

Ids = tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """Something done at a moment."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ActOfTheRooms(Act):
    """Done by a room above the gate: only a walk does these, since a random world has no rooms."""


@dataclass(frozen=True, slots=True)
class AddUnit(Act):
    """A unit of an agency is there."""

    unit: UUID
    agency: UUID


@dataclass(frozen=True, slots=True)
class AddPost(Act):
    """A post is there, in a unit; it acts for nobody before it has a membership."""

    post: UUID
    unit: UUID


@dataclass(frozen=True, slots=True)
class AddCitizen(Act):
    """A citizen is there, as a holder and as somebody who acts: one id for both."""

    citizen: UUID


@dataclass(frozen=True, slots=True)
class BeginMembership(Act):
    """A post belongs to a holder (itself, its unit; a citizen: to itself) for a time and some purposes."""

    membership: UUID
    post: UUID
    holder: UUID
    role: str
    purposes: int
    start: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class EndMembership(Act):
    """A membership ends now."""

    membership: UUID


@dataclass(frozen=True, slots=True)
class SuspendMembership(Act):
    """A membership ends now, and a second one like it begins when it resumes, until the first was to end."""

    membership: UUID
    second: UUID
    resumes: datetime


@dataclass(frozen=True, slots=True)
class TakePost(ActOfTheRooms):
    """Somebody takes a post whose own record this is: the post is barred from it, since it is their own."""

    post: UUID
    record: UUID


@dataclass(frozen=True, slots=True)
class MovePost(ActOfTheRooms):
    """Whoever has the one post has the other from now on, with what it is their own; the first ends."""

    post: UUID
    to: UUID


@dataclass(frozen=True, slots=True)
class OpenRecords(Act):
    """A unit takes its own clients' records in."""

    unit: UUID
    records: Ids


@dataclass(frozen=True, slots=True)
class ShieldRecord(Act):
    """The client works with the agency: those named, the leader who does it and the unit's system see it."""

    record: UUID
    posts: Ids
    by: UUID


@dataclass(frozen=True, slots=True)
class EndShield(Act):
    """The shielding ends."""

    record: UUID
    by: UUID


@dataclass(frozen=True, slots=True)
class TakeRecordsBack(Act):
    """A unit takes records back."""

    unit: UUID
    records: Ids


@dataclass(frozen=True, slots=True)
class TieRecord(Act):
    """A unit's own record is found to be this person's: who must not see the one does not see the other."""

    record: UUID
    person: UUID


@dataclass(frozen=True, slots=True)
class EndTie(Act):
    """The record was somebody else's."""

    record: UUID


@dataclass(frozen=True, slots=True)
class FoldRecord(ActOfTheRooms):
    """Two of a unit's own records are found to be one client's; the other stands for both in its lists."""

    finding: UUID
    record: UUID
    into: UUID


@dataclass(frozen=True, slots=True)
class TakeApart(ActOfTheRooms):
    """The finding is taken back: they are two again."""

    finding: UUID


@dataclass(frozen=True, slots=True)
class OpenPerson(Act):
    """There was a yes: the person is opened, and sees what is about them."""

    person: UUID
    citizen: UUID
    by: UUID


@dataclass(frozen=True, slots=True)
class RecordGuardian(Act):
    """A citizen is somebody's guardian with a scope: kinds, each until a day.

    `lives_with` is 1 where the person acted for lives with them.
    """

    child: UUID
    guardian: UUID
    parts: tuple[tuple[int, datetime], ...]
    lives_with: int
    by: UUID


@dataclass(frozen=True, slots=True)
class RecordGuardianOfMinor(ActOfTheRooms):
    """The same for somebody with a birth date: each kind until the day on which an age closes it.

    `lines` are ages in years, each with the kinds that it closes; the last closes all.
    """

    child: UUID
    guardian: UUID
    kinds: int
    born: date
    lines: tuple[tuple[int, int], ...]
    lives_with: int
    by: UUID


@dataclass(frozen=True, slots=True)
class EndGuardian(Act):
    """Somebody around the child records that it has ended."""

    child: UUID
    guardian: UUID
    by: UUID


@dataclass(frozen=True, slots=True)
class GiveConsent(Act):
    """A person agrees to share kinds with units, for purposes, until an end."""

    consent: UUID
    person: UUID
    kinds: int
    purposes: int
    units: Ids
    until: datetime


@dataclass(frozen=True, slots=True)
class AdmitPosts(Act):
    """Posts of the consent's units are admitted on it."""

    consent: UUID
    posts: Ids


@dataclass(frozen=True, slots=True)
class DismissPosts(Act):
    """Posts are dismissed from around a person, whatever consent they were admitted on."""

    person: UUID
    posts: Ids


@dataclass(frozen=True, slots=True)
class WithdrawConsent(Act):
    """The person withdraws a consent."""

    consent: UUID


@dataclass(frozen=True, slots=True)
class OpenByLaw(Act):
    """A unit that may see the subject opens it to posts, on a provision that lifts secrecy, until a day."""

    subject: UUID
    unit: UUID
    provision: str
    posts: Ids
    kinds: int
    purposes: int
    until: datetime
    by: UUID


@dataclass(frozen=True, slots=True)
class EndByLaw(Act):
    """The unit that opened ends it, for these posts on that provision."""

    subject: UUID
    unit: UUID
    provision: str
    posts: Ids


@dataclass(frozen=True, slots=True)
class ShareWithFamily(Act):
    """A member of a family lets another citizen of it see, on a consent, what is about the whole family."""

    family: UUID
    giver: UUID
    citizen: UUID
    consent: UUID


@dataclass(frozen=True, slots=True)
class OpenFamily(Act):
    """A family of persons is opened; its members never change."""

    family: UUID
    members: Ids
    by: UUID


@dataclass(frozen=True, slots=True)
class BreakGlass(Act):
    """A post opens to itself what was not open, for hours, and gives a reason."""

    lift: UUID
    post: UUID
    subject: UUID
    kinds: int
    purpose: int
    hours: int
    reason: str


@dataclass(frozen=True, slots=True)
class FindMisuse(Act):
    """Somebody else reviews a lift and finds a misuse."""

    lift: UUID
    by: UUID


@dataclass(frozen=True, slots=True)
class BarHolder(Act):
    """A post or its unit is barred from a subject, for a reason that is a rule's code; it does not end."""

    holder: UUID
    subject: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class ProtectPlace(Act):
    """Where a subject is becomes hidden from all who are not admitted to it."""

    subject: UUID
    by: UUID


@dataclass(frozen=True, slots=True)
class LiftProtection(Act):
    """The place is hidden no more."""

    subject: UUID
    by: UUID


@dataclass(frozen=True, slots=True)
class WriteRow(Act):
    """A row of a kind about a subject, sealed to a unit or to nobody."""

    row: UUID
    subject: UUID
    kind: int
    sealed_to: UUID | None
