"""Their event types and codes → ours. The tables are the whole mapping: what is not here is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from samvirke.exchange.inbox.fields import BadField, clean_text, read_code, shortened
from samvirke.exchange.inbox.types import CaseEvent, CaseEventKind, CaseEventStatus
from samvirke.exchange.systems.social_service.event_file import FIELDS

LARGEST_AMOUNT = Decimal(10) ** 9
LONGEST_DESCRIPTION = 4000
_CORRECT_AND_RESEND = "Correct it in the case system and send the file again with a higher sequence."

KINDS = {
    "tildeltNavKontor": CaseEventKind.OFFICE_ASSIGNED,
    "soknadsStatus": CaseEventKind.APPLICATION_STATUS,
    "saksStatus": CaseEventKind.CASE_STATUS,
    "vedtakFattet": CaseEventKind.DECISION,
    "rammevedtak": CaseEventKind.FRAMEWORK_DECISION,
    "forelopigSvar": CaseEventKind.PRELIMINARY_ANSWER,
    "dokumentasjonEtterspurt": CaseEventKind.DOCUMENTS_REQUESTED,
    "dokumentasjonkrav": CaseEventKind.DOCUMENTATION_DEMAND,
    "vilkar": CaseEventKind.BENEFIT_CONDITION,
    "utbetaling": CaseEventKind.PAYMENT,
}
_DEMAND_STATUSES = {
    "RELEVANT": CaseEventStatus.RELEVANT,
    "ANNULLERT": CaseEventStatus.CANCELLED,
    "OPPFYLT": CaseEventStatus.FULFILLED,
    "IKKE_OPPFYLT": CaseEventStatus.NOT_FULFILLED,
}
STATUSES: dict[CaseEventKind, dict[str, CaseEventStatus]] = {
    CaseEventKind.APPLICATION_STATUS: {
        "MOTTATT": CaseEventStatus.RECEIVED,
        "UNDER_BEHANDLING": CaseEventStatus.IN_PROGRESS,
        "FERDIGBEHANDLET": CaseEventStatus.COMPLETED,
        "BEHANDLES_IKKE": CaseEventStatus.NOT_PROCESSED,
    },
    CaseEventKind.CASE_STATUS: {
        "UNDER_BEHANDLING": CaseEventStatus.IN_PROGRESS,
        "IKKE_INNSYN": CaseEventStatus.WITHOUT_INSIGHT,
        "BEHANDLES_IKKE": CaseEventStatus.NOT_PROCESSED,
        "FEILREGISTRERT": CaseEventStatus.WRONGLY_REGISTERED,
    },
    CaseEventKind.DECISION: {
        "INNVILGET": CaseEventStatus.GRANTED,
        "DELVIS_INNVILGET": CaseEventStatus.PARTLY_GRANTED,
        "AVSLATT": CaseEventStatus.REJECTED,
        "AVVIST": CaseEventStatus.DISMISSED,
    },
    CaseEventKind.PAYMENT: {
        "PLANLAGT_UTBETALING": CaseEventStatus.PLANNED,
        "UTBETALT": CaseEventStatus.PAID,
        "STOPPET": CaseEventStatus.STOPPED,
        "ANNULLERT": CaseEventStatus.CANCELLED,
    },
    CaseEventKind.BENEFIT_CONDITION: _DEMAND_STATUSES,
    CaseEventKind.DOCUMENTATION_DEMAND: _DEMAND_STATUSES
    | {"LEVERT_TIDLIGERE": CaseEventStatus.DELIVERED_EARLIER},
}
_STATUS_FIELD = {CaseEventKind.DECISION: "utfall"}
_OWN_REFERENCE = {
    CaseEventKind.CASE_STATUS: "referanse",
    CaseEventKind.PAYMENT: "utbetalingsreferanse",
    CaseEventKind.BENEFIT_CONDITION: "vilkarreferanse",
    CaseEventKind.DOCUMENTATION_DEMAND: "dokumentasjonkravreferanse",
    CaseEventKind.FRAMEWORK_DECISION: "rammevedtaksreferanse",
}


def case_event(event: Mapping[str, Any], *, case_reference: str, position: int, at: str) -> CaseEvent:
    """One event in our words. `at` is the event's JSON path; the document has passed the schema."""
    kind = read_code(f"{at}.type", event["type"], codes=KINDS)
    event = {
        name: event[name] for name in FIELDS[event["type"]] if name in event
    }  # what the schema has checked
    first_day = _optional(event, "fom", reader=day, at=at)
    last_day = _optional(event, "tom", reader=day, at=at)
    if first_day and last_day and last_day < first_day:
        raise BadField(f"{at}.tom", "The period ends before it starts.", _CORRECT_AND_RESEND)
    return CaseEvent(
        case_reference=case_reference,
        happened_at=moment(f"{at}.hendelsestidspunkt", event["hendelsestidspunkt"]),
        kind=kind,
        position=position,
        status=_status(event, kind=kind, at=at),
        reference=_text(event, _OWN_REFERENCE.get(kind, ""), at=at),
        sub_case_reference=_text(event, "saksreferanse", at=at),
        amount=_optional(event, "belop", reader=amount, at=at),
        first_day=first_day,
        last_day=last_day,
        paid_on=_optional(event, "utbetalingsdato", reader=day, at=at),
        due_at=_due_at(event, kind=kind, at=at),
        due_on=_optional(event, "forfallsdato", reader=day, at=at),
        office=_text(event, "navKontor", at=at),
        title=_text(event, "tittel", at=at),
        description=_text(event, "beskrivelse", at=at),
        document_count=_document_count(event),
    )


