"""The pages of what agencies promise each other, and of who answers for what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

import people
from agreements.test_agreements import named, signed
from agreements.test_responsibility import divided
from people import NOW, OnPlan, acting_as, family, on_plan
from samvirke.agreements.types import Promise
from samvirke.coordination import absences
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.plan import commitments, commitments_read
from samvirke.plan import operations as planning
from samvirke.plan.commitment_types import CommitmentRow, Wanted
from samvirke.surfaces.actor import POST, PURPOSE

pytestmark = people.database
TODAY = NOW.date()
WHAT = "Nav gir tiltakspenger fra mandag."
ODD = "Čáhppes <script>alert(1)</script> 🙂"


def visit(post: UUID, purpose: Purpose = Purpose.COORDINATION) -> Client:
    """A browser that is signed in to the post."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[POST], session[PURPOSE] = str(post), int(purpose)
    session.save()
    return client


def text_of(answer: Any) -> str:
    """The page, whitespace as one."""
    return " ".join(answer.content.decode().split())


def seat(plan: OnPlan, post: UUID, *, by: UUID = people.SOCIAL_WORKER) -> str:
    """A post's place in the team, as a form names it."""
    with acting_as(by) as viewer:
        others = commitments_read.of_plan(viewer, plan.plan_id).others
        titles = {party.title: str(one) for one, party in others}
    return titles[{people.NAV_ADVISER: "Veileder 1", people.COORDINATOR: "Koordinator 1"}[post]]


def demand(plan: OnPlan, **changes: str) -> dict[str, str]:
    """What the social worker sends."""
    said = {
        "of_whom": seat(plan, people.NAV_ADVISER),
        "what": WHAT,
        "kind": str(int(DataKind.EMPLOYMENT)),
        "by_when": (TODAY + timedelta(days=9)).isoformat(),
        "in_return": "",
    }
    return {**said, **changes}


def asked(plan: OnPlan) -> UUID:
    """Nav is asked, on the page."""
    answer = visit(people.SOCIAL_WORKER).post(f"/plans/{plan.plan_id}/commitments/new/", demand(plan))
    assert answer.status_code == 302, text_of(answer)
    (row,) = rows(plan)
    return row.commitment_id


