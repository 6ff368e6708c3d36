"""Every list and page finds its rows by index, row security included.

Each page is read as the pages' role inside an entered transaction, in a database with 100 000 persons; every
SELECT it sends is explained with the very values it was sent with. A sequential scan over a table about
persons fails. So does a generic plan, since the connection prepares what it sends often.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

import cluster
import people
from architecture import crowd
from gate.scratch import own_database
from people import acting_as
from samvirke.applications import enquiries
from samvirke.applications import queries as applications
from samvirke.assessments import queries as assessments
from samvirke.coordination import (
    absences,
    agendas,
    calendars,
    follow_ups,
    meeting_days,
    meeting_mode,
    meetings,
    proposals,
)
from samvirke.coordination import consents as coordination_consents
from samvirke.coordination import queries as coordination
from samvirke.exchange.inbox import queries as inbox
from samvirke.exchange.uploads import differing, taking_back
from samvirke.exchange.uploads import queries as uploads
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.interventions import queries as interventions
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import DataKind
from samvirke.people import (
    candidates,
    consents,
    duplicates,
    guardian_answers,
    kept_back,
    log_questions,
    national_ids,
    openings,
    places,
    recalls,
    reminders,
    search,
    ties,
    undo,
)
from samvirke.people import log as people_log
from samvirke.people import queries as people_queries
from samvirke.plan import commitments_read, conditions_read, histories, waits
from samvirke.plan import consents as plan_consents
from samvirke.plan.audience import readers
from samvirke.plan.models import Note, Plan
from samvirke.programmes import queries as programmes
from samvirke.programmes import versions
from samvirke.surfaces.citizen import seen
from samvirke.surfaces.commands.catalogue.declared import SUBJECT_TABLES
from samvirke.surfaces.commands.postgres.folder import read_passwords, read_state

ABOUT_PERSONS = {
    *SUBJECT_TABLES,
    "gate_grant",
    "gate_consent",
    "gate_accessentry",
    "people_recall",
    "people_logquestion",
    "gate_logexception",
    "exchange_importrun",
    "exchange_refusedline",
    "exchange_upload",
    "exchange_uploadpart",
    "exchange_differingrows",
    "exchange_takingback",
}


def crowd_id(what: str, number: int) -> UUID:
    """An id of the crowd."""
    return UUID(hashlib.md5(f"{what}{number}".encode(), usedforsecurity=False).hexdigest())


PLAN, CITIZEN = crowd_id("plan", crowd.MINE), crowd_id("citizen", crowd.MINE)
PERSON = crowd_id("person", crowd.MINE)
MET_IN = date(2026, 1, 26)  # the first day of the week of the meetings
NUMBER = national_ids.make_synthetic(birth_date=date(1994, 5, 4), sex=Sex.FEMALE, serial=3)
PAGES: dict[str, tuple[UUID, Callable[[Viewer], object]]] = {
    "worklist": (people.NAV_ADVISER, coordination.worklist),
    "plan page": (people.NAV_ADVISER, lambda viewer: coordination.plan_page(viewer, PLAN)),
    "what everyone waits for": (people.NAV_ADVISER, waits.of_mine),
    "commitments": (people.NAV_ADVISER, lambda viewer: commitments_read.of_plan(viewer, PLAN).rows),
    "commitments that wait": (people.NAV_ADVISER, commitments_read.of_mine),
    "commitments kept": (
        people.NAV_ADVISER,
        lambda viewer: commitments_read.kept(viewer, people.PARTNERSHIP),
    ),
    "conditions": (people.NAV_ADVISER, lambda viewer: conditions_read.of_plan(viewer, PLAN).rows),
    "my conditions": (CITIZEN, lambda viewer: conditions_read.of_plan(viewer, PLAN).rows),
    "my commitments": (CITIZEN, lambda viewer: commitments_read.of_plan(viewer, PLAN).rows),
    "what was agreed before": (
        people.NAV_ADVISER,
        lambda viewer: histories.of_action(viewer, crowd_id("action", 3 * crowd.MINE)),
    ),
    "what a goal said before": (
        people.NAV_ADVISER,
        lambda viewer: histories.of_goal(viewer, crowd_id("goal", crowd.MINE)),
    ),
    "absences": (people.COORDINATOR, absences.absences),
    "meetings": (people.NAV_ADVISER, lambda viewer: meetings.of_plan(viewer, PLAN)),
    "my meetings": (CITIZEN, lambda viewer: meetings.of_plan(viewer, PLAN)),
    "a calendar": (people.NAV_ADVISER, lambda viewer: calendars.of_plan(viewer, PLAN, MET_IN, 7)),
    "my calendar": (CITIZEN, lambda viewer: calendars.mine(viewer, MET_IN, 7)),
    "an agenda": (
        people.NAV_ADVISER,
        lambda viewer: agendas.items_of(
            coordination.plan_page(viewer, PLAN), crowd_id("meeting", crowd.MINE)
        ),
    ),
    "from those who cannot come": (
        people.NAV_ADVISER,
        lambda viewer: agendas.contributions(viewer, PLAN, crowd_id("meeting", crowd.MINE)),
    ),
    "what was said of a meeting's day": (
        people.NAV_ADVISER,
        lambda viewer: meeting_days.earlier(viewer, PLAN, crowd_id("meeting", crowd.MINE)),
    ),
    "a draft": (
        people.NAV_ADVISER,
        lambda viewer: meeting_mode.draft(viewer, PLAN, crowd_id("meeting", crowd.MINE)),
    ),
    "what was proposed": (people.NAV_ADVISER, lambda viewer: proposals.of_plan(viewer, PLAN)),
    "proposals to me": (people.NAV_ADVISER, proposals.mine),
    "follow-ups": (people.NAV_ADVISER, lambda viewer: follow_ups.of_plan(viewer, PLAN)),
    "calls to make": (people.NAV_ADVISER, lambda viewer: follow_ups.due(viewer) == []),
    "assessments": (people.NAV_ADVISER, lambda viewer: assessments.about(viewer, PERSON)),
    "my assessments": (CITIZEN, lambda viewer: assessments.about(viewer, PERSON)),
    "who may see my answers": (CITIZEN, lambda viewer: assessments.units_around(viewer, PERSON)),
    "assessments due": (people.NAV_ADVISER, assessments.due),
    "offers": (people.NAV_ADVISER, coordination.offers),
    "audience": (people.NAV_ADVISER, lambda viewer: readers(viewer, PLAN, DataKind.EMPLOYMENT)),
    "referrals to own unit": (people.NAV_ADVISER, people_queries.referrals_to_own_unit),
    "offices to refer own clients to": (
        people.SOCIAL_WORKER,
        lambda viewer: candidates.offices(viewer) == [],
    ),
    "own clients for an office": (
        people.SOCIAL_WORKER,
        lambda viewer: candidates.for_office(viewer, people.NAV) == [],
    ),
    "referrals of": (
        people.NAV_ADVISER,
        lambda viewer: people_queries.referrals_of(viewer, crowd_id("person", crowd.MINE)),
    ),
    "own records": (people.SOCIAL_WORKER, people_queries.own_records),
    "own records that may be the same person": (people.SOCIAL_WORKER, duplicates.alike),
    "own records that are two persons": (people.SOCIAL_WORKER, duplicates.kept_apart),
    "what a record stands for": (
        people.SOCIAL_WORKER,
        lambda viewer: duplicates.folded_into(viewer, crowd_id("record", 200)) == [],
    ),
    "whose a record is": (
        people.SOCIAL_WORKER,
        lambda viewer: ties.of_record(viewer, crowd_id("record", 200)) == [],
    ),
    "somebody by name": (
        people.SOCIAL_WORKER,
        lambda viewer: search.search(viewer, "mo", partnership_id=people.PARTNERSHIP),
    ),
    "somebody on the team by name": (
        people.NAV_ADVISER,
        lambda viewer: search.search(viewer, "mo", partnership_id=people.PARTNERSHIP),
    ),
    "somebody by national id": (
        people.SOCIAL_WORKER,
        lambda viewer: search.search(viewer, NUMBER, partnership_id=people.PARTNERSHIP) == [],
    ),
    "own records with screening": (people.SOCIAL_WORKER, programmes.records),
    "what would change": (
        people.SOCIAL_WORKER,
        lambda viewer: programmes.what_would_change(viewer, crowd_id("record", 200)),
    ),
    "rules tried": (
        people.SOCIAL_WORKER,
        lambda viewer: versions.try_rules(
            partnership_id=people.PARTNERSHIP, text=programmes.delivered("no_local_effort"), by=viewer
        ),
    ),
    "screening": (people.SOCIAL_WORKER, people_queries.screening_input),
    "my plan": (CITIZEN, coordination.my_plan),
    "my consents": (CITIZEN, people_queries.my_consents),
    "who has seen": (
        CITIZEN,
        lambda viewer: people_log.who_has_seen(viewer, asked=seen.addressed(viewer)).rows,
    ),
    "what I have asked of the log": (CITIZEN, log_questions.asked_by_me),
    "what is asked of a leader": (people.SOCIAL_LEADER, log_questions.to_answer),
    "what was kept back": (CITIZEN, kept_back.kept_back_from_me),
    "what I am asked": (CITIZEN, consents.waiting),
    "what I am reminded of": (CITIZEN, lambda viewer: reminders.due(viewer) == []),
    "what others wait for me to answer": (CITIZEN, lambda viewer: guardian_answers.waiting(viewer) == []),
    "what a yes opens": (
        CITIZEN,
        lambda viewer: plan_consents.preview(viewer, consents.waiting(viewer)[0]),
    ),
    "what follows when I take it back": (
        CITIZEN,
        lambda viewer: coordination_consents.consequences(viewer, crowd_id("consent", crowd.MINE)),
    ),
    "what a person was asked": (people.NAV_ADVISER, lambda viewer: consents.drafts(viewer, PERSON)),
    "who knows that I took it back": (
        CITIZEN,
        lambda viewer: recalls.of_consent(viewer, ask.consent(crowd_id("consent", crowd.MINE))),
    ),
    "what I may use no more": (people.NAV_ADVISER, recalls.own),
    "what a law opened about me": (CITIZEN, lambda viewer: openings.about(viewer, PERSON)),
    "what a law opened to me": (people.NAV_ADVISER, openings.to_own_post),
    "what my unit opened by law": (people.NAV_ADVISER, openings.by_own_unit),
    "consents that end": (people.NAV_ADVISER, lambda viewer: plan_consents.ends_soon(viewer, [PLAN]) == {}),
    "my rights": (CITIZEN, applications.my_rights),
    "my applications": (CITIZEN, applications.my_applications),
    "applications about": (
        people.NAV_ADVISER,
        lambda viewer: applications.about(viewer, crowd_id("person", crowd.MINE)),
    ),
    "my enquiries": (CITIZEN, enquiries.mine),
    "enquiries of own unit": (people.NAV_ADVISER, enquiries.of_own_unit),
    "applications to own unit": (people.NAV_ADVISER, applications.to_own_unit),
    "application": (
        people.NAV_ADVISER,
        lambda viewer: applications.application(viewer, crowd_id("application", crowd.MINE)),
    ),
    "needs about": (
        people.NAV_ADVISER,
        lambda viewer: interventions.about(viewer, crowd_id("person", crowd.MINE)),
    ),
    "my needs": (CITIZEN, lambda viewer: interventions.about(viewer, crowd_id("person", crowd.MINE))),
    "who waits for a place": (people.NAV_ADVISER, interventions.queue),
    "need": (
        people.NAV_ADVISER,
        lambda viewer: interventions.need(viewer, crowd_id("need", 2 * crowd.MINE + 1)),
    ),
    "own interventions": (people.NAV_ADVISER, interventions.own_interventions),
    "interventions near": (people.NAV_ADVISER, interventions.interventions_near),
    "my protection": (CITIZEN, lambda viewer: places.protections(viewer, [PERSON])),
    "where I am": (CITIZEN, lambda viewer: places.whereabouts(viewer, PERSON)),
    "who knows where I am": (CITIZEN, lambda viewer: places.who_knows(viewer, PERSON)),
    "import runs": (people.SOCIAL_WORKER, inbox.runs),
    "files on their way": (people.SOCIAL_LEADER, uploads.unfinished),
    "file on its way": (
        people.SOCIAL_LEADER,
        lambda viewer: uploads.upload(viewer, crowd_id("upload", 200)),
    ),
    "what a dry run found": (
        people.SOCIAL_LEADER,
        lambda viewer: list(differing.pieces(crowd_id("upload", 200), "refused", 0)),
    ),
    "import being taken back": (
        people.SOCIAL_LEADER,
        lambda viewer: taking_back.under_way(viewer, crowd_id("run", 200)),
    ),
    "file of an import": (
        people.SOCIAL_LEADER,
        lambda viewer: uploads.of_run(viewer, crowd_id("run", 200)) is None,
    ),
    "what an import did": (
        people.SOCIAL_WORKER,
        lambda viewer: undo.changes(crowd_id("run", 200), after=UUID(int=0)),
    ),
    "import run": (people.SOCIAL_WORKER, lambda viewer: inbox.run(viewer, crowd_id("run", 200))),
}


@pytest.fixture(scope="module")
def crowded(database_name: str, worker_id: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database of this module's own, with the crowd in it."""
    folder = cluster.HOME / "db"
    with own_database(worker_id, django_db_blocker) as name:
        with psycopg.connect(
            host="127.0.0.1",
            port=read_state(folder).port,
            dbname=name,
            user="postgres",
            password=read_passwords(folder)["postgres"],
            autocommit=True,
        ) as link:
            crowd.fill([link])
        yield name


