"""Where a partnership's figures and report lie: one folder each, so that nobody is shown another's."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from samvirke.gate.types import Viewer
from samvirke.programmes import queries as programmes


def figures_folder(viewer: Viewer) -> Path | None:
    """The folder of the viewer's own partnership; None for a unit that is of none, or of several."""
    partnership_id = programmes.partnership_of(viewer)
    return None if partnership_id is None else Path(settings.HOME) / "figures" / str(partnership_id)
