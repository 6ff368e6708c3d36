"""The demonstration's programme: its papers, and its target groups saved as a version by its leader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import yaml

from samvirke.gate import session
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import Purpose
from samvirke.programmes import queries, versions
from samvirke.programmes.loading import HISTORICAL, load_programme
from samvirke.surfaces.commands.demo.organisation import PARTNERSHIP, Organisation
from samvirke.surfaces.commands.demo.world.types import Municipality

SOURCE = "Samvirke, Fjordregionen (eksempeldata)"
ABOUT = "Arbeid eller utdanning når planen slutter"
BUDGET = {"total": 9_000_000, "places": 7_800_000, "personnel": 1_200_000}


def set_up(here: Organisation, places: Sequence[Municipality], first_day: date, *, rules: str) -> None:
    """The historical programme, the demonstration's own, and the first version of its rules."""
    load_programme(text=HISTORICAL.read_text(encoding="utf-8"))
    papers = _papers(places, first_day.year)
    load_programme(text=yaml.safe_dump(papers, allow_unicode=True, sort_keys=False))
    text = queries.delivered(rules).replace("valid_from: 2003-01-01", f"valid_from: {first_day}")
    with session.enter(here.partnership_leader, Purpose.STATISTICS) as leader:
        versions.save_rules(partnership_id=here.partnership_id, text=text, seen_version=0, by=leader)


def _papers(places: Sequence[Municipality], year: int) -> dict[str, Any]:
    sourced = {"source": SOURCE}
    return {
        "code": "fjordregionen",
        "country": Country.NORWAY.value,
        "name": PARTNERSHIP,
        "purpose": "Én plan rundt hver person, og flere i arbeid eller utdanning",
        **sourced,
        "years": [
            {
                "year": year,
                **sourced,
                "newcomers": sum(place.is_trial for place in places),
                "budget": [
                    {"receiver": "Nav", "earmark": earmark, "amount": amount, "currency": "NOK", **sourced}
                    for earmark, amount in BUDGET.items()
                ],
                "places": [
                    {"stage": "budgeted", "places": 60, **sourced},
                    {"stage": "given_out", "effort": PARTNERSHIP, "places": 56, **sourced},
                ],
                "rates": [
                    {"kind": "work_practice", "amount": 130_000, "currency": "NOK", "per": "year", **sourced}
                ],
                "efforts": [{"name": PARTNERSHIP, "partnership": PARTNERSHIP}],
                "municipalities": [_takes_part(place) for place in places],
            }
        ],
        "goals": [
            {"about": ABOUT, "text": "Halvparten", "target": 50, "unit": "prosent", **sourced},
            {
                "about": ABOUT,
                "text": "Flere får fotfeste, også de som står lengst unna",
                "effort": PARTNERSHIP,
                "target": 35,
                "unit": "prosent",
                **sourced,
            },
        ],
    }


def _takes_part(place: Municipality) -> dict[str, Any]:
    if not place.is_trial:
        return {"name": place.name, "code": place.code, "part": "comparison"}
    return {"name": place.name, "code": place.code, "effort": PARTNERSHIP}
