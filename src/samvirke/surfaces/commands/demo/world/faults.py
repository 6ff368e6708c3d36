"""Faults that such files have in real life, each with the field that must be named when it is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: the field it is found in, and how a row with it is written."""

    field: str
    spoilt: Callable[[dict[str, Any]], str]


def as_line(content: Mapping[str, Any]) -> str:
    """An envelope on one line."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def as_row(cells: Mapping[str, str]) -> str:
    """A row of Nav's list."""
    return ";".join(cells.values())


def _without_events(content: dict[str, Any]) -> str:
    payload = {name: value for name, value in content["payload"].items() if name != "hendelser"}
    return as_line(content | {"payload": payload})


def _with_first_event(content: dict[str, Any], **changes: str) -> str:
    first, *others = content["payload"]["hendelser"]
    payload = content["payload"] | {"hendelser": [first | changes, *others]}
    return as_line(content | {"payload": payload})


def _wrong_digit(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 1) % 10)


SOCIAL_SERVICE_FAULTS: tuple[Fault, ...] = (
    Fault("$.payload.hendelser", _without_events),
    Fault("$.payload.hendelser[0].status", lambda one: _with_first_event(one, status="REGISTRERT")),
    Fault(
        "$.payload.hendelser[0].hendelsestidspunkt",
        lambda one: _with_first_event(one, hendelsestidspunkt="2024-02-30T08:00:00.000Z"),
    ),
    Fault("$.national_id", lambda one: as_line(one | {"national_id": _wrong_digit(one["national_id"])})),
    Fault("$.sequence", lambda one: as_line(one | {"sequence": str(one["sequence"])})),
    Fault("$", lambda one: as_line(one)[: len(as_line(one)) * 2 // 3]),  # cut off on the way
)
NAV_FAULTS: tuple[Fault, ...] = (
    Fault("FNR", lambda row: as_row(row | {"FNR": _wrong_digit(row["FNR"])})),
    Fault("FØDSELSDATO", lambda row: as_row(row | {"FØDSELSDATO": "01.01.1901"})),
    Fault("ETTERNAVN", lambda row: as_row(row | {"ETTERNAVN": ""})),
    Fault("KOMMUNENR", lambda row: as_row(row | {"KOMMUNENR": "99"})),
    Fault("ENEFORSØRGER", lambda row: as_row(row | {"ENEFORSØRGER": "?"})),
    Fault("HOVEDINNTEKT", lambda row: as_row(row | {"HOVEDINNTEKT": "OVG"})),
    Fault("line", lambda row: as_row(row | {"FORNAVN": row["FORNAVN"] + ";"})),
)
