"""The caseload's codes → ours. The schema has been kept; here is what no schema can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from samvirke.exchange.inbox.fields import BadField, national_id, required_text
from samvirke.exchange.inbox.types import ClientRecordIn
from samvirke.kernel.codes import Occupation, Sex, SupportSource

BENEFITS = {
    "unemployment": SupportSource.UNEMPLOYMENT_BENEFIT,
    "work_assessment": SupportSource.WORK_ASSESSMENT_ALLOWANCE,
    "disability": SupportSource.DISABILITY_PENSION,
    "qualification": SupportSource.QUALIFICATION_BENEFIT,
    "introduction": SupportSource.INTRODUCTION_BENEFIT,
    "social_assistance": SupportSource.SOCIAL_ASSISTANCE,
    "student": SupportSource.STUDENT_FINANCE,
}
# The first that is true says what fills the days.
OCCUPATIONS = {
    "in_work": Occupation.ORDINARY_JOB,
    "subsidised": Occupation.SUBSIDISED_JOB,
    "in_education": Occupation.EDUCATION,
    "seeking_work": Occupation.JOB_SEEKING,
}
YES_NO = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Header:
    """Who sent the file, and the day it tells of."""

    sender: str
    created: date


def client_record(person: Any, *, header: Header, row: int, file: str) -> ClientRecordIn:
    """One person of the caseload in our words. Raises `BadField`."""
    texts = {etree.QName(child).localname: child.text or "" for child in person}
    known = national_id("person/national_id", texts["national_id"])
    if date.fromisoformat(texts["birth_date"]) != known.birth_date:
        raise BadField(
            "person/birth_date",
            "The birth date is not the one in the national id.",
            "Find out which of the two is right, correct the other and send the list again.",
        )
    flags = _flags(person)
    return ClientRecordIn(
        external_id=required_text("person/external_id", texts["external_id"]),
        national_id=known.number,
        given_name=required_text("person/given_name", texts["given_name"]),
        family_name=required_text("person/family_name", texts["family_name"]),
        birth_date=known.birth_date,
        sex=_sex(texts["sex"], known.sex),
        municipality=texts["municipality"],
        has_insurance_rights=flags.get("insured"),
        main_income=_main_income(person, flags, on=header.created),
        occupation=_occupation(flags),
        source_version=int(texts["version"]),
        sender_org=header.sender,
        row=row,
        file=file,
    )


def _flags(person: Any) -> dict[str, bool]:
    found = person.find("{*}employment")
    return {} if found is None else {name: YES_NO[value] for name, value in found.attrib.items()}


def _sex(stated: str, known: Sex) -> Sex:
    if stated != Sex.UNKNOWN and stated != known:
        raise BadField(
            "person/sex",
            "The sex is not the one in the national id.",
            "Find out which of the two is right, correct the other and send the list again.",
        )
    return known


def _occupation(flags: Mapping[str, bool]) -> Occupation | None:
    """Nothing is said where not every flag is: a flag that is left out is not a no."""
    for flag, occupation in OCCUPATIONS.items():
        if flags.get(flag):
            return occupation
    return Occupation.NONE if OCCUPATIONS.keys() <= flags.keys() else None


def _main_income(person: Any, flags: Mapping[str, bool], *, on: date) -> SupportSource | None:
    """The largest benefit in force that day, of somebody who is said not to work; else nothing is said."""
    amounts: dict[SupportSource, Decimal] = {}
    for benefit in person.iterfind("{*}benefit"):
        first, last = _period(benefit)
        if first <= on and (last is None or on <= last):
            kind = BENEFITS[benefit.get("kind")]
            amounts[kind] = amounts.get(kind, Decimal(0)) + Decimal(benefit.get("amount"))
    if not amounts or flags.get("in_work") is not False:
        return None
    largest = max(amounts.values())
    mains = [kind for kind, amount in amounts.items() if amount == largest]
    return mains[0] if len(mains) == 1 else None


def _period(benefit: Any) -> tuple[date, date | None]:
    first = date.fromisoformat(benefit.get("from"))
    last = date.fromisoformat(benefit.get("to")) if benefit.get("to") else None
    if last is not None and last < first:
        raise BadField(
            "person/benefit/@to",
            "The benefit ends before it begins.",
            "Correct its period in the case system and send the file again.",
        )
    return first, last
