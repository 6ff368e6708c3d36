"""Everything that changes who may see what. Each goes through a function of the gatekeeper."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, connections, transaction

from samvirke.gate.access import ACCESS, CASEWORK, EVERYTHING, OPENS, WHEREABOUTS, Basis, Refusal, Role
from samvirke.gate.models import FAR_FUTURE, Bar, Holder, Membership, OwnNumber, Secret
from samvirke.gate.session import entering_key
from samvirke.gate.types import COMMON_PLAN
from samvirke.kernel.columns import array
from samvirke.kernel.gate_words import DataKind, Purpose

OWNER = "owner"  # the connection of an administrator's command
WITH_EVERY_CONSENT = DataKind.IDENTITY | DataKind.PLAN | DataKind.CONSENT
# Where the child is, is for the guardian the child lives with.
GUARDIAN_KINDS = OPENS[Basis.GUARDIAN].kinds & ~WHEREABOUTS


def new_holders(holder_ids: Sequence[UUID]) -> None:
    """Bare holders for units and posts. An administrator's act: runs as the owner."""
    Holder.objects.using(OWNER).bulk_create([Holder(id=holder_id) for holder_id in holder_ids])


def appoint(*, post_id: UUID, unit_id: UUID, role: Role, now: datetime) -> None:
    """Make the post a member of itself and of its unit, in a role. An administrator's act."""
    cell = ACCESS[role]
    with transaction.atomic(using=OWNER):
        Membership.objects.using(OWNER).bulk_create(
            [
                Membership(
                    id=uuid4(),
                    post_id=post_id,
                    holder_id=holder_id,
                    role=role.value,
                    kinds=int(cell.reads),
                    purposes=int(cell.purposes),
                    valid_from=now,
                    valid_to=FAR_FUTURE,
                )
                for holder_id in (post_id, unit_id)
            ]
        )


def open_records(*, unit_id: UUID, record_ids: Sequence[UUID]) -> None:
    """New subjects for an agency's own records, seen by the unit alone. The viewer must be of the unit."""
    _call(
        "SELECT gate.open_records(%s, %s, %s, %s)",
        [unit_id, list(record_ids), int(OPENS[Basis.OWN_RECORD].kinds), int(CASEWORK)],
    )


def close_records(*, unit_id: UUID, record_ids: Sequence[UUID]) -> None:
    """End the unit's access to records of its own on which nothing rests; then nobody sees them."""
    _call("SELECT gate.close_records(%s, %s)", [unit_id, list(record_ids)])


def open_person(*, person_id: UUID, citizen_id: UUID) -> None:
    """A new person, and the citizen's own access to everything about themselves."""
    _call(
        "SELECT gate.open_person(%s, %s, %s, %s, %s)",
        [person_id, citizen_id, Role.CITIZEN.value, int(EVERYTHING), int(CASEWORK)],
    )


def give_consent(
    *,
    person_id: UUID,
    citizen_id: UUID,
    kinds: DataKind,
    purposes: Purpose,
    from_units: Sequence[UUID],
    to_units: Sequence[UUID],
    provisions: Sequence[str],
    form: str,
    text_version: str,
    until: datetime,
    what_for: str = COMMON_PLAN,
    said_on: date | None = None,
    heard_by: UUID | None = None,
    given_with: Sequence[UUID] = (),
) -> UUID:
    """Record a consent. It opens nothing by itself: posts are admitted on it one by one. Returns its id.

    heard_by: a post of the unit that records, which heard it said; empty: the one that records.
    given_with: the other guardians whose yes it is as well.
    """
    consent_id = uuid4()
    _call(
        "SELECT gate.give_consent(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            consent_id,
            person_id,
            citizen_id,
            int(kinds | WITH_EVERY_CONSENT),
            int(purposes),
            list(from_units),
            list(to_units),
            list(provisions),
            form,
            text_version,
            until,
            what_for,
            said_on,
            heard_by,
            list(given_with),
        ],
    )
    return consent_id


def admit(*, consent_id: UUID, post_ids: Sequence[UUID]) -> None:
    """Let posts of the units that the consent names see what it covers."""
    _call("SELECT gate.admit(%s, %s)", [consent_id, list(post_ids)])


def dismiss(*, subject_id: UUID, post_ids: Collection[UUID]) -> int:
    """End what consents opened to these posts about the subject. Returns how many accesses ended."""
    return _count("SELECT gate.dismiss(%s, %s)", [subject_id, list(post_ids)])


