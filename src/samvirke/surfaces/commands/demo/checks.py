"""The invariants of a run, and the summary.

Each is asked of the database or the results anew; what the pages showed is asked once, when a run has them
fetched, and kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from samvirke.surfaces.commands import access_log as log
from samvirke.surfaces.commands import postgres
from samvirke.surfaces.commands.demo import (
    access_log,
    agreed_anew,
    as_a_whole,
    consents,
    counter_demands,
    life,
    met,
    out_of_the_ordinary,
    progression,
    told_once,
)
from samvirke.surfaces.commands.demo.family import CANARY
from samvirke.surfaces.commands.demo.family import HAPPENED as FAMILY_HAPPENED
from samvirke.surfaces.commands.demo.told import Findings, Told

WITHOUT_BASIS = """
SELECT count(*) FROM plan_teammember m LEFT JOIN gate_consent c ON c.id = m.consent_id
WHERE (c.id IS NULL AND m.post_id IS NOT NULL) OR m.joined_on < c.given_at::date
   OR (c.withdrawn_at IS NOT NULL AND m.joined_on > c.withdrawn_at::date)
   OR (c.subject_id <> m.subject_id AND NOT EXISTS (SELECT FROM gate_circlemember f
       WHERE f.circle_id = m.subject_id AND f.person_id = c.subject_id))
"""
AFTER_WITHDRAWAL = """
SELECT count(*) FROM gate_grant g JOIN gate_consent c ON c.id = g.consent_id WHERE c.withdrawn_at IS NOT NULL
"""
LINKED_BEFORE_CONSENT = """
SELECT count(*) FROM people_identitylink l JOIN gate_consent c ON c.id = l.consent_id
WHERE l.linked_at < c.given_at OR c.subject_id <> l.subject_id
"""
WITHOUT_COORDINATOR = """
SELECT count(*) FROM coordination_duty d
WHERE (SELECT min(t.starts_on) FROM coordination_turn t WHERE t.duty_id = d.id) IS DISTINCT FROM d.opened_on
   OR EXISTS (SELECT FROM coordination_turn t JOIN coordination_handover h ON h.id = t.handover_id
              WHERE t.duty_id = d.id AND (h.accepted_at IS NULL OR h.accepted_at::date > t.starts_on))
"""
PLAN_READS = """
SELECT count(*) FROM gate_accessentry
WHERE 'plan.read' = ANY (string_to_array(verb, ' ')) AND outcome = 'allowed'
"""
REFUSED_MATCHES = """
SELECT count(*) FROM gate_accessentry
WHERE 'people.match_across_agencies' = ANY (string_to_array(verb, ' ')) AND refused_kinds <> 0
"""
TWICE_IN_THE_LOG = """
SELECT count(*) FROM (SELECT FROM gate_accessentry GROUP BY request_id, subject_id HAVING count(*) > 1) twice
"""
UNEXPLAINED_ROWS = """
SELECT count(*) FROM exchange_importrun r
WHERE r.refused <> (SELECT count(*) FROM exchange_refusedline l WHERE l.run_id = r.id)
"""
REFUSED_WITHOUT_REASON = """
SELECT count(*) FROM applications_application a WHERE a.status = 'refused' AND NOT EXISTS (
  SELECT FROM applications_applicationstep s WHERE s.application_id = a.id AND s.status = 'refused'
  AND s.text <> '' AND s.appeal_by > s.taken_on)
"""
NOBODY_HAS_IT = """
SELECT count(*) FROM applications_application a LEFT JOIN agencies_post p ON p.id = a.with_post_id
WHERE p.unit_id IS DISTINCT FROM a.to_unit_id OR NOT EXISTS (
  SELECT FROM gate_grant g WHERE g.subject_id = a.subject_id AND g.holder_id = p.id AND g.kinds & a.kind <> 0)
"""
APPLICATIONS = "SELECT count(*) FROM applications_application"
CAN_BE_APPEALED = """
SELECT count(*) FROM applications_application a JOIN applications_applicationstep s
  ON s.application_id = a.id AND s.number = a.status_step
WHERE a.status = 'refused' AND s.appeal_by >= (SELECT now::date FROM gate_simulatedclock)
"""
HELD_BY_TWO = """
SELECT count(*) FROM (SELECT place_id FROM interventions_placement WHERE ends_before IS NULL
  GROUP BY place_id HAVING count(*) > 1) twice
"""
PLACES_OUT_OF_STEP = """
SELECT (SELECT count(*) FROM interventions_need n WHERE (n.status = 'placed')
    <> EXISTS (SELECT FROM interventions_placement p WHERE p.need_id = n.id))
  + (SELECT count(*) FROM interventions_place one WHERE one.is_taken
    <> EXISTS (SELECT FROM interventions_placement p WHERE p.place_id = one.id AND p.ends_before IS NULL))
