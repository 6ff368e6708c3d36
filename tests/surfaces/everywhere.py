"""Everywhere a visitor can get: every route with every id of a family's world, every link, every form.

A route that takes something the world has none of cannot be swept, and is an error: give the world one.
"""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from openpyxl import load_workbook
from psycopg.types.json import Jsonb

import people
from applications.stand_ins import applied
from assessments.stand_ins import STEPS, answers_of, answers_self, given, puts_right
from exchange.test_nav import line
from people import Family, OnPlan, acting_as, family
from samvirke.agencies import delegation
from samvirke.agreements import operations as agreements
from samvirke.agreements.types import Responsible, Terms
from samvirke.applications import enquiries
from samvirke.assessments.types import Respondent
from samvirke.coordination import (
    absences,
    agendas,
    choices,
    follow_ups,
    meeting_days,
    meeting_mode,
    meetings,
    proposals,
)
from samvirke.coordination import operations as coordination
from samvirke.coordination import queries as coordinating
from samvirke.coordination.meeting_types import Arranged, NewProposal
from samvirke.coordination.models import Duty
from samvirke.exchange.inbox.operations import import_file
from samvirke.exchange.systems.nav.mapping import COLUMNS
from samvirke.exchange.uploads import operations as uploads
from samvirke.gate import operations as gate
from samvirke.gate.models import Consent
from samvirke.interventions import operations as interventions
from samvirke.kernel.codes import (
    AgencyKind,
    Answer,
    Domain,
    EndReason,
    InterventionKind,
    MeetingKind,
    Occupation,
    ProposedChange,
    Sex,
    Side,
    SupportSource,
)
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import consents, duplicates, guardians, national_ids, places, recalls, ties
from samvirke.people import operations as people_operations
from samvirke.people import queries as people_queries
from samvirke.people.guardian_types import View
from samvirke.people.models import IdentityLink
from samvirke.plan import actions, commitments, conditions, teams, versions
from samvirke.plan import consents as plan_consents
from samvirke.plan import operations as plan
from samvirke.plan.action_types import Agreed, OwnSide
from samvirke.plan.commitment_types import Wanted
from samvirke.plan.condition_types import Sanction
from samvirke.plan.condition_types import Terms as ConditionTerms
from samvirke.plan.models import Action, Goal
from samvirke.plan.types import Situation
from samvirke.programmes import exemptions, overviews
from samvirke.surfaces.actor import POST, PURPOSE
from surfaces.out_of_the_ordinary import conflict, emergency, of_the_log, opening
from surfaces.pages_read import Page
from surfaces.pdf_text import pdf_text

NOT_FOLLOWED = {"sign_out"}  # it ends the visit
WRITTEN = ("events_fact", "gate_accessentry")
ROW = "a row"
ID = re.compile(r"[0-9a-f-]{36}")
# Letters drawn anew for each answer tell nothing, and now and then they spell a name.
DRAWN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w{64}|(?<=csrftoken=)\w{32}')
Route = tuple[str, tuple[str, ...]]


class CannotFill(Exception):
    """A route takes a parameter of which the world has no example."""

    def __init__(self, route: str, parameter: str) -> None:
        super().__init__(
            f"The route {route!r} takes {parameter!r}, and the swept world has none: its pages would go "
            "unswept. Make one for the protected mother in tests/surfaces/everywhere.py and name it in `ids`."
        )


@dataclass(frozen=True, slots=True)
class World:
    """The standing family with something of everything, each tied to the mother's place where it can be."""

    family: Family
    ids: dict[str, list[Any]]  # by the name a route gives its parameter


@dataclass
class Heard:
    """Everything one visitor was told, and where."""

    said: list[tuple[str, str]] = field(default_factory=list)
    pages: int = 0
    sent: int = 0
    broken: list[str] = field(default_factory=list)

    def finds(self, words: Sequence[str]) -> dict[str, str]:
        """Each word that was told, with the first place that told it.

        Facts and the access log hold ids, by design and readable from no page; in them only names count.
        """
        found: dict[str, str] = {}
        for place, text in self.said:
            for word in words:
                if word in text and not (place.startswith(ROW) and ID.fullmatch(word)):
                    found.setdefault(word, place)
        return found

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(text for _, text in self.said)


