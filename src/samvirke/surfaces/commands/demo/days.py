"""Playing days: what both processes do with the steps of their players."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from multiprocessing.connection import Connection

from django.db import connections

from samvirke.gate import session
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.commands.demo.player import Player, Step


def hurry() -> None:
    """Two years pass in a minute: no commit waits for the disk, and the libraries' objects are not swept.

    Interrupted, the demonstration starts afresh.
    """
    gc.freeze()
    for alias in ("default", "owner"):
        with connections[alias].cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")


def shares(players: Sequence[Player], visited: Player | None) -> tuple[list[Player], list[Player]]:
    """Every second player goes to the other half, never `visited`, to whom more happens."""
    others = [player for player in players if player is not visited][::2]
    theirs = {player.person.key for player in others}
    return [player for player in players if player.person.key not in theirs], others


def by_day(steps: Iterable[Step]) -> dict[date, list[Step]]:
    """Steps of the same day stay in order."""
    found: defaultdict[date, list[Step]] = defaultdict(list)
    for step in steps:
        found[step.day].append(step)
    return dict(found)


def play(steps: Iterable[Step]) -> None:
    """Each step in a transaction of its own. It is the day that the database's clock says."""
    for step in steps:
        with session.enter(step.post(), Purpose.COORDINATION) as viewer:
            step.act(viewer)


def follow(line: Connection) -> None:
    """Be the other half: take players, tell their days, play each when it comes, and hand them back."""
    players: list[Player] = line.recv()
    steps = by_day(step for player in players for step in player.steps())
    hurry()
    line.send(set(steps))
    while (day := line.recv()) is not None:
        play(steps[day])
        line.send(day)
    line.send(players)