"""
NEEDS = "SELECT count(*) FROM interventions_need"
UNMET = "SELECT count(*) FROM interventions_need WHERE status = 'unmet' AND unmet_because <> ''"
RECORDS = (
    "SELECT count(*) FROM people_clientrecord WHERE left(external_id, 2) NOT IN ('F-', 'T-', 'DK', 'SE')"
)
PLANS = (
    "SELECT count(*) FROM plan_plan p JOIN people_person one ON one.id = p.subject_id WHERE p.country = 'no'"
)
ABROAD = "SELECT count(DISTINCT country) FROM plan_plan WHERE country <> 'no'"
MIXED = """
SELECT count(*) FROM plan_plan p WHERE EXISTS (
  SELECT FROM unnest(p.kinds) kind WHERE split_part(kind, '.', 1) <> p.country)
OR EXISTS (SELECT FROM plan_teammember m JOIN agencies_post o ON o.id = m.post_id
  JOIN agencies_unit u ON u.id = o.unit_id JOIN agencies_agency a ON a.id = u.agency_id
  WHERE m.plan_id = p.id AND a.country <> p.country)
"""
PLACES_TOLD = """
SELECT (SELECT count(*) FROM events_fact f WHERE f.payload::text LIKE '%Kanari%')
  + (SELECT count(*) FROM gate_accessentry a WHERE a::text LIKE '%Kanari%')
  + (SELECT count(*) FROM people_person p WHERE p::text LIKE '%Kanari%')
