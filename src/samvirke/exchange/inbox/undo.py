"""Taking an import back: a run of its own that names the one it undoes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.events import operations as events
from samvirke.exchange.inbox import facts, staging
from samvirke.exchange.inbox.operations import KEPT_FOR, Progress, lock, silent
from samvirke.exchange.inbox.readers import SYSTEMS
from samvirke.exchange.inbox.types import Mode, RefusedRow
from samvirke.exchange.models import ImportRun
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind
from samvirke.people import undo as people_undo
from samvirke.people import verbs as people_verbs
from samvirke.people.undo import Kept


class NotToBeTakenBack(Exception):
    """The import cannot be taken back."""


class AlreadyTakenBack(NotToBeTakenBack):
    """Somebody has taken the import back before."""

    def __init__(self) -> None:
        super().__init__("This import has been taken back already. Send the file again to take it in anew.")


class NothingToTakeBack(NotToBeTakenBack):
    """The import changed nothing."""

    def __init__(self) -> None:
        super().__init__("This import changed no record, so there is nothing to take back.")


class TooLateToTakeBack(NotToBeTakenBack):
    """What the import replaced is kept no longer."""

    def __init__(self) -> None:
        super().__init__(
            f"An import can be taken back for {KEPT_FOR.days} days; what it replaced is kept no longer. "
            "Correct the records in the case system and send the file again."
        )


class MessagesStay(NotToBeTakenBack):
    """Messages about cases tell what has happened."""

    def __init__(self) -> None:
        super().__init__(
            "A delivery of case messages is not taken back, since it tells what has happened in each case. "
            "Let the case system send the corrected messages; each replaces the one before it."
        )


def check(*, run_id: UUID, by: Viewer) -> None:
    """Raises ImportRun.DoesNotExist, and the subclasses of NotToBeTakenBack."""
    _check(ImportRun.objects.filter(unit_id__in=by.holders).get(pk=run_id), by)


@transaction.atomic
def take_back(*, run_id: UUID, by: Viewer, progress: Progress = silent) -> UUID:
    """Take an import back as far as it can be; returns the run that tells what was done.

    New records are withdrawn while nothing rests on them, changed ones get their former values unless a later
    import changed them; the others are the new run's refused rows. Raises Refused, ImportRun.DoesNotExist,
    and the subclasses of NotToBeTakenBack.
    """
    ask.require_role(by, people_verbs.WRITE_RECORDS)
    run = ImportRun.objects.filter(unit_id__in=by.holders).get(pk=run_id)
    lock(run.unit_id)
    _check(run, by)
    staging.begin()
    done: Counter[str] = Counter()
    for part in people_undo.take_back(change_id=run.id, unit_id=run.unit_id, by=by):
        staging.add_refusals(_told(part.kept, run), place=done["kept"])
        done.update(withdrawn=part.withdrawn, restored=part.restored, kept=len(part.kept))
        progress(done.total(), run.new + run.changed)
    new = _keep_run(run, done, by)
    staging.keep_refusals(new.id)
    told = facts.ImportTakenBack(run.id, done["withdrawn"], done["restored"], done["kept"])
    events.record([told], by=by.post_id, at=by.now)
    return new.id


MOST_TOLD = 200  # rows that stay; the run that takes back tells all


@dataclass(slots=True)
class Consequences:
    """What taking an import back would do now."""

    withdrawn: int = 0
    restored: int = 0
    kept_in_all: int = 0
    kept: list[RefusedRow] = field(default_factory=list)


def consequences(*, run_id: UUID, by: Viewer) -> Consequences:
    """The same as `take_back` would do, without doing it. Raises as it."""
    ask.require_role(by, people_verbs.WRITE_RECORDS)
    run = ImportRun.objects.filter(unit_id__in=by.holders).get(pk=run_id)
    _check(run, by)
    found = Consequences()
    for part in people_undo.consequences(change_id=run.id, by=by):
        found.withdrawn += part.withdrawn
        found.restored += part.restored
        found.kept_in_all += len(part.kept)
        found.kept += _told(part.kept, run)[: MOST_TOLD - len(found.kept)]
    return found


def may_be_taken_back(run_id: UUID, by: Viewer) -> bool:
    """Whether the import is of a kind and an age that can be taken back, and has not been yet."""
    try:
        _check(ImportRun.objects.filter(unit_id__in=by.holders).get(pk=run_id), by)
    except NotToBeTakenBack:
        return False
    return True


def _check(run: ImportRun, by: Viewer) -> None:
    if ImportRun.objects.filter(undoes=run).exists():
        raise AlreadyTakenBack
    if run.undoes_id is not None or not run.new + run.changed:
        raise NothingToTakeBack
    if SYSTEMS[AgencyKind(run.system)].tells_events:
        raise MessagesStay
    if by.now - run.started_at > KEPT_FOR:
        raise TooLateToTakeBack


def _told(kept: Iterable[tuple[int, Kept]], run: ImportRun) -> list[RefusedRow]:
    return [_why(row, reason, run.file_name) for row, reason in kept]


def _why(row: int, reason: Kept, file: str) -> RefusedRow:
    if reason is Kept.IN_USE:
        return RefusedRow(
            row=row,
            file=file,
            field="",
            reason="Work with this client has begun, so the record stays.",
            what_to_do="Correct it in the case system and send the file again, or end the work first.",
        )
    if reason is Kept.CHANGED_LATER:
        return RefusedRow(
            row=row,
            file=file,
            field="",
            reason="A later import has changed the record again.",
            what_to_do="Take the later import back first, if it is wrong too.",
        )
    return RefusedRow(
        row=row,
        file=file,
        field="",
        reason="This post may not change the record.",
        what_to_do="Ask somebody else in the unit to take care of it.",
    )


def _keep_run(run: ImportRun, done: Counter[str], by: Viewer) -> ImportRun:
    return ImportRun.objects.create(
        id=uuid4(),
        system=run.system,
        unit_id=run.unit_id,
        file_name=run.file_name,
        file_hash=run.file_hash,
        started_at=by.now,
        imported_by_id=by.post_id,
        mode=Mode.GOOD_ROWS_ONLY,
        undoes=run,
        rows=done.total(),
        new=0,
        changed=done["restored"],
        same=0,
        refused=done["kept"],
        withdrawn=done["withdrawn"],
    )
