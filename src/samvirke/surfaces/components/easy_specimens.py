"""The plan in easy words for the gallery."""

from __future__ import annotations

from samvirke.surfaces.components.easy_document import EasyDocument, Question, Thing
from samvirke.surfaces.components.specimen_types import Parts

FULL = EasyDocument(
    language="nb",
    title="Planen i lettlest utgave",
    person="Kari Nordmann",
    questions=(
        Question("Hva vil jeg?", (Thing("Jeg vil ha en jobb der jeg får bruke hendene."),)),
        Question(
            "Hva skjer nå?",
            (
                Thing("Prøve seg i verkstedet", ("Veileder 1 gjør dette.",)),
                Thing("Husleia betales", ("Sosialkonsulent 1 gjør dette.", "Det begynner 2. mars 2026.")),
            ),
        ),
    ),
    number_line="Skriv nummeret her:",
    footer="Laget 1. mars 2026. Dette er den korte utgaven. Det står mer i hele planen.",
)
EMPTY = EasyDocument(
    language="nb",
    title=FULL.title,
    person=FULL.person,
    questions=(Question("Hva skjer nå?", (), "Ingenting skjer akkurat nå."),),
    number_line=FULL.number_line,
    footer=FULL.footer,
)
PARTS: Parts = {"easy": {"written": {"easy": FULL}, "nothing yet": {"easy": EMPTY}}}
