"""The partnership's figures, made anew from the published views."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.conf import settings

from samvirke.delivery import read, write
from samvirke.gate.access import Role
from samvirke.gate.types import Viewer
from samvirke.jobs.types import JobRefused
from samvirke.programmes import queries as programmes
from samvirke.statistics import save, statistics_of
from samvirke.surfaces.commands.deliver import published
from samvirke.surfaces.components.figures_folder import figures_folder

TASK = "figures.make"
MAKERS = frozenset({Role.PARTNERSHIP_LEADER})
STUDY = "figures"  # these pseudonyms live as long as the temporary folder
DRAFT = "draft-"
ABANDONED = 3600.0  # seconds: no job takes this long


def make(viewer: Viewer, ids: Sequence[UUID]) -> None:
    """Replace the figures whole or not at all; the delivery they are made of is not kept."""
    if viewer.role not in MAKERS:
        raise JobRefused("role_may_not")
    partnership_id, target = programmes.partnership_of(viewer), path(viewer)
    if partnership_id is None or target is None:
        raise JobRefused("no_partnership")
    tables = published(STUDY, partnership_id)
    if not tables["flow"]:
        raise JobRefused("nothing_recorded")
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=DRAFT) as draft:
        delivery = Path(draft) / "delivery"
        write(delivery, tables, study=STUDY, made_at=viewer.now, source="Samvirke")
        save(statistics_of(read(delivery)), Path(draft) / target.name)
        (Path(draft) / target.name).replace(target)


def forget_drafts() -> None:
    """Remove what workers that were killed have left: pseudonymous rows, of every partnership."""
    for draft in (Path(settings.HOME) / "figures").glob(f"*/{DRAFT}*"):
        with suppress(FileNotFoundError):  # another worker was quicker
            if time.time() - draft.stat().st_mtime > ABANDONED:
                shutil.rmtree(draft)


def path(viewer: Viewer) -> Path | None:
    """Where the newest figures of the viewer's own partnership are, or will be."""
    folder = figures_folder(viewer)
    return None if folder is None else folder / "statistics.json"
