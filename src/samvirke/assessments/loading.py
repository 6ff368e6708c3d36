"""The instruments that are known: those that come with Samvirke, and those that were loaded.

An instrument is a file with a published schema; a new one is data alone. A version never changes once it is
known, since answers refer to its words; only the texts of a slot may come later.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from samvirke.assessments.models import Instrument
from samvirke.assessments.types import InstrumentFile, Respondent
from samvirke.gate.operations import OWNER
from samvirke.programmes.files import BadFile, Lines, Problem, Where, line_of, read

SHIPPED = Path(__file__).parent / "instruments"
SCHEMA = SHIPPED / "instrument.schema.json"
Known = dict[str, dict[int, InstrumentFile]]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file held. `is_new`: something was written; the same file twice changes nothing."""

    instrument: InstrumentFile
    is_new: bool


def schema() -> str:
    """The published JSON Schema of an instrument's file."""
    found = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An instrument of Samvirke",
        **InstrumentFile.model_json_schema(),
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def read_instrument(text: str) -> InstrumentFile:
    """An instrument as its file says it, checked. Raises BadFile."""
    found, lines = read(text, InstrumentFile)
    problems = [*_codes(found, lines), *_scale(found, lines), *_texts(found, lines)]
    if problems:
        raise BadFile(problems)
    return found


def load(*, text: str, now: datetime) -> Loaded:
    """Keep an instrument's file. An administrator's act: it runs as the owner of the database.

    The texts of a slot may come with a later file that has the same items. Raises BadFile.
    """
    found = read_instrument(text)
    if found.code in shipped():
        raise BadFile([Problem(1, "shipped_instrument", {"what": found.code})])
    with transaction.atomic(using=OWNER):
        rows = Instrument.objects.using(OWNER).filter(code=found.code, version=found.version)
        earlier = rows.select_for_update().first()
        if earlier is not None and _parsed(earlier.text) == found:
            return Loaded(found, False)
        if earlier is None:
            key = uuid5(NAMESPACE_URL, f"https://samvirke.example/instrument/{found.code}/{found.version}")
            rows.create(id=key, code=found.code, version=found.version, text=text, loaded_at=now)
            return Loaded(found, True)
        _check_fills(_parsed(earlier.text), found)
        rows.update(text=text, loaded_at=now)
    return Loaded(found, True)


@cache
def shipped() -> Known:
    """The instruments that come with Samvirke."""
    paths = sorted(SHIPPED.glob("*.yaml"))
    return _by_code(read_instrument(path.read_text(encoding="utf-8")) for path in paths)


def known() -> Known:
    """Every instrument by code and version."""
    loaded = Instrument.objects.order_by("code", "version").values_list("text", flat=True)
    return shipped() | _by_code(_parsed(text) for text in loaded)


def in_use(versions: Known) -> list[InstrumentFile]:
    """The newest version of each that can be answered, in the order of their codes."""
    newest = [
        max(usable, key=lambda one: one.version)
        for of_code in versions.values()
        if (usable := [one for one in of_code.values() if not one.waits_for_text])
    ]
    return sorted(newest, key=lambda one: one.code)


def newest(code: str) -> InstrumentFile | None:
    """The newest version that can be answered; None where there is none."""
    return next((one for one in in_use(known()) if one.code == code), None)


def _by_code(found: Iterable[InstrumentFile]) -> Known:
    versions: Known = {}
    for one in found:
        versions.setdefault(one.code, {})[one.version] = one
    return versions


@lru_cache(maxsize=64)
def _parsed(text: str) -> InstrumentFile:
    return read_instrument(text)


def _check_fills(slot: InstrumentFile, found: InstrumentFile) -> None:
    """A later file may bring a slot's texts, and nothing else. Raises BadFile."""
    same = [(item.code, item.kind) for item in slot.items] == [(item.code, item.kind) for item in found.items]
    if not slot.waits_for_text or not same:
        raise BadFile([Problem(1, "known_version", {"what": found.code, "version": found.version})])


def _codes(found: InstrumentFile, lines: Lines) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, item in enumerate(found.items):
        if item.code in seen:
            yield _at(lines, ("items", place, "code"), "same_name", item.code)
        seen.add(item.code)
    for kind, codes in found.needed_by.items():
        for place, code in enumerate(codes):
            if code not in seen:
                yield _at(lines, ("needed_by", kind.value, place), "not_a_word", code)


def _scale(found: InstrumentFile, lines: Lines) -> Iterator[Problem]:
    scale = found.scale
    if scale.lowest >= scale.highest:
        yield _at(lines, ("scale", "lowest"), "turned_scale", "lowest")
    for step in scale.names:
        if not scale.lowest <= step <= scale.highest:
            yield _at(lines, ("scale", "names"), "not_a_step", str(step))
    if scale.names or not found.licence.needs_agreement:
        for end in (scale.lowest, scale.highest):
            if end not in scale.names:
                yield _at(lines, ("scale",), "end_without_name", str(end))


def _texts(found: InstrumentFile, lines: Lines) -> Iterator[Problem]:
    """A text is missing only where the licence holder has delivered none at all."""
    is_slot = found.licence.needs_agreement and not any(item.name or item.asked for item in found.items)
    if is_slot:
        return
    for place, item in enumerate(found.items):
        if item.name is None:
            yield _at(lines, ("items", place), "missing", "name")
        for respondent in Respondent:
            if respondent in found.answered_by and respondent not in item.asked:
                yield _at(lines, ("items", place, "asked"), "missing", f"asked: {respondent}")


def _at(lines: Lines, where: Where, code: str, what: str) -> Problem:
    return Problem(line_of(lines, where), code, {"what": what})
