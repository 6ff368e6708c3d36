"""The main job from end to end, each stage the real code path."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from uuid import UUID

import click

from samvirke.accounts import operations as accounts
from samvirke.accounts.operations import NewSeat
from samvirke.agencies import operations as agencies
from samvirke.gate import clock, session
from samvirke.gate.types import Refused, Viewer
from samvirke.interventions import operations as interventions
from samvirke.kernel.codes import AgencyKind, Country
from samvirke.kernel.gate_words import Purpose
from samvirke.people import operations as people
from samvirke.people import queries as people_queries
from samvirke.people.types import Assessed
from samvirke.programmes import operations as programmes
from samvirke.programmes import queries as programmes_queries
from samvirke.programmes.types import Outcome, RecordRow
from samvirke.surfaces.commands import postgres
from samvirke.surfaces.commands.deliver import published
from samvirke.surfaces.commands.demo import (
    access_log,
    acting,
    agreed_anew,
    applications,
    as_a_whole,
    checks,
    consents,
    counter_demands,
    days,
    denmark,
    effort,
    family,
    known_twice,
    life,
    met,
    neighbours,
    other_half,
    out_of_the_ordinary,
    pages,
    placements,
    progression,
    promises,
    sign_ins,
    sweden,
    told_once,
)
from samvirke.surfaces.commands.demo.aside import Aside
from samvirke.surfaces.commands.demo.neighbours import Met, Neighbour
from samvirke.surfaces.commands.demo.organisation import PARTNERSHIP, Organisation, key_id, organisation
from samvirke.surfaces.commands.demo.other_half import OtherHalf
from samvirke.surfaces.commands.demo.player import Player, at_nine
from samvirke.surfaces.commands.demo.told import Told
from samvirke.surfaces.commands.demo.world import World, WrittenFiles, draw, write_files
from samvirke.surfaces.commands.demo.world.types import WorkerAssessment
from samvirke.surfaces.commands.imports import take_in
from samvirke.surfaces.jobs import sealer

RULES = "no_local_effort"
NEIGHBOURS = (denmark.neighbour(), sweden.neighbour())
STUDY = "samlet-innsats-2026"
SOURCE = "Samvirke, Fjordregionen (eksempeldata)"


def run(home: Path, *, seed: int, persons: int, on_plans: int, today: date, insight: Aside) -> None:
    """Play everything into an empty simulated database; results go to the home folder."""
    with other_half.waiting() as other:
        _run(home, draw(seed, persons=persons, on_plans=on_plans, today=today), insight, other)


def _run(home: Path, world: World, insight: Aside, other: OtherHalf[Player]) -> None:
    folder, today = home / "demo", world.today
    out = _out(home)
    files = write_files(world, folder)
    effect = insight("estimate", files.survey, files.register, folder / "registry", out)
    here = organisation(world.municipalities, world.workers)
    told = Told(seed=world.seed, today=today.isoformat())
    abroad: list[tuple[Neighbour, list[Met]]] = []
    signed: list[UUID] = []
    _stage(
        "Agencies, units, posts and what they promise each other, here and abroad",
        lambda: abroad.extend(_set_up(world, here, signed)),
    )
    _stage("Each agency takes in its own client records", lambda: _import(world, files, here, told))
    _stage("Each agency screens its own caseload", lambda: _screen(world, here, told))
    _stage("A match across agencies before anybody was asked", lambda: _try_match(world, here, told))
    days.hurry()
    players = list(_players(world, here, told))
    _stage("Two years of life, day by day", lambda: _play(players, world, here, told, other, abroad, signed))
    _count(players, told)
    kin: list[family.FamilyIds] = []
    _stage(
        "A family with a child coordinator, one place protected",
        lambda: kin.append(family.play(here, world.trial[0].code, at_nine(world.today))),
    )
    acted: list[acting.ActingIds] = []
    _stage(
        "A child whose other parent is asked, an own room, a guardian in money matters",
        lambda: acted.append(acting.play(here, world.trial[0].code, kin[0], at_nine(world.today))),
    )
    known_twice.play(here, sign_ins.busiest(world, players))
    out_of_the_ordinary.play(here, sign_ins.busiest(world, players), players)
    agreed_anew.play(players)
    as_a_whole.play(players)
    told_once.play(players)
    met.play(players)
    access_log.play(here, sign_ins.busiest(world, players), players, kin[0])
    sign_ins.write(folder / "people.json", world, here, players, kin[0], acted[0], abroad)
    written = _report(folder, out, today, here, insight)
    _stage("Everybody's pages, and a protected place on none of them", lambda: _look(home, told, other))
    _stage("Statistics delivery, tables and effect", lambda: _wait_for([effect, *written]))
    sealer.seal(postgres.connection("worker"))  # what two years logged; from now on a worker does it
    (folder / "told.json").write_text(json.dumps(asdict(told), indent=2), encoding="utf-8")
    (folder / "done.json").write_text("{}", encoding="utf-8")


def tell(home: Path, insight: Aside) -> list[str]:
    """Print the summary and the invariants; returns those that do not hold."""
    told = Told(**json.loads((home / "demo" / "told.json").read_text(encoding="utf-8")))
    findings = insight("findings", _out(home)).result()
    results = checks.run(told, findings, home)
    click.echo(checks.summary(told, findings, _out(home), results))
    return [result.says for result in results if not result.holds]


def _out(home: Path) -> Path:
    return home / "figures" / str(key_id("partnership"))


def _report(folder: Path, out: Path, today: date, here: Organisation, insight: Aside) -> list[Future[None]]:
    """Asks for the delivery, and for tables and report of it and of the effect, which was asked for first."""
    made_at, delivery = at_nine(today), folder / "delivery"
    return [
        insight("deliver", delivery, published(STUDY, here.partnership_id), STUDY, SOURCE, made_at),
        insight("report", delivery, out, folder.parent / "evidence", made_at),
    ]


def _look(home: Path, told: Told, other: OtherHalf[Player]) -> None:
    with checks.reading_all() as reader:
        found = pages.readers(home, family.CANARY, reader, other)
    told.may_know_place = len(found.may_know)
    told.found_place = len(found.find_it & found.may_know)
    told.leaked_place_to = len(found.find_it - found.may_know)


def _wait_for(results: Iterable[Future[None]]) -> None:
    for result in results:
        result.result()


def _stage(name: str, work: Callable[[], None]) -> None:
    started = perf_counter()
    click.echo(f"  {name} ... ", nl=False)
    work()
    click.echo(f"{perf_counter() - started:.1f} s")


def _set_up(world: World, here: Organisation, signed: list[UUID]) -> list[tuple[Neighbour, list[Met]]]:
    start = at_nine(world.delivered_on)
    clock.set_to(start)
    agencies.set_up(
        country=Country.NORWAY,
        municipalities={place.code: place.name for place in world.trial},
        agencies=here.agencies,
        now=start,
    )
    programmes.set_up_partnership(
        partnership_id=here.partnership_id,
        name=PARTNERSHIP,
        municipalities=[place.code for place in world.trial],
        rules_code=RULES,
        office=here.office,
    )
    effort.set_up(here, world.municipalities, world.delivered_on, rules=RULES)
    abroad = [(one, neighbours.set_up(one, start)) for one in NEIGHBOURS]
    sweden.state_funding(at_nine(world.today))
    interventions.set_up(interventions=placements.catalogue(here, world.trial, world.delivered_on))
    seats = [
        NewSeat(sign_ins.user_of(post.id), post.id, sign_ins.first_purpose(post.role))
        for agency in (*here.agencies, *(one for abroad in NEIGHBOURS for one in abroad.agencies))
        for unit in agency.units
        for post in unit.posts
    ]
    accounts.open_accounts(seats)
    signed += promises.play(here, world.trial, world.delivered_on)
    return abroad


def _import(world: World, files: WrittenFiles, here: Organisation, told: Told) -> None:
    """Dry run, run, and the same file again."""
    reasons: Counter[str] = Counter()
    for kind, paths in ((AgencyKind.SOCIAL_SERVICE, files.social_service), (AgencyKind.NAV_STATE, files.nav)):
        for municipality, path in paths.items():
            post = here.integration(kind, municipality)
            foreseen = take_in(kind, path, post, dry_run=True)
            found = take_in(kind, path, post, dry_run=False)
            again = take_in(kind, path, post, dry_run=False)
            assert foreseen.merged == found.merged
            told.rows += found.rows
            told.imported += found.merged.new + found.merged.changed + found.merged.same
            told.refused += found.refused_rows
            told.same_again += again.merged.same
            reasons.update(line.reason.format(**line.params) for line in found.refused)
    told.reasons = dict(reasons.most_common())


def _screen(world: World, here: Organisation, told: Told) -> None:
    clock.set_to(at_nine(world.delivered_on + timedelta(days=1)))
    said = {assessment.case_reference: assessment for assessment in world.assessments}
    for place in world.trial:
        for kind in (AgencyKind.SOCIAL_SERVICE, AgencyKind.NAV_STATE):
            worker = here.worker(f"{kind.value}-{place.code}-1")
            with session.enter(worker, Purpose.SERVICE) as viewer:
                _assess(viewer, here.unit(kind, place.code), said)
                counted = programmes.screen_own_caseload(partnership_id=here.partnership_id, by=viewer)
            told.admitted += counted.admitted
            told.not_admitted += counted.refused
            told.unknown += counted.unknown
    told.screened = told.admitted + told.not_admitted + told.unknown


def _assess(viewer: Viewer, unit_id: UUID, said: dict[str, WorkerAssessment]) -> None:
    """A worker adds what the agency's own system does not say."""
    for external_id, record_id in people_queries.record_ids(unit_id, list(said)).items():
        assessment = said[external_id]
        known = {name: getattr(assessment, name) for name in Assessed.__dataclass_fields__}
        people.assess_record(record_id=record_id, said=Assessed(**known), by=viewer)


