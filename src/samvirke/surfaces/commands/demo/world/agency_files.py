"""What the agencies' own systems would deliver about the drawn persons, with the faults such files have."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from samvirke.exchange.systems.nav.mapping import COLUMNS, INCOMES, OCCUPATIONS
from samvirke.surfaces.commands.demo.world.faults import Fault, as_line, as_row
from samvirke.surfaces.commands.demo.world.types import DrawnPerson, IntendedRefusal, Municipality

STATED = 0.85  # share of the assessment columns that Nav has filled in
_THEIR_INCOME = {ours: theirs for theirs, ours in INCOMES.items()}
_THEIR_OCCUPATION = {ours: theirs for theirs, ours in OCCUPATIONS.items()}


def envelope(rng: Random, person: DrawnPerson, *, place: Municipality, delivered_on: date) -> dict[str, Any]:
    """The envelope with everything that happened in the person's case until the delivery."""
    return {
        "message_id": str(UUID(int=rng.getrandbits(128), version=4)),
        "sequence": rng.randint(1, 6),
        "sent_at": f"{delivered_on.isoformat()}T06:00:00Z",
        "sender_org": place.org_number,
        "sender_system": "Fagsystem for sosiale tjenester",
        "case_reference": person.case_reference,
        "national_id": person.national_id,
        "payload": {
            "version": "1.0.0",
            "avsender": {"systemnavn": "Fagsystem for sosiale tjenester", "systemversjon": "4.2.0"},
            "hendelser": _events(rng, person, place=place, delivered_on=delivered_on),
        },
    }


def _events(
    rng: Random, person: DrawnPerson, *, place: Municipality, delivered_on: date
) -> list[dict[str, Any]]:
    months = sorted(person.assistance_months_ago, reverse=True)
    first = _first_day(delivered_on, months_ago=months[0] if months else 1)
    applied = first - timedelta(days=rng.randint(8, 30))
    case = f"{person.case_reference}/1"
    decided = "INNVILGET" if months else "AVSLATT"
    letter = {"type": "dokumentlager", "id": str(UUID(int=rng.getrandbits(128), version=4))}
    rent = rng.randrange(6500, 12500, 50)
    return [
        _event("soknadsStatus", applied, status="MOTTATT"),
        _event("tildeltNavKontor", applied, navKontor=place.code),
        _event("soknadsStatus", applied + timedelta(days=1), status="UNDER_BEHANDLING"),
        _event("saksStatus", applied + timedelta(days=1), referanse=case, tittel="Økonomisk stønad"),
        _event(
            "vedtakFattet",
            applied + timedelta(days=6),
            saksreferanse=case,
            utfall=decided,
            vedtaksfil={"referanse": letter},
        ),
        _event("soknadsStatus", applied + timedelta(days=6), status="FERDIGBEHANDLET"),
        *(_payment(case, delivered_on, months_ago=ago, kroner=rent) for ago in months),
    ]


def _payment(case: str, delivered_on: date, *, months_ago: int, kroner: int) -> dict[str, Any]:
    first = _first_day(delivered_on, months_ago=months_ago)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return _event(
        "utbetaling",
        first,
        utbetalingsreferanse=f"{case}/{first:%Y%m}",
        saksreferanse=case,
        status="UTBETALT",
        belop=kroner,
        utbetalingsdato=first.isoformat(),
        fom=first.isoformat(),
        tom=last.isoformat(),
    )


def _event(kind: str, day: date, **fields: Any) -> dict[str, Any]:
    moment = datetime.combine(day, time(5, 30)).isoformat(timespec="milliseconds")
    return {"type": kind, "hendelsestidspunkt": f"{moment}Z"} | fields


def _first_day(delivered_on: date, *, months_ago: int) -> date:
    number = delivered_on.year * 12 + delivered_on.month - 1 - months_ago
    return date(number // 12, number % 12 + 1, 1)


def social_service_lines(
    rng: Random,
    clients: Sequence[DrawnPerson],
    *,
    place: Municipality,
    delivered_on: date,
    faults: Mapping[str, Fault],
) -> tuple[list[str], list[IntendedRefusal]]:
    """One line per client. `faults` names by their keys the persons whose line is spoiled."""
    lines, refusals = [], []
    for row, person in enumerate(clients, start=1):
        content = envelope(rng, person, place=place, delivered_on=delivered_on)
        fault = faults.get(person.key)
        lines.append(fault.spoilt(content) if fault else as_line(content))
        if fault:
            file = f"social_service/{place.code}.jsonl"
            refusals.append(IntendedRefusal(file=file, row=row, field=fault.field))
    return lines, refusals


def nav_lines(
    rng: Random, clients: Sequence[DrawnPerson], *, place: Municipality, faults: Mapping[str, Fault]
) -> tuple[list[str], list[IntendedRefusal]]:
    """The header, then one line per client; spoiled where `faults` names the person's key."""
    lines, refusals = [";".join(COLUMNS)], []
    for row, person in enumerate(clients, start=2):
        cells = _nav_row(rng, person)
        fault = faults.get(person.key)
        lines.append(fault.spoilt(cells) if fault else as_row(cells))
        if fault:
            refusals.append(IntendedRefusal(file=f"nav/{place.code}.csv", row=row, field=fault.field))
    return lines, refusals


def _nav_row(rng: Random, person: DrawnPerson) -> dict[str, str]:
    last_year = sum(1 for ago in person.assistance_months_ago if ago < 12)
    years = len({ago // 12 for ago in person.assistance_months_ago})
    row = {
        "BRUKER_ID": person.nav_id,
        "VERSJON": str(rng.randint(1, 9)),
        "FNR": person.national_id,
        "FØDSELSDATO": f"{person.birth_date:%d.%m.%Y}",
        "FORNAVN": person.given_name,
        "ETTERNAVN": person.family_name,
        "KOMMUNENR": person.municipality,
        "INNVANDRER_FLYKTNING": _yes_no(person.is_immigrant_or_refugee),
        "ENEFORSØRGER": _yes_no(person.is_single_provider),
        "FOLKETRYGDRETT": _stated(rng, _yes_no(person.has_insurance_rights)),
        "HOVEDINNTEKT": _THEIR_INCOME[person.main_income],
        "SH_MND_SISTE_ÅR": f"{last_year - 0.5:.1f}".replace(".", ",")
        if last_year % 3 == 2
        else str(last_year),
        "SH_ÅR_SISTE_TRE": str(years),
        "RISIKO_VARIG_UTENFOR": _stated(rng, _yes_no(person.at_risk)),
        "AKTUELL_ARBEIDSMARKED": _stated(rng, _yes_no(person.relevant_for_labour_market)),
        "BEHOV_SÆRLIG_BISTAND": _stated(rng, _yes_no(person.needs_special_help)),
        "YRKESSTATUS": _THEIR_OCCUPATION[person.occupation],
    }
    return {column: row[column] for column in COLUMNS}


def _yes_no(value: bool) -> str:
    return "J" if value else "N"


def _stated(rng: Random, value: str) -> str:
    return value if rng.random() < STATED else ""
