"""Days and numbers of their own in every field that tells one of a person.

What is planted is later or earlier than today as what stood there was, in the same order, and a birth date
of the same age. A column that is not named here is an error, and so is one that no row of the world fills.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import psycopg
from django.db.models import DateField, DecimalField, DurationField, FloatField, IntegerField, Model
from psycopg.sql import SQL, Identifier

import people
from proof.channels.person_columns import Canary, NotDeclared, columns

BORN = ("people.ClientRecord.birth_date", "people.Person.birth_date")
DAYS = (
    "applications.Application.answer_due_on",
    "applications.Application.sent_on",
    "applications.ApplicationStep.appeal_by",
    "applications.ApplicationStep.taken_on",
    "assessments.Assessment.written_at",
    "coordination.AgendaItem.added_at",
    "coordination.Contribution.written_at",
    "coordination.Discussion.written_at",
    "coordination.Duty.closed_on",
    "coordination.Duty.opened_on",
    "coordination.FollowUp.called_on",
    "coordination.FollowUp.due_on",
    "coordination.Handover.accepted_at",
    "coordination.Handover.offered_at",
    "coordination.Meeting.called_at",
    "coordination.Meeting.day",
    "coordination.MeetingDraft.saved_at",
    "coordination.MeetingTerms.day",
    "coordination.MeetingTerms.said_at",
    "coordination.MeetingTerms.starts_at",
    "coordination.Minutes.written_at",
    "coordination.Proposal.due_on",
    "coordination.Proposal.proposed_at",
    "coordination.ProposalAnswer.answered_at",
    "coordination.Turn.starts_on",
    "exchange.CaseEvent.due_on",
    "exchange.CaseEvent.first_day",
    "exchange.CaseEvent.happened_at",
    "exchange.CaseEvent.last_day",
    "exchange.CaseEvent.paid_on",
    "exchange.ImportRun.started_at",
    "exchange.Upload.uploaded_at",
    "gate.Consent.valid_to",
    "gate.Lift.lifted_at",
    "gate.Lift.valid_to",
    "interventions.Need.noted_on",
    "interventions.Need.settled_on",
    "interventions.Placement.starts_on",
    "people.ChildView.recorded_at",
    "people.ClientRecord.updated_at",
    "people.ConsentDraft.answered_at",
    "people.ConsentDraft.asked_at",
    "people.ConsentDraft.until",
    "people.GuardianAnswer.answered_at",
    "people.Guardianship.recorded_at",
    "people.Guardianship.valid_to",
    "people.GuardianshipGround.seen_on",
    "people.IdentityLink.linked_at",
    "people.LogQuestion.answered_at",
    "people.LogQuestion.asked_at",
    "people.LogQuestion.due_on",
    "people.LogQuestion.line_at",
    "people.OpeningByLaw.opened_at",
    "people.OpeningByLaw.until",
    "people.Person.created_at",
    "people.Recall.recalled_at",
    "people.RecordPair.found_at",
    "people.Referral.referred_at",
    "people.Whereabouts.expires_on",
    "people.Whereabouts.written_at",
    "plan.Action.changed_at",
    "plan.Action.due_on",
    "plan.Action.starts_on",
    "plan.BenefitCondition.review_on",
    "plan.BenefitCondition.set_at",
    "plan.BenefitConditionStep.at",
    "plan.BenefitConditionStep.on_day",
    "plan.BenefitConditionStep.until",
    "plan.Commitment.asked_at",
    "plan.Commitment.by_when",
    "plan.CommitmentStep.at",
    "plan.CommitmentStep.on_day",
    "plan.EarlierAction.changed_at",
    "plan.EarlierAction.due_on",
    "plan.EarlierAction.starts_on",
    "plan.Assent.answered_at",
    "plan.GoalVersion.by_when",
    "plan.GoalVersion.written_at",
    "plan.Note.written_at",
    "plan.OwnWords.written_at",
    "plan.Plan.ends_before",
    "plan.Plan.next_review",
    "plan.Plan.starts_on",
    "plan.PlanVersion.fixed_at",
    "plan.Statement.written_at",
    "plan.TeamMember.joined_on",
    "applications.Enquiry.answer_due_on",
    "applications.Enquiry.told_on",
    "applications.EnquiryStep.taken_on",
    "coordination.ChangeWish.answered_at",
    "coordination.ChangeWish.asked_at",
    # Last of all: pages tell the day three months after it, which is then nobody else's.
    "assessments.Assessment.day",
)
NUMBERS = (
    "applications.ApplicationStep.minutes_used",
    "assessments.Answer.value",
    "coordination.MeetingTerms.minutes_long",
    "exchange.CaseEvent.amount",
    "exchange.CaseEvent.position",
    "exchange.RefusedLine.row",
    "people.ClientRecord.assistance_months_last_year",
    "people.ClientRecord.assistance_years_of_last_three",
    "people.ClientRecord.source_version",
    "people.RecordChange.row",
)
NOT_PLANTED: Mapping[str, frozenset[str]] = {
    "It decides since when something is open or closed: with another day the world is another.": frozenset(
        {
            "gate.Bar.ended_at",
            "gate.Bar.since",
            "gate.Consent.given_at",
            "gate.Consent.withdrawn_at",
            "gate.FamilyShare.valid_from",
            "gate.FamilyShare.valid_to",
            "gate.FormerGrant.ended_at",
            "gate.FormerGrant.valid_from",
            "gate.FormerGrant.valid_to",
            "gate.Grant.valid_from",
            "gate.Grant.valid_to",
            "gate.LogException.ended_at",
            "gate.LogException.review_until",
            "gate.LogException.since",
            "gate.LogException.until",
            "gate.ProtectedPlace.since",
            "gate.Shield.ended_at",
            "gate.Shield.since",
            "people.ClientRecord.withdrawn_at",
            "people.ConsentDraft.lapses_at",
            "people.Guardianship.ended_at",
            "people.OpeningByLaw.ended_at",
        }
    ),
    "Bits: which kinds of data, or which purposes.": frozenset(
        {
            "applications.Application.kind",
            "applications.ApplicationStep.kind",
            "assessments.Answer.kind",
            "coordination.AgendaItem.kind",
            "coordination.Discussion.kind",
            "coordination.Proposal.kind",
            "coordination.ProposalAnswer.kind",
            "gate.Consent.kinds",
            "gate.Consent.purposes",
            "gate.FamilyShare.kinds",
            "gate.FamilyShare.purposes",
            "gate.FormerGrant.kinds",
            "gate.FormerGrant.purposes",
            "gate.Grant.kinds",
            "gate.Grant.purposes",
            "gate.Lift.kinds",
            "gate.Lift.purposes",
            "interventions.Need.kind",
            "interventions.Placement.kind",
            "people.ConsentDraft.kinds",
            "people.ConsentDraft.purpose",
            "people.Guardianship.scope",
            "people.LogQuestion.kinds",
            "people.OpeningByLaw.kinds",
            "people.OpeningByLaw.purposes",
            "people.Recall.kinds",
            "people.Whereabouts.kind",
            "plan.Action.kind",
            "plan.Commitment.kind",
            "plan.CommitmentStep.kind",
            "plan.EarlierAction.kind",
            "plan.Note.kind",
            "applications.Enquiry.kind",
            "applications.EnquiryStep.kind",
        }
    ),
    "A place in an order, of which many are alike.": frozenset(
        {
            "applications.Application.status_step",
            "applications.ApplicationStep.number",
            "applications.EnquiryStep.number",
            "assessments.Assessment.version",
            "coordination.AgendaItem.number",
            "coordination.MeetingDraft.version",
            "coordination.MeetingTerms.number",
            "coordination.Minutes.number",
            "plan.Action.version",
            "plan.BenefitConditionStep.left_per_day",
            "plan.BenefitConditionStep.number",
            "plan.CommitmentStep.number",
            "plan.EarlierAction.version",
            "plan.GoalVersion.version",
            "plan.PlanVersion.number",
        }
    ),
    "Of a file as a whole, of no person.": frozenset(
        {
            "exchange.ImportRun.changed",
            "exchange.ImportRun.held_back",
            "exchange.ImportRun.new",
            "exchange.ImportRun.refused",
            "exchange.ImportRun.rows",
            "exchange.ImportRun.same",
            "exchange.ImportRun.withdrawn",
            "exchange.Upload.changed",
            "exchange.Upload.done",
            "exchange.Upload.expected",
            "exchange.Upload.keep_until",
            "exchange.Upload.new",
            "exchange.Upload.refused",
            "exchange.Upload.same",
            "exchange.Upload.size",
            "exchange.Upload.told_at",
        }
    ),
    "No row of the swept world has it.": frozenset(
        {
            "gate.Consent.said_on",
            "gate.Lift.reviewed_at",
            "gate.LogException.reviewed_at",
            "interventions.Placement.ends_before",
            "people.GuardianshipGround.until",
            "people.IdentityLink.unlinked_at",
            "people.NotedView.recorded_at",
            "people.Recall.acknowledged_at",
            "people.RecordAssessment.assessed_at",
            "people.RecordPair.ended_at",
            "people.Referral.received_at",
            "people.Reminder.held_at",
            "people.WrongTie.found_at",
            "plan.TeamMember.left_on",
            "applications.Enquiry.answered_on",
            "programmes.Screening.screened_at",
        }
    ),
}
KINDS = (DateField, DecimalField, DurationField, FloatField, IntegerField)
IN_HOURS = "applications.ApplicationStep.minutes_used"
FIRST_NUMBER, STEP = 7_100_003, 1_009
PAST, TO_COME = date(1961, 1, 1), date(2061, 1, 1)  # the program and its world tell of no day near these
DAY, NOON = timedelta(days=1), time(12, tzinfo=UTC)
ROWS = SQL("SELECT {1}, {2} FROM {0} WHERE {2} IS NOT NULL ORDER BY {2}, {1}")
IN_ORDER = SQL("SELECT {1}, {2} > %s FROM {0} WHERE {2} IS NOT NULL ORDER BY {2}, {1}")
UPDATE = SQL("UPDATE {0} SET {2} = %s WHERE {1} = %s")


@dataclass(slots=True)
class _Unused:
    """Days and numbers that stand nowhere yet."""

    past: date = PAST
    to_come: date = TO_COME
    number: int = FIRST_NUMBER
    birth_dates: set[date] = field(default_factory=set)

    def day(self, *, is_to_come: bool) -> date:
        """A day on the same side of today, after those that were given before."""
        if is_to_come:
            self.to_come += DAY
            return self.to_come
        self.past += DAY
        return self.past

    def birth_date(self, old: date) -> date:
        """A day of the same age, as near as can be."""
        while old in self.birth_dates:
            old -= DAY
        self.birth_dates.add(old)
        return old

    def a_number(self) -> int:
        """A number of seven figures."""
        self.number += STEP
        return self.number


def plant(link: psycopg.Connection[Any]) -> Iterator[Canary]:
    """A day or a number in each row of each column that holds one. By a superuser. Raises NotDeclared."""
    there = dict(columns(KINDS))
    unknown = there.keys() - {*BORN, *DAYS, *NUMBERS, *frozenset().union(*NOT_PLANTED.values())}
    if unknown:
        raise NotDeclared(unknown, "proof/channels/days_and_numbers.py, with why where nothing is planted")
    unused = _Unused()
    for column in BORN:
        yield from _born(link, column, there[column], unused)
    for column in DAYS:
        yield from _days(link, column, there[column], unused)
    for column in NUMBERS:
        yield from _numbers(link, column, there[column], unused)


def _born(
    link: psycopg.Connection[Any], column: str, model: type[Model], unused: _Unused
) -> Iterator[Canary]:
    for key, old in link.execute(ROWS.format(*_names(column, model))).fetchall():
        new = unused.birth_date(old - DAY)
        link.execute(UPDATE.format(*_names(column, model)), [new, key])
        yield Canary(new.isoformat(), column, key)


def _days(
    link: psycopg.Connection[Any], column: str, model: type[Model], unused: _Unused
) -> Iterator[Canary]:
    update = UPDATE.format(*_names(column, model))
    for key, is_to_come in link.execute(IN_ORDER.format(*_names(column, model)), [people.NOW]).fetchall():
        new = unused.day(is_to_come=is_to_come)
        link.execute(update, [datetime.combine(new, NOON), key])  # a date is what is left of it
        yield Canary(new.isoformat(), column, key)


def _numbers(
    link: psycopg.Connection[Any], column: str, model: type[Model], unused: _Unused
) -> Iterator[Canary]:
    for key, _ in link.execute(ROWS.format(*_names(column, model))).fetchall():
        number = unused.a_number()
        written = number * 60 if column == IN_HOURS else number
        link.execute(UPDATE.format(*_names(column, model)), [written, key])
        yield from (Canary(str(one), column, key) for one in {number, written})


def _names(column: str, model: type[Model]) -> tuple[Identifier, Identifier, Identifier]:
    told = model._meta.get_field(column.rpartition(".")[2])
    return Identifier(model._meta.db_table), Identifier(model._meta.pk.column), Identifier(told.column)