def _try_match(world: World, here: Organisation, told: Told) -> None:
    place = world.trial[0].code
    worker = here.worker(f"{AgencyKind.SOCIAL_SERVICE.value}-{place}-1")
    with session.enter(worker, Purpose.COORDINATION) as viewer:
        record = people_queries.own_records(viewer)[0]
        try:
            people.match_across_agencies(
                record_id=record.record_id, with_unit=here.unit(AgencyKind.NAV_STATE, place), by=viewer
            )
        except Refused:
            told.match_refused = True


def _play(
    players: list[Player],
    world: World,
    here: Organisation,
    told: Told,
    other: OtherHalf[Player],
    abroad: Sequence[tuple[Neighbour, list[Met]]],
    signed: Sequence[UUID],
) -> None:
    """Both halves play their own, and the days go in step: this one sets the clock."""
    visited = sign_ins.on_a_living_plan(players)
    mine, others = days.shares(players, visited)
    happened: Counter[str] = Counter()
    steps = days.by_day(
        [
            *(step for player in mine for step in player.steps()),
            *applications.steps(visited, mine, here, world.today),
            *placements.steps(visited, mine, here, world.today, told),
            *life.steps(visited, mine, here, world.today, happened),
            *progression.steps(visited, mine, world.today),
            *consents.steps(visited, world.today, happened),
            *access_log.steps(visited, here, world.today),
            *(step for one, met in abroad for step in neighbours.steps(one, met, world.today)),
            *promises.steps(here, world.trial, signed, world.delivered_on),
            *counter_demands.steps(mine, here, world.today),
        ]
    )
    other.take(others)
    for day in sorted(steps.keys() | other.days):
        clock.set_to(at_nine(day))
        of_day = steps.get(day, [])
        with other.playing(day):
            days.play(step for step in of_day if not step.alone)
        days.play(step for step in of_day if step.alone)
    clock.set_to(at_nine(world.today))
    played = {player.person.key: player for player in [*mine, *other.give_back()]}
    players[:] = [played[player.person.key] for player in players]
    told.life = dict(happened)


