"""The published description of a record, for those who write one: JSON Schema."""

from __future__ import annotations

import json

from samvirke.evidence.records import Record


def schema_text() -> str:
    """The schema as the file in the documentation holds it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Record.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
