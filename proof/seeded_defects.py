"""Every seeded defect of the lock is found by a check of seconds; the lock as it is passes them all.

Without this, that nothing was found elsewhere would prove nothing. Each defect is put in alone, the small
town of `scene` is done again under it, and the one check that the defect names must find something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from random import Random
from typing import Any
from unittest import mock

from django.db import connections

from proof import attempts, told
from proof.defects import DEFECTS, Changed, Condition, Defect, Patched, Statement
from proof.oracle import rows_seen_by, words
from proof.oracle.world import Row
from proof.oracle_rows import Tally, answers, buttons, listed, required, seen_by
from proof.outcome import Outcome
from proof.replayed import Replayed
from proof.scene import MOMENTS, NOW, Scene
from proof.scratch import Scratch, scratch
from samvirke.gate import session
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.commands import catalogue

SMALL, FULL = 6, len(DEFECTS)
KINDS = words.kinds(
    "identity contact plan economy health education network protected_location consent access_log"
)
"""Kinds that differ from each other somewhere in the town; the rest would only take time."""
ASKED = words.kinds("identity plan health protected_location")
HERE_FOR = (words.COORDINATION, words.SERVICE)


def run(size: int, seed: int) -> Outcome:
    """Seed so many defects, and first none."""
    chosen = list(DEFECTS) if size >= len(DEFECTS) else Random(seed).sample(DEFECTS, size)
    failures = []
    with scratch() as place:
        failures += [f"without a defect: {found}" for found in islice(as_it_is(place), 5)]
        for defect in chosen:
            if not caught(place, defect):
                failures.append(f"not caught by {defect.check}: {defect.name}")
    return Outcome(len(chosen), tuple(failures), f"{len(chosen) - len(failures)} of {len(chosen)} caught")


def caught(place: Scratch, defect: Defect) -> str:
    """The first thing that its check finds where this defect is in; nothing where it finds nothing."""
    if isinstance(defect, Statement):
        return next(_lint(place, defect.sql), "")
    with seeded(place, defect):
        return next(CHECKS[defect.check](place), "")


def as_it_is(place: Scratch) -> Iterator[str]:
    """What the checks find where nothing is wrong."""
    for check in CHECKS.values():
        yield from check(place)


def _done(place: Scratch) -> tuple[Scene, Replayed]:
    """The town, done again; its rows in the probe, those of two kinds under a seal too."""
    scene, replayed = Scene(), Replayed(place)
    replayed.replay(scene.history())
    world = replayed.world
    sealed = words.IDENTITY | words.KIND["health"]
    world.rows[:] = [
        Row(scene.id("row"), subject, kind, seal)
        for subject in world.subjects
        for kind in words.KINDS
        if kind & KINDS
        for seal in ((None, scene.id("north"), scene.id("south")) if kind & sealed else (None,))
    ]
    place.fill(
        (number, replayed.subject(row.subject), row.kind, row.sealed_to)
        for number, row in enumerate(world.rows)
    )
    return scene, replayed


def _rows(place: Scratch) -> Iterator[str]:
    """What everybody sees, at each moment at which something changes by itself."""
    _, replayed = _done(place)
    yield from (f"not let: {act}" for act in replayed.not_done)
    world = replayed.world
    posts = list(world.of_post)
    for at in MOMENTS:
        replayed.set_clock(at)
        for purpose in HERE_FOR:
            wanted = rows_seen_by(world, purpose, at, posts, world.rows)
            for post, rows in zip(posts, wanted, strict=True):
                if seen_by(post, purpose) != rows:
                    yield f"{post} sees other rows for {purpose} at {at}"


def _codes(place: Scratch) -> Iterator[str]:
    """What the gate's Python answers everybody about everybody."""
    _, replayed = _done(place)
    tally, rng = Tally(), Random(1)
    replayed.set_clock(NOW)
    for post in replayed.world.of_post:
        for purpose in HERE_FOR:
            every = list(answers(replayed.world, post, purpose, NOW))
            asked = [one for one in every if one.kind & ASKED]
            try:
                with session.enter(post, Purpose(purpose)) as viewer:
                    yield from buttons(replayed, viewer, every, rng, tally)
                    for kind in words.KINDS:
                        if kind & ASKED:
                            yield from listed(replayed, viewer, every, (kind, False), tally)
                            yield from listed(replayed, viewer, every, (kind, True), tally)
                    yield from required(replayed, viewer, asked, tally)
            except session.NoMembership:
                continue


def _attempts(place: Scratch) -> Iterator[str]:
    scene, replayed = _done(place)
    replayed.set_clock(NOW)
    yield from attempts.not_refused(replayed, scene)
    yield from told.told_wrong(scene)


def _lint(place: Scratch, sql: str = "") -> Iterator[str]:
    """What the catalogue's lint says beside the probe; the statement is taken back."""
    known = {"proof_row: nobody declared whether it may change"}
    with place.link.transaction(force_rollback=True):
        for statement in (sql, "SET LOCAL ROLE samvirke_owner"):
            if statement:
                place.link.execute(statement)
        found = catalogue.findings(place.link)
    yield from (one for one in found if one not in known and not one.startswith("proof_row:"))


CHECKS: dict[str, Callable[[Scratch], Iterator[str]]] = {
    "rows": _rows,
    "codes": _codes,
    "attempts": _attempts,
    "lint": _lint,
}


# Putting a defect in, and taking it out


@contextmanager
def seeded(place: Scratch, defect: Changed | Condition | Patched) -> Iterator[None]:
    """The defect is there; afterwards it is not."""
    if isinstance(defect, Patched):
        there = getattr(defect.module, defect.attribute)
        with mock.patch.object(defect.module, defect.attribute, defect.stand_in(there)):
            yield
        return
    wrong, right = statements(place, defect)
    place.link.execute(wrong)
    connections.close_all()  # a plan that is kept knows the old function
    try:
        yield
    finally:
        place.link.execute(right)
        connections.close_all()


def statements(place: Scratch, defect: Changed | Condition) -> tuple[str, str]:
    """The defect as SQL, and what takes it back. Raises LookupError where its place is gone."""
    if isinstance(defect, Changed):
        right = _definition(place, defect.function)
        return _replaced(defect, right), right
    alter = f"ALTER POLICY {defect.policy} {defect.clause} ("
    return f"{alter}{_replaced(defect, defect.as_it_is)})", f"{alter}{defect.as_it_is})"


def _replaced(defect: Changed | Condition, text: str) -> str:
    if defect.old not in text:
        raise LookupError(f"{defect.name}: what it changes is not there any more: {defect.old}")
    return text.replace(defect.old, defect.new)


def _definition(place: Scratch, function: str) -> str:
    row: Any = place.link.execute("SELECT pg_get_functiondef(%s::regprocedure)", [function]).fetchone()
    return str(row[0])
