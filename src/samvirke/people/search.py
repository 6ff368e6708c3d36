"""Finding somebody by name, birth date, case number or national id, among those one may see.

Names are found by how they sound and by how they begin; what is found is put in order by likeness. Nothing
tells how many there are whom the viewer may not see.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from difflib import SequenceMatcher
from functools import cache
from typing import Any
from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.access import Basis
from samvirke.gate.reading import rows
from samvirke.gate.types import Viewer
from samvirke.people import nordic_ids, secrets, verbs
from samvirke.people.models import IdentityLink, full_name
from samvirke.people.national_ids import NotANationalId
from samvirke.people.policies import plain
from samvirke.people.types import Found

MOST = 20  # shown
CANDIDATES = 100  # whose names are compared: those whose words are most like what was asked
WORDS_AT_MOST = 8
ALIKE = 0.72  # of what was asked, on average over its words
WRONG_DAY = 0.5  # the name is somebody's, and the day another
FITS = 0.9  # a word that sounds or begins as one of the name
DAYS = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d%m%Y", "%d.%m.%y", "%d%m%y")
NUMBER = re.compile(r"[\d\s-]{10,15}")
OWN_RECORD = Basis.OWN_RECORD.value

WORDS = """
SELECT part, word, gate.sound(word) FROM unnest(%s::text[]) WITH ORDINALITY AS typed (part, place),
  unnest(gate.words(part)) word
ORDER BY place
"""
# Own clients by their unit; persons by what is open to the post itself. Equality and order of plain text keep
# their index under row security.
OWN = """
SELECT subject_id, 'own_record', word, sound FROM people_searchword
WHERE unit_id = ANY (%(holders)s)
  AND (sound = ANY (%(sounds)s) OR (word >= %(begins)s AND word < %(ends)s))
"""
OTHERS = """
SELECT w.subject_id, g.basis, w.word, w.sound FROM gate_grant g JOIN people_searchword w USING (subject_id)
WHERE g.holder_id = %(post)s AND g.basis <> 'own_record' AND w.unit_id IS NULL
  AND (w.sound = ANY (%(sounds)s) OR (w.word >= %(begins)s AND w.word < %(ends)s))
"""
OWN_BY_NUMBER = """
SELECT id, 'own_record' FROM people_clientrecord
WHERE unit_id = %s AND national_id_hash = %s AND withdrawn_at IS NULL
"""
OTHERS_BY_NUMBER = """
SELECT p.id, g.basis FROM people_person p JOIN gate_grant g ON g.subject_id = p.id
WHERE p.partnership_id = %s AND p.national_id_hash = %s
"""
BY_CASE_NUMBER = """
SELECT id, 'own_record' FROM people_clientrecord
WHERE unit_id = ANY (%s) AND external_id = %s AND withdrawn_at IS NULL
"""
FOLDED = """
SELECT subject_id, other_id FROM people_recordpair
WHERE subject_id = ANY (%s) AND is_same AND ended_at IS NULL
"""
CLIENTS = """
SELECT id, external_id, given_name, family_name, birth_date FROM people_clientrecord WHERE id = ANY (%s)
"""
PERSONS = "SELECT id, '', given_name, family_name, birth_date FROM people_person WHERE id = ANY (%s)"


Compare = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it was typed, as it is looked for, and how it sounds. A day is looked for as it is stored."""

    typed: str
    word: str
    sound: str
    is_day: bool = False


@dataclass(slots=True)
class _Hit:
    """Somebody whom words fit: on what basis they are seen, and how like each word one of theirs is."""

    basis: str
    fits: dict[str, float] = field(default_factory=dict)


def search(viewer: Viewer, text: str, *, partnership_id: UUID | None) -> list[Found]:
    """Those the viewer may see who are meant most likely, best first; each is logged as read.

    text: names, a birth date, a case number or a national id. partnership_id: where a national id is looked
    for beside the own cases. Raises Refused.
    """
    ask.require_role(viewer, verbs.FIND)
    hits = _by_number(viewer, text, partnership_id) or _by_case_number(viewer, text)
    words = [] if hits else _words(text, viewer.now.date())
    hits = hits or _by_words(viewer, words)
    found = _likeliest(_named(_standing(hits)), hits, words)[:MOST]
    for one in found:
        for subject_id in filter(None, (one.record_id, one.person_id)):
            basis = hits[subject_id].basis if subject_id in hits else OWN_RECORD
            audit.note(viewer, verbs.FIND, subject_ids=[subject_id], basis=basis)
    return _one_each(found)


def _words(text: str, today: date) -> list[_Word]:
    """What was typed, word for word."""
    parts = text.split()[:WORDS_AT_MOST]
    days = {part: _day(part, today) for part in parts}
    names = [part for part in parts if not days[part]]
    return [_Word(part, day, day, is_day=True) for part, day in days.items() if day] + rows(
        WORDS, [names], _Word
    )


def _day(part: str, today: date) -> str:
    """The day that is meant, as it is stored; empty for what is no day. Nobody is born after today."""
    for form in DAYS:
        with suppress(ValueError):
            day = datetime.strptime(part, form).replace(tzinfo=UTC).date()
            return (day if day <= today else day.replace(year=day.year - 100)).isoformat()
    return ""


