"""Taking an import back by a worker: asked for, done, given up, asked for again."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction

from samvirke.exchange.inbox import undo
from samvirke.exchange.models import ImportRun, TakingBack
from samvirke.exchange.uploads.progress import anew, may_be_asked_again, told
from samvirke.exchange.uploads.types import HowFar
from samvirke.gate import queries as ask_gate
from samvirke.gate.types import Viewer
from samvirke.jobs import operations as jobs
from samvirke.people import verbs as people_verbs

TAKE_BACK = "imports.take_back"


@transaction.atomic
def ask(*, run_id: UUID, by: Viewer) -> None:
    """Ask a worker to take an import back. Nothing new is asked while one is at it.

    Raises Refused, ImportRun.DoesNotExist, and the subclasses of NotToBeTakenBack.
    """
    ask_gate.require_role(by, people_verbs.WRITE_RECORDS)
    undo.check(run_id=run_id, by=by)
    asked = TakingBack.objects.filter(run_id=run_id).first()
    if asked is None:
        TakingBack.objects.create(
            id=uuid4(), run_id=run_id, asked_by_id=by.post_id, asked_at=by.now, **anew(by.now)
        )
    elif may_be_asked_again(_row(asked), by.now):
        TakingBack.objects.filter(pk=asked.pk).update(asked_by_id=by.post_id, asked_at=by.now, **anew(by.now))
    else:
        return
    jobs.defer(task=TAKE_BACK, ids=[run_id], by=by)


@transaction.atomic
def take_back(*, run_id: UUID, by: Viewer) -> None:
    """Take an import back, by a worker; a job that comes twice does nothing the second time.

    Raises Refused, ImportRun.DoesNotExist, and the subclasses of NotToBeTakenBack.
    """
    ask_gate.require_role(by, people_verbs.WRITE_RECORDS)
    if ImportRun.objects.filter(undoes_id=run_id).exists():
        return
    with told(TakingBack.objects.filter(run_id=run_id), by) as progress:
        undo.take_back(run_id=run_id, by=by, progress=progress)


def give_up(*, run_id: UUID, by: Viewer) -> None:
    """Say that the worker has given up, so that somebody asks again."""
    TakingBack.objects.filter(run_id=run_id).update(has_failed=True, told_at=by.now)


def under_way(viewer: Viewer, run_id: UUID) -> HowFar | None:
    """How far taking back an import of the viewer's unit has come, if somebody has asked for it."""
    runs = ImportRun.objects.filter(unit_id__in=viewer.holders)
    found = TakingBack.objects.filter(run_id=run_id, run__in=runs).first()
    return _row(found) if found is not None else None


def _row(one: TakingBack) -> HowFar:
    return HowFar(done=one.done, expected=one.expected, told_at=one.told_at, has_failed=one.has_failed)
