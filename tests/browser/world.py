"""A small world for the pages: a decision, a wish and a note about health in a plan, and who may sign in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from playwright.sync_api import Page

import people
from applications.stand_ins import applied
from assessments.stand_ins import answers_of, answers_self, given
from browser import promises
from browser.stage import client
from people_and_plan.test_by_law import asked, opened
from samvirke.accounts import operations as accounts
from samvirke.accounts.operations import NewSeat
from samvirke.applications import enquiries
from samvirke.coordination import absences, agendas, follow_ups, meeting_mode, meetings
from samvirke.coordination import operations as coordination
from samvirke.coordination import queries as coordinating
from samvirke.coordination.meeting_types import Arranged, NewProposal
from samvirke.exchange.inbox import operations as inbox
from samvirke.gate.access import Role
from samvirke.interventions import operations as interventions
from samvirke.kernel.codes import (
    AgencyKind,
    Answer,
    EndReason,
    GoalStatus,
    InterventionKind,
    MeetingKind,
    Occupation,
    Priority,
    ProposedChange,
    Side,
    SupportSource,
)
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.kernel.week import WeeklyTime
from samvirke.people import consents, places
from samvirke.people.guardian_types import View
from samvirke.plan import actions, teams, versions
from samvirke.plan import consents as plan_consents
from samvirke.plan import operations as plan
from samvirke.plan.action_types import Agreed, OwnSide
from samvirke.plan.types import Situation
from samvirke.programmes import overviews
from samvirke.statistics import ProtectedTable, StatisticsRecord, WaitingDays, save

VOICE = {
    "dream": "Et eget lite verksted, og tid til ungene.",
    "to_be_met": "Si det rett ut. Ring heller enn å skrive.",
}
HEALTH_NOTE = "Sover dårlig etter nattevakter."
USUAL = DataKind.EMPLOYMENT | DataKind.EDUCATION | DataKind.HOUSING | DataKind.HEALTH
OWN = {"nb": ("Berit", 9), "en": ("Emma", 10)}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the server is, and who and what it knows."""

    address: str
    plan: people.OnPlan
    decided: UUID  # an action of the plan that another one waits for
    wished: UUID  # a wish of the plan, agreed on anew once
    withdrawing: people.OnPlan  # for the journey that takes a consent back
    stale: people.OnPlan  # for the journey in which two say a goal anew
    hidden: people.OnPlan  # her place is protected, and the coordinator knows it
    import_run: UUID
    family: people.Family  # one of its places is protected
    application: UUID  # of the father, received by nobody yet
    record: UUID  # a client of the social service who has not been asked
    condition: UUID  # of the first person's assistance, not kept, and everybody was heard
    need: UUID  # what the first person waits for
    draft: UUID  # what the first person is asked
    meeting: UUID
    agreement: UUID
    commitment: UUID  # Nav is asked for it, and has not answered
    promised: UUID  # by the social service, in return for another
    begun: UUID  # a meeting of today, with a draft
    enquiry: UUID  # told once, and led on to Nav
    proposal: UUID  # to Nav, of the meeting with minutes
    ended: people.OnPlan  # ended in a job, with a call agreed
    call: UUID
    programme: UUID
    child_asked: UUID  # what the parents are asked about the child
    child_agreed: UUID  # what both have said yes to
    own: Mapping[str, people.OnPlan]  # one for each language in which journeys change something
    own_drafts: Mapping[str, UUID]

    def path(self, path: str) -> str:
        """An address with this world's ids in it."""
        return path.format(
            plan=self.plan.plan_id,
            decided=self.decided,
            wished=self.wished,
            consent=self.plan.person.consent_id,
            draft=self.draft,
            goal=self.plan.goal_id,
            run=self.import_run,
            application=self.application,
            record=self.record,
            need=self.need,
            condition=self.condition,
            meeting=self.meeting,
            agreement=self.agreement,
            commitment=self.commitment,
            promised=self.promised,
            begun=self.begun,
            enquiry=self.enquiry,
            proposal=self.proposal,
            ended=self.ended.plan_id,
            call=self.call,
            programme=self.programme,
            hidden=self.hidden.plan_id,
            hidden_person=self.hidden.person.person_id,
            child=self.family.child.person_id,
            child_asked=self.child_asked,
            child_agreed=self.child_agreed,
            fathers_consent=self.family.father.person.consent_id,
        )


