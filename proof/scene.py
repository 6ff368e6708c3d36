"""A small town by hand in which every rule of the access document matters to somebody.

Short enough to be done again in a second, under ids of its own each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4, uuid5

from proof.oracle import acts, words
from proof.oracle.random_world import NOW, TICK

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST = NOW - 10 * DAY
ENDED = NOW + 10 * DAY  # when some consents, a guardian and what the law opened end
SOON = NOW + 5 * DAY  # when a membership begins
GLASS = NOW - HOUR + 8 * HOUR  # when a lift is over
MOMENTS = (NOW, GLASS - TICK, GLASS, SOON, ENDED - TICK, ENDED, ENDED + TICK)
POSTS = {
    "worker": ("social_worker", "north"),
    "mate": ("social_worker", "north"),
    "chief": ("unit_leader", "north"),
    "machine": ("integration", "north"),
    "gone": ("social_worker", "north"),
    "nurse": ("health_worker", "south"),
    "helper": ("coordinator", "south"),
    "head": ("unit_leader", "south"),
    "narrow": ("nav_adviser", "south"),
    "later": ("nav_adviser", "north"),
    "leaver": ("social_worker", "north"),
    "mover": ("coordinator", "south"),
    "stranger": ("social_worker", "east"),
    "boss": ("unit_leader", "east"),
}
PERSONS = ("anna", "bo", "cai", "dina", "eva", "finn", "gry", "hal")
RECORDS = ("first", "second", "hidden", "shown", "back", "plain", "late", "known")


class Scene:
    """The town under ids of its own."""

    def __init__(self) -> None:
        """Each is another town."""
        self._all = uuid4()

    def id(self, word: str) -> UUID:
        """Who goes by a word."""
        return uuid5(self._all, word)

    def ids(self, text: str) -> tuple[UUID, ...]:
        """Who go by these words."""
        return tuple(self.id(word) for word in text.split())

    def history(self) -> Iterator[acts.Act]:
        """Everything that was done, in order."""
        yield from self._town()
        yield from self._let_in()
        yield from self._families()
        yield from self._kept_out()
        yield from self._ended()
        yield from self._broken()
        yield acts.WithdrawConsent(NOW - TICK, self.id("cai's short share with dina"))
        yield acts.AdmitPosts(NOW, self.id("to eva"), self.ids("helper"))

    def _town(self) -> Iterator[acts.Act]:
        for unit in ("north", "south", "east"):
            yield acts.AddUnit(FIRST, self.id(unit), self.id(f"agency {unit}"))
        for post, (role, unit) in POSTS.items():
            yield acts.AddPost(FIRST, self.id(post), self.id(unit))
            for holder in (post, unit):
                yield self._member(post, holder, role)
        yield self._member("mover", "east", "coordinator", until=FIRST + DAY)
        yield acts.OpenRecords(FIRST, self.id("north"), self.ids(" ".join(RECORDS)))
        for person in PERSONS:
            yield acts.AddCitizen(FIRST, self.id(f"{person}'s"))
            yield self._member(f"{person}'s", f"{person}'s", "citizen")
            yield acts.OpenPerson(FIRST, self.id(person), self.id(f"{person}'s"), self.id("worker"))

    def _member(self, post: str, holder: str, role: str, until: datetime | None = None) -> acts.Act:
        purposes = words.COORDINATION if post == "narrow" else words.ROLE_PURPOSES[role]
        start = SOON if post == "later" else FIRST
        ends = ENDED if post == "leaver" else NOW - DAY if (post, holder) == ("gone", "north") else until
        key = self.id(f"{post} in {holder}")
        return acts.BeginMembership(FIRST, key, self.id(post), self.id(holder), role, purposes, start, ends)

    def _let_in(self) -> Iterator[acts.Act]:
        yield from self._consent(
            "to anna", "anna", "plan health network", "worker nurse narrow mover", purposes=9
        )
        yield from self._consent("to anna, all", "anna", "", "worker helper", until=ENDED + DAY)
        for person in ("bo", "cai", "eva"):
            yield from self._consent(f"to {person}", person, "", "worker mate nurse mover", until=ENDED + DAY)
        yield from self._consent("to dina", "dina", "plan contact", "worker nurse", until=ENDED + DAY)
        yield from self._consent(
            "to dina's place", "dina", "protected_location plan", "helper", until=ENDED + DAY
        )
        yield from self._consent("to hal", "hal", "plan", "worker", until=ENDED + DAY)
        yield from self._consent("to finn", "finn", "", "worker narrow", until=ENDED)
        yield from self._consent("to finn for a time", "finn", "housing economy", "helper", until=ENDED + DAY)
        yield from self._consent("to bo for a time", "bo", "education", "narrow", until=ENDED + DAY)
        for adult, lives_with, until in (("bo", 1, ENDED), ("cai", 0, ENDED + DAY), ("dina", 0, ENDED + DAY)):
            child, by = self.id("anna"), self.id("worker")
            parts = ((words.ALL_KINDS, until),)
            yield acts.RecordGuardian(FIRST + DAY, child, self.id(f"{adult}'s"), parts, lives_with, by)
        for at, parts in ((DAY, words.ALL_KINDS), (2 * DAY, words.kinds("identity plan"))):
            until = ((parts, ENDED + DAY),)
            yield acts.RecordGuardian(
                FIRST + at, self.id("gry"), self.id("finn's"), until, 0, self.id("worker")
            )
        parts = ((words.ALL_KINDS, ENDED + DAY),)
        yield acts.RecordGuardian(FIRST + DAY, self.id("hal"), self.id("finn's"), parts, 0, self.id("worker"))
        for record, person in (("hidden", "finn"), ("known", "hal")):
            yield acts.TieRecord(FIRST + DAY, self.id(record), self.id(person))
        for provision, posts in (("law", "stranger worker"), ("other law", "boss")):
            kinds, until = words.kinds("identity plan health economy"), ENDED
            if posts == "boss":
                kinds = words.kinds("identity plan")
            yield acts.OpenByLaw(
                FIRST + DAY, self.id("finn"), self.id("north"), provision, self.ids(posts), kinds,
                words.SERVICE | words.DECISION, until, self.id("worker"),
            )  # fmt: skip

    def _consent(
        self,
        word: str,
        person: str,
        kinds: str,
        posts: str,
        *,
        purposes: int = words.FOUR,
        until: datetime = ENDED,
    ) -> Iterator[acts.Act]:
        mask = words.kinds(kinds) if kinds else words.BASIS_KINDS[words.BY_CONSENT]
        at, units = FIRST + DAY, self.ids("north south")
        yield acts.GiveConsent(at, self.id(word), self.id(person), mask, purposes, units, until)
        yield acts.AdmitPosts(at, self.id(word), self.ids(posts))

    def _families(self) -> Iterator[acts.Act]:
        at, by = FIRST + 2 * DAY, self.id("worker")
        for family, members in (
            ("home", "anna bo"),
            ("weekend", "bo cai"),
            ("visits", "cai dina"),
            ("all", "eva finn"),
            ("odd", "anna cai"),
        ):
            yield acts.OpenFamily(at, self.id(family), self.ids(members), by)
        for giver, taker, word in (
            ("anna", "bo", "share"),
            ("bo", "anna", "share"),
            ("cai", "dina", "short share"),
            ("dina", "cai", "share"),
        ):
            consent = self.id(f"{giver}'s {word} with {taker}")
            family = self.id("home" if {giver, taker} == {"anna", "bo"} else "visits")
            yield acts.GiveConsent(at, consent, self.id(giver), words.PLAN, words.FOUR, (), ENDED + DAY)
            yield acts.ShareWithFamily(at, family, self.id(giver), self.id(f"{taker}'s"), consent)

    def _kept_out(self) -> Iterator[acts.Act]:
        at = FIRST + 3 * DAY
        for record, person in (("first", "anna"), ("second", "anna"), ("shown", "eva")):
            yield acts.TieRecord(at, self.id(record), self.id(person))
        yield acts.EndTie(at, self.id("shown"))
        yield acts.BarHolder(at, self.id("mate"), self.id("second"), "close_relation")
        yield acts.BarHolder(at, self.id("mate"), self.id("eva"), "former_partner")
        yield acts.BarHolder(at, self.id("helper"), self.id("shown"), "own_case")
        yield acts.BarHolder(at, self.id("nurse"), self.id("weekend"), "own_case")
        yield acts.BarHolder(at, self.id("east"), self.id("eva"), "own_case")
        for person in ("dina", "finn", "bo"):
            yield acts.ProtectPlace(at, self.id(person), self.id(f"{person}'s"))
        for record, named in (("hidden", "worker"), ("plain", "worker gone")):
            yield acts.ShieldRecord(at, self.id(record), self.ids(named), self.id("chief"))

    def _ended(self) -> Iterator[acts.Act]:
        at = FIRST + 5 * DAY
        yield acts.LiftProtection(at, self.id("finn"), self.id("finn's"))
        yield acts.EndShield(at, self.id("plain"), self.id("chief"))
        yield acts.TakeRecordsBack(at, self.id("north"), self.ids("back"))
        yield acts.WithdrawConsent(at, self.id("to finn for a time"))
        yield acts.DismissPosts(at, self.id("bo"), self.ids("narrow"))
        yield acts.EndGuardian(at, self.id("anna"), self.id("dina's"), self.id("worker"))
        yield acts.EndByLaw(at, self.id("finn"), self.id("north"), "other law", self.ids("boss"))

    def _broken(self) -> Iterator[acts.Act]:
        for lift, post, person, kinds in (
            ("glass", "stranger", "cai", "identity plan health economy"),
            ("misused", "boss", "anna", "identity plan"),
            ("other glass", "stranger", "anna", "identity plan"),
            ("third glass", "head", "cai", "identity contact"),
            ("fourth glass", "stranger", "gry", "identity plan"),
        ):
            mask, reason = words.kinds(kinds), "Somebody is in danger"
            yield acts.BreakGlass(
                NOW - HOUR, self.id(lift), self.id(post), self.id(person), mask, words.COORDINATION, 8, reason
            )
        yield acts.FindMisuse(NOW - HOUR / 2, self.id("misused"), self.id("head"))
        yield acts.TieRecord(NOW - HOUR / 2, self.id("late"), self.id("gry"))
        yield acts.ShieldRecord(NOW - HOUR / 3, self.id("late"), self.ids("worker"), self.id("chief"))
