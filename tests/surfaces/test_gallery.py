"""The gallery shows every part there is, each in more than one state where it has one."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.test import Client
from django.test.utils import override_settings

import people
from samvirke.surfaces.components.specimens import SPECIMENS
from surfaces.reach import TEMPLATES

pytestmark = people.database
ID = re.compile(r'\bid="([^"]+)"')
ITSELF = {"gallery"}
ONE_STATE = {"time_used"}


@pytest.fixture
def gallery(db: None) -> str:
    """The page as it stands."""
    answer = Client().get("/components/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_part_is_shown() -> None:
    parts = {path.stem for path in (TEMPLATES / "components").glob("*.html")} - ITSELF
    assert {specimen.part for specimen in SPECIMENS} == parts


def test_a_part_is_shown_in_its_states_each_by_a_name_of_its_own() -> None:
    names = Counter((specimen.part, specimen.state) for specimen in SPECIMENS)
    assert [name for name, count in names.items() if count > 1] == []
    states = Counter(specimen.part for specimen in SPECIMENS)
    assert {part for part, count in states.items() if count == 1} == ONE_STATE


def test_states_show_long_words_nothing_and_errors(gallery: str) -> None:
    assert "Arbeidsmarkedsopplæringskoordinatoransvarlig" in gallery
    assert "Ingen er med i planen ennå" in gallery
    assert "Skriv målet med egne ord" in gallery
    assert "Noen endret dette målet" in gallery


def test_the_same_part_many_times_has_ids_of_its_own_each_time(gallery: str) -> None:
    assert [one for one, count in Counter(ID.findall(gallery)).items() if count > 1] == []


def test_nobody_sees_it_where_real_people_are(db: None) -> None:
    with override_settings(DEBUG=False, DEMO_SIGN_IN=False):
        assert Client().get("/components/").status_code == 404
