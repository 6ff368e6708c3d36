"""The invented municipalities, and the posts of the two agencies in the trial ones."""

from __future__ import annotations

from random import Random

from stdnum.no import orgnr

from samvirke.kernel.codes import AgencyKind
from samvirke.surfaces.commands.demo.world.names import FAMILY_NAMES, GIVEN_NAMES
from samvirke.surfaces.commands.demo.world.types import InTwoLanguages, Municipality, Worker

FIRST_CODE = 9901  # Norwegian municipality numbers begin with a county number; there is no county 99
TRIAL = ("Fjordvik", "Åsbygda", "Nordeng")
COMPARISON = (
    "Bjørkelia",
    "Dalsund",
    "Elvemo",
    "Furuneset",
    "Granåsen",
    "Havnes",
    "Indre Lia",
    "Kirkevoll",
    "Lyngheia",
    "Myrland",
    "Nesbygd",
    "Osmarka",
    "Prestvika",
    "Rognlia",
    "Sandmo",
    "Solhøgda",
    "Tjernvik",
    "Uldalen",
    "Vesterli",
    "Ytre Eng",
    "Øvre Mo",
)
FIRST_ORG_NUMBER = 310_990_000  # invented organisations have numbers that begin with 2 or 3
POSTS_PER_AGENCY = 4
_TITLES = {
    AgencyKind.NAV_STATE: ("Veileder {number}, Nav {place}", "Adviser {number}, Nav {place}"),
    AgencyKind.SOCIAL_SERVICE: (
        "Sosialkonsulent {number}, {place} kommune",
        "Social worker {number}, {place} municipality",
    ),
}


def municipalities() -> tuple[Municipality, ...]:
    """Three trial and twenty-one comparison municipalities."""
    numbers = _org_numbers(len(TRIAL) + len(COMPARISON))
    return tuple(
        Municipality(
            code=str(FIRST_CODE + index), name=name, org_number=numbers[index], is_trial=index < len(TRIAL)
        )
        for index, name in enumerate(TRIAL + COMPARISON)
    )


def workers(rng: Random, *, places: tuple[Municipality, ...]) -> tuple[Worker, ...]:
    """Four posts in each agency of each trial municipality."""
    return tuple(
        _worker(rng, place=place, agency=agency, number=number)
        for place in places
        if place.is_trial
        for agency in _TITLES
        for number in range(1, POSTS_PER_AGENCY + 1)
    )


def _worker(rng: Random, *, place: Municipality, agency: AgencyKind, number: int) -> Worker:
    norwegian, english = _TITLES[agency]
    return Worker(
        key=f"{agency.value}-{place.code}-{number}",
        agency=agency,
        municipality=place.code,
        title=InTwoLanguages(
            norwegian.format(number=number, place=place.name), english.format(number=number, place=place.name)
        ),
        given_name=rng.choice(rng.choice(tuple(GIVEN_NAMES.values()))),
        family_name=rng.choice(FAMILY_NAMES),
    )


def _org_numbers(how_many: int) -> list[str]:
    valid = (str(number) for number in range(FIRST_ORG_NUMBER, FIRST_ORG_NUMBER + 10_000))
    numbers = [number for number in valid if orgnr.is_valid(number)]
    return numbers[:how_many]