"""
PLACES_KEPT = """
SELECT count(DISTINCT p.country) FROM people_whereabouts w JOIN people_person p ON p.id = w.subject_id
WHERE w.address LIKE '%Kanari%' AND w.kind = 4096 AND split_part(w.level, '.', 1) = p.country
"""

ENOUGH = 20  # plans; among fewer there may be nobody for what seldom happens


@dataclass(frozen=True, slots=True)
class Result:
    """One invariant, and whether it holds."""

    says: str
    holds: bool


def run(told: Told, findings: Findings, home: Path) -> list[Result]:
    """All invariants."""
    with reading_all() as reader:
        return [*_of_the_database(told, reader), *_of_the_results(findings, home), of_the_pages(told)]


def reading_all() -> psycopg.Connection[Any]:
    """A connection as the backup role, which alone sees everything."""
    place = postgres.connection("backup")
    return psycopg.connect(
        host=place.host, port=place.port, dbname=place.name, user=place.user, password=place.password
    )


def of_the_pages(told: Told) -> Result:
    """Those who may know must find it, or nothing would be shown that could leak."""
    return Result(
        "Those who may know a protected place find it on their pages, and nobody else",
        told.found_place == told.may_know_place > 0 and told.leaked_place_to == 0,
    )


def happened(reader: psycopg.Connection[Any]) -> list[Result]:
    """Everything the gate and the plan can do has been done. `reader` sees everything."""
    every = (
        *out_of_the_ordinary.HAPPENED,
        *access_log.HAPPENED,
        *agreed_anew.HAPPENED,
        *FAMILY_HAPPENED,
        *as_a_whole.HAPPENED,
        *counter_demands.HAPPENED,
        *progression.HAPPENED,
        *met.HAPPENED,
        *told_once.HAPPENED,
    )
    return [Result(says, _count(reader, query) > 0) for says, query in every]


def summary(told: Told, findings: Findings, out: Path, results: list[Result]) -> str:
    """What a leader would want to know, in a screenful."""
    verified = log.verified()
    held = sum(result.holds for result in results)
    return "\n".join(
        [
            "",
            "Two years of one partnership, invented people",
            "",
            f"  Rows in the agencies' files     {told.rows}",
            f"  Taken in                        {told.imported}",
            f"  Refused, each with a reason     {told.refused}",
            *(f"      {count} x {reason}" for reason, count in list(told.reasons.items())[:4]),
            f"  Screened by their own agency    {told.screened}  ({told.admitted} in the target group, "
            f"{told.unknown} unknown)",
            f"  Asked                           {told.asked}",
            f"  Said yes                        {told.consented}",
            f"  Got one plan                    {told.on_plan}",
            f"  Days from question to plan      half within {_days(findings.waiting_median)}, "
            f"nine of ten within {_days(findings.waiting_p90)}",
            f"  Ready for an intervention       {told.needs}  ({told.places_given} got a place, "
            f"{told.unmet} waited in vain, {told.needs - told.places_given - told.unmet} wait)",
            "  Meetings, plans stood in for, calls after a job, moves: "
            + ", ".join(str(told.life.get(what, 0)) for what in ("meetings", "stood_in", "calls", "moves")),
            f"  Reads and writes in the log     {verified.lines}, {len(verified.broken)} broken",
            "  A match across agencies before anybody was asked: "
            + ("refused and logged" if told.match_refused else "NOT REFUSED"),
            "",
            *(f"  {sentence}" for sentence in findings.sentences),
            "",
            f"  {held} of {len(results)} invariants hold.",
            *(f"  BROKEN: {result.says}" for result in results if not result.holds),
            "",
            f"  Report: {out / 'report-nb.html'}",
            "  Stories to follow, and whom to sign in as: http://127.0.0.1:8000/stories/",
        ]
    )


def _of_the_database(told: Told, reader: psycopg.Connection[Any]) -> Iterator[Result]:
    count = partial(_count, reader)
    yield Result("Taken in and refused rows are all rows", told.imported + told.refused == told.rows)
    yield Result("Every refused row has its reason", count(UNEXPLAINED_ROWS) == 0)
    yield Result("The same file twice changed nothing", told.same_again == told.imported)
    yield Result("There are no more records than rows taken in", 0 < count(RECORDS) <= told.imported)
    yield Result("A match before a basis was refused and logged", count(REFUSED_MATCHES) > 0)
    yield Result("No match is older than its consent", count(LINKED_BEFORE_CONSENT) == 0)
    yield Result("Nobody is on a plan without a basis", count(WITHOUT_BASIS) == 0)
    yield Result("Nothing is open on a withdrawn consent", count(AFTER_WITHDRAWAL) == 0)
    yield Result("No plan has a day without a coordinator", count(WITHOUT_COORDINATOR) == 0)
    yield Result("Every plan that was read is in the log", count(PLAN_READS) >= told.plan_reads > 0)
    yield Result("Every plan that was started is there", count(PLANS) == told.on_plan > 0)
    yield Result("Two neighbouring countries have plans too", count(ABROAD) == 2)
    yield Result("No plan mixes countries, in its law or in its team", count(MIXED) == 0)
    yield Result("Every refusal has a reason and a deadline", count(REFUSED_WITHOUT_REASON) == 0)
    yield Result("Every application has somebody who has it", count(NOBODY_HAS_IT) == 0)
    if count(APPLICATIONS):
        yield Result("Somebody can still appeal a refusal", count(CAN_BE_APPEALED) > 0)
    yield Result("No place is held by two", count(HELD_BY_TWO) == 0)
    yield Result("Places, placements and needs are in step", count(PLACES_OUT_OF_STEP) == 0)
    yield Result("Every need that was noted is there", count(NEEDS) == told.needs)
    if told.needs > 2:
        yield Result("Somebody waited in vain, and it says why", count(UNMET) == told.unmet > 0)
    yield from (Result(says, count(query) == 0) for says, query in (*life.INVARIANTS, *consents.INVARIANTS))
    if told.on_plan >= ENOUGH:
        yield from happened(reader)
    yield Result("A protected place is kept in each country, on a level of its own", count(PLACES_KEPT) == 3)
    yield Result("It stands in no fact, no log and no person's row", count(PLACES_TOLD) == 0)
    yield Result("Each request stands once in the log for each subject", count(TWICE_IN_THE_LOG) == 0)
    yield Result("The access log holds", not log.verified().broken)


def _of_the_results(findings: Findings, home: Path) -> Iterator[Result]:
    written = [
        path
        for folder in ("demo", "figures", "evidence")
        for path in (home / folder).rglob("*")
        if path.is_file()
    ]
    leaks = [path.name for path in written if CANARY.encode() in path.read_bytes()]
    yield Result(
        "A protected place stands in no delivery, table, report or file", bool(written) and not leaks
    )
    yield Result("No small number is shown", findings.numbers > 0 and findings.small_numbers == 0)
    truth = json.loads((home / "demo" / "truth.json").read_text(encoding="utf-8"))
    planted = {(effect["outcome"], effect["among"]): effect["realised"] for effect in truth["effects"]}
    for effect in findings.effects:
        known = planted.get((effect.outcome, effect.among))
        if known is not None:
            yield Result(
                f"The planted effect on {effect.outcome} ({effect.among}) lies in its interval",
                effect.low <= known <= effect.high,
            )


def _count(reader: psycopg.Connection[Any], query: LiteralString) -> int:
    (number,) = reader.execute(query).fetchall()[0]
    return int(number)


def _days(value: float | None) -> str:
    return "too few to say" if value is None else f"{value:.0f} days"
