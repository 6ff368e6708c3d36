"""Somebody asks for the address of what is hidden from them: they learn nothing, the person learns it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

import people
from gate.conftest import committed
from gate.scratch import connect
from samvirke.gate import audit
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import guardians
from samvirke.people import log as people_log
from samvirke.people import queries as people_queries
from samvirke.people.types import SeenRow
from samvirke.surfaces.actor import POST, PURPOSE
from samvirke.surfaces.citizen.seen import addressed
from samvirke.surfaces.running import patience
from surfaces.everywhere import DRAWN, World, world

__all__ = ["committed"]

# Every id that an address may name: those of which the mother of the swept world is told, and why the rest
# are nobody's.
MOTHERS = {
    "plan_id",
    "goal_id",
    "action_id",
    "meeting_id",
    "commitment_id",
    "condition_id",
    "proposal_id",
    "follow_up_id",
    "wish_id",
    "handover_id",
    "application_id",
    "enquiry_id",
    "need_id",
    "referral_id",
    "record_id",
    "person_id",
    "link_id",
    "consent_id",
    "lift_id",
    "opening_id",
}
NOBODYS = {
    "conflict_id": "a worker's",
    "child_id": "the child's own, told in the child's log",
    "visit_id": "a request's, which is about nobody by itself",
    "question_id": "read by who asked and who answers alone",
    "exception_id": "read by two leaders, and by the reader when it is over",
    "draft_id": "a question that opens nothing, read by the person and those around",
    "recall_id": "a post's",
    "run_id": "a file of many",
    "upload_id": "a file of many, seen by its sender alone",
    "pair_id": "two records of one agency, of which none need be a person",
    "absence_id": "a worker's",
    "agreement_id": "agencies'",
    "contact_id": "a worker's",
    "authority_id": "a worker's",
    "exemption_id": "a municipality's",
    "unit_id": "an agency's",
    "programme_id": "nobody's",
    "evidence_id": "a report's",
    "topic": "a word of every plan, or of a law",
    "number": "a place in an order",
    "instrument": "nobody's: the code of a set of questions",
    "guardianship_id": "the child's, who reads it: see the next test",
}


def signed_in(post: UUID, purpose: Purpose = Purpose.COORDINATION) -> Client:
    client = Client()
    session = client.session
    session[POST], session[PURPOSE] = str(post), int(purpose)
    session.save()
    return client


def seen_by(citizen: UUID) -> list[SeenRow]:
    """What stands on the page of the person."""
    with people.acting_as(citizen) as viewer:
        return people_log.who_has_seen(viewer, asked=addressed(viewer)).rows


def stopped(citizen: UUID) -> list[SeenRow]:
    return [row for row in seen_by(citizen) if not row.allowed]


@contextmanager
def counting() -> Iterator[list[str]]:
    """The statements of this thread."""
    sent: list[str] = []

    def keep(execute: Callable[..., Any], statement: str, values: Any, many: bool, context: Any) -> Any:
        sent.append(statement)
        return execute(statement, values, many, context)

    with connection.execute_wrapper(keep), connections["accounts"].execute_wrapper(keep):
        yield sent


def told(answer: HttpResponse, asked: UUID) -> tuple[int, str, dict[str, str]]:
    """All of the answer, but for the id that the asker named and the letters drawn anew for each answer."""
    said = DRAWN.sub("", answer.content.decode().replace(str(asked), "the id"))
    return answer.status_code, said, dict(answer.headers)


def test_a_strangers_attempt_is_told_to_the_person_and_teaches_nothing(committed: str) -> None:
    plan = people.on_plan()
    stranger = signed_in(people.STRANGER)
    hidden, missing = plan.plan_id, uuid4()
    stranger.get(reverse("plan", args=[uuid4()]))  # what a process reads once
    answers = {}
    for which in (hidden, missing):
        with counting() as sent:
            answers[which] = told(stranger.get(reverse("plan", args=[which])), which), sent
    assert answers[hidden] == answers[missing]
    assert answers[hidden][0][0] == 404
    (row,) = stopped(plan.person.citizen_id)
    assert (row.who, row.unit_name) == ("Sosialkonsulent i Nordeng", "Sosialtjenesten i Nordeng")
    assert (row.kinds, row.refused_kinds, row.verbs) == ((), (), ("gate.open_address",))
    page = signed_in(plan.person.citizen_id).get(reverse("my_seen")).content.decode()
    assert "Prøvde, og ble stoppet" in page
    assert "Noe som handler om deg" in page


def test_who_asks_leaves_a_line_for_each_request_whatever_is_there(committed: str) -> None:
    stranger, asked = signed_in(people.STRANGER), uuid4()
    stranger.get(reverse("plan", args=[asked]))
    stranger.get("/plans/no-id-at-all/")
    with connect("backup", committed) as link:
        lines = link.execute(
            "SELECT subject_id, verb, outcome, kinds, refused_kinds FROM gate_accessentry ORDER BY at, seq"
        ).fetchall()
    nothing = ("gate.open_address", "not_shown", 0, 0)
    assert lines == [(asked, *nothing), (audit.NOBODY, *nothing)]


def test_a_refusal_of_the_gate_tells_more_and_stands_alone(committed: str) -> None:
    """The Nav adviser sees the plan and may not end it: the gate knew whom it was about."""
    plan = people.on_plan()
    adviser = signed_in(people.NAV_ADVISER)
    before = len(seen_by(plan.person.citizen_id))
    assert adviser.get(reverse("record", args=[plan.person.person_id])).status_code == 404
    assert len(seen_by(plan.person.citizen_id)) == before + 1


def test_what_was_read_for_a_page_that_is_not_there_was_not_shown(committed: str) -> None:
    plan = people.on_plan()
    adviser = signed_in(people.NAV_ADVISER)
    shown = {row.at for row in seen_by(plan.person.citizen_id) if row.allowed}
    answer = adviser.get(reverse("plan_goal", args=[plan.plan_id, uuid4()]))
    assert answer.status_code == 404
    assert {row.at for row in seen_by(plan.person.citizen_id) if row.allowed} == shown
    (row,) = stopped(plan.person.citizen_id)
    assert row.kinds == ()


@pytest.fixture
def of_a_family(committed: str, tmp_path: Path) -> World:
    return world(tmp_path)


def test_who_asks_for_a_guardianship_is_told_to_the_person_acted_for(committed: str) -> None:
    one = people.family()
    with people.acting_as(people.SOCIAL_WORKER) as viewer:
        row = guardians.around(viewer, one.child.person_id)[0]
    stranger = signed_in(people.STRANGER)
    assert stranger.get(reverse("plan", args=[row.guardianship_id])).status_code == 404
    (line,) = stopped(one.child.citizen_id)
    assert (line.unit_name, line.agency_kind) == ("", "social_service")  # of where the mother is


def test_every_id_that_an_address_may_name_is_found_by_whose_it_is(
    of_a_family: World, subtests: pytest.Subtests
) -> None:
    """One world, asked for by somebody who knows nobody in it."""
    mother, father = of_a_family.family.mother.person, of_a_family.family.father.person
    outsider = signed_in(people.FOLLOW_UP_ADVISER)
    assert of_a_family.ids.keys() == MOTHERS | NOBODYS.keys()
    for parameter in sorted(MOTHERS):
        with subtests.test(parameter):
            count = len(stopped(mother.citizen_id))
            for asked in of_a_family.ids[parameter]:
                assert outsider.get(reverse("plan", args=[asked])).status_code == 404
            assert len(stopped(mother.citizen_id)) > count
    with subtests.test("the other parent is told of the family's plan, and not who asked"):
        attempts = len(stopped(father.citizen_id))
        assert signed_in(people.STRANGER).get(reverse("plan", args=[uuid4()])).status_code == 404
        assert len(stopped(father.citizen_id)) == attempts
        leader = signed_in(people.STRANGER_LEADER)
        assert leader.get(reverse("plan", args=[of_a_family.family.plan_id])).status_code == 404
        newest = stopped(father.citizen_id)[0]
        assert (newest.who, newest.unit_name, newest.agency_name) == ("", "", "")
    with subtests.test("nobody else reads them"):
        for who in (people.FOLLOW_UP_ADVISER, people.SOCIAL_WORKER, people.COORDINATOR):
            with people.acting_as(who), connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM gate_accessentry")
                assert cursor.fetchone() == (0,)


def test_an_untied_record_is_the_persons_no_more(committed: str) -> None:
    """What is asked about a record that was tied to the wrong person is not that person's to read."""
    plan = people.on_plan()
    with people.acting_as(people.SOCIAL_SYSTEM, Purpose.SERVICE):
        (record_id,) = people_queries.record_ids(people.SOCIAL, ["S-1"]).values()
    stranger = signed_in(people.STRANGER)
    stranger.get(reverse("record", args=[record_id]))
    assert len(stopped(plan.person.citizen_id)) == 1
    with connect("owner", committed) as link:
        link.execute("ALTER TABLE people_identitylink DISABLE ROW LEVEL SECURITY")
        link.execute("ALTER TABLE people_identitylink NO FORCE ROW LEVEL SECURITY")
        link.execute(
            "UPDATE people_identitylink SET unlinked_at = linked_at WHERE record_id = %s", [record_id]
        )
        link.execute("ALTER TABLE people_identitylink ENABLE ROW LEVEL SECURITY")
        link.execute("ALTER TABLE people_identitylink FORCE ROW LEVEL SECURITY")
    with people.acting_as(plan.person.citizen_id) as viewer:
        asked = [*addressed(viewer), record_id]
        assert [row for row in people_log.who_has_seen(viewer, asked=asked).rows if not row.allowed] == []