def world(folder: Path) -> World:
    """The mother has moved to Kanarivik: her agencies' own records say so, and Nordeng coordinates."""
    one = family()
    ended, call = _an_earlier_plan(one)
    one = replace(one, mother=_on_a_new_plan(one))
    wish = _wishes_for_another(one)
    runs = [_nav_knows_the_mother(one, folder)]
    _moved(one)
    of_mother = _everyday_life(one)
    applications = [
        applied(one.mother),
        applied(one.mother, unit=people.NAV, by=people.STRANGER),
        applied(one.mother, unit=people.SOCIAL_NORDENG),
        applied(one.father),
    ]
    with acting_as(people.COORDINATION_LEADER) as viewer:
        Duty.objects.filter(plan_id=one.mother.plan_id).update(unit_id=people.SOCIAL_NORDENG)
        handover = coordination.offer_duty(
            plan_id=one.mother.plan_id,
            to_post=people.NAV_ADVISER,
            deputy=people.STRANGER,
            consent_id=one.mother.person.consent_id,
            by=viewer,
        )
    with acting_as(people.SOCIAL_WORKER):
        goals = list(Goal.objects.values_list("id", flat=True))
        consents = list(Consent.objects.values_list("id", flat=True))
    of_log = of_the_log(one)
    meeting_ids = _meetings(one)
    ids = {
        "plan_id": [one.plan_id, one.mother.plan_id, one.father.plan_id, ended],
        "record_id": _records_of_the_mother(),
        "referral_id": [_referred(one)],
        "action_id": _actions(),
        "need_id": _needs(one),
        "instrument": [_assessed(one)],
        "commitment_id": _promised(one),
        "condition_id": _asked_for_money(one),
        "meeting_id": meeting_ids,
        "proposal_id": _proposals(one, meeting_ids),
        "follow_up_id": [call],
        "wish_id": [wish],
        "enquiry_id": [_told_once(one)],
        "absence_id": [_away(one)],
        "agreement_id": [_agreement()],
        "contact_id": [_contact_person()],
        "authority_id": [_authority()],
        "exemption_id": [_exemption()],
        "unit_id": [people.NAV, people.COORDINATING],
        "goal_id": goals,
        "topic": ["dream"],
        "number": [1],
        "handover_id": [handover],
        "run_id": runs,
        "upload_id": [_nav_sends_a_file()],
        "application_id": applications,
        "programme_id": [row.programme_id for row in overviews.programmes()],
        "consent_id": [*consents, of_mother, one.mothers_share, one.fathers_share],
        "evidence_id": ["samverkan-2010"],
        "draft_id": [*_asked_of_them(one), _asked_about_the_child(one), _agreed_about_the_child(one)],
        "person_id": [one.child.person_id, one.mother.person.person_id, one.father.person.person_id],
        "guardianship_id": _acting_for_the_child(one),
        "recall_id": _recalls(),
        "pair_id": [_two_persons()],
        "link_id": _ties_of_the_mother(),
        "lift_id": [emergency(one)],
        "conflict_id": [conflict()],
        "opening_id": [opening(one)],
        "child_id": [one.child.person_id],
        "visit_id": of_log.visits,
        "question_id": [of_log.question],
        "exception_id": [of_log.exception],
    }
    return World(one, ids)


def _mother_s_number() -> str:
    return national_ids.make_synthetic(birth_date=people.date(1990, 7, 2), sex=Sex.FEMALE, serial=5)


def _nav_knows_the_mother(one: Family, folder: Path) -> UUID:
    """Nav's own list has her too, in Kanarivik, and somebody in a place that is in no directory."""
    path = folder / "nav.csv"
    hers = line(FNR=_mother_s_number(), FØDSELSDATO="02.07.1990", KOMMUNENR=people.KANARIVIK)
    rows = [";".join(COLUMNS), hers, line(BRUKER_ID="N-2", KOMMUNENR="0301")]
    path.write_bytes("\r\n".join(rows).encode("iso-8859-1"))
    with acting_as(people.NAV_SYSTEM, Purpose.SERVICE) as viewer:
        run = import_file(system=AgencyKind.NAV_STATE, path=path, dry_run=False, by=viewer).run_id
    assert run is not None
    with acting_as(people.NAV_ADVISER) as viewer:
        consent_id = one.mother.person.consent_id
        person_id = one.mother.person.person_id
        linked = ties.match_own_record(
            person_id=person_id, unit_id=people.NAV, consent_id=consent_id, by=viewer
        )
    assert linked is not None
    return run


def _nav_sends_a_file() -> UUID:
    """Nav's leader has sent the next list: the mother is said to live elsewhere, and a row is refused."""
    hers = line(FNR=_mother_s_number(), FØDSELSDATO="02.07.1990", KOMMUNENR=people.NORDENG, FORNAVN="Anna")
    rows = [";".join(COLUMNS), hers, line(BRUKER_ID="N-2", KOMMUNENR="0301")]
    content = "\r\n".join(rows).encode("iso-8859-1")
    with acting_as(people.NAV_LEADER) as viewer:
        upload_id = uploads.receive(name="neste.csv", size=len(content), content=[content], by=viewer)
        uploads.check(upload_id=upload_id, by=viewer)
    return upload_id


