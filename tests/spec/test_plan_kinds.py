"""The law packs beside what was collected on the countries' plans: every kind, with as many elements."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from samvirke.statutes import queries as statutes
from samvirke.statutes.types import PlanKind

# By how the collection names it: the kinds of plan in our packs.
KINDS = {
    "Individuell plan (IP)": ("no.individual_plan",),
    "NAV: behovs- / arbeidsevnevurdering + aktivitetsplan": ("no.activity_plan",),
    "Kvalifiseringsprogram (KVP)": ("no.qualification_programme",),
    "Barnevern: plan for hjelpetiltak": ("no.child_welfare_plan",),
    "Integreringsplan + norskplan + integreringskontrakt": (
        "no.integration_plan",
        "no.norwegian_plan",
        "no.integration_contract",
    ),
    "Oppfølgingstjenesten (OT)": ("no.follow_up_service_plan",),
    "Min Plan": ("dk.my_plan",),
    "§ 141 handleplan": ("dk.action_plan",),
    "Helhedsorienteret plan": ("dk.whole_plan",),
    "Barnets plan / ungeplan": ("dk.childs_plan", "dk.youth_plan"),
    "Uddannelsesplan / uddannelsespålæg, KUI": ("dk.education_plan",),
    "SIP - samordnad individuell plan": ("se.joint_plan",),
    "Gemensam kartläggning (AF+FK)": ("se.joint_mapping",),
    "Genomförandeplan; AF individuell handlingsplan; BBIC": (
        "se.implementation_plan",
        "se.employment_action_plan",
        "se.child_framework",
    ),
}
NO_PLAN = {
    "Koordinator",
    "Barnekoordinator",
    "Vilkår / aktivitetsplikt",
    "HOI-loven",  # a bill, and no law
    "Frikommune",
    "Samordningsförbund (FINSAM)",
}
FROM_MEMORY = {
    "no.activity_plan",
    "no.norwegian_plan",
    "no.follow_up_service_plan",
    "dk.education_plan",
    "se.joint_mapping",
    "se.implementation_plan",
    "se.employment_action_plan",
    "se.child_framework",
}
COUNTED = {"no.individual_plan": 9, "dk.my_plan": 7, "se.joint_plan": 4}


def collected() -> dict[str, str]:
    """The plans that the collection lists, each with its row; skipped where it is not there."""
    shared = os.environ.get("SAMVIRKE_SHARED")
    root = Path(shared) if shared else Path(__file__).parents[3] / "shared"
    path = root / "domain" / "facts.md"
    if not path.is_file():
        pytest.skip(f"what was collected on the law is not at {path}; set SAMVIRKE_SHARED to its root")
    text = path.read_text(encoding="utf-8")
    part = text.split("## 2a ")[1].split("### Common core")[0]
    return dict(re.findall(r"^\| \*\*(.+?)\*\*(.*)$", part, re.MULTILINE))


def kinds() -> dict[str, list[PlanKind]]:
    """The rows of all packs, by their code."""
    found: dict[str, list[PlanKind]] = {}
    for row in (kind for pack in statutes.packs() for kind in pack.plan_kinds):
        found.setdefault(row.code, []).append(row)
    return found


def test_every_plan_that_was_collected_is_a_kind_and_no_bill_is_one() -> None:
    assert collected().keys() == KINDS.keys() | NO_PLAN
    assert {code for codes in KINDS.values() for code in codes} == set(kinds())
    assert not [row for rows in kinds().values() for row in rows if "HOI" in row.provision]


@pytest.mark.parametrize("code", COUNTED)
def test_it_asks_for_as_many_elements_as_the_law_numbers(code: str) -> None:
    (name,) = (name for name, codes in KINDS.items() if code in codes)
    numbered = {int(found) for found in re.findall(r"\((\d)\)", collected()[name])}
    assert numbered == set(range(1, COUNTED[code] + 1))
    assert all(len(row.requirements) == COUNTED[code] for row in kinds()[code])


def test_what_nobody_has_read_is_marked_and_no_plan_can_be_of_it() -> None:
    for code, rows in kinds().items():
        assert all(row.is_usable is (code not in FROM_MEMORY) for row in rows), code
        country = next(pack.country for pack in statutes.packs() if code.startswith(f"{pack.country}."))
        offered = {kind.code for kind in statutes.plan_kinds(country, on=max(r.valid_from for r in rows))}
        assert (code in offered) is (code not in FROM_MEMORY), code
