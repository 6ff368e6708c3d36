"""A consent on the pages: asked, answered, kept as a receipt, recalled to mind, taken back, and told of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import people
from people import OnPlan, acting_as, on_plan
from people_and_plan import test_by_law as by_law
from people_and_plan.stand_ins import note
from people_and_plan.test_consents import asked, own_recalls
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import consents, queries
from samvirke.people.operations import record_consent
from samvirke.people.types import ConsentRow
from samvirke.plan import consents as plan_consents
from surfaces.pages_read import Page
from surfaces.test_writing_pages import visit

pytestmark = people.database
MINE = "/my-plan/consents/"


def read(client: Client, address: str) -> str:
    """A page that is there."""
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    return response.content.decode()


def sent(client: Client, address: str, **form: Any) -> str:
    """The page that follows a form."""
    return client.post(address, form, follow=True).content.decode()


def question(draft_id: UUID) -> str:
    """Where the person answers."""
    return reverse("my_question", args=[draft_id])


def link(page: str, words: str) -> str:
    """Where the page's link of these words leads."""
    (address,) = {
        one.split('"')[0] for one in page.split('href="')[1:] if f">{words}</a>" in one.split("<li")[0]
    }
    return address


def newest(viewer: Viewer, plan: OnPlan) -> ConsentRow:
    """What the person has said since the plan began."""
    return next(row for row in queries.my_consents(viewer) if row.consent_id != plan.person.consent_id)


def filled(**other: Any) -> dict[str, Any]:
    """A worker asks for work and housing with Nav, for the plan."""
    form = {
        "kinds": [str(int(DataKind.EMPLOYMENT)), str(int(DataKind.HOUSING))],
        "units": [str(people.NAV)],
        "purposes": [str(int(Purpose.COORDINATION))],
        "what_for": "no.individual_plan",
        "until": "2027-03-01",
        "form": "digital",
    }
    return form | other


class TestTheQuestion:
    def test_it_shows_what_is_there_who_could_read_it_and_what_a_no_means(self) -> None:
        plan = on_plan()
        note(plan, DataKind.HEALTH, "Sover dårlig.")
        page = read(visit(plan.person.citizen_id), question(asked(plan)))
        shown = " ".join(page.split())
        assert "<dt>Health</dt><dd>1 note" in shown
        assert "<dt>Work</dt><dd>nothing yet" in shown
        assert (
            "<strong>Nav adviser</strong><br>Name and date of birth, the plan and its goals, work, consents"
            in shown
        )
        assert "Sees it at once:</p><ul><li>Veileder 1</li>" in shown
        assert "If you say no" in shown
        assert "To work together on your plan" in shown
        assert "Sover dårlig" not in shown

    def test_nothing_is_ticked_beforehand(self) -> None:
        plan = on_plan()
        page = read(visit(plan.person.citizen_id), question(asked(plan)))
        assert page.count('type="checkbox"') == 5  # two kinds, three units
        assert "checked" not in page

    def test_a_no_is_noted_and_nothing_is_shared(self) -> None:
        plan = on_plan()
        client, address = visit(plan.person.citizen_id), question(asked(plan))
        assert "Your no is noted" in sent(client, address, step="no")
        assert "This question is over: no." in read(client, address)
        assert "waits for no answer any more" in sent(client, address, step="yes")

    def test_leaving_everything_out_is_told_and_kept(self) -> None:
        plan = on_plan()
        draft_id = asked(plan)
        ticked = [str(int(DataKind.EMPLOYMENT)), str(int(DataKind.HEALTH))]
        answer = visit(plan.person.citizen_id).post(
            question(draft_id), {"step": "yes", "without_kinds": ticked}
        )
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Nothing is left to say yes to" in page
        assert page.count("checked") == 2

    @pytest.mark.parametrize("who", ["social worker", "another citizen", "nobody"])
    def test_it_is_for_the_person_alone(self, who: str) -> None:
        plan = on_plan()
        address = question(asked(plan))
        other = on_plan(
            people.Client(
                "S-2",
                people.national_ids.make_synthetic(
                    birth_date=people.date(1994, 5, 4), sex=people.Sex.FEMALE, serial=4
                ),
            )
        )
        client = {
            "social worker": lambda: visit(people.SOCIAL_WORKER),
            "another citizen": lambda: visit(other.person.citizen_id),
            "nobody": Client,
        }[who]()
        assert client.get(address).status_code in {302, 404}
        assert client.post(address, {"step": "yes"}).status_code in {302, 404}
        with acting_as(plan.person.citizen_id) as viewer:
            assert len(consents.waiting(viewer)) == 1