def _moved(one: Family) -> None:
    """The social service's system has the new municipality of mother and child."""
    mother = people.Client("F-2", _mother_s_number(), "Anne", "Eksempel", people.date(1990, 7, 2))
    number = national_ids.make_synthetic(birth_date=people.date(2017, 9, 1), sex=Sex.FEMALE, serial=5)
    child = people.Client("F-3", number, "Liv", "Eksempel", people.date(2017, 9, 1))
    for client in (mother, child):
        people.record(replace(client, municipality=people.KANARIVIK, source_version=2))


def _everyday_life(one: Family) -> UUID:
    """The mother tells Nordeng and her old social worker of everyday life; the worker knows no place."""
    terms = people.terms(kinds=DataKind.SOCIAL, units=(people.SOCIAL, people.SOCIAL_NORDENG))
    with acting_as(one.mother.person.citizen_id):
        consent_id = people_operations.record_consent(
            one.mother.person.person_id, one.mother.person.citizen_id, terms
        )
        gate.admit(consent_id=consent_id, post_ids=[people.SOCIAL_WORKER])
    return consent_id


def _asked_about_the_child(one: Family) -> UUID:
    """The parents are asked to let Nordeng know of school, by who knows the place."""
    terms = people.terms(kinds=DataKind.EDUCATION, units=(people.COORDINATING, people.SOCIAL_NORDENG))
    terms = replace(terms, purposes=Purpose.COORDINATION)
    with acting_as(people.COORDINATOR) as viewer:
        child = one.child.person_id
        (draft_id,) = consents.draft(person_id=child, terms=terms, by=viewer, view=View.AGREES)
    return draft_id


def _agreed_about_the_child(one: Family) -> UUID:
    """Both parents have let Nordeng know of housing, so that each can take it back."""
    terms = people.terms(kinds=DataKind.HOUSING, units=(people.COORDINATING, people.SOCIAL_NORDENG))
    terms = replace(terms, purposes=Purpose.COORDINATION)
    with acting_as(people.COORDINATOR) as viewer:
        child = one.child.person_id
        (draft_id,) = consents.draft(person_id=child, terms=terms, by=viewer, view=View.AGREES)
    for parent in (one.mother, one.father):
        with acting_as(parent.person.citizen_id) as viewer:
            plan_consents.say_for_child(draft_id=draft_id, says_yes=True, by=viewer)
    return draft_id


def _acting_for_the_child(one: Family) -> list[UUID]:
    """The mother's responsibility rests on a paper that names the town."""
    paper = f"Utskrift fra {people.CANARIES.municipality}"
    new = replace(people.guardian(one.mother.person.citizen_id, "Anne", lives_with=True), reference=paper)
    with acting_as(people.COORDINATOR) as viewer:
        guardians.record(person_id=one.child.person_id, guardian=new, by=viewer)
        return [row.guardianship_id for row in guardians.around(viewer, one.child.person_id)]


def _an_earlier_plan(one: Family) -> tuple[UUID, UUID]:
    """The mother's first plan ended in a job; a call was made, and another is to come."""
    with acting_as(people.COORDINATION_LEADER) as viewer:
        coordination.end_plan(
            plan_id=one.mother.plan_id,
            reason=EndReason.JOB,
            situation=Situation(SupportSource.WAGES, Occupation.ORDINARY_JOB),
            by=viewer,
        )
        days = [people.NOW.date() + timedelta(days=ahead) for ahead in (30, 90)]
        follow_ups.agree_follow_ups(plan_id=one.mother.plan_id, days=days, by=viewer)
        first, second = follow_ups.of_plan(viewer, one.mother.plan_id).rows
        follow_ups.note_call(
            follow_up_id=first.follow_up_id,
            situation=Situation(SupportSource.WAGES, Occupation.ORDINARY_JOB),
            open_anew=True,
            by=viewer,
        )
    return one.mother.plan_id, second.follow_up_id


