"""What pages, search and exports tell, in random worlds, is what the access document opens, and all of it.

The worlds of `oracle_rows` get people, plans and files whose every text is a token. At drawn moments drawn
posts ask for pages, search and fetch PDF, CSV and XLSX, each a request through all of the middleware; what
came is compared with what the oracle says of each text's subject and kind. A text that is not open is a leak
wherever it stands. One that is open, and that the way out is for by the rule written at it in
`channels/ways_out.py`, is a false refusal where it is missing. A decision is a subject and a kind, or a row
of a file, of which one answer has said shown or not shown; what a rule leaves out of what is open is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.test import Client

from proof.channels.asking import Asker, Asking
from proof.channels.ground import nobody_waits
from proof.channels.inhabited import Inhabited
from proof.channels.own_files import WORD
from proof.channels.settling import inhabit
from proof.channels.ways_out import WAYS, is_given_back
from proof.oracle import words
from proof.oracle.random_world import make
from proof.oracle_rows import MOMENTS
from proof.outcome import Outcome
from proof.replayed import Replayed
from proof.scratch import Scratch, scratch
from samvirke.surfaces.actor import POST, PURPOSE
from surfaces.everywhere import text_of

SMALL, FULL = 400, 100_000  # decisions of each way out
WORLDS = 10
SHOWN = 20
TOKEN = re.compile(r"qz\d{5}zq")
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOLD, NOT_THERE, AWAY = 200, 404, 302
TRIES = 8  # for a post to whom something is open


@dataclass
class Tally:
    """What was asked so far, in one browser that everybody signs in to anew, and what was found."""

    browser: Client = field(default_factory=Client)
    decided: Counter[str] = field(default_factory=Counter)
    in_files: int = 0  # of what exports have decided: rows of CSV and XLSX
    requests: int = 0
    told: int = 0  # texts
    leaks: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)  # answered with something else than a page or a refusal

    @property
    def failures(self) -> tuple[str, ...]:
        """The first of each sort."""
        return tuple(one for some in (self.leaks, self.refusals, self.broken) for one in some[:SHOWN])


def run(size: int, seed: int) -> Outcome:
    """Have so many things decided on each way out, in ten worlds, in one where it is small."""
    tally, worlds = Tally(), 1 if size < FULL // 50 else WORLDS
    for number in range(worlds):
        with world_of(seed + number, small=worlds == 1) as here:
            compare(here, tally, -(-size * (number + 1) // worlds), Random(seed + number))
    each = ", ".join(f"{tally.decided[way]} by {way}" for way in WAYS)
    note = (
        f"{worlds} worlds, {tally.requests} requests; decided {each} ({tally.in_files} of these in CSV and "
        f"XLSX, the others in PDF); {tally.told} texts told; "
        f"{len(tally.leaks)} leaks, {len(tally.refusals)} false refusals"
    )
    return Outcome(sum(tally.decided.values()), tally.failures, note)


@contextmanager
def world_of(seed: int, *, small: bool) -> Iterator[Inhabited]:
    """A random world in a database of its own, inhabited; nobody is made to wait in it."""
    posts, persons, records, families = (14, 8, 10, 3) if small else (32, 28, 36, 14)
    with scratch() as place, nobody_waits():
        yield _inhabited(place, seed, posts=posts, persons=persons, records=records, families=families)


def _inhabited(place: Scratch, seed: int, **sizes: int) -> Inhabited:
    replayed = Replayed(place)
    replayed.replay(make(seed, **sizes).history)
    return inhabit(replayed, Random(f"inhabited {seed}"))  # its ids are others than the world's


def compare(here: Inhabited, tally: Tally, upto: int, rng: Random) -> None:
    """Ask on each way out until so much is decided there."""
    for way, asks in WAYS.items():
        while tally.decided[way] < upto:
            asker = _drawn(here, rng)
            here.replayed.set_clock(asker.at)
            for asking in asks(asker, rng):
                tally.decided[way] += decide(asker, asking, tally)


def _drawn(here: Inhabited, rng: Random) -> Asker:
    """Somebody to whom something is open, mostly; and now and then whoever it is, for whatever purpose."""
    for _ in range(rng.choice((1, TRIES, TRIES, TRIES))):
        purpose = rng.choice(words.PURPOSES[:4] if rng.random() < 0.9 else words.PURPOSES)
        asker = Asker(here, rng.choice(list(here.world.of_post)), purpose, rng.choice(MOMENTS))
        if asker.seen:
            break
    return asker


def decide(asker: Asker, asking: Asking, tally: Tally) -> int:
    """Ask, and compare. Returns how much was decided."""
    answers = [_answer(tally.browser, asker, path, asking) for path in asking.paths]
    tally.requests += len(answers)
    for path, status, _ in answers:
        if status != _status(asker, status):
            tally.broken.append(f"{status} for {_who(asker, path)}")
    said = "\n".join(text for _, _, text in answers)
    if asking.file is not None:
        return _decide_file(asker, asking, said, tally)
    found = _found(asker, asking, said)
    tally.told += len(found & asker.seen)
    for token in sorted(found & asker.here.texts.keys() - asker.seen):
        tally.leaks.append(f"leak: {_called(asker, token)} to {_who(asker, asking.paths[0])}")
    for token in sorted(found & asking.untold):
        tally.leaks.append(f"leak: a place, by {_called(asker, token)}, to {_who(asker, asking.paths[0])}")
    for what in _missing(asker, asking, found):
        tally.refusals.append(f"false refusal: {what} to {_who(asker, asking.paths[0])}")
    return len(asking.decided(asker.seen, found))


def _decide_file(asker: Asker, asking: Asking, said: str, tally: Tally) -> int:
    """Every row of a file, or none of any."""
    assert asking.file is not None
    found = frozenset(WORD.findall(said))
    wanted = frozenset(asking.file.words) if is_given_back(asker, asking.file) else frozenset()
    who = _who(asker, asking.paths[0])
    tally.told += len(found & wanted)
    tally.leaks += [f"leak: a row of a file, {word}, to {who}" for word in sorted(found - wanted)]
    tally.refusals += [f"false refusal: a row of a file, {word}, to {who}" for word in sorted(wanted - found)]
    tally.in_files += len(asking.file.words)
    return len(asking.file.words)


def _answer(client: Client, asker: Asker, path: str, asking: Asking) -> tuple[str, int, str]:
    """Sign in, ask, and read all of the answer."""
    client.cookies.clear()
    kept = client.session
    kept[POST], kept[PURPOSE] = str(asker.post), asker.purpose
    kept.save()
    response: Any = client.post(path, dict(asking.sends)) if asking.sends else client.get(path)
    body = text_of(response.content, response.headers.get("Content-Type", ""))
    return path, response.status_code, f"{body}\n{sorted(response.headers.items())}"


def _status(asker: Asker, status: int) -> int:
    """What may be answered at all: who may not act is led out."""
    if not asker.enters:
        return AWAY
    return status if status in (TOLD, NOT_THERE) else TOLD


def _found(asker: Asker, asking: Asking, said: str) -> frozenset[str]:
    """The tokens that were told, and the plans; the asker knows what the address named."""
    asked = {name for path in asking.paths for name in ID.findall(path)} | set(asking.sends.values())
    there = {*TOKEN.findall(said), *ID.findall(said)} - asked
    return frozenset(there)


def _missing(asker: Asker, asking: Asking, found: frozenset[str]) -> Iterator[str]:
    """What was to be told and was not; of the best only so many are."""
    missing = [group for group in asking.told if found.isdisjoint(group)]
    if asking.at_most:
        told = len(asking.told) - len(missing)
        if told != asking.at_most:
            yield f"{told} of {len(asking.told)}, not {asking.at_most},"
        return
    for group in missing:
        yield _called(asker, min(group))


def _called(asker: Asker, token: str) -> str:
    here = asker.here
    if token in here.texts:
        row = here.texts[token].row
        kind = words.KIND_NAMES[row.kind.bit_length() - 1]
        return f"{kind} about {row.subject}" + (
            f" under the seal of {row.sealed_to}" if row.sealed_to else ""
        )
    return f"office {here.offices[token]}" if token in here.offices else f"town {token}"


def _who(asker: Asker, path: str) -> str:
    purpose = words.PURPOSE_NAMES[asker.purpose.bit_length() - 1]
    return f"{asker.role} {asker.post} for {purpose} at {asker.at} in {path}"
