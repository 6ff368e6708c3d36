"""Each word about a person is seen by those whom the access table and the seal allow, and nowhere besides.

A token of its own stands in every field of every row that tells something of somebody, a day or a number of
its own where that is what the field tells; everybody goes everywhere, and whatever they are told is searched,
days however they are written: pages, parts, files, refusals, headers, cookies, and with them the log, facts
and the access log, in which no token may stand for anybody, but for days and numbers that these are made of.
Published views, a delivery of them and its figures hold no word and no birth date, and nobody is told a
national id.
A failure: a token that is told to somebody who may not see its row, or that stands where none may stand; a
column of which nobody has said what it holds; a field without a token.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterator, Sequence, Set
from contextlib import ExitStack
from datetime import timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pyarrow.parquet as pq
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from psycopg.sql import SQL, Identifier

import people
from applications.stand_ins import applied, moved
from people import Family, OnPlan, acting_as
from proof.channels.days_and_numbers import BORN, DAYS, NUMBERS
from proof.channels.ground import as_superuser, own_database
from proof.channels.person_columns import Canary, NotDeclared
from proof.channels.planted import WORDS, plant, seen_by
from proof.channels.visitors import Visitor, visitors
from proof.channels.written import days_in, numbers_in
from proof.outcome import Outcome
from samvirke.applications import operations as applications
from samvirke.coordination import queries as coordination
from samvirke.delivery import read, write
from samvirke.exchange.models import CaseEvent
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import log_questions, secrets
from samvirke.people.models import Person
from samvirke.plan import actions, own_room
from samvirke.plan import operations as planning
from samvirke.plan.action_types import Agreed
from samvirke.statistics import save, statistics_of
from samvirke.surfaces.actor import POST, PURPOSE
from samvirke.surfaces.commands.deliver import published
from surfaces.everywhere import Heard, World, visit, world

SMALL, FULL = 2, 19
FEWEST = 100
TOKEN = re.compile(r"qz\d\dx\d{4}zq")
FOR_NOBODY = re.compile(r"the log of |a row: |.*, (headers|cookies|on the way)$", re.DOTALL)
# A fact tells when something was done and how much there was, and a year of birth.
A_FACT = re.compile(r"a row: \s*INSERT INTO events_fact")
# The access log, and whoever reads their own, is told the oldest day of what was shown, whatever it was.
DATED = frozenset(
    {
        "applications.ApplicationStep.taken_on",
        "applications.Enquiry.told_on",
        "applications.EnquiryStep.taken_on",
        "assessments.Assessment.day",
        "coordination.FollowUp.called_on",
        "coordination.ChangeWish.asked_at",
        "coordination.Meeting.day",
        "coordination.MeetingTerms.day",
        "plan.Action.changed_at",
        "plan.BenefitCondition.set_at",
        "plan.Commitment.asked_at",
        "plan.EarlierAction.changed_at",
        "plan.Assent.answered_at",
        "plan.GoalVersion.written_at",
        "plan.Note.written_at",
        "plan.PlanVersion.fixed_at",
        "plan.Statement.written_at",
    }
)
OF_THE_LOG = re.compile(
    r"a row: \s*INSERT INTO gate_accessentry|(GET|POST) /my-plan/(children/[0-9a-f-]{36}/)?seen/"
)
NAMES = tuple(column for column in WORDS if column.endswith(("given_name", "family_name")))
FIELDS = (*WORDS, *BORN, *DAYS, *NUMBERS)
WRITERS = (people.COORDINATOR, people.SOCIAL_WORKER)
NATIONAL_IDS = """
SELECT national_id_secret FROM people_person UNION ALL SELECT national_id_secret FROM people_clientrecord
"""
VIEWS = "SELECT table_name FROM information_schema.views WHERE table_schema = 'published'"


def run(size: int, seed: int) -> Outcome:
    """Let as many visitors as `size`, as drawn, go everywhere; when all go, each sends every form."""
    with ExitStack() as stack:
        database = stack.enter_context(own_database())
        folder = Path(stack.enter_context(TemporaryDirectory()))
        stack.enter_context(override_settings(HOME=folder))
        here = world(folder)
        _write_of_every_kind(here)
        with as_superuser(database) as link:
            try:
                canaries = plant(link)
            except NotDeclared as problem:
                return Outcome(0, (str(problem),))
            nowhere = {one.token for one in canaries if one.column in (*WORDS, *BORN)}
            failures = [*_unfilled(canaries), *_published(link, nowhere)]
            numbers = _national_ids(link)
        failures += _delivered(folder, numbers, nowhere)
        everybody = visitors(here)
        random.Random(seed).shuffle(everybody)
        going = everybody[:size]
        for visitor in going:
            allowed = seen_by(visitor, canaries)
            heard = _heard(visitor, here, sends=size >= FULL)
            failures += told_wrongly(visitor, heard, canaries, allowed)
            failures += _numbers_told(visitor, heard, numbers)
    return Outcome(
        len(canaries) * len(going),
        tuple(failures),
        f"{len(canaries)} tokens in {len(WORDS)} fields of words, {len(BORN) + len(DAYS)} of days and "
        f"{len(NUMBERS)} of numbers, {len(numbers)} national ids; {len(going)} visitors",
    )


def _heard(visitor: Visitor, here: World, *, sends: bool) -> Heard:
    heard = visit(visitor.post_id, here, visitor.purpose, sends=sends)
    heard.said += found(visitor)
    return heard


def found(visitor: Visitor) -> list[tuple[str, str]]:
    """What a search answers to the beginning of each name's token."""
    client = Client()
    if visitor.post_id is not None:
        session = client.session
        session[POST], session[PURPOSE] = str(visitor.post_id), int(visitor.purpose)
        session.save()
    answers = [client.post(reverse("find"), {"text": f"qz{WORDS.index(column):02}"}) for column in NAMES]
    return [
        (f"a search for {column}", one.content.decode()) for column, one in zip(NAMES, answers, strict=True)
    ]


