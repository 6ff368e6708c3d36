"""What each act records and ends, sentence by sentence from "What makes and ends accesses"."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import singledispatch
from uuid import UUID
from zoneinfo import ZoneInfo

from proof.oracle import acts, words
from proof.oracle.world import SHARE, Access, Consent, Family, Membership, Row, World

LEAP = 29  # days of February


def apply(world: World, act: acts.Act) -> None:
    """The act is done, and kept."""
    _do(act, world)
    world.history.append(act)


def replay(history: Iterable[acts.Act]) -> World:
    """The world that these acts make, one after the other."""
    world = World()
    for act in history:
        apply(world, act)
    return world


@singledispatch
def _do(act: acts.Act, world: World) -> None:
    raise TypeError(f"No such act: {act}")


def _end(accesses: Iterable[Access], act: acts.Act) -> None:
    for access in list(accesses):
        access.end(act.at)


@_do.register
def _add_unit(act: acts.AddUnit, world: World) -> None:
    world.units[act.unit] = act.agency


@_do.register
def _add_post(act: acts.AddPost, world: World) -> None:
    world.post_units[act.post] = act.unit


@_do.register
def _add_citizen(act: acts.AddCitizen, world: World) -> None:
    world.citizens.add(act.citizen)


@_do.register
def _begin_membership(act: acts.BeginMembership, world: World) -> None:
    until = act.until or words.FOREVER
    membership = Membership(act.start, until, act.post, act.holder, act.role, act.purposes)
    world.memberships[act.membership] = membership
    world.of_post.setdefault(act.post, []).append(membership)


@_do.register
def _end_membership(act: acts.EndMembership, world: World) -> None:
    world.memberships[act.membership].end(act.at)


@_do.register
def _suspend_membership(act: acts.SuspendMembership, world: World) -> None:
    first = world.memberships[act.membership]
    second = Membership(act.resumes, first.until, first.post, first.holder, first.role, first.purposes)
    first.end(act.at)
    world.memberships[act.second] = second
    world.of_post[first.post].append(second)


@_do.register
def _take_post(act: acts.TakePost, world: World) -> None:
    """The bar of rule `own_case`."""
    world.taken[act.post] = act.record
    world.bars.setdefault(act.post, {}).setdefault(act.record, set()).add("own_case")


@_do.register
def _move_post(act: acts.MovePost, world: World) -> None:
    """The memberships of the one end; it is nobody's own case then, but that of who has the other."""
    for membership in world.of_post[act.post]:
        membership.end(act.at)
    if act.post in world.taken:
        record = world.taken.pop(act.post)
        world.bars[act.post][record].discard("own_case")
        _take_post(acts.TakePost(act.at, act.to, record), world)


def _end_lifts(world: World, act: acts.Act, subject: UUID) -> None:
    """Of a person whose case is shielded no lift is left."""
    if world.is_shielded(subject):
        for one in world.same(subject):
            _end(world.about(one, words.LIFT), act)


def _own_record(world: World, act: acts.Act, record: UUID, holder: UUID) -> None:
    kinds, purposes = words.BASIS_KINDS[words.OWN_RECORD], words.FOUR
    world.record(Access(act.at, words.FOREVER, record, holder, kinds, purposes, words.OWN_RECORD))


@_do.register
def _open_records(act: acts.OpenRecords, world: World) -> None:
    for record in act.records:
        world.records[record] = act.unit
        _own_record(world, act, record, act.unit)


@_do.register
def _shield(act: acts.ShieldRecord, world: World) -> None:
    """For these posts, the leader and the unit's own system, instead of the unit."""
    _end(world.about(act.record, words.OWN_RECORD), act)
    unit = world.records[act.record]
    systems = {m.post for m in world.memberships.values() if m.holder == unit and m.role == "integration"}
    for post in sorted({*act.posts, act.by, *systems}):
        _own_record(world, act, act.record, post)
    world.shielded.add(act.record)
    _end_lifts(world, act, act.record)


@_do.register
def _end_shield(act: acts.EndShield, world: World) -> None:
    _end(world.about(act.record, words.OWN_RECORD), act)
    _own_record(world, act, act.record, world.records[act.record])
    world.shielded.discard(act.record)


@_do.register
def _take_back(act: acts.TakeRecordsBack, world: World) -> None:
    for record in act.records:
        _end(world.about(record, words.OWN_RECORD), act)


@_do.register
def _tie(act: acts.TieRecord, world: World) -> None:
    world.tied_to[act.record] = act.person
    world.tied.setdefault(act.person, set()).add(act.record)
    _end_lifts(world, act, act.record)


@_do.register
def _end_tie(act: acts.EndTie, world: World) -> None:
    world.tied[world.tied_to.pop(act.record)].discard(act.record)


@_do.register
def _fold(act: acts.FoldRecord, world: World) -> None:
    """They are the same person's records now."""
    world.folded[act.finding] = act.record, act.into
    _end_lifts(world, act, act.record)


@_do.register
def _take_apart(act: acts.TakeApart, world: World) -> None:
    """They are the same person's no more."""
    del world.folded[act.finding]


@_do.register
def _open_person(act: acts.OpenPerson, world: World) -> None:
    world.persons[act.person] = act.citizen
    world.record(
        Access(act.at, words.FOREVER, act.person, act.citizen, words.ALL_KINDS, words.FOUR, words.SELF)
    )


