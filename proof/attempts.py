"""What must be refused in the scene: each by name, tried through the gate's own functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, transaction

from proof.oracle import words
from proof.replayed import NotDone, Replayed
from proof.scene import ENDED, Scene
from samvirke.gate import operations, oversight, session
from samvirke.gate.access import CASEWORK, EVERYTHING, OPENS, Basis, Refusal
from samvirke.gate.types import Verb
from samvirke.kernel.gate_words import DataKind, Purpose

Attempt = tuple[str, str, Callable[[], object]]
PLACE = DataKind.PROTECTED_LOCATION
READ_PLAN = Verb("proof.plan", DataKind.PLAN, CASEWORK)


def not_refused(replayed: Replayed, scene: Scene) -> Iterator[str]:
    """The attempts that were let: each by a post, or on a connection that nobody has entered."""
    for name, post, act in (
        *_consents(replayed, scene),
        *_lifts(scene),
        *_others(replayed, scene),
        *_rows(scene),
    ):
        if _is_let(scene.id(post), act):
            yield f"let: {name}"
    for name, act in _entering(scene):
        if act():
            yield f"let: {name}"


def _is_let(post: UUID, act: Callable[[], object]) -> bool:
    """Tried for coordination and taken back; a refusal is an error of the database or NotDone."""
    try:
        with session.enter(post, Purpose.COORDINATION):
            act()
            transaction.set_rollback(True)
    except (DatabaseError, NotDone, PermissionError):
        return False
    return True


def _sql(statement: str, *values: object) -> Callable[[], object]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


def _consents(replayed: Replayed, scene: Scene) -> Iterator[Attempt]:
    def admit(word: str, post: str) -> Callable[[], object]:
        return _sql("SELECT gate.admit(%s, %s)", replayed.ids[scene.id(word)], [scene.id(post)])

    yield "a post of a unit that the consent does not name is admitted", "worker", admit("to eva", "stranger")
    yield "somebody is admitted on a withdrawn consent", "worker", admit("to finn for a time", "nurse")
    yield "a stranger admits", "boss", admit("to eva", "head")
    yield "whoever broke the glass admits", "stranger", admit("to cai", "head")
    yield (
        "a stranger withdraws",
        "boss",
        lambda: operations.withdraw_consent(consent_id=replayed.ids[scene.id("to eva")]),
    )
    yield (
        "a guardian takes back what the person said",
        "finn's",
        lambda: operations.withdraw_consent(consent_id=replayed.ids[scene.id("to hal")]),
    )
    yield (
        "a stranger dismisses",
        "boss",
        lambda: operations.dismiss(subject_id=scene.id("eva"), post_ids=[scene.id("worker")]),
    )
    yield (
        "a barred post dismisses",
        "mate",
        lambda: operations.dismiss(subject_id=scene.id("eva"), post_ids=[scene.id("worker")]),
    )
    yield (
        "whoever broke the glass dismisses",
        "stranger",
        lambda: operations.dismiss(subject_id=scene.id("cai"), post_ids=[scene.id("worker")]),
    )
    yield "a stranger records a consent", "boss", _give(scene, "eva", "eva's", "east")
    yield "one person consents for another", "cai's", _give(scene, "eva", "cai's", "east")
    yield (
        "another than the giver shares",
        "bo's",
        lambda: operations.share_with_family(
            consent_id=replayed.ids[scene.id("anna's share with bo")],
            circle_id=replayed.ids[scene.id("home")],
            citizen_ids=[scene.id("bo's")],
        ),
    )
    yield (
        "shared with somebody outside the family",
        "anna's",
        lambda: operations.share_with_family(
            consent_id=replayed.ids[scene.id("anna's share with bo")],
            circle_id=replayed.ids[scene.id("home")],
            citizen_ids=[scene.id("eva's")],
        ),
    )


def _give(scene: Scene, person: str, citizen: str, unit: str) -> Callable[[], object]:
    return lambda: operations.give_consent(
        person_id=scene.id(person),
        citizen_id=scene.id(citizen),
        kinds=EVERYTHING,
        purposes=Purpose.COORDINATION,
        from_units=[scene.id(unit)],
        to_units=[scene.id(unit)],
        provisions=["no.consent_individual_plan"],
        form="digital",
        text_version="1",
        until=ENDED,
    )


def _lifts(scene: Scene) -> Iterator[Attempt]:
    def lift(
        person: str, kinds: DataKind = DataKind.PLAN, reason: str = "Somebody is in danger", hours: int = 8,
        reviewer: str = "worker",
    ) -> Callable[[], object]:  # fmt: skip
        def tried() -> None:
            lifted = operations.lift(
                subject_id=scene.id(person),
                kinds=kinds,
                reason=reason,
                hours=hours,
                reviewer_id=scene.id(reviewer),
            )
            if lifted is None:
                raise NotDone

        return tried

    yield "the glass breaks though the place is protected", "stranger", lift("dina")
    yield "the glass breaks though the person's record is shielded", "boss", lift("finn")
    yield "the glass breaks for a barred post", "mate", lift("eva", reviewer="chief")
    yield "the glass breaks for longer than three days", "boss", lift("cai", hours=73)
    yield "the glass breaks for a reason too short", "boss", lift("cai", reason="urgent")
    yield "the glass breaks for the place", "boss", lift("cai", PLACE)
    yield "the glass breaks for a family", "boss", lift("all")
    yield "the glass breaks and one reviews oneself", "boss", lift("cai", reviewer="boss")
    yield "a citizen breaks the glass", "eva's", lift("cai")


def _others(replayed: Replayed, scene: Scene) -> Iterator[Attempt]:
    person, record = {"person_id": scene.id("eva")}, {"record_id": scene.id("plain")}
    yield (
        "a unit opens another's records",
        "boss",
        lambda: operations.open_records(unit_id=scene.id("north"), record_ids=[uuid4()]),
    )
    yield (
        "a unit closes another's records",
        "boss",
        lambda: operations.close_records(unit_id=scene.id("north"), record_ids=[scene.id("plain")]),
    )
    yield "a stranger records a guardian", "boss", lambda: _guardian(scene, "finn", "eva's")
    yield "a guardian goes on by themselves", "bo's", lambda: _guardian(scene, "anna", "bo's")
    yield "somebody makes themselves a guardian", "eva's", lambda: _guardian(scene, "gry", "eva's")
    yield (
        "a stranger ends a guardian",
        "boss",
        lambda: operations.end_guardian(child_id=scene.id("anna"), citizen_id=scene.id("bo's")),
    )
    yield (
        "a stranger opens a family",
        "boss",
        lambda: operations.open_circle(person_ids=[scene.id("eva"), scene.id("cai")]),
    )
    yield "a stranger protects a place", "boss", lambda: operations.protect_place(**person)
    yield (
        "who does not know the place lifts the protection",
        "worker",
        lambda: operations.lift_place(person_id=scene.id("dina")),
    )
    yield (
        "who does not know the place states its level",
        "worker",
        lambda: operations.state_level(
            person_id=scene.id("dina"), bars_representation=False, parts_identities=False
        ),
    )
    yield (
        "a colleague declares another's conflict",
        "worker",
        lambda: operations.bar(
            holder_id=scene.id("helper"), subject_id=scene.id("eva"), reason=Refusal.CLOSE_RELATION
        ),
    )
    yield (
        "a worker shields",
        "worker",
        lambda: operations.shield(**record, unit_id=scene.id("north"), post_ids=[scene.id("worker")]),
    )
    yield "a worker ends the shielding", "worker", lambda: operations.unshield(record_id=scene.id("hidden"))
    yield "a stranger opens by law", "boss", _law(scene, "finn", DataKind.PLAN)
    yield (
        "a worker opens by law what the role does not read",
        "worker",
        _law(scene, "anna", DataKind.CHILD_WELFARE),
    )
    yield "who sees it by consent alone opens it by law", "narrow", _law(scene, "finn", DataKind.PLAN)
    yield "a worker opens by law what the consent leaves out", "worker", _law(scene, "hal", DataKind.HEALTH)
    yield (
        "a stranger ends what the law opened",
        "boss",
        lambda: operations.end_by_law(
            person_id=scene.id("finn"), post_ids=[scene.id("stranger")], provision="law"
        ),
    )
    yield (
        "another than the reviewer reviews",
        "boss",
        lambda: operations.review_lift(lift_id=replayed.ids[scene.id("glass")], verdict="accepted"),
    )
    yield (
        "a stranger has a decision explained",
        "boss",
        lambda: oversight.explain(
            post_id=scene.id("worker"),
            subject_id=scene.id("eva"),
            kind=DataKind.PLAN,
            purpose=Purpose.COORDINATION,
            writes=False,
            at=ENDED,
        ),
    )


def _guardian(scene: Scene, child: str, citizen: str) -> None:
    operations.open_guardian(
        child_id=scene.id(child),
        citizen_id=scene.id(citizen),
        lives_with_child=True,
        parts=[(OPENS[Basis.GUARDIAN].kinds, ENDED)],
    )


def _law(scene: Scene, person: str, kinds: DataKind) -> Callable[[], object]:
    return lambda: operations.open_by_law(
        person_id=scene.id(person),
        post_ids=[scene.id("head")],
        kinds=kinds,
        purposes=Purpose.SERVICE,
        provision="third law",
        until=ENDED + timedelta(days=1),
    )


def _rows(scene: Scene) -> Iterator[Attempt]:
    written = "INSERT INTO proof_row VALUES (%s, %s, %s)"
    plan = int(DataKind.PLAN)
    yield "a stranger writes a row", "boss", _sql(written, -1, scene.id("eva"), plan)
    yield "a row is written by broken glass", "stranger", _sql(written, -1, scene.id("cai"), plan)
    yield (
        "a row of a kind that is not open is written",
        "narrow",
        _sql(written, -1, scene.id("anna"), words.KIND["economy"]),
    )
    yield "a fact about a stranger is recorded", "boss", _sql(
        "INSERT INTO events_fact (id, code, subject_id, kind, happened_at, recorded_by, payload) "
        "VALUES (gen_random_uuid(), 'x', %s, %s, now(), %s, '{}')",
        scene.id("eva"), plan, scene.id("boss"),
    )  # fmt: skip


# Entering, and who has entered


def _entering(scene: Scene) -> Iterator[tuple[str, Callable[[], bool]]]:
    worker, boss = scene.id("worker"), scene.id("boss")

    def stolen(post: UUID, purpose: Purpose) -> Callable[[], bool]:
        def tried() -> bool:
            stolen_ticket = session.ticket(connection.connection, boss, Purpose.COORDINATION)
            return _sees_by("SELECT gate.enter(%s, %s, %s)", post, int(purpose), stolen_ticket)

        return tried

    yield "entered without a ticket", lambda: _sees_by("SELECT gate.enter(%s, 1, NULL)", worker)
    yield "entered with another post's ticket", stolen(worker, Purpose.COORDINATION)
    for name, value in (
        ("gate.holders", f"{{{worker}}}"),
        ("gate.post", str(worker)),
        ("gate.cap", "32767"),
        ("gate.purpose", "2"),
        ("gate.barred", "{}"),
    ):
        who = (
            scene.id("mate")
            if name == "gate.barred"
            else scene.id("narrow")
            if name != "gate.holders"
            else boss
        )
        yield f"{name} was set by hand", lambda name=name, value=value, who=who: _more_by(who, name, value)  # type: ignore[misc]


def _sees_by(statement: str, *values: object) -> bool:
    """Whether anything is seen after this, on a connection where nobody has entered."""
    try:
        with transaction.atomic():
            _sql(statement, *values)()
            return bool(_count())
    except DatabaseError:
        return False


def _more_by(post: UUID, name: str, value: str) -> bool:
    """Whether a setting that is tampered with shows anything that was not shown before."""
    with session.enter(post, Purpose.COORDINATION):
        before = _seen()
        _sql("SELECT set_config(%s, %s, true)", name, value)()
        return bool(_seen() - before)


def _count() -> int:
    return len(_seen())


def _seen() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM proof_row")
        return {number for (number,) in cursor.fetchall()}