def _write_of_every_kind(here: World) -> None:
    """Notes of each kind the writer may write, open and sealed, and statements: the world has few of them."""
    one = here.family
    here.ids["application_id"].append(_refused(one.father))
    for who, plan_id in product(WRITERS, (one.plan_id, one.mother.plan_id, one.father.plan_id)):
        with acting_as(who) as viewer:
            page = coordination.plan_page(viewer, plan_id)
            for kind, sealed in product(page.may_write_kinds, (False, True)):
                planning.write_note(plan_id=plan_id, kind=kind, text="Ord.", sealed=sealed, by=viewer)
            said = [row.version for row in page.statements if row.topic == "strengths"]
            planning.state(plan_id=plan_id, topic="strengths", text="Ord.", seen_version=sum(said), by=viewer)
    _decided(one)
    _of_their_own(one, here.ids["question_id"][0])
    _a_message_about_a_case(here.ids["record_id"][0])


def _refused(father: OnPlan) -> UUID:
    """An application for something with a name, with the time it took, refused."""
    application_id = applied(father, right="")
    with acting_as(father.person.citizen_id) as viewer:
        applications.note_time_used(application_id=application_id, minutes=90, by=viewer)
    moved(father, application_id, "received", "refused")
    return application_id


def _of_their_own(one: Family, question_id: UUID) -> None:
    """What the parents wrote in their own rooms, and what a leader answered to why somebody looked."""
    for parent in (one.mother, one.father):
        with acting_as(parent.person.citizen_id) as viewer:
            own_room.write(text="Ord.", by=viewer)
    with acting_as(people.NAV_LEADER) as viewer:
        log_questions.answer(question_id=question_id, text="Et svar med ord.", by=viewer)


def _decided(one: Family) -> None:
    """An action that an agency has decided on, with its reference, agreed on anew once."""
    today = people.NOW.date()
    with acting_as(people.COORDINATOR) as viewer:
        action_id = actions.add(
            plan_id=one.mother.plan_id,
            goal_id=one.mother.goal_id,
            kind=DataKind.EMPLOYMENT,
            agreed=Agreed("Praksis", starts_on=today, due_on=today + timedelta(days=30)),
            accountable=people.COORDINATOR,
            decision_reference="2026/118",
            by=viewer,
        )
        actions.change(
            action_id=action_id,
            seen_version=1,
            agreed=Agreed("Lengre praksis", starts_on=today, due_on=today + timedelta(days=60)),
            accountable=people.COORDINATOR,
            why="Kari vil ha mer tid.",
            by=viewer,
        )


