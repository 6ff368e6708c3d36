"""The standing organisation, and factories for persons in a stated situation.

Everything a factory makes goes through the same operations as pages use, as a post that may do it; so a
denial and a success differ only in who asks. Two municipalities, so that there are strangers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest

from samvirke.agencies import operations as agencies
from samvirke.agencies.types import NewAgency, NewPost, NewUnit
from samvirke.coordination import operations as coordination
from samvirke.gate import clock, session
from samvirke.gate.access import Role
from samvirke.gate.types import Viewer
from samvirke.interventions import operations as interventions
from samvirke.interventions.types import NewIntervention
from samvirke.kernel.codes import (
    AgencyKind,
    Country,
    InterventionKind,
    Occupation,
    Sex,
    SupportSource,
    TargetGroup,
)
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import consents, families, guardians, merge, national_ids, places
from samvirke.people import operations as people
from samvirke.people import queries as people_queries
from samvirke.people.guardian_types import NewGuardian, View
from samvirke.people.operations import ConsentTerms, NewPerson
from samvirke.people.types import NewFamilyMember, Places
from samvirke.plan import actions
from samvirke.plan import consents as plan_consents
from samvirke.plan import operations as plan
from samvirke.plan.action_types import Agreed
from samvirke.plan.types import Intake, Situation
from samvirke.programmes import loading
from samvirke.programmes import operations as programmes

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
database = pytest.mark.django_db(databases=["default", "accounts"])


def _id(key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"https://samvirke.example/tests/{key}")


PARTNERSHIP = _id("partnership")
FJORDVIK, NORDENG, KANARIVIK = "9901", "9903", "9905"
SOCIAL, SOCIAL_NORDENG, NAV, COORDINATING, FOLLOW_UP = map(
    _id, ["social", "social nordeng", "nav", "coordinating", "follow up"]
)
UNITS = (SOCIAL, NAV, COORDINATING, FOLLOW_UP)
SOCIAL_WORKER, SOCIAL_COLLEAGUE, SOCIAL_LEADER, SOCIAL_SYSTEM = map(
    _id, ["social worker", "social colleague", "social leader", "social system"]
)
STRANGER, STRANGER_LEADER, STRANGER_SYSTEM = map(_id, ["stranger", "stranger leader", "stranger system"])
NAV_ADVISER, NAV_LEADER, NAV_SYSTEM, EMPLOYMENT_ADVISER = map(
    _id, ["nav adviser", "nav leader", "nav system", "employment adviser"]
)
COORDINATOR, OTHER_COORDINATOR, COORDINATION_LEADER, HEALTH_WORKER = map(
    _id, ["coordinator", "other coordinator", "coordination leader", "health worker"]
)
FOLLOW_UP_ADVISER, FOLLOW_UP_LEADER = map(_id, ["follow-up adviser", "follow-up leader"])
OFFICE = _id("office")
PARTNERSHIP_LEADER, EVALUATOR = map(_id, ["partnership leader", "evaluator"])
WORK_PRACTICE, COURSE, ACTIVITY, COURSE_IN_NORDENG = map(
    _id, ["work practice", "course", "activity", "course in nordeng"]
)
EVERYBODY = {
    "social worker": SOCIAL_WORKER,
    "social colleague": SOCIAL_COLLEAGUE,
    "social leader": SOCIAL_LEADER,
    "social system": SOCIAL_SYSTEM,
    "stranger": STRANGER,
    "nav adviser": NAV_ADVISER,
    "nav leader": NAV_LEADER,
    "coordinator": COORDINATOR,
    "other coordinator": OTHER_COORDINATOR,
    "coordination leader": COORDINATION_LEADER,
    "follow-up adviser": FOLLOW_UP_ADVISER,
}
# Of roles that nobody above has; in no team but where a test says so.
OF_OTHER_ROLES = {"health worker": HEALTH_WORKER, "employment adviser": EMPLOYMENT_ADVISER}


def set_up_organisation() -> None:
    """The directory, the partnership and the clock. Committed once, in the template database."""
    clock.set_to(NOW)
    start = NOW - timedelta(days=1000)
    agencies.set_up(
        country=Country.NORWAY,
        municipalities={FJORDVIK: "Fjordvik", NORDENG: "Nordeng", KANARIVIK: CANARIES.municipality},
        agencies=_agencies(),
        now=start,
    )
    programmes.set_up_partnership(
        partnership_id=PARTNERSHIP,
        name="Samlet innsats",
        municipalities=[FJORDVIK, NORDENG],
        rules_code="no_local_effort",
        office=OFFICE,
    )
    loading.load_programme(text=loading.HISTORICAL.read_text(encoding="utf-8"))
    interventions.set_up(
        interventions=[
            _offer(WORK_PRACTICE, NAV, InterventionKind.WORK_PRACTICE, "Arbeidspraksis", places=2),
            _offer(COURSE, NAV, InterventionKind.TRAINING, "Kurs i butikk", places=1),
            _offer(ACTIVITY, SOCIAL, InterventionKind.SOCIAL_SUPPORT, "Aktivitetssenter", places=1),
            _offer(COURSE_IN_NORDENG, SOCIAL_NORDENG, InterventionKind.TRAINING, "Nordkurset", places=3),
        ]
    )


def _offer(key: UUID, unit: UUID, kind: InterventionKind, name: str, *, places: int) -> NewIntervention:
    return NewIntervention(
        id=key,
        unit_id=unit,
        kind=kind,
        name=name,
        provider=f"{name} AS",
        paid_by=AgencyKind.NAV_STATE if unit == NAV else AgencyKind.SOCIAL_SERVICE,
        is_earmarked=unit == NAV,
        starts_on=date(2025, 1, 1),
        places=places,
    )


def _agencies() -> list[NewAgency]:
    return [
        _agency(
            AgencyKind.SOCIAL_SERVICE,
            "Fjordvik kommune",
            "310990002",
            NewUnit(
                SOCIAL,
                "Sosialtjenesten i Fjordvik",
                FJORDVIK,
                (
                    NewPost(SOCIAL_WORKER, "Sosialkonsulent 1", Role.SOCIAL_WORKER),
                    NewPost(SOCIAL_COLLEAGUE, "Sosialkonsulent 2", Role.SOCIAL_WORKER),
                    NewPost(SOCIAL_LEADER, "Leder for sosialtjenesten", Role.UNIT_LEADER, is_leader=True),
                    NewPost(SOCIAL_SYSTEM, "Fagsystem", Role.INTEGRATION),
                ),
                office=FJORDVIK,
            ),
        ),
        _agency(
            AgencyKind.SOCIAL_SERVICE,
            "Nordeng kommune",
            "310990010",
            NewUnit(
                SOCIAL_NORDENG,
                "Sosialtjenesten i Nordeng",
                NORDENG,
                (
                    NewPost(STRANGER, "Sosialkonsulent i Nordeng", Role.SOCIAL_WORKER),
                    NewPost(STRANGER_LEADER, "Leder i Nordeng", Role.UNIT_LEADER, is_leader=True),
                    NewPost(STRANGER_SYSTEM, "Fagsystem i Nordeng", Role.INTEGRATION),
                ),
                office=NORDENG,
            ),
        ),
        _agency(
            AgencyKind.NAV_STATE,
            "Nav",
            "310990908",
            NewUnit(
                NAV,
                "Nav Fjordvik",
                FJORDVIK,
                (
                    NewPost(NAV_ADVISER, "Veileder 1", Role.NAV_ADVISER),
                    NewPost(EMPLOYMENT_ADVISER, "Jobbspesialist", Role.EMPLOYMENT_ADVISER),
                    NewPost(NAV_LEADER, "Leder for Nav Fjordvik", Role.UNIT_LEADER, is_leader=True),
                    NewPost(NAV_SYSTEM, "Fagsystem Nav", Role.INTEGRATION),
                ),
                office=FJORDVIK,
            ),
        ),
        _agency(
            AgencyKind.COORDINATING_UNIT,
            "Helse og omsorg",
            "310990916",
            NewUnit(
                COORDINATING,
                "Koordinerende enhet",
                None,
                (
                    NewPost(COORDINATOR, "Koordinator 1", Role.COORDINATOR),
                    NewPost(OTHER_COORDINATOR, "Koordinator 2", Role.COORDINATOR),
                    NewPost(HEALTH_WORKER, "Sykepleier", Role.HEALTH_WORKER),
                    NewPost(
                        COORDINATION_LEADER, "Leder for koordinerende enhet", Role.UNIT_LEADER, is_leader=True
                    ),
                ),
            ),
        ),
        _agency(
            AgencyKind.FOLLOW_UP_SERVICE,
            "Fylkeskommunen",
            "310990924",
            NewUnit(
                FOLLOW_UP,
                "Oppfølgingstjenesten",
                None,
                (
                    NewPost(FOLLOW_UP_ADVISER, "Rådgiver", Role.FOLLOW_UP_ADVISER),
                    NewPost(FOLLOW_UP_LEADER, "Leder for OT", Role.UNIT_LEADER, is_leader=True),
                ),
            ),
        ),
        _agency(
            AgencyKind.COORDINATING_UNIT,
            "Samlet innsats",
            "310990932",
            NewUnit(
                OFFICE,
                "Samlet innsats, kontor",
                None,
                (
                    NewPost(PARTNERSHIP_LEADER, "Leder for samlet innsats", Role.PARTNERSHIP_LEADER, True),
                    NewPost(EVALUATOR, "Evaluator", Role.EVALUATOR),
                ),
            ),
        ),
    ]


def _agency(kind: AgencyKind, name: str, number: str, unit: NewUnit) -> NewAgency:
    return NewAgency(
        id=_id(f"agency {number}"), kind=kind, name=name, organisation_number=number, units=(unit,)
    )


@contextmanager
def acting_as(post_id: UUID, purpose: Purpose = Purpose.COORDINATION) -> Iterator[Viewer]:
    """One transaction as this post, as a request would be."""
    with session.enter(post_id, purpose) as viewer:
        yield viewer


@dataclass(frozen=True, slots=True)
class Client:
    """A row an agency's own system sends."""

    external_id: str = "S-1"
    national_id: str = field(
        default_factory=lambda: national_ids.make_synthetic(
            birth_date=date(1994, 5, 4), sex=Sex.FEMALE, serial=3
        )
    )
    given_name: str = "Kari"
    family_name: str = "Eksempel"
    birth_date: date = date(1994, 5, 4)
    sex: Sex = Sex.FEMALE
    municipality: str = FJORDVIK
    occupation: Occupation | None = Occupation.NONE
    main_income: SupportSource | None = SupportSource.SOCIAL_ASSISTANCE
    assistance_months_last_year: int | None = 9
    assistance_years_of_last_three: int | None = 2
    is_single_provider: bool | None = False
    has_insurance_rights: bool | None = False
    is_immigrant_or_refugee: bool | None = False
    assessed_at_risk: bool | None = True
    relevant_for_labour_market: bool | None = True
    assessed_needs_special_help: bool | None = None
    source_version: int = 1
    row: int = 2


