"""A file on its way in: the dry run, and taking it in."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from samvirke.exchange.uploads import operations
from samvirke.gate.types import Viewer

CHECK, TAKE_IN = operations.CHECK, operations.TAKE_IN


def check(viewer: Viewer, ids: Sequence[UUID]) -> None:
    """What each row of the file would do, counted."""
    (upload_id,) = ids
    operations.check(upload_id=upload_id, by=viewer)


def take_in(viewer: Viewer, ids: Sequence[UUID]) -> None:
    """The file, taken in as it was asked for."""
    (upload_id,) = ids
    operations.take_in(upload_id=upload_id, by=viewer)