def _on_a_new_plan(one: Family) -> OnPlan:
    """And she is on a plan again, with one from Nordeng in the team."""
    consent_id = one.mother.person.consent_id
    with acting_as(people.SOCIAL_WORKER) as viewer:
        plan_id = coordination.start_plan(
            person_id=one.mother.person.person_id,
            partnership_id=people.PARTNERSHIP,
            kinds=["no.individual_plan"],
            consent_id=consent_id,
            unit_id=people.COORDINATING,
            deputy=people.OTHER_COORDINATOR,
            next_review=people.NOW.date() + timedelta(days=60),
            intake=people.intake(),
            by=viewer,
        )
        joining = [people.NAV_ADVISER, people.COORDINATOR, people.STRANGER, *people.OF_OTHER_ROLES.values()]
        plan.add_members(plan_id=plan_id, post_ids=joining, consent_id=consent_id, by=viewer)
        goal_id = plan.set_goal(
            plan_id=plan_id, life_domain="employment", own_words="Roligere dager.", target="", by_when=None,
            by=viewer,
        )  # fmt: skip
        action = actions.add(
            plan_id=plan_id,
            goal_id=goal_id,
            kind=DataKind.EMPLOYMENT,
            agreed=Agreed("Finne noe nærmere"),
            accountable=people.STRANGER,
            decision_reference="",
            by=viewer,
        )
        actions.set_status(action_id=action, status="in_progress", by=viewer)
    made = OnPlan(one.mother.person, plan_id, goal_id)
    _helped(made)
    _agreed_on_as_a_whole(made)
    return made


def _told_once(one: Family) -> UUID:
    """The mother has told Nav what is going on; it has read it, and asks Nordeng's to answer."""
    with acting_as(one.mother.person.citizen_id) as viewer:
        told = enquiries.tell(
            person_id=one.mother.person.person_id,
            to_unit=people.NAV,
            words="Det er blitt for mye.",
            helps="Noen som har oversikten.",
            to_meet="Ring etter klokka ti.",
            is_urgent=True,
            by=viewer,
        )
    with acting_as(people.NAV_ADVISER) as viewer:
        enquiries.take(enquiry_id=told, answer_due_on=people.NOW.date() + timedelta(days=9), by=viewer)
        enquiries.lead_on(enquiry_id=told, to_unit=people.SOCIAL_NORDENG, why="De er nærmere.", by=viewer)
    return told


def _wishes_for_another(one: Family) -> UUID:
    """The mother would rather have others than Nav's adviser, who stays, and the one from Nordeng."""
    with acting_as(one.mother.person.citizen_id) as viewer:
        answered, waits = (
            choices.wish_for_another(
                plan_id=one.mother.plan_id,
                instead_of=post,
                wanted="En som ikke kjenner familien.",
                why="Det er for nært.",
                by=viewer,
            )
            for post in (people.NAV_ADVISER, people.STRANGER)
        )
    with acting_as(people.COORDINATION_LEADER) as viewer:
        choices.answer_wish(wish_id=answered, granted=False, reply="Det er ingen andre der.", by=viewer)
    return waits


def _agreed_on_as_a_whole(plan_of_hers: OnPlan) -> None:
    """She has a dream, and does something herself; the one from Nordeng kept a version, and answered it."""
    plan_id = plan_of_hers.plan_id
    with acting_as(plan_of_hers.person.citizen_id) as viewer:
        plan.state(plan_id=plan_id, topic="dream", text="Et hus ved sjøen.", by=viewer)
    with acting_as(people.STRANGER) as viewer:
        for who in (
            OwnSide(Side.PERSON, plan_of_hers.person.person_id),
            OwnSide(Side.RELATIVE, called="Tante Gro"),
        ):
            actions.add(
                plan_id=plan_id,
                goal_id=plan_of_hers.goal_id,
                kind=DataKind.PLAN,
                agreed=Agreed("Pakke"),
                accountable=who,
                decision_reference="",
                by=viewer,
            )
        versions.fix(plan_id=plan_id, by=viewer)
        seen = versions.of_plan(viewer, plan_id).newest_seen
        versions.answer(
            plan_id=plan_id, number=1, said=Answer.IN_PART, text="Litt mye.", seen=seen, by=viewer
        )


def _helped(plan: OnPlan) -> None:
    """An action that the one from Nordeng helps with, and has agreed on anew twice."""
    agreed = Agreed("Flytte tingene", contributors=(people.STRANGER,))
    with acting_as(people.STRANGER) as viewer:
        action = actions.add(
            plan_id=plan.plan_id,
            goal_id=plan.goal_id,
            kind=DataKind.PLAN,
            agreed=agreed,
            accountable=people.NAV_ADVISER,
            decision_reference="",
            by=viewer,
        )
        for version in (1, 2):
            actions.change(
                action_id=action,
                seen_version=version,
                agreed=agreed,
                accountable=people.NAV_ADVISER,
                why="",
                by=viewer,
            )


