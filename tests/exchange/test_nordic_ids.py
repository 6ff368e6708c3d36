"""Danish and Swedish national ids: which are taken, what they tell, and that made-up ones cannot be real."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.dk import cpr
from stdnum.se import personnummer

from samvirke.kernel.codes import Country, Sex
from samvirke.people.national_ids import NoSyntheticNumber, NotANationalId
from samvirke.people.nordic_ids import make_synthetic, parse

BIRTH_DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2039, 12, 31))
SEXES = st.sampled_from([Sex.FEMALE, Sex.MALE])
COUNTRIES = st.sampled_from(list(Country))


@given(COUNTRIES, BIRTH_DATES, SEXES, st.integers(0, 100))
def test_a_synthetic_number_tells_what_it_was_made_from(
    country: Country, born: date, sex: Sex, serial: int
) -> None:
    number = make_synthetic(country=country, birth_date=born, sex=sex, serial=serial)
    read = parse(number, country=country)
    assert (read.number, read.birth_date, read.sex, read.is_synthetic) == (number, born, sex, True)


@given(COUNTRIES, BIRTH_DATES, SEXES)
def test_serials_give_different_numbers_and_end(country: Country, born: date, sex: Sex) -> None:
    made = {make_synthetic(country=country, birth_date=born, sex=sex, serial=serial) for serial in range(20)}
    assert len(made) == 20
    with pytest.raises(NoSyntheticNumber):
        make_synthetic(country=country, birth_date=born, sex=sex, serial=500)


@given(BIRTH_DATES, SEXES)
def test_a_synthetic_number_is_no_number_of_a_real_person(born: date, sex: Sex) -> None:
    danish = make_synthetic(country=Country.DENMARK, birth_date=born, sex=sex, serial=0)
    swedish = make_synthetic(country=Country.SWEDEN, birth_date=born, sex=sex, serial=0)
    assert not cpr.is_valid(danish)
    assert not personnummer.is_valid(swedish)


@pytest.mark.parametrize(
    ("country", "text", "born", "sex"),
    [
        (Country.DENMARK, "211062-0629", date(1962, 10, 21), Sex.MALE),  # the library's own examples
        (Country.DENMARK, "811062-0629", date(1962, 10, 21), Sex.MALE),
        (Country.SWEDEN, "19811228-9841", date(1981, 12, 28), Sex.FEMALE),
        (Country.SWEDEN, "1981 1288 9848", date(1981, 12, 28), Sex.FEMALE),
    ],
    ids=["Danish", "Danish replacement number", "Swedish", "Swedish coordination number"],
)
def test_real_forms_are_taken(country: Country, text: str, born: date, sex: Sex) -> None:
    read = parse(text, country=country)
    assert (read.birth_date, read.sex, read.is_synthetic) == (born, sex, False)


@pytest.mark.parametrize(
    ("country", "text", "says"),
    [
        (Country.DENMARK, "211062562", "ten digits"),
        (Country.DENMARK, "319062-5629", "check digit"),
        (Country.DENMARK, "311362-5629", "no birth date"),
        (Country.SWEDEN, "811228-9841", "twelve digits"),
        (Country.SWEDEN, "19811228-9842", "check digit"),
        (Country.SWEDEN, "198113289840", "no birth date"),
    ],
)
def test_what_is_no_national_id_is_refused_without_repeating_it(
    country: Country, text: str, says: str
) -> None:
    with pytest.raises(NotANationalId, match=says) as problem:
        parse(text, country=country)
    assert text not in str(problem.value)


@given(COUNTRIES, st.text(st.characters(whitelist_categories=["Nd", "Zs"]), max_size=14))
def test_any_text_is_read_or_refused(country: Country, text: str) -> None:
    with suppress(NotANationalId):
        assert parse(text, country=country).number.isascii()
