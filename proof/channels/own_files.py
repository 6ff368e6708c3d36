"""Lists that leaders and units' own systems have sent, as CSV and as workbook, and what was refused in them.

What comes back is the sender's own file with a reason beside each row. So what is open to anybody about those
it names decides nothing here; who sent it, and whether they act through that unit now, does.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO, StringIO
from uuid import UUID, uuid5

from django.db.models import Model
from openpyxl import Workbook

from proof.oracle.random_world import NOW
from samvirke.exchange.models import DifferingRows, Upload, UploadPart
from samvirke.exchange.uploads import sealed
from samvirke.exchange.uploads.types import Stage
from samvirke.kernel.codes import AgencyKind

CSV, XLSX = ".csv", ".xlsx"
WORD = re.compile(r"fz\d{5}zf")
HEADINGS = ("Saksnummer", "Navn")
REFUSED = "refused"
SENT = NOW - timedelta(days=1)
KEPT_UNTIL = NOW + timedelta(days=1000)


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file in both forms: whose it is, and the word that stands in each of its rows."""

    sender: UUID
    unit: UUID
    words: tuple[str, ...]
    uploads: dict[str, UUID]


def sent_by(sender: UUID, unit: UUID, *, rows: int, first: int) -> OwnFile:
    """A file of so many rows; its words are numbered from the first."""
    told = tuple(f"fz{first + place:05}zf" for place in range(rows))
    return OwnFile(sender, unit, told, {suffix: uuid5(sender, suffix) for suffix in (CSV, XLSX)})


def stored(file: OwnFile) -> Iterator[Model]:
    """The file as its sender's page keeps it, every row found refused."""
    table = [HEADINGS, *((str(place), word) for place, word in enumerate(file.words))]
    for suffix, content in ((CSV, _as_csv(table)), (XLSX, _as_workbook(table))):
        yield from _stored(file, suffix, content)


def _stored(file: OwnFile, suffix: str, content: bytes) -> Iterator[Model]:
    upload = file.uploads[suffix]
    yield Upload(
        id=upload,
        unit_id=file.unit,
        uploaded_by_id=file.sender,
        uploaded_at=SENT,
        keep_until=KEPT_UNTIL,
        system=AgencyKind.FOLLOW_UP_SERVICE,
        file_name=f"liste{suffix}",
        size=len(content),
        stage=Stage.CHECKED,
        refused=len(file.words),
        has_failed=False,
    )
    for number, piece in sealed.seal(upload, [content]):
        yield UploadPart(id=uuid5(upload, f"part {number}"), upload_id=upload, number=number, sealed=piece)
    said = {"field": "Navn", "reason": "Not read.", "what_to_do": "Send it again.", "params": {}}
    last = len(file.words) + 1  # the header is the first
    found = [(place, json.dumps(said)) for place in range(2, last + 1)]
    yield DifferingRows(
        id=uuid5(upload, REFUSED),
        upload_id=upload,
        verdict=REFUSED,
        number=0,
        last_row=last,
        sealed=sealed.piece(upload, 0, json.dumps(found).encode(), of=REFUSED),
    )


def _as_csv(table: Sequence[Sequence[str]]) -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=";").writerows(table)
    return text.getvalue().encode()


def _as_workbook(table: Sequence[Sequence[str]]) -> bytes:
    book, target = Workbook(), BytesIO()
    for cells in table:
        book.worksheets[0].append(list(cells))
    book.save(target)
    return target.getvalue()
