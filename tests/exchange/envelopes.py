"""Envelopes and lists as the tests need them, and where the published format lies."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from samvirke.kernel.codes import Sex
from samvirke.people.national_ids import make_synthetic

SOMEBODY = make_synthetic(birth_date=date(1990, 5, 17), sex=Sex.FEMALE, serial=3)
SENDER_ORG = "310000019"


def payload(*events: dict[str, Any]) -> dict[str, Any]:
    """An event file of these events, or of one received application."""
    received = {
        "type": "soknadsStatus",
        "hendelsestidspunkt": "2026-01-05T09:00:00.000Z",
        "status": "MOTTATT",
    }
    return {
        "version": "1.0.0",
        "avsender": {"systemnavn": "Prøvesystemet", "systemversjon": "7"},
        "hendelser": list(events) or [received],
    }


def payment(reference: str, **fields: Any) -> dict[str, Any]:
    """A payment made."""
    return {
        "type": "utbetaling",
        "hendelsestidspunkt": "2026-01-05T09:00:00.000Z",
        "utbetalingsreferanse": reference,
        "status": "UTBETALT",
        "belop": 5000.5,
    } | fields


def envelope(content: Any, **fields: Any) -> dict[str, Any]:
    """An envelope around the content, with any field replaced."""
    return {
        "message_id": "5f0a3f5e-8f4b-4a49-9a1e-0d7a0a3f2b11",
        "sequence": 3,
        "sent_at": "2026-06-30T12:00:00Z",
        "sender_org": SENDER_ORG,
        "sender_system": "Prøvesystemet",
        "case_reference": "SAK-77",
        "national_id": SOMEBODY,
        "payload": content,
    } | fields


def as_line(value: Any) -> bytes:
    """One line of a .jsonl file."""
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def published_format() -> Path:
    """The folder of the published format; the test is skipped where it is not there."""
    shared = os.environ.get("SAMVIRKE_SHARED")
    root = Path(shared) if shared else Path(__file__).parents[3] / "shared"
    folder = root / "interop" / "digisos"
    if not folder.is_dir():
        pytest.skip(f"the published digisos format is not at {folder}; set SAMVIRKE_SHARED to its root")
    return folder