def record(client: Client, *, system: UUID = SOCIAL_SYSTEM, unit: UUID = SOCIAL) -> UUID:
    """The client record of an agency, taken in by its own system's post."""
    with acting_as(system, Purpose.SERVICE) as viewer:
        merge.merge_records([client], unit_id=unit, home=FJORDVIK, dry_run=False, now=viewer.now)
        return people_queries.record_ids(unit, [client.external_id])[client.external_id]


def terms(
    *,
    kinds: DataKind = DataKind.EMPLOYMENT | DataKind.EDUCATION | DataKind.HOUSING | DataKind.HEALTH,
    units: tuple[UUID, ...] = UNITS,
    days: int = 365,
) -> ConsentTerms:
    """What the person is asked to agree to."""
    return ConsentTerms(
        kinds=kinds,
        purposes=Purpose.COORDINATION | Purpose.SERVICE | Purpose.FOLLOW_UP,
        from_units=units,
        to_units=units,
        provisions=("no.consent_individual_plan",),
        form="digital",
        text_version="2026-1",
        until=NOW + timedelta(days=days),
    )


def said_yes(
    client: Client | None = None,
    *,
    consent: ConsentTerms | None = None,
    guardians_of: Sequence[NewGuardian] = (),
) -> NewPerson:
    """A person asked by the social worker who said yes, or whose guardians did. Nobody else knows yet."""
    client = client or Client()
    record_id = record(client)
    with acting_as(SOCIAL_WORKER) as viewer:
        return people.record_yes(
            record_id=record_id,
            partnership_id=PARTNERSHIP,
            given_name=client.given_name,
            family_name=client.family_name,
            terms=consent or terms(),
            by=viewer,
            guardians_of=guardians_of,
            view=View.AGREES if guardians_of else None,
        )


