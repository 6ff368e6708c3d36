"""The leader's pages: agreements and contact persons, and the tertial report."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

import people
from insight.rows import flow_row, many_episodes
from people import acting_as
from samvirke import delivery, statistics
from samvirke.agreements import queries
from samvirke.gate.access import Role
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.actor import POST, PURPOSE

pytestmark = people.database
PAGES = ("/agreements/", "/agreements/new/")
AGREEMENT = {
    "title": "Samarbeid i Fjordvik",
    "parties": [str(people.NAV), str(people.SOCIAL)],
    "signed_on": "2026-03-02",
    "valid_from": "2026-03-02",
    "valid_until": "",
    "next_check_on": "2026-09-01",
    "answer_referral": "7",
}


def visit(post: UUID, role: Role = Role.UNIT_LEADER) -> Client:
    """A browser that is signed in to the post."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    leads_all = role in {Role.PARTNERSHIP_LEADER, Role.EVALUATOR}
    session[POST] = str(post)
    session[PURPOSE] = int(Purpose.STATISTICS if leads_all else Purpose.COORDINATION)
    session.save()
    return client


def text_of(answer: Any) -> str:
    """The page, whitespace as one."""
    return " ".join(answer.content.decode().split())


def signed() -> UUID:
    """An agreement, written on the page."""
    assert visit(people.NAV_LEADER).post("/agreements/new/", AGREEMENT).status_code == 302
    with acting_as(people.NAV_LEADER) as viewer:
        (row,) = queries.overview(viewer, people.PARTNERSHIP, [people.FJORDVIK]).agreements
    return row.agreement_id


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_for_those_who_lead(page: str) -> None:
    assert visit(people.NAV_LEADER).get(page).status_code == 200
    assert visit(people.PARTNERSHIP_LEADER, Role.PARTNERSHIP_LEADER).get(page).status_code == 200
    for who in (people.SOCIAL_WORKER, people.COORDINATOR):
        assert visit(who).get(page).status_code == 404
    assert visit(people.EVALUATOR, Role.EVALUATOR).get(page).status_code == 404


def test_an_agreement_is_written_read_and_renewed() -> None:
    one = f"/agreements/{signed()}/"
    shown = text_of(visit(people.SOCIAL_LEADER).get(one))
    assert "Samarbeid i Fjordvik" in shown
    assert "answer a referral: 7 days" in shown
    form = text_of(visit(people.SOCIAL_LEADER).get(f"{one}renew/"))
    assert 'name="seen_version" value="1"' in form
    again = {**AGREEMENT, "title": "Ny avtale", "seen_version": "1"}
    assert visit(people.SOCIAL_LEADER).post(f"{one}renew/", again).status_code == 302
    stale = visit(people.NAV_LEADER).post(f"{one}renew/", again | {"title": "Min avtale"})
    assert stale.status_code == 422
    assert "Min avtale" in text_of(stale)
    assert "Somebody saved a newer version meanwhile." in text_of(stale)
    both = text_of(visit(people.NAV_LEADER).get(one))
    assert "Ny avtale" in both
    assert "Version 1" in both


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"parties": [str(people.NAV)]}, "Choose two units at least."),
        ({"parties": [str(people.SOCIAL), str(people.COORDINATING)]}, "Choose your own unit as one of them."),
        ({"next_check_on": "2026-03-02"}, "The check comes too early."),
        ({"valid_until": "2026-03-01"}, "The last day comes before the first one."),
        ({"answer_referral": "0"}, "Write a whole number, 1 or more."),
    ],
)
def test_what_was_typed_is_kept(changes: dict[str, Any], says: str) -> None:
    answer = visit(people.NAV_LEADER).post("/agreements/new/", AGREEMENT | changes)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert "Samarbeid i Fjordvik" in text_of(answer)


def test_a_check_is_noted_and_looks_ahead() -> None:
    one = f"/agreements/{signed()}/"
    past = visit(people.NAV_LEADER).post(one, {"result": "kept", "next_check_on": "2026-01-01"})
    assert past.status_code == 422
    done = visit(people.NAV_LEADER).post(one, {"result": "kept", "next_check_on": "2027-01-01"}, follow=True)
    assert "The check is saved." in text_of(done)
    assert "The routines are kept" in text_of(done)


