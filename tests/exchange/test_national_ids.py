"""National ids: which are taken, what they tell, and that made-up ones cannot be real."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.exceptions import ValidationError
from stdnum.no import fodselsnummer

from samvirke.kernel.codes import Sex
from samvirke.people.national_ids import NoSyntheticNumber, NotANationalId, make_synthetic, parse

BIRTH_DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2039, 12, 31))
SEXES = st.sampled_from([Sex.FEMALE, Sex.MALE])


@given(BIRTH_DATES, SEXES, st.integers(0, 150))
def test_a_synthetic_number_tells_what_it_was_made_from(born: date, sex: Sex, serial: int) -> None:
    read = parse(make_synthetic(birth_date=born, sex=sex, serial=serial))
    assert (read.birth_date, read.sex, read.is_synthetic) == (born, sex, True)


@given(BIRTH_DATES, SEXES)
def test_serials_give_different_numbers_and_end(born: date, sex: Sex) -> None:
    numbers = {make_synthetic(birth_date=born, sex=sex, serial=serial) for serial in range(20)}
    assert len(numbers) == 20
    with pytest.raises(NoSyntheticNumber, match="smaller serial"):
        make_synthetic(birth_date=born, sex=sex, serial=500)


@given(BIRTH_DATES, SEXES)
def test_a_synthetic_number_is_no_number_of_a_real_person(born: date, sex: Sex) -> None:
    number = make_synthetic(birth_date=born, sex=sex, serial=0)
    assert not fodselsnummer.is_valid(number)
    assert int(number[2:4]) > 80


@pytest.mark.parametrize("head", ["170590", "174590", "570590"])  # ordinary, help number, D-number
def test_help_numbers_and_d_numbers_are_taken_as_real_ones(head: str) -> None:
    with_check_digits = (
        nine
        + fodselsnummer.calc_check_digit1(nine)
        + fodselsnummer.calc_check_digit2(nine + fodselsnummer.calc_check_digit1(nine))
        for nine in (f"{head}{individual}" for individual in range(100, 200))
    )
    number = next(number for number in with_check_digits if len(number) == 11)
    read = parse(f" {number[:6]} {number[6:]} ")
    assert (read.number, read.birth_date, read.is_synthetic) == (number, date(1990, 5, 17), False)


@pytest.mark.parametrize("text", ["", "1785901234", "1785901234a", "١٧٨٥٩٠١٢٣٤٥", "17859012345", "\ud800"])
def test_what_is_no_national_id_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(NotANationalId) as problem:
        parse(text)
    assert not text or text not in str(problem.value)


@given(st.text(st.characters(whitelist_categories=["Nd", "Zs"]), max_size=14))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(NotANationalId):
        assert len(parse(text).number) == 11


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_numbers_with_fitting_check_digits_are_read_or_refused(first_nine: str) -> None:
    first = fodselsnummer.calc_check_digit1(first_nine)
    number = first_nine + first + fodselsnummer.calc_check_digit2(first_nine + first)
    with suppress(NotANationalId):
        assert parse(number).number == number


@given(st.from_regex(r"[0-9]{11}", fullmatch=True), st.booleans())
def test_what_is_read_is_what_another_program_reads(digits: str, is_sound: bool) -> None:
    """Ordinary numbers beside python-stdnum: which fit, and the day and sex they tell."""
    first = fodselsnummer.calc_check_digit1(digits[:9])
    number = digits[:9] + first + fodselsnummer.calc_check_digit2(digits[:9] + first) if is_sound else digits
    if int(number[2:4]) > 80:  # synthetic ones are ours
        return
    try:
        read = parse(number)
    except NotANationalId:
        with pytest.raises(ValidationError):
            fodselsnummer.validate(number)
    else:
        assert read.birth_date == fodselsnummer.get_birth_date(number)
        assert read.sex == {"F": Sex.FEMALE, "M": Sex.MALE}[fodselsnummer.get_gender(number)]
        assert number[9] == fodselsnummer.calc_check_digit1(number)
        assert number[10] == fodselsnummer.calc_check_digit2(number)