@dataclass(frozen=True, slots=True)
class OnPlan:
    """On a plan: social worker, Nav adviser and coordinator in the team, the unit's leader on duty."""

    person: NewPerson
    plan_id: UUID
    goal_id: UUID


def on_plan(client: Client | None = None, *, consent: ConsentTerms | None = None) -> OnPlan:
    """A plan with a goal; coordinated by the coordinating unit's leader until somebody accepts."""
    person = said_yes(client, consent=consent)
    with acting_as(SOCIAL_WORKER) as viewer:
        plan_id = coordination.start_plan(
            person_id=person.person_id,
            partnership_id=PARTNERSHIP,
            kinds=["no.individual_plan"],
            consent_id=person.consent_id,
            unit_id=COORDINATING,
            deputy=OTHER_COORDINATOR,
            next_review=date(2026, 6, 1),
            intake=intake(),
            by=viewer,
        )
        plan.add_members(
            plan_id=plan_id, post_ids=[NAV_ADVISER, COORDINATOR], consent_id=person.consent_id, by=viewer
        )
        goal_id = plan.set_goal(
            plan_id=plan_id,
            life_domain="employment",
            own_words="Jeg vil ha en jobb der jeg får bruke hendene.",
            target="Fast jobb",
            by_when=date(2027, 1, 1),
            by=viewer,
        )
    return OnPlan(person, plan_id, goal_id)


