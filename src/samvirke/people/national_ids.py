"""Norwegian national ids: read and checked; made up for demonstrations and tests.

Besides ordinary numbers (day-month-year, three individual digits, two check digits) there are D-numbers
(day + 40), help numbers used in health care (month + 40), and synthetic numbers of test populations
(month + 80). Only month + 80 is made here: no register gives such a number to a living person, while
month + 40 is also the form of real help numbers and could therefore meet one.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from operator import mul

from samvirke.kernel.codes import Sex

SYNTHETIC_MONTHS = 80
HELP_MONTHS = 40
_SEPARATORS = re.compile(r"[ \-]")
_DIGITS = re.compile(r"[0-9]{11}", re.ASCII)
_INDIVIDUAL_NUMBERS = (  # first year, last year, individual numbers
    (1900, 1999, range(0, 500)),
    (2000, 2039, range(500, 1000)),
)
# Of a sound number, the digits times these weights add up to a multiple of eleven.
_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_ADDED_TO_DAYS = 40  # of a D-number
_NO_DAY = 80  # from here on an FH-number, which holds no birth date


class NotANationalId(ValueError):
    """The text is no national id. The text itself is not repeated: it may be nearly somebody's number."""

    def __init__(self, reason: str, what_to_do: str) -> None:
        super().__init__(f"{reason} {what_to_do}")
        self.reason = reason
        self.what_to_do = what_to_do


class NoSyntheticNumber(ValueError):
    """There is no such synthetic number."""

    def __init__(self, birth_date: date, serial: int) -> None:
        super().__init__(
            f"No synthetic number {serial} exists for {birth_date}. "
            "Give a birth date from 1900 to 2039 and a smaller serial, counted from 0."
        )


@dataclass(frozen=True, slots=True)
class NationalId:
    """A number with valid check digits, and what it tells."""

    number: str
    birth_date: date
    sex: Sex
    is_synthetic: bool


def parse(text: str) -> NationalId:
    """Read a national id; blanks and hyphens are ignored."""
    number = text if _DIGITS.fullmatch(text) else _SEPARATORS.sub("", text.strip())
    if _DIGITS.fullmatch(number) is None:
        raise NotANationalId(
            "The national id must have eleven digits.", "Write it as eleven digits without letters."
        )
    if not _fits(number):
        raise NotANationalId(
            "The check digits of the national id do not fit.",
            "Compare the number with the person's document; two digits may have changed places.",
        )
    return NationalId(number, _birth_date(number), _sex(number), _is_synthetic(number))


def make_synthetic(*, birth_date: date, sex: Sex, serial: int) -> str:
    """The `serial`-th (from 0) synthetic number for a birth date and sex: month + 80, valid check digits."""
    head = f"{birth_date.day:02d}{birth_date.month + SYNTHETIC_MONTHS:02d}{birth_date.year % 100:02d}"
    left = serial
    for individual in _individual_numbers(birth_date.year):
        first_nine = f"{head}{individual:03d}"
        if _sex(first_nine) is not sex or len(_check_digits(first_nine)) != 2:
            continue
        if left == 0:
            return first_nine + _check_digits(first_nine)
        left -= 1
    raise NoSyntheticNumber(birth_date, serial)


def _individual_numbers(year: int) -> range:
    for first, last, numbers in _INDIVIDUAL_NUMBERS:
        if first <= year <= last:
            return numbers
    return range(0)


def _fits(number: str) -> bool:
    digits = [int(digit) for digit in number]
    return all(sum(map(mul, weights, digits)) % 11 == 0 for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS))


def _check_digits(first_nine: str) -> str:
    """Two check digits; a longer text, which no number equals, where no single digit fits."""
    first = _check_digit(first_nine, _FIRST_WEIGHTS)
    return first + _check_digit(first_nine + first, _SECOND_WEIGHTS) if len(first) == 1 else first + "--"


def _check_digit(digits: str, weights: tuple[int, ...]) -> str:
    return str(-sum(map(mul, weights, map(int, digits))) % 11)


def _is_synthetic(number: str) -> bool:
    return int(number[2:4]) > SYNTHETIC_MONTHS


def _sex(number: str) -> Sex:
    return Sex.MALE if int(number[8]) % 2 else Sex.FEMALE


def _birth_date(number: str) -> date:
    day, month = int(number[:2]), int(number[2:4])
    century = _century(int(number[4:6]), int(number[6:9]))
    if day < _NO_DAY and century is not None:
        day -= _ADDED_TO_DAYS if day > _ADDED_TO_DAYS else 0
        month -= next((added for added in (SYNTHETIC_MONTHS, HELP_MONTHS) if month > added), 0)
        with suppress(ValueError):  # not in the calendar; refused below
            return date(century + int(number[4:6]), month, day)
    raise NotANationalId(
        "The national id holds no birth date.", "Check its first six digits: day, month and year."
    )


def _century(two_digits: int, individual: int) -> int | None:
    """In which hundred years the number was given, as the population register divides them."""
    if individual < 500:
        return 1900
    if individual < 750 and two_digits >= 54:
        return 1800
    if two_digits < 40:
        return 2000
    return 1900 if individual >= 900 else None