def open_circle(*, person_ids: Sequence[UUID]) -> UUID:
    """A new circle of persons whom the viewer may see, each of them. Immutable. Returns its id."""
    circle_id = uuid4()
    _call("SELECT gate.open_circle(%s, %s)", [circle_id, list(person_ids)])
    return circle_id


def open_guardian(
    *, child_id: UUID, citizen_id: UUID, lives_with_child: bool, parts: Sequence[tuple[DataKind, datetime]]
) -> None:
    """A citizen is somebody's guardian, for these kinds until these moments; what was recorded before ends.

    By somebody around both, never by themselves.
    """
    most = GUARDIAN_KINDS | WHEREABOUTS if lives_with_child else GUARDIAN_KINDS
    kinds, until = [int(kinds & most) for kinds, _ in parts], [end for _, end in parts]
    _call(
        "SELECT gate.open_guardian(%s, %s, %s::int[], %s::timestamptz[], %s)",
        [child_id, citizen_id, kinds, until, int(CASEWORK)],
    )


def end_guardian(*, child_id: UUID, citizen_id: UUID) -> None:
    """The citizen is a guardian no longer; what rested on it ends at once."""
    _call("SELECT gate.end_guardian(%s, %s)", [child_id, citizen_id])


def share_with_family(*, consent_id: UUID, circle_id: UUID, citizen_ids: Sequence[UUID]) -> None:
    """Let citizens of the circle see what is about the circle, on a consent that the viewer gave."""
    _call("SELECT gate.share_with_family(%s, %s, %s)", [consent_id, circle_id, list(citizen_ids)])


def protect_place(*, person_id: UUID) -> None:
    """From now on, where the person is and what gives it away is hidden from all not admitted to it."""
    _call("SELECT gate.protect_place(%s)", [person_id])


def state_level(*, person_id: UUID, bars_representation: bool, parts_identities: bool) -> None:
    """What the level of the person's protection asks of the gate. The place is protected already."""
    _call("SELECT gate.state_level(%s, %s, %s)", [person_id, bars_representation, parts_identities])


def lift_place(*, person_id: UUID) -> None:
    """Where the person is needs no protection any more: posts around them are named again."""
    _call("SELECT gate.lift_place(%s)", [person_id])


def bar(*, holder_id: UUID, subject_id: UUID, reason: Refusal) -> None:
    """Whatever else holds, the post never sees the subject from now on. By the post, or its unit's leader."""
    _call("SELECT gate.bar(%s, %s, %s, %s)", [uuid4(), holder_id, subject_id, reason])


def end_bar(*, bar_id: UUID) -> None:
    """The conflict of interest is over. By the unit's leader, for somebody else; an own case never is."""
    _call("SELECT gate.end_bar(%s)", [bar_id])


def take_post(*, post_id: UUID, own_hash: bytes, hashes: Mapping[UUID, bytes]) -> int:
    """Keep the post from its holder's own records and persons, those there are and those to come.

    hashes: of the holder's number, by the scope it was hashed in. What followed from an earlier holder ends.
    Returns how many cases it is kept from at once. An administrator's act.
    """
    values: list[Any] = [post_id, own_hash, array(list(hashes)), array(list(hashes.values()))]
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT gate.take_post(%s, %s, %s, %s)", values)
        (count,) = cursor.fetchone()
    return int(count)


def leave_post(*, post_id: UUID) -> None:
    """The post is nobody's: its holder's number is forgotten. An administrator's act."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT gate.leave_post(%s)", [post_id])


def move_own_number(*, from_post: UUID, to_post: UUID, now: datetime) -> None:
    """Whoever has the one post takes the other, and is kept from the same cases. An administrator's act."""
    number = OwnNumber.objects.using(OWNER).filter(post_id=from_post).first()
    leave_post(post_id=to_post)
    if number is None:
        return
    OwnNumber.objects.using(OWNER).create(post_id=to_post, number_hash=number.number_hash)
    own = Bar.objects.using(OWNER).filter(
        holder_id=from_post, reason=Refusal.OWN_CASE, declared_by__isnull=True, ended_at__isnull=True
    )
    Bar.objects.using(OWNER).bulk_create(
        Bar(id=uuid4(), holder_id=to_post, subject_id=subject_id, reason=Refusal.OWN_CASE, since=now)
        for subject_id in own.values_list("subject_id", flat=True)
    )