def sign_in(page: Page, who: str) -> None:
    """Through the sign-in page, as a visitor would."""
    page.goto("/")
    name = page.get_by_role("heading", name=who, exact=True)
    page.locator(".person", has=name).get_by_role("button").click()


def make(home: Path, address: str) -> Site:
    """Everything goes through the operations that pages use."""
    made = people.on_plan(consent=people.terms(kinds=USUAL | DataKind.ECONOMY))
    decided, wished = _fill(made)
    condition = promises.condition(made)
    waits, promised = promises.asked(made)
    promises.authority()
    promises.exemption()
    answers_self(made, given())
    answers_of(made, people.NAV_ADVISER, given({"job-chance": 7, "next-step": 4}))
    opened(made, asked(kinds=DataKind.HOUSING, to_post=people.NAV_LEADER))
    family = people.family()
    ended = people.on_plan(client("Siv", serial=7))
    meeting, begun, proposal = _meet(made)
    own = {code: people.on_plan(client(name, serial=serial)) for code, (name, serial) in OWN.items()}
    site = Site(
        address=address,
        plan=made,
        decided=decided,
        wished=wished,
        withdrawing=people.on_plan(client("Ola", serial=4)),
        stale=people.on_plan(client("Eva", serial=5)),
        hidden=_protected(people.on_plan(client("Anne", serial=8))),
        import_run=_import(home),
        family=family,
        application=applied(family.father),
        record=people.record(client("Nils", serial=6)),
        condition=condition,
        need=_need(made),
        draft=_asked(made),
        agreement=promises.agreement(),
        commitment=waits,
        promised=promised,
        meeting=meeting,
        begun=begun,
        enquiry=_told_once(made),
        proposal=proposal,
        ended=ended,
        call=_end(ended),
        programme=overviews.programmes()[0].programme_id,
        child_asked=_about_the_child(family, DataKind.HOUSING),
        child_agreed=_agreed(family),
        own=own,
        own_drafts={code: _asked(plan) for code, plan in own.items()},
    )
    _open_doors(home, site)
    _figures(home / "figures" / str(people.PARTNERSHIP))
    return site


def _protected(made: people.OnPlan) -> people.OnPlan:
    """A place whose protection should be renewed soon."""
    with people.acting_as(made.person.citizen_id) as viewer:
        places.state_whereabouts(
            person_id=made.person.person_id,
            level="no.confidential",
            places=people.CANARIES,
            expires_on=people.NOW.date() + timedelta(days=30),
            by=viewer,
        )
        places.tell_post(person_id=made.person.person_id, post_id=people.COORDINATOR, by=viewer)
    return made


def _fill(made: people.OnPlan) -> tuple[UUID, UUID]:
    """A decision that something waits for, a wish, a note about health, and an offer to coordinate.

    Returns the ids of the decision and of the wish.
    """
    decided = _agreed_on(made, Agreed("Praksisplass på verksted", due_on=people.NOW.date()), "2026/118")
    wished = _agreed_on(made, Agreed("Truckførerkurs", due_on=people.NOW.date()))
    after = Agreed(
        "Prøve seg som lærling",
        "Sammen med fagleder",
        "To dager i uka",
        week=(WeeklyTime(2, time(9), time(15)), WeeklyTime(4, time(9), time(15))),
        contributors=(people.COORDINATOR,),
        priority=Priority.CAN_WAIT,
        comes_after=frozenset({decided}),
        beside=frozenset({wished}),
        starts_on=people.NOW.date() + timedelta(days=1),
        due_on=people.NOW.date() + timedelta(days=60),
    )
    _agreed_on(made, after)
    with people.acting_as(people.COORDINATOR) as viewer:
        actions.change(
            action_id=wished,
            seen_version=1,
            agreed=Agreed("Truckførerkurs", extent="Tre uker", due_on=people.NOW.date()),
            accountable=people.NAV_ADVISER,
            why="Kurset er blitt lengre.",
            by=viewer,
        )
        plan.write_note(plan_id=made.plan_id, kind=DataKind.HEALTH, text=HEALTH_NOTE, by=viewer)
    _as_a_whole(made)
    with people.acting_as(people.COORDINATION_LEADER) as viewer:
        coordination.offer_duty(
            plan_id=made.plan_id,
            to_post=people.COORDINATOR,
            deputy=people.OTHER_COORDINATOR,
            consent_id=made.person.consent_id,
            by=viewer,
        )
    return decided, wished


