"""What the pages of a consent are made of, for the person and for workers."""

from __future__ import annotations

from uuid import UUID

from samvirke.applications import queries as applications
from samvirke.applications.types import ApplicationRow
from samvirke.coordination.types import Consequences
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind


def open_applications(viewer: Viewer, person_id: UUID, found: Consequences) -> list[ApplicationRow]:
    """The person's applications that wait for a post which would see nothing of the plan any more."""
    blind = {row.post_id for row in found.losses if DataKind.PLAN in row.lost}
    return [row for row in applications.about(viewer, person_id) if row.is_open and row.with_post_id in blind]