@_do.register
def _record_guardian(act: acts.RecordGuardian, world: World) -> None:
    _end(world.about(act.child, words.GUARDIAN, [act.guardian]), act)
    left_out = 0 if act.lives_with else words.GUARDIAN_ONLY_IF_LIVING_WITH
    for kinds, until in act.parts:
        kept = kinds & words.BASIS_KINDS[words.GUARDIAN] & ~left_out
        if kept and until > act.at:
            world.record(Access(act.at, until, act.child, act.guardian, kept, words.FOUR, words.GUARDIAN))


@_do.register
def _record_guardian_of_minor(act: acts.RecordGuardianOfMinor, world: World) -> None:
    """A kind is open until the first of the birthdays that close it."""
    until: dict[datetime, int] = {}
    for kind in (kind for kind in words.KINDS if kind & act.kinds):
        last = min(_birthday(act.born, age) for age, closed in act.lines if closed & kind)
        until[last] = until.get(last, 0) | kind
    parts = tuple((kinds, last) for last, kinds in until.items())
    _record_guardian(
        acts.RecordGuardian(act.at, act.child, act.guardian, parts, act.lives_with, act.by), world
    )


def _birthday(born: date, age: int) -> datetime:
    """Its first moment in Norway; of whoever was born on a leap day, in other years on 1 March."""
    is_leap = monthrange(born.year + age, 2)[1] == LEAP
    day = (born.month, born.day) if is_leap or (born.month, born.day) != (2, LEAP) else (3, 1)
    return datetime(born.year + age, *day, tzinfo=ZoneInfo("Europe/Oslo")).astimezone(UTC)


@_do.register
def _end_guardian(act: acts.EndGuardian, world: World) -> None:
    _end(world.about(act.child, words.GUARDIAN, [act.guardian]), act)


@_do.register
def _give_consent(act: acts.GiveConsent, world: World) -> None:
    world.consents[act.consent] = Consent(act.at, act.until, act.person, act.kinds, act.purposes, act.units)


@_do.register
def _admit(act: acts.AdmitPosts, world: World) -> None:
    consent = world.consents[act.consent]
    if not consent.holds(act.at):
        raise ValueError("Nobody is admitted on a consent that is not in force.")
    kinds = consent.kinds | words.WITH_EVERY_CONSENT
    for post in act.posts:
        world.record(
            Access(act.at, consent.until, consent.person, post, kinds, consent.purposes, words.BY_CONSENT,
                   act.consent)
        )  # fmt: skip


@_do.register
def _dismiss(act: acts.DismissPosts, world: World) -> None:
    _end(world.about(act.person, words.BY_CONSENT, act.posts), act)


@_do.register
def _withdraw(act: acts.WithdrawConsent, world: World) -> None:
    consent = world.consents[act.consent]
    consent.end(act.at)
    admitted = world.about(consent.person, words.BY_CONSENT)
    shared = (share for shares in world.shares.values() for share in shares)
    _end((access for access in [*admitted, *shared] if access.ground == act.consent), act)


@_do.register
def _open_by_law(act: acts.OpenByLaw, world: World) -> None:
    """Opened anew to the same post on the same provision, the newer one takes the older one's place."""
    older = world.about(act.subject, words.STATUTE, act.posts)
    _end((access for access in older if access.provision == act.provision), act)
    for post in act.posts:
        world.record(
            Access(act.at, act.until, act.subject, post, act.kinds, act.purposes, words.STATUTE, act.unit,
                   act.provision)
        )  # fmt: skip


@_do.register
def _end_by_law(act: acts.EndByLaw, world: World) -> None:
    """Of these posts on that provision, whichever unit opened it: that closes most."""
    opened = world.about(act.subject, words.STATUTE, act.posts)
    _end((access for access in opened if access.provision == act.provision), act)


@_do.register
def _share(act: acts.ShareWithFamily, world: World) -> None:
    """It lasts as long as the consent it is made on, and serves what that serves."""
    consent = world.consents[act.consent]
    share = Access(
        act.at, consent.until, act.giver, act.citizen, words.SHARED_IN_FAMILY, consent.purposes & words.FOUR,
        SHARE, act.consent,
    )  # fmt: skip
    world.shares.setdefault((act.family, act.citizen), []).append(share)


@_do.register
def _open_family(act: acts.OpenFamily, world: World) -> None:
    world.families[act.family] = Family(act.members, act.at)
    for member in act.members:
        world.families_of.setdefault(member, []).append(act.family)


@_do.register
def _break_glass(act: acts.BreakGlass, world: World) -> None:
    until = act.at + timedelta(hours=min(act.hours, words.LIFT_HOURS))
    lift = Access(act.at, until, act.subject, act.post, act.kinds, act.purpose, words.LIFT, act.lift)
    world.record(lift)
    world.lifts[act.lift] = lift


@_do.register
def _find_misuse(act: acts.FindMisuse, world: World) -> None:
    world.lifts[act.lift].end(act.at)
    world.misused.add(act.lift)


@_do.register
def _bar(act: acts.BarHolder, world: World) -> None:
    world.bars.setdefault(act.holder, {}).setdefault(act.subject, set()).add(act.reason)


@_do.register
def _protect(act: acts.ProtectPlace, world: World) -> None:
    world.protected.add(act.subject)


@_do.register
def _lift_protection(act: acts.LiftProtection, world: World) -> None:
    world.protected.discard(act.subject)


@_do.register
def _write_row(act: acts.WriteRow, world: World) -> None:
    world.rows.append(Row(act.row, act.subject, act.kind, act.sealed_to))
