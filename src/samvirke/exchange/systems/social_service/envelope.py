"""The envelope an event file travels in: who, which case, which message, in which order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from stdnum.exceptions import ValidationError as NotAnOrganisationNumber
from stdnum.no import orgnr

from samvirke.exchange.inbox.fields import BadField, national_id, required_text, shortened
from samvirke.exchange.inbox.types import CaseEvent, ClientRecordIn, Received, RefusedRow
from samvirke.exchange.systems.social_service import event_file
from samvirke.exchange.systems.social_service.history import assistance_history
from samvirke.exchange.systems.social_service.mapping import case_event
from samvirke.exchange.systems.social_service.messages import Message, messages

FIELDS = (
    "message_id",
    "sequence",
    "sent_at",
    "sender_org",
    "sender_system",
    "case_reference",
    "national_id",
    "payload",
)
LARGEST_SEQUENCE = 2**31 - 1
_ASK_SENDER = "Ask the sender to correct the envelope and send the message again."
_SENT_AT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"
)


def read(path: Path) -> Iterator[Received]:
    """Every envelope of a file (.json, .jsonl), a .zip of such files, or a folder; one at a time."""
    for message in messages(path):
        yield message if isinstance(message, RefusedRow) else _received(message)


def _received(message: Message) -> Received:
    try:
        return client_record(_parsed(message.content), row=message.row, file=message.file)
    except BadField as problem:
        return problem.refused(row=message.row, file=message.file)


def client_record(envelope: object, *, row: int, file: str) -> ClientRecordIn:
    """The client record that an envelope tells of, with the events of its case. Raises `BadField`."""
    fields = _envelope_fields(envelope)
    person = national_id("$.national_id", _string(fields, "national_id"))
    sent_at = _sent_at(fields)
    reference = required_text("$.case_reference", _string(fields, "case_reference"))
    event_file.check(fields["payload"], at="$.payload")
    events = _case_events(fields["payload"], case_reference=reference)
    history = assistance_history(events, as_of=sent_at.date())
    return ClientRecordIn(
        external_id=reference,
        national_id=person.number,
        given_name="",
        family_name="",
        birth_date=person.birth_date,
        sex=person.sex,
        municipality="",
        assistance_months_last_year=history.months_last_year if history else None,
        assistance_years_of_last_three=history.years_of_last_three if history else None,
        source_version=_sequence(fields),
        row=row,
        file=file,
        message_id=_message_id(fields),
        sender_org=_sender_org(fields),
        events=events,
    )


def _case_events(payload: dict[str, Any], *, case_reference: str) -> tuple[CaseEvent, ...]:
    return tuple(
        case_event(
            event,
            case_reference=case_reference,
            position=index + 1,
            at=f"$.payload.hendelser[{index}]",
        )
        for index, event in enumerate(payload["hendelser"])
    )


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as problem:
        raise BadField("$", "The message is not written in UTF-8.", "Send it again as UTF-8.") from problem
    except (ValueError, RecursionError) as problem:
        raise BadField(
            "$",
            "The message is not JSON: it may have been cut off on the way.",
            "Ask the sender to send the message again.",
        ) from problem


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not a JSON number. Write a number or leave the field out.")


def _envelope_fields(envelope: object) -> dict[str, Any]:
    if not isinstance(envelope, dict):
        raise BadField("$", "The message is not an envelope.", _ASK_SENDER)
    for name in FIELDS:
        if name not in envelope:
            raise BadField(f"$.{name}", "The field is missing.", _ASK_SENDER)
    unknown = sorted(set(envelope) - set(FIELDS))
    if unknown:
        raise BadField(f"$.{shortened(unknown[0])}", "The envelope has no such field.", _ASK_SENDER)
    required_text("$.sender_system", _string(envelope, "sender_system"))
    return envelope


def _string(fields: dict[str, Any], name: str) -> str:
    value = fields[name]
    if not isinstance(value, str):
        raise BadField(f"$.{name}", "Text is needed here.", _ASK_SENDER)
    return value


def _message_id(fields: dict[str, Any]) -> str:
    text = _string(fields, "message_id")
    try:
        return str(UUID(text))
    except ValueError as problem:
        raise BadField(
            "$.message_id", "“{value}” is not a UUID.", _ASK_SENDER, value=shortened(text)
        ) from problem


def _sequence(fields: dict[str, Any]) -> int:
    value = fields["sequence"]
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_SEQUENCE:
        raise BadField(
            "$.sequence",
            "“{value}” is not a sequence number.",
            "Give a whole number that rises with each message of the case.",
            value=shortened(value),
        )
    return value


def _sent_at(fields: dict[str, Any]) -> datetime:
    text = _string(fields, "sent_at")
    if _SENT_AT.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass  # the digits are no time of day; refused below like any other text
    raise BadField(
        "$.sent_at",
        "“{value}” is not a point of time with its zone.",
        "Write it as 2026-01-31T12:00:00Z.",
        value=shortened(text),
    )


def _sender_org(fields: dict[str, Any]) -> str:
    text = _string(fields, "sender_org")
    try:
        return str(orgnr.validate(text))
    except NotAnOrganisationNumber as problem:
        raise BadField(
            "$.sender_org",
            "“{value}” is not an organisation number.",
            _ASK_SENDER,
            value=shortened(text),
        ) from problem