def _by_number(viewer: Viewer, text: str, partnership_id: UUID | None) -> dict[UUID, _Hit]:
    if not NUMBER.fullmatch(text.strip()):
        return {}
    try:
        number = nordic_ids.parse(text, country=agencies.country_of_post(viewer.post_id)).number
    except NotANationalId:
        return {}
    places = [(unit_id, OWN_BY_NUMBER) for unit_id in viewer.holders]
    if partnership_id is not None:
        places.append((partnership_id, OTHERS_BY_NUMBER))
    return {
        subject_id: hit
        for scope, statement in places
        for subject_id, hit in rows(statement, [scope, secrets.hashed(number, scope=scope)], _known)
    }


def _by_case_number(viewer: Viewer, text: str) -> dict[UUID, _Hit]:
    return dict(rows(BY_CASE_NUMBER, [list(viewer.holders), text.strip()], _known))


def _by_words(viewer: Viewer, words: list[_Word]) -> dict[UUID, _Hit]:
    """Those whom a word fits; where they are many, those whose words are most like them."""
    if not words:
        return {}
    last = words[-1].word
    values = {
        "holders": list(viewer.holders),
        "post": viewer.post_id,
        "sounds": [one.sound for one in words],
        "begins": last,
        "ends": last[:-1] + chr(ord(last[-1]) + 1),
    }
    hits: dict[UUID, _Hit] = {}
    found = [*rows(OWN, values, _columns), *rows(OTHERS, values, _columns)]
    fitting = {pair: _fitting(*pair, words) for pair in {(word, sound) for _, _, word, sound in found}}
    for subject_id, basis, word, sound in found:
        fits = hits.setdefault(subject_id, _Hit(basis)).fits
        for asked, like in fitting[word, sound]:
            fits[asked] = max(fits.get(asked, 0), like)
    best = sorted(hits, key=lambda subject_id: -sum(hits[subject_id].fits.values()))[:CANDIDATES]
    return {subject_id: hits[subject_id] for subject_id in best}


def _fitting(word: str, sound: str, words: list[_Word]) -> list[tuple[str, float]]:
    """Which of the words a word of a name fits, and how like each it is."""
    return [
        (one.word, _like(one.word, word)) for one in words if one.sound == sound or word.startswith(one.word)
    ]


def _standing(hits: Mapping[UUID, _Hit]) -> list[UUID]:
    """The ids, with the record that stands for them in place of those that were found to be the same."""
    into = dict(rows(FOLDED, [list(hits)], _columns)) if hits else {}
    return list(dict.fromkeys(into.get(subject_id, subject_id) for subject_id in hits))


def _named(subject_ids: list[UUID]) -> list[Found]:
    """Clients and persons of these ids."""
    if not subject_ids:
        return []
    clients = [
        Found(full_name(given, family), born, record_id=key, external_id=number)
        for key, number, given, family, born in rows(CLIENTS, [subject_ids], _columns)
    ]
    persons = [
        Found(full_name(given, family), born, person_id=key)
        for key, _, given, family, born in rows(PERSONS, [subject_ids], _columns)
    ]
    return persons + clients


def _likeliest(found: list[Found], hits: Mapping[UUID, _Hit], words: list[_Word]) -> list[Found]:
    """Those who are like what was asked, the most like first; all where no words were asked."""
    if not words:
        return found
    like = cache(_like)  # many have a name in common; for this search alone, since they are names
    scored = [(_score(one, hits, words, like), one) for one in found]
    scored = [(score, one) for score, one in scored if score >= ALIKE]
    scored.sort(key=lambda pair: (-pair[0], plain(pair[1].name), pair[1].birth_date))
    return [one for _, one in scored]


def _score(one: Found, hits: Mapping[UUID, _Hit], words: list[_Word], like: Compare) -> float:
    """How like somebody is, from 0 to 1."""
    hit = hits.get(one.person_id or one.record_id or UUID(int=0))
    parts = plain(one.name).split()
    return sum(_score_of(word, parts, one, hit, like) for word in words) / len(words)


def _score_of(word: _Word, parts: list[str], one: Found, hit: _Hit | None, like: Compare) -> float:
    if word.is_day:
        return 1 if word.word == one.birth_date.isoformat() else WRONG_DAY
    best = max((like(word.typed, part) for part in parts), default=0)
    return best if best == 1 else max(best, FITS if hit and word.word in hit.fits else 0)


def _like(typed: str, part: str) -> float:
    """How like a typed word is a part of a name."""
    return SequenceMatcher(None, plain(typed), part).ratio()


def _one_each(found: list[Found]) -> list[Found]:
    """A client and the person they are, once."""
    clients = {one.record_id: one for one in found if one.record_id is not None}
    persons = {one.person_id for one in found if one.person_id is not None}
    if not clients or not persons:
        return found
    links = IdentityLink.objects.filter(
        record__in=clients.keys(), subject__in=persons, unlinked_at__isnull=True
    )
    tied = {
        subject_id: clients[record_id] for record_id, subject_id in links.values_list("record", "subject")
    }
    alone = [one for one in found if one not in tied.values()]
    return [_with_client(one, tied.get(one.person_id) if one.person_id else None) for one in alone]


def _with_client(one: Found, client: Found | None) -> Found:
    if client is None:
        return one
    return dataclasses.replace(one, record_id=client.record_id, external_id=client.external_id)


def _known(subject_id: UUID, basis: str) -> tuple[UUID, _Hit]:
    return subject_id, _Hit(basis)


def _columns(*columns: Any) -> tuple[Any, ...]:
    return columns