def _records_of_the_mother() -> list[UUID]:
    with acting_as(people.SOCIAL_SYSTEM, Purpose.SERVICE):
        found = people_queries.record_ids(people.SOCIAL, ["F-2", "F-3"])
    with acting_as(people.NAV_SYSTEM, Purpose.SERVICE):
        found |= people_queries.record_ids(people.NAV, ["N-1", "N-2"])
    return list(found.values())


def _asked_of_them(one: Family) -> list[UUID]:
    """The mother is asked to let Nordeng know something, by who knows the place; the father too, at home."""
    terms = people.terms(units=(people.COORDINATING, people.SOCIAL_NORDENG))
    with acting_as(people.COORDINATOR) as viewer:
        found = consents.draft(person_id=one.mother.person.person_id, terms=terms, by=viewer)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        found += consents.draft(person_id=one.father.person.person_id, terms=people.terms(), by=viewer)
    return found


def _recalls() -> list[UUID]:
    """Nordeng was told when the mother no longer let it know where she is."""
    with acting_as(people.STRANGER) as viewer:
        return [row.recall_id for row in recalls.own(viewer)]


def _two_persons() -> UUID:
    """Mother and child were held beside each other, and found to be two."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        found = people_queries.record_ids(people.SOCIAL, ["F-2", "F-3"])
        return duplicates.keep_apart(one=found["F-2"], other=found["F-3"], by=viewer)


def _ties_of_the_mother() -> list[UUID]:
    with acting_as(people.NAV_ADVISER):
        return list(IdentityLink.objects.values_list("id", flat=True))


def _referred(one: Family) -> UUID:
    """To Nordeng, which has not received her."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        return people_operations.refer(
            person_id=one.mother.person.person_id,
            to_unit=people.SOCIAL_NORDENG,
            consent_id=one.mother.person.consent_id,
            by=viewer,
        )


def _actions() -> list[UUID]:
    with acting_as(people.COORDINATOR):
        return list(Action.objects.values_list("id", flat=True))


def _assessed(one: Family) -> str:
    """The mother answers, open to all who help her, and so do workers of Nordeng and of Nav."""
    answers_self(one.mother, given())
    for post in (people.STRANGER, people.NAV_ADVISER):
        answers_of(one.mother, post, given({"job-chance": 4}))
        answers_of(one.mother, post, given({"trust": 5}), respondent=Respondent.PERSON)
    answers_self(one.father, given({"trust": 6}))
    puts_right(one.mother, given({"trust": 8}, why="Leste feil linje."))
    return STEPS


def _needs(one: Family) -> list[UUID]:
    """What mother and father wait for; she has a place in Nordeng."""
    with acting_as(people.COORDINATOR) as viewer:
        found = [
            interventions.note_need(
                person_id=person.person.person_id, intervention_kind=kind, words="", by=viewer
            )
            for person, kind in (
                (one.mother, InterventionKind.TRAINING),
                (one.mother, InterventionKind.WORK_PRACTICE),
                (one.father, InterventionKind.WORK_PRACTICE),
            )
        ]
    mother = one.mother.person
    with acting_as(mother.citizen_id) as viewer:
        known = places.let_know_place(
            person_id=mother.person_id,
            post_ids=[people.STRANGER],
            terms=people.terms(units=(people.SOCIAL_NORDENG,)),
            by=viewer,
        )
    with acting_as(people.STRANGER) as viewer:
        interventions.give_place(
            need_id=found[0],
            intervention_id=people.COURSE_IN_NORDENG,
            starts_on=people.NOW.date(),
            by=viewer,
        )
    with acting_as(mother.citizen_id) as viewer:
        people_operations.withdraw_consent(consent_id=known, by=viewer)
    return found


def _meetings(one: Family) -> list[UUID]:
    """One held by the mother's team, one to come, and one of the family."""
    today = people.NOW.date()
    with acting_as(people.COORDINATOR) as viewer:
        found = [
            meetings.call_meeting(plan_id=plan_id, day=day, agenda="Neste steg", by=viewer)
            for plan_id, day in (
                (one.mother.plan_id, today),
                (one.mother.plan_id, today + timedelta(days=7)),
                (one.plan_id, today + timedelta(days=9)),
            )
        ]
        meetings.write_minutes(
            meeting_id=found[0],
            agreed="Vi møtes igjen.",
            there=[people.STRANGER],
            person_was_there=True,
            by=viewer,
        )
    return found


