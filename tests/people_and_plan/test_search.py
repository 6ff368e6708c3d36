"""Finding somebody: by how a name sounds and begins, among those one may see, and nobody else."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import people
from people import Client, acting_as
from samvirke.gate.types import Refused
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import Purpose
from samvirke.people import duplicates, merge, national_ids, operations, search, undo
from samvirke.people import queries as people_queries
from samvirke.people.models import RecordChange, SearchWord
from samvirke.people.types import Found

pytestmark = people.database

# Ways to write one name, as they stand side by side in Norwegian, Danish, Swedish and Sami registers.
SAME_NAME = [
    ("Christian", "Kristian"),
    ("Åse", "Aase"),
    ("Håkon", "Haakon"),
    ("Bjørn", "Bjorn"),
    ("Søren", "Soeren"),
    ("Olav", "Olaf"),
    ("Sofie", "Sophie"),
    ("Torbjørn", "Thorbjörn"),
    ("Wenche", "Venke"),
    ("Zara", "Sara"),
    ("Hjalmar", "Jalmar"),
    ("Gjertrud", "Jertrud"),
    ("Carl", "Karl"),
    ("Filip", "Philip"),
    ("Madsen", "Matsen"),
    ("Schjelderup", "Skjelderup"),
    ("Lindt", "Lind"),
    ("Strand", "Strann"),
    ("Johannes", "Yohannes"),
    ("Mohammed", "Muhammad"),
    ("Máret", "Maret"),
    ("Áilu", "Ailu"),
    ("Ánde", "Ande"),
    ("Sárá", "Sara"),
    ("Gáddjá", "Gaddja"),
    ("Biret-Áŋŋa", "Biret Anna"),
    ("Ođđasat", "Oddasat"),
    ("Šuoma", "Suoma"),
    ("Ruožža", "Ruozza"),
    ("Jåŧŧa", "Jatta"),
]
GIVEN = [
    "Anne",
    "Kari",
    "Marit",
    "Ingrid",
    "Eva",
    "Berit",
    "Bjørn",
    "Per",
    "Ole",
    "Lars",
    "Kjell",
    "Knut",
    "Svein",
]
FAMILY = [
    *("Hansen", "Johansen", "Olsen", "Larsen", "Andersen", "Pedersen", "Nilsen", "Kristiansen", "Jensen"),
    *("Karlsen", "Johnsen", "Eriksen", "Berg", "Haugen", "Hagen", "Johannessen", "Andreassen", "Jacobsen"),
    *("Halvorsen", "Dahl", "Lund", "Jørgensen", "Henriksen", "Sørensen", "Jakobsen"),
]


def client(external_id: str, given_name: str, family_name: str, *, serial: int = 3) -> Client:
    """A client of this name."""
    born = date(1994, 5, 4 + serial // 100)
    number = national_ids.make_synthetic(birth_date=born, sex=Sex.FEMALE, serial=serial % 100)
    return Client(external_id, number, given_name, family_name, born)


def take_in(clients: Iterable[Client]) -> None:
    """What the social service's own system sends."""
    with acting_as(people.SOCIAL_SYSTEM, Purpose.SERVICE) as viewer:
        merge.merge_records(
            list(clients), unit_id=people.SOCIAL, home=people.FJORDVIK, dry_run=False, now=viewer.now
        )


def found(text: str, *, post: UUID = people.SOCIAL_WORKER) -> list[Found]:
    """Whom this post finds."""
    with acting_as(post) as viewer:
        return search.search(viewer, text, partnership_id=people.PARTNERSHIP)


def names(text: str) -> list[str]:
    """The names of whom the social worker finds."""
    return [one.name for one in found(text)]


@pytest.mark.parametrize(("written", "typed"), SAME_NAME)
def test_a_name_is_found_however_it_is_written(written: str, typed: str) -> None:
    take_in([client("S-1", written, "Eksempel"), client("S-2", "Annerledes", "Navn", serial=4)])
    assert names(f"{typed} Eksempel") == [f"{written} Eksempel"]
    assert f"{written} Eksempel" in names(typed)


class TestWhatIsTyped:
    def test_the_beginning_of_a_name(self) -> None:
        take_in([client("S-1", "Kari", "Fjellstad")])
        assert names("fjel") == names("Kari FJEL") == ["Kari Fjellstad"]
        assert names("jellstad") == []

    def test_in_any_order_and_case(self) -> None:
        take_in([client("S-1", "Anne Marie", "Berg-Hansen")])
        for text in ("berg anne", "HANSEN, Anne Marie", "marie", "Berg-Hansen"):
            assert names(text) == ["Anne Marie Berg-Hansen"], text

    @pytest.mark.parametrize("day", ["04.05.1994", "1994-05-04", "04051994", "04.05.94", "040594"])
    def test_a_birth_date(self, day: str) -> None:
        take_in([client("S-1", "Kari", "Berg"), client("S-2", "Ola", "Dahl", serial=100)])
        assert names(day) == names(f"Kari {day}") == ["Kari Berg"]
        assert names(f"Ola Dahl {day}") == ["Ola Dahl"]  # whose day it is not
        assert names("06.05.1994") == []

    def test_a_case_number(self) -> None:
        take_in([client("2026/17 b", "Kari", "Berg")])
        assert names(" 2026/17 b ") == ["Kari Berg"]
        assert names("2026/17") == []

    def test_a_national_id(self) -> None:
        one = client("S-1", "Kari", "Berg")
        take_in([one])
        assert (
            names(one.national_id) == names(f"{one.national_id[:6]} {one.national_id[6:]}") == ["Kari Berg"]
        )
        assert names(client("", "", "", serial=5).national_id) == []

    @pytest.mark.parametrize("text", ["", " ", "--", "%", "_", "\u202e", "' OR 1=1", "ŋ", "😀", "x" * 3000])
    def test_nothing_that_is_a_name(self, text: str) -> None:
        take_in([client("S-1", "Kari", "Berg")])
        assert names(text) == []

    def test_the_likest_first(self) -> None:
        take_in(
            client(f"S-{n}", *name, serial=n)
            for n, name in enumerate([("Kari", "Hanssen"), ("Kari", "Hansen"), ("Karin", "Jansen")])
        )
        assert names("kari hansen")[:2] == ["Kari Hansen", "Kari Hanssen"]

    def test_a_slip_of_the_hand_is_forgiven(self) -> None:
        """In 95 of 100 the one who is meant is among the first ten."""
        rng = random.Random(5)
        made = [(rng.choice(GIVEN), rng.choice(FAMILY)) for _ in range(400)]
        take_in(client(f"S-{n}", *name, serial=n) for n, name in enumerate(made))
        meant = rng.sample(made, 100)
        seen = [f"{given} {family}" in names(f"{given} {slip(family, rng)}")[:10] for given, family in meant]
        assert sum(seen) >= 95


