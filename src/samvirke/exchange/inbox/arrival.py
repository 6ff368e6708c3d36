"""Whether what was read belongs where it arrives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.exchange.inbox.types import ClientRecordIn, Received, RefusedRow


@dataclass(frozen=True, slots=True)
class Here:
    """Where the file arrives."""

    unit_id: UUID
    organisation_number: str
    home: str
    municipalities: frozenset[str]

    @classmethod
    def of(cls, post: PostRow) -> Here:
        place = agencies.place_of(post.unit_id)
        return cls(
            unit_id=post.unit_id,
            organisation_number=place.organisation_number,
            home=place.municipality,
            municipalities=frozenset(agencies.municipality_names()),
        )


def sorted_out(batch: Sequence[Received], here: Here) -> tuple[list[ClientRecordIn], list[RefusedRow]]:
    """Records that belong here, and refused rows."""
    records, refused = [], []
    for item in batch:
        problem = item if isinstance(item, RefusedRow) else _misplaced(item, here)
        if problem is not None:
            refused.append(problem)
        elif isinstance(item, ClientRecordIn):
            records.append(item)
    return records, refused


def _misplaced(record: ClientRecordIn, here: Here) -> RefusedRow | None:
    """A record that is sound but does not belong here."""
    municipality = record.municipality or here.home
    if record.sender_org and record.sender_org != here.organisation_number:
        return RefusedRow(
            row=record.row,
            file=record.file,
            field="$.sender_org",
            reason="The message comes from organisation {sender}, which is not this agency.",
            what_to_do="Import it as the agency that sent it.",
            params={"sender": record.sender_org},
        )
    if not municipality:
        return RefusedRow(
            row=record.row,
            file=record.file,
            field="municipality",
            reason="The row states no municipality, and this unit serves several.",
            what_to_do="Add the municipality's four digits to the row and send it again.",
        )
    if municipality not in here.municipalities:
        return RefusedRow(
            row=record.row,
            file=record.file,
            field="municipality",
            reason="Municipality {code} is not in the directory.",
            what_to_do="Check the code, or ask an administrator to add the municipality.",
            params={"code": municipality},
        )
    return None
