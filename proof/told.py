"""What the gate tells of others in the scene: who sees, whom a place hides, why a decision is what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import connection

from proof.scene import NOW, Scene
from samvirke.gate import oversight, session
from samvirke.gate import queries as ask
from samvirke.gate.access import Refusal
from samvirke.kernel.gate_words import DataKind, Purpose

PLACE, PLAN = DataKind.PROTECTED_LOCATION, DataKind.PLAN


def told_wrong(scene: Scene) -> Iterator[str]:
    """Those answers about others that are not what they should be."""
    wanted: dict[str, tuple[str, Callable[[], object], object]] = {
        "who sees: a barred post does not": ("worker", lambda: _who_sees(scene, "eva").get("mate"), False),
        "who sees: a post admitted does": ("worker", lambda: _who_sees(scene, "eva").get("nurse"), True),
        "who sees: nothing to a stranger": ("boss", lambda: _asked(scene, "eva"), 0),
        "posts near a protected place are hidden": ("worker", lambda: _hidden(scene, "dina", "nurse"), True),
        "from who knows the place they are not": ("helper", lambda: _hidden(scene, "dina", "nurse"), False),
        "posts of the protected one are hidden around the family": (
            "worker", lambda: _hidden(scene, "cai", "helper"), True,
        ),
        "others around the family are not": ("worker", lambda: _hidden(scene, "cai", "mover"), False),
        "near hidden: the person": ("worker", lambda: _near(scene, "dina"), True),
        "near hidden: the family's other": ("worker", lambda: _near(scene, "cai"), True),
        "near hidden: nobody else": ("worker", lambda: _near(scene, "eva"), False),
        "explained: a bar": ("worker", lambda: _why(scene, "mate", "eva", PLAN), Refusal.FORMER_PARTNER),
        "explained: nothing of the place": ("worker", lambda: _why(scene, "narrow", "dina", PLACE), None),
        "shielded is told to the leader": ("chief", lambda: _shielded(scene, "hidden"), True),
        "shielded is told to no stranger": ("boss", lambda: _shielded(scene, "hidden"), False),
    }  # fmt: skip
    for name, (post, act, answer) in wanted.items():
        with session.enter(scene.id(post), Purpose.COORDINATION):
            if act() != answer:
                yield f"told otherwise: {name}"


def _who_sees(scene: Scene, person: str) -> dict[str, bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT holder_id, has_grant FROM gate.who_sees(%s, %s)", [scene.id(person), 4])
        by_id = dict(cursor.fetchall())
    return {word: by_id[scene.id(word)] for word in ("mate", "nurse") if scene.id(word) in by_id}


def _asked(scene: Scene, person: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM gate.who_sees(%s, %s)", [scene.id(person), 4])
        return int(cursor.fetchone()[0])


def _hidden(scene: Scene, person: str, post: str) -> bool:
    return bool(ask.hidden_posts(scene.id(person), [scene.id(post)]))


def _near(scene: Scene, person: str) -> bool:
    return bool(ask.near_hidden([scene.id(person)]))


def _shielded(scene: Scene, record: str) -> bool:
    return bool(oversight.shielded([scene.id(record)]))


def _why(scene: Scene, post: str, person: str, kind: DataKind) -> object:
    try:
        found = oversight.explain(
            post_id=scene.id(post),
            subject_id=scene.id(person),
            kind=kind,
            purpose=Purpose.COORDINATION,
            writes=False,
            at=NOW,
        )
    except PermissionError:
        return None
    return found.refusal