def test_strangers_meet_nothing() -> None:
    one = f"/agreements/{signed()}/"
    for address in (one, f"{one}renew/", f"/units/{people.NAV}/contact-person/"):
        assert visit(people.STRANGER_LEADER).get(address).status_code == 404
        assert visit(people.STRANGER_LEADER).post(address, AGREEMENT).status_code == 404


def test_a_contact_person_is_named_shown_and_ended() -> None:
    leader, address = visit(people.NAV_LEADER), f"/units/{people.NAV}/contact-person/"
    assert "No contact person" in text_of(leader.get("/agreements/"))
    said = {"post_id": str(people.NAV_ADVISER), "deputy_id": "", "share_percent": "50", "since": "2026-03-02"}
    same = leader.post(address, said | {"deputy_id": str(people.NAV_ADVISER)})
    assert same.status_code == 422
    assert "The deputy is another post than the contact person." in text_of(same)
    assert leader.post(address, said).status_code == 302
    shown = text_of(visit(people.SOCIAL_LEADER).get("/agreements/"))
    assert "Veileder 1" in shown
    assert "50 per cent" in shown
    with acting_as(people.NAV_LEADER) as viewer:
        sites = queries.overview(viewer, people.PARTNERSHIP, [people.FJORDVIK]).sites
    (contact,) = next(site for site in sites if site.unit_id == people.NAV).contacts
    end = f"/contact-persons/{contact.contact_id}/end/"
    assert visit(people.SOCIAL_LEADER).post(end).status_code == 404
    assert "Veileder 1" not in text_of(leader.post(end, follow=True)).replace("Name a contact person", "")


def test_a_leader_reads_the_own_partnership_s_tertial_report(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path
    reader = visit(people.PARTNERSHIP_LEADER, Role.PARTNERSHIP_LEADER)
    assert "There is no tertial report yet" in text_of(reader.get("/tertial/"))
    made = [_delivered(tmp_path / source, source, code) for source, code in (("A", "4601"), ("B", "4602"))]
    figures = tmp_path / "figures" / str(people.PARTNERSHIP)
    figures.mkdir(parents=True)
    statistics.save(statistics.statistics_of(made[0]), figures / "statistics.json")
    record = statistics.combine(made, period=statistics.Tertial(2024, 1), counties=statistics.counties())
    statistics.save_tertial(record, figures / "tertial.json")
    page = text_of(reader.get("/tertial/"))
    for words in ("Report for tertial 1, 2024", "Vestland", "All that are in", "Plans that began"):
        assert words in page
    assert '<th scope="col" class="number">A</th>' in page
    assert '<th scope="col" class="number">B</th>' not in page
    assert visit(people.SOCIAL_WORKER).get("/tertial/").status_code == 404


def test_an_own_goal_stands_beside_the_central_one_and_nobody_elses_does(
    tmp_path: Path, settings: Any
) -> None:
    settings.HOME = tmp_path
    made = [_delivered(tmp_path / source, source, code) for source, code in (("A", "4601"), ("B", "4602"))]
    goals = [
        statistics.OwnGoal(source=source, indicator="ended_in_job", own=own, central=60)
        for source, own in (("A", 41), ("B", 37))
    ]
    figures = tmp_path / "figures" / str(people.PARTNERSHIP)
    figures.mkdir(parents=True)
    statistics.save(statistics.statistics_of(made[0]), figures / "statistics.json")
    record = statistics.combine(
        made,
        period=statistics.Tertial(2024, 1),
        counties=statistics.counties(),
        expected=[statistics.Expected(source=goal.source, own_goals=(goal,)) for goal in goals],
    )
    statistics.save_tertial(record, figures / "tertial.json")
    page = text_of(visit(people.PARTNERSHIP_LEADER, Role.PARTNERSHIP_LEADER).get("/tertial/"))
    assert "Own goals beside the central ones" in page
    own, central, now = re.findall(r'<td class="number">(.*?)</td>', page.partition("Central goal")[2])[:3]
    assert (own, central) == ("41%", "60%")
    assert re.match(r"\d+%|<span", now)
    assert "37%" not in page


def _delivered(folder: Path, source: str, municipality: str) -> delivery.Delivery:
    rows = [{**row, "municipality": municipality} for row in many_episodes(80, seed=ord(source))]
    tables = {"episodes": rows, "flow": [flow_row(municipality)]}
    delivery.write(folder, tables, study="s", made_at=datetime(2026, 3, 1, tzinfo=UTC), source=source)
    return delivery.read(folder)
