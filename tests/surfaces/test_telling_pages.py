"""A worker who knows a protected place lets a colleague know it; and a child's guardians are asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

import people
from gate.test_guardians import adult
from people import Family, OnPlan, acting_as, family
from people_and_plan.test_guardian_answers import both, given, says
from people_and_plan.test_levels import living_in, protect, told
from samvirke.gate.types import Refused
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import answering, consents, guardians, places
from samvirke.people import queries as people_queries
from samvirke.people.models import ConsentDraft
from samvirke.plan import operations as plan
from surfaces.test_consent_pages import filled, read, sent
from surfaces.test_writing_pages import visit

pytestmark = people.database


def protected(level: str = "no.confidential", country: Country = Country.NORWAY) -> OnPlan:
    """Somebody whose place the coordinator knows; a social worker and a Nav adviser are around them too."""
    one = living_in(country, people.on_plan())
    protect(one, level)
    told(one, people.COORDINATOR, by=one.person.citizen_id)
    with acting_as(people.COORDINATION_LEADER) as viewer:
        plan.add_members(
            plan_id=one.plan_id,
            post_ids=[people.OTHER_COORDINATOR],
            consent_id=one.person.consent_id,
            by=viewer,
        )
    return one


def page_of(one: OnPlan) -> str:
    """Where it is told."""
    return reverse("tell_place", args=[one.plan_id, one.person.person_id])


def tells(to: UUID, **more: Any) -> dict[str, Any]:
    """The form."""
    return {"step": "tell", "post_id": str(to), "form": "oral"} | more


def knows(post: UUID, one: OnPlan) -> bool:
    """Whether a post reads the place."""
    with acting_as(post) as viewer:
        try:
            return places.whereabouts(viewer, one.person.person_id) is not None
        except Refused:
            return False


class TestTellingAColleague:
    def test_it_is_told_seen_by_the_person_and_ended_on_the_same_page(self) -> None:
        one = protected("no.strictly_confidential")
        browser, person = visit(people.COORDINATOR), visit(one.person.citizen_id)
        assert f'href="{page_of(one)}"' in read(browser, reverse("plan_places", args=[one.plan_id]))
        page = read(browser, page_of(one))
        assert "You have told nobody" in page
        assert "Koordinator 2, Koordinerende enhet" in page
        assert not knows(people.OTHER_COORDINATOR, one)
        page = sent(browser, page_of(one), **tells(people.OTHER_COORDINATOR))
        assert "It is told" in page
        assert "Until 2 March 2027" in page
        assert knows(people.OTHER_COORDINATOR, one)
        assert "Koordinator 2" in read(person, "/my-plan/place/")
        assert "protected address" in read(person, "/my-plan/consents/").lower()
        assert "Koordinator 1" in read(person, "/my-plan/seen/")
        with acting_as(people.COORDINATOR) as viewer:
            (row,) = places.may_be_told(viewer, one.person.person_id).told
        assert "no longer sees the place" in sent(
            browser, page_of(one), step="end", consent=str(row.consent_id)
        )
        assert not knows(people.OTHER_COORDINATOR, one)
        assert knows(people.COORDINATOR, one)
        assert "It has ended already" in sent(browser, page_of(one), step="end", consent=str(row.consent_id))

    def test_whom_the_level_bars_is_not_offered_and_why_is_said(self) -> None:
        one = protected("no.strictly_confidential")
        browser = visit(people.COORDINATOR)
        page = read(browser, page_of(one))
        offered, _, barred = page.partition("Those you may not tell")
        assert "Sosialkonsulent 1" not in offered
        assert "Sosialkonsulent 1, Sosialtjenesten i Fjordvik" in barred
        assert "to named staff of your own unit" in barred
        assert "Not yet compared with the law" in barred
        answer = browser.post(page_of(one), tells(people.SOCIAL_WORKER))
        assert answer.status_code == 422
        assert not knows(people.SOCIAL_WORKER, one)

    def test_another_authority_is_told_where_the_level_lets_it_on_the_rule_of_every_consent(self) -> None:
        one = protected("no.confidential")
        browser = visit(people.COORDINATOR)
        assert "Those you may not tell" not in read(browser, page_of(one))
        assert "It is told" in sent(browser, page_of(one), **tells(people.SOCIAL_WORKER, form="written"))
        assert knows(people.SOCIAL_WORKER, one)
        with acting_as(one.person.citizen_id) as viewer:
            (row,) = [row for row in people_queries.my_consents(viewer) if row.form == "written"]
        assert row.provisions == ("no.consent_individual_plan",)
        assert DataKind.PROTECTED_LOCATION in row.kinds

    def test_a_warning_asks_for_an_assessment_each_time(self) -> None:
        one = protected("se.confidentiality_marking", Country.SWEDEN)
        browser = visit(people.COORDINATOR)
        answer = browser.post(page_of(one), tells(people.OTHER_COORDINATOR))
        assert answer.status_code == 422
        assert "somebody must assess" in answer.content.decode()
        assert not knows(people.OTHER_COORDINATOR, one)
        assert "It is told" in sent(
            browser, page_of(one), **tells(people.OTHER_COORDINATOR, is_assessed="yes")
        )
        assert knows(people.OTHER_COORDINATOR, one)

    @pytest.mark.parametrize("wrong", [{"post_id": ""}, {"form": ""}, {"post_id": str(people.STRANGER)}])
    def test_what_is_missing_is_said_and_nothing_is_told(self, wrong: dict[str, str]) -> None:
        one = protected()
        answer = visit(people.COORDINATOR).post(page_of(one), tells(people.OTHER_COORDINATOR) | wrong)
        assert answer.status_code == 422
        assert "ds-error-summary" in answer.content.decode()
        assert not knows(people.OTHER_COORDINATOR, one)

    def test_whoever_does_not_know_finds_no_page(self) -> None:
        one = protected()
        for who in (people.SOCIAL_WORKER, people.NAV_ADVISER, people.STRANGER, people.COORDINATION_LEADER):
            for answer in (visit(who).get(page_of(one)), visit(who).post(page_of(one), tells(who))):
                assert answer.status_code == 404
        open_place = people.on_plan(people.Client("S-4", _number(4)))
        assert visit(people.COORDINATOR).get(page_of(open_place)).status_code == 404

    def test_one_s_own_telling_alone_is_ended_here(self) -> None:
        one = protected()
        told(one, people.OTHER_COORDINATOR, by=one.person.citizen_id)
        page = read(visit(people.COORDINATOR), page_of(one))
        assert "You have told nobody" in page
        assert page.index("Koordinator 2") > page.index("Others who know")
        with acting_as(one.person.citizen_id) as viewer:
            hers = [row.consent_id for row in people_queries.my_consents(viewer)]
        for consent_id in hers:
            sent(visit(people.COORDINATOR), page_of(one), step="end", consent=str(consent_id))
        assert knows(people.OTHER_COORDINATOR, one)

    def test_of_a_child_it_takes_the_yes_of_those_who_must_give_it(self) -> None:
        one = family()
        _protect_the_child(one)
        address = reverse("tell_place", args=[one.plan_id, one.child.person_id])
        answer = visit(people.COORDINATOR).post(address, tells(people.SOCIAL_WORKER, view="agrees"))
        assert answer.status_code == 422
        assert "say yes to this together" in answer.content.decode()
        with acting_as(people.COORDINATOR) as viewer, pytest.raises(answering.OneYesIsNotEnough):
            places.tell_post(person_id=one.child.person_id, post_id=people.SOCIAL_WORKER, by=viewer)
        people.mother_answers_alone(one)
        assert "It is told" in sent(
            visit(people.COORDINATOR), address, **tells(people.SOCIAL_WORKER, view="agrees")
        )


def _protect_the_child(one: Family) -> None:
    with acting_as(one.mother.person.citizen_id) as viewer:
        places.state_whereabouts(
            person_id=one.child.person_id,
            level="no.confidential",
            places=people.CANARIES,
            expires_on=people.date(2026, 9, 1),
            by=viewer,
        )
        places.tell_post(person_id=one.child.person_id, post_id=people.COORDINATOR, by=viewer)


def _number(serial: int) -> str:
    return people.national_ids.make_synthetic(
        birth_date=people.date(1994, 5, 4), sex=people.Sex.FEMALE, serial=serial
    )


class TestAChildInTheFamilysPlanAlone:
    def _asks(self, one: Family, **more: Any) -> dict[str, Any]:
        form = filled(
            kinds=[str(int(DataKind.EDUCATION))],
            what_for="common_plan",
            view="agrees",
            purposes=[str(int(Purpose.COORDINATION))],
        )
        return form | more

    def _about(self, one: Family) -> list[ConsentDraft]:
        with acting_as(people.SOCIAL_WORKER):
            return list(ConsentDraft.objects.filter(subject_id=one.child.person_id))

    def test_the_guardians_are_asked_answer_and_it_opens(self) -> None:
        one = family()
        child, (mother, father) = one.child.person_id, both(one)
        browser, address = visit(people.SOCIAL_WORKER), reverse("ask_guardians", args=[child])
        around = reverse("person_guardians", args=[child])
        assert f'href="{around}"' in read(browser, reverse("plan", args=[one.plan_id]))
        assert f'href="{address}"' in read(browser, around)
        assert "Liv" in read(browser, address)
        page = sent(browser, address, **self._asks(one))
        assert "Ola: no answer yet" in page
        (draft,) = self._about(one)
        assert draft.asks_guardians
        assert given(one.child) == 1
        assert not says(mother, draft.id)
        assert says(father, draft.id)
        assert given(one.child) == 2

    def test_who_asked_takes_it_back(self) -> None:
        one = family()
        browser = visit(people.SOCIAL_WORKER)
        sent(browser, reverse("ask_guardians", args=[one.child.person_id]), **self._asks(one))
        (draft,) = self._about(one)
        back = reverse("take_back_from_guardians", args=[one.child.person_id, draft.id])
        assert visit(people.COORDINATOR).post(back).status_code == 404
        assert f'action="{back}"' in read(browser, reverse("person_guardians", args=[one.child.person_id]))
        assert "Nobody is asked any longer" in sent(browser, back)
        with pytest.raises(consents.NotWaiting):
            says(both(one)[0], draft.id)

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"kinds": []}, "Choose at least one thing"),
            ({"view": ""}, "Ask the child first"),
            ({"until": "2026-01-01"}, "Choose a day ahead"),
        ],
    )
    def test_what_is_missing_is_said_and_nobody_is_asked(self, wrong: dict[str, Any], said: str) -> None:
        one = family()
        _is_heard(one)
        answer = visit(people.SOCIAL_WORKER).post(
            reverse("ask_guardians", args=[one.child.person_id]), self._asks(one, **wrong)
        )
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert self._about(one) == []

    def test_it_is_for_those_around_the_child_and_about_somebody_others_act_for(self) -> None:
        one = family()
        address = reverse("ask_guardians", args=[one.child.person_id])
        for who in (people.STRANGER, people.NAV_ADVISER, both(one)[0], one.child.citizen_id):
            assert visit(who).get(address).status_code == 404
            assert visit(who).post(address, self._asks(one)).status_code == 404
        assert self._about(one) == []
        alone = people.said_yes(people.Client("S-4", _number(4)))
        browser = visit(people.SOCIAL_WORKER)
        assert browser.get(reverse("ask_guardians", args=[alone.person_id])).status_code == 404

    def test_with_a_plan_of_their_own_they_are_asked_from_there(self) -> None:
        grown = adult()
        answer = visit(people.SOCIAL_WORKER).get(reverse("ask_guardians", args=[grown.person.person_id]))
        assert answer.headers["Location"] == reverse("ask_consent", args=[grown.plan_id])


def _is_heard(one: Family) -> None:
    """The child is of an age at which it is heard."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert answering.is_to_be_heard(viewer, one.child.person_id)
        assert guardians.acting_now(one.child.person_id, viewer.now)
