"""From the agency's own case to a plan with others in it, page by page, as a worker would go."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

import people
from people import acting_as, record
from samvirke.coordination import queries as coordination
from samvirke.kernel.gate_words import DataKind
from samvirke.people import queries as people_queries
from samvirke.statutes import queries as statutes
from surfaces.pages_read import Page
from surfaces.test_writing_pages import visit

pytestmark = people.database


def answer(**other: Any) -> dict[str, Any]:
    """The form as it is filled when the person says yes to work and housing, with Nav and coordination."""
    filled = {
        "given_name": "Kari",
        "family_name": "Eksempel",
        "kinds": [str(int(DataKind.EMPLOYMENT)), str(int(DataKind.HOUSING))],
        "units": [str(people.NAV), str(people.COORDINATING)],
        "form": "oral",
        "until": "2027-03-01",
        "step": "yes",
    }
    return filled | other


def start(**other: Any) -> dict[str, Any]:
    """The form that begins a plan."""
    filled = {
        "kinds": ["no.individual_plan"],
        "unit_id": str(people.COORDINATING),
        "deputy": str(people.OTHER_COORDINATOR),
        "next_review": "2026-06-01",
        "target_group": "long_term_recipient",
        "support": "social_assistance",
        "occupation": "none",
    }
    return filled | other


def said(client: Client, address: str, form: dict[str, Any]) -> str:
    """The page that follows a form."""
    return client.post(address, form, follow=True).content.decode()


def test_a_worker_goes_from_own_case_to_a_plan_with_others() -> None:
    one = reverse("record", args=[record(people.Client())])
    worker, nav = visit(people.SOCIAL_WORKER), visit(people.NAV_LEADER)
    shown = said(worker, one, answer(step="look"))
    assert "Read this to the person" in shown
    assert "Nav Fjordvik" in shown
    assert "The yes is recorded" in said(worker, one, answer())
    assert "Referred to your office" not in nav.get(reverse("worklist")).content.decode()
    refer = f"{one}refer/"
    assert "The person is referred. The office sees" in said(worker, refer, {"unit": str(people.NAV)})
    assert "referred to this office already" in said(worker, refer, {"unit": str(people.NAV)})
    assert worker.post(refer, {"unit": str(people.SOCIAL_NORDENG)}).status_code == 404
    with acting_as(people.NAV_LEADER) as viewer:
        (referral,) = people_queries.referrals_to_own_unit(viewer)
    assert referral.person_name == "Kari Eksempel"
    assert "It is received" in said(nav, reverse("receive_referral", args=[referral.referral_id]), {})
    assert "The plan has begun" in said(worker, f"{one}plan/new/", start())
    with acting_as(people.SOCIAL_WORKER) as viewer:
        (row,) = coordination.worklist(viewer)
    assert row.person_name == "Kari Eksempel"
    assert row.coordinator == "Leder for koordinerende enhet"


def test_the_question_is_shown_before_anything_is_written() -> None:
    record_id = record(people.Client())
    said(visit(people.SOCIAL_WORKER), reverse("record", args=[record_id]), answer(step="look"))
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert people_queries.asked(viewer, record_id).person_id is None


def test_a_no_shares_nothing() -> None:
    record_id = record(people.Client())
    shown = said(visit(people.SOCIAL_WORKER), reverse("record", args=[record_id]), {"step": "no"})
    assert "Nothing is shared" in shown
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert people_queries.asked(viewer, record_id).person_id is None


def test_what_is_missing_is_said_and_what_was_typed_is_kept() -> None:
    record_id = record(people.Client())
    page = visit(people.SOCIAL_WORKER).post(
        reverse("record", args=[record_id]), answer(units=[], given_name="Karianne")
    )
    assert page.status_code == 422
    assert "Choose at least one more office" in page.content.decode()
    assert "Karianne" in page.content.decode()


def test_a_yes_that_was_said_some_days_ago_has_its_day() -> None:
    record_id = record(people.Client())
    worker, address = visit(people.SOCIAL_WORKER), reverse("record", args=[record_id])
    page = worker.post(address, answer(said_on="2026-03-03"))
    assert page.status_code == 422
    assert "still to come" in page.content.decode()
    shown = Page(worker.post(address, answer(step="look", said_on="2026-02-27")).content.decode())
    (yes,) = [form for form in shown.forms if ("step", "yes") in form.buttons]
    worker.post(address, yes.values | {"step": "yes"})
    with acting_as(people.SOCIAL_WORKER) as viewer:
        consent = people_queries.asked(viewer, record_id).consent
    assert consent is not None
    assert str(consent.said_on) == "2026-02-27"
    assert consent.heard_by is not None
    assert consent.heard_by.title == "Sosialkonsulent 1"


def test_a_yes_lasts_until_a_day_ahead() -> None:
    record_id = record(people.Client())
    page = visit(people.SOCIAL_WORKER).post(reverse("record", args=[record_id]), answer(until="2026-03-02"))
    assert page.status_code == 422
    assert "Choose a day ahead" in page.content.decode()


def test_the_yes_is_to_the_question_that_was_read_out() -> None:
    """The form below can be changed; the yes carries what was shown, whatever stands there."""
    record_id = record(people.Client())
    client, address = visit(people.SOCIAL_WORKER), reverse("record", args=[record_id])
    asked = answer(step="look", units=[str(people.NAV)], kinds=[str(int(DataKind.HOUSING))])
    shown = Page(client.post(address, asked).content.decode())
    (yes,) = [form for form in shown.forms if ("step", "yes") in form.buttons]
    client.post(address, yes.values | {"step": "yes"})
    with acting_as(people.SOCIAL_WORKER) as viewer:
        consent = people_queries.asked(viewer, record_id).consent
    assert consent is not None
    assert set(consent.to_unit_ids) == {people.SOCIAL, people.NAV}
    assert DataKind.HOUSING in consent.kinds
    assert DataKind.EMPLOYMENT not in consent.kinds


def test_another_office_cannot_be_named_than_those_that_serve_the_place() -> None:
    record_id = record(people.Client())
    page = visit(people.SOCIAL_WORKER).post(
        reverse("record", args=[record_id]), answer(units=[str(people.SOCIAL_NORDENG)])
    )
    assert page.status_code == 422


def test_the_own_case_is_for_the_own_office_alone() -> None:
    record_id = record(people.Client())
    address = reverse("record", args=[record_id])
    assert visit(people.SOCIAL_WORKER).get(address).status_code == 200
    for other in (people.NAV_ADVISER, people.STRANGER, people.COORDINATOR):
        assert visit(other).get(address).status_code == 404
        assert visit(other).post(address, answer()).status_code == 404
        assert visit(other).post(f"{address}plan/new/", start()).status_code == 404


def test_a_yes_that_its_basis_does_not_carry_says_why_and_keeps_what_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody has found that the rule covers no housing."""
    shutil.copytree(statutes.PACKS, tmp_path / "packs")
    pack = tmp_path / "packs" / "no.yaml"
    text = pack.read_text(encoding="utf-8")
    pack.write_text(text.replace("economy, housing, health", "economy, health", 1), encoding="utf-8")
    monkeypatch.setattr(statutes, "PACKS", tmp_path / "packs")
    one, worker = reverse("record", args=[record(people.Client())]), visit(people.SOCIAL_WORKER)
    refused = worker.post(one, answer())
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "The rule does not cover all these kinds of information. Leave out what it does not cover." in page
    assert 'value="Kari"' in page
    done = said(worker, one, answer(kinds=[str(int(DataKind.EMPLOYMENT))]))
    assert "The yes is recorded" in done


