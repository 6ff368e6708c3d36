"""Drawing the whole world from one seed. Each part has a stream of its own, so that sizes do not mix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from samvirke.kernel.codes import TargetGroup
from samvirke.surfaces.commands.demo.world import agency_files
from samvirke.surfaces.commands.demo.world.extracts import SurveyDrawer, effect_on_work, register_rows
from samvirke.surfaces.commands.demo.world.faults import NAV_FAULTS, SOCIAL_SERVICE_FAULTS, Fault
from samvirke.surfaces.commands.demo.world.persons import PersonDrawer
from samvirke.surfaces.commands.demo.world.places import municipalities, workers
from samvirke.surfaces.commands.demo.world.stories import StoryDrawer
from samvirke.surfaces.commands.demo.world.types import (
    DrawnPerson,
    IntendedRefusal,
    Municipality,
    Story,
    Worker,
    WorkerAssessment,
    World,
)

T = TypeVar("T")
DELIVERED_DAYS_AGO = 830  # the agencies deliver before the first person is asked
DELIVERY_DAY_OF_MONTH = 15
REFUSALS_PER_PLAN = 0.25  # people who say no, for each who gets a plan
KNOWN_TO_BOTH = 0.9  # of those who are asked
KNOWN_TO_BOTH_OTHERS = 0.12
KNOWN_TO_NAV_OTHERS = 0.52
ASSESSED = 0.88  # share of the social service's assessments that have been made
_GROUP_OF_ASKED = {
    TargetGroup.LONG_TERM_RECIPIENT: 0.37,
    TargetGroup.YOUTH: 0.25,
    TargetGroup.SINGLE_PROVIDER: 0.17,
    TargetGroup.IMMIGRANT_OR_REFUGEE: 0.21,
}
_GROUP_OF_OTHERS: dict[TargetGroup | None, float] = {
    None: 0.75,
    TargetGroup.LONG_TERM_RECIPIENT: 0.10,
    TargetGroup.YOUTH: 0.05,
    TargetGroup.SINGLE_PROVIDER: 0.04,
    TargetGroup.IMMIGRANT_OR_REFUGEE: 0.06,
}


class ImpossibleSize(ValueError):
    """The asked-for numbers contradict each other."""

    def __init__(self, persons: int, on_plans: int) -> None:
        super().__init__(
            f"{on_plans} plans do not fit into {persons} client records. "
            "Ask for at least four records per plan, and at least one plan."
        )


@dataclass(frozen=True, slots=True)
class _AgencyFiles:
    social_service: dict[str, tuple[str, ...]]
    nav: dict[str, tuple[str, ...]]
    refusals: tuple[IntendedRefusal, ...]


def draw(seed: int, *, persons: int = 1000, on_plans: int = 120, today: date) -> World:
    """The world of a seed: `persons` client records, `on_plans` plans, ending today."""
    if not 1 <= on_plans <= persons / 4:
        raise ImpossibleSize(persons, on_plans)
    places = municipalities()
    trial = tuple(place for place in places if place.is_trial)
    delivered_on = (today - timedelta(days=DELIVERED_DAYS_AGO)).replace(day=DELIVERY_DAY_OF_MONTH)
    posts = workers(_stream(seed, "workers"), places=places)
    drawer = PersonDrawer(_stream(seed, "persons"), trial, delivered_on)
    asked = tuple(_asked(drawer, how_many=on_plans + round(on_plans * REFUSALS_PER_PLAN)))
    others = tuple(_others(drawer, records=persons - sum(map(_records, asked))))
    files = _agency_files(seed, drawer=drawer, clients=asked + others)
    survey = SurveyDrawer(_stream(seed, "survey"), places, today)
    answers = tuple(survey.answers())
    register = tuple(register_rows(_stream(seed, "register"), places=places, today=today))
    return World(
        seed=seed,
        today=today,
        delivered_on=delivered_on,
        municipalities=places,
        workers=posts,
        persons=asked + others,
        assessments=_assessments(_stream(seed, "assessments"), asked=asked, others=others),
        stories=_stories(_stream(seed, "stories"), asked=asked, on_plans=on_plans, posts=posts, today=today),
        social_service_files=files.social_service,
        nav_files=files.nav,
        intended_refusals=files.refusals,
        survey=answers,
        register=register,
        truth=(*survey.effects(), effect_on_work(register, places=places)),
    )


def _stream(seed: int, name: str) -> Random:
    return Random(f"{seed}/{name}")


def _records(person: DrawnPerson) -> int:
    return bool(person.case_reference) + bool(person.nav_id)


def _asked(drawer: PersonDrawer, *, how_many: int) -> Iterator[DrawnPerson]:
    """People of the target groups; nearly all are clients of both agencies."""
    for _ in range(how_many):
        group = drawer.rng.choices(tuple(_GROUP_OF_ASKED), tuple(_GROUP_OF_ASKED.values()))[0]
        person = drawer.draw(group)
        both = drawer.rng.random() < KNOWN_TO_BOTH
        on_assistance = bool(person.assistance_months_ago)
        yield drawer.known_to(person, social_service=both or on_assistance, nav=both or not on_assistance)


def _others(drawer: PersonDrawer, *, records: int) -> Iterator[DrawnPerson]:
    """Everybody else, until the agencies have as many records together as were asked for."""
    left = records
    while left > 0:
        group = drawer.rng.choices(tuple(_GROUP_OF_OTHERS), tuple(_GROUP_OF_OTHERS.values()))[0]
        person = drawer.draw(group)
        both = left > 1 and drawer.rng.random() < KNOWN_TO_BOTH_OTHERS
        on_assistance = bool(person.assistance_months_ago)
        at_nav = not on_assistance and drawer.rng.random() < KNOWN_TO_NAV_OTHERS / (1 - KNOWN_TO_BOTH_OTHERS)
        known = drawer.known_to(person, social_service=both or not at_nav, nav=both or at_nav)
        left -= _records(known)
        yield known


def _agency_files(seed: int, *, drawer: PersonDrawer, clients: tuple[DrawnPerson, ...]) -> _AgencyFiles:
    """The files of each municipality, with one spoiled row for each fault, of a person not otherwise here."""
    rng = _stream(seed, "files")
    spoiled_cases = _spoiled(drawer, faults=SOCIAL_SERVICE_FAULTS, at_nav=False)
    spoiled_rows = _spoiled(drawer, faults=NAV_FAULTS, at_nav=True)
    everybody = [*clients, *(person for person, _ in spoiled_cases + spoiled_rows)]
    rng.shuffle(everybody)
    faults = {person.key: fault for person, fault in spoiled_cases + spoiled_rows}
    files = _AgencyFiles({}, {}, ())
    refusals: list[IntendedRefusal] = []
    for place in drawer.places:
        here = [person for person in everybody if person.municipality == place.code]
        refusals += _write_place(files, rng, place=place, here=here, day=drawer.day, faults=faults)
    return _AgencyFiles(files.social_service, files.nav, tuple(refusals))


def _write_place(
    files: _AgencyFiles,
    rng: Random,
    *,
    place: Municipality,
    here: list[DrawnPerson],
    day: date,
    faults: dict[str, Fault],
) -> list[IntendedRefusal]:
    cases = [person for person in here if person.case_reference]
    lines, refused_cases = agency_files.social_service_lines(
        rng, cases, place=place, delivered_on=day, faults=faults
    )
    rows, refused_rows = agency_files.nav_lines(
        rng, [person for person in here if person.nav_id], place=place, faults=faults
    )
    files.social_service[place.code] = tuple(lines)
    files.nav[place.code] = tuple(rows)
    return refused_cases + refused_rows


def _spoiled(
    drawer: PersonDrawer, *, faults: tuple[Fault, ...], at_nav: bool
) -> list[tuple[DrawnPerson, Fault]]:
    return [
        (drawer.known_to(drawer.draw(None), social_service=not at_nav, nav=at_nav), fault) for fault in faults
    ]


def _assessments(
    rng: Random, *, asked: tuple[DrawnPerson, ...], others: tuple[DrawnPerson, ...]
) -> tuple[WorkerAssessment, ...]:
    """The asked are assessed in full: nobody is asked before. Of the others, some things are not known."""
    full = [_assessment(rng, person, assessed=1.0) for person in asked if person.case_reference]
    partly = [_assessment(rng, person, assessed=ASSESSED) for person in others if person.case_reference]
    return tuple(full + partly)


def _known(rng: Random, value: T, *, assessed: float) -> T | None:
    return value if rng.random() < assessed else None


def _assessment(rng: Random, person: DrawnPerson, *, assessed: float) -> WorkerAssessment:
    return WorkerAssessment(
        case_reference=person.case_reference,
        main_income=_known(rng, person.main_income, assessed=assessed),
        assessed_at_risk=_known(rng, person.at_risk, assessed=assessed),
        relevant_for_labour_market=_known(rng, person.relevant_for_labour_market, assessed=assessed),
        is_single_provider=_known(rng, person.is_single_provider, assessed=assessed),
        is_immigrant_or_refugee=_known(rng, person.is_immigrant_or_refugee, assessed=assessed),
        has_insurance_rights=_known(rng, person.has_insurance_rights, assessed=assessed),
        assessed_needs_special_help=_known(rng, person.needs_special_help, assessed=assessed),
        occupation=_known(rng, person.occupation, assessed=assessed),
    )


def _stories(
    rng: Random,
    *,
    asked: tuple[DrawnPerson, ...],
    on_plans: int,
    posts: tuple[Worker, ...],
    today: date,
) -> tuple[Story, ...]:
    """One story for each who is asked, in the order in which they are asked."""
    drawer = StoryDrawer(rng, posts, today)
    with_plan = set(rng.sample(range(len(asked)), on_plans))
    stories = [
        drawer.plan(person) if index in with_plan else drawer.refusal(person)
        for index, person in enumerate(asked)
    ]
    return tuple(sorted(stories, key=lambda story: (story.asked_on, story.person)))
