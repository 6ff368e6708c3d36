"""A file on its way in: the dry run, and taking it in. An import on its way out."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from samvirke.exchange.inbox.undo import NotToBeTakenBack
from samvirke.exchange.uploads import operations, taking_back
from samvirke.gate.types import Viewer
from samvirke.jobs.types import JobRefused

CHECK, TAKE_IN, TAKE_BACK = operations.CHECK, operations.TAKE_IN, taking_back.TAKE_BACK


def check(viewer: Viewer, ids: Sequence[UUID]) -> None:
    """What each row of the file would do, counted."""
    (upload_id,) = ids
    operations.check(upload_id=upload_id, by=viewer)


def take_in(viewer: Viewer, ids: Sequence[UUID]) -> None:
    """The file, taken in as it was asked for."""
    (upload_id,) = ids
    operations.take_in(upload_id=upload_id, by=viewer)


def take_back(viewer: Viewer, ids: Sequence[UUID]) -> None:
    """The import, taken back as far as it can be."""
    (run_id,) = ids
    try:
        taking_back.take_back(run_id=run_id, by=viewer)
    except NotToBeTakenBack as problem:
        raise JobRefused("not_to_be_taken_back") from problem


def give_up_file(viewer: Viewer, ids: Sequence[UUID]) -> None:
    """Its page says that the worker could not do it."""
    (upload_id,) = ids
    operations.give_up(upload_id=upload_id, by=viewer)


def give_up_taking_back(viewer: Viewer, ids: Sequence[UUID]) -> None:
    """The import's page says that the worker could not do it."""
    (run_id,) = ids
    taking_back.give_up(run_id=run_id, by=viewer)