def moment(field: str, value: str) -> datetime:
    """A point of time. The format's pattern lets any digits through; here they must be a time that exists."""
    try:
        whole_seconds = datetime.fromisoformat(value[:19])
        fraction = value[20:].partition("Z")[0][:6].ljust(6, "0")
        return whole_seconds.replace(microsecond=int(fraction), tzinfo=UTC)
    except ValueError as problem:
        raise BadField(
            field, "“{value}” is not a point of time.", _CORRECT_AND_RESEND, value=shortened(value)
        ) from problem


def day(field: str, value: str) -> date:
    """A day of the calendar."""
    try:
        return date.fromisoformat(value)
    except ValueError as problem:
        raise BadField(
            field,
            "“{value}” is not a day of the calendar.",
            _CORRECT_AND_RESEND,
            value=shortened(value),
        ) from problem


def amount(field: str, value: float) -> Decimal:
    """An amount in kroner, to the øre."""
    kroner = Decimal(str(value))
    if not kroner.is_finite() or abs(kroner) >= LARGEST_AMOUNT:
        raise BadField(
            field, "The amount is too large to be a payment.", _CORRECT_AND_RESEND, value=shortened(value)
        )
    return kroner.quantize(Decimal("0.01"))


def _status(event: Mapping[str, Any], *, kind: CaseEventKind, at: str) -> CaseEventStatus:
    name = _STATUS_FIELD.get(kind, "status")
    if kind not in STATUSES or name not in event:
        return CaseEventStatus.NOT_STATED
    return read_code(f"{at}.{name}", event[name], codes=STATUSES[kind])


def _text(event: Mapping[str, Any], name: str, *, at: str) -> str:
    return clean_text(f"{at}.{name}", event.get(name, ""), longest=LONGEST_DESCRIPTION)


def _optional(
    event: Mapping[str, Any], name: str, *, reader: Callable[[str, Any], Any], at: str
) -> Any:  # the reader's own type: dates, moments and amounts
    return reader(f"{at}.{name}", event[name]) if name in event else None


def _due_at(event: Mapping[str, Any], *, kind: CaseEventKind, at: str) -> datetime | None:
    """The deadline of a demand; of a request for several documents the first deadline."""
    if kind is CaseEventKind.DOCUMENTS_REQUESTED:
        deadlines = [
            moment(f"{at}.dokumenter[{index}].innsendelsesfrist", document["innsendelsesfrist"])
            for index, document in enumerate(event["dokumenter"])
        ]
        return min(deadlines, default=None)
    found: datetime | None = _optional(event, "frist", reader=moment, at=at)
    return found


def _document_count(event: Mapping[str, Any]) -> int:
    letters = sum(1 for name in ("vedtaksfil", "forvaltningsbrev") if name in event)
    return letters + len(event.get("vedlegg", ()))
