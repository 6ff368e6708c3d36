"""A post is away, and its deputies stand in; behind a deputy who is away too stands the unit's leader post.

Who stands in is read from the days and from the team, never stored, so no day can be left out. What is
written is that the deputy joins the team, on the consent that the coordinator's own place in it rests on: as
soon as the absence is said, so that there is time to talk. Who joined stays, as the plan's deputy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import connection, transaction

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.coordination import facts, policies, verbs
from samvirke.coordination.models import Absence, Duty, Turn
from samvirke.coordination.types import AbsenceRow, StandInRow
from samvirke.events import operations as events
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.access import Role
from samvirke.gate.types import ConsentRecord, Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import operations as plan
from samvirke.plan import queries as plans

# One absence at a time is said, and none while a turn starts: two posts cannot both rely on the other.
SAYING = "LOCK TABLE coordination_absence IN SHARE ROW EXCLUSIVE MODE"
STARTING = "LOCK TABLE coordination_absence IN ROW EXCLUSIVE MODE"
PEOPLE = frozenset(Role) - {Role.INTEGRATION}


@transaction.atomic
def say_absence(*, post_id: UUID, away_from: date, back_on: date, by: Viewer) -> UUID:
    """The post is away from a day until another; on each plan it coordinates the deputy stands in.

    Where the deputy is away too, or the consent does not open the plan to the deputy's unit, the leader of
    the coordinating unit does. Raises NotYourAbsence, DaysTurnedRound, AlreadyAway, NobodyStandsIn.
    """
    policies.check_own_or_led(by, post_id, _leader_over(post_id))
    policies.check_days(away_from, back_on, by.now.date())
    _take(SAYING)
    policies.check_apart(Absence.objects.filter(post_id=post_id), away_from, back_on)
    absence = Absence.objects.create(
        id=uuid4(),
        post_id=post_id,
        away_from=away_from,
        back_on=back_on,
        said_by_id=by.post_id,
        said_at=by.now,
    )
    for turn in _open_turns(by):
        if post_id in _seats([turn])[turn.id]:
            _cover(turn, by, tell=absence if turn.post_id == post_id else None)
    return absence.id


@transaction.atomic
def end_absence(*, absence_id: UUID, by: Viewer) -> None:
    """The post is back today, before the day that was said. Raises NotYourAbsence, Absence.DoesNotExist."""
    today = by.now.date()
    absence = Absence.objects.get(pk=absence_id, back_on__gt=today)
    policies.check_own_or_led(by, absence.post_id, _leader_over(absence.post_id))
    absence.away_from, absence.back_on = min(today, absence.away_from), today
    absence.save(update_fields=["away_from", "back_on"])
    told = [
        facts.StandInEnded(turn.subject_id, turn.duty.plan_id, absence.post_id, absence.back_on)
        for turn in _open_turns(by)
        if turn.post_id == absence.post_id
    ]
    events.record(told, by=by.post_id, at=by.now)


def cover(turn: Turn, *, by: Viewer) -> None:
    """A turn has started: who stands in on days already said joins the team. Raises NobodyStandsIn."""
    _take(STARTING)
    _cover(turn, by, tell=None)


def may_say_for(viewer: Viewer) -> list[PostRow]:
    """The posts whose absence the viewer may say: the own one first, then for a leader the unit's."""
    ids = _may_say_for(viewer)
    posts = agencies.posts(ids)
    return [posts[post_id] for post_id in ids]


def absences(viewer: Viewer) -> list[AbsenceRow]:
    """The viewer's own days away that are not over, and for a leader the unit's, with who stands in."""
    today = viewer.now.date()
    mine = _may_say_for(viewer)
    found = list(Absence.objects.filter(post_id__in=mine, back_on__gt=today).order_by("away_from", "id"))
    titles = {post_id: post.title for post_id, post in agencies.posts(one.post_id for one in found).items()}
    turns = _open_turns(viewer) if found else []
    return [
        AbsenceRow(
            absence_id=one.id,
            post_title=titles[one.post_id],
            is_mine=one.post_id == viewer.post_id,
            away_from=one.away_from,
            back_on=one.back_on,
            stand_ins=_stand_ins(viewer, one, [turn for turn in turns if turn.post_id == one.post_id]),
        )
        for one in found
    ]


def _may_say_for(viewer: Viewer) -> list[UUID]:
    own = agencies.post(viewer.post_id)
    of_unit = [post.id for post in agencies.posts_of(own.unit_id) if post.role in PEOPLE]
    is_leader = bool(of_unit) and _leader_over(own.post_id) == own.post_id
    return of_unit if is_leader else [own.post_id]