def _told_once(made: people.OnPlan) -> UUID:
    """Kari has told the coordinating unit what is going on; it has read it, and asks Nav to answer."""
    with people.acting_as(made.person.citizen_id) as viewer:
        told = enquiries.tell(
            person_id=made.person.person_id,
            to_unit=people.COORDINATING,
            words="Sønnen min er hjemme fra skolen, og jeg rekker ikke praksisen.",
            helps="Én som vet hvem som kan hjelpe.",
            to_meet="Ring etter klokka ti.",
            is_urgent=True,
            by=viewer,
        )
    with people.acting_as(people.COORDINATOR) as viewer:
        day = people.NOW.date() + timedelta(days=7)
        enquiries.take(enquiry_id=told, answer_due_on=day, by=viewer)
        enquiries.lead_on(enquiry_id=told, to_unit=people.NAV, why="De har avtalen.", by=viewer)
    return told


def _as_a_whole(made: people.OnPlan) -> None:
    """Kari says who she is; a version of the plan is kept, she agrees in part, and the plan goes on."""
    with people.acting_as(made.person.citizen_id) as viewer:
        for topic, text in VOICE.items():
            plan.state(plan_id=made.plan_id, topic=topic, text=text, by=viewer)
    with people.acting_as(people.COORDINATOR) as viewer:
        versions.fix(plan_id=made.plan_id, by=viewer)
    for who, said, text in (
        (people.COORDINATOR, Answer.AGREES, ""),
        (made.person.citizen_id, Answer.IN_PART, "Jeg vil begynne med to dager i uka."),
    ):
        with people.acting_as(who) as viewer:
            seen = versions.of_plan(viewer, made.plan_id).newest_seen
            versions.answer(plan_id=made.plan_id, number=1, said=said, text=text, seen=seen, by=viewer)
    with people.acting_as(people.COORDINATOR) as viewer:
        for one, what in (
            (OwnSide(Side.PERSON, made.person.person_id), "Ringe verkstedet"),
            (OwnSide(Side.RELATIVE, called="Mormor Anna"), "Hente i barnehagen"),
        ):
            actions.add(
                plan_id=made.plan_id,
                goal_id=made.goal_id,
                kind=DataKind.PLAN,
                agreed=Agreed(what),
                accountable=one,
                decision_reference="",
                by=viewer,
            )
        reached = plan.set_goal(
            plan_id=made.plan_id,
            life_domain="housing",
            own_words="Jeg vil ha et sted å bo.",
            target="",
            by_when=None,
            by=viewer,
        )
        plan.set_goal_status(goal_id=reached, seen_version=1, status=GoalStatus.REACHED, why="", by=viewer)


def _agreed_on(made: people.OnPlan, agreed: Agreed, decision: str = "") -> UUID:
    with people.acting_as(people.COORDINATOR) as viewer:
        return actions.add(
            plan_id=made.plan_id,
            goal_id=made.goal_id,
            kind=DataKind.EMPLOYMENT,
            agreed=agreed,
            accountable=people.NAV_ADVISER,
            decision_reference=decision,
            by=viewer,
        )


def _asked(made: people.OnPlan) -> UUID:
    """The person is asked whether Nav and the social service may share more with the coordinator."""
    kinds = DataKind.HEALTH | DataKind.HOUSING | DataKind.NETWORK
    terms = replace(people.terms(kinds=kinds), purposes=Purpose.SERVICE, text_version="2026-2")
    with people.acting_as(people.COORDINATOR) as viewer:
        (draft,) = consents.draft(person_id=made.person.person_id, terms=terms, by=viewer)
    return draft


