"""The survey and the register extract of 24 municipalities, with effects planted in the three trial ones.

Two waves of different people. What would have been without the joint effort is drawn first; the effect is
added in trial municipalities after the start; the answer is rounded and kept between 0 and 10 last. The
realised effect compares, for the same treated people, the answer with and without.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from statistics import fmean

from samvirke.kernel.codes import TargetGroup
from samvirke.surfaces.commands.demo.world.types import (
    Municipality,
    PlantedEffect,
    RegisterRow,
    SurveyAnswer,
)

BEFORE, AFTER = "before", "after"
USER, STAFF = "user", "staff"
USERS_AROUND, STAFF_AROUND, REGISTER_AROUND = 150, 25, 180  # per municipality and wave
SHARE_IN_NEED = 0.2
EFFECT_IN_NEED = 1.4
EFFECT_ON_OTHERS = -EFFECT_IN_NEED * SHARE_IN_NEED / (1 - SHARE_IN_NEED)  # so that users' mean effect is 0
EFFECT_ON_STAFF = 1.2
EFFECT_ON_WORK = 0.0
PLACE_SPREAD, CHANGE_SPREAD, PERSON_SPREAD = 0.4, 0.06, 1.1
SATISFACTION = {USER: 5.6, STAFF: 5.4}
LESS_IN_NEED = 0.7  # users who need coordinated services start out less satisfied
CHANGE_EVERYWHERE = 0.15
IN_WORK = {
    TargetGroup.LONG_TERM_RECIPIENT: 0.30,
    TargetGroup.YOUTH: 0.48,
    TargetGroup.SINGLE_PROVIDER: 0.36,
    TargetGroup.IMMIGRANT_OR_REFUGEE: 0.40,
}
IN_WORK_PLACE_SPREAD, IN_WORK_CHANGE_SPREAD, IN_WORK_CHANGE_EVERYWHERE = 0.03, 0.01, 0.01
WAVE_STARTS_DAYS_AGO = {BEFORE: 800, AFTER: 60}
WAVE_DAYS = 45


@dataclass(slots=True)
class SurveyDrawer:
    """Draws the survey and keeps, for the treated, what each would have answered without."""

    rng: Random
    places: tuple[Municipality, ...]
    today: date
    gains: dict[str, list[float]] = field(default_factory=dict)  # whom → answers with minus without

    def answers(self) -> Iterator[SurveyAnswer]:
        """Every answered questionnaire, municipality by municipality."""
        for place in self.places:
            level = self.rng.gauss(0, PLACE_SPREAD)
            change = CHANGE_EVERYWHERE + self.rng.gauss(0, CHANGE_SPREAD)
            for wave in (BEFORE, AFTER):
                shift = level + (change if wave == AFTER else 0)
                for group, around in ((USER, USERS_AROUND), (STAFF, STAFF_AROUND)):
                    for needs in self._needs(group, around):
                        yield self._answer(place, wave=wave, group=group, needs=needs, shift=shift)

    def effects(self) -> tuple[PlantedEffect, ...]:
        """What was planted, and what came of it after rounding."""
        planted = {
            "users": 0.0,
            "users_in_need": EFFECT_IN_NEED,
            "users_not_in_need": EFFECT_ON_OTHERS,
            "staff": EFFECT_ON_STAFF,
        }
        return tuple(
            PlantedEffect(
                outcome="satisfaction",
                among=among,
                planted=effect,
                realised=fmean(self.gains[among]),
                treated=len(self.gains[among]),
            )
            for among, effect in planted.items()
        )

    def _needs(self, group: str, around: int) -> list[bool | None]:
        """One entry per respondent; exactly a fifth of the users are in need."""
        how_many = self.rng.randint(round(around * 0.93), round(around * 1.07))
        if group == STAFF:
            return [None] * how_many
        in_need = round(how_many * SHARE_IN_NEED)
        needs: list[bool | None] = [index < in_need for index in range(how_many)]
        self.rng.shuffle(needs)
        return needs

    def _answer(
        self, place: Municipality, *, wave: str, group: str, needs: bool | None, shift: float
    ) -> SurveyAnswer:
        without = SATISFACTION[group] + shift + self.rng.gauss(0, PERSON_SPREAD)
        without -= LESS_IN_NEED if needs else 0
        treated = place.is_trial and wave == AFTER
        effect = {None: EFFECT_ON_STAFF, True: EFFECT_IN_NEED, False: EFFECT_ON_OTHERS}[needs]
        answer = on_scale(without + effect) if treated else on_scale(without)
        if treated:
            self._remember(answer - on_scale(without), needs=needs)
        return SurveyAnswer(
            respondent_key=f"r{self.rng.getrandbits(56):014x}",
            municipality=place.code,
            wave=wave,
            group=group,
            satisfaction=answer,
            experiences_need=needs,
            answered_on=_day_in_wave(self.rng, wave, self.today),
        )

    def _remember(self, gain: float, *, needs: bool | None) -> None:
        among = {None: ("staff",), True: ("users", "users_in_need"), False: ("users", "users_not_in_need")}
        for whom in among[needs]:
            self.gains.setdefault(whom, []).append(gain)


def register_rows(rng: Random, *, places: tuple[Municipality, ...], today: date) -> Iterator[RegisterRow]:
    """People of the target groups, 24 months on. The joint effort changes nothing here, and none is added."""
    for place in places:
        level = rng.gauss(0, IN_WORK_PLACE_SPREAD)
        change = IN_WORK_CHANGE_EVERYWHERE + rng.gauss(0, IN_WORK_CHANGE_SPREAD)
        for period in (BEFORE, AFTER):
            for _ in range(rng.randint(round(REGISTER_AROUND * 0.9), round(REGISTER_AROUND * 1.1))):
                group = rng.choices(tuple(IN_WORK), (0.4, 0.25, 0.15, 0.2))[0]
                chance = IN_WORK[group] + level + (change if period == AFTER else 0)
                yield RegisterRow(
                    person_key=f"p{rng.getrandbits(56):014x}",
                    municipality=place.code,
                    period=period,
                    in_work_or_education=rng.random() < chance,
                    observed_on=_day_in_wave(rng, period, today),
                    target_group=group,
                )


def effect_on_work(rows: tuple[RegisterRow, ...], *, places: tuple[Municipality, ...]) -> PlantedEffect:
    """None was planted, so with and without are the same rows."""
    trial = {place.code for place in places if place.is_trial}
    treated = sum(1 for row in rows if row.municipality in trial and row.period == AFTER)
    return PlantedEffect(
        outcome="in_work_or_education",
        among="target_groups",
        planted=EFFECT_ON_WORK,
        realised=EFFECT_ON_WORK,
        treated=treated,
    )


def on_scale(value: float) -> float:
    """The nearest half between 0 and 10."""
    return min(10.0, max(0.0, round(value * 2) / 2))


def _day_in_wave(rng: Random, wave: str, today: date) -> date:
    return today - timedelta(days=WAVE_STARTS_DAYS_AGO[wave] - rng.randrange(WAVE_DAYS))
