"""National ids of the three countries: read and checked; made up for demonstrations and tests.

Danish numbers (ten digits) and Swedish ones (twelve digits: the form that registers keep tells the century).
Made-up numbers have month + 80 as in Norway: no register of the three gives a living person such a number,
while day + 60 is the form of real replacement numbers in Denmark and of coordination numbers in Sweden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from stdnum import luhn
from stdnum.dk import cpr
from stdnum.exceptions import InvalidComponent

from samvirke.kernel.codes import Country, Sex
from samvirke.people import national_ids
from samvirke.people.national_ids import (
    SYNTHETIC_MONTHS,
    NationalId,
    NoSyntheticNumber,
    NotANationalId,
)

REPLACED_DAYS = 60
SEPARATORS = re.compile(r"[ \-+]")
TEN, TWELVE = re.compile(r"[0-9]{10}", re.ASCII), re.compile(r"[0-9]{12}", re.ASCII)
DANISH_SERIALS = ((1900, 1999, range(0, 400)), (2000, 2057, range(500, 900)))


def parse(text: str, *, country: Country) -> NationalId:
    """Read a national id of a country; blanks and hyphens are ignored. Raises NotANationalId."""
    if country is Country.NORWAY:
        return national_ids.parse(text)
    number = SEPARATORS.sub("", text.strip())
    return _danish(number) if country is Country.DENMARK else _swedish(number)


def make_synthetic(*, country: Country, birth_date: date, sex: Sex, serial: int) -> str:
    """The `serial`-th (from 0) synthetic number for a birth date and sex. Raises NoSyntheticNumber."""
    if country is Country.NORWAY:
        return national_ids.make_synthetic(birth_date=birth_date, sex=sex, serial=serial)
    made = _made_danish(birth_date) if country is Country.DENMARK else _made_swedish(birth_date)
    for place, number in enumerate(number for number in made if _sex(number, country) is sex):
        if place == serial:
            return number
    raise NoSyntheticNumber(birth_date, serial)


def _danish(number: str) -> NationalId:
    if TEN.fullmatch(number) is None:
        raise NotANationalId(
            "The Danish national id must have ten digits.", "Write it as ten digits without letters."
        )
    is_synthetic = int(number[2:4]) > SYNTHETIC_MONTHS
    if is_synthetic and cpr.checksum(number) != 0:  # real ones are given out without since 2007
        raise NotANationalId(
            "The check digit of the national id does not fit.",
            "Compare the number with the person's document; two digits may have changed places.",
        )
    ordinary = _ordinary(number, day=0, month=2)
    try:
        born = cpr.get_birth_date(ordinary)
    except InvalidComponent as problem:
        raise _no_birth_date() from problem
    return NationalId(number, born, _sex(number, Country.DENMARK), is_synthetic)


def _swedish(number: str) -> NationalId:
    if TWELVE.fullmatch(number) is None:
        raise NotANationalId(
            "The Swedish national id must have twelve digits.",
            "Write it with the whole year of birth first, and without letters.",
        )
    if not luhn.is_valid(number[2:]):
        raise NotANationalId(
            "The check digit of the national id does not fit.",
            "Compare the number with the person's document; two digits may have changed places.",
        )
    ordinary = _ordinary(number, day=6, month=4)
    try:
        born = date(int(ordinary[:4]), int(ordinary[4:6]), int(ordinary[6:8]))
    except ValueError as problem:
        raise _no_birth_date() from problem
    is_synthetic = int(number[4:6]) > SYNTHETIC_MONTHS
    return NationalId(number, born, _sex(number, Country.SWEDEN), is_synthetic)


def _no_birth_date() -> NotANationalId:
    return NotANationalId(
        "The national id holds no birth date.", "Check its day, month and year against the person's document."
    )


def _ordinary(number: str, *, day: int, month: int) -> str:
    """The number as if it were an ordinary one: without what is added to day or month, which stand there."""
    parts = list(number)
    for place, added in ((day, REPLACED_DAYS), (month, SYNTHETIC_MONTHS)):
        two = int(number[place : place + 2])
        if two > added:
            parts[place : place + 2] = f"{two - added:02d}"
    return "".join(parts)


def _sex(number: str, country: Country) -> Sex:
    telling = number[-1] if country is Country.DENMARK else number[-2]
    return Sex.MALE if int(telling) % 2 else Sex.FEMALE


def _made_danish(born: date) -> Iterator[str]:
    head = f"{born.day:02d}{born.month + SYNTHETIC_MONTHS:02d}{born.year % 100:02d}"
    for first, last, serials in DANISH_SERIALS:
        if first <= born.year <= last:
            for serial in serials:
                check_digit = -cpr.checksum(f"{head}{serial:03d}0") % 11
                if check_digit < 10:
                    yield f"{head}{serial:03d}{check_digit}"


def _made_swedish(born: date) -> Iterator[str]:
    head = f"{born.year:04d}{born.month + SYNTHETIC_MONTHS:02d}{born.day:02d}"
    for serial in range(1, 1000):
        first = f"{head}{serial:03d}"
        yield first + luhn.calc_check_digit(first[2:])
