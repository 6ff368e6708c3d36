"""An application tells nobody where a protected person is."""

from __future__ import annotations

import pytest
from django.urls import reverse

import people
from applications.stand_ins import applied
from people import acting_as, family, on_plan
from samvirke.applications import queries
from samvirke.applications.models import Application
from samvirke.gate import queries as ask
from surfaces.test_writing_pages import visit

pytestmark = people.database


def test_the_receiver_of_a_protected_persons_application_is_not_told() -> None:
    """The same application of two persons: the Nav adviser sees the one's, and never the protected one's."""
    one, somebody = family(), on_plan()
    of_mother, of_somebody = applied(one.mother), applied(somebody)
    with acting_as(people.NAV_ADVISER) as viewer:
        assert queries.application(viewer, of_somebody).unit_name == "Koordinerende enhet"
        assert [row.application_id for row in queries.about(viewer, one.mother.person.person_id)] == []
        with pytest.raises(Application.DoesNotExist):
            queries.application(viewer, of_mother)


def test_those_who_may_know_the_place_see_it() -> None:
    one = family()
    of_mother = applied(one.mother)
    for post in (people.COORDINATOR, one.mother.person.citizen_id):
        with acting_as(post) as viewer:
            assert queries.application(viewer, of_mother).unit_name == "Koordinerende enhet"


def test_the_own_one_is_open_to_the_person_and_names_no_receiver_that_would_tell() -> None:
    """The father has applied where the mother's helpers work: it stands in his list, and he opens it."""
    one = family()
    own = applied(one.father)
    with acting_as(one.father.person.citizen_id) as viewer:
        assert ask.hidden_posts(one.father.person.person_id, [people.COORDINATOR])
        (listed,) = queries.my_applications(viewer)
        row = queries.application(viewer, own)
        (about,) = queries.about(viewer, one.father.person.person_id)
    for seen in (listed, row, about):
        assert (seen.application_id, seen.unit_name, seen.agency_name, seen.with_post) == (own, "", "", "")
    page = visit(one.father.person.citizen_id).get(reverse("my_application", args=[own]))
    assert page.status_code == 200
    assert "Coordinating unit" in page.content.decode()
    assert "Koordinerende enhet" not in page.content.decode()