def intake() -> Intake:
    """How a person came to the plan."""
    return Intake(
        target_group=TargetGroup.LONG_TERM_RECIPIENT,
        asked_on=date(2026, 2, 20),
        months_assistance=9,
        situation=Situation(SupportSource.SOCIAL_ASSISTANCE, Occupation.NONE),
    )


CANARIES = Places(
    address="Kanariveien 7",
    municipality="Kanarivik",
    school="Kanaribakken skole",
    meeting_place="Kanaritunet",
    provider="Kanarihjelpen",
)
CANARY_WORDS = (
    "Kanari",
    "Nordkurset",
    "Sosialkonsulent i Nordeng",
    "Leder i Nordeng",
    "Sosialtjenesten i Nordeng",
    "Nordeng kommune",
    *(str(one) for one in (SOCIAL_NORDENG, STRANGER, STRANGER_LEADER, STRANGER_SYSTEM)),
)
OF_THE_PROTECTED = "Ringe den protekterte alene"
OF_THE_OTHER = "Hente papirene til faren"
SHARED_GOAL = "Vi vil at Liv har det trygt og godt."


@dataclass(frozen=True, slots=True)
class Family:
    """Two parents and a child; the mother's place is protected, and the child lives with her.

    The coordinator knows the place, nobody else but the mother. Social worker, leader of the coordinating
    unit and coordinator are in the family's team.
    """

    father: OnPlan
    mother: OnPlan
    child: NewPerson
    circle_id: UUID
    plan_id: UUID
    mothers_share: UUID
    fathers_share: UUID


def family() -> Family:
    """The standing family, made through the same operations as pages use."""
    father = on_plan(_of_family("F-1", "Ola", date(1988, 3, 9), Sex.MALE))
    of_mother = terms(units=(*UNITS, SOCIAL_NORDENG))
    mother = on_plan(_of_family("F-2", "Anne", date(1990, 7, 2), Sex.FEMALE), consent=of_mother)
    with acting_as(SOCIAL_WORKER) as viewer:
        consent_id = mother.person.consent_id
        plan.add_members(plan_id=mother.plan_id, post_ids=[STRANGER], consent_id=consent_id, by=viewer)
    _protect(mother)
    child = _child(father, mother)
    with acting_as(SOCIAL_WORKER) as viewer:
        circle_id = families.open_family(
            members=[
                NewFamilyMember(father.person.person_id, "Ola", "parent"),
                NewFamilyMember(mother.person.person_id, "Anne", "parent"),
                NewFamilyMember(child.person_id, "Liv", "child"),
            ],
            by=viewer,
        )
    shares = [_share(circle_id, giver, to) for giver, to in ((mother, father), (father, mother))]
    plan_id = _family_plan(circle_id, [father.person, mother.person, child], about=(father, mother))
    return Family(father, mother, child, circle_id, plan_id, *shares)


def _of_family(external_id: str, given_name: str, born: date, sex: Sex) -> Client:
    number = national_ids.make_synthetic(birth_date=born, sex=sex, serial=5)
    return Client(external_id, number, given_name, "Eksempel", born, sex)