def test_a_second_yes_is_not_recorded_and_tells_nothing() -> None:
    address = reverse("record", args=[record(people.Client())])
    said(visit(people.SOCIAL_WORKER), address, answer())
    colleague = visit(people.SOCIAL_COLLEAGUE)
    assert "Ask the person" in colleague.get(address).content.decode()
    assert "could not be recorded here" in said(colleague, address, answer())
    assert colleague.get(reverse("worklist")).content.decode().count("Kari Eksempel") == 0


def test_a_plan_needs_a_yes_and_is_begun_once() -> None:
    address = reverse("record", args=[record(people.Client())])
    worker = visit(people.SOCIAL_WORKER)
    assert "Ask the person first" in said(worker, f"{address}plan/new/", start())
    said(worker, address, answer())
    assert worker.post(f"{address}plan/new/", start(next_review="2026-01-01")).status_code == 422
    said(worker, f"{address}plan/new/", start())
    said(worker, f"{address}plan/new/", start())
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert len(coordination.worklist(viewer)) == 1


def test_nobody_receives_the_referral_of_another_office() -> None:
    address = reverse("record", args=[record(people.Client())])
    worker = visit(people.SOCIAL_WORKER)
    said(worker, address, answer())
    said(worker, f"{address}refer/", {"unit": str(people.NAV)})
    with acting_as(people.NAV_LEADER) as viewer:
        (referral,) = people_queries.referrals_to_own_unit(viewer)
    receive = reverse("receive_referral", args=[referral.referral_id])
    others: list[UUID] = [people.STRANGER_LEADER, people.FOLLOW_UP_LEADER, people.SOCIAL_LEADER]
    for other in others:
        assert visit(other).post(receive).status_code == 404
    assert visit(people.NAV_LEADER).post(receive).status_code == 302
