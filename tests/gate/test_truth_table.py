"""Who may do what: every verb, for everybody around one person on a plan.

The person is a client of the social service of Fjordvik. The social worker recorded the consent (to work,
education, housing, health); social worker, Nav adviser, coordinator and the coordinating unit's leader are in
the team. `own caseload` is the social service's own client record of the same person.

yes      allowed
team     not_on_team: nothing at all about this person is open to this post
basis    no_basis: something is, but not this kind
role     role_may_not: the access table gives the role no such kind
purpose  wrong_purpose: the verb does not serve what the post is here for
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest

import people
import samvirke
from gate.exceptions import answer
from people import acting_as, on_plan
from samvirke.applications import verbs as applications
from samvirke.assessments import verbs as assessments
from samvirke.coordination import verbs as coordination
from samvirke.coordination.models import Duty
from samvirke.gate import queries as ask
from samvirke.gate import verbs as gate
from samvirke.gate.access import Refusal
from samvirke.gate.models import Consent
from samvirke.gate.types import Verb
from samvirke.interventions import verbs as interventions
from samvirke.interventions.queries import KINDS
from samvirke.kernel.gate_words import Purpose, kinds_in
from samvirke.people import verbs as people_verbs
from samvirke.people.models import ClientRecord, Person
from samvirke.people.national_ids import make_synthetic
from samvirke.plan import verbs as plan
from samvirke.plan.models import Plan
from samvirke.plan.queries import NOTE_KINDS
from samvirke.programmes import verbs as programmes

pytestmark = people.database

SOURCE = Path(samvirke.__file__).parent
WORDS = {
    "yes": None,
    "team": Refusal.NOT_ON_TEAM,
    "basis": Refusal.NO_BASIS,
    "role": Refusal.ROLE_MAY_NOT,
    "purpose": Refusal.WRONG_PURPOSE,
}
ON_THE_PERSON = """
                      social  social    social social           nav     nav            other       coord.  follow-up          another
                      worker  colleague leader system  stranger adviser leader coord.  coordinator leader  adviser   citizen  citizen
