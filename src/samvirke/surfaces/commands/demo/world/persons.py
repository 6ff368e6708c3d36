"""Drawing persons: who they are, and what is true of them on the day of delivery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from random import Random

from samvirke.kernel.codes import Occupation, Sex, SupportSource, TargetGroup
from samvirke.people.national_ids import make_synthetic
from samvirke.surfaces.commands.demo.world.names import FAMILY_NAMES, GIVEN_NAMES
from samvirke.surfaces.commands.demo.world.types import DrawnPerson, Municipality

DAYS_IN_YEAR = 365.25
MONTHS_IN_YEAR = 12
# Youngest and oldest age on the day of delivery. Youth stay below 25 for the two years that follow.
AGES = {
    TargetGroup.LONG_TERM_RECIPIENT: (26.0, 60.0),
    TargetGroup.YOUTH: (20.05, 22.7),
    TargetGroup.SINGLE_PROVIDER: (25.5, 48.0),
    TargetGroup.IMMIGRANT_OR_REFUGEE: (25.5, 55.0),
    None: (18.2, 63.0),
}
_IN_NO_GROUP = {  # what people live on who are in no target group
    SupportSource.SOCIAL_ASSISTANCE: 0.22,
    SupportSource.WORK_ASSESSMENT_ALLOWANCE: 0.20,
    SupportSource.UNEMPLOYMENT_BENEFIT: 0.18,
    SupportSource.QUALIFICATION_BENEFIT: 0.04,
    SupportSource.INTRODUCTION_BENEFIT: 0.05,
    SupportSource.DISABILITY_PENSION: 0.07,
    SupportSource.STUDENT_FINANCE: 0.03,
    SupportSource.WAGES: 0.14,
    SupportSource.SUPPORTED_BY_OTHERS: 0.07,
}
_DAYS_FILLED_WITH = {
    Occupation.NONE: 0.5,
    Occupation.JOB_SEEKING: 0.25,
    Occupation.PRACTICE_PLACEMENT: 0.08,
    Occupation.OTHER_INTERVENTION: 0.09,
    Occupation.SUBSIDISED_JOB: 0.04,
    Occupation.EDUCATION: 0.04,
}


@dataclass(slots=True)
class PersonDrawer:
    """Draws one person after the other; each gets a key and a national id that no other has."""

    rng: Random
    places: tuple[Municipality, ...]
    day: date  # of delivery
    drawn: int = 0
    national_ids: set[str] = field(default_factory=set)

    def draw(self, group: TargetGroup | None) -> DrawnPerson:
        """A person of the group, or of none, not yet known to any agency."""
        person = _AS_IN_GROUP[group](self.rng, self._anybody(group))
        self.drawn += 1
        return person

    def known_to(self, person: DrawnPerson, *, social_service: bool, nav: bool) -> DrawnPerson:
        """The person with a case or a client number in the agencies that know her."""
        number = person.key.removeprefix("person-")
        return replace(
            person,
            case_reference=f"SAK-{person.municipality}-{number}" if social_service else "",
            nav_id=f"NAV-{number}" if nav else "",
        )

    def _anybody(self, group: TargetGroup | None) -> DrawnPerson:
        rng = self.rng
        sex = rng.choice((Sex.FEMALE, Sex.MALE))
        if group is TargetGroup.SINGLE_PROVIDER:
            sex = Sex.FEMALE if rng.random() < 0.8 else Sex.MALE
        born = self.day - timedelta(days=rng.uniform(*AGES[group]) * DAYS_IN_YEAR)
        return DrawnPerson(
            key=f"person-{self.drawn + 1:05d}",
            national_id=self._free_national_id(born, sex),
            given_name=rng.choice(GIVEN_NAMES[sex]),
            family_name=rng.choice(FAMILY_NAMES),
            birth_date=born,
            sex=sex,
            municipality=rng.choice(self.places).code,
            group=group,
            main_income=SupportSource.SOCIAL_ASSISTANCE,
            assistance_months_ago=(),
            at_risk=True,
            relevant_for_labour_market=True,
            is_single_provider=rng.random() < 0.08,
            is_immigrant_or_refugee=rng.random() < 0.15,
            has_insurance_rights=rng.random() < 0.35,
            needs_special_help=rng.random() < 0.3,
            occupation=rng.choices(tuple(_DAYS_FILLED_WITH), tuple(_DAYS_FILLED_WITH.values()))[0],
            case_reference="",
            nav_id="",
        )

    def _free_national_id(self, born: date, sex: Sex) -> str:
        numbers = (make_synthetic(birth_date=born, sex=sex, serial=serial) for serial in count())
        free = next(number for number in numbers if number not in self.national_ids)
        self.national_ids.add(free)
        return free


def _long_term_recipient(rng: Random, person: DrawnPerson) -> DrawnPerson:
    """More than six months in the last year; or, one in four, some months in each of three years."""
    if rng.random() < 0.25:
        months = _months(rng, last_year=rng.randint(2, 5), each_earlier_year=(1, 5))
    else:
        months = _months(rng, last_year=rng.randint(7, 12), each_earlier_year=(0, 8))
    return replace(person, assistance_months_ago=months, is_single_provider=False)


def _youth(rng: Random, person: DrawnPerson) -> DrawnPerson:
    months = _months(rng, last_year=rng.randint(2, 9), each_earlier_year=(0, 0))
    return replace(person, assistance_months_ago=months, is_single_provider=False)


def _single_provider(rng: Random, person: DrawnPerson) -> DrawnPerson:
    months = _months(rng, last_year=rng.randint(2, 10), each_earlier_year=(0, 3))
    rights = rng.random() < 0.2
    return replace(person, assistance_months_ago=months, is_single_provider=True, has_insurance_rights=rights)


def _immigrant_or_refugee(rng: Random, person: DrawnPerson) -> DrawnPerson:
    """In need of special help to get work; social assistance is no condition for this group."""
    with_assistance = rng.random() < 0.4
    income = rng.choice((SupportSource.INTRODUCTION_BENEFIT, SupportSource.SUPPORTED_BY_OTHERS))
    return replace(
        person,
        main_income=SupportSource.SOCIAL_ASSISTANCE if with_assistance else income,
        assistance_months_ago=_months(rng, last_year=rng.randint(1, 5), each_earlier_year=(0, 0))
        if with_assistance
        else (),
        at_risk=rng.random() < 0.5,
        is_immigrant_or_refugee=True,
        needs_special_help=True,
    )


def _in_no_group(rng: Random, person: DrawnPerson) -> DrawnPerson:
    """No target group fits: not at risk, or not living on social assistance; no special help needed."""
    income = rng.choices(tuple(_IN_NO_GROUP), tuple(_IN_NO_GROUP.values()))[0]
    on_assistance = income is SupportSource.SOCIAL_ASSISTANCE
    months = _months(rng, last_year=rng.randint(1, 8), each_earlier_year=(0, 2)) if on_assistance else ()
    working = income is SupportSource.WAGES
    return replace(
        person,
        main_income=income,
        assistance_months_ago=months,
        at_risk=not on_assistance and not working and rng.random() < 0.3,
        relevant_for_labour_market=rng.random() < 0.6,
        needs_special_help=False,
        occupation=Occupation.ORDINARY_JOB if working else person.occupation,
    )


def _months(rng: Random, *, last_year: int, each_earlier_year: tuple[int, int]) -> tuple[int, ...]:
    """Months with assistance, as months before the delivery; the last year's are its newest."""
    months = list(range(last_year))
    for year in (1, 2):
        how_many = rng.randint(*each_earlier_year)
        months += rng.sample(range(year * MONTHS_IN_YEAR, (year + 1) * MONTHS_IN_YEAR), how_many)
    return tuple(sorted(months))


_AS_IN_GROUP: dict[TargetGroup | None, Callable[[Random, DrawnPerson], DrawnPerson]] = {
    TargetGroup.LONG_TERM_RECIPIENT: _long_term_recipient,
    TargetGroup.YOUTH: _youth,
    TargetGroup.SINGLE_PROVIDER: _single_provider,
    TargetGroup.IMMIGRANT_OR_REFUGEE: _immigrant_or_refugee,
    None: _in_no_group,
}
