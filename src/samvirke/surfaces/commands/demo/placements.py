"""What the agencies offer, and who is ready for it: some get a place, some wait, and some wait in vain.

Few places among many, so that the demonstration shows a queue. Played through the operations; a place is
given by a worker of the deciding unit who is in the team, and where there is none the person waits on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from samvirke.gate.types import Viewer
from samvirke.interventions import operations, policies
from samvirke.interventions.types import NewIntervention
from samvirke.kernel.codes import AgencyKind, InterventionKind, PlacementEnd, UnmetReason
from samvirke.kernel.gate_words import DataKind
from samvirke.surfaces.commands.demo.organisation import Organisation, key_id
from samvirke.surfaces.commands.demo.player import Player, Step
from samvirke.surfaces.commands.demo.told import Told
from samvirke.surfaces.commands.demo.world.types import Municipality

NAV, SOCIAL = AgencyKind.NAV_STATE, AgencyKind.SOCIAL_SERVICE
HOW_MANY = 34  # people besides the visited one; two or three steps for most of them
SETTLED = timedelta(days=21)  # a plan this old has its team
UNANSWERED = timedelta(days=60)  # who was noted later than this still waits, so that a visitor can answer
LONG_ENOUGH = timedelta(days=65)  # and after this its needs are known


@dataclass(frozen=True, slots=True)
class Offer:
    """What one agency offers in each municipality."""

    decides: AgencyKind
    kind: InterventionKind
    name: str
    provider: str
    places: int


OFFERS = (
    Offer(NAV, InterventionKind.GUIDANCE, "Karriereveiledning", "Karrieresenteret", 3),
    Offer(NAV, InterventionKind.TRAINING, "Kurs i salg og service", "Studieforbundet", 1),
    Offer(NAV, InterventionKind.WORK_PRACTICE, "Arbeidspraksis i bedrift", "Vekstbedriften", 1),
    Offer(NAV, InterventionKind.WAGE_SUBSIDY, "Lønnstilskudd i butikk", "Handelshuset", 1),
    Offer(SOCIAL, InterventionKind.SOCIAL_SUPPORT, "Aktivitetssenteret", "Frivilligsentralen", 1),
)
FITTING = {
    DataKind.EMPLOYMENT: (
        InterventionKind.WORK_PRACTICE,
        InterventionKind.WAGE_SUBSIDY,
        InterventionKind.GUIDANCE,
    ),
    DataKind.EDUCATION: (InterventionKind.TRAINING, InterventionKind.GUIDANCE),
    DataKind.SOCIAL: (InterventionKind.SOCIAL_SUPPORT, InterventionKind.WORK_PRACTICE),
}
DECIDES = {offer.kind: offer.decides for offer in OFFERS}
ENDS = (PlacementEnd.COMPLETED, PlacementEnd.JOB, PlacementEnd.COMPLETED, PlacementEnd.BROKEN_OFF)
WORDS = ("Jeg vil gjerne i gang.", "Helst noe der jeg får bruke hendene.", "")


def catalogue(here: Organisation, places: Sequence[Municipality], since: date) -> list[NewIntervention]:
    """Every offer in every municipality, paid by the agency that decides."""
    return [
        NewIntervention(
            id=_offer_id(offer.kind, place.code),
            unit_id=here.unit(offer.decides, place.code),
            kind=offer.kind,
            name=offer.name,
            provider=f"{offer.provider} i {place.name}",
            paid_by=offer.decides,
            is_earmarked=offer.kind is InterventionKind.WORK_PRACTICE,
            starts_on=since,
            places=offer.places,
        )
        for place in places
        for offer in OFFERS
    ]


def steps(
    visited: Player | None, players: Sequence[Player], here: Organisation, today: date, told: Told
) -> Iterator[Step]:
    """`visited`, whom a visitor can be, has been to guidance and waits for work practice."""
    if visited is not None:
        days = [today - timedelta(days=ago) for ago in (90, 80, 70, 40)]
        yield from _Case(visited, InterventionKind.GUIDANCE, here, told).steps(days)
        days = [today - timedelta(days=34)]
        yield from _Case(visited, InterventionKind.WORK_PRACTICE, here, told, WORDS[1]).steps(days)
    others = [player for player in players if player is not visited and _is_settled(player, today)]
    for number, player in enumerate(sorted(others, key=_newest_alive)[:HOW_MANY]):
        kind = _kind_for(player, number)
        case = _Case(player, kind, here, told, WORDS[number % len(WORDS)], number)
        yield from case.steps(_days(player, number, today))


def _offer_id(kind: InterventionKind, municipality: str) -> UUID:
    return key_id(f"intervention/{kind.value}/{municipality}")


def _is_settled(player: Player, today: date) -> bool:
    """On a plan with a team, long enough before it ended."""
    plan = player.story.plan
    if plan is None or player.waits_for_an_answer:
        return False
    return plan.starts_on + LONG_ENOUGH < (plan.ending.on if plan.ending else today)


def _newest_alive(player: Player) -> tuple[bool, int]:
    """Living plans first, the newest of them first: of these a visitor finds somebody who waits."""
    plan = player.story.plan
    assert plan is not None
    return (plan.ending is not None, -plan.starts_on.toordinal())


def _kind_for(player: Player, number: int) -> InterventionKind:
    """What fits an action of the plan; the first one needs what nobody offers."""
    assert player.story.plan is not None
    if number == 0:
        return InterventionKind.SUPPORTED_EMPLOYMENT
    if number % 5 == 4:  # everybody's consent opens everyday life
        return InterventionKind.SOCIAL_SUPPORT
    told = [action.kind for goal in player.story.plan.goals for action in goal.actions]
    fitting = [FITTING[kind] for kind in told if kind in FITTING] or [FITTING[DataKind.EMPLOYMENT]]
    kinds = fitting[number % len(fitting)]
    return kinds[number % len(kinds)]


def _days(player: Player, number: int, today: date) -> list[date]:
    """When it is noted, answered, answered again and over; nothing after the plan's last day but one."""
    plan = player.story.plan
    assert plan is not None
    last = plan.ending.on - timedelta(days=1) if plan.ending else today
    noted = plan.starts_on + SETTLED + timedelta(days=number * 7 % 40)
    if number and noted > today - UNANSWERED:
        return [noted]
    answered = noted + timedelta(days=14 + number * 11 % 60)
    again = answered + timedelta(days=35)
    over = again + timedelta(days=40 + number * 13 % 70)
    if plan.ending is not None:
        over = min(over, last)
    return [day for day in (noted, answered, again, over) if day <= last]


