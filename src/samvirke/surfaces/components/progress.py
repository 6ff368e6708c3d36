"""How far a job has come, on a page that looks again by itself."""

from __future__ import annotations

from django.http import HttpRequest

from samvirke.exchange.uploads.progress import is_silent
from samvirke.exchange.uploads.types import HowFar
from samvirke.gate.types import Viewer

LOOKS_BEFORE_WARNING = 12  # where nothing has begun: half a minute
QUICK_LOOKS, QUICK, CALM, SLOW = 10, 2, 5, 15  # seconds between looks


def progress(
    request: HttpRequest, viewer: Viewer, job: HowFar, *, under_way: str, again: str, forget: str = ""
) -> dict[str, object]:
    """What the part of the page shows. again, forget: where its buttons lead."""
    looks = request.GET.get("looks", "")
    looked = min(int(looks), 10_000) if looks.isascii() and looks.isdigit() and len(looks) < 6 else 0
    return {
        "job": job,
        "under_way": under_way,
        "here": request.path,
        "again": again,
        "forget": forget,
        "looks": looked + 1,
        "pause": QUICK if looked < QUICK_LOOKS else CALM if looked < 10 * QUICK_LOOKS else SLOW,
        "is_silent": is_silent(job, viewer.now),
        "nobody_works": looked >= LOOKS_BEFORE_WARNING and not job.has_begun,
    }
