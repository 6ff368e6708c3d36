"""Reading the caseload person by person, so that memory stays flat however long it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from samvirke.exchange.inbox.fields import WHOLE_FILE, BadField
from samvirke.exchange.inbox.types import Original, Received
from samvirke.exchange.systems.insurance.mapping import Header, client_record

NAMESPACE = "urn:samvirke:caseload:1"
CASELOAD, HEADER, PERSON = (f"{{{NAMESPACE}}}{name}" for name in ("caseload", "header", "person"))
SCHEMA: Any = etree.XMLSchema(file=str(Path(__file__).with_name("caseload.xsd")))
COLUMNS = (
    "external_id",
    "national_id",
    "given_name",
    "family_name",
    "birth_date",
    "sex",
    "municipality",
    "version",
)
BLOCK = 1024 * 1024
_PERSONS = re.compile(rb"<(?:[\w.-]+:)?person[\s>]")
_WHERE = re.compile(r"Element '\{[^}]*\}(\w+)'(?:, attribute '(\w+)')?")
_EXPECTED = re.compile(r"Expected is .*?\( (.*) \)")
_ASK_AGAIN = "Draw the file from the case system again and send it whole."


class NothingToRead(Exception):
    """There is no caseload at the given place."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is not a file. Give the place where the caseload was saved.")


def read(path: Path) -> Iterator[Received]:
    """Every person of a caseload: a client record or a refusal. Rows are counted by persons.

    What is wrong with the file itself ends it with a refusal of the whole.
    """
    if not path.is_file():
        raise NothingToRead(path)
    row = 0
    try:
        header: Header | None = None
        for element in _top_level(path):
            if element.tag == HEADER:
                header = _header(element)
            elif element.tag != PERSON or header is None:
                raise _out_of_place(element)
            else:
                row += 1
                yield _received(element, header, row=row, file=path.name)
    except etree.XMLSyntaxError as problem:
        yield _broken(problem).refused(row=row + 1, file=path.name)
    except BadField as problem:
        yield problem.refused(row=row + 1, file=path.name)


def count(path: Path) -> int:
    """About how many persons the file holds."""
    with path.open("rb") as stream:
        return sum(len(_PERSONS.findall(block)) for block in iter(lambda: stream.read(BLOCK), b""))


def originals(path: Path) -> Iterator[Original]:
    """The texts of each person, as far as the file can be read; first the names of the fields."""
    yield Original(0, COLUMNS)
    row = 0
    try:
        for element in _top_level(path):
            if element.tag == PERSON:
                row += 1
                texts = {
                    etree.QName(child).localname: child.text or "" for child in element.iterchildren("*")
                }
                yield Original(row, tuple(texts.get(name, "") for name in COLUMNS))
    except (etree.XMLSyntaxError, BadField):
        return  # what could be read has been told


def _top_level(path: Path) -> Iterator[Any]:
    """The elements right below the root, each emptied after use. Raises BadField, XMLSyntaxError."""
    with path.open("rb") as stream:
        _check_root(next(_parser(stream, "start"))[1])
        stream.seek(0)
        depth = 0
        for event, element in _parser(stream, "start", "end"):
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 1:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]


def _parser(stream: Any, *events: str) -> Iterator[tuple[str, Any]]:
    yield from etree.iterparse(
        stream,
        events=events,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _check_root(root: Any) -> None:
    document = root.getroottree().docinfo
    if document.doctype or document.internalDTD is not None:
        raise BadField(
            WHOLE_FILE,
            "The file declares a document type, which could make it fetch or repeat what is not in it.",
            "Send the file without a DOCTYPE line.",
        )
    if root.tag != CASELOAD:
        raise BadField(
            WHOLE_FILE,
            "The file is XML, but no caseload after version 1 of the schema.",
            "Choose the export that follows caseload.xsd, or the system that this file is from.",
        )


def _header(element: Any) -> Header:
    if not SCHEMA.validate(element):
        raise BadField(
            WHOLE_FILE,
            "The header of the file does not follow the schema: “{name}”.",
            "Correct sender, created and period after caseload.xsd and send the file again.",
            name=_where(_first_error().message),
        )
    sender, created, period = element
    first, last = (date.fromisoformat(period.get(name)) for name in ("from", "to"))
    if last < first:
        raise BadField(
            WHOLE_FILE,
            "The period of the file ends before it begins.",
            "Correct the period in the header and send the file again.",
        )
    return Header(sender=sender.text, created=date.fromisoformat(created.text))


def _received(element: Any, header: Header, *, row: int, file: str) -> Received:
    try:
        if not SCHEMA.validate(element):
            raise _against_schema(_first_error())
        return client_record(element, header=header, row=row, file=file)
    except BadField as problem:
        return problem.refused(row=row, file=file)


def _first_error() -> Any:
    """What the schema said first of what was checked last."""
    return SCHEMA.error_log[0]


def _against_schema(error: Any) -> BadField:
    """What the schema says of one person, without the value: it may be a national id."""
    at = _where(error.message)
    if error.type == etree.ErrorTypes.SCHEMAV_ELEMENT_CONTENT:
        expected = _EXPECTED.search(error.message)
        return BadField(
            at,
            "A field is missing, doubled or out of order here; the schema expects {expected}.",
            "Put the fields of the person in the order of caseload.xsd and send the file again.",
            expected=expected.group(1).replace(f"{{{NAMESPACE}}}", "") if expected else "-",
        )
    if error.type in (
        etree.ErrorTypes.SCHEMAV_CVC_COMPLEX_TYPE_4,
        etree.ErrorTypes.SCHEMAV_CVC_COMPLEX_TYPE_3_2_1,
        etree.ErrorTypes.SCHEMAV_CVC_COMPLEX_TYPE_3_2_2,
    ):
        return BadField(
            at,
            "The field lacks a part that the schema requires, or has one that it does not know.",
            "Compare the field with caseload.xsd and send the file again.",
        )
    return BadField(
        at,
        "The field holds a value that the schema does not allow.",
        "Write it as caseload.xsd says, correct it in the case system and send the file again.",
    )


def _where(message: str) -> str:
    """The path of the field, from the parser's own words."""
    found = _WHERE.search(message)
    if found is None:
        return "person"
    element, attribute = found.groups()
    path = element if element in ("person", "header") else f"person/{element}"
    return f"{path}/@{attribute}" if attribute else path


def _out_of_place(element: Any) -> BadField:
    if element.tag == PERSON:
        return BadField(
            WHOLE_FILE,
            "The file has no header before its first person.",
            "Begin with sender, created and period after caseload.xsd.",
        )
    return BadField(
        WHOLE_FILE,
        "The file holds something else than persons.",
        "Leave out what caseload.xsd does not know, and send the file again.",
    )


def _broken(problem: etree.XMLSyntaxError) -> BadField:
    """Why the file is no whole XML, by the kind of the parser's complaint."""
    line = str(problem.lineno or 1)
    code = getattr(problem, "code", None)  # which the stubs leave out
    if code in (etree.ErrorTypes.ERR_INVALID_ENCODING, etree.ErrorTypes.ERR_INVALID_CHAR):
        return BadField(
            WHOLE_FILE,
            "From line {line} on, the letters are not in the encoding that the file declares.",
            "Save the file in the encoding of its first line, best UTF-8, and send it again.",
            line=line,
        )
    return BadField(
        WHOLE_FILE,
        "The file is not whole: after line {line} it ends too early or is no longer XML.",
        _ASK_AGAIN,
        line=line,
    )