def test_taking_back_takes_no_more_clicks_than_giving() -> None:
    """Counted from the page of one's consents, by the links and buttons that are there."""
    plan = on_plan()
    client = visit(plan.person.citizen_id)
    asked(plan)
    giving = 0
    page = read(client, MINE)
    address = link(page, "To work together on your plan")
    giving += 1
    (yes,) = [form for form in Page(read(client, address)).forms if ("step", "yes") in form.buttons]
    giving += 1
    receipt = client.post(address, yes.values | {"step": "yes"}, follow=True).content.decode()
    assert "Receipt for your consent" in receipt
    taking = 0
    with acting_as(plan.person.citizen_id) as viewer:
        address = reverse("withdraw_consent", args=[newest(viewer, plan).consent_id])
    assert f'href="{address}"' in read(client, MINE)
    taking += 1
    (back,) = [form for form in Page(read(client, address)).forms if form.action in {"", address}]
    taking += 1
    assert "Your consent is withdrawn" in client.post(address, back.values, follow=True).content.decode()
    assert taking <= giving == 2


def test_leaving_one_thing_out_takes_one_click_more() -> None:
    plan = on_plan()
    client, address = visit(plan.person.citizen_id), question(asked(plan))
    receipt = sent(client, address, step="yes", without_kinds=str(int(DataKind.HEALTH)))
    assert "Receipt for your consent" in receipt
    with acting_as(plan.person.citizen_id) as viewer:
        row = newest(viewer, plan)
    assert DataKind.EMPLOYMENT in row.kinds
    assert DataKind.HEALTH not in row.kinds


def test_the_receipt_says_all_of_it() -> None:
    plan = on_plan()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        consent_id = consents_noted(plan, viewer)
    shown = " ".join(read(visit(plan.person.citizen_id), reverse("my_consent", args=[consent_id])).split())
    for words in (
        "Nav Fjordvik",
        "27 February 2026",
        "Sosialkonsulent 2",
        "orally",
        "text 2026-1",
        "Individual",
    ):
        assert words in shown, words
    assert "Take this consent back" in shown


def consents_noted(plan: OnPlan, viewer: Viewer) -> UUID:
    """Said to a colleague some days ago."""
    terms = replace(
        people.terms(),
        form="oral",
        said_on=people.NOW.date() - timedelta(days=3),
        heard_by=people.SOCIAL_COLLEAGUE,
        what_for="no.individual_plan",
    )
    return plan_consents.note_yes(person_id=plan.person.person_id, terms=terms, by=viewer)


def test_what_a_rule_asks_of_a_yes_stands_beside_it_for_the_person_and_for_workers() -> None:
    plan = on_plan()
    receipt = reverse("my_consent", args=[plan.person.consent_id])
    around = reverse("plan_consents", args=[plan.plan_id])
    for who, address in ((plan.person.citizen_id, receipt), (people.SOCIAL_WORKER, around)):
        assert "On these conditions" not in read(visit(who), address)
    with acting_as(plan.person.citizen_id) as viewer:
        said = replace(people.terms(), provisions=("dk.consent",))
        consent_id = record_consent(plan.person.person_id, viewer.post_id, said)
    receipt = reverse("my_consent", args=[consent_id])
    for who, address in ((plan.person.citizen_id, receipt), (people.SOCIAL_WORKER, around)):
        page = read(visit(who), address)
        assert "It holds for this one case." in page
        assert "Only the offices it names may tell." in page


class TestTakingBack:
    def test_the_first_click_shows_what_follows_and_ends_nothing(self) -> None:
        plan = on_plan()
        client = visit(plan.person.citizen_id)
        page = read(client, reverse("withdraw_consent", args=[plan.person.consent_id]))
        shown = " ".join(page.split())
        assert "Veileder 1" in shown
        assert "Sees no more:" in shown
        assert "1 goal" in shown
        assert "The plan rests until there is a new yes" in shown
        assert visit(people.NAV_ADVISER).get(reverse("plan", args=[plan.plan_id])).status_code == 200

    def test_what_a_law_has_opened_is_told_to_stay_to_who_may_know_of_it(self, settings: Any) -> None:
        settings.DEMO_SIGN_IN = True  # with invented people a rule may be tried
        plan = on_plan()
        mine = reverse("withdraw_consent", args=[plan.person.consent_id])
        noted = reverse("note_withdrawal", args=[plan.plan_id, plan.person.consent_id])
        pages = ((plan.person.citizen_id, mine), (people.SOCIAL_WORKER, noted))
        for who, address in pages:
            assert "What stays open by law" not in read(visit(who), address)
        by_law.opened(plan)
        client = visit(plan.person.citizen_id)
        with CaptureQueriesContext(connection) as one:
            read(client, mine)
        by_law.opened(plan, by_law.asked(to_post=people.NAV_ADVISER, kinds=DataKind.EDUCATION))
        with CaptureQueriesContext(connection) as two:
            read(client, mine)
        assert len(one) == len(two)
        for who, address in pages:
            shown = " ".join(read(visit(who), address).split())
            stays = shown.split("What stays open by law")[1]
            for words in (
                "Leder for Nav Fjordvik",
                "1 April 2026",
                "Veileder 1",
                "Staff in the joint local office",
            ):
                assert words in stays, words
            assert "It rests on a law." in shown  # of who is admitted on the consent as well
        sent(client, mine)
        assert by_law.reads(plan)

    def test_the_second_click_ends_it_and_everybody_is_told(self) -> None:
        plan = on_plan()
        nav, client = visit(people.NAV_ADVISER), visit(plan.person.citizen_id)
        assert "You may no longer use this" not in read(nav, "/worklist/")
        sent(client, reverse("withdraw_consent", args=[plan.person.consent_id]))
        assert nav.get(reverse("plan", args=[plan.plan_id])).status_code == 404
        page = read(nav, "/worklist/")
        assert "You may no longer use this" in page
        assert "Kari" not in page
        receipt = reverse("my_consent", args=[plan.person.consent_id])
        assert "has not confirmed it yet" in read(client, receipt)
        (row,) = own_recalls(people.NAV_ADVISER)
        assert "It is noted" in sent(nav, reverse("acknowledge_recall", args=[row.recall_id]))
        assert "You may no longer use this" not in read(nav, "/worklist/")
        assert "Confirmed on 2 March 2026" in read(client, receipt)

    def test_a_worker_notes_that_it_is_taken_back_only_where_they_recorded_it(self) -> None:
        plan = on_plan()
        address = reverse("note_withdrawal", args=[plan.plan_id, plan.person.consent_id])
        assert visit(people.NAV_ADVISER).get(address).status_code == 404
        assert visit(people.NAV_ADVISER).post(address).status_code == 404
        worker = visit(people.SOCIAL_WORKER)
        assert "Tell the person what follows" in read(worker, address)
        assert "The consent is withdrawn" in sent(worker, address)
        assert worker.get(reverse("plan", args=[plan.plan_id])).status_code == 404