def _protect(mother: OnPlan) -> None:
    person_id = mother.person.person_id
    with acting_as(mother.person.citizen_id) as viewer:
        places.state_whereabouts(
            person_id=person_id,
            level="no.strictly_confidential",
            places=CANARIES,
            expires_on=date(2027, 3, 1),
            by=viewer,
        )
        places.let_know_place(person_id=person_id, post_ids=[COORDINATOR], terms=terms(), by=viewer)


def _child(father: OnPlan, mother: OnPlan) -> NewPerson:
    parents = [
        guardian(mother.person.citizen_id, "Anne", lives_with=True),
        guardian(father.person.citizen_id, "Ola"),
    ]
    return said_yes(_of_family("F-3", "Liv", date(2017, 9, 1), Sex.FEMALE), guardians_of=parents)


def mother_answers_alone(one: Family) -> None:
    """The mother has been appointed, so that her yes for the child is enough."""
    _answers_alone(one, one.mother, lives_with=True)


def father_answers_alone(one: Family) -> None:
    """The father has been appointed, so that his yes for the child is enough."""
    _answers_alone(one, one.father, lives_with=False)


def _answers_alone(one: Family, parent: OnPlan, *, lives_with: bool) -> None:
    new = guardian(parent.person.citizen_id, footing="no.guardian_of_minor", lives_with=lives_with)
    with acting_as(SOCIAL_WORKER) as viewer:
        guardians.record(person_id=one.child.person_id, guardian=new, by=viewer)


def guardian_says_yes(child_id: UUID, guardian: UUID, asked: ConsentTerms | None = None) -> UUID:
    """The social worker asks those who act for a child, who agrees; one yes is enough, and is said.

    There is a question for each purpose. Returns the first consent's id.
    """
    with acting_as(SOCIAL_WORKER) as viewer:
        drafts = consents.draft(person_id=child_id, terms=asked or terms(), by=viewer, view=View.AGREES)
    with acting_as(guardian) as viewer:
        given = [plan_consents.say_for_child(draft_id=one, says_yes=True, by=viewer) for one in drafts]
    assert given[0] is not None
    return given[0]


def guardian(
    citizen_id: UUID,
    name: str = "Anne",
    *,
    footing: str = "no.parents_shared",
    scope: DataKind = guardians.EVERY_KIND,
    lives_with: bool = False,
    until: date | None = None,
) -> NewGuardian:
    """Who acts for somebody, on a document that was seen."""
    return NewGuardian(
        citizen_id=citizen_id,
        name=name,
        footing=footing,
        scope=scope,
        lives_with=lives_with,
        reference="Folkeregisteret, foreldreansvar",
        seen_on=NOW.date(),
        until=until,
    )


def _share(circle_id: UUID, giver: OnPlan, to: OnPlan) -> UUID:
    with acting_as(giver.person.citizen_id) as viewer:
        return families.share_with_family(
            circle_id=circle_id,
            person_id=giver.person.person_id,
            citizen_ids=[to.person.citizen_id],
            terms=terms(),
            by=viewer,
        )


def _family_plan(circle_id: UUID, persons: list[NewPerson], *, about: tuple[OnPlan, OnPlan]) -> UUID:
    consents = [person.consent_id for person in persons]
    father, mother = about
    with acting_as(SOCIAL_WORKER) as viewer:
        plan_id = coordination.start_family_plan(
            circle_id=circle_id,
            partnership_id=PARTNERSHIP,
            consent_ids=consents,
            unit_id=COORDINATING,
            deputy=OTHER_COORDINATOR,
            next_review=date(2026, 6, 1),
            by=viewer,
        )
        plan.add_family_members(plan_id=plan_id, post_ids=[COORDINATOR], consent_ids=consents, by=viewer)
        goal_id = plan.set_goal(
            plan_id=plan_id, life_domain="network", own_words=SHARED_GOAL, target="", by_when=None, by=viewer
        )
        for one, what in ((father, OF_THE_OTHER), (mother, OF_THE_PROTECTED)):
            actions.add(
                plan_id=plan_id,
                goal_id=goal_id,
                kind=DataKind.PLAN,
                agreed=Agreed(what=what),
                accountable=SOCIAL_WORKER,
                decision_reference="",
                about=one.person.person_id,
                by=viewer,
            )
    return plan_id