def rows(plan: OnPlan) -> tuple[CommitmentRow, ...]:
    """The plan's commitments."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        return commitments_read.of_plan(viewer, plan.plan_id).rows


class TestCommitments:
    def test_from_the_demand_to_what_came_of_it_and_what_the_person_reads(self) -> None:
        signed(response_times={Promise.ANSWER_COMMITMENT: 7})
        plan = on_plan()
        empty = text_of(visit(people.SOCIAL_WORKER).get(f"/plans/{plan.plan_id}/commitments/"))
        assert "No office has asked another for anything here." in empty
        one = f"/plans/{plan.plan_id}/commitments/{asked(plan)}/"
        nav = visit(people.NAV_ADVISER)
        assert WHAT in text_of(nav.get("/waiting/")).partition("What we wait for from others")[0]
        waiting = text_of(visit(people.SOCIAL_WORKER).get("/waiting/"))
        assert WHAT in waiting.partition("What we wait for from others")[2]
        assert nav.post(one, {"step": "answer", "is_accepted": "yes", "why": ""}).status_code == 302
        done = {"step": "outcome", "is_kept": "no", "on_day": TODAY.isoformat(), "why": "Systemet var nede."}
        assert nav.post(one, done).status_code == 302
        mine = text_of(visit(plan.person.citizen_id).get("/my-plan/commitments/"))
        for words in (WHAT, "Veileder 1", "Not kept", "Systemet var nede.", "the agreement says 7 days"):
            assert words in mine
        assert "No other office waits for something from yours." in text_of(nav.get("/waiting/"))

    def test_a_counter_demand_and_its_yes(self) -> None:
        plan = on_plan()
        one = f"/plans/{plan.plan_id}/commitments/{asked(plan)}/"
        back = {
            "step": "counter",
            "what": "Støttekontakt",
            "kind": str(int(DataKind.PLAN)),
            "by_when": TODAY.isoformat(),
        }
        assert visit(people.NAV_ADVISER).post(one, back).status_code == 302
        second = next(row for row in rows(plan) if row.is_counter)
        page = text_of(visit(people.SOCIAL_WORKER).get(f"/plans/{plan.plan_id}/commitments/"))
        assert "Demanded in return for</span> " + WHAT in page
        address = f"/plans/{plan.plan_id}/commitments/{second.commitment_id}/"
        yes = visit(people.SOCIAL_WORKER).post(address, {"step": "answer", "is_accepted": "yes", "why": ""})
        assert yes.status_code == 302
        assert {row.status for row in rows(plan)} == {"accepted"}

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"what": ""}, "Write what you ask for."),
            ({"what": "a" * 20_000}, "The text is too long."),
            ({"by_when": "2026-03-01"}, "Choose today or a day ahead."),
            ({"by_when": "<script>"}, "Write the date as year-month-day"),
            ({"of_whom": str(people.STRANGER)}, "The list has changed since you opened the page."),
            ({"kind": str(int(DataKind.HOUSING))}, "They may not read about this."),
            ({"kind": str(int(DataKind.HEALTH))}, "The list has changed since you opened the page."),
        ],
    )
    def test_what_cannot_be_asked_is_told_and_the_rest_kept(self, changes: dict[str, str], says: str) -> None:
        plan = on_plan()
        said = demand(plan, in_return="Vi tar husleia.") | changes
        answer = visit(people.SOCIAL_WORKER).post(f"/plans/{plan.plan_id}/commitments/new/", said)
        assert answer.status_code == 422
        assert says in text_of(answer)
        assert "Vi tar husleia." in text_of(answer)
        assert rows(plan) == ()

    def test_odd_letters_are_kept_as_they_were_typed(self) -> None:
        plan = on_plan()
        address = f"/plans/{plan.plan_id}/commitments/new/"
        assert visit(people.SOCIAL_WORKER).post(address, demand(plan, what=ODD)).status_code == 302
        (row,) = rows(plan)
        assert row.what == ODD
        page = visit(people.NAV_ADVISER).get(f"/plans/{plan.plan_id}/commitments/").content.decode()
        assert "<script>alert" not in page
        assert "Čáhppes" in page

    @pytest.mark.parametrize(
        ("sent", "says"),
        [
            ({"step": "answer", "is_accepted": "", "why": "Kanskje"}, "Choose what you answer."),
            ({"step": "answer", "is_accepted": "no", "why": ""}, "Write why not."),
            (
                {"step": "counter", "what": "", "kind": "4", "by_when": "2026-03-09"},
                "Write what you ask for.",
            ),
            ({"step": "counter", "what": "A", "kind": "4", "by_when": "2026-03-01"}, "Choose today or a day"),
        ],
    )
    def test_an_answer_that_lacks_something(self, sent: dict[str, str], says: str) -> None:
        plan = on_plan()
        one = asked(plan)
        answer = visit(people.NAV_ADVISER).post(f"/plans/{plan.plan_id}/commitments/{one}/", sent)
        assert answer.status_code == 422
        assert says in text_of(answer)
        assert rows(plan)[0].status == "asked"

    def test_an_outcome_without_a_reason_or_on_a_day_to_come(self) -> None:
        plan = on_plan()
        one = f"/plans/{plan.plan_id}/commitments/{asked(plan)}/"
        nav = visit(people.NAV_ADVISER)
        nav.post(one, {"step": "answer", "is_accepted": "yes"})
        for changes, says in (
            ({"is_kept": "no"}, "Write why it was not kept."),
            ({"on_day": "2026-03-09"}, "Choose a day between the one it was asked for and today."),
        ):
            sent = {"step": "outcome", "is_kept": "yes", "on_day": TODAY.isoformat()} | changes
            answer = nav.post(one, sent)
            assert answer.status_code == 422
            assert says in text_of(answer)

    def test_answered_twice_the_second_time_it_is_told(self) -> None:
        plan = on_plan()
        one = f"/plans/{plan.plan_id}/commitments/{asked(plan)}/"
        nav, yes = visit(people.NAV_ADVISER), {"step": "answer", "is_accepted": "yes"}
        nav.post(one, yes)
        again = text_of(nav.post(one, yes, follow=True))
        assert "The commitment has changed since you opened the page." in again
        assert [step.status for step in rows(plan)[0].steps] == ["accepted"]

    @pytest.mark.parametrize("who", [people.SOCIAL_WORKER, people.COORDINATOR])
    def test_others_have_no_form_to_answer_with(self, who: UUID) -> None:
        plan = on_plan()
        one = f"/plans/{plan.plan_id}/commitments/{asked(plan)}/"
        assert "Send the answer" not in text_of(visit(who).get(one))
        visit(who).post(one, {"step": "answer", "is_accepted": "yes"})
        assert rows(plan)[0].status == "asked"

    @pytest.mark.parametrize("who", [people.STRANGER, people.SOCIAL_COLLEAGUE, people.FOLLOW_UP_ADVISER])
    def test_strangers_meet_no_such_page(self, who: UUID) -> None:
        plan = on_plan()
        one = asked(plan)
        for rest in ("", "new/", f"{one}/"):
            address = f"/plans/{plan.plan_id}/commitments/{rest}"
            assert visit(people.SOCIAL_WORKER).get(address).status_code == 200
            assert visit(who).get(address).status_code == 404
            assert visit(plan.person.citizen_id).get(address).status_code == 404

    def test_a_citizen_without_a_plan_and_one_with_nothing_promised(self) -> None:
        person = people.said_yes()
        assert visit(person.citizen_id).get("/my-plan/commitments/").status_code == 404

    def test_nothing_promised_yet(self) -> None:
        plan = on_plan()
        page = text_of(visit(plan.person.citizen_id).get("/my-plan/commitments/"))
        assert "The offices have not asked each other for anything yet." in page

    def test_the_other_parent_reads_nothing_of_the_protected_mother_s(self) -> None:
        here = family()
        with acting_as(people.COORDINATOR) as viewer:
            commitments.ask_for(
                plan_id=here.plan_id,
                wanted=Wanted(DataKind.PLAN, WHAT, TODAY),
                of_post=people.SOCIAL_WORKER,
                by=viewer,
            )
        assert WHAT not in text_of(visit(here.father.person.citizen_id).get("/my-plan/commitments/"))
        assert WHAT in text_of(visit(here.mother.person.citizen_id).get("/my-plan/commitments/"))


class TestWhoAnswersForWhat:
    def test_a_worker_reads_it_from_the_plan(self) -> None:
        divided()
        named()
        plan = on_plan()
        address = f"/plans/{plan.plan_id}/responsibility/"
        assert address in text_of(visit(people.NAV_ADVISER).get(f"/plans/{plan.plan_id}/"))
        page = text_of(visit(people.SOCIAL_WORKER).get(address))
        for words in ("Work and practice", "Ask Veileder 1", "Nobody answers for it", "does not show that"):
            assert words in page
        assert "Say who answers for what" not in page
        for who in (people.STRANGER, plan.person.citizen_id):
            assert visit(who).get(address).status_code == 404

    def test_while_the_contact_person_is_away_the_deputy_is_asked(self) -> None:
        divided()
        named()
        plan = on_plan()
        with acting_as(people.NAV_ADVISER) as viewer:
            absences.say_absence(
                post_id=people.NAV_ADVISER, away_from=TODAY, back_on=TODAY + timedelta(days=9), by=viewer
            )
        page = text_of(visit(people.SOCIAL_WORKER).get(f"/plans/{plan.plan_id}/responsibility/"))
        assert "while Veileder 1 is away" in page

    def test_nothing_in_force_is_a_warning(self) -> None:
        plan = on_plan()
        page = text_of(visit(people.SOCIAL_WORKER).get(f"/plans/{plan.plan_id}/responsibility/"))
        assert "No agreement is in force here" in page
        assert "There are no numbers yet that you may see." in page

    def test_what_was_kept_stands_beside_it(self) -> None:
        divided(response_times={Promise.ANSWER_COMMITMENT: 7})
        plan = on_plan()
        nav = visit(people.NAV_ADVISER)
        nav.post(
            f"/plans/{plan.plan_id}/commitments/{asked(plan)}/", {"step": "answer", "is_accepted": "yes"}
        )
        page = text_of(nav.get(f"/plans/{plan.plan_id}/responsibility/"))
        assert "1 of 1" in page
        assert "<dt>Answered</dt><dd>1</dd>" in page

    def test_a_leader_divides_anew_and_compares_the_versions(self) -> None:
        one = divided()
        leader = visit(people.NAV_LEADER)
        assert f"/agreements/{one}/responsibility/" in text_of(leader.get("/responsibility/"))
        said = {
            "seen_version": "1",
            "signed_on": TODAY.isoformat(),
            "valid_from": TODAY.isoformat(),
            "next_check_on": "2026-12-01",
            "economy": str(people.NAV),
            "economy_deputy": str(people.SOCIAL),
        }
        assert leader.post(f"/agreements/{one}/responsibility/", said).status_code == 302
        compared = text_of(leader.get(f"/agreements/{one}/versions/"))
        assert "From version 1 to version 2" in compared
        assert "Economy" in compared
        stale = leader.post(f"/agreements/{one}/responsibility/", said)
        assert stale.status_code == 422
        assert "Somebody saved version 2 meanwhile." in text_of(stale)

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"economy_deputy": str(people.NAV)}, "Who steps in is another party than who answers."),
            ({"economy": ""}, "Choose who answers for it, before who steps in."),
            ({"economy": str(people.COORDINATING)}, "The list has changed since you opened the page."),
            ({"next_check_on": TODAY.isoformat()}, "The check comes too early."),
            ({"review_on": TODAY.isoformat()}, "It comes too early."),
            ({"signed_on": ""}, "Write the day it was signed."),
        ],
    )
    def test_what_cannot_be_divided_is_told(self, changes: dict[str, str], says: str) -> None:
        one = divided()
        said = {
            "seen_version": "1",
            "signed_on": TODAY.isoformat(),
            "valid_from": TODAY.isoformat(),
            "next_check_on": "2026-12-01",
            "economy": str(people.NAV),
            "economy_deputy": str(people.SOCIAL),
        }
        answer = visit(people.NAV_LEADER).post(f"/agreements/{one}/responsibility/", said | changes)
        assert answer.status_code == 422
        assert says in text_of(answer)

    def test_an_agreement_that_ends_before_is_renewed_first(self) -> None:
        one = divided(valid_until=TODAY)
        said = {
            "seen_version": "1",
            "signed_on": TODAY.isoformat(),
            "valid_from": (TODAY + timedelta(days=1)).isoformat(),
            "next_check_on": "2026-12-01",
        }
        answer = visit(people.NAV_LEADER).post(f"/agreements/{one}/responsibility/", said)
        assert "The agreement ends before that day." in text_of(answer)

    def test_the_renewed_agreement_keeps_who_answers(self) -> None:
        one = divided()
        said = {
            "seen_version": "1",
            "title": "Ny avtale",
            "parties": [str(people.NAV), str(people.COORDINATING)],
            "signed_on": TODAY.isoformat(),
            "valid_from": TODAY.isoformat(),
            "next_check_on": "2026-12-01",
        }
        assert visit(people.NAV_LEADER).post(f"/agreements/{one}/renew/", said).status_code == 302
        shown = text_of(visit(people.NAV_LEADER).get("/responsibility/"))
        assert "Nobody answers for it" in shown.partition("Economy")[2].partition("Health")[0]
        assert "Nav" in shown.partition("Work and practice")[2].partition("</dd>")[0]

    def test_the_pages_are_for_leaders(self) -> None:
        one = divided()
        addresses = (
            "/responsibility/",
            f"/agreements/{one}/responsibility/",
            f"/agreements/{one}/versions/",
        )
        for address in addresses:
            for who in (people.NAV_LEADER, people.SOCIAL_LEADER):
                assert visit(who).get(address).status_code == 200
            assert visit(people.NAV_ADVISER).get(address).status_code == 404
            leads_all = visit(people.PARTNERSHIP_LEADER, Purpose.STATISTICS)
            assert leads_all.get(address).status_code == 200
        for address in addresses[1:]:
            assert visit(people.STRANGER_LEADER).get(address).status_code == 404

    def test_one_version_has_nothing_to_be_compared_with(self) -> None:
        one = divided()
        page = text_of(visit(people.NAV_LEADER).get(f"/agreements/{one}/versions/"))
        assert "There is one version, and nothing to compare it with." in page


class TestTheActionForm:
    def test_says_who_is_named_and_lets_another_be_chosen(self) -> None:
        divided()
        plan = on_plan()
        address = f"/plans/{plan.plan_id}/actions/new/"
        coordinator = visit(people.COORDINATOR)
        assert "By the agreement in force. You may choose another." in text_of(coordinator.get(address))
        with acting_as(people.COORDINATOR) as viewer:
            goal = planning.set_goal(
                plan_id=plan.plan_id,
                life_domain="employment",
                own_words="Jobb",
                target="",
                by_when=None,
                by=viewer,
            )
        said = {
            "goal_id": str(goal),
            "what": "Søke",
            "kind": str(int(DataKind.EMPLOYMENT)),
            "priority": "normal",
        }
        chosen = seat(plan, people.COORDINATOR)
        told = text_of(coordinator.post(address, said | {"member_id": chosen}, follow=True))
        assert "answers for this. You chose another, and that holds." in told
        nav = seat(plan, people.NAV_ADVISER)
        as_named = text_of(coordinator.post(address, said | {"member_id": nav}, follow=True))
        assert "You chose another" not in as_named