def _promised(one: Family) -> list[UUID]:
    """What the one from Nordeng is asked for, and what is asked for in return, around the mother."""
    today = people.NOW.date()
    wanted = Wanted(DataKind.PLAN, "Ringe huseieren", today + timedelta(days=9), in_return="Vi kjører.")
    with acting_as(people.COORDINATOR) as viewer:
        found = [
            commitments.ask_for(plan_id=one.mother.plan_id, wanted=wanted, of_post=people.STRANGER, by=viewer)
            for _ in range(3)
        ]
    with acting_as(people.STRANGER) as viewer:
        commitments.answer(commitment_id=found[1], status="declined", why="Vi har ikke tid.", by=viewer)
        back = Wanted(DataKind.PLAN, "Skaffe nøkkelen", today + timedelta(days=5))
        found.append(commitments.counter(commitment_id=found[2], wanted=back, by=viewer))
    return found


def _asked_for_money(one: Family) -> list[UUID]:
    """The one from Nordeng ties the mother's assistance to two things, and takes some of it for one."""
    today, plan = people.NOW.date(), one.mother
    asked = people.terms(kinds=DataKind.ECONOMY, units=(*people.UNITS, people.SOCIAL_NORDENG))
    with acting_as(plan.person.citizen_id):
        consent_id = people_operations.record_consent(plan.person.person_id, plan.person.citizen_id, asked)
        team = [people.SOCIAL_WORKER, people.NAV_ADVISER, people.COORDINATOR, people.STRANGER]
        gate.admit(consent_id=consent_id, post_ids=team)
    with acting_as(people.STRANGER) as viewer:
        terms = ConditionTerms(
            benefit="no.social_assistance",
            what="Komme innom en gang i uka",
            why="Vi vil vite hvordan det går",
            alternative="Ringe oss",
            if_not_kept="Vi spør hvorfor",
            review_on=today + timedelta(days=30),
        )
        made = [conditions.set_condition(plan_id=plan.plan_id, terms=terms, by=viewer) for _ in range(2)]
        for one_of_them in made:
            for status in ("not_kept", "reason_asked", "talked"):
                said = "Slik var det."
                conditions.take_step(condition_id=one_of_them, status=status, words=said, by=viewer)
        taken = Sanction(
            why="Ikke innom",
            until=today + timedelta(days=20),
            left_per_day=210,
            decision_reference="Nordeng kommune 2026/17",
            appeal_to="Klagenemnda i Nordeng kommune",
        )
        conditions.record_sanction(condition_id=made[0], sanction=taken, by=viewer)
    return made


def _proposals(one: Family, meeting_ids: list[UUID]) -> list[UUID]:
    """A meeting of the mother's team, moved and held by the one from Nordeng, and what it proposed.

    Its agenda has a point of hers; another one lies open in a draft.
    """
    today, ahead, plan = people.NOW.date(), meeting_ids[1], one.mother
    with acting_as(plan.person.citizen_id) as viewer:
        agendas.add_point(meeting_id=ahead, text="Jeg vil snakke om barnehagen", by=viewer)
    with acting_as(people.STRANGER) as viewer:
        page = coordinating.plan_page(viewer, plan.plan_id)
        points = agendas.proposed(page, today)
        held, begun = (
            meetings.call_meeting(
                plan_id=plan.plan_id, day=today, agenda="Gjeld", open_points=points, by=viewer
            )
            for _ in range(2)
        )
        later = Arranged(MeetingKind.THREE_WAY, time(15), 45, "somali")
        for meeting in (ahead, begun):
            day = today if meeting == begun else today + timedelta(days=8)
            meeting_days.move(meeting_id=meeting, day=day, arranged=later, why="Noen er borte", by=viewer)
            agendas.contribute(meeting_id=meeting, text="Jeg kan ikke komme", by=viewer)
        typed = {"agreed": "Halvferdig", "there": []}
        meeting_mode.save_draft(meeting_id=begun, typed=typed, seen_version=0, by=viewer)
        meeting_ids += [held, begun]
        items = agendas.items_of(page, held)
        team = {post: member for member, post in teams.members_of(plan.plan_id).items()}
        new = [
            NewProposal(
                ProposedChange.NEW,
                DataKind.EMPLOYMENT,
                "Ringe verkstedet",
                accountable_member=team[post],
                goal_id=plan.goal_id,
                due_on=today + timedelta(days=30),
            )
            for post in (people.STRANGER, people.NAV_ADVISER, people.STRANGER)
        ]
        made = meeting_mode.finish(
            meeting_id=held,
            agreed="Vi ringer.",
            said={item.item_id: "Det går fremover." for item in items},
            proposed=new,
            there=[people.STRANGER],
            person_was_there=True,
            by=viewer,
        )
        proposals.decline(proposal_id=made[2], why="Ingen plass", by=viewer)
    with acting_as(plan.person.citizen_id) as viewer:
        proposals.confirm(proposal_id=made[2], says_yes=True, why="Gjerne", by=viewer)
    return made


