"""Checking an event file against its schema, `event_file.schema.json`, and saying where it fails.

A quick validator says that a file keeps the format. What it does not pass is looked at event by event, by the
branch of the own type with references written out: the same verdict, and the path ends at the field itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from samvirke.exchange.inbox.fields import BadField, shortened

SCHEMA: dict[str, Any] = json.loads(
    files(__package__).joinpath("event_file.schema.json").read_text(encoding="utf-8")
)
_CORRECT_AND_RESEND = "Correct it in the case system and send the file again with a higher sequence."


def check(document: object, *, at: str) -> None:
    """Raise `BadField` at the first place where the document breaks the format. `at` is its own path."""
    if _keeps_format(document):
        return
    for error in _errors(document):
        raise _bad_field(error, at=at)


def _keeps_format(document: object) -> bool:
    try:
        return _WHOLE.is_valid(document)
    except ValueError:  # nested too deep, or no Unicode
        return False


def _errors(document: object) -> Iterator[ValidationError]:
    yield from _ROOT.iter_errors(document)
    events = document.get("hendelser") if isinstance(document, dict) else None
    for position, event in enumerate(events if isinstance(events, list) else []):
        kind = event.get("type") if isinstance(event, dict) else None
        validator = _BY_TYPE.get(kind, _ANY_EVENT) if isinstance(kind, str) else _ANY_EVENT
        for error in validator.iter_errors(event):
            error.path.extendleft((position, "hendelser"))
            yield error


def _bad_field(error: ValidationError, *, at: str) -> BadField:
    path = at + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.path)
    allowed: Any = error.validator_value  # the keyword's value in our own schema
    instance: Any = error.instance
    if error.validator == "required":
        missing = next(name for name in allowed if name not in instance)
        return BadField(f"{path}.{missing}", "The field is missing.", _CORRECT_AND_RESEND)
    if error.validator == "enum":
        return BadField(
            path,
            "“{value}” is not one of the format's codes.",
            "Use one of {known}. A new code needs a new version of the format.",
            value=shortened(instance),
            known=", ".join(allowed),
        )
    if error.validator == "type":
        return BadField(
            path,
            "A value of type “{expected}” is needed here.",
            _CORRECT_AND_RESEND,
            expected=str(allowed),
        )
    if error.validator == "minItems":
        return BadField(path, "The list is empty.", "Send the file when there is at least one event.")
    return BadField(
        path,
        "“{value}” is not written as the format asks.",
        _CORRECT_AND_RESEND,
        value=shortened(instance),
    )


def _written_out(node: Any) -> Any:
    """The schema node with every reference replaced by what it refers to; the schema has no cycles."""
    if isinstance(node, list):
        return [_written_out(part) for part in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _written_out(SCHEMA["$defs"][node["$ref"].rsplit("/", 1)[1]])
    return {key: _written_out(part) for key, part in node.items()}


def _event_schema(kind: str) -> dict[str, Any]:
    shared, own = SCHEMA["$defs"]["hendelse"], SCHEMA["$defs"][kind]
    return {
        "type": "object",
        "required": shared["required"] + own["required"],
        "properties": _written_out(shared["properties"] | own["properties"]),
    }


def _root_schema() -> dict[str, Any]:
    properties: dict[str, Any] = _written_out(SCHEMA["properties"])
    del properties["hendelser"]["items"]
    return {"type": "object", "required": SCHEMA["required"], "properties": properties}


def _any_event_schema() -> dict[str, Any]:
    shared = SCHEMA["$defs"]["hendelse"]
    return {
        "type": "object",
        "required": shared["required"],
        "properties": _written_out(shared["properties"]),
    }


EVENT_TYPES: tuple[str, ...] = tuple(SCHEMA["$defs"]["hendelse"]["properties"]["type"]["enum"])
FIELDS: dict[str, tuple[str, ...]] = {  # the fields of each event type, those of every event first
    kind: (*SCHEMA["$defs"]["hendelse"]["properties"], *SCHEMA["$defs"][kind]["properties"])
    for kind in EVENT_TYPES
}
_WHOLE = jsonschema_rs.Draft202012Validator(SCHEMA)
_ROOT = Draft202012Validator(_root_schema())
_ANY_EVENT = Draft202012Validator(_any_event_schema())
_BY_TYPE = {kind: Draft202012Validator(_event_schema(kind)) for kind in EVENT_TYPES}