people.match          yes     team      team   purpose team     yes     team   yes     team        yes     team      yes      team
people.refer          yes     team      team   purpose team     yes     team   yes     team        yes     team      yes      team
people.read_consents  yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.read_referrals yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.withdraw       yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.read_log       role    role      role   team    role     role    role   role    role        role    role      yes      team
people.read_family    yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.conflict       yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.break_glass    yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.review_lift    yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.explain        yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.open_family    yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.for_child      yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.share          yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.read_contact   basis   team      team   team    team     basis   team   basis   team        basis   team      yes      team
people.write_contact  basis   team      role   team    team     basis   role   basis   team        role    team      yes      team
people.read_place     basis   team      role   team    team     role    role   basis   team        role    role      yes      team
people.protect_place  basis   team      role   team    team     role    role   basis   team        role    role      yes      team
people.consent_anew   yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.ask_consent    yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.answer_consent yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.ackn_recall    yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.move           yes     team      team   purpose team     yes     team   yes     team        yes     team      yes      team
people.lift_place     basis   team      role   team    team     role    role   basis   team        role    role      yes      team
people.guardians      yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.rec_guardian   yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.open_by_law    yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.read_openings  yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.childs_log     yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.ask_why        yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.answer_why     yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.keep_back      yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
people.review_kept    yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
plan.own_words        yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
plan.own_room         yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
plan.read             yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
plan.write            yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
plan.set_condition    basis   team      role   team    team     role    role   basis   team        role    role      role     role
plan.answer_condition basis   team      role   team    team     basis   role   basis   team        role    role      yes      team
plan.move_own         yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
applications.tell     yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
coord.another         yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
coord.answer_wish     yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
plan.see_audience     yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
coordination.offers   yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
coordination.handover yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
interventions.withdr  yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
coordination.meetings yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
coordination.hold     yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
coordination.proposal yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
coordination.calls    yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
coordination.followup yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
coordination.move     yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
assessments.read      yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
assessments.answer    yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
assessments.share     yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
assessments.audience  yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
applications.rights   yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
applications.apply    yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
applications.receiver yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
need.EMPLOYMENT       yes     team      role   team    team     yes     role   yes     team        role    team      role     role
need.EDUCATION        yes     team      role   team    team     yes     role   yes     team        role    team      role     role
need.SOCIAL           basis   team      role   team    team     role    role   basis   team        role    role      role     role
note.PLAN             yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
note.EMPLOYMENT       yes     team      role   team    team     yes     role   yes     team        role    team      role     role
note.EDUCATION        yes     team      role   team    team     yes     role   yes     team        role    team      role     role
note.ECONOMY          basis   team      role   team    team     role    role   basis   team        role    role      role     role
note.HOUSING          yes     team      role   team    team     role    role   yes     team        role    role      role     role
note.HEALTH           role    role      role   team    role     role    role   yes     team        role    role      role     role
note.SOCIAL           basis   team      role   team    team     role    role   basis   team        role    role      role     role
note.NETWORK          basis   team      role   team    team     role    role   basis   team        role    role      role     role
action.PLAN           yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
action.EMPLOYMENT     yes     team      role   team    team     yes     role   yes     team        role    team      role     role
action.EDUCATION      yes     team      role   team    team     yes     role   yes     team        role    team      role     role
action.ECONOMY        basis   team      role   team    team     role    role   basis   team        role    role      role     role
action.HOUSING        yes     team      role   team    team     role    role   yes     team        role    role      role     role
action.HEALTH         role    role      role   team    role     role    role   yes     team        role    role      role     role
action.SOCIAL         basis   team      role   team    team     role    role   basis   team        role    role      role     role
action.NETWORK        basis   team      role   team    team     role    role   basis   team        role    role      role     role
promise.PLAN          yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
promise.EMPLOYMENT    yes     team      role   team    team     yes     role   yes     team        role    team      role     role
promise.EDUCATION     yes     team      role   team    team     yes     role   yes     team        role    team      role     role
promise.ECONOMY       basis   team      role   team    team     role    role   basis   team        role    role      role     role
promise.HOUSING       yes     team      role   team    team     role    role   yes     team        role    role      role     role
promise.HEALTH        role    role      role   team    role     role    role   yes     team        role    role      role     role
promise.SOCIAL        basis   team      role   team    team     role    role   basis   team        role    role      role     role
promise.NETWORK       basis   team      role   team    team     role    role   basis   team        role    role      role     role
answer.PLAN           yes     team      team   team    team     yes     team   yes     team        yes     team      yes      team
answer.EMPLOYMENT     yes     team      role   team    team     yes     role   yes     team        role    team      yes      team
answer.EDUCATION      yes     team      role   team    team     yes     role   yes     team        role    team      yes      team
answer.ECONOMY        basis   team      role   team    team     basis   role   basis   team        role    role      yes      team
answer.HOUSING        yes     team      role   team    team     role    role   yes     team        role    role      yes      team
answer.HEALTH         yes     team      role   team    team     role    role   yes     team        role    role      yes      team
answer.SOCIAL         basis   team      role   team    team     role    role   basis   team        role    team      yes      team
answer.NETWORK        basis   team      role   team    team     role    role   basis   team        role    role      yes      team
"""  # noqa: E501
ON_THE_OWN_CASELOAD = """
people.find           yes     yes       yes    yes     team     team    team   team    team        team    team      team     team
people.read_records   yes     yes       yes    yes     team     team    team   team    team        team    team      team     team
people.write_records  yes     yes       yes    yes     team     team    team   team    team        team    team      team     team
people.assess_record  yes     yes       role   yes     team     team    role   team    team        role    team      role     role
people.open_person    yes     yes       yes    yes     team     team    team   team    team        team    team      team     team
people.shield_record  yes     yes       yes    yes     team     team    team   team    team        team    team      team     team
programmes.screen     yes     yes       role   yes     team     team    role   team    team        role    team      role     role
programmes.read       yes     yes       role   yes     team     team    role   team    team        role    team      team     team
programmes.try        yes     yes       role   yes     team     team    role   team    team        role    team      team     team
"""  # noqa: E501
VERBS: dict[str, Verb] = {
    "people.match": people_verbs.MATCH,
    "people.refer": people_verbs.REFER,
    "people.read_consents": people_verbs.READ_CONSENTS,
    "people.read_referrals": people_verbs.READ_REFERRALS,
    "people.withdraw": people_verbs.WITHDRAW_CONSENT,
    "people.read_log": people_verbs.READ_ACCESS_LOG,
    "people.read_family": people_verbs.READ_FAMILY,
    "people.open_family": people_verbs.OPEN_FAMILY,
    "people.for_child": people_verbs.CONSENT_FOR_CHILD,
    "people.share": people_verbs.SHARE_WITH_FAMILY,
    "people.read_contact": people_verbs.READ_CONTACT,
    "people.write_contact": people_verbs.WRITE_CONTACT,
    "people.read_place": people_verbs.READ_PROTECTED_PLACE,
    "people.protect_place": people_verbs.PROTECT_PLACE,
    "people.consent_anew": people_verbs.CONSENT_ANEW,
    "people.move": people_verbs.MOVE,
    "people.lift_place": people_verbs.LIFT_PROTECTION,
    "people.conflict": people_verbs.DECLARE_CONFLICT,
    "people.break_glass": people_verbs.BREAK_GLASS,
    "people.review_lift": people_verbs.REVIEW_LIFT,
    "people.explain": people_verbs.EXPLAIN,
    "people.shield_record": people_verbs.SHIELD_RECORD,
    "people.ask_consent": people_verbs.ASK_CONSENT,
    "people.answer_consent": people_verbs.ANSWER_CONSENT,
    "people.ackn_recall": people_verbs.ACKNOWLEDGE_RECALL,
    "people.guardians": people_verbs.READ_GUARDIANS,
    "people.rec_guardian": people_verbs.RECORD_GUARDIAN,
    "people.open_by_law": people_verbs.OPEN_BY_LAW,
    "people.read_openings": people_verbs.READ_OPENINGS,
    "people.childs_log": people_verbs.READ_CHILDS_LOG,
    "people.ask_why": people_verbs.ASK_WHY,
    "people.answer_why": people_verbs.ANSWER_WHY,
    "people.keep_back": people_verbs.KEEP_BACK,
    "people.review_kept": people_verbs.REVIEW_KEPT_BACK,
    "plan.own_words": plan.READ_OWN_WORDS,
    "plan.own_room": plan.WRITE_OWN_WORDS,
    "people.read_records": people_verbs.READ_RECORDS,
    "people.find": people_verbs.FIND,
    "people.write_records": people_verbs.WRITE_RECORDS,
    "people.assess_record": people_verbs.ASSESS_RECORD,
    "people.open_person": people_verbs.OPEN_PERSON,
    "programmes.screen": programmes.SCREEN,
    "programmes.read": programmes.READ_SCREENING,
    "programmes.try": programmes.TRY_RULES,
    "plan.read": plan.READ_PLAN,
    "plan.write": plan.WRITE_PLAN,
    "plan.move_own": plan.MOVE_OWN,
    "applications.tell": applications.TELL,
    "coord.another": coordination.WISH_FOR_ANOTHER,
    "coord.answer_wish": coordination.ANSWER_WISH,
    "plan.see_audience": plan.SEE_AUDIENCE,
    "coordination.offers": coordination.READ_OFFERS,
    "coordination.handover": coordination.HAND_OVER,
    "interventions.withdr": interventions.WITHDRAW,
    "coordination.meetings": coordination.READ_MEETINGS,
    "coordination.hold": coordination.HOLD_MEETING,
    "coordination.proposal": coordination.ANSWER_PROPOSAL,
    "coordination.calls": coordination.READ_FOLLOW_UPS,
    "coordination.followup": coordination.FOLLOW_UP,
    "coordination.move": coordination.MOVE,
    "plan.set_condition": plan.SET_CONDITION,
    "plan.answer_condition": plan.ANSWER_CONDITION,
    "assessments.read": assessments.READ,
    "assessments.answer": assessments.ANSWER,
    "assessments.share": assessments.SHARE,
    "assessments.audience": assessments.SEE_AUDIENCE,
    "applications.rights": applications.SEE_RIGHTS,
    "applications.apply": applications.APPLY,
    "applications.receiver": applications.SEE_RECEIVERS,
    **{f"need.{kind.name}": interventions.write(kind) for kind in KINDS},
    **{f"note.{kind.name}": plan.write_note(kind) for kind in kinds_in(NOTE_KINDS)},
    **{f"action.{kind.name}": plan.write_action(kind) for kind in kinds_in(NOTE_KINDS)},
    **{f"promise.{kind.name}": plan.write_commitment(kind) for kind in kinds_in(NOTE_KINDS)},
    **{f"answer.{kind.name}": plan.answer_commitment(kind) for kind in kinds_in(NOTE_KINDS)},
}
EVERYBODY = [
    "social worker",
    "social colleague",
    "social leader",
    "social system",
    "stranger",
    "nav adviser",
    "nav leader",
    "coordinator",
    "other coordinator",
    "coordination leader",
    "follow-up adviser",
    "the citizen",
    "another citizen",
]
NEVER_ASKED = {gate.OPEN_ADDRESS}  # told in the log alone
SYSTEMS = {"social system"}  # an agency's own system acts for service, never for coordination


def table(text: str, *, skip: int = 0) -> dict[str, dict[str, str]]:
    """Outcome by verb and viewer."""
    rows = [line.split() for line in text.strip("\n").splitlines()[skip:]]
    return {name: dict(zip(EVERYBODY, answers, strict=True)) for name, *answers in rows}


PERSON = table(ON_THE_PERSON, skip=2)
CASELOAD = table(ON_THE_OWN_CASELOAD)


@dataclass(frozen=True, slots=True)
class Scene:
    """The person on the plan, the own record, and everybody around."""

    person_id: UUID
    record_id: UUID
    posts: dict[str, UUID]

    def subject(self, name: str) -> UUID:
        """Whom a row of the table is about."""
        return self.person_id if name in PERSON else self.record_id


@pytest.fixture
def scene(db: None) -> Scene:
    first = on_plan()
    client = people.Client()
    number = make_synthetic(birth_date=client.birth_date, sex=client.sex, serial=4)
    other = on_plan(people.Client(external_id="S-2", national_id=number))
    posts = {
        **people.EVERYBODY,
        "the citizen": first.person.citizen_id,
        "another citizen": other.person.citizen_id,
    }
    record_id = people.record(client)
    return Scene(first.person.person_id, record_id, {name: posts[name] for name in EVERYBODY})


def purpose_of(who: str) -> Purpose:
    """What the post is here for."""
    return Purpose.SERVICE if who in SYSTEMS else Purpose.COORDINATION


def test_everybody_and_every_verb_has_a_row() -> None:
    assert set(people.EVERYBODY) | {"the citizen", "another citizen"} == set(EVERYBODY)
    assert PERSON.keys() | CASELOAD.keys() == VERBS.keys()
    rooms = {path.parent.name for path in SOURCE.glob("*/verbs.py")}
    every = {verb for room in rooms for verb in import_module(f"samvirke.{room}.verbs").ALL}
    assert every - set(VERBS.values()) == NEVER_ASKED


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_gate_answers_as_the_table_says(scene: Scene, who: str) -> None:
    with acting_as(scene.posts[who], purpose_of(who)) as viewer:
        found = {name: answer(viewer, verb, scene.subject(name)) for name, verb in VERBS.items()}
    assert found == {name: WORDS[row[who]] for name, row in (PERSON | CASELOAD).items()}


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_three_answers_agree(scene: Scene, who: str) -> None:
    """Yes or no for a page, a filter for a list, a set for the buttons: one rule."""
    with acting_as(scene.posts[who], purpose_of(who)) as viewer:
        for subject_id in (scene.person_id, scene.record_id):
            buttons = ask.allowed(viewer, VERBS.values(), subject_id)
            yes = {verb.code for verb in VERBS.values() if answer(viewer, verb, subject_id) is None}
            assert buttons == yes
        for verb, model, subject_id in (
            (people_verbs.READ_RECORDS, ClientRecord, scene.record_id),
            (plan.READ_PLAN, Person, scene.person_id),
        ):
            listed = ask.visible(viewer, verb, model._default_manager.filter(pk=subject_id), subject="id")
            assert listed.exists() == (answer(viewer, verb, subject_id) is None)


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_tables_alone_say_the_same(scene: Scene, who: str) -> None:
    """The second lock, asked without the first."""
    with acting_as(scene.posts[who], purpose_of(who)):
        seen = {
            "plan.read": Plan.objects.filter(subject_id=scene.person_id).exists(),
            "people.read_consents": Consent.objects.filter(subject_id=scene.person_id).exists(),
            "coordination.offers": Duty.objects.filter(subject_id=scene.person_id).exists(),
            "people.read_records": ClientRecord.objects.filter(pk=scene.record_id).exists(),
        }
    assert seen == {name: (PERSON | CASELOAD)[name][who] == "yes" for name in seen}


@pytest.mark.parametrize("who", EVERYBODY)
def test_somebody_unknown_is_nobodys(scene: Scene, who: str) -> None:
    """No answer means no: about an id that is not there nothing is allowed."""
    nobody = people.PARTNERSHIP
    with acting_as(scene.posts[who], purpose_of(who)) as viewer:
        assert ask.allowed(viewer, VERBS.values(), nobody) == set()
        assert not Plan.objects.filter(subject_id=nobody).exists()
