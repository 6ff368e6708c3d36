"""Taking a file in, all in one transaction: batches of records, their events, and the refused rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.events import operations as events
from samvirke.exchange.inbox import facts
from samvirke.exchange.inbox.types import ClientRecordIn, Received, RefusedRow
from samvirke.exchange.models import CaseEvent, ImportRun, RefusedLine
from samvirke.exchange.systems.nav import client_list
from samvirke.exchange.systems.social_service import envelope
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind
from samvirke.people import merge
from samvirke.people import queries as people
from samvirke.people.merge import Merged

BATCH = 2_000
READERS: Mapping[AgencyKind, Callable[[Path], Iterator[Received]]] = {
    AgencyKind.SOCIAL_SERVICE: envelope.read,
    AgencyKind.NAV_STATE: client_list.read,
}


class NotYourSystem(Exception):
    """The post belongs to an agency of another kind than the file's system."""

    def __init__(self, system: AgencyKind, unit_name: str) -> None:
        super().__init__(
            f"{unit_name} has no system of the kind {system.value}. "
            "Import the file as a post of its own agency."
        )


@dataclass(slots=True)
class Imported:
    """What became of a file: counts that add up, and the refused rows."""

    run_id: UUID | None  # none for a dry run
    merged: Merged = field(default_factory=Merged)
    refused: list[RefusedRow] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Every row or message the file held."""
        return self.merged.new + self.merged.changed + self.merged.same + len(self.refused)


@transaction.atomic
def import_file(*, system: AgencyKind, path: Path, dry_run: bool, by: Viewer) -> Imported:
    """Read an agency's own client records into its own unit; `dry_run` only tells the differences.

    The same file twice changes nothing. Raises NotYourSystem, or the reader's NothingToRead.
    """
    post = agencies.post(by.post_id)
    if post.agency_kind is not system or system not in READERS:
        raise NotYourSystem(system, post.unit_name)
    here = _Here.of(post)
    found = Imported(run_id=None)
    received = READERS[system](path)
    while batch := list(islice(received, BATCH)):
        records = _accepted(batch, here, found.refused)
        known = people.record_ids(post.unit_id, [record.external_id for record in records])
        found.merged += merge.merge_records(
            records, unit_id=post.unit_id, home=here.home, dry_run=dry_run, now=by.now
        )
        if not dry_run:
            _keep_events(records, known, post.unit_id, by)
    if not dry_run:
        found.run_id = _keep_run(found, system, path, here, by)
    return found


@dataclass(frozen=True, slots=True)
class _Here:
    """Where the file arrives."""

    unit_id: UUID
    organisation_number: str
    home: str
    municipalities: frozenset[str]

    @classmethod
    def of(cls, post: PostRow) -> _Here:
        place = agencies.place_of(post.unit_id)
        return cls(
            unit_id=post.unit_id,
            organisation_number=place.organisation_number,
            home=place.municipality,
            municipalities=frozenset(agencies.municipality_names()),
        )


def _accepted(batch: list[Received], here: _Here, refused: list[RefusedRow]) -> list[ClientRecordIn]:
    accepted = []
    for item in batch:
        problem = item if isinstance(item, RefusedRow) else _misplaced(item, here)
        if problem is None and isinstance(item, ClientRecordIn):
            accepted.append(item)
        elif problem is not None:
            refused.append(problem)
    return accepted


def _misplaced(record: ClientRecordIn, here: _Here) -> RefusedRow | None:
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


def _keep_events(records: list[ClientRecordIn], known: Mapping[str, UUID], unit_id: UUID, by: Viewer) -> None:
    ids = people.record_ids(unit_id, [record.external_id for record in records])
    home = people.record_municipalities(ids.values())
    new = [
        facts.RecordImported(record_id, home[record_id])
        for external_id, record_id in ids.items()
        if external_id not in known
    ]
    events.record(new, by=by.post_id, at=by.now)
    CaseEvent.objects.bulk_create(
        (row for record in records for row in _case_events(record, ids[record.external_id])),
        ignore_conflicts=True,
        batch_size=BATCH,
    )


def _case_events(record: ClientRecordIn, subject_id: UUID) -> Iterator[CaseEvent]:
    for event in record.events:
        yield CaseEvent(
            id=uuid4(),
            subject_id=subject_id,
            message_id=record.message_id,
            position=event.position,
            case_reference=event.case_reference,
            happened_at=event.happened_at,
            code=event.kind,
            status=event.status,
            reference=event.reference,
            amount=event.amount,
            first_day=event.first_day,
            last_day=event.last_day,
            paid_on=event.paid_on,
            due_on=event.due_on,
            title=event.title,
            description=event.description,
        )


def _keep_run(found: Imported, system: AgencyKind, path: Path, here: _Here, by: Viewer) -> UUID:
    run = ImportRun.objects.create(
        id=uuid4(),
        system=system,
        unit_id=here.unit_id,
        file_name=path.name,
        file_hash=_hash(path),
        started_at=by.now,
        imported_by_id=by.post_id,
        rows=found.rows,
        new=found.merged.new,
        changed=found.merged.changed,
        same=found.merged.same,
        refused=len(found.refused),
    )
    RefusedLine.objects.bulk_create(
        RefusedLine(
            id=uuid4(),
            run=run,
            row=line.row,
            field=line.field,
            reason=line.reason,
            params=dict(line.params),
            what_to_do=line.what_to_do,
        )
        for line in found.refused
    )
    told = facts.ImportFinished(
        run_id=run.id,
        system=system,
        file_hash=run.file_hash,
        municipality=here.home,
        rows=run.rows,
        new=run.new,
        changed=run.changed,
        same=run.same,
        refused=run.refused,
    )
    events.record([told], by=by.post_id, at=by.now)
    return run.id


def _hash(path: Path) -> str:
    """SHA-256 of the file, or of the names and contents of a folder's files."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()
