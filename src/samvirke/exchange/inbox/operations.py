"""Taking a file in, all in one transaction: first the whole file is read and judged, then it is written.

Nothing is written before the last row has been read. So a file that turns out broken, or has a bad row where
all or nothing was asked for, leaves no more than its report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

from django.db import connection, transaction

from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.exchange.inbox import facts, staging
from samvirke.exchange.inbox.arrival import Here, sorted_out
from samvirke.exchange.inbox.readers import Reader, reader_for
from samvirke.exchange.inbox.types import Mode, RefusedRow
from samvirke.exchange.models import ImportRun
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind
from samvirke.people import merge, undo
from samvirke.people import queries as people
from samvirke.people import verbs as people_verbs
from samvirke.people.merge import Merged, Written

BATCH = 2_000  # rows read at a time
MOST_TOLD = 1_000  # refused rows that are handed back; the run's report holds all
KEPT_FOR = timedelta(days=30)  # how long an import can be taken back
Progress = Callable[[int, int], None]
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(%s)"


def silent(done: int, total: int) -> None:
    """Nobody watches."""


@dataclass(slots=True)
class Imported:
    """What became of a file: counts that add up, and the first of the refused rows."""

    run_id: UUID | None = None  # none for a dry run
    merged: Merged = field(default_factory=Merged)
    held_back: int = 0  # sound rows of a file of which nothing was taken in
    refused_rows: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    is_broken: bool = False  # the file itself is unsound
    is_taken: bool = True  # false where a bad row or a broken file kept all of it out

    @property
    def rows(self) -> int:
        """Every row or message the file held."""
        merged = self.merged
        return merged.new + merged.changed + merged.same + self.held_back + self.refused_rows


@transaction.atomic
def import_file(
    *,
    system: AgencyKind,
    path: Path,
    dry_run: bool,
    by: Viewer,
    mode: Mode = Mode.GOOD_ROWS_ONLY,
    progress: Progress = silent,
) -> Imported:
    """Read an agency's own client records into its own unit; `dry_run` only tells the counts.

    The same file twice changes nothing. progress: called with how much is done of how much. Raises Refused,
    NotYourSystem, NoColumns, or the reader's NothingToRead.
    """
    ask.require_role(by, people_verbs.WRITE_RECORDS)
    post = agencies.post(by.post_id)
    reader = reader_for(system, post)
    lock(post.unit_id)
    here = Here.of(post)
    watched = _Watched(reader.count(path), progress)
    found = _read(reader, path, here, watched)
    merged = merge.judge(unit_id=here.unit_id)
    if found.is_broken or (mode is Mode.ALL_OR_NOTHING and found.refused_rows and not dry_run):
        found.held_back, found.is_taken = merged.new + merged.changed + merged.same, False
    else:
        found.merged = merged
    if not dry_run:
        found.run_id = _write(found, system, path, mode, here, watched, by)
    watched.end()
    return found


def lock(unit_id: UUID) -> None:
    """Wait until no other import of the unit is under way, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [int.from_bytes(unit_id.bytes[:8], signed=True)])


@dataclass(slots=True)
class _Watched:
    """Progress: each row is read and written, so that half of all is done when all rows have been read."""

    expected: int
    progress: Progress
    done: int = 0

    def more(self, rows: int) -> None:
        self.done += rows
        self.progress(self.done, max(2 * self.expected, self.done))

    def all_read(self, rows: int) -> None:
        """Now the number of rows is known."""
        self.expected = rows

    def end(self) -> None:
        self.progress(max(2 * self.expected, self.done), max(2 * self.expected, self.done))


def _read(reader: Reader, path: Path, here: Here, watched: _Watched) -> Imported:
    """The whole file into staging."""
    found, rows = Imported(), 0
    merge.begin()
    staging.begin()
    received = reader.read(path)
    while batch := list(islice(received, BATCH)):
        records, refused = sorted_out(batch, here)
        merge.stage(records, unit_id=here.unit_id, place=rows)
        staging.add_events(records)
        staging.add_refusals(refused, place=found.refused_rows)
        found.refused += refused[: MOST_TOLD - len(found.refused)]
        found.refused_rows += len(refused)
        found.is_broken |= any(one.ends_file for one in refused)
        rows += len(batch)
        watched.more(len(batch))
    watched.all_read(rows)
    return found


def _write(
    found: Imported, system: AgencyKind, path: Path, mode: Mode, here: Here, watched: _Watched, by: Viewer
) -> UUID:
    _forget_old(here.unit_id, by)
    run = _keep_run(found, system, path, mode, here, by)
    staging.keep_refusals(run.id)
    if found.is_taken:
        for written in merge.write(unit_id=here.unit_id, home=here.home, change_id=run.id, now=by.now):
            _tell(written, by)
            watched.more(len(written))
        _keep_events(here.unit_id)
        events.record([_finished(run, here)], by=by.post_id, at=by.now)
    return run.id


def _tell(written: list[Written], by: Viewer) -> None:
    """Facts of new records, and a line in the access log for each record that was written."""
    told = [facts.RecordImported(one.record_id, one.municipality) for one in written if one.is_new]
    events.record(told, by=by.post_id, at=by.now)
    audit.note(
        by,
        people_verbs.WRITE_RECORDS,
        subject_ids=[one.record_id for one in written],
        basis="own_record",
    )
    audit.write(by)


def _keep_events(unit_id: UUID) -> None:
    last = ""
    while clients := staging.clients_of_events(after=last):
        staging.assign_events(people.record_ids(unit_id, clients))
        last = clients[-1]
    staging.keep_events()


def _forget_old(unit_id: UUID, by: Viewer) -> None:
    """What earlier imports replaced is kept no longer than they can be taken back."""
    old = ImportRun.objects.filter(unit_id=unit_id, started_at__lt=by.now - KEPT_FOR)
    undo.forget(list(old.values_list("pk", flat=True)))


def _keep_run(
    found: Imported, system: AgencyKind, path: Path, mode: Mode, here: Here, by: Viewer
) -> ImportRun:
    return ImportRun.objects.create(
        id=uuid4(),
        system=system,
        unit_id=here.unit_id,
        file_name=path.name,
        file_hash=file_hash(path),
        started_at=by.now,
        imported_by_id=by.post_id,
        mode=mode,
        rows=found.rows,
        new=found.merged.new,
        changed=found.merged.changed,
        same=found.merged.same,
        refused=found.refused_rows,
        held_back=found.held_back,
    )


def _finished(run: ImportRun, here: Here) -> facts.ImportFinished:
    return facts.ImportFinished(
        run_id=run.id,
        system=run.system,
        file_hash=run.file_hash,
        municipality=here.home,
        rows=run.rows,
        new=run.new,
        changed=run.changed,
        same=run.same,
        refused=run.refused,
    )


def file_hash(path: Path) -> str:
    """SHA-256 of the file, or of the names and contents of a folder's files."""
    digest = hashlib.sha256()
    for file in _files(path):
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            yield file
