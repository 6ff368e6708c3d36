"""How it goes: every third month the person answers a few questions, and the coordinator beside.

Most let everybody who helps them see it, some keep it to themselves. Invented throughout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import LiteralString
from uuid import UUID

from samvirke.assessments import operations
from samvirke.assessments.types import Given, Respondent, SharedWith
from samvirke.gate.types import Viewer
from samvirke.surfaces.commands.demo.player import Player, Step

STEPS = "everyday-steps"
FIRST, EVERY, QUIET = timedelta(days=45), timedelta(days=92), timedelta(days=10)
ONE_IN = 5  # are asked
ALONE = 7  # every seventh day of birth: for the person alone
START = {"everyday": 3, "health": 4, "people": 4, "money": 2, "job-chance": 3, "trust": 5, "next-step": 4}
SLOW = {"health", "money"}
OF_WORKER = ("job-chance", "trust", "next-step")
HIGHEST = 10

# What a run must have: each counts what is there.
HAPPENED: tuple[tuple[str, LiteralString], ...] = (
    (
        "A person answered how it goes, and again later",
        """SELECT count(*) FROM assessments_assessment a JOIN assessments_assessment b
        ON b.subject_id = a.subject_id AND b.day > a.day
        WHERE a.respondent = 'person' AND b.respondent = 'person'""",
    ),
    (
        "A worker's view stands beside the person's own",
        """SELECT count(*) FROM assessments_assessment a JOIN assessments_assessment b
        ON b.subject_id = a.subject_id WHERE a.respondent = 'person' AND b.respondent = 'worker'""",
    ),
    (
        "A person kept the answers to themselves",
        """SELECT count(*) FROM assessments_assessment a JOIN people_person p ON p.id = a.subject_id
        WHERE a.sealed_to_id = p.citizen_id""",
    ),
)


def steps(visited: Player | None, players: Sequence[Player], today: date) -> Iterator[Step]:
    """For whoever signs in, and for some of the others."""
    on_plans = [player for player in players if player.story.plan is not None]
    asked = dict.fromkeys([*([visited] if visited else []), *on_plans[::ONE_IN]])
    for player in asked:
        alone = player is not visited and player.person.birth_date.day % ALONE == 0
        for number, day in enumerate(_days(player, today)):
            answer = partial(_answers, player, number, alone)
            yield Step(day, partial(_citizen, player), partial(answer, Respondent.PERSON))
            yield Step(day, partial(_coordinator, player), partial(answer, Respondent.WORKER))


def _days(player: Player, today: date) -> Iterator[date]:
    plan = player.story.plan
    assert plan is not None
    last = (plan.ending.on if plan.ending else today) - QUIET
    day = plan.starts_on + FIRST
    while day < last:
        yield day
        day += EVERY


def _answers(player: Player, number: int, alone: bool, respondent: Respondent, by: Viewer) -> None:
    values = _values(player.person.birth_date.day % 3, number)
    if respondent is Respondent.WORKER:
        values = {item: values[item] for item in OF_WORKER}
    given = Given(values, SharedWith.NOBODY if alone else SharedWith.TEAM)
    operations.answer(person_id=player.known.person_id, code=STEPS, respondent=respondent, given=given, by=by)


def _values(offset: int, number: int) -> dict[str, int | None]:
    """Slowly better, with a step back now and then; one question is skipped the second time."""
    values: dict[str, int | None] = {}
    for place, (item, start) in enumerate(START.items()):
        gained = number // 2 if item in SLOW else number - (number + place) % 3 // 2
        values[item] = min(HIGHEST, start + offset + gained)
    if number == 1:
        values["money"] = None
    return values


def _coordinator(player: Player) -> UUID:
    return player.coordinator


def _citizen(player: Player) -> UUID:
    return player.known.citizen_id
