"""Records of the register for tests: those that come with Samvirke, and one of our own with changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from samvirke import evidence
from samvirke.evidence import Record

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def shipped(record_id: str) -> Record:
    """A record that comes with Samvirke."""
    return evidence.read().one(record_id).record


def content(record_id: str = "samverkan-2011", **changes: Any) -> dict[str, Any]:
    """A valid record as it stands in a file, with changes."""
    return shipped(record_id).model_dump(mode="json", exclude_defaults=True) | {"id": "our-own"} | changes


def written(folder: Path, **changes: Any) -> Path:
    """A record file with changes."""
    path = folder / "our-own.yaml"
    path.write_text(yaml.safe_dump(content(**changes), allow_unicode=True), encoding="utf-8")
    return path