class Explaining:
    """Explains each SELECT before it is sent, and remembers what would be read row by row."""

    def __init__(self) -> None:
        self.statements = 0
        self.scanned: list[tuple[str, str]] = []
        self.listed: list[str] = []
        self._explaining = False

    def __call__(self, execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        if not self._explaining and statement.lstrip().startswith("SELECT") and "gate.enter" not in statement:
            self._explaining = True
            try:
                self._explain(statement, values)
            finally:
                self._explaining = False
        return execute(statement, values, many, context)

    def _explain(self, statement: str, values: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
            (found,) = cursor.fetchone()
        self.statements += 1
        (plan,) = json.loads(found) if isinstance(found, str) else found
        self.scanned += [(table, statement) for table in sequential_scans(plan["Plan"])]
        self.listed += [statement] if lists_what_is_open(plan["Plan"]) else []


def sequential_scans(node: dict[str, Any]) -> Iterator[str]:
    """Tables about persons that a plan reads row by row."""
    if node["Node Type"].endswith("Seq Scan") and node["Relation Name"] in ABOUT_PERSONS:
        yield node["Relation Name"]
    for child in node.get("Plans", []):
        yield from sequential_scans(child)


def lists_what_is_open(node: dict[str, Any]) -> bool:
    """Whether all grants of whoever has entered are read, to decide of some rows."""
    here = node.get("Index Name") == "grant_by_holder" and node.get("Parent Relationship") == "SubPlan"
    return here or any(lists_what_is_open(child) for child in node.get("Plans", []))


def test_pages_read_by_index(crowded: str, subtests: pytest.Subtests) -> None:
    """One test, so that two workers do not both write the crowd."""
    for page in PAGES:
        for plans_are in ("custom", "generic"):
            with subtests.test(page, plans_are=plans_are):
                explaining = explained(page, plans_are)
                assert explaining.statements
                assert explaining.scanned == []
    with subtests.test("a page about one person lists nothing else that is open; a count of all does"):
        assert explained("plan page", "custom").listed == []
        explaining = Explaining()
        with acting_as(people.NAV_ADVISER), connection.execute_wrapper(explaining):
            assert Plan.objects.count() == crowd.Size().plans // crowd.MINE
        assert len(explaining.listed) == 1
    with subtests.test("a search looks at the words that fit, and lists no cases"):
        for plans_are in ("custom", "generic"):
            listed = explained("somebody by name", plans_are).listed
            assert [one for one in listed if "people_searchword" in one] == []
    with subtests.test("the control: a list that no index serves is found out"):
        explaining = Explaining()
        with acting_as(people.NAV_ADVISER), connection.execute_wrapper(explaining):
            assert len(Note.objects.filter(text="A")) == 3 * crowd.Size().plans // crowd.MINE
        assert [table for table, _ in explaining.scanned] == ["plan_note"]
    with subtests.test("the crowd is a crowd"):
        with acting_as(people.NAV_ADVISER) as viewer:
            assert len(coordination.worklist(viewer)) == crowd.Size().plans // crowd.MINE
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert len(people_queries.own_records(viewer)) == crowd.Size().records // 200


def explained(page: str, plans_are: str) -> Explaining:
    """The page, read with every statement explained."""
    post, read = PAGES[page]
    explaining = Explaining()
    with acting_as(post) as viewer:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('plan_cache_mode', %s, true)", [f"force_{plans_are}_plan"])
        with connection.execute_wrapper(explaining):
            assert read(viewer)
    return explaining
