"""A file's way in: received, checked, taken in, forgotten. What takes time is asked of a worker."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import QuerySet

from samvirke.agencies import queries as agencies
from samvirke.exchange.inbox import differences
from samvirke.exchange.inbox.operations import import_file
from samvirke.exchange.inbox.types import Mode
from samvirke.exchange.models import Upload, UploadPart
from samvirke.exchange.uploads import differing, policies, queries, sealed
from samvirke.exchange.uploads.progress import anew, may_be_asked_again, told
from samvirke.exchange.uploads.types import KEPT_FOR, UNDER_WAY, Stage, UploadRow
from samvirke.gate import queries as ask
from samvirke.gate.access import Refusal
from samvirke.gate.types import Refused, Viewer
from samvirke.jobs import operations as jobs
from samvirke.kernel.codes import AgencyKind
from samvirke.people import verbs as people_verbs

CHECK, TAKE_IN = "imports.check", "imports.take_in"
TASK_OF = {Stage.CHECKING: CHECK, Stage.TAKING_IN: TAKE_IN}


class NotNow(Exception):
    """The file has come too far for this, or not far enough."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(f"The file is {stage.value}. Open its page again to see what may be done now.")


@transaction.atomic
def receive(*, name: str, size: int, content: Iterable[bytes], by: Viewer) -> UUID:
    """Keep a file, sealed, for its way in; ask for the dry run where nobody has to choose columns first.

    Raises Refused, FileRefused.
    """
    ask.require_role(by, people_verbs.WRITE_RECORDS)
    post = agencies.post(by.post_id)
    if not policies.may_send(by, post.agency_kind):
        raise Refused(people_verbs.WRITE_RECORDS, Refusal.ROLE_MAY_NOT)
    policies.check_size(size)
    upload_id = uuid4()
    forget_old()
    Upload.objects.create(
        id=upload_id,
        unit_id=post.unit_id,
        uploaded_by_id=by.post_id,
        uploaded_at=by.now,
        keep_until=by.now + KEPT_FOR,
        system=post.agency_kind,
        file_name=policies.checked_name(name, post.agency_kind),
        size=size,
        stage=Stage.RECEIVED,
        has_failed=False,
    )
    for number, piece in sealed.seal(upload_id, content):
        UploadPart.objects.create(id=uuid4(), upload_id=upload_id, number=number, sealed=piece)
    if post.agency_kind is not AgencyKind.FOLLOW_UP_SERVICE:
        ask_for_check(upload_id=upload_id, by=by)
    return upload_id


@transaction.atomic
def ask_for_check(*, upload_id: UUID, by: Viewer) -> None:
    """Ask a worker for the dry run. Raises Refused, NotNow, Upload.DoesNotExist."""
    _go_on(upload_id, by, Stage.CHECKING, frm=(Stage.RECEIVED, Stage.CHECKED))
    jobs.defer(task=CHECK, ids=[upload_id], by=by)


@transaction.atomic
def ask_to_take_in(*, upload_id: UUID, mode: Mode, by: Viewer) -> None:
    """Ask a worker to take the file in as it was checked. Raises Refused, NotNow, Upload.DoesNotExist."""
    row = queries.upload(by, upload_id)
    if row.is_broken:
        raise NotNow(row.stage)
    _go_on(upload_id, by, Stage.TAKING_IN, frm=(Stage.CHECKED,), mode=mode)
    jobs.defer(task=TAKE_IN, ids=[upload_id], by=by)


@transaction.atomic
def ask_again(*, upload_id: UUID, by: Viewer) -> None:
    """Ask anew for what a worker has given up, or stopped at. Raises Refused, NotNow, Upload.DoesNotExist."""
    ask.require_role(by, people_verbs.WRITE_RECORDS)
    row = queries.upload(by, upload_id)
    task = TASK_OF.get(row.stage)
    if task is None or not row.is_kept or not may_be_asked_again(row, by.now):
        raise NotNow(row.stage)
    _one(upload_id).update(**anew(by.now))
    jobs.defer(task=task, ids=[upload_id], by=by)


def give_up(*, upload_id: UUID, by: Viewer) -> None:
    """Say that the worker has given up, so that its sender asks again or deletes the file."""
    _one(upload_id).filter(stage__in=UNDER_WAY).update(has_failed=True, told_at=by.now)


@transaction.atomic
def forget(*, upload_id: UUID, by: Viewer) -> None:
    """Forget the file itself now. Raises Refused, Upload.DoesNotExist."""
    ask.require_role(by, people_verbs.WRITE_RECORDS)
    row = queries.upload(by, upload_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.forget_files(%s)", [row.upload_id])


def forget_old() -> None:
    """Forget every unit's files whose day is over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.forget_files(NULL)")


@transaction.atomic
def check(*, upload_id: UUID, by: Viewer) -> None:
    """The dry run, by a worker: counts are kept, and sealed, which rows differ.

    Raises Refused, Upload.DoesNotExist.
    """
    row = _asked_for(upload_id, by, Stage.CHECKING)
    if row is None:
        return
    with queries.opened(row) as path, told(_one(upload_id), by) as progress:
        found = import_file(system=row.system, path=path, dry_run=True, by=by, progress=progress)
        differing.keep(upload_id, differences.found())
    Upload.objects.filter(pk=upload_id).update(
        stage=Stage.CHECKED,
        new=found.merged.new,
        changed=found.merged.changed,
        same=found.merged.same + found.held_back,
        refused=found.refused_rows,
        is_broken=found.is_broken,
    )


@transaction.atomic
def take_in(*, upload_id: UUID, by: Viewer) -> None:
    """Take the file in, by a worker. The file stays only while refused rows can be fetched from it."""
    row = _asked_for(upload_id, by, Stage.TAKING_IN)
    if row is None:
        return
    mode = Mode(Upload.objects.values_list("mode", flat=True).get(pk=upload_id))
    with queries.opened(row) as path, told(_one(upload_id), by) as progress:
        found = import_file(system=row.system, path=path, dry_run=False, mode=mode, by=by, progress=progress)
    Upload.objects.filter(pk=upload_id).update(stage=Stage.TAKEN_IN, run_id=found.run_id)
    if found.refused_rows:
        differing.forget(upload_id)
    else:
        forget(upload_id=upload_id, by=by)


def _asked_for(upload_id: UUID, by: Viewer, stage: Stage) -> UploadRow | None:
    """The file, if this is what it waits for: a job may come twice, and a file may be gone."""
    ask.require_role(by, people_verbs.WRITE_RECORDS)
    row = queries.upload(by, upload_id)
    if not policies.may_send(by, row.system):
        raise Refused(people_verbs.WRITE_RECORDS, Refusal.ROLE_MAY_NOT)
    return row if row.stage is stage and row.is_kept else None


def _go_on(upload_id: UUID, by: Viewer, to: Stage, *, frm: tuple[Stage, ...], mode: str = "") -> None:
    ask.require_role(by, people_verbs.WRITE_RECORDS)
    row = queries.upload(by, upload_id)
    waiting = Upload.objects.filter(pk=row.upload_id, stage__in=frm)
    if not row.is_kept or not waiting.update(stage=to, mode=mode, **anew(by.now)):
        raise NotNow(row.stage)


def _one(upload_id: UUID) -> QuerySet[Upload]:
    return Upload.objects.filter(pk=upload_id)
