"""A Swedish coordination association with its parties: insurance, employment service, region, municipality.

Invented, names of places too. The association pays and follows up; the parties work with the persons.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from samvirke.agencies import funding
from samvirke.agencies.types import NewAgency, NewPost, NewUnit
from samvirke.gate.access import Role
from samvirke.kernel.codes import AgencyKind, Country, EndReason, Occupation, Sex, SupportSource
from samvirke.kernel.gate_words import DataKind
from samvirke.surfaces.commands.demo.neighbours import Ending, Goal, Guest, Neighbour, PlanTold
from samvirke.surfaces.commands.demo.organisation import key_id

PLACE = ("se-9901", "Granvik")  # Swedish municipality numbers begin with a county's; there is no county 99
SIP = ("se.joint_plan",)
TEAM = ("work/1", "insurance/1", "health/1", "social/1")
ASSOCIATION = key_id("se/agency/association")
SHARES = {
    key_id("se/agency/insurance"): Fraction(1, 2),
    key_id("se/agency/health"): Fraction(1, 4),
    key_id("se/agency/social"): Fraction(1, 4),
}
TOTALS = (Decimal("6400000.00"), Decimal("6550001.00"))  # last year, this year
ANONYMOUS = (3, 7)

WORK = Goal(
    DataKind.EMPLOYMENT,
    "Jag vill tillbaka till ett jobb, några timmar i början.",
    (
        ("Arbetsträning på ett lager", "Med en jobbcoach", "Tio timmar i veckan", "work/1"),
        ("Plan för återgång i arbete", "Samtal varje månad", "En timme i månaden", "insurance/1"),
    ),
)
HEALTH = Goal(
    DataKind.HEALTH,
    "Jag vill orka mer.",
    (("Samtal på vårdcentralen", "Hos samma person varje gång", "Varannan vecka", "health/1"),),
)
MONEY = Goal(
    DataKind.ECONOMY,
    "Jag vill få ordning på räkningarna.",
    (("Budgetrådgivning", "Hemma eller på kontoret", "Tre gånger", "social/1"),),
)
STATEMENTS = (
    ("strengths", "Jag är noggrann och tycker om att arbeta med andra."),
    ("by_others", "Föreningen i kvarteret ordnar en promenadgrupp."),
)
JOB = Ending(50, EndReason.JOB, SupportSource.WAGES, Occupation.SUBSIDISED_JOB)
MISTAKE = Ending(100, EndReason.WRONG_REGISTRATION, SupportSource.UNKNOWN, Occupation.UNKNOWN)


def neighbour() -> Neighbour:
    """The Swedish partnership: the association's parties in one municipality."""
    return Neighbour(
        country=Country.SWEDEN,
        name="Samordningsförbundet Skogsdal",
        municipality=PLACE,
        agencies=tuple(_agencies()),
        units=("work", "insurance", "health", "social", "coordination"),
        guests=(*_on_plans(), *_clients()),
    )


def state_funding(now: datetime) -> None:
    """What the parties pay, last year and this."""
    for ago, (total, anonymous) in enumerate(zip(reversed(TOTALS), reversed(ANONYMOUS), strict=True)):
        funding.state_funding(
            association_id=ASSOCIATION,
            year=now.year - ago,
            stated_total=total,
            shares=SHARES,
            anonymous_participants=anonymous,
        )


def leader() -> UUID:
    """The association's leader post."""
    return key_id("se/association/leader")


def _on_plans() -> tuple[Guest, ...]:
    female, male = Sex.FEMALE, Sex.MALE
    sick, active = SupportSource.SICKNESS_BENEFIT, SupportSource.ACTIVITY_SUPPORT
    return (
        _guest("Ingrid", "Lundvall", 46, female, sick, PlanTold(SIP, 210, (WORK, HEALTH), STATEMENTS, TEAM)),
        _guest(
            "Yusuf", "Bergström", 31, male, active, PlanTold(SIP, 150, (WORK, MONEY), STATEMENTS[:1], TEAM)
        ),
        _guest(
            "Karin", "Sjöholm", 52, female, sick, PlanTold(SIP, 320, (HEALTH, WORK), STATEMENTS, TEAM, JOB)
        ),
        _guest("Oskar", "Nyängen", 27, male, active, PlanTold(SIP, 75, (WORK,), STATEMENTS[1:], TEAM)),
        replace(
            _guest("Leila", "Åkerdal", 38, female, sick, PlanTold(SIP, 40, (HEALTH, MONEY), (), TEAM)),
            level="se.confidentiality_marking",
            address="Kanariestigen 9",
        ),
        _guest("Nils", "Björkfors", 44, male, active, PlanTold(SIP, 130, (MONEY,), (), TEAM, MISTAKE)),
    )


