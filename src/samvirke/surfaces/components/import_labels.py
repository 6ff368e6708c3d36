"""The words of imports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samvirke.exchange.systems.follow_up.columns import DateFormat
from samvirke.kernel.codes import Sex

Words = Mapping[Any, Promise]

IMPORT_FIELD: Words = {
    "external_id": _("The agency's own number"),
    "national_id": _("National id"),
    "given_name": _("Given name"),
    "family_name": _("Family name"),
    "birth_date": _("Date of birth"),
    "municipality": _("Municipality"),
    "source_version": _("Version of the row"),
    "sex": _("Sex"),
    "occupation": _("Occupation"),
    "main_income": _("Main income"),
    "assistance_months_last_year": _("Months of social assistance in the last year"),
    "assistance_years_of_last_three": _("Years of social assistance of the last three"),
    "is_single_provider": _("Single provider"),
    "has_insurance_rights": _("Has insurance rights"),
    "is_immigrant_or_refugee": _("Immigrant or refugee"),
    "assessed_at_risk": _("Assessed: at risk"),
    "relevant_for_labour_market": _("Assessed: relevant for the labour market"),
    "assessed_needs_special_help": _("Assessed: needs special help"),
}
VERDICT: Words = {
    "new": _("New row"),
    "changed": _("Changed"),
    "same": _("Same"),
    "refused": _("Refused"),
}
DATE_FORMAT: Mapping[DateFormat, str] = {
    DateFormat.DAY_MONTH_YEAR_DOTS: "31.12.2026",
    DateFormat.DAY_MONTH_YEAR_SLASHES: "31/12/2026",
    DateFormat.DAY_MONTH_YEAR_HYPHENS: "31-12-2026",
    DateFormat.YEAR_MONTH_DAY: "2026-12-31",
    DateFormat.COMPACT: "20261231",
}
SEX: Words = {Sex.FEMALE: _("Woman"), Sex.MALE: _("Man"), Sex.UNKNOWN: _("Not known")}
ANSWER: Words = {"true": _("Yes"), "false": _("No")}
UPLOAD_STAGE: Words = {
    "received": _("Columns to be chosen"),
    "checking": _("Being looked through"),
    "checked": _("Looked through, not taken in"),
    "taking_in": _("Being taken in"),
    "taken_in": _("Taken in"),
}
CODE_LISTS: Mapping[str, Words] = {
    "import_field": IMPORT_FIELD,
    "verdict": VERDICT,
    "sex": SEX,
    "upload_stage": UPLOAD_STAGE,
}
