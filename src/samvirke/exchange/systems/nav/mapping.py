"""Nav's columns and codes → ours. An unknown code is refused, never given a default."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import TypeVar

from samvirke.exchange.inbox.fields import (
    BadField,
    municipality,
    national_id,
    optional,
    read_code,
    required_text,
    shortened,
)
from samvirke.exchange.inbox.types import ClientRecordIn
from samvirke.kernel.codes import Occupation, SupportSource

COLUMNS = (
    "BRUKER_ID",
    "VERSJON",
    "FNR",
    "FØDSELSDATO",
    "FORNAVN",
    "ETTERNAVN",
    "KOMMUNENR",
    "INNVANDRER_FLYKTNING",
    "ENEFORSØRGER",
    "FOLKETRYGDRETT",
    "HOVEDINNTEKT",
    "SH_MND_SISTE_ÅR",
    "SH_ÅR_SISTE_TRE",
    "RISIKO_VARIG_UTENFOR",
    "AKTUELL_ARBEIDSMARKED",
    "BEHOV_SÆRLIG_BISTAND",
    "YRKESSTATUS",
)
INCOMES = {
    "SH": SupportSource.SOCIAL_ASSISTANCE,
    "AAP": SupportSource.WORK_ASSESSMENT_ALLOWANCE,
    "DP": SupportSource.UNEMPLOYMENT_BENEFIT,
    "KVS": SupportSource.QUALIFICATION_BENEFIT,
    "INT": SupportSource.INTRODUCTION_BENEFIT,
    "UFØ": SupportSource.DISABILITY_PENSION,
    "STL": SupportSource.STUDENT_FINANCE,
    "LØN": SupportSource.WAGES,
    "FOR": SupportSource.SUPPORTED_BY_OTHERS,
    "UKJ": SupportSource.UNKNOWN,
}
OCCUPATIONS = {
    "ARB": Occupation.ORDINARY_JOB,
    "TIL": Occupation.SUBSIDISED_JOB,
    "UTD": Occupation.EDUCATION,
    "PRA": Occupation.PRACTICE_PLACEMENT,
    "ANN": Occupation.OTHER_INTERVENTION,
    "SØK": Occupation.JOB_SEEKING,
    "ING": Occupation.NONE,
    "UKJ": Occupation.UNKNOWN,
}
T = TypeVar("T")
YES_NO = {"J": True, "N": False}
LARGEST_VERSION = 2**31 - 1
_WHOLE = re.compile(r"[0-9]{1,10}", re.ASCII)
_DECIMAL = re.compile(r"[0-9]{1,3}(,[0-9]{1,4})?", re.ASCII)
_DAY = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})", re.ASCII)
_CORRECT_AND_RESEND = "Correct it in the case system and send the list again."


def client_record(cells: Mapping[str, str], *, row: int, file: str) -> ClientRecordIn:
    """One line of the list in our words. Raises `BadField` at the first cell that cannot be taken in."""
    person = national_id("FNR", cells["FNR"])
    _check_birth_date(cells["FØDSELSDATO"], known=person.birth_date)
    return ClientRecordIn(
        external_id=required_text("BRUKER_ID", cells["BRUKER_ID"]),
        national_id=person.number,
        given_name=required_text("FORNAVN", cells["FORNAVN"]),
        family_name=required_text("ETTERNAVN", cells["ETTERNAVN"]),
        birth_date=person.birth_date,
        sex=person.sex,
        municipality=municipality("KOMMUNENR", cells["KOMMUNENR"]),
        is_immigrant_or_refugee=_code(cells, "INNVANDRER_FLYKTNING", codes=YES_NO),
        is_single_provider=_code(cells, "ENEFORSØRGER", codes=YES_NO),
        has_insurance_rights=_code(cells, "FOLKETRYGDRETT", codes=YES_NO),
        main_income=_code(cells, "HOVEDINNTEKT", codes=INCOMES),
        assistance_months_last_year=optional(cells["SH_MND_SISTE_ÅR"], _months_begun),
        assistance_years_of_last_three=optional(cells["SH_ÅR_SISTE_TRE"], _years),
        assessed_at_risk=_code(cells, "RISIKO_VARIG_UTENFOR", codes=YES_NO),
        relevant_for_labour_market=_code(cells, "AKTUELL_ARBEIDSMARKED", codes=YES_NO),
        assessed_needs_special_help=_code(cells, "BEHOV_SÆRLIG_BISTAND", codes=YES_NO),
        occupation=_code(cells, "YRKESSTATUS", codes=OCCUPATIONS),
        source_version=_whole("VERSJON", cells["VERSJON"], largest=LARGEST_VERSION),
        row=row,
        file=file,
    )


def _code(cells: Mapping[str, str], column: str, *, codes: dict[str, T]) -> T | None:
    text = cells[column].strip()
    return read_code(column, text, codes=codes) if text else None


def _check_birth_date(text: str, *, known: date) -> None:
    stated = optional(text, _day)
    if stated is not None and stated != known:
        raise BadField(
            "FØDSELSDATO",
            "The birth date is not the one in the national id.",
            "Find out which of the two is right, correct the other and send the list again.",
        )


def _day(text: str) -> date:
    found = _DAY.fullmatch(text.strip())
    if found is not None:
        day, month, year = map(int, found.groups())
        with suppress(ValueError):  # not in the calendar; refused below like any other text
            return date(year, month, day)
    raise BadField(
        "FØDSELSDATO",
        "“{value}” is not a day of the calendar.",
        "Write the day as dd.mm.yyyy, for example 31.01.2026.",
        value=shortened(text),
    )


def _months_begun(text: str) -> int:
    """Half months exist in the list; a month that has begun counts, as in the payments of social service."""
    months = text.strip()
    if _DECIMAL.fullmatch(months) is None or Decimal(months.replace(",", ".")) > 12:
        raise BadField(
            "SH_MND_SISTE_ÅR",
            "“{value}” is not a number of months from 0 to 12.",
            "Write it with a decimal comma, for example 7,5.",
            value=shortened(text),
        )
    return int(Decimal(months.replace(",", ".")).to_integral_value(ROUND_CEILING))


def _years(text: str) -> int:
    return _whole("SH_ÅR_SISTE_TRE", text, largest=3)


def _whole(column: str, text: str, *, largest: int) -> int:
    number = text.strip()
    if _WHOLE.fullmatch(number) is None or int(number) > largest:
        raise BadField(
            column,
            "“{value}” is not a whole number from 0 to {largest}.",
            _CORRECT_AND_RESEND,
            value=shortened(text),
            largest=str(largest),
        )
    return int(number)
