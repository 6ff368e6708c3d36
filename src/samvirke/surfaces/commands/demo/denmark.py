"""A Danish municipality with job centre, social department, youth unit. Invented, names of places too."""

from __future__ import annotations

from dataclasses import replace

from samvirke.agencies.types import NewAgency, NewPost, NewUnit
from samvirke.gate.access import Role
from samvirke.kernel.codes import (
    AgencyKind,
    Country,
    EndReason,
    Occupation,
    Sex,
    SupportSource,
    TargetGroup,
)
from samvirke.kernel.gate_words import DataKind
from samvirke.surfaces.commands.demo.neighbours import Ending, Goal, Guest, Neighbour, PlanTold
from samvirke.surfaces.commands.demo.organisation import key_id

PLACE = ("dk-990", "Bøgelund")  # no Danish municipality has a number above 860
WHOLE = ("dk.whole_plan", "dk.my_plan", "dk.action_plan")
TEAM = ("job/1", "social/1")
YOUTH_TEAM = ("youth/1", "social/1")

WORK = Goal(
    DataKind.EMPLOYMENT,
    "Jeg vil have et arbejde, hvor jeg bruger hænderne.",
    (("Virksomhedspraktik i et snedkeri", "Med en mentor på stedet", "To dage om ugen", "job/1"),),
)
SCHOOL = Goal(
    DataKind.EDUCATION,
    "Jeg vil gøre min uddannelse færdig.",
    (("Forløb på FGU", "Sammen med kontaktpersonen", "Fire dage om ugen", "job/1"),),
)
CALM = Goal(
    DataKind.HOUSING,
    "Jeg vil have ro derhjemme, så jeg kan sove.",
    (("Socialpædagogisk støtte i hjemmet", "Hjemmebesøg", "Tre timer om ugen", "social/1"),),
)
YOUNG_WORK = Goal(
    DataKind.EMPLOYMENT,
    "Jeg vil have et fritidsjob.",
    (("Besøg på tre arbejdspladser", "Sammen med ungerådgiveren", "Hver anden uge", "youth/1"),),
)
YOUNG_SCHOOL = Goal(
    DataKind.EDUCATION,
    "Jeg vil videre efter 9. klasse.",
    (("Brobygning til en erhvervsuddannelse", "Prøveuger", "Fire uger i foråret", "youth/1"),),
)
STATEMENTS = (
    ("strengths", "Jeg er god til at reparere ting, og jeg møder til tiden."),
    ("job_seeking", "Søger to job om måneden og skriver det i joblog."),
    ("stabilising", "Motion med naboen to gange om ugen."),
    ("agreed_efforts", "Gældsrådgivning hos kommunen."),
    ("status_of_efforts", "Praktikken er i gang. Kurset i foråret er afsluttet."),
    ("special_circumstances", "Bor alene. Har brug for ro om morgenen."),
)
YOUNG_STATEMENTS = (
    ("adult_life", "Vil flytte hjemmefra, når uddannelsen er begyndt."),
    ("childs_view", "Jeg vil selv være med, når I taler om mig."),
)
IN_WORK = Ending(30, EndReason.JOB, SupportSource.WAGES, Occupation.ORDINARY_JOB)


def neighbour() -> Neighbour:
    """The Danish partnership: one municipality."""
    return Neighbour(
        country=Country.DENMARK,
        name="Én plan i Bøgelund",
        municipality=PLACE,
        agencies=tuple(_agencies()),
        units=("job", "social", "youth", "coordination"),
        guests=(*_on_plans(), *_clients()),
    )


def _on_plans() -> tuple[Guest, ...]:
    female, male = Sex.FEMALE, Sex.MALE
    return (
        _guest(
            "Mette", "Holmgaard", 41, female, PlanTold(WHOLE, 170, (WORK, SCHOOL, CALM), STATEMENTS, TEAM)
        ),
        _guest(
            "Jonas", "Kroghsen", 33, male, PlanTold(WHOLE, 300, (WORK, CALM), STATEMENTS[:4], TEAM, IN_WORK)
        ),
        replace(
            _guest(
                "Aisha",
                "Vesterlund",
                29,
                female,
                PlanTold(("dk.my_plan",), 90, (WORK,), STATEMENTS[:2], TEAM),
            ),
            level="dk.name_and_address",
            address="Kanariestien 4",
        ),
        _guest("Lars", "Bundholt", 54, male, PlanTold(WHOLE, 60, (CALM,), STATEMENTS[:1], TEAM)),
        _young("Emil", "Frostrup", 17, male, 80),
        _young("Sofie", "Damsbo", 16, female, 35),
    )


