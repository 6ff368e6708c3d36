"""Who can do what: each field with its offices, what is applied for there, and when it may tell."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

import people
from people import acting_as
from samvirke.kernel.codes import AgencyKind, Country
from samvirke.statutes import queries as statutes
from samvirke.surfaces.components.field_cards import FieldCard, cards
from surfaces.test_writing_pages import visit

pytestmark = people.database


def card(kind: AgencyKind, who: people.UUID = people.NAV_ADVISER) -> FieldCard:
    """One field, as somebody sees it."""
    with acting_as(who) as viewer:
        return next(one for one in cards(viewer) if one.kind is kind)


def test_each_office_here_stands_with_what_it_offers_and_whom_to_ask() -> None:
    (nav,) = card(AgencyKind.NAV_STATE, people.SOCIAL_WORKER).units
    assert nav.unit.name == "Nav Fjordvik"
    assert {one.name for one in nav.offers} == {"Arbeidspraksis", "Kurs i butikk"}
    assert nav.contacts == ()
    social = card(AgencyKind.SOCIAL_SERVICE).units
    assert [one.unit.name for one in social] == ["Sosialtjenesten i Fjordvik"]  # not that of Nordeng


def test_the_rules_are_those_of_the_pack_and_nothing_from_memory() -> None:
    found = card(AgencyKind.COORDINATING_UNIT)
    assert {one.label for one in found.rights} == {
        one.label for one in statutes.rights(Country.NORWAY) if found.kind in one.agency_kinds
    }
    assert found.secrecy == ()  # what the pack has of it stands from memory
    assert card(AgencyKind.SOCIAL_SERVICE).secrecy[0].citation == ""
    assert found.tasks
    assert card(AgencyKind.NAV_STATE).tasks == ()
    bases = statutes.disclosure_bases(Country.NORWAY, on=date(2026, 3, 2))
    known = {one.label for one in bases if one.is_usable and found.kind in one.givers}
    assert {one.label for one in found.telling} == known
    assert any(one.needs_consent and AgencyKind.NAV_STATE in one.receivers for one in found.telling)


@pytest.mark.parametrize("asked", ["", "?field=weather", "?field="])
def test_without_a_field_one_chooses(asked: str) -> None:
    text = visit(people.SOCIAL_WORKER).get(reverse("fields") + asked).content.decode()
    assert "Choose a field." in text


def test_the_page_says_what_was_not_compared_with_the_law() -> None:
    client = visit(people.SOCIAL_WORKER)
    assert reverse("fields") in client.get(reverse("worklist")).content.decode()
    text = client.get(reverse("fields"), {"field": "nav_state"}).content.decode()
    for words in (
        "Nav Fjordvik",
        "Kurs i butikk",
        "Not yet compared with the law’s own text.",
        "No contact person is named",
    ):
        assert words in text
    assert visit(people.EVALUATOR).get(reverse("fields")).status_code in {302, 404}