def _stand_ins(viewer: Viewer, absence: Absence, turns: Sequence[Turn]) -> tuple[StandInRow, ...]:
    """Who stands in on each plan, stretch by stretch; each plan is logged as read."""
    names = families.titles({turn.subject_id for turn in turns})
    shown = DataKind.IDENTITY | DataKind.PLAN
    audit.note(viewer, verbs.READ_OFFERS, subject_ids=list(names), basis="consent", kinds=shown)
    seats, teams = _seats(turns), plans.teams(turn.duty.plan_id for turn in turns)
    since = max(absence.away_from, viewer.now.date())
    known = _absences(seats.values(), since)
    near = ask.near_hidden(names)
    posts = agencies.posts(seat for chain in seats.values() for seat in chain)
    rows = []
    still = [turn for turn in turns if turn.subject_id in names]  # no consent was withdrawn just now
    for turn in sorted(still, key=lambda turn: (names[turn.subject_id], str(turn.id))):
        chain, team = seats[turn.id], teams[turn.duty.plan_id]
        around = people.posts_around(turn.subject_id, chain) if turn.subject_id in near else posts
        of_chain = [one for one in known if one.post_id in chain]
        for first, last in policies.turning_days(of_chain, since=since, until=absence.back_on):
            who = policies.acting(chain, policies.away_on(first, of_chain), team) or chain[-1]
            rows.append(_stand_in_row(turn, names[turn.subject_id], first, last, around[who]))
    return tuple(rows)


def _stand_in_row(turn: Turn, name: str, first: date, last: date, who: PostRow) -> StandInRow:
    return StandInRow(
        plan_id=turn.duty.plan_id,
        person_name=name,
        since=first,
        until=last,
        who=who.title,
        is_leader=who.post_id != turn.deputy_id,
        who_kind=who.agency_kind,
    )


def _cover(turn: Turn, by: Viewer, *, tell: Absence | None) -> None:
    """See to it that on each day ahead somebody of the turn's seats is there and in the team."""
    today, chain = by.now.date(), _seats([turn])[turn.id]
    known = _absences([chain], today)
    if not any(one.post_id == turn.post_id for one in known):
        return
    until = max(one.back_on for one in known)
    team = plans.teams([turn.duty.plan_id])[turn.duty.plan_id]
    consents = {seat: _consents_for(turn, seat, team, by) for seat in chain if seat not in team}
    able = {*team, *(seat for seat, found in consents.items() if found)}
    for first, last in policies.turning_days(known, since=today, until=until):
        who = policies.acting(chain, policies.away_on(first, known), able)
        if who is None:
            raise policies.NobodyStandsIn(first)
        if consents.get(who):
            plan.add_family_members(
                plan_id=turn.duty.plan_id, post_ids=[who], consent_ids=consents.pop(who), by=by
            )
        if tell is not None and tell.away_from <= first < tell.back_on:
            told = facts.StandInArranged(
                turn.subject_id, turn.duty.plan_id, turn.post_id, who, away_from=first, back_on=last
            )
            events.record([told], by=by.post_id, at=by.now)


def _consents_for(turn: Turn, seat: UUID, team: Mapping[UUID, UUID], by: Viewer) -> list[UUID]:
    """The consents that would open the plan to a further post: one of each person, or none at all.

    Never one that tells a protected place: who stands in does not come to know it.
    """
    members = families.families([turn.subject_id]).get(turn.subject_id, ())
    persons = [member.person_id for member in members] or [turn.subject_id]
    unit_id = agencies.post(seat).unit_id
    opening = [one for one in ask.own_consents(by, persons) if _opens_to(one, unit_id, by)]
    if not members:
        opening = [one for one in opening if one.id == team.get(turn.post_id)]
    chosen = {one.subject_id: one.id for one in opening}
    return [chosen[person] for person in persons] if chosen.keys() == set(persons) else []


def _opens_to(consent: ConsentRecord, unit_id: UUID, by: Viewer) -> bool:
    named = unit_id in {*consent.from_units, *consent.to_units}
    return named and consent.in_force(by.now) and not consent.kinds & DataKind.PROTECTED_LOCATION


def _open_turns(viewer: Viewer) -> list[Turn]:
    """The newest turn of each duty that goes on, of plans the viewer sees."""
    duties = ask.visible(viewer, verbs.READ_OFFERS, Duty.objects.filter(closed_on__isnull=True))
    found = Turn.objects.filter(duty__in=duties).select_related("duty")
    return list(found.order_by("duty_id", "-starts_on").distinct("duty_id"))


def _seats(turns: Sequence[Turn]) -> dict[UUID, list[UUID]]:
    """Coordinator, deputy and the coordinating unit's leader post, each once, by turn."""
    leaders = agencies.leaders_of(turn.duty.unit_id for turn in turns)
    return {
        turn.id: list(dict.fromkeys([turn.post_id, turn.deputy_id, leaders[turn.duty.unit_id]]))
        for turn in turns
    }


def _absences(chains: Iterable[Sequence[UUID]], today: date) -> list[Absence]:
    posts = {seat for chain in chains for seat in chain}
    return list(Absence.objects.filter(post_id__in=posts, back_on__gt=today).order_by("away_from", "id"))


def _leader_over(post_id: UUID) -> UUID | None:
    unit_id = agencies.post(post_id).unit_id
    return agencies.leaders_of([unit_id]).get(unit_id)


def _take(lock: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(lock)