def _guest(
    given_name: str, family_name: str, age: int, sex: Sex, support: SupportSource, told: PlanTold
) -> Guest:
    return Guest(given_name, family_name, age, sex, "social", asked_by="social/1", plan=told, support=support)


def _clients() -> tuple[Guest, ...]:
    """Clients of one party each; two were asked and said no."""
    names = (
        "Astrid",
        "Björn",
        "Elsa",
        "Göran",
        "Maja",
        "Sven",
        "Linnea",
        "Ulf",
        "Ebba",
        "Rolf",
        "Tuva",
        "Arne",
    )
    return (
        *(
            Guest(
                name,
                f"Skog{'lund' if number % 2 else 'berg'}",
                23 + 3 * number,
                Sex.MALE if number % 2 else Sex.FEMALE,
                "social" if number % 3 else "work",
                support=SupportSource.UNEMPLOYMENT_BENEFIT,
                occupation=Occupation.JOB_SEEKING,
            )
            for number, name in enumerate(names)
        ),
        Guest("Vera", "Mossberg", 36, Sex.FEMALE, "social", asked_by="social/1"),
        Guest("Lennart", "Ekvik", 58, Sex.MALE, "work", asked_by="work/1"),
    )


def _agencies() -> list[NewAgency]:
    """The parties, the unit that coordinates plans, and the association; the numbers are nobody's."""
    place, adviser = PLACE[1], Role.EMPLOYMENT_ADVISER
    return [
        _agency("work", AgencyKind.EMPLOYMENT_SERVICE, "Arbetsförmedlingen", ("Arbetsförmedlare", adviser)),
        _agency("insurance", AgencyKind.INSURANCE, "Försäkringskassan", ("Handläggare", adviser)),
        _agency(
            "health", AgencyKind.HEALTH_SERVICE, "Region Skogsdal", ("Vårdsamordnare", Role.HEALTH_WORKER)
        ),
        _agency(
            "social", AgencyKind.SOCIAL_SERVICE, f"{place}s kommun", ("Socialsekreterare", Role.SOCIAL_WORKER)
        ),
        _coordination(),
        _association(),
    ]


def _agency(key: str, kind: AgencyKind, name: str, post: tuple[str, Role]) -> NewAgency:
    title, role = post
    unit = NewUnit(
        key_id(f"se/{key}"),
        f"{name}, {PLACE[1]}",
        PLACE[0],
        (
            NewPost(key_id(f"se/{key}/leader"), f"Chef, {name}", Role.UNIT_LEADER, is_leader=True),
            NewPost(key_id(f"se/{key}/integration"), f"Verksamhetssystem, {name}", Role.INTEGRATION),
            NewPost(key_id(f"se/{key}/1"), f"{title}, {name}", role),
        ),
    )
    return NewAgency(key_id(f"se/agency/{key}"), kind, name, _number(key), (unit,))


def _coordination() -> NewAgency:
    unit = NewUnit(
        key_id("se/coordination"),
        f"SIP-samordning, {PLACE[1]}",
        PLACE[0],
        (
            NewPost(
                key_id("se/coordination/leader"), "Chef, SIP-samordning", Role.UNIT_LEADER, is_leader=True
            ),
            NewPost(key_id("se/coordinator/1"), "Samordnare 1", Role.COORDINATOR),
            NewPost(key_id("se/coordinator/2"), "Samordnare 2", Role.COORDINATOR),
        ),
    )
    return NewAgency(
        key_id("se/agency/coordination"),
        AgencyKind.COORDINATING_UNIT,
        "Region Skogsdal, samordning",
        _number("coordination"),
        (unit,),
    )


def _association() -> NewAgency:
    head = NewPost(leader(), "Förbundschef", Role.PARTNERSHIP_LEADER, is_leader=True)
    unit = NewUnit(key_id("se/association"), "Samordningsförbundet Skogsdal, kansli", None, (head,))
    return NewAgency(
        ASSOCIATION,
        AgencyKind.ASSOCIATION,
        "Samordningsförbundet Skogsdal",
        _number("association"),
        (unit,),
    )


def _number(key: str) -> str:
    """Ten digits as Swedish organisations have; none begins with 0."""
    order = ("work", "insurance", "health", "social", "coordination", "association")
    return f"00000000{order.index(key) + 10}"
