"""Which pages there are. A new room, verb, fact, view, law or command needs no line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from manual import data, families, gate, law, outside, rooms, states
from manual.markdown import page, table
from samvirke import evaluation, evidence, statistics

PAGES: Mapping[str, tuple[str, Callable[[], str]]] = {
    "access.md": ("Access table", gate.access),
    "verbs.md": ("Verbs", gate.verbs),
    "refusals.md": ("Refusals", gate.refusals),
    "states.md": ("States", states.page_of_states),
    "rooms.md": ("Rooms", rooms.rooms),
    "facts.md": ("Facts", data.facts),
    "views.md": ("Published views", data.views),
    "delivery.md": ("Statistics delivery", data.delivery),
    "indicators.md": ("Indicators", statistics.reference),
    "protocol.schema.json": ("Evaluation protocol, JSON Schema", evaluation.schema),
    "evidence.schema.json": ("Record of evidence, JSON Schema", evidence.schema_text),
    "codes.md": ("Code lists", data.code_lists),
    "formats.md": ("Formats of other systems", data.formats),
    "law.md": ("Law packs", law.packs),
    "target-groups.md": ("Target groups", law.target_groups),
    "command-line.md": ("Command line", outside.command_line),
    "environment.md": ("Environment variables", outside.environment),
    "families.md": ("Standing families", families.standing),
    "words.md": ("Words", rooms.words),
}


def written() -> dict[str, str]:
    """Every file of `docs/reference` with its text."""
    pages = {name: write() for name, (_title, write) in PAGES.items()}
    return {"index.md": _index()} | pages | dict(states.pictures())


def _index() -> str:
    return page(
        "Reference",
        "Written from the code by `make docs`; a test fails when code and page part. Do not edit by hand.",
        table(["page"], [[f"[{title}]({name})"] for name, (title, _write) in PAGES.items()]),
    )