def _about_the_child(family: people.Family, kinds: DataKind) -> UUID:
    """The social worker asks both parents of a child that is in the family's plan alone."""
    terms = replace(people.terms(kinds=kinds), purposes=Purpose.COORDINATION)
    with people.acting_as(people.SOCIAL_WORKER) as viewer:
        (draft,) = consents.draft(person_id=family.child.person_id, terms=terms, by=viewer, view=View.AGREES)
    return draft


def _agreed(family: people.Family) -> UUID:
    """Both have said yes to another question: the consent."""
    draft = _about_the_child(family, DataKind.EDUCATION)
    for parent in (family.mother, family.father):
        with people.acting_as(parent.person.citizen_id) as viewer:
            consent_id = plan_consents.say_for_child(draft_id=draft, says_yes=True, by=viewer)
    assert consent_id is not None
    return consent_id


def _need(made: people.OnPlan) -> UUID:
    """The person waits for work practice."""
    with people.acting_as(people.COORDINATOR) as viewer:
        return interventions.note_need(
            person_id=made.person.person_id,
            intervention_kind=InterventionKind.WORK_PRACTICE,
            words="Helst noe med hendene.",
            by=viewer,
        )


def _meet(made: people.OnPlan) -> tuple[UUID, UUID, UUID]:
    """One meeting with minutes, one to come, and one begun, with an agenda and a word from who cannot come.

    The leader is away, so that the deputy stands in. Returns the first, the last, and a proposal.
    """
    today = people.NOW.date()
    with people.acting_as(people.COORDINATOR) as viewer:
        points = agendas.proposed(coordinating.plan_page(viewer, made.plan_id), today)
        begun = meetings.call_meeting(
            plan_id=made.plan_id,
            day=today,
            agenda="Gjelden\nHvordan går det hjemme?",
            arranged=Arranged(MeetingKind.RESPONSIBILITY_GROUP, time(14), 90, "somali"),
            open_points=points,
            by=viewer,
        )
        held, _ = (
            meetings.call_meeting(plan_id=made.plan_id, day=day, agenda="Neste steg", by=viewer)
            for day in (today, today + timedelta(days=7))
        )
        (nav,) = (one for one, post in teams.members_of(made.plan_id).items() if post == people.NAV_ADVISER)
        proposed = NewProposal(
            ProposedChange.NEW,
            DataKind.EMPLOYMENT,
            "Bestille bussbillett",
            accountable_member=nav,
            goal_id=made.goal_id,
        )
        (proposal,) = meeting_mode.finish(
            meeting_id=held,
            agreed="Kari ringer verkstedet.",
            said={},
            proposed=[proposed],
            there=[people.NAV_ADVISER],
            person_was_there=True,
            by=viewer,
        )
        meeting_mode.save_draft(meeting_id=begun, typed={"there": [str(nav)]}, seen_version=0, by=viewer)
    with people.acting_as(people.SOCIAL_WORKER) as viewer:
        agendas.contribute(
            meeting_id=begun,
            text="Jeg kan ikke komme. Stønaden er utbetalt, og den neste kommer i april.",
            by=viewer,
        )
    with people.acting_as(made.person.citizen_id) as viewer:
        agendas.add_point(meeting_id=begun, text="Jeg vil snakke om bussen", by=viewer)
    with people.acting_as(people.COORDINATION_LEADER) as viewer:
        absences.say_absence(
            post_id=people.COORDINATION_LEADER,
            away_from=today,
            back_on=today + timedelta(days=14),
            by=viewer,
        )
    return held, begun, proposal


def _end(made: people.OnPlan) -> UUID:
    """The plan ends in a job, and a call is agreed."""
    with people.acting_as(people.COORDINATOR) as viewer:
        coordination.end_plan(
            plan_id=made.plan_id,
            reason=EndReason.JOB,
            situation=Situation(SupportSource.WAGES, Occupation.ORDINARY_JOB),
            by=viewer,
        )
        follow_ups.agree_follow_ups(
            plan_id=made.plan_id, days=[people.NOW.date() + timedelta(days=30)], by=viewer
        )
        (row,) = follow_ups.of_plan(viewer, made.plan_id).rows
    return row.follow_up_id


