"""Which server processes of a cluster are alive.

A process id alone proves nothing: after `kill -9` the id may belong to a zombie that nobody reaps, or to
something else. So the command line is compared, which every user may read and a zombie no longer has.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path


def postmasters(data: Path) -> list[int]:
    """Ids of the living servers over this data folder: none or one."""
    wanted = str(data)
    return [pid for pid, words in _commands() if words[0].endswith("postgres") and wanted in words[1:]]


def backends(cluster_name: str) -> list[int]:
    """Ids of living children of the cluster's server, which call themselves by the cluster's name."""
    title = f"postgres: {cluster_name}: "
    return [pid for pid, words in _commands() if words[0].startswith(title)]


def wait_for_end(cluster_name: str, *, seconds: float) -> list[int]:
    """Wait for children whose server is gone; returns those that still live."""
    deadline = time.monotonic() + seconds
    while (left := backends(cluster_name)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def _commands() -> Iterator[tuple[int, list[str]]]:
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        try:
            raw = Path(entry.path, "cmdline").read_bytes()
        except OSError:
            continue
        if raw:
            yield int(entry.name), raw.rstrip(b"\0").decode(errors="replace").split("\0")
