"""A row of an agency's own system, for people whom no drawn file tells of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samvirke.kernel.codes import Occupation, Sex, SupportSource


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client, with nothing said beyond who it is and what is given."""

    external_id: str
    national_id: str
    given_name: str
    family_name: str
    birth_date: date
    sex: Sex
    municipality: str
    occupation: Occupation | None = None
    main_income: SupportSource | None = None
    assistance_months_last_year: int | None = None
    assistance_years_of_last_three: int | None = None
    is_single_provider: bool | None = None
    has_insurance_rights: bool | None = None
    is_immigrant_or_refugee: bool | None = None
    assessed_at_risk: bool | None = None
    relevant_for_labour_market: bool | None = None
    assessed_needs_special_help: bool | None = None
    source_version: int = 1
    row: int = 0
