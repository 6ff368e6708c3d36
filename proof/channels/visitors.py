"""Everybody around the swept family, and what the database lets each of them see of what routes take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.test import Client

import people
from people import acting_as
from proof.channels.ground import as_superuser
from samvirke.agencies.models import DelegatedAuthority
from samvirke.agreements.models import Agreement, ContactPerson
from samvirke.applications.models import Application, Enquiry
from samvirke.coordination.models import Absence, ChangeWish, FollowUp, Handover, Meeting, Proposal
from samvirke.exchange.models import ImportRun, Upload
from samvirke.gate.models import AccessEntry, Consent, Lift, LogException
from samvirke.gate.session import NoMembership
from samvirke.gate.types import Refused, Viewer
from samvirke.interventions.models import Need
from samvirke.kernel.gate_words import Purpose
from samvirke.people import conflicts
from samvirke.people.consent_models import ConsentDraft, Recall
from samvirke.people.models import (
    ClientRecord,
    Guardianship,
    IdentityLink,
    LogQuestion,
    OpeningByLaw,
    Person,
    RecordPair,
    Referral,
)
from samvirke.plan.models import Action, BenefitCondition, Commitment, Goal, Plan
from samvirke.programmes.models import Exemption
from samvirke.surfaces.actor import POST, PURPOSE
from surfaces.everywhere import World

DAY = timedelta(days=1)
OPEN = frozenset(
    {"programme_id", "evidence_id", "unit_id", "instrument", "topic", "number"}
)  # about nobody, and open to all who may enter
TABLES: dict[str, type[Model]] = {
    "plan_id": Plan,
    "record_id": ClientRecord,
    "referral_id": Referral,
    "action_id": Action,
    "need_id": Need,
    "meeting_id": Meeting,
    "commitment_id": Commitment,
    "condition_id": BenefitCondition,
    "proposal_id": Proposal,
    "follow_up_id": FollowUp,
    "wish_id": ChangeWish,
    "absence_id": Absence,
    "agreement_id": Agreement,
    "contact_id": ContactPerson,
    "authority_id": DelegatedAuthority,
    "exemption_id": Exemption,
    "goal_id": Goal,
    "handover_id": Handover,
    "run_id": ImportRun,
    "upload_id": Upload,
    "application_id": Application,
    "enquiry_id": Enquiry,
    "consent_id": Consent,
    "pair_id": RecordPair,
    "link_id": IdentityLink,
    "lift_id": Lift,
    "draft_id": ConsentDraft,
    "recall_id": Recall,
    "opening_id": OpeningByLaw,
    "child_id": Person,
    "person_id": Person,
    "guardianship_id": Guardianship,
    "question_id": LogQuestion,
    "exception_id": LogException,
}


def _visits(viewer: Viewer) -> set[UUID]:
    """All that are in the citizen's log, also those whose office is not named: that they were is told."""
    if not viewer.is_citizen:
        return set()
    return set(AccessEntry.objects.values_list("request_id", flat=True))


LISTS: dict[str, Callable[[Viewer], set[UUID]]] = {
    "conflict_id": lambda viewer: {row.conflict_id for row in conflicts.conflicts(viewer)},
    "visit_id": _visits,
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who signs in, or nobody."""

    name: str
    post_id: UUID | None
    purpose: Purpose = Purpose.COORDINATION

    def enters(self, purpose: Purpose) -> bool:
        """Whether the post may act for this purpose now."""
        if self.post_id is None:
            return False
        try:
            with acting_as(self.post_id, purpose):
                return True
        except NoMembership:
            return False

    def client(self) -> Client:
        """A browser that is signed in."""
        client = Client(raise_request_exception=False)
        if self.post_id is not None:
            kept = client.session
            kept[POST], kept[PURPOSE] = str(self.post_id), int(self.purpose)
            kept.save()
        return client

    def sees(self, ids: dict[str, list[Any]]) -> set[Any]:
        """Those of the ids whose rows the database, or the person's own list, shows to the visitor."""
        found: set[Any] = {value for name in OPEN for value in ids[name]}
        if self.post_id is None:
            return found
        with acting_as(self.post_id, self.purpose) as viewer:
            for name, table in TABLES.items():
                rows = table._default_manager.filter(pk__in=ids[name])
                found |= set(rows.values_list("pk", flat=True))
            for told in LISTS.values():
                with suppress(Refused):
                    found |= told(viewer)
        return found


def visitors(here: World) -> list[Visitor]:
    """Every post of the standing organisation that somebody signs in to, the family, and nobody."""
    one = here.family
    services = {"social system"}
    posts = [
        Visitor(name, post_id, Purpose.SERVICE if name in services else Purpose.COORDINATION)
        for name, post_id in (people.EVERYBODY | people.OF_OTHER_ROLES).items()
    ]
    figures = {"evaluator": people.EVALUATOR, "partnership leader": people.PARTNERSHIP_LEADER}
    citizens = {
        "father": one.father.person.citizen_id,
        "mother": one.mother.person.citizen_id,
        "child": one.child.citizen_id,
    }
    return [
        *posts,
        *(Visitor(name, post_id, Purpose.STATISTICS) for name, post_id in figures.items()),
        *(Visitor(name, post_id) for name, post_id in citizens.items()),
        Visitor("nobody", None),
    ]


def for_another_purpose(everybody: Sequence[Visitor]) -> list[Visitor]:
    """Whoever may enter for more than one purpose, once more, for each of the others in turn."""
    found = []
    for place, visitor in enumerate(everybody):
        others = [purpose for purpose in Purpose if purpose != visitor.purpose and visitor.enters(purpose)]
        if others:
            purpose = others[place % len(others)]
            name = f"{visitor.name} for {str(purpose.name).lower()}"
            found.append(replace(visitor, name=name, purpose=purpose))
    return found


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """What happens inside is undone, also that somebody is signed out."""
    kept = dict(client.cookies)
    with transaction.atomic(), transaction.atomic(using="accounts"):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="accounts")
    client.cookies.clear()
    client.cookies.update(kept)


def end_all_memberships(database: str) -> None:
    """All memberships ended a day ago."""
    ended = people.NOW - DAY
    with as_superuser(database) as link:
        link.execute("UPDATE gate_membership SET valid_from = %s, valid_to = %s", [ended - DAY, ended])