def _count(players: Sequence[Player], told: Told) -> None:
    told.consented = sum(1 for player in players if player.life is not None)
    told.plan_reads = sum(player.plan_reads for player in players)
    told.on_plan = sum(1 for player in players if player.life is not None and player.life.plan_id is not None)


def _players(world: World, here: Organisation, told: Told) -> Iterable[Player]:
    """Those whom their own agency's screening admitted are asked."""
    persons = {person.key: person for person in world.persons}
    admitted = _admitted_records(world, here)
    for story in world.stories:
        person = persons[story.person]
        kind = story.asked_by.split("-")[0]
        number = person.case_reference if kind == AgencyKind.SOCIAL_SERVICE else person.nav_id
        record_id = admitted.get((kind, person.municipality, number))
        if record_id is not None:
            told.asked += 1
            rng = Random(f"{world.seed}/player/{person.key}")
            yield Player(person, story, record_id=record_id, organisation=here, today=world.today, rng=rng)


def _admitted(viewer: Viewer) -> Iterator[RecordRow]:
    """Every page of the list, as a worker would turn them."""
    page = programmes_queries.records(viewer, outcome=Outcome.ADMITTED)
    yield from page.rows
    for number in range(2, page.pages + 1):
        yield from programmes_queries.records(viewer, outcome=Outcome.ADMITTED, page=number).rows


def _admitted_records(world: World, here: Organisation) -> dict[tuple[str, str, str], UUID]:
    found = {}
    for place in world.trial:
        for kind in (AgencyKind.SOCIAL_SERVICE, AgencyKind.NAV_STATE):
            worker = here.worker(f"{kind.value}-{place.code}-1")
            with session.enter(worker, Purpose.SERVICE) as viewer:
                for row in _admitted(viewer):
                    found[kind.value, place.code, row.external_id] = row.record_id
    return found