def _import(home: Path) -> UUID:
    path = home / "brukerliste.csv"
    path.write_text("DETTE;ER;IKKE;LISTEN\n", encoding="iso-8859-1")
    with people.acting_as(people.NAV_SYSTEM, Purpose.SERVICE) as viewer:
        done = inbox.import_file(system=AgencyKind.NAV_STATE, path=path, dry_run=False, by=viewer)
    assert done.run_id is not None
    return done.run_id


def _open_doors(home: Path, site: Site) -> None:
    seats = [
        ("Kari", site.plan.person.citizen_id, Role.CITIZEN, Purpose.COORDINATION),
        ("Ola", site.withdrawing.person.citizen_id, Role.CITIZEN, Purpose.COORDINATION),
        ("Far", site.family.father.person.citizen_id, Role.CITIZEN, Purpose.COORDINATION),
        ("Anne", site.hidden.person.citizen_id, Role.CITIZEN, Purpose.COORDINATION),
        *(
            (OWN[code][0], one.person.citizen_id, Role.CITIZEN, Purpose.COORDINATION)
            for code, one in site.own.items()
        ),
        ("Sosialleder", people.SOCIAL_LEADER, Role.UNIT_LEADER, Purpose.COORDINATION),
        ("Sosialkonsulent", people.SOCIAL_WORKER, Role.SOCIAL_WORKER, Purpose.COORDINATION),
        ("Oppfølgingsleder", people.FOLLOW_UP_LEADER, Role.UNIT_LEADER, Purpose.COORDINATION),
        ("Veileder", people.NAV_ADVISER, Role.NAV_ADVISER, Purpose.COORDINATION),
        ("Navleder", people.NAV_LEADER, Role.UNIT_LEADER, Purpose.SERVICE),
        ("Koordinator", people.COORDINATOR, Role.COORDINATOR, Purpose.COORDINATION),
        ("Fremmed", people.STRANGER, Role.SOCIAL_WORKER, Purpose.COORDINATION),
        ("Leder", people.PARTNERSHIP_LEADER, Role.PARTNERSHIP_LEADER, Purpose.STATISTICS),
        ("Evaluator", people.EVALUATOR, Role.EVALUATOR, Purpose.EVALUATION),
    ]
    made = [NewSeat(uuid5(post, "user"), post, purpose) for _, post, _, purpose in seats]
    accounts.open_accounts(made)
    (home / "demo").mkdir()
    (home / "demo" / "people.json").write_text(
        json.dumps(
            [
                {
                    "user_id": str(seat.user_id),
                    "post_id": str(seat.post_id),
                    "purpose": int(seat.purpose),
                    "country": "no",
                    "role": role,
                    "label": {"nb": name, "en": name},
                    "story": {"nb": "Oppdiktet.", "en": "Invented."},
                }
                for seat, (name, _, role, _) in zip(made, seats, strict=True)
            ]
        )
    )


def _figures(folder: Path) -> None:
    """Protected tables with a hidden number, and a report in both languages."""
    folder.mkdir(parents=True)
    states = ProtectedTable(
        name="states",
        rows=("ended", "open"),
        columns=("episodes",),
        cells=((None,), (40,)),
        row_totals=(None, 40),
        column_totals=(None,),
        total=None,
        hidden=2,
        reason="",
        source="Oppdiktet",
        date="2026-03-02",
        note="",
    )
    record = StatisticsRecord(
        study="test",
        source="Oppdiktet",
        made_at="2026-03-02T09:00:00+00:00",
        schema_version="1",
        delivery="x",
        tables=(states,),
        waiting=WaitingDays(median=30, p90=None),
    )
    save(record, folder / "statistics.json")
    for language, words in {"nb": "Rapport", "en": "Report"}.items():
        (folder / f"report-{language}.html").write_text(
            f'<!doctype html><html lang="{language}"><title>{words}</title><h1>{words}</h1></html>'
        )