class TestAskingByAWorker:
    def test_the_question_reaches_the_person_and_can_be_taken_back(self) -> None:
        plan = on_plan()
        worker, person = visit(people.SOCIAL_WORKER), visit(plan.person.citizen_id)
        page = sent(worker, reverse("ask_consent", args=[plan.plan_id]), **filled())
        assert "waits for an answer" in page
        assert "You are asked for a consent" in read(person, "/my-plan/")
        with acting_as(plan.person.citizen_id) as viewer:
            (row,) = consents.waiting(viewer)
        back = reverse("take_back_draft", args=[plan.plan_id, row.draft_id])
        assert visit(people.NAV_ADVISER).post(back).status_code == 404
        assert "Nobody is asked any longer" in sent(worker, back)
        assert "You are asked for a consent" not in read(person, "/my-plan/")

    def test_what_was_said_is_noted_with_its_day_and_who_heard_it(self) -> None:
        plan = on_plan()
        form = filled(form="oral", said_on="2026-02-27", heard_by=str(people.SOCIAL_COLLEAGUE))
        page = sent(visit(people.SOCIAL_WORKER), reverse("ask_consent", args=[plan.plan_id]), **form)
        assert "Sosialkonsulent 2" in page
        assert "27 February 2026" in page

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"form": "oral", "said_on": "2026-03-03"}, "still to come"),
            ({"until": "2026-03-02"}, "Choose a day ahead"),
            ({"purposes": []}, "Choose at least one purpose"),
            ({"units": [str(people.SOCIAL_NORDENG)]}, "list has changed"),
        ],
        ids=["said tomorrow", "ends today", "no purpose", "an office elsewhere"],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(self, wrong: dict[str, Any], said: str) -> None:
        plan = on_plan()
        address = reverse("ask_consent", args=[plan.plan_id])
        answer = visit(people.SOCIAL_WORKER).post(address, filled(**wrong))
        assert answer.status_code == 422
        page = answer.content.decode()
        assert said in page
        assert page.count("checked") >= 2

    def test_the_consents_of_a_plan_are_for_its_team(self) -> None:
        plan = on_plan()
        address = reverse("plan_consents", args=[plan.plan_id])
        assert "What the person has said yes to" in read(visit(people.NAV_ADVISER), address)
        for who in (people.STRANGER, people.SOCIAL_COLLEAGUE, people.FOLLOW_UP_ADVISER):
            assert visit(who).get(address).status_code == 404
            assert visit(who).get(reverse("ask_consent", args=[plan.plan_id])).status_code == 404


class TestThePersonThinksOfIt:
    def test_the_preview_comes_before_the_yes(self) -> None:
        plan = on_plan()
        client = visit(plan.person.citizen_id)
        form = filled(units=[str(people.FOLLOW_UP)])
        page = client.post(reverse("share"), form, follow=True).content.decode()
        assert "You have thought of this yourself" in page
        assert "Oppfølgingstjenesten" in page
        assert (
            "Choose at least one purpose"
            in client.post(reverse("share"), filled(purposes=[])).content.decode()
        )

    def test_what_is_over_can_be_said_again(self) -> None:
        plan = on_plan()
        client = visit(plan.person.citizen_id)
        sent(client, reverse("withdraw_consent", args=[plan.person.consent_id]))
        page = sent(client, reverse("consent_again", args=[plan.person.consent_id]))
        assert page.count("You have thought of this yourself") == 3
