"""A world of acts done again in a real database: through the system's own functions, as who does it, then.

What the gate does not let anybody do is not done in the oracle's world either, and counted: who may do an act
is more than the access document says. A tie opens nothing by itself and is written as it stands; memberships
and bars of those who may not declare them are an administrator's acts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial, singledispatchmethod
from uuid import UUID, uuid4

from django.db import IntegrityError, ProgrammingError

from proof.oracle import World, acts, apply, words
from proof.scratch import Scratch
from samvirke.gate import clock, operations, session
from samvirke.gate.access import ACCESS, Refusal, Role
from samvirke.gate.models import FAR_FUTURE, Bar, Membership
from samvirke.kernel.gate_words import DataKind, Purpose

TIE = """
SET session_replication_role = replica;
INSERT INTO people_identitylink (id, subject_id, record_id, consent_id, linked_by_id, linked_at)
VALUES ('{id}', '{person}', '{record}', '{id}', '{id}', '{at}');
SET session_replication_role = origin;
"""
TOUCHED = "UPDATE people_identitylink SET linked_at = linked_at WHERE record_id = %s"  # for its triggers
END_TIE = "UPDATE people_identitylink SET unlinked_at = %s WHERE record_id = %s AND unlinked_at IS NULL"


class NotDone(Exception):
    """Nobody who could do the act was let."""


@dataclass
class Replayed:
    """A database, and the oracle's world of the same acts."""

    scratch: Scratch
    world: World = field(default_factory=World)
    ids: dict[UUID, UUID] = field(default_factory=dict)
    reviewers: dict[UUID, UUID] = field(default_factory=dict)
    not_done: list[acts.Act] = field(default_factory=list)
    at: datetime | None = None

    def replay(self, history: Iterable[acts.Act]) -> None:
        """These acts are done, one after the other."""
        history = list(history)
        self.reviewers |= {act.lift: act.by for act in history if isinstance(act, acts.FindMisuse)}
        for act in history:
            self.do(act)

    def do(self, act: acts.Act) -> bool:
        """The act is done at its moment in both, or in neither."""
        self.set_clock(act.at)
        try:
            self.perform(act)
        except (NotDone, KeyError):  # or it is about something that was not done
            self.not_done.append(act)
            return False
        apply(self.world, act)
        return True

    def perform(self, act: acts.Act) -> None:
        """The act is done in the database. Raises NotDone."""
        self._do(act)

    def set_clock(self, at: datetime) -> None:
        """It is this moment in the database."""
        if at != self.at:
            clock.set_to(at)
            self.at = at

    def subject(self, one: UUID) -> UUID:
        """The id by which the database knows a subject."""
        return self.ids.get(one, one)

    def purposes(self, post: UUID, at: datetime) -> list[Purpose]:
        """What a post can be here for now."""
        mask = 0
        for membership in self.world.of_post.get(post, ()):
            mask |= membership.purposes if membership.holds(at) else 0
        return [Purpose(purpose) for purpose in words.PURPOSES if purpose & mask]

    def as_(self, posts: Iterable[UUID], act: Callable[[], object], purpose: int = 0) -> None:
        """Done by the first of these posts that is let, for the first of its purposes. Raises NotDone."""
        for post in posts:
            for mine in [Purpose(purpose)] if purpose else self.purposes(post, self.moment):
                if _is_done(post, mine, act):
                    return
        raise NotDone

    @property
    def moment(self) -> datetime:
        """What the clock says."""
        assert self.at is not None
        return self.at

    def _of_unit(self, unit: UUID) -> list[UUID]:
        return [post for post, own in self.world.post_units.items() if own == unit]

    def _giver(self, consent: UUID) -> UUID:
        return self.world.persons[self.world.consents[consent].person]

    @singledispatchmethod
    def _do(self, act: acts.Act) -> None:
        raise TypeError(f"No such act: {act}")

    @_do.register
    def _(self, act: acts.AddUnit) -> None:
        operations.new_holders([act.unit])

    @_do.register
    def _(self, act: acts.AddPost) -> None:
        operations.new_holders([act.post])

    @_do.register
    def _(self, act: acts.AddCitizen) -> None:
        """Opening the person makes its citizen and the citizen's membership."""

    @_do.register
    def _(self, act: acts.BeginMembership) -> None:
        if act.post not in self.world.citizens:
            _appoint(act.membership, act.post, act.holder, act.role, act.purposes, act.start, act.until)

    @_do.register
    def _(self, act: acts.EndMembership) -> None:
        _end(act.membership, act.at)

    @_do.register
    def _(self, act: acts.SuspendMembership) -> None:
        first = self.world.memberships[act.membership]
        until = None if first.until == words.FOREVER else first.until
        _end(act.membership, act.at)
        _appoint(act.second, first.post, first.holder, first.role, first.purposes, act.resumes, until)

    @_do.register
    def _(self, act: acts.OpenRecords) -> None:
        opened = partial(operations.open_records, unit_id=act.unit, record_ids=act.records)
        self.as_(self._of_unit(act.unit), opened)

    @_do.register
    def _(self, act: acts.TakeRecordsBack) -> None:
        if act.unit != self.world.records[act.records[0]]:
            raise NotDone
        closed = partial(operations.close_records, unit_id=act.unit, record_ids=act.records)
        self.as_(self._of_unit(act.unit), closed)

    @_do.register
    def _(self, act: acts.ShieldRecord) -> None:
        unit = self.world.records[act.record]
        self.as_(
            [act.by],
            partial(operations.shield, record_id=act.record, unit_id=unit, post_ids=list(act.posts)),
        )

    @_do.register
    def _(self, act: acts.EndShield) -> None:
        self.as_([act.by], partial(operations.unshield, record_id=act.record))

    @_do.register
    def _(self, act: acts.TieRecord) -> None:
        at = act.at.isoformat()
        self.scratch.link.execute(TIE.format(id=uuid4(), person=act.person, record=act.record, at=at))
        self.scratch.link.execute(TOUCHED, [act.record])

    @_do.register
    def _(self, act: acts.EndTie) -> None:
        self.scratch.link.execute(END_TIE, [act.at, act.record])

    @_do.register
    def _(self, act: acts.OpenPerson) -> None:
        self.as_([act.by], partial(operations.open_person, person_id=act.person, citizen_id=act.citizen))

    @_do.register
    def _(self, act: acts.RecordGuardian) -> None:
        recorded = partial(
            operations.open_guardian,
            child_id=act.child,
            citizen_id=act.guardian,
            lives_with_child=bool(act.lives_with),
            parts=[(DataKind(kinds), until) for kinds, until in act.parts],
        )
        self.as_([act.by], recorded)

    @_do.register
    def _(self, act: acts.EndGuardian) -> None:
        self.as_([act.by], partial(operations.end_guardian, child_id=act.child, citizen_id=act.guardian))

    @_do.register
    def _(self, act: acts.GiveConsent) -> None:
        def give() -> None:
            self.ids[act.consent] = operations.give_consent(
                person_id=act.person,
                citizen_id=citizen,
                kinds=DataKind(act.kinds),
                purposes=Purpose(act.purposes),
                from_units=act.units,
                to_units=act.units,
                provisions=["no.consent_individual_plan"],
                form="digital",
                text_version="1",
                until=act.until,
            )

        citizen = self.world.persons[act.person]
        self.as_([citizen], give)

    @_do.register
    def _(self, act: acts.AdmitPosts) -> None:
        admitted = partial(operations.admit, consent_id=self.ids[act.consent], post_ids=act.posts)
        self.as_([self._giver(act.consent)], admitted)

    @_do.register
    def _(self, act: acts.DismissPosts) -> None:
        citizen = self.world.persons[act.person]
        self.as_([citizen], partial(operations.dismiss, subject_id=act.person, post_ids=act.posts))

    @_do.register
    def _(self, act: acts.WithdrawConsent) -> None:
        withdrawn = partial(operations.withdraw_consent, consent_id=self.ids[act.consent])
        self.as_([self._giver(act.consent)], withdrawn)

    @_do.register
    def _(self, act: acts.OpenByLaw) -> None:
        opened = partial(
            operations.open_by_law,
            person_id=act.subject,
            post_ids=act.posts,
            kinds=DataKind(act.kinds),
            purposes=Purpose(act.purposes),
            provision=act.provision,
            until=act.until,
        )
        self.as_([act.by], opened)

    @_do.register
    def _(self, act: acts.EndByLaw) -> None:
        ended = partial(
            operations.end_by_law, person_id=act.subject, post_ids=act.posts, provision=act.provision
        )
        self.as_(self._of_unit(act.unit), ended)

    @_do.register
    def _(self, act: acts.ShareWithFamily) -> None:
        shared = partial(
            operations.share_with_family,
            consent_id=self.ids[act.consent],
            circle_id=self.ids[act.family],
            citizen_ids=[act.citizen],
        )
        self.as_([self.world.persons[act.giver]], shared)

    @_do.register
    def _(self, act: acts.OpenFamily) -> None:
        def opened() -> None:
            self.ids[act.family] = operations.open_circle(person_ids=act.members)

        self.as_([act.by], opened)

    @_do.register
    def _(self, act: acts.BreakGlass) -> None:
        def lifted() -> None:
            lift_id = operations.lift(
                subject_id=act.subject,
                kinds=DataKind(act.kinds),
                reason=act.reason,
                hours=act.hours,
                reviewer_id=reviewer,
            )
            if lift_id is None:
                raise NotDone
            self.ids[act.lift] = lift_id

        others = (post for post in self.world.post_units if post != act.post)
        reviewer = self.reviewers.setdefault(act.lift, next(others))
        self.as_([act.post], lifted, act.purpose)

    @_do.register
    def _(self, act: acts.FindMisuse) -> None:
        found = partial(operations.review_lift, lift_id=self.ids[act.lift], verdict="misuse")
        self.as_([act.by], found)

    @_do.register
    def _(self, act: acts.BarHolder) -> None:
        subject, reason = self.subject(act.subject), Refusal(act.reason)
        declared = partial(operations.bar, holder_id=act.holder, subject_id=subject, reason=reason)
        own = [act.holder] if act.holder in self.world.post_units else []
        try:
            self.as_(own, declared)
        except NotDone:
            Bar.objects.using(operations.OWNER).create(
                id=uuid4(), holder_id=act.holder, subject_id=subject, reason=reason, since=act.at
            )

    @_do.register
    def _(self, act: acts.ProtectPlace) -> None:
        self.as_([act.by], partial(operations.protect_place, person_id=act.subject))

    @_do.register
    def _(self, act: acts.LiftProtection) -> None:
        self.as_([act.by], partial(operations.lift_place, person_id=act.subject))

    @_do.register
    def _(self, act: acts.WriteRow) -> None:
        """The probe is filled when all is done."""


def _appoint(
    key: UUID, post: UUID, holder: UUID, role: str, purposes: int, start: datetime, until: datetime | None
) -> None:
    Membership.objects.using(operations.OWNER).create(
        id=key,
        post_id=post,
        holder_id=holder,
        role=role,
        kinds=int(ACCESS[Role(role)].reads),
        purposes=purposes,
        valid_from=start,
        valid_to=until or FAR_FUTURE,
    )


def _end(key: UUID, at: datetime) -> None:
    """As `operations.end_membership`, for one."""
    held = Membership.objects.using(operations.OWNER).filter(pk=key)
    held.filter(valid_from__gte=at).delete()
    held.filter(valid_to__gt=at).update(valid_to=at)


def _is_done(post: UUID, purpose: Purpose, act: Callable[[], object]) -> bool:
    """Whether the post may act for the purpose and the gate lets it; anything but a refusal is an error."""
    try:
        with session.enter(post, purpose):
            act()
    except (session.NoMembership, NotDone):
        return False
    except (ProgrammingError, IntegrityError) as problem:
        if "gate: " not in str(problem) and not isinstance(problem, IntegrityError):
            raise
        return False
    return True
