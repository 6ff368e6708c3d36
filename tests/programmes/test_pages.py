"""The pages of programmes and target groups: who reaches them, what a form keeps, what is said."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

import people
from gate.conftest import committed
from people import acting_as
from programmes.rule_texts import YOUNG, young
from programmes.test_versions import client, save, screened
from samvirke.kernel.codes import SupportSource
from samvirke.kernel.gate_words import Purpose
from samvirke.programmes import operations as programmes
from samvirke.programmes import overviews, versions
from samvirke.programmes.models import LocalPartnership, RulesVersion
from samvirke.programmes.types import Screened

__all__ = ["committed"]

ADDRESS = "/target-groups/"
FOR_FIGURES = {people.PARTNERSHIP_LEADER, people.EVALUATOR}


def visit(post: UUID, *, language: str = "en") -> Browser:
    """A browser that is signed in to the post."""
    browser = Browser(headers={"accept-language": language})
    session = browser.session
    purpose = Purpose.STATISTICS if post in FOR_FIGURES else Purpose.SERVICE
    session["post"], session["purpose"] = str(post), int(purpose)
    session.save()
    return browser


def read(post: UUID, address: str, *, language: str = "en") -> str:
    """A page that is there."""
    answer = visit(post, language=language).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def programme_address() -> str:
    """Where the effort of 2003-2004 is told of."""
    (row,) = overviews.programmes()
    return f"/programmes/{row.programme_id}/"


@people.database
def test_who_reaches_which_page() -> None:
    citizen = people.on_plan().person.citizen_id
    pages = ["/programmes/", programme_address(), ADDRESS]
    for post, expected in (
        (people.PARTNERSHIP_LEADER, [200, 200, 200]),
        (people.EVALUATOR, [200, 200, 404]),
        (people.SOCIAL_LEADER, [200, 200, 200]),
        (people.SOCIAL_WORKER, [404, 404, 200]),
        (people.COORDINATOR, [404, 404, 200]),
        (people.SOCIAL_SYSTEM, [404, 404, 404]),
        (citizen, [404, 404, 404]),
    ):
        browser = visit(post)
        assert [browser.get(address).status_code for address in pages] == expected
    assert visit(people.PARTNERSHIP_LEADER).get(f"/programmes/{people.PARTNERSHIP}/").status_code == 404


@people.database
def test_the_programme_page_tells_sums_sources_and_what_nobody_states() -> None:
    page = " ".join(read(people.PARTNERSHIP_LEADER, programme_address(), language="nb").split())
    assert "175 000 000 NOK" in page
    assert "Det ble delt ut et annet antall plasser enn pengene var til." in page
    for told in (
        "Kautokeino",
        "Samlet satsing: Hamar og Ringsaker",
        "Oppgitt antall: 31. Nevnt ved navn: 31.",
    ):
        assert told in page
    assert page.count("Ikke oppgitt") > 45
    assert "kilde A, linje 76" in page


@people.database
def test_a_page_of_a_programme_takes_few_statements() -> None:
    browser, address = visit(people.PARTNERSHIP_LEADER), programme_address()
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        browser.get(address)
    assert len([one for one in asked.captured_queries if "programmes_" in one["sql"]]) == 7


@people.database
def test_the_leader_tries_and_saves() -> None:
    browser = visit(people.PARTNERSHIP_LEADER)
    page = browser.get(ADDRESS).content.decode()
    assert "code: no_local_effort" in page
    assert "The rules that came with Samvirke hold" in page
    tried = browser.post(ADDRESS, {"text": YOUNG, "seen_version": 0, "step": "try"})
    assert tried.status_code == 200
    assert "1 example comes out as it says." in tried.content.decode()
    assert "you see none" in tried.content.decode()
    assert not RulesVersion.objects.exists()
    saved = browser.post(ADDRESS, {"text": YOUNG.replace("\n", "\r\n"), "seen_version": 0, "step": "save"})
    assert saved.status_code == 302
    assert saved.headers["location"] == ADDRESS
    page = browser.get(ADDRESS).content.decode()
    assert "Version 1 of the rules is saved." in page
    assert "Agreed by the partnership" in page
    assert RulesVersion.objects.get().text == YOUNG


@people.database
@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("step", ["try", "save"])
def test_what_is_wrong_is_said_with_its_line_and_what_was_typed_is_kept(step: str, language: str) -> None:
    text = young(("fact: age", "fact: shoe_size"), ("sentence: Under 25", "sentence: Under <25>"))
    browser = visit(people.PARTNERSHIP_LEADER, language=language)
    answer = browser.post(ADDRESS, {"text": text, "seen_version": 0, "step": step})
    page = answer.content.decode()
    assert answer.status_code == 422
    said = {
        "en": "Line 11, “fact: shoe_size”: There is no fact called “shoe_size”.",
        "nb": "Linje 11, «fact: shoe_size»: Ingen opplysning heter «shoe_size».",
    }
    assert page.count(said[language]) == 2  # in the summary and at the field
    assert "sentence: Under &lt;25&gt;" in page
    assert 'id="id_text"' in page


@people.database
def test_nothing_typed_is_asked_for_and_too_much_is_refused() -> None:
    browser = visit(people.PARTNERSHIP_LEADER)
    for text, said in (("", "Write the rules before you try them."), ("x" * 40_001, "The text is too long.")):
        answer = browser.post(ADDRESS, {"text": text, "seen_version": 0, "step": "save"})
        assert (answer.status_code, said in answer.content.decode()) == (422, True)


@people.database
def test_a_version_saved_meanwhile_stands_beside_what_was_typed() -> None:
    save()
    text = young(("2026-03-02", "2026-04-01"), ("name: Twenty-four", "name: Typed"))
    browser = visit(people.PARTNERSHIP_LEADER)
    answer = browser.post(ADDRESS, {"text": text, "seen_version": 0, "step": "save"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody has saved version 1 meanwhile." in page
    assert "name: Typed" in page
    assert "name: Twenty-four" in page
    assert 'name="seen_version" value="1"' in page
    assert browser.post(ADDRESS, {"text": text, "seen_version": 1, "step": "save"}).status_code == 302


@people.database
def test_a_worker_tries_on_the_own_cases_and_saves_nothing() -> None:
    for number in range(6):
        people.record(client(number, age=30, income=SupportSource.WAGES))
    text = young(
        ("fact: age\n    less_than: 25", "fact: age\n    more_than: 20"),
        ("equals: social_assistance", "one_of: [social_assistance, wages]"),
    )
    browser = visit(people.SOCIAL_WORKER)
    page = browser.post(ADDRESS, {"text": text, "seen_version": 0, "step": "try"}).content.decode()
    row = page[page.index("Newly in the group") :].split("Young person")[1].split("</tr>")[0]
    assert row.count("fewer than 5") == 3
    assert ">6<" in row
    assert "Kari" not in page
    assert 'value="save"' not in page
    assert browser.post(ADDRESS, {"text": text, "seen_version": 0, "step": "save"}).status_code == 404
    assert not RulesVersion.objects.exists()


@people.database
def test_the_page_of_a_record_says_which_version_judged_and_what_would_change_it() -> None:
    record_id = people.record(client(1, age=30))
    save()
    screened(record_id)
    page = read(people.SOCIAL_WORKER, f"/records/{record_id}/")
    assert "Judged by version 1 of the rules, in force from 2 March 2026." in page
    assert "If this holds: Under 25." in page
    with acting_as(people.SOCIAL_WORKER, Purpose.SERVICE) as viewer:
        assert viewer.now.date() == date(2026, 3, 2)
    assert visit(people.STRANGER).get(f"/records/{record_id}/").status_code == 404


def test_where_nobody_has_written_rules_nobody_is_screened_until_the_leader_does(committed: str) -> None:
    LocalPartnership.objects.using("owner").filter(pk=people.PARTNERSHIP).update(rules="")
    with acting_as(people.SOCIAL_WORKER) as viewer, pytest.raises(versions.NoRulesInForce):
        programmes.screen_own_caseload(partnership_id=people.PARTNERSHIP, by=viewer)
    assert "so nobody is screened" in read(people.PARTNERSHIP_LEADER, ADDRESS)
    assert save(young()) == 1
    assert "so nobody is screened" not in read(people.PARTNERSHIP_LEADER, ADDRESS)


@people.database
def test_a_worker_screens_the_own_cases_and_says_what_the_system_does_not() -> None:
    unknown = people.record(people.Client(assessed_at_risk=None))
    browser, address = visit(people.SOCIAL_WORKER), f"/records/{unknown}/assess/"
    answer = browser.post("/records/screen/", follow=True).content.decode()
    assert "Screened: 0 in the target group, 0 not, 1 not known yet." in answer
    empty = browser.post(address, {"main_income": ""})
    assert (empty.status_code, "Nothing is assessed yet." in empty.content.decode()) == (422, True)
    wrong = browser.post(address, {"main_income": "gold", "occupation": "none", "assessed_at_risk": "yes"})
    assert wrong.status_code == 422
    assert '<option value="none" selected>' in wrong.content.decode()
    page = browser.post(address, {"assessed_at_risk": "yes"}, follow=True).content.decode()
    assert "Screened: 1 in the target group, 0 not, 0 not known yet." in page
    assert "Assessed as at risk of permanently losing attachment to working life" in page
    browser.post(address, {"assessed_at_risk": "no"})  # the clock stands still, and the last word counts
    assert "0 in the target group, 1 not" in browser.post("/records/screen/", follow=True).content.decode()
    assert "Does not fit:" in browser.get(f"/records/{unknown}/").content.decode()
    stranger = visit(people.STRANGER)
    assert stranger.get(address).status_code == stranger.post(address).status_code == 404
    assert (
        "Screened: 0 in the target group, 0 not, 0 not"
        in stranger.post("/records/screen/", follow=True).content.decode()
    )


@people.database
def test_a_role_that_does_not_read_about_work_screens_nobody() -> None:
    people.on_plan()
    with acting_as(people.HEALTH_WORKER) as viewer:
        found = programmes.screen_own_caseload(partnership_id=people.PARTNERSHIP, by=viewer)
    assert found == Screened(0, 0, 0)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert programmes.screen_own_caseload(partnership_id=people.PARTNERSHIP, by=viewer).admitted == 1


def test_where_no_rules_hold_the_page_says_whom_to_ask(committed: str) -> None:
    LocalPartnership.objects.using("owner").filter(pk=people.PARTNERSHIP).update(rules="")
    people.record(people.Client())
    answer = visit(people.SOCIAL_WORKER).post("/records/screen/", follow=True).content.decode()
    assert "No rules hold today, so nobody is screened." in answer
