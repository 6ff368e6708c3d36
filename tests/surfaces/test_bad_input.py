"""What nobody should send is refused in words, nothing is written, and the log says that it was tried."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

import people
from gate.conftest import committed
from gate.scratch import connect, later
from gate.test_what_the_log_tells import consent_for
from people import acting_as, on_plan
from people_and_plan.test_consents import asked
from samvirke.gate import audit
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import guardians, log
from samvirke.people.operations import record_consent
from samvirke.surfaces.actor import POST, PURPOSE
from surfaces.test_consent_pages import filled
from surfaces.test_running import lines, listening
from surfaces.test_writing_pages import visit

__all__ = ["committed"]

NO_MEMBERSHIP, UNREADABLE = "no_membership", "unreadable_session"
NOT_DONE = "not_done"
WORKER = str(people.SOCIAL_WORKER)
FULL_WIDTH = WORKER.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
WRITTEN = """
SELECT (SELECT count(*) FROM people_consentdraft), (SELECT count(*) FROM gate_consent),
  (SELECT count(*) FROM gate_grant), (SELECT count(*) FROM gate_lift), (SELECT count(*) FROM people_person),
  (SELECT count(*) FROM events_fact)
"""
HERE = int(Purpose.COORDINATION)
# What a session says, and why nobody enters by it.
SESSIONS: Mapping[str, tuple[object, object, str]] = {
    "unknown": (str(uuid4()), HERE, NO_MEMBERSHIP),
    "another purpose": (WORKER, int(Purpose.EVALUATION), NO_MEMBERSHIP),
    "malformed": ("nobody", HERE, UNREADABLE),
    "empty": ("", HERE, UNREADABLE),
    "with NUL": (f"{WORKER}\0", HERE, UNREADABLE),
    "a number": (7, HERE, UNREADABLE),
    "digits of full width": (FULL_WIDTH, HERE, UNREADABLE),
    "a Cyrillic letter": (WORKER.replace("a", "\N{CYRILLIC SMALL LETTER A}"), HERE, UNREADABLE),
    "missing": (None, HERE, UNREADABLE),
    "no purpose": (WORKER, None, UNREADABLE),
    "an empty purpose": (WORKER, "", UNREADABLE),
    "no single purpose": (WORKER, 0, UNREADABLE),
    "two purposes": (WORKER, 3, UNREADABLE),
    "an unknown purpose": (WORKER, 4096, UNREADABLE),
    "a purpose too large to be kept": (WORKER, 2**40, UNREADABLE),
    "a purpose in words": (WORKER, "coordination", UNREADABLE),
}


def browser(post: object, purpose: object) -> Client:
    """A session that says this."""
    client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    session = client.session
    session[POST], session[PURPOSE] = post, purpose
    session.save()
    return client


class TestWhoEnters:
    pytestmark = people.database

    @pytest.mark.parametrize("which", SESSIONS)
    def test_is_told_why_not_and_what_next_and_it_is_noted_without_who(self, which: str) -> None:
        post, purpose, code = SESSIONS[which]
        client = browser(post, purpose)
        with listening() as heard:
            answer = client.get(reverse("worklist"))
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("sign_in"))
        (event,) = [line for line in lines(heard) if line["logger"] == "samvirke.session"]
        assert (event["event"], event["code"], event["level"]) == ("not_entered", code, "warning")
        assert event["request"] in {line["request"] for line in lines(heard) if line["event"] == "request"}
        assert WORKER not in heard.getvalue()
        page = client.get(reverse("sign_in")).content.decode()
        assert "You have been signed out" in page
        assert "Sign in again" in page
        assert "You have been signed out" not in client.get(reverse("sign_in")).content.decode()
        assert POST not in client.session

    def test_a_good_session_enters(self) -> None:
        with listening() as heard:
            assert browser(WORKER, HERE).get(reverse("worklist")).status_code == 200
        assert [line for line in lines(heard) if line["logger"] == "samvirke.session"] == []

    def test_nobody_signed_in_is_not_told_that_they_were_signed_out(self) -> None:
        client = Client(headers={"accept-language": "en"})
        assert client.get(reverse("worklist")).status_code == 302
        assert "You have been signed out" not in client.get(reverse("sign_in")).content.decode()


def log_since(name: str, head: audit.Lane | None) -> list[tuple[object, ...]]:
    """Subject, verbs, kinds shown and outcome of what was written to the access log since."""
    now = audit.head()
    assert now is not None
    with connect("backup", name) as link:
        return link.execute(
            "SELECT subject_id, verb, kinds <> 0, outcome FROM gate_accessentry WHERE lane = %s AND seq > %s",
            [now.id, head.seq if head else 0],
        ).fetchall()


def written(name: str) -> list[tuple[object, ...]]:
    """How much there is of all that these forms could write."""
    with connect("backup", name) as link:
        return link.execute(WRITTEN).fetchall()


def test_an_id_in_an_address_is_written_in_one_way_alone(committed: str) -> None:
    plan = on_plan()
    client, good = visit(people.SOCIAL_WORKER), str(plan.plan_id)
    assert client.get(reverse("plan", args=[plan.plan_id])).status_code == 200
    look_alikes = (
        good.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
        good.replace(next(one for one in good if one in "abcdef"), "\N{CYRILLIC SMALL LETTER A}"),
        f"{good}%00",
        f"%7B{good}%7D",
        good.upper(),
        good.replace("-", ""),
        "nobody",
    )
    for asked_for in look_alikes:
        head = audit.head()
        answer = client.get(f"/plans/{asked_for}/")
        assert answer.status_code == 404
        assert log_since(committed, head) == [(audit.NOBODY, "gate.open_address", False, audit.NOT_SHOWN)]


def emergency(**other: Any) -> dict[str, Any]:
    """A worker opens housing for a while."""
    good = {
        "kinds": [str(int(DataKind.HOUSING))],
        "hours": "8",
        "reason": "Hun er funnet bevisstløs, og legen spør.",
    }
    return good | other


def shared(**other: Any) -> dict[str, Any]:
    """The person lets Nav and the social service share something."""
    good = {
        "kinds": [str(int(DataKind.EMPLOYMENT))],
        "units": [str(people.SOCIAL), str(people.NAV)],
        "purposes": [str(HERE)],
        "until": "2027-03-01",
    }
    return good | other


def said_yes(**other: Any) -> dict[str, Any]:
    """A client has said yes."""
    good = {
        "step": "yes",
        "given_name": "Kari",
        "family_name": "Eksempel",
        "kinds": [str(int(DataKind.EMPLOYMENT))],
        "units": [str(people.NAV)],
        "form": "oral",
        "until": "2027-03-01",
    }
    return good | other


NOTED = filled(form="oral")
REASONS = {
    "nothing": ({"reason": ""}, "Write what has happened."),
    "9 characters": ({"reason": "Ni tegn nå"[:9]}, "at least 10 characters"),
    "256 characters": ({"reason": "x" * 256}, "at most 255 characters"),
    "NUL": ({"reason": "Bevisstløs i dag\0"}, "Null characters are not allowed"),
    "no kind": ({"kinds": []}, "Choose at least one thing"),
}
TERMS: dict[str, tuple[dict[str, Any], str]] = {
    "no kind": ({"kinds": []}, "Choose at least one thing"),
    "an unknown kind": ({"kinds": ["4194304"]}, "The list has changed"),
    "a look-alike of a kind": ({"kinds": ["\N{FULLWIDTH DIGIT FOUR}"]}, "The list has changed"),
    "who has seen what": ({"kinds": [str(int(DataKind.ACCESS_LOG))]}, "The list has changed"),
    "no office": ({"units": []}, "Choose at least one office"),
    "an unknown office": ({"units": [str(uuid4())]}, "The list has changed"),
    "no purpose": ({"purposes": []}, "Choose at least one purpose"),
    "an unknown purpose": ({"purposes": ["16"]}, "The list has changed"),
    "it ends before it begins": ({"until": "2026-03-01"}, "Choose a day ahead"),
    "no day": ({"until": "2027-02-31"}, "Write the date as year-month-day"),
}
OF_A_YES = {
    "no kind": TERMS["no kind"],
    "no office": ({"units": []}, "Choose at least one more office"),
    "it ends before it begins": TERMS["it ends before it begins"],
}
# By the form: what it sends for, by whom, a form that is good, and what is wrong in the others.
FORMS: dict[str, tuple[str, UUID | None, dict[str, Any], dict[str, tuple[dict[str, Any], str]]]] = {
    "ask_consent": ("people.ask_consent", people.SOCIAL_WORKER, filled(), TERMS),
    "share": ("people.ask_consent", None, shared(), TERMS),
    "record": ("people.open_person", people.SOCIAL_WORKER, said_yes(), OF_A_YES),
    "my_question": (
        "people.answer_consent",
        None,
        {"step": "yes"},
        {
            "nothing left": (
                {"without_kinds": [str(int(DataKind.EMPLOYMENT)), str(int(DataKind.HEALTH))]},
                "Nothing is left",
            )
        },
    ),
    "emergency_on_plan": ("people.break_glass", people.NAV_ADVISER, emergency(), REASONS),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_is_refused_writes_nothing_but_that_it_was_tried(
    form: str, committed: str, subtests: pytest.Subtests
) -> None:
    verb, who, good, wrong = FORMS[form]
    if form == "emergency_on_plan":
        good = emergency(kinds=[str(int(DataKind.ECONOMY))])
    about, address, citizen = place_of(form)
    client = visit(who or citizen)
    for why, (other, says) in wrong.items():
        with subtests.test(why):
            before, head = written(committed), audit.head()
            answer = client.post(address, good | other)
            assert (answer.status_code, says in answer.content.decode()) == (422, True)
            assert written(committed) == before
            ((subject, verbs, _, outcome),) = log_since(committed, head)
            assert (subject, outcome) == (about, NOT_DONE)
            assert verb in str(verbs).split()
    before, head = written(committed), audit.head()
    assert client.post(address, good).status_code == 302
    assert written(committed) != before
    assert {line[3] for line in log_since(committed, head)} == {audit.ALLOWED}


def place_of(form: str) -> tuple[UUID, str, UUID]:
    """Whom the form is about, its address, and the citizen."""
    if form == "record":
        record_id = people.record(people.Client())
        return record_id, reverse("record", args=[record_id]), record_id
    plan = on_plan(consent=people.terms(kinds=DataKind.EMPLOYMENT | DataKind.HEALTH))
    address = {
        "share": lambda: reverse("share"),
        "my_question": lambda: reverse("my_question", args=[asked(plan)]),
    }.get(form, lambda: reverse(form, args=[plan.plan_id]))()
    return plan.person.person_id, address, plan.person.citizen_id


@pytest.mark.parametrize("who", ["mother", "coordinator"])
def test_who_is_to_be_told_a_place_and_cannot_be_is_tried_and_not_done(who: str, committed: str) -> None:
    one = people.family()
    mother = one.mother.person
    address, post = {
        "mother": (reverse("my_place"), mother.citizen_id),
        "coordinator": (
            reverse("tell_place", args=[one.mother.plan_id, mother.person_id]),
            people.COORDINATOR,
        ),
    }[who]
    client, head, before = visit(post), audit.head(), written(committed)
    assert client.post(address, {"step": "tell", "post_id": str(uuid4())}).status_code == 422
    assert written(committed) == before
    ((subject, verbs, _, outcome),) = log_since(committed, head)
    assert (subject, outcome) == (mother.person_id, NOT_DONE)
    assert "people.protect_place" in str(verbs).split()


def test_a_number_with_too_short_a_reason_is_an_attempt_on_nobody(committed: str) -> None:
    plan = on_plan()
    client, head = visit(people.STRANGER), audit.head()
    answer = client.post(
        reverse("emergency"), emergency(reason="Ni tegn!!", national_id=people.Client().national_id)
    )
    assert answer.status_code == 422
    assert log_since(committed, head) == [(audit.NOBODY, "people.break_glass", False, NOT_DONE)]
    with acting_as(plan.person.citizen_id) as viewer:
        assert [row for row in log.who_has_seen(viewer).rows if row.not_done] == []


def test_a_yes_of_somebody_who_is_here_already_is_not_done(committed: str) -> None:
    """The page that follows is the same one with a message; the log does not say that it was allowed."""
    on_plan()
    record_id = people.record(people.Client(), system=people.NAV_SYSTEM, unit=people.NAV)
    client, address = visit(people.NAV_ADVISER), reverse("record", args=[record_id])
    before, head = written(committed), audit.head()
    assert client.post(address, said_yes(units=[str(people.SOCIAL)])).status_code == 302
    assert written(committed) == before
    ((subject, verbs, _, outcome),) = log_since(committed, head)
    assert (subject, outcome) == (record_id, NOT_DONE)
    assert "people.open_person" in str(verbs).split()
    assert "could not be recorded here" in client.get(address).content.decode()


def test_what_its_basis_does_not_carry_is_not_done_either(
    committed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operation says no after the gate has said yes."""
    plan = on_plan()
    client, address = visit(people.SOCIAL_WORKER), reverse("ask_consent", args=[plan.plan_id])
    with monkeypatch.context() as patch:
        patch.setattr(
            "samvirke.surfaces.caseworker.consents.statutes.consent_basis",
            lambda country: type("Basis", (), {"code": "no.nav_act_16"}),
        )
        before, head = written(committed), audit.head()
        assert client.post(address, NOTED).status_code == 422
    assert written(committed) == before
    ((subject, verbs, _, outcome),) = log_since(committed, head)
    assert (subject, outcome) == (plan.person.person_id, NOT_DONE)
    assert {"people.consent_anew", "people.ask_consent"} <= set(str(verbs).split())
    head = audit.head()
    assert client.post(address, NOTED).status_code == 302
    assert {line[3] for line in log_since(committed, head)} == {audit.ALLOWED}