class _Case:
    """One need and what comes of it. A place is tried twice; then the person waits on, or in vain."""

    def __init__(
        self,
        player: Player,
        kind: InterventionKind,
        here: Organisation,
        told: Told,
        words: str = "",
        number: int = 0,
    ) -> None:
        self.player, self.kind, self.told, self.words, self.number = player, kind, told, words, number
        self.offer = _offer_id(kind, player.person.municipality)
        self.decides = _in_team(player, DECIDES.get(kind), here)
        self.need_id: UUID | None = None
        self.placement_id: UUID | None = None
        self.is_settled = False

    def steps(self, days: Sequence[date]) -> Iterator[Step]:
        """On these days it is noted, answered, answered again if need be, and over."""
        acts: tuple[Callable[[Viewer], None], ...] = (
            self._note,
            self._answer,
            partial(self._answer, is_last=True),
            self._end,
        )
        for number, (day, act) in enumerate(zip(days, acts, strict=False)):
            yield Step(day, self._who if number else lambda: self.player.coordinator, act)

    def _who(self) -> UUID:
        return self.decides or self.player.coordinator

    def _note(self, by: Viewer) -> None:
        self.need_id = operations.note_need(
            person_id=self.player.known.person_id, intervention_kind=self.kind, words=self.words, by=by
        )
        self.told.needs += 1

    def _answer(self, by: Viewer, *, is_last: bool = False) -> None:
        assert self.need_id is not None
        if self.kind not in DECIDES and not self.is_settled:
            self._say_unmet(UnmetReason.NO_SUCH_OFFER, by)
        if self.decides is None or self.is_settled:
            return
        try:
            self.placement_id = operations.give_place(
                need_id=self.need_id, intervention_id=self.offer, starts_on=by.now.date(), by=by
            )
        except policies.NoFreePlace:
            if is_last and self.number % 2:
                self._say_unmet(UnmetReason.NO_PLACE, by)
        else:
            self.is_settled = True
            self.told.places_given += 1

    def _say_unmet(self, reason: UnmetReason, by: Viewer) -> None:
        assert self.need_id is not None
        operations.say_unmet(need_id=self.need_id, reason=reason, by=by)
        self.is_settled = True
        self.told.unmet += 1

    def _end(self, by: Viewer) -> None:
        if self.placement_id is not None:
            reason = ENDS[self.number % len(ENDS)]
            operations.end_placement(placement_id=self.placement_id, reason=reason, by=by)


def _in_team(player: Player, kind: AgencyKind | None, here: Organisation) -> UUID | None:
    """The worker of the deciding agency who is in the person's team."""
    assert player.story.plan is not None
    keys = [key for key in player.story.plan.team if kind is not None and key.startswith(kind.value)]
    return here.worker(keys[0]) if keys else None
