"""A protocol's YAML file: read with a line for every fault, begun from a template, described by a schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from samvirke.evaluation.protocol import Protocol
from samvirke.evaluation.words import COLUMN, MUNICIPALITY, NAME

FOLDER = Path(__file__).parent
SCHEMA = FOLDER / "protocol.schema.json"
TEMPLATES = FOLDER / "templates"
KINDS = ("change_from_before", "difference_in_differences", "experiment", "weighting")
FORMS = {
    MUNICIPALITY: "a municipality number of three to five digits, in quotes",
    COLUMN: "the name of a column: small letters, digits and _",
    NAME: "small letters, digits and hyphens",
}
Place = tuple[int | str, ...]


class UnreadableProtocol(ValueError):
    """The file is not a protocol."""

    def __init__(self, path: Path, *, reasons: list[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(
            f"{path} was not read as a protocol. Correct it and try again:\n"
            + "\n".join(f"- {reason}" for reason in reasons)
        )


class AlreadyThere(ValueError):
    """A file of that name exists, and a protocol is never written over."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists, and a protocol is not written over. Choose another name.")


def read_protocol(path: Path) -> Protocol:
    """The protocol in a YAML file. Raises UnreadableProtocol with one line per fault."""
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        twice = list(_keys_twice(root))
        if twice:
            raise UnreadableProtocol(path, reasons=twice)
        return Protocol.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        raise UnreadableProtocol(path, reasons=_faults(error, root)) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UnreadableProtocol(path, reasons=[str(error)]) from error


def begin(path: Path, *, design: str) -> None:
    """Write a protocol to fill in; an editor that knows JSON Schema helps. Raises AlreadyThere."""
    common = (TEMPLATES / "protocol.yaml").read_text(encoding="utf-8")
    own = (TEMPLATES / f"{design}.yaml").read_text(encoding="utf-8")
    opening = f"# yaml-language-server: $schema={SCHEMA.as_uri()}\n"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(opening + common + own)
    except FileExistsError as error:
        raise AlreadyThere(path) from error


def schema() -> str:
    """The JSON Schema of the format, as it is published."""
    content = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Protocol.model_json_schema(),
        "title": "Samvirke evaluation protocol 2",
    }
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _faults(error: ValidationError, root: yaml.Node | None) -> list[str]:
    """One sentence per fault; a list that is only short because of a faulty item is not told of."""
    faults = error.errors(include_url=False)
    places = [fault["loc"] for fault in faults]
    return [
        _fault(fault, root)
        for fault in faults
        if not any(len(other) > len(fault["loc"]) and _inside(other, fault["loc"]) for other in places)
    ]


def _inside(place: Place, outer: Place) -> bool:
    return bool(outer) and place[: len(outer)] == outer


def _fault(fault: Any, root: yaml.Node | None) -> str:
    """One sentence: line, field, what is wrong, what to do."""
    line, path = _found(root, fault["loc"])
    if fault["type"] == "missing":
        path.append(str(fault["loc"][-1]))
    return f"line {line}: {'.'.join(path) or 'the protocol'}: {_sentence(fault)}"


def _sentence(fault: Any) -> str:
    place: Place = fault["loc"]
    match fault["type"]:
        case "missing":
            return f"is missing. Add it: {_meaning(place)}"
        case "extra_forbidden":
            near = get_close_matches(str(place[-1]), _names(), n=1)
            hint = f"Did you mean {near[0]}?" if near else "Take it out, or correct its spelling."
            return f"is not a field of a protocol. {hint}"
        case "string_type":
            return f"is {fault['input']!r}, not text. Put it in quotes."
        case "string_pattern_mismatch":
            return f"is {fault['input']!r}. Give {FORMS[fault['ctx']['pattern']]}."
        case "enum" | "literal_error":
            return f"is {fault['input']!r}. Choose one of: {fault['ctx']['expected']}."
        case "union_tag_invalid":
            return f"has the kind {fault['ctx']['tag']!r}. Choose one of: {fault['ctx']['expected_tags']}."
        case "too_short" if place[-1] == "comparison":
            return (
                "is empty, so there is no comparison, and a change could have come without the intervention. "
                "Name the municipalities without the intervention."
            )
        case "value_error":
            return f"{fault['ctx']['error']}."
        case _:
            return f"{fault['msg']}. {_meaning(place)}".rstrip()


def _meaning(place: Place) -> str:
    """What the field is for, in the schema's words."""
    whole = Protocol.model_json_schema()
    part: Any = whole
    for step in place:
        inner = part.get("anyOf", [part])[0]
        if "discriminator" in inner:
            part = _named(inner["discriminator"]["mapping"].get(step), whole)
            continue
        inner = _named(inner.get("$ref"), whole) or inner
        part = inner.get("items") if isinstance(step, int) else inner.get("properties", {}).get(step)
        if part is None:
            return ""
    return str(part.get("description", ""))


def _named(reference: str | None, whole: dict[str, Any]) -> Any:
    return whole["$defs"][reference.rpartition("/")[2]] if reference else None


def _names() -> list[str]:
    whole = Protocol.model_json_schema()
    return sorted({name for part in [*whole["$defs"].values(), whole] for name in part.get("properties", {})})


def _found(node: yaml.Node | None, place: Place) -> tuple[int, list[str]]:
    """The line nearest to the place, and the way to it; parts that are no keys (a design's kind) are left."""
    line, path = 1, []
    for part in place:
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if part not in pairs:
                continue
            key, node = pairs[str(part)]
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
        path.append(str(part))
    return line, path


def _keys_twice(node: yaml.Node | None) -> Iterator[str]:
    """A key that stands twice: YAML would take the later one in silence."""
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                yield (
                    f"line {line}: {key.value} stands in line {seen[key.value]} already, and only one can "
                    "count. Take one out."
                )
            seen[key.value] = line
            yield from _keys_twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _keys_twice(item)