class TestThePersonReadsIt:
    def test_what_was_shown_and_that_it_was_not_done(self, committed: str) -> None:
        plan = on_plan()
        worker, mine = visit(people.SOCIAL_WORKER), visit(plan.person.citizen_id)
        tried = "Tried to do something that was not done"
        assert tried not in mine.get(reverse("my_seen")).content.decode()
        worker.post(reverse("ask_consent", args=[plan.plan_id]), filled(kinds=[]))
        with acting_as(plan.person.citizen_id) as viewer:
            (row,) = [row for row in log.who_has_seen(viewer).rows if row.not_done]
        assert (row.allowed, row.basis, row.refused_kinds) == (True, "consent", ())
        assert DataKind.PLAN in row.kinds
        page = mine.get(reverse("my_seen")).content.decode()
        assert page.count(tried) == 1
        assert tried in mine.get(reverse("my_visit", args=[row.visit_id])).content.decode()

    def test_a_guardian_is_told_of_the_visit_as_of_any_other(self, committed: str) -> None:
        one = people.family()
        people.father_answers_alone(one)
        child, father = one.child.person_id, one.father.person.citizen_id
        with acting_as(father) as viewer:
            consent_for(viewer, child)
        worker = visit(people.FOLLOW_UP_ADVISER)
        assert worker.post(reverse("ask_guardians", args=[child]), {"until": ""}).status_code == 422
        with acting_as(father) as viewer:
            (row,) = log.who_has_seen_child(viewer, child).rows
        assert (row.not_done, row.basis) == (True, "consent")
        assert (
            "Tried to do something that was not done"
            in visit(father).get(reverse("child_seen", args=[child])).content.decode()
        )