def _agreement() -> UUID:
    """Nav and the social service in Fjordvik have promised each other something."""
    today = people.NOW.date()
    terms = Terms(
        title="Samarbeid i Fjordvik",
        parties=(people.NAV, people.SOCIAL),
        signed_on=today,
        valid_from=today,
        valid_until=None,
        next_check_on=today + timedelta(days=90),
        response_times={},
        responsibilities={Domain.FOLLOW_UP: Responsible(people.NAV, people.SOCIAL)},
    )
    with acting_as(people.NAV_LEADER) as viewer:
        return agreements.sign_agreement(partnership_id=people.PARTNERSHIP, terms=terms, by=viewer)


def _contact_person() -> UUID:
    with acting_as(people.NAV_LEADER) as viewer:
        return agreements.name_contact_person(
            partnership_id=people.PARTNERSHIP,
            unit_id=people.NAV,
            post_id=people.NAV_ADVISER,
            deputy_id=None,
            share_percent=20,
            since=people.NOW.date(),
            by=viewer,
        )


def _authority() -> UUID:
    """Nav's adviser may decide something for a year."""
    today = people.NOW.date()
    with acting_as(people.NAV_LEADER) as viewer:
        return delegation.delegate(
            post_id=people.NAV_ADVISER,
            right=delegation.laws(viewer)[0].code,
            scope="Inntil to timer i uka",
            valid_from=today,
            last_day=today + timedelta(days=365),
            by=viewer,
        )


def _exemption() -> UUID:
    """Fjordvik's plans need not say something for a year."""
    today = people.NOW.date()
    with acting_as(people.NAV_LEADER) as viewer:
        kind, requirement = exemptions.requirements(viewer)[0]
        return exemptions.record(
            exemptions.NewExemption(
                municipality=people.FJORDVIK,
                plan_kind=kind.code,
                requirement=requirement.code,
                provision="Forsøksvedtak 12",
                reason="Vi prøver en kortere plan.",
                valid_from=today,
                last_day=today + timedelta(days=365),
            ),
            by=viewer,
        )


def _away(one: Family) -> UUID:
    """The leader who coordinates is away, so that somebody stands in on the mother's plan."""
    today = people.NOW.date()
    with acting_as(people.COORDINATION_LEADER) as viewer:
        return absences.say_absence(
            post_id=people.COORDINATION_LEADER, away_from=today, back_on=today + timedelta(days=9), by=viewer
        )


def routes(patterns: Sequence[URLPattern | URLResolver], outer: tuple[str, ...] = ()) -> Iterator[Route]:
    """Every route by name, with the names of what it takes."""
    for pattern in patterns:
        taken = (*outer, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, taken)
        else:
            assert pattern.name, f"{pattern} has no name, and nobody can ask for it"
            yield pattern.name, taken


def addresses(ids: dict[str, list[Any]], among: Sequence[Route] | None = None) -> Iterator[str]:
    """Every route with everything it can take. Raises CannotFill."""
    for name, parameters in among if among is not None else routes(get_resolver().url_patterns):
        for parameter in parameters:
            if not ids.get(parameter):
                raise CannotFill(name, parameter)
        for values in product(*(ids[parameter] for parameter in parameters)):
            yield reverse(name, kwargs=dict(zip(parameters, values, strict=True)))


def visit(
    post_id: UUID | None,
    here: World,
    purpose: Purpose = Purpose.COORDINATION,
    *,
    sends: bool = True,
    language: str = "",
    until: Sequence[str] = (),
) -> Heard:
    """Go everywhere as this post, or as nobody; each thing that is sent is undone before the next.

    Whoever comes with a language keeps it. Where one of the words `until` is heard, the visit ends.
    """
    client, heard = Client(raise_request_exception=False), Heard()
    if language:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if post_id is not None:
        session = client.session
        session[POST], session[PURPOSE] = str(post_id), int(purpose)
        session.save()
    with _listening(heard):
        waiting, asked = deque(addresses(here.ids)), set[str]()
        ends = {reverse(name) for name in (*NOT_FOLLOWED, *(["set_language"] if language else []))}
        sent = set[str]()
        told = 0
        while waiting and not Heard(heard.said[told:]).finds(until):
            told, address = len(heard.said), waiting.popleft()
            path = urlsplit(address)._replace(fragment="").geturl()
            if path in asked or path in ends:
                continue
            asked.add(path)
            is_there, page = _asked(client, path, heard)
            if page is not None:
                waiting.extend(urljoin(path, other) for other in page.addresses())
            if sends and is_there:  # what is sent to what is not there: proof/routes.py
                _send_all(client, path, page, heard, sent, ends)
        _without_a_token(client, reverse("plan", args=[here.family.mother.plan_id]), heard)
    return heard


