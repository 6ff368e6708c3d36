"""Canary tokens in every field that tells something of a person, and who may see each.

Text columns of person-linked tables hold either words, and get a token in each row, or a code. A column that
is named in neither list is an error, and so is one that no row of the world fills. Days and numbers have a
list of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import psycopg
from django.db.models import CharField, JSONField, Model, TextField
from psycopg.errors import CheckViolation
from psycopg.sql import SQL, Identifier

from people import acting_as
from proof.channels import days_and_numbers
from proof.channels.person_columns import Canary, NotDeclared, columns
from proof.channels.visitors import Visitor
from samvirke.gate.access import ACCESS, Role
from samvirke.kernel.gate_words import DataKind

TEXTS = (CharField, TextField, JSONField)
WORDS = (
    "applications.Application.title",
    "applications.ApplicationStep.text",
    "assessments.Assessment.why",
    "coordination.AgendaItem.text",
    "coordination.Contribution.text",
    "coordination.Discussion.text",
    "coordination.Meeting.agenda",
    "coordination.MeetingDraft.typed",
    "coordination.MeetingTerms.language",
    "coordination.MeetingTerms.why",
    "coordination.Minutes.agreed",
    "coordination.Proposal.what",
    "coordination.Proposal.why",
    "coordination.ProposalAnswer.why",
    "exchange.CaseEvent.case_reference",
    "exchange.CaseEvent.description",
    "exchange.CaseEvent.message_id",
    "exchange.CaseEvent.reference",
    "exchange.CaseEvent.title",
    "exchange.ImportRun.file_name",
    "exchange.RefusedLine.params",
    "exchange.Upload.file_name",
    "gate.LiftReason.text",
    "gate.LogExceptionReason.text",
    "interventions.Need.words",
    "people.ClientRecord.external_id",
    "people.ClientRecord.family_name",
    "people.ClientRecord.given_name",
    "people.ConditionMet.words",
    "people.FamilyMember.name",
    "people.Guardianship.name",
    "people.GuardianshipGround.reference",
    "people.LogQuestion.answer",
    "people.LogQuestion.name",
    "people.LogQuestion.text",
    "people.Person.family_name",
    "people.Person.given_name",
    "people.RecordChange.former",
    "people.Whereabouts.address",
    "people.Whereabouts.meeting_place",
    "people.Whereabouts.municipality",
    "people.Whereabouts.provider",
    "people.Whereabouts.school",
    "plan.Action.decision_reference",
    "plan.Action.extent",
    "plan.Action.how",
    "plan.Action.what",
    "plan.Action.why",
    "plan.BenefitCondition.alternative",
    "plan.BenefitCondition.if_not_kept",
    "plan.BenefitCondition.what",
    "plan.BenefitCondition.why",
    "plan.BenefitConditionStep.appeal_to",
    "plan.BenefitConditionStep.decision_reference",
    "plan.BenefitConditionStep.words",
    "plan.Commitment.in_return",
    "plan.Commitment.what",
    "plan.CommitmentStep.why",
    "plan.EarlierAction.decision_reference",
    "plan.EarlierAction.extent",
    "plan.EarlierAction.how",
    "plan.EarlierAction.what",
    "plan.EarlierAction.why",
    "coordination.ChangeWish.reply",
    "coordination.ChangeWish.wanted",
    "coordination.ChangeWish.why",
    "applications.Enquiry.helps",
    "applications.Enquiry.to_meet",
    "applications.Enquiry.words",
    "applications.EnquiryStep.text",
    "plan.Assent.text",
    "plan.GoalVersion.own_words",
    "plan.GoalVersion.target",
    "plan.GoalVersion.why",
    "plan.Note.text",
    "plan.OwnWords.text",
    "plan.Statement.text",
    "plan.TeamMember.called",
)
CODES = frozenset(
    {
        "gate.LogException.case_type",
        "gate.LogException.provision",
        "gate.LogException.verdict",
        "people.ChildView.view",
        "people.NotedView.view",
        "people.ConditionMet.condition",
        "people.GuardianAnswer.answer",
        "people.Guardianship.footing",
        "people.Guardianship.reckoned_by",
        "people.OpeningByLaw.provision",
        "gate.Consent.provisions",
        "gate.Consent.what_for",
        "people.ConsentDraft.provisions",
        "plan.Plan.kinds",
        "programmes.Screening.deciding_criteria",
        "programmes.Screening.flags",
        "people.Person.country",
        "people.ConsentDraft.answer",
        "people.ConsentDraft.text_version",
        "people.ConsentDraft.what_for",
        "people.Reminder.moment",
        "applications.Application.right",
        "assessments.Answer.item",
        "assessments.Assessment.instrument",
        "assessments.Assessment.respondent",
        "applications.Application.status",
        "applications.ApplicationStep.status",
        "coordination.AgendaItem.point",
        "coordination.Duty.role",
        "applications.Enquiry.outcome",
        "applications.EnquiryStep.status",
        "coordination.ChangeWish.answer",
        "coordination.FollowUp.occupation",
        "coordination.FollowUp.support",
        "coordination.MeetingTerms.meeting_kind",
        "coordination.Proposal.change",
        "exchange.CaseEvent.code",
        "exchange.CaseEvent.status",
        "exchange.ImportRun.file_hash",
        "exchange.ImportRun.mode",
        "exchange.ImportRun.system",
        "exchange.RefusedLine.field",
        "exchange.RefusedLine.reason",
        "exchange.RefusedLine.what_to_do",
        "exchange.Upload.mode",
        "exchange.Upload.stage",
        "exchange.Upload.system",
        "gate.Bar.reason",
        "gate.Consent.form",
        "gate.Consent.text_version",
        "gate.FormerGrant.basis",
        "gate.Grant.basis",
        "gate.Grant.provision",
        "gate.Lift.verdict",
        "interventions.Need.intervention_kind",
        "interventions.Need.status",
        "interventions.Need.unmet_because",
        "interventions.Placement.end_reason",
        "people.ClientRecord.main_income",
        "people.ClientRecord.occupation",
        "people.ClientRecord.sex",
        "people.FamilyMember.part",
        "people.Person.sex",
        "people.RecordAssessment.main_income",
        "people.RecordAssessment.occupation",
        "people.RecordChange.verdict",
        "people.Whereabouts.level",
        "people.WrongTie.because",
        "plan.Action.priority",
        "plan.Action.standing",
        "plan.Action.status",
        "plan.Action.week",
        "plan.BenefitCondition.benefit",
        "plan.BenefitConditionStep.status",
        "plan.CommitmentStep.status",
        "plan.EarlierAction.priority",
        "plan.EarlierAction.standing",
        "plan.EarlierAction.status",
        "plan.EarlierAction.week",
        "plan.Goal.life_domain",
        "plan.Plan.country",
        "plan.Plan.end_reason",
        "plan.Statement.topic",
        "plan.Assent.answer",
        "plan.Assent.seen",
        "plan.Goal.whose",
        "plan.GoalVersion.status",
        "plan.TeamMember.side",
        "programmes.Screening.outcome",
        "programmes.Screening.rules",
        "programmes.Screening.scope",
        "programmes.Screening.target_group",
    }
)


# The database writes these with the names.
FOLLOWING = frozenset({"people.SearchWord.sound", "people.SearchWord.word"})
LOOKED_FOR = """
DELETE FROM people_searchword;
INSERT INTO people_searchword (subject_id, unit_id, word, sound)
SELECT named.id, named.unit_id, found.word, found.sound FROM (
  SELECT id, NULL::uuid AS unit_id, given_name, family_name, birth_date FROM people_person
  UNION ALL SELECT id, unit_id, given_name, family_name, birth_date FROM people_clientrecord) named,
  gate.looked_for(named.given_name, named.family_name, named.birth_date) found
