"""A client whom an office knows under two numbers, and his twin brother: what a worker is to tell apart."""

from __future__ import annotations

from datetime import date

from samvirke.gate import session
from samvirke.kernel.codes import AgencyKind, Sex
from samvirke.kernel.gate_words import Purpose
from samvirke.people import merge, national_ids
from samvirke.surfaces.commands.demo.organisation import Organisation
from samvirke.surfaces.commands.demo.rows import ClientRow

BORN = date(1986, 11, 23)
CASES = (("T-2019-118", "Yonas", 51), ("T-2024-007", "Yonas", 52), ("T-2024-008", "Yonael", 53))


def play(here: Organisation, municipality: str) -> None:
    """The social service's system sends them: two numbers of one man, and another man."""
    rows = [
        ClientRow(
            external_id,
            national_ids.make_synthetic(birth_date=BORN, sex=Sex.MALE, serial=serial),
            name,
            "Tesfay",
            BORN,
            Sex.MALE,
            municipality,
        )
        for external_id, name, serial in CASES
    ]
    unit_id = here.unit(AgencyKind.SOCIAL_SERVICE, municipality)
    system = here.integration(AgencyKind.SOCIAL_SERVICE, municipality)
    with session.enter(system, Purpose.SERVICE) as by:
        merge.merge_records(rows, unit_id=unit_id, home=municipality, dry_run=False, now=by.now)
