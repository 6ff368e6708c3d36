"""Each thing that could tell where a protected person is, one by one, and that nothing was forgotten.

A carrier is looked at by somebody around the mother who may not know the place: nothing of Nordeng or of the
place is in it. Then the protection is lifted, and the same look finds it: the test can fail. A column of a
post, a unit, a municipality or a place beside a person that no carrier names is an error.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import JSONField, Model, UUIDField
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

import people
from people import CANARY_WORDS, acting_as
from proof.channels.person_columns import BESIDE, leads_to_a_person
from samvirke.applications import enquiries
from samvirke.applications import queries as applications
from samvirke.assessments import queries as assessments
from samvirke.coordination import agendas, choices, follow_ups, meeting_days, meetings, proposals
from samvirke.coordination import queries as coordination
from samvirke.gate.types import Viewer
from samvirke.interventions import queries as interventions
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import consents, log, places
from samvirke.people import queries as people_queries
from samvirke.plan import commitments_read, conditions_read, histories, versions
from samvirke.plan.audience import readers
from samvirke.surfaces.actor import POST, PURPOSE
from samvirke.surfaces.components.assessment_parts import instruments
from surfaces.everywhere import World

pytestmark = people.database
TELLING = (*CANARY_WORDS, "Nordeng", people.KANARIVIK)
Look = Callable[[Viewer, World], object]


def mother(here: World) -> UUID:
    """The protected person."""
    return here.family.mother.person.person_id


def plan(here: World) -> UUID:
    """Her plan of now."""
    return here.family.mother.plan_id


@dataclass(frozen=True, slots=True)
class Carrier:
    """What could tell: the columns it is read from, how somebody looks at it, and who does."""

    columns: tuple[str, ...]
    look: Look
    who: UUID
    returns: bool = True  # whether a lifted protection tells it again; what was stated is taken away


CARRIERS: dict[str, Carrier] = {
    "the team": Carrier(
        ("plan.TeamMember.post",),
        lambda by, here: coordination.plan_page(by, plan(here)).team,
        people.NAV_ADVISER,
    ),
    "who answers for an action": Carrier(
        ("plan.Note.written_by", "plan.Statement.written_by",
         "plan.Goal.set_by", "plan.GoalVersion.written_by"),
        lambda by, here: coordination.plan_page(by, plan(here)).actions,
        people.NAV_ADVISER,
    ),
    "who helps with an action": Carrier(
        ("plan.Action.contributors",),
        lambda by, here: [row.contributors for row in coordination.plan_page(by, plan(here)).actions],
        people.NAV_ADVISER,
    ),
    "who changed an action, and who helped before": Carrier(
        ("plan.Action.changed_by", "plan.EarlierAction.changed_by", "plan.EarlierAction.contributors"),
        lambda by, here: [
            histories.of_action(by, row.action_id) for row in coordination.plan_page(by, plan(here)).actions
        ],
        people.NAV_ADVISER,
    ),
    "who kept the plan as a version, and who answered it": Carrier(
        ("plan.PlanVersion.fixed_by", "plan.Assent.by"),
        lambda by, here: versions.of_plan(by, plan(here)),
        people.NAV_ADVISER,
    ),
    "who is asked for something, and who answers": Carrier(
        ("plan.CommitmentStep.by",),
        lambda by, here: commitments_read.of_plan(by, plan(here)),
        people.NAV_ADVISER,
    ),
    "who ties money to something, and where to complain": Carrier(
        ("plan.BenefitConditionStep.by",),
        lambda by, here: conditions_read.of_plan(by, plan(here)),
        people.NAV_ADVISER,
    ),
    "who coordinates, and the deputy": Carrier(
        ("coordination.Turn.post", "coordination.Turn.deputy", "coordination.Handover.to_post",
         "coordination.Handover.deputy", "coordination.Handover.offered_by"),
        lambda by, here: coordination.plan_page(by, plan(here)).coordinator,
        people.NAV_ADVISER,
        returns=False,  # those of the coordinating unit serve every municipality
    ),
    "the unit that offers the duty": Carrier(
        ("coordination.Duty.unit",), lambda by, here: coordination.offers(by), people.NAV_ADVISER
    ),
    "who called a meeting, wrote its minutes and was there": Carrier(
        ("coordination.Meeting.called_by", "coordination.Minutes.written_by", "coordination.Attendee.post"),
        lambda by, here: meetings.of_plan(by, plan(here)),
        people.NAV_ADVISER,
    ),
    "who answers what was told once": Carrier(
        (
            "applications.Enquiry.unit",
            "applications.Enquiry.offered_to",
            "applications.Enquiry.declined_by",
            "applications.Enquiry.told_by",
            "applications.EnquiryStep.by",
        ),
        lambda by, here: [
            (row, enquiries.may_lead_to(by, row)) for row in enquiries.of_own_unit(by)
        ],
        people.NAV_ADVISER,
    ),
    "whom a person would rather not have": Carrier(
        ("coordination.ChangeWish.instead_of",),
        lambda by, here: choices.waiting(by),
        people.COORDINATION_LEADER,
    ),
    "who moved a meeting": Carrier(
        ("coordination.MeetingTerms.said_by",),
        lambda by, here: [meeting_days.earlier(by, plan(here), one) for one in here.ids["meeting_id"]],
        people.NAV_ADVISER,
    ),
    "who could not come to a meeting": Carrier(
        ("coordination.Contribution.post",),
        lambda by, here: [agendas.contributions(by, plan(here), one) for one in here.ids["meeting_id"]],
        people.NAV_ADVISER,
    ),
    "who would answer for what is proposed": Carrier(
        (),
        lambda by, here: proposals.of_plan(by, plan(here)),
        people.NAV_ADVISER,
    ),
    "follow-up calls": Carrier(
        ("coordination.FollowUp.agreed_by", "coordination.FollowUp.called_by"),
        lambda by, here: [follow_ups.of_plan(by, one) for one in here.ids["plan_id"]],
        people.COORDINATION_LEADER,
        returns=False,
    ),
    "whose view an assessment is": Carrier(
        ("assessments.Assessment.noted_by", "assessments.Assessment.unit", "assessments.Assessment.sealed_to",
         "assessments.Answer.sealed_to"),
        lambda by, here: instruments(
            by, mother(here), assessments.about(by, mother(here)), plan(here)
        ),
        people.NAV_ADVISER,
    ),
    "a referral": Carrier(
        ("people.Referral.from_post", "people.Referral.to_unit", "people.Referral.received_by"),
        lambda by, here: [row.unit_name for row in people_queries.referrals_of(by, mother(here))],
        people.SOCIAL_WORKER,
    ),
    "the receiver of an application, and who answers it": Carrier(
        ("applications.Application.to_unit", "applications.Application.with_post",
         "applications.Application.sent_by", "applications.ApplicationStep.by"),
        lambda by, here: applications.about(by, mother(here)),
        people.NAV_ADVISER,
    ),
    "receipts of consents": Carrier(
        ("gate.Consent.from_units", "gate.Consent.to_units", "gate.Consent.heard_by", "gate.Consent.given_by",
         "gate.Consent.recorded_by"),
        lambda by, here: [(row.from_units, row.to_units, row.heard_by)
                          for row in people_queries.consent_rows(by, mother(here))],
        people.SOCIAL_WORKER,
    ),
    "questions to the person": Carrier(
        ("people.ConsentDraft.asked_by", "people.ConsentDraft.from_units", "people.ConsentDraft.to_units"),
        lambda by, here: [(*row.units.values(), row.asked_by)
                          for row in consents.drafts(by, mother(here))],
        people.SOCIAL_WORKER,
    ),
    "where an intervention is, and who gave the place": Carrier(
        ("interventions.Placement.place", "interventions.Placement.given_by", "interventions.Need.noted_by"),
        lambda by, here: interventions.about(by, mother(here)),
        people.NAV_ADVISER,
    ),
    "the municipality of an own record": Carrier(
        ("people.ClientRecord.municipality", "people.ClientRecord.unit"),
        lambda by, here: [(row.name, row.municipality) for row in people_queries.own_records(by)],
        people.SOCIAL_WORKER,
    ),
    "who reads a note": Carrier(
        ("gate.Grant.holder", "gate.FormerGrant.holder"),
        lambda by, here: readers(by, plan(here), DataKind.PLAN),
        people.NAV_ADVISER,
    ),
    "the person's municipality": Carrier(
        ("people.Person.municipality",),
        lambda by, here: people_queries.persons({mother(here)})[mother(here)].municipality_id,
        people.SOCIAL_WORKER,
        returns=False,  # nobody writes it back: the person states it anew
    ),
    "how many places an offer has left": Carrier(
        (), lambda by, here: [row for row in interventions.interventions_near(by) if row.free is not None
                              and not row.is_ours], people.COORDINATOR, returns=False
    ),
}  # fmt: skip
# Texts about the place itself: on one page, and in a row of its own kind.
STATED = {
    "address": people.CANARIES.address,
    "municipality": people.CANARIES.municipality,
    "school": people.CANARIES.school,
    "meeting_place": people.CANARIES.meeting_place,
    "provider": people.CANARIES.provider,
}
OWN_UNIT = "read by the unit or the post whose own it is, and by nobody beside it"
NOT_TOLD = {
    "gate.Consent.given_with": "citizens",
    "gate.Grant.opened_by": "on no page",
    "gate.LogException.decided_by": "a leader, told to the leader who reviews it",
    "gate.LogException.reviewer": "the same, the other way round",
    "gate.LogException.kept_back": "units, told to these two alone",
    "gate.LogException.reader": "a citizen",
    "people.ChildView.recorded_by": "on no page",
    "people.NotedView.recorded_by": "on no page",
    "people.GuardianAnswer.citizen": "a citizen",
    "people.Guardianship.citizen": "a citizen",
    "people.GuardianshipGround.recorded_by": "on no page",
    "people.LogQuestion.asked_by": "a citizen",
    "people.LogQuestion.post": "of a line of the log that the asker reads, masked as it is there",
    "people.LogQuestion.to_post": "the leader of that post's unit, told to the leader alone",
    "people.OpeningByLaw.to_post": "masked as posts around are; swept in test_family_pages",
    "people.OpeningByLaw.opened_by": "the same",
    "people.OpeningByLaw.unit": OWN_UNIT,
    "people.OpeningByLaw.ended_by": "on no page",
    "gate.FamilyShare.holder": "a citizen of the family",
    "gate.Bar.holder": OWN_UNIT,
    "gate.Bar.declared_by": OWN_UNIT,
    "gate.Shield.unit": OWN_UNIT,
    "gate.Lift.post": "masked as a visit in the log is; swept in test_family_pages",
    "gate.Lift.reviewer": "the same",
    "people.Recall.given_by": "a citizen",
    "people.Recall.post": "told to who gave the consent, masked as posts around are",
    "people.RecordChange.former": "the importing unit's own former values, of which no page shows a place",
    "people.RecordPair.found_by": OWN_UNIT,
    "people.RecordPair.ended_by": OWN_UNIT,
    "people.RecordAssessment.assessed_by": OWN_UNIT,
    "people.Person.citizen": "a citizen",
    "people.IdentityLink.linked_by": "on no page",
    "people.WrongTie.found_by": "on no page",
    "programmes.Screening.screened_by": OWN_UNIT,
    "plan.Action.comes_after": "actions, and no post",
    "plan.Action.beside": "actions, and no post",
    "plan.EarlierAction.comes_after": "actions, and no post",
    "plan.EarlierAction.beside": "actions, and no post",
    "coordination.ChangeWish.sealed_to": "the leader post of the coordinating unit, which reads it alone",
    "coordination.MeetingTerms.invited": "team members, told as the team is",
    "coordination.AgendaItem.added_by": "only whether it was the person is told",
    "coordination.Discussion.written_by": "on no page",
    "coordination.MeetingDraft.post": "read by the post whose own it is alone",
    "coordination.MeetingDraft.typed": "the same",
    "coordination.Proposal.proposed_by": "on no page",
    "coordination.ProposalAnswer.answered_by": "on no page; whether it was the person is told",
    "plan.Note.sealed_to": "a sealed note is read by the own unit and the person",
    "exchange.ImportRun.unit": OWN_UNIT,
    "exchange.ImportRun.imported_by": OWN_UNIT,
    "exchange.RefusedLine.params": OWN_UNIT,
    "exchange.Upload.unit": OWN_UNIT,
    "exchange.Upload.uploaded_by": OWN_UNIT,
}
OF_PLACES = {"agencies.Post", "agencies.Unit", "agencies.Municipality", "gate.Holder", "interventions.Place"}


@pytest.fixture
def here(one_world: World, db: None, tmp_path: Path) -> Iterator[World]:
    """The swept world; what a page writes to a file goes to a folder of its own."""
    with override_settings(HOME=tmp_path):
        yield one_world


def tells(one: Carrier, here: World) -> list[str]:
    """The words that tell, in what somebody looks at."""
    with acting_as(one.who) as viewer:
        seen = repr(one.look(viewer, here))
    return [word for word in TELLING if word in seen]


@pytest.mark.parametrize("name", CARRIERS)
def test_a_carrier_tells_nothing_until_the_protection_is_lifted(here: World, name: str) -> None:
    one = CARRIERS[name]
    assert tells(one, here) == []
    with acting_as(here.family.mother.person.citizen_id) as viewer:
        places.lift_protection(person_id=mother(here), by=viewer)
    assert bool(tells(one, here)) is one.returns


@pytest.mark.parametrize("column", STATED)
def test_what_is_stated_is_on_the_page_of_those_who_know_and_on_no_other(here: World, column: str) -> None:
    address = reverse("plan_places", args=[plan(here)])
    assert STATED[column] in signed_in(people.COORDINATOR).get(address).content.decode()
    for who in (people.NAV_ADVISER, people.SOCIAL_WORKER, people.STRANGER, people.COORDINATION_LEADER):
        answer = signed_in(who).get(address)
        assert answer.status_code == 404
        assert STATED[column] not in answer.content.decode()


FILES = {
    "plan_document": (people.NAV_ADVISER, lambda here: [plan(here)]),
    "plan_easy_document": (people.NAV_ADVISER, lambda here: [plan(here)]),
    "meeting_invitation": (people.NAV_ADVISER, lambda here: [plan(here), here.ids["meeting_id"][0]]),
    "sample_list": (people.SOCIAL_LEADER, lambda here: []),
    "upload_errors": (people.NAV_LEADER, lambda here: here.ids["upload_id"]),
}


@pytest.mark.parametrize("route", FILES)
def test_no_file_tells_it_by_its_name_its_properties_or_its_headers(here: World, route: str) -> None:
    who, taken = FILES[route]
    client = signed_in(who)
    answer = client.get(reverse(route, args=taken(here)))
    assert answer.status_code == 200
    assert {"ETag", "Last-Modified"}.isdisjoint(answer.headers)
    raw = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    told = repr(sorted(answer.headers.items())) + raw.decode("latin-1") + properties(raw)
    assert [word for word in TELLING if word in told] == []


def test_the_child_s_own_log_names_nobody_of_the_place(here: World) -> None:
    with acting_as(here.family.child.citizen_id) as viewer:
        seen = repr([(row.who, row.unit_name, row.agency_name) for row in log.who_has_seen(viewer).rows])
    assert [word for word in TELLING if word in seen] == []


def test_every_column_beside_a_person_that_could_tell_is_in_a_carrier() -> None:
    """A new column of a post, unit or place about persons is named in a row here, or this fails."""
    named = {column for one in CARRIERS.values() for column in one.columns} | NOT_TOLD.keys()
    named |= {f"people.Whereabouts.{column}" for column in STATED}
    assert set(_columns()) - named == set()
    assert named - set(_columns()) == set()
    assert not {column for one in CARRIERS.values() for column in one.columns} & NOT_TOLD.keys()


def test_a_column_that_nobody_named_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(NOT_TOLD, "plan.Note.sealed_to")
    with pytest.raises(AssertionError, match=r"plan\.Note\.sealed_to"):
        test_every_column_beside_a_person_that_could_tell_is_in_a_carrier()


def _columns() -> Iterator[str]:
    """Every column of tables about persons by which a place could be known."""
    for model in apps.get_models():
        if model._meta.label in BESIDE or leads_to_a_person(model, frozenset()):
            yield from (f"{model._meta.label}.{field.name}" for field in _telling_fields(model))


def _telling_fields(model: type[Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        related = field.related_model
        of_units = isinstance(field, ArrayField) and isinstance(field.base_field, UUIDField)
        is_bare = isinstance(field, UUIDField) and not field.primary_key and field.name.endswith("_by")
        is_stated = model._meta.label == "people.Whereabouts" and field.name in STATED
        is_of_place = isinstance(related, type) and related._meta.label in OF_PLACES
        if (
            (is_of_place and not field.primary_key)
            or of_units
            or is_bare
            or is_stated
            or isinstance(field, JSONField)
        ):
            yield field


def signed_in(who: UUID) -> Client:
    """A browser of somebody."""
    client = Client(headers={"accept-language": "nb"})
    kept = client.session
    kept[POST], kept[PURPOSE] = str(who), int(Purpose.COORDINATION)
    kept.save()
    return client


def properties(raw: bytes) -> str:
    """What stands packed in a workbook or a PDF beside what is shown: author, title, names of sheets."""
    if not raw.startswith(b"PK"):
        return ""
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        return "\n".join(name + parts.read(name).decode("latin-1") for name in parts.namelist())