"""
IN_TEXT = SQL("UPDATE {} SET {} = %s WHERE {} = %s")
# Each value that the JSON holds; the keys are codes.
IN_JSON = SQL(
    "UPDATE {0} SET {1} = (SELECT jsonb_object_agg(name, %s::text) FROM jsonb_object_keys({1}) name) "
    "WHERE {2} = %s AND {1} IS NOT NULL AND {1} <> '{{}}'"
)


def plant(link: psycopg.Connection[Any]) -> list[Canary]:
    """A token in each row of each column that tells something. By a superuser. Raises NotDeclared."""
    there = dict(columns(TEXTS))
    unknown = there.keys() - {*WORDS, *CODES, *FOLLOWING}
    if unknown:
        raise NotDeclared(unknown, "proof/channels/planted.py, among the words or the codes")
    link.execute("SET session_replication_role = replica")  # what is written once is written twice here
    canaries = list(days_and_numbers.plant(link))
    canaries += [canary for column in WORDS for canary in _planted(link, column, there[column])]
    link.execute(LOOKED_FOR)
    return canaries


def _planted(link: psycopg.Connection[Any], column: str, model: type[Model]) -> list[Canary]:
    table, key = Identifier(model._meta.db_table), Identifier(model._meta.pk.column)
    text = Identifier(model._meta.get_field(column.rpartition(".")[2]).column)
    is_json = isinstance(model._meta.get_field(column.rpartition(".")[2]), JSONField)
    number = WORDS.index(column)
    found: list[Canary] = []
    for place, (row,) in enumerate(link.execute(SQL("SELECT {} FROM {} ORDER BY 1").format(key, table))):
        token = f"qz{number:02}x{place:04}zq"
        update = (IN_JSON if is_json else IN_TEXT).format(table, text, key)
        with (
            suppress(CheckViolation),
            link.transaction(),
        ):  # nothing may stand there, beside what the row says
            if link.execute(update, [token, row]).rowcount:
                found.append(Canary(token, column, row))
    return found


def seen_by(visitor: Visitor, canaries: Iterable[Canary]) -> frozenset[str]:
    """The tokens of rows that the database shows, of kinds that the access table lets the role read."""
    if visitor.post_id is None:
        return frozenset()
    tables = dict(columns((*TEXTS, *days_and_numbers.KINDS)))
    with acting_as(visitor.post_id, visitor.purpose) as viewer:
        keys = {model: _keys(model, viewer.role) for model in {tables[one.column] for one in canaries}}
    return frozenset(one.token for one in canaries if one.key in keys[tables[one.column]])


def _keys(model: type[Model], role: Role) -> set[Any]:
    rows = model._default_manager.all()
    if not any(field.name == "kind" for field in model._meta.concrete_fields):
        return set(rows.values_list("pk", flat=True))
    reads = ACCESS[role].reads
    return {key for key, kind in rows.values_list("pk", "kind") if DataKind(kind) & reads}