def bar_own_cases(hashes: Mapping[UUID, bytes]) -> None:
    """Subjects that the viewer's transaction has opened: never for the posts of whose they are."""
    _call("SELECT gate.bar_own_cases(%s, %s)", [array(list(hashes)), array(list(hashes.values()))])


def shield(*, record_id: UUID, unit_id: UUID, post_ids: Sequence[UUID]) -> None:
    """Of the unit only these posts, and its own system, see the record. By the unit's leader."""
    _call("SELECT gate.shield(%s, %s, %s)", [record_id, unit_id, list(post_ids)])


def unshield(*, record_id: UUID) -> None:
    """The whole unit sees the record again. By the unit's leader."""
    _call("SELECT gate.unshield(%s)", [record_id])


def open_by_law(
    *,
    person_id: UUID,
    post_ids: Sequence[UUID],
    kinds: DataKind,
    purposes: Purpose,
    provision: str,
    until: datetime,
) -> None:
    """A law lets these posts see of the person what the viewer sees. Which law, is for `people` to judge.

    What the viewer's unit opened to them on it before ends.
    """
    _call(
        "SELECT gate.open_by_law(%s, %s, %s, %s, %s, %s)",
        [person_id, list(post_ids), int(kinds), int(purposes), provision, until],
    )


def end_by_law(*, person_id: UUID, post_ids: Sequence[UUID], provision: str) -> int:
    """What the viewer's unit opened to these posts by that law ends. Returns how many accesses ended."""
    return _count("SELECT gate.end_by_law(%s, %s, %s)", [person_id, list(post_ids), provision])


def lift(*, subject_id: UUID, kinds: DataKind, reason: str, hours: int, reviewer_id: UUID) -> UUID | None:
    """Break the glass: read these kinds for some hours. None where nothing may be lifted; why is not told.

    A reason too short or long, too many hours, or nobody else to review is refused by the database.
    """
    lift_id = uuid4()
    values = [lift_id, subject_id, int(kinds), reason, hours, reviewer_id]
    return lift_id if _count("SELECT gate.lift(%s, %s, %s, %s, %s, %s)::int", values) else None


def review_lift(*, lift_id: UUID, verdict: str) -> None:
    """The reviewer has found: accepted, or misuse, which ends it at once. Once."""
    _call("SELECT gate.review_lift(%s, %s)", [lift_id, verdict])


def keep_back(
    *,
    subject_id: UUID,
    reader_id: UUID,
    holders: Iterable[UUID],
    case_type: str,
    provision: str,
    reason: str,
    reviewer_id: UUID,
    review_until: datetime,
    until: datetime,
) -> UUID:
    """Visits of these units and posts are kept back from a reader of the log. Returns the exception's id."""
    exception_id = uuid4()
    said = [case_type, provision, reason, reviewer_id, review_until, until]
    values = [exception_id, subject_id, reader_id, list(holders), *said]
    _call("SELECT gate.keep_back(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", values)
    return exception_id


def review_kept_back(*, exception_id: UUID, verdict: str) -> None:
    """Accepted, once, by the reviewer; or ended, by the reviewer or by who decided."""
    _call("SELECT gate.review_kept_back(%s, %s)", [exception_id, verdict])


def end_membership(*, post_id: UUID, now: datetime) -> None:
    """The post is not in use any more, or for a time: appoint it anew. An administrator's act."""
    held = Membership.objects.using(OWNER).filter(post_id=post_id, valid_to__gt=now)
    held.filter(valid_from__gte=now).delete()
    held.filter(valid_from__lt=now).update(valid_to=now)


def keep_secret() -> None:
    """The database learns the key that tickets are made with, and draws its own. After each migration."""
    known = {"entering": entering_key()}
    new = known | {"sealing": secrets.token_bytes(32)}
    Secret.objects.using(OWNER).update_or_create(id=1, defaults=known, create_defaults=new)


def holds_the_key() -> bool:
    """Whether the database checks tickets with the key that this program makes them with."""
    kept = Secret.objects.using(OWNER).filter(id=1).values_list("entering", flat=True).first()
    return kept is not None and hmac.compare_digest(bytes(kept), entering_key())


def withdraw_consent(*, consent_id: UUID) -> int:
    """End the consent and, at once, every access that rested on it. Returns how many accesses ended."""
    return _count("SELECT gate.withdraw_consent(%s)", [consent_id])


def _call(sql: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _count(sql: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        (count,) = cursor.fetchone()
    return int(count)