def slip(word: str, rng: random.Random) -> str:
    """The word with two letters changed over, one left out, one twice or one wrong."""
    place = rng.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return rng.choice(
        [
            before + after[:1] + letter + after[1:],
            before + after,
            before + letter * 2 + after,
            before + "e" + after,
        ]
    )


class TestWhoIsFound:
    def test_only_those_one_may_see(self) -> None:
        """The social worker, who has asked; nobody else of the agency next door; then the team."""
        person = people.said_yes(Client(given_name="Kari", family_name="Fjellstad"))
        assert [one.person_id for one in found("fjellstad")] == [person.person_id]
        assert found("fjellstad", post=people.NAV_ADVISER) == []
        with acting_as(people.SOCIAL_WORKER) as viewer:
            operations.refer(
                person_id=person.person_id, to_unit=people.NAV, consent_id=person.consent_id, by=viewer
            )
        leader = people.NAV_LEADER
        assert [one.name for one in found("fjelstad", post=leader)] == ["Kari Fjellstad"]
        with acting_as(people.SOCIAL_WORKER) as viewer:
            operations.withdraw_consent(consent_id=person.consent_id, by=viewer)
        assert found("fjellstad", post=leader) == []

    def test_a_client_and_the_person_they_are_is_one(self) -> None:
        person = people.said_yes(Client(given_name="Kari", family_name="Fjellstad"))
        (one,) = found("fjellstad")
        assert one.person_id == person.person_id
        assert one.external_id == "S-1"
        assert one.record_id is not None

    def test_a_record_that_is_folded_into_another_is_the_other(self) -> None:
        take_in([client("S-1", "Kari", "Fjellstad"), client("S-2", "Kari", "Fjelstad")])
        with acting_as(people.SOCIAL_WORKER) as viewer:
            ids = people_queries.record_ids(people.SOCIAL, ["S-1", "S-2"])
            duplicates.fold(record_id=ids["S-2"], into=ids["S-1"], by=viewer)
        (one,) = found("fjelstad")
        assert one.record_id == ids["S-1"]

    def test_whoever_has_no_work_with_persons_is_refused(self) -> None:
        with acting_as(people.PARTNERSHIP_LEADER, Purpose.STATISTICS) as viewer, pytest.raises(Refused):
            search.search(viewer, "fjellstad", partnership_id=people.PARTNERSHIP)

    def test_what_is_shown_is_logged_and_nothing_else(self) -> None:
        take_in([client("S-1", "Kari", "Fjellstad"), client("S-2", "Ola", "Berg", serial=4)])
        with acting_as(people.SOCIAL_WORKER) as viewer:
            (one,) = search.search(viewer, "fjellstad", partnership_id=people.PARTNERSHIP)
            lines = [(line.subject_id, line.verbs, line.basis) for line in viewer.lines.values()]
        assert lines == [(one.record_id, ["people.find"], "own_record")]

    def test_the_number_of_statements_does_not_grow(self) -> None:
        take_in([client("S-1", "Kari", "Fjellstad")])
        with CaptureQueriesContext(connection) as few:
            found("kari")
        take_in(client(f"T-{n}", "Kari", "Fjellstad", serial=n) for n in range(10, 40))
        with CaptureQueriesContext(connection) as many:
            assert len(found("kari")) == search.MOST
        assert len(many) == len(few) <= 12


class TestWordsFollowNames:
    def test_a_name_that_changes(self) -> None:
        take_in([Client(given_name="Kari", family_name="Fjellstad")])
        take_in([Client(given_name="Kari", family_name="Dahl", source_version=2)])
        assert names("fjellstad") == []
        assert names("dahl") == ["Kari Dahl"]

    def test_a_record_that_is_taken_back(self) -> None:
        take_in([Client(given_name="Kari", family_name="Fjellstad")])
        with acting_as(people.SOCIAL_SYSTEM, Purpose.SERVICE) as viewer:
            changes = list(RecordChange.objects.values_list("change_id", flat=True))
            for change_id in changes:
                list(undo.take_back(change_id=change_id, unit_id=people.SOCIAL, by=viewer))
        assert names("fjellstad") == []
        with acting_as(people.SOCIAL_SYSTEM, Purpose.SERVICE):
            assert not SearchWord.objects.filter(word="fjellstad").exists()
