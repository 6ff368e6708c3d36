"""Envelopes with event files: what they become, and how each kind of fault is named."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from exchange.envelopes import SENDER_ORG, SOMEBODY, as_line, envelope, payload, payment, published_format
from samvirke.exchange.inbox.types import CaseEventKind, CaseEventStatus, ClientRecordIn, Parsed
from samvirke.exchange.systems import social_service
from samvirke.exchange.systems.social_service.messages import LARGEST_MESSAGE, NothingToRead
from samvirke.kernel.codes import Sex


def received(folder: Path, *envelopes: Any) -> Parsed:
    (folder / "delivery.jsonl").write_bytes(b"".join(as_line(one) for one in envelopes))
    return Parsed.of(social_service.read(folder / "delivery.jsonl"))


def record_of(folder: Path, *events: dict[str, Any], **fields: Any) -> ClientRecordIn:
    parsed = received(folder, envelope(payload(*events), **fields))
    assert parsed.refused == ()
    return parsed.records[0]


def test_the_published_example_imports_with_all_its_events(tmp_path: Path) -> None:
    document = json.loads((published_format() / "examples" / "komplett.json").read_text(encoding="utf-8"))
    parsed = received(tmp_path, envelope(document))
    assert parsed.refused == ()
    events = parsed.records[0].events
    assert len(events) == len(document["hendelser"])
    assert {event.kind for event in events} == set(CaseEventKind) - {CaseEventKind.FRAMEWORK_DECISION}
    paid = next(event for event in events if event.kind is CaseEventKind.PAYMENT)
    assert (paid.reference, paid.amount) == ("UTBETALINGNR1SAK2", Decimal("5000.00"))
    assert (paid.first_day, paid.last_day) == (date(2018, 10, 11), date(2018, 10, 13))


def test_the_published_faulty_example_is_refused_with_the_path(tmp_path: Path) -> None:
    faulty = published_format() / "examples" / "feil-mangler-hendelser.json"
    parsed = received(tmp_path, envelope(json.loads(faulty.read_text(encoding="utf-8"))))
    assert parsed.records == ()
    assert parsed.refused[0].field == "$.payload.hendelser"
    assert parsed.refused[0].row == 1
    assert parsed.refused[0].file == "delivery.jsonl"
    assert parsed.refused[0].what_to_do


def test_the_envelope_says_who_and_the_format_says_nothing_more(tmp_path: Path) -> None:
    record = record_of(tmp_path)
    assert (record.external_id, record.national_id, record.source_version) == ("SAK-77", SOMEBODY, 3)
    assert (record.birth_date, record.sex) == (date(1990, 5, 17), Sex.FEMALE)
    assert record.sender_org == SENDER_ORG
    assert (record.given_name, record.family_name, record.municipality) == ("", "", "")
    assert record.main_income is None
    assert record.assessed_at_risk is None
    assert record.assistance_months_last_year is None


def test_the_moment_of_an_event_keeps_its_fraction(tmp_path: Path) -> None:
    event = record_of(tmp_path, payment("A", hendelsestidspunkt="2026-01-05T09:00:00.134Z")).events[0]
    assert event.happened_at == datetime(2026, 1, 5, 9, 0, 0, 134_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("events", "months", "years"),
    [
        ([payment("A", fom="2026-06-01", tom="2026-06-30")], 1, 1),
        ([payment("A", fom="2025-07-01", tom="2026-06-30")], 12, 1),
        ([payment("A", fom="2025-06-01", tom="2025-06-30")], 0, 1),  # a month too old for the last year
        ([payment("A", fom="2023-07-01", tom="2026-12-31")], 12, 3),  # days to come do not count twice
        ([payment("A", fom="2023-06-01", tom="2023-06-30")], 0, 0),
        ([payment("A", fom="2026-05-20", tom="2026-06-02")], 2, 1),
        ([payment("A", utbetalingsdato="2026-03-04"), payment("B", forfallsdato="2026-03-20")], 1, 1),
        ([payment("A", fom="2026-06-01", tom="2026-06-30", status="PLANLAGT_UTBETALING")], None, None),
    ],
)
def test_months_with_assistance(
    tmp_path: Path, events: list[dict[str, Any]], months: int | None, years: int | None
) -> None:
    record = record_of(tmp_path, *events)
    assert record.assistance_months_last_year == months
    assert record.assistance_years_of_last_three == years


def test_the_last_report_of_a_payment_holds(tmp_path: Path) -> None:
    paid = payment("A", fom="2026-06-01", tom="2026-06-30")
    stopped = paid | {"status": "STOPPET", "hendelsestidspunkt": "2026-02-01T09:00:00.000Z"}
    record = record_of(tmp_path, stopped, paid)
    assert record.assistance_months_last_year is None
    assert [event.status for event in record.events] == [CaseEventStatus.STOPPED, CaseEventStatus.PAID]


@pytest.mark.parametrize(
    ("faulty", "field"),
    [
        (envelope(payload(), sequence="3"), "$.sequence"),
        (envelope(payload(), sequence=True), "$.sequence"),
        (envelope(payload(), sequence=-1), "$.sequence"),
        (envelope(payload(), message_id="7"), "$.message_id"),
        (envelope(payload(), sent_at="2026-06-30"), "$.sent_at"),
        (envelope(payload(), sent_at="2026-06-31T12:00:00Z"), "$.sent_at"),
        (envelope(payload(), sender_org="123456789"), "$.sender_org"),
        (envelope(payload(), sender_system=" "), "$.sender_system"),
        (envelope(payload(), case_reference="\u0000"), "$.case_reference"),
        (envelope(payload(), national_id="12345678901"), "$.national_id"),
        (envelope(payload(), national_id=7), "$.national_id"),
        (envelope(payload(), name="Kari"), "$.name"),
        ({key: value for key, value in envelope(payload()).items() if key != "sent_at"}, "$.sent_at"),
        (envelope([]), "$.payload"),
        (envelope(payload() | {"hendelser": []}), "$.payload.hendelser"),
        (envelope(payload(payment("A", status="BETALT"))), "$.payload.hendelser[0].status"),
        (envelope(payload(payment("A", belop="5"))), "$.payload.hendelser[0].belop"),
        (envelope(payload(payment("A", belop=1e300))), "$.payload.hendelser[0].belop"),
        (envelope(payload(payment("A", fom="2026-02-30"))), "$.payload.hendelser[0].fom"),
        (envelope(payload(payment("A", fom="2026-02-02", tom="2026-02-01"))), "$.payload.hendelser[0].tom"),
        (envelope(payload(payment("A", type="gave"))), "$.payload.hendelser[0].type"),
        (envelope(payload(payment("A"), {"type": "vilkar"})), "$.payload.hendelser[1].hendelsestidspunkt"),
        ("not an envelope", "$"),
        ([1, 2], "$"),
    ],
)
def test_a_fault_is_named_by_its_path(tmp_path: Path, faulty: Any, field: str) -> None:
    parsed = received(tmp_path, faulty, envelope(payload()))
    assert [refusal.field for refusal in parsed.refused] == [field]
    assert parsed.refused[0].reason.format(**parsed.refused[0].params)
    assert len(parsed.records) == 1  # the message after it is still read


def test_a_refusal_never_repeats_a_national_id(tmp_path: Path) -> None:
    refused = received(tmp_path, envelope(payload(), national_id="12345678901")).refused[0]
    assert "12345678901" not in repr(refused)


@pytest.mark.parametrize(
    "line",
    [b"{", b"\xff\xfe", b"[" * 100_000, b'{"sequence": NaN}', b"9" * 5_000, b"\xef\xbb\xbf{"],
)
def test_a_line_that_is_not_json_is_refused_and_the_next_is_read(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "delivery.jsonl"
    path.write_bytes(line + b"\n\n" + as_line(envelope(payload())))
    parsed = Parsed.of(social_service.read(path))
    assert [(refusal.row, refusal.field) for refusal in parsed.refused] == [(1, "$")]
    assert [record.row for record in parsed.records] == [3]


def test_an_endless_line_is_refused_without_being_kept(tmp_path: Path) -> None:
    path = tmp_path / "delivery.jsonl"
    path.write_bytes(b"x" * (2 * LARGEST_MESSAGE + 5) + b"\n" + as_line(envelope(payload())))
    parsed = Parsed.of(social_service.read(path))
    assert [refusal.row for refusal in parsed.refused] == [1]
    assert [record.row for record in parsed.records] == [2]


def test_folders_zip_files_and_single_files_are_read_alike(tmp_path: Path) -> None:
    one, two = envelope(payload()), envelope(payload(), case_reference="SAK-78")
    (tmp_path / "a.json").write_text(json.dumps(one), encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("inner.jsonl", as_line(two))
        archive.writestr("notes.txt", "not a message")
    (tmp_path / "c.zip").write_bytes(b"PK damaged")
    parsed = Parsed.of(social_service.read(tmp_path))
    assert [(record.external_id, record.file) for record in parsed.records] == [
        ("SAK-77", "a.json"),
        ("SAK-78", "b.zip/inner.jsonl"),
    ]
    assert [refusal.file for refusal in parsed.refused] == ["c.zip"]


def test_nothing_to_read_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="Give the place"):
        list(social_service.read(tmp_path / "missing"))
