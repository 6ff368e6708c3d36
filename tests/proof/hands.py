"""A small town by hand: two units, a post of every role, a record, and three persons who are opened."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from proof.oracle import Question, World, acts, answer, apply, rows_seen, words

T = datetime(2031, 3, 14, 12, 0, 0, 123456, tzinfo=UTC)
TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)
START = T - 10 * DAY
LATER = T + 30 * DAY
STAFF = {
    "worker": ("social_worker", "nav"),
    "adviser": ("nav_adviser", "nav"),
    "jobs": ("employment_adviser", "nav"),
    "leader": ("unit_leader", "nav"),
    "machine": ("integration", "nav"),
    "chief": ("partnership_leader", "nav"),
    "nurse": ("health_worker", "clinic"),
    "helper": ("coordinator", "clinic"),
    "mentor": ("follow_up_adviser", "clinic"),
    "judge": ("evaluator", "clinic"),
}


def name(word: str) -> UUID:
    """The id that goes by a word."""
    return uuid5(UUID(int=7), word)


def names(text: str) -> tuple[UUID, ...]:
    """The ids of some words."""
    return tuple(name(word) for word in text.split())


def kind(word: str) -> int:
    """The bit of a kind."""
    return words.KIND[word]


class Town:
    """What is done in the town, and what is answered there."""

    def __init__(self) -> None:
        """Everybody is at work, the record is taken in, the persons are opened."""
        self.world = World()
        for unit in ("nav", "clinic"):
            self.do(acts.AddUnit(START, name(unit), name("agency of " + unit)))
        for post, (role, unit) in STAFF.items():
            self.do(acts.AddPost(START, name(post), name(unit)))
            self.join(post, post, role)
            self.join(post, unit, role)
        self.do(acts.OpenRecords(START, name("nav"), names("record")))
        for person in ("anna", "bo", "cai"):
            self.do(acts.AddCitizen(START, name("citizen " + person)))
            self.join("citizen " + person, "citizen " + person, "citizen")
            self.do(acts.OpenPerson(START, name(person), name("citizen " + person), name("worker")))

    def do(self, act: acts.Act) -> None:
        """An act is done."""
        apply(self.world, act)

    def join(
        self, post: str, holder: str, role: str, purposes: int = 127, start: datetime = START,
        until: datetime | None = None,
    ) -> None:  # fmt: skip
        """A post belongs to a holder."""
        key = name(f"{post} in {holder}")
        self.do(acts.BeginMembership(START, key, name(post), name(holder), role, purposes, start, until))

    def leave(self, post: str, holder: str, at: datetime = T) -> None:
        """It belongs there no more."""
        self.do(acts.EndMembership(at, name(f"{post} in {holder}")))

    def consent(
        self, person: str, kinds: str, posts: str, *, purposes: int = words.FOUR, until: datetime = LATER,
        at: datetime = START, word: str = "",
    ) -> UUID:  # fmt: skip
        """A consent is given to both units, and posts are admitted on it."""
        consent = name(word or f"consent of {person} to {posts}")
        mask, units = words.kinds(kinds), names("nav clinic")
        self.do(acts.GiveConsent(at, consent, name(person), mask, purposes, units, until))
        if posts:
            self.do(acts.AdmitPosts(at, consent, names(posts)))
        return consent

    def law(self, subject: str, kinds: str, posts: str, purposes: int = 6, provision: str = "law") -> None:
        """A unit opens by law."""
        who, until, by = names(posts), LATER, name("worker")
        mask, unit = words.kinds(kinds), name("nav")
        self.do(acts.OpenByLaw(START, name(subject), unit, provision, who, mask, purposes, until, by))

    def guardian(self, child: str, adult: str, *, lives_with: int = 1, until: datetime = LATER) -> None:
        """A person's citizen is recorded as another's guardian."""
        citizen = name("citizen " + adult)
        parts = ((words.ALL_KINDS, until),)
        self.do(acts.RecordGuardian(START, name(child), citizen, parts, lives_with, name("worker")))

    def family(self, members: str, at: datetime = START) -> None:
        """The family is opened."""
        self.do(acts.OpenFamily(at, name("family"), names(members), name("worker")))

    def glass(self, post: str, subject: str, kinds: str, *, hours: int = 8, at: datetime = T) -> None:
        """A post breaks the glass, to coordinate."""
        mask = words.kinds(kinds)
        self.do(acts.BreakGlass(at, name("lift"), name(post), name(subject), mask, 1, hours, "It is urgent"))

    def question(
        self, post: str, subject: str, what: str = "plan", *, write: bool = False, purpose: int = 1,
        at: datetime = T, seal: str = "", verb: int = words.FOUR,
    ) -> Question:  # fmt: skip
        """A question in words."""
        sealed = name(seal) if seal else None
        return Question(name(post), purpose, name(subject), kind(what), write, at, verb, sealed)

    def ask(
        self, post: str, subject: str, what: str = "plan", *, write: bool = False, purpose: int = 1,
        at: datetime = T, seal: str = "", verb: int = words.FOUR,
    ) -> str:  # fmt: skip
        """The basis of a yes, or the code of a no."""
        asked = self.question(post, subject, what, write=write, purpose=purpose, at=at, seal=seal, verb=verb)
        said = answer(self.world, asked)
        return said.basis or said.code

    def told(self, post: str, subject: str, what: str = "protected_location") -> str:
        """What the asker is told."""
        return answer(self.world, self.question(post, subject, what)).told

    def seen(self, post: str, rows: Sequence[tuple[str, str, str]], purpose: int = 1) -> list[int]:
        """Which of these rows (subject, kind, seal) a post sees, by their places."""
        for place, (subject, what, seal) in enumerate(rows):
            sealed = name(seal) if seal else None
            self.do(acts.WriteRow(T, name(f"row {place}"), name(subject), kind(what), sealed))
        seen = set(rows_seen(self.world, name(post), purpose, T))
        return [place for place in range(len(rows)) if name(f"row {place}") in seen]
