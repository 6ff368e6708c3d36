"""An application tells nobody where a protected person is."""

from __future__ import annotations

import pytest

import people
from applications.stand_ins import applied
from people import acting_as, family, on_plan
from samvirke.applications import queries
from samvirke.applications.models import Application
from samvirke.gate.types import Refused

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


def test_near_a_protected_place_one_opens_what_one_has_applied_for_oneself() -> None:
    one = family()
    of_father, of_mother = applied(one.father), applied(one.mother)
    with acting_as(one.father.person.citizen_id) as viewer:
        (row,) = queries.my_applications(viewer)
        assert queries.application(viewer, of_father) == row
        assert (row.unit_name, row.with_post) == ("Koordinerende enhet", "")
        with pytest.raises((Refused, Application.DoesNotExist)):
            queries.application(viewer, of_mother)
