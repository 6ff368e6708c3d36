"""What a dry run found, sealed beside the file in pieces, so that a page opens only the piece it shows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import QuerySet

from samvirke.exchange.inbox.differences import REFUSED, Found
from samvirke.exchange.models import DifferingRows
from samvirke.exchange.uploads import sealed

VERDICTS = ("changed", "new", REFUSED)
ROWS = 500  # in one piece


def keep(upload_id: UUID, found: Iterable[Found]) -> None:
    """Keep what was found, verdict by verdict, instead of what an earlier dry run of the file found."""
    forget(upload_id)
    for verdict, rows in groupby(found, key=attrgetter("verdict")):
        for number, some in enumerate(_in_pieces(rows)):
            content = json.dumps([(one.row, one.read) for one in some]).encode()
            DifferingRows.objects.create(
                id=uuid4(),
                upload_id=upload_id,
                verdict=verdict,
                number=number,
                last_row=some[-1].row,
                sealed=sealed.piece(upload_id, number, content, of=verdict),
            )


def forget(upload_id: UUID) -> None:
    """What was found in the sender's own file is kept no longer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.forget_differences(%s)", [upload_id])


def after(upload_id: UUID, row: int, *, verdicts: Sequence[str] = VERDICTS, most: int) -> list[Found]:
    """The first rows below a row of the file, in its order. most: as many as pieces have rows, or fewer."""
    found = [one for verdict in verdicts for one in islice(_of(upload_id, verdict, row), most)]
    return sorted(found, key=attrgetter("row"))[:most]


def refused(upload_id: UUID) -> Iterator[Found]:
    """All refused rows, in the order of the file."""
    return _of(upload_id, REFUSED, 0)


def pieces(upload_id: UUID, verdict: str, row: int) -> QuerySet[DifferingRows]:
    """The pieces that hold rows below a row, in their order."""
    below = DifferingRows.objects.filter(upload_id=upload_id, verdict=verdict, last_row__gt=row)
    return below.order_by("number")


def _in_pieces(rows: Iterator[Found]) -> Iterator[list[Found]]:
    while some := list(islice(rows, ROWS)):
        yield some


def _of(upload_id: UUID, verdict: str, row: int) -> Iterator[Found]:
    for piece in pieces(upload_id, verdict, row).iterator(chunk_size=1):
        content = sealed.opened_piece(upload_id, piece.number, piece.sealed, of=verdict)
        yield from (Found(verdict, number, read) for number, read in json.loads(content) if number > row)