class TestPatience:
    """Who asks for many addresses that are not there waits, and learns nothing by it."""

    @pytest.fixture(autouse=True)
    def as_in_service(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(patience, "AT_ONCE", 30)

    def test_a_flood_is_answered_without_a_look_and_without_a_line(
        self, committed: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plan = people.on_plan()
        now = [1000.0]
        slow = patience.Patience(clock=lambda: now[0])
        monkeypatch.setattr(patience, "missed", slow.missed)
        monkeypatch.setattr(patience, "seconds_to_wait", slow.seconds_to_wait)
        stranger, adviser = signed_in(people.STRANGER), signed_in(people.NAV_ADVISER)
        for _ in range(patience.AT_ONCE):
            assert stranger.get(reverse("plan", args=[uuid4()])).status_code == 404
        hidden, missing = (
            told(stranger.get(reverse("plan", args=[which])), which) for which in (plan.plan_id, uuid4())
        )
        assert hidden == missing
        assert (hidden[0], int(hidden[2]["Retry-After"])) == (429, patience.EACH)
        assert stopped(plan.person.citizen_id) == []
        assert adviser.get(reverse("plan", args=[plan.plan_id])).status_code == 200  # others go on
        now[0] += patience.EACH
        assert stranger.get(reverse("plan", args=[plan.plan_id])).status_code == 404
        assert stranger.get(reverse("plan", args=[plan.plan_id])).status_code == 429
        assert len(stopped(plan.person.citizen_id)) == 1

    def test_nobody_waits_longer_than_a_minute_and_what_has_filled_up_is_forgotten(self) -> None:
        now = [0.0]
        slow = patience.Patience(clock=lambda: now[0])
        for _ in range(10 * patience.AT_ONCE):
            slow.missed("one")
        assert slow.seconds_to_wait("one") == patience.EACH
        assert slow.seconds_to_wait("another") == 0
        now[0] += patience.EACH * patience.AT_ONCE
        slow.missed("another")
        assert slow._left.keys() == {"another"}


class TestNoLogNoData:
    """A read whose line cannot be written has no answer."""

    @pytest.mark.parametrize("which", ["nobody may add lines", "the disk is full"])
    def test_a_page_that_cannot_be_logged_is_an_error_without_a_person(
        self, committed: str, which: str
    ) -> None:
        plan = people.on_plan()
        adviser = signed_in(people.NAV_ADVISER)
        adviser.raise_request_exception = False
        address = reverse("plan", args=[plan.plan_id])
        assert "Kari" in adviser.get(address).content.decode()
        with connect("owner", committed) as link:
            if which == "nobody may add lines":
                link.execute("REVOKE INSERT ON gate_accessentry FROM samvirke_app")
            else:
                link.execute(
                    "CREATE FUNCTION pg_temp_full() RETURNS trigger LANGUAGE plpgsql AS "
                    "$$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$"
                )
                link.execute(
                    "CREATE TRIGGER disk_is_full BEFORE INSERT ON gate_accessentry FOR EACH STATEMENT "
                    "EXECUTE FUNCTION pg_temp_full()"
                )
        answer = adviser.get(address)
        assert answer.status_code == 500
        said = answer.content.decode()
        assert [
            word for word in ("Kari", "Eksempel", "bruke hendene", str(plan.plan_id)) if word in said
        ] == []
        hidden = adviser.get(reverse("plan", args=[uuid4()]))
        assert hidden.status_code == 500  # nor is an attempt answered that cannot be written down


def test_kinds_of_a_line_of_the_first_format_are_read_as_it_meant_them(committed: str) -> None:
    """A refusal of the version before has the refused kinds where others have what was shown."""
    plan = people.on_plan()
    with people.acting_as(people.STRANGER) as viewer, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO gate_accessentry (id, lane, seq, request_id, at, post_id, purpose, subject_id, "
            "verb, kinds, basis, outcome, mac) VALUES (%s, %s, 1, %s, %s, %s, 1, %s, 'people.refer', %s, '', "
            "'no_basis', '')",
            [uuid4(), uuid4(), uuid4(), viewer.now, viewer.post_id, plan.person.person_id, 1],
        )
    (row,) = stopped(plan.person.citizen_id)
    assert (row.kinds, row.refused_kinds) == ((), (DataKind.IDENTITY,))
