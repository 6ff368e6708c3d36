"""The standing families: people whom tests meet again and again, by name.

Each docstring says who they are and, after "Never:", what must never be seen by whom; the manual has a page
of them, and `tests/gate/test_standing_families.py` holds each to its word. Made by the factories of `people`,
through the same operations as pages use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import people
from people import OnPlan, acting_as
from samvirke.coordination import operations as coordination
from samvirke.kernel.codes import Sex, TargetGroup
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families, national_ids
from samvirke.people.operations import NewPerson
from samvirke.people.types import NewFamilyMember
from samvirke.plan import operations as plan
from samvirke.plan.types import Intake

OF_HER_HEALTH = "Sover dårlig etter nattevakter."
OF_HIS_FLAT = "Husleia er to måneder på etterskudd."
OF_HER_GOAL = "Jeg vil snakke norsk på jobben."


@dataclass(frozen=True, slots=True)
class RefugeeFamily:
    """She has a plan of her own; he has said yes and has none; both are in one family."""

    wife: OnPlan
    husband: NewPerson
    circle_id: UUID


def long_term_recipient() -> OnPlan:
    """Kari, 31, has lived on social assistance for nine months of the year and wants to work with her hands.

    Social worker, Nav adviser and coordinator share one plan with her, on a consent about work, education,
    housing and health.

    Never: Nav's adviser reads a word about her health, for a role is not widened by a consent; and nobody in
    Nordeng, where she has never been, learns that she has a plan.
    """
    found = people.on_plan()
    with acting_as(people.COORDINATOR) as viewer:
        plan.write_note(plan_id=found.plan_id, kind=DataKind.HEALTH, text=OF_HER_HEALTH, by=viewer)
    return found


def youth_outside_school() -> OnPlan:
    """Jonas, 19, left school in the second year; the follow-up service and Nav look for a way back with him.

    He has said yes to work and education, and to nothing else.

    Never: anybody writes or reads in his plan of his flat or his money, since his consent opens neither; and
    his social worker's colleague, who is not in the team, opens his plan.
    """
    born = date(2006, 10, 12)
    client = _client("Y-1", "Jonas", born, Sex.MALE)
    consent = people.terms(kinds=DataKind.EMPLOYMENT | DataKind.EDUCATION)
    found = people.on_plan(client, consent=consent)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        plan.add_members(
            plan_id=found.plan_id,
            post_ids=[people.FOLLOW_UP_ADVISER],
            consent_id=found.person.consent_id,
            by=viewer,
        )
    return found


def family_with_a_disabled_child() -> people.Family:
    """Liv, 8, needs many services; her parents Ola and Anne live apart, and each has a plan of their own.

    The three have one family plan. Liv lives with her mother, whose address is strictly confidential; the
    coordinator alone may know it.

    Never: Ola, or anybody around him, is told where Anne and Liv are, or anything that would tell it: unit,
    school, meeting place, who gives help there; and neither parent reads what is only about the other.
    """
    return people.family()


def refugee_family() -> RefugeeFamily:
    """Amina, 34, and Yusuf, 36, came two years ago; she is in the introduction programme and wants to work.

    Amina has an integration plan. Yusuf has said yes to a plan too, and it has not begun. They are one family
    in the system, and have shared nothing with each other yet.

    Never: Yusuf opens Amina's plan, or she what is about him, because they are married: each decides on their
    own.
    """
    wife = _on_integration_plan(_client("R-1", "Amina", date(1991, 8, 3), Sex.FEMALE))
    husband = people.said_yes(_client("R-2", "Yusuf", date(1989, 4, 21), Sex.MALE))
    with acting_as(people.SOCIAL_WORKER) as viewer:
        circle_id = families.open_family(
            members=[
                NewFamilyMember(wife.person.person_id, "Amina", "parent"),
                NewFamilyMember(husband.person_id, "Yusuf", "parent"),
            ],
            by=viewer,
        )
    return RefugeeFamily(wife, husband, circle_id)


def _client(external_id: str, given_name: str, born: date, sex: Sex) -> people.Client:
    number = national_ids.make_synthetic(birth_date=born, sex=sex, serial=11)
    return people.Client(external_id, number, given_name, "Eksempel", born, sex)


def _on_integration_plan(client: people.Client) -> OnPlan:
    person = people.said_yes(client)
    before = people.intake()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        plan_id = coordination.start_plan(
            person_id=person.person_id,
            partnership_id=people.PARTNERSHIP,
            kinds=["no.integration_plan"],
            consent_id=person.consent_id,
            unit_id=people.COORDINATING,
            deputy=people.OTHER_COORDINATOR,
            next_review=date(2026, 6, 1),
            intake=Intake(
                target_group=TargetGroup.IMMIGRANT_OR_REFUGEE,
                asked_on=before.asked_on,
                months_assistance=None,
                situation=before.situation,
            ),
            by=viewer,
        )
        goal_id = plan.set_goal(
            plan_id=plan_id,
            life_domain="employment",
            own_words=OF_HER_GOAL,
            target="",
            by_when=None,
            by=viewer,
        )
    return OnPlan(person, plan_id, goal_id)