def _guest(given_name: str, family_name: str, age: int, sex: Sex, told: PlanTold) -> Guest:
    return Guest(given_name, family_name, age, sex, "job", asked_by="job/1", plan=told)


def _young(given_name: str, family_name: str, age: int, sex: Sex, days_ago: int) -> Guest:
    told = PlanTold(("dk.youth_plan",), days_ago, (YOUNG_WORK, YOUNG_SCHOOL), YOUNG_STATEMENTS, YOUTH_TEAM)
    return Guest(
        given_name,
        family_name,
        age,
        sex,
        "youth",
        asked_by="youth/1",
        plan=told,
        support=SupportSource.SUPPORTED_BY_OTHERS,
        occupation=Occupation.EDUCATION,
        group=TargetGroup.YOUTH,
    )


def _clients() -> tuple[Guest, ...]:
    """Clients of one department each; two were asked and said no."""
    names = ("Pia", "Bo", "Karen", "Niels", "Tove", "Ib", "Rikke", "Per", "Lone", "Kim", "Gitte", "Ole")
    return (
        *(
            Guest(
                name,
                f"Ager{'lund' if number % 2 else 'gaard'}",
                24 + 3 * number,
                Sex.MALE if number % 2 else Sex.FEMALE,
                "job" if number % 3 else "social",
            )
            for number, name in enumerate(names)
        ),
        Guest("Helle", "Mosevang", 38, Sex.FEMALE, "job", asked_by="job/1"),
        Guest("Torben", "Engholm", 47, Sex.MALE, "social", asked_by="social/1"),
    )


def _agencies() -> list[NewAgency]:
    """The departments keep secrets from each other as agencies do; the numbers are nobody's."""
    return [
        _department(
            "job",
            AgencyKind.EMPLOYMENT_SERVICE,
            "Jobcenter",
            "99000011",
            [("job/1", "Jobrådgiver", Role.EMPLOYMENT_ADVISER)],
        ),
        _department(
            "social",
            AgencyKind.SOCIAL_SERVICE,
            "Socialafdeling",
            "99000022",
            [("social/1", "Socialrådgiver", Role.SOCIAL_WORKER)],
        ),
        _department(
            "youth",
            AgencyKind.FOLLOW_UP_SERVICE,
            "Ungeenhed",
            "99000033",
            [("youth/1", "Ungerådgiver", Role.FOLLOW_UP_ADVISER)],
        ),
        _department(
            "coordination",
            AgencyKind.COORDINATING_UNIT,
            "Koordinerende enhed",
            "99000044",
            [
                ("coordinator/1", "Tovholder 1", Role.COORDINATOR),
                ("coordinator/2", "Tovholder 2", Role.COORDINATOR),
            ],
        ),
    ]


def _department(
    key: str, kind: AgencyKind, name: str, number: str, posts: list[tuple[str, str, Role]]
) -> NewAgency:
    staff = [NewPost(key_id(f"dk/{post}"), f"{title}, {PLACE[1]}", role) for post, title, role in posts]
    unit = NewUnit(
        key_id(f"dk/{key}"),
        f"{name} {PLACE[1]}",
        PLACE[0],
        (
            NewPost(key_id(f"dk/{key}/leader"), f"Leder, {name.lower()}", Role.UNIT_LEADER, is_leader=True),
            NewPost(key_id(f"dk/{key}/integration"), f"Fagsystem, {name.lower()}", Role.INTEGRATION),
            *staff,
        ),
    )
    return NewAgency(key_id(f"dk/agency/{key}"), kind, f"{PLACE[1]} Kommune, {name.lower()}", number, (unit,))