def _a_message_about_a_case(record_id: UUID) -> None:
    """An event of the unit's own case, as its system tells it."""
    with acting_as(people.SOCIAL_SYSTEM, Purpose.SERVICE) as viewer:
        CaseEvent.objects.create(
            id=uuid4(),
            subject_id=record_id,
            message_id="M-1",
            position=0,
            case_reference="SAK-1",
            happened_at=viewer.now,
            code="payment",
            status="paid",
            reference="R-1",
            amount=Decimal(7_000),
            first_day=people.NOW.date(),
            last_day=people.NOW.date(),
            paid_on=people.NOW.date(),
            due_on=people.NOW.date(),
            title="Ord.",
            description="Ord.",
        )


def told_wrongly(
    visitor: Visitor, heard: Heard, canaries: Sequence[Canary], allowed: Collection[str]
) -> Iterator[str]:
    """Each token that this visitor, or a place that is for nobody, should not have."""
    columns = {one.token: one.column for one in canaries}
    for place, text in heard.said:
        for token in sorted(_tokens(text) & columns.keys()):
            if _belongs(columns[token], place):
                continue
            if FOR_NOBODY.match(place):
                yield f"{columns[token]} stands in {place[:80]}, where {visitor.name} was"
            elif token not in allowed:
                yield f"{columns[token]} was told to {visitor.name} at {place[:80]}"


def _belongs(column: str, place: str) -> bool:
    """Whether such a place is made to hold what this column does."""
    return bool(
        (column in DATED and OF_THE_LOG.match(place)) or (column in (*DAYS, *NUMBERS) and A_FACT.match(place))
    )


def _tokens(text: str) -> set[str]:
    """Whatever in it may have been planted."""
    return {*TOKEN.findall(text), *days_in(text, people.NOW.date()), *numbers_in(text)}


def _national_ids(link: psycopg.Connection[Any]) -> set[str]:
    """Every national id in the world. No page shows one, to anybody."""
    found = [row for (row,) in link.execute(NATIONAL_IDS).fetchall()]
    return {secrets.unseal(bytes(row)) for row in found}


def _numbers_told(visitor: Visitor, heard: Heard, numbers: Collection[str]) -> Iterator[str]:
    for place, text in heard.said:
        yield from (
            f"a national id was told to {visitor.name} at {place[:80]}" for one in numbers if one in text
        )


def _delivered(folder: Path, numbers: Collection[str], nowhere: Set[str]) -> Iterator[str]:
    """A statistics delivery of the world with all its files, and its figures: no word, no number, no id."""
    rows = published("canaries", people.PARTNERSHIP)
    write(folder / "delivery", rows, study="canaries", made_at=people.NOW, source="Samvirke")
    save(statistics_of(read(folder / "delivery")), folder / "delivery" / "statistics.json")
    ids = _subject_ids()
    for path in sorted((folder / "delivery").rglob("*")):
        if path.is_file():
            text = (
                repr(pq.read_table(path).to_pylist())
                if path.suffix == ".parquet"
                else path.read_text("utf-8")
            )
            told = [*(_tokens(text) & nowhere), *(one for one in (*numbers, *ids) if one in text)]
            yield from (f"{one} stands in the delivery's {path.name}" for one in told)


def _subject_ids() -> set[str]:
    """Of everybody around whom the coordinator works."""
    with acting_as(people.COORDINATOR):
        return {str(one) for one in Person.objects.values_list("pk", flat=True)}


def _unfilled(canaries: Sequence[Canary]) -> Iterator[str]:
    filled = {one.column for one in canaries}
    yield from (f"{column} has no row in the swept world" for column in FIELDS if column not in filled)
    if len(canaries) < FEWEST:
        yield f"only {len(canaries)} tokens were planted"


def _published(link: psycopg.Connection[Any], nowhere: Set[str]) -> Iterator[str]:
    for (view,) in link.execute(VIEWS).fetchall():
        rows = link.execute(SQL("SELECT * FROM published.{}").format(Identifier(view))).fetchall()
        yield from (f"{token} stands in published.{view}" for token in _tokens(repr(rows)) & nowhere)