class TestAChildWhomNobodyAnswersFor:
    """Those who act for the child do not answer for what the child wants to share."""

    @people.database
    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("en", "Nobody who acts for you may answer this"),
            ("nb", "Ingen av dem som handler for deg"),
            ("da", "Ingen af dem, der handler for dig"),
            ("sv", "Ingen av dem som företräder dig"),
        ],
    )
    def test_is_told_on_the_form_with_what_was_chosen(self, language: str, words: str) -> None:
        one = people.family()
        client = visit(one.child.citizen_id)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        offices = re.findall(r'name="units" value="([^"]+)"', client.get(reverse("share")).content.decode())
        good = shared(kinds=[str(int(DataKind.EDUCATION))], units=offices[:1])
        _narrow(one, DataKind.ECONOMY)
        answer = client.post(reverse("share"), good)
        page = answer.content.decode()
        assert (answer.status_code, words in page) == (422, True)
        assert page.count("checked") == 3  # one thing, one office, one purpose
        _narrow(one, DataKind.EDUCATION)
        assert client.post(reverse("share"), good).status_code == 302

    def test_nor_for_saying_again_what_is_over(self, committed: str) -> None:
        one = people.family()
        child = one.child
        with acting_as(child.citizen_id):
            terms = people.terms(kinds=DataKind.EDUCATION, days=10)
            consent_id = record_consent(child.person_id, child.citizen_id, terms)
        with later(20):
            client, address = visit(child.citizen_id), reverse("consent_again", args=[consent_id])
            _narrow(one, DataKind.ECONOMY)
            answer = client.post(address, follow=True)
            assert "Nobody who acts for you may answer this" in answer.content.decode()
            _narrow(one, DataKind.EDUCATION)
            assert "Nobody who acts" not in client.post(address, follow=True).content.decode()


def _narrow(one: people.Family, scope: DataKind) -> None:
    """Both parents answer for this alone."""
    for parent, name in ((one.father, "Ola"), (one.mother, "Anne")):
        new = people.guardian(parent.person.citizen_id, name, scope=scope)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            guardians.record(person_id=one.child.person_id, guardian=new, by=viewer)