def _asked(client: Client, path: str, heard: Heard) -> tuple[bool, Page | None]:
    """Whether there is something at the address for this visitor, and the page."""
    response = client.get(path)
    _hear(heard, f"GET {path}", response)
    if response.status_code != 200 or "text/html" not in response.headers.get("Content-Type", ""):
        return response.status_code != 404, None
    heard.pages += 1
    return True, Page(response.content.decode())


def _send_all(
    client: Client, path: str, page: Page | None, heard: Heard, sent: set[str], ends: set[str]
) -> None:
    """Every form of the page, and nothing at all to the address itself."""
    _send(client, path, {}, heard, sent)
    for form in page.forms if page else []:
        action = urlsplit(urljoin(path, form.action)).path
        if form.method == "post" and action not in ends:
            for values in form.fillings():
                _send(client, action, values, heard, sent)


def _send(client: Client, path: str, values: dict[str, str], heard: Heard, sent: set[str]) -> None:
    """Send, hear the answer and the page after it with its messages, and undo it."""
    values = {name: value for name, value in values.items() if name != "csrfmiddlewaretoken"}
    what = f"POST {path} {sorted(values.items())}"
    # The choice of language stands on every page and leads back to it; one page shows what it does.
    key = f"POST {path} {values.get('language')}" if path == reverse("set_language") else what
    if key in sent:
        return
    sent.add(key)
    heard.sent += 1
    with transaction.atomic():
        response = client.post(path, values, follow=True)
        _hear(heard, what, response)
        heard.said += [(f"{what}, on the way", address) for address, _ in response.redirect_chain]
        transaction.set_rollback(True)


def _without_a_token(client: Client, path: str, heard: Heard) -> None:
    """The page that refuses a form from elsewhere."""
    client.handler.enforce_csrf_checks = True
    response = client.post(path)
    assert response.status_code == 403
    _hear(heard, f"POST {path} without a token", response)


def _hear(heard: Heard, place: str, response: Any) -> None:
    if response.status_code >= 500:
        heard.broken.append(place)
    body = response.content if not response.streaming else b"".join(response.streaming_content)
    heard.said += [
        (place, DRAWN.sub("", text_of(body, response.headers.get("Content-Type", "")))),
        (f"{place}, headers", repr(sorted(response.headers.items()))),
        (f"{place}, cookies", DRAWN.sub("", str(response.cookies))),
    ]


def text_of(body: bytes, kind: str) -> str:
    """All that can be read in an answer of this kind."""
    if kind == "application/pdf":
        return pdf_text(body)
    if kind.endswith(".sheet"):
        rows = load_workbook(BytesIO(body)).worksheets[0].iter_rows(values_only=True)
        return "\n".join(str(cells) for cells in rows)
    return body.decode("iso-8859-1" if kind == "text/csv" else "utf-8")


def _opened(value: Any) -> Any:
    return value.obj if isinstance(value, Jsonb) else value  # its own repr is shortened


@contextmanager
def _listening(heard: Heard) -> Iterator[None]:
    """Hear the log, and what is written to facts and to the access log, besides the answers."""

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.said.append((f"the log of {record.name}", self.format(record)))

    def written(execute: Any, statement: Any, values: Any, many: bool, context: Any) -> Any:
        said = statement if isinstance(statement, str) else statement.as_string()
        if said.lstrip().startswith("INSERT") and any(table in said for table in WRITTEN):
            heard.said.append((f"{ROW}: {said[:40]}", repr([_opened(value) for value in values])))
        return execute(statement, values, many, context)

    handler = Handler(level=logging.INFO)
    root = logging.getLogger()
    others = [logging.getLogger(name) for name in ("django", "samvirke")]
    before = [(logger, logger.level) for logger in (root, *others)]
    root.addHandler(handler)
    for logger in (root, *others):
        logger.setLevel(logging.INFO)
    try:
        with connection.execute_wrapper(written):
            yield
    finally:
        root.removeHandler(handler)
        for logger, level in before:
            logger.setLevel(level)
