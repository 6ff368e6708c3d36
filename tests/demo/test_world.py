"""The invented partnership: repeatable, of the asked-for size, with just the planted faults and effects."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import fmean, pstdev

import pytest

from samvirke.exchange.inbox.types import ClientRecordIn, Parsed
from samvirke.exchange.systems import nav, social_service
from samvirke.kernel.codes import AgencyKind, SupportSource, TargetGroup
from samvirke.people.national_ids import parse
from samvirke.surfaces.commands.demo.world import World, WrittenFiles, draw, write_files
from samvirke.surfaces.commands.demo.world.drawing import ImpossibleSize
from samvirke.surfaces.commands.demo.world.extracts import SurveyDrawer
from samvirke.surfaces.commands.demo.world.goals import GOALS
from samvirke.surfaces.commands.demo.world.places import municipalities
from samvirke.surfaces.commands.demo.world.types import SurveyAnswer

TODAY = date(2026, 11, 22)
SEED = 7
REDRAWS = 40
PLACES = municipalities()
TRIAL = {place.code for place in PLACES if place.is_trial}
NEEDS: dict[str, set[bool | None]] = {
    "users": {True, False},
    "users_in_need": {True},
    "users_not_in_need": {False},
    "staff": {None},
}
CLEAR = 4  # an effect is clear when it is this many times its spread across re-draws


@pytest.fixture(scope="module")
def world() -> World:
    return draw(SEED, today=TODAY)


@pytest.fixture(scope="module")
def written(world: World, tmp_path_factory: pytest.TempPathFactory) -> WrittenFiles:
    return write_files(world, tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def cases(written: WrittenFiles) -> Parsed:
    folder = next(iter(written.social_service.values())).parent
    return Parsed.of(social_service.read(folder))


@pytest.fixture(scope="module")
def clients(written: WrittenFiles) -> Parsed:
    return Parsed.of(item for path in written.nav.values() for item in nav.read(path))


def test_the_same_seed_gives_the_same_bytes(world: World, written: WrittenFiles, tmp_path: Path) -> None:
    again = draw(SEED, today=TODAY)
    assert again == world
    write_files(again, tmp_path)
    first_folder = written.truth.parent
    names = sorted(path.relative_to(first_folder) for path in first_folder.rglob("*.*"))
    assert len(names) == 10
    assert all((tmp_path / name).read_bytes() == (first_folder / name).read_bytes() for name in names)


def test_another_seed_gives_another_world(world: World) -> None:
    other = draw(SEED + 1, today=TODAY)
    assert other.persons != world.persons
    assert other.survey != world.survey


@pytest.mark.parametrize(("persons", "on_plans"), [(40, 10), (200, 20), (1500, 120)])
def test_sizes_are_kept(persons: int, on_plans: int) -> None:
    drawn = draw(3, persons=persons, on_plans=on_plans, today=TODAY)
    assert drawn.client_records == persons
    assert sum(1 for story in drawn.stories if story.plan) == on_plans


def test_sizes_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ImpossibleSize, match="at least four records per plan"):
        draw(1, persons=100, on_plans=60, today=TODAY)


def test_every_national_id_is_valid_synthetic_and_used_once(world: World) -> None:
    numbers = [person.national_id for person in world.persons]
    assert len(set(numbers)) == len(numbers) == len({person.key for person in world.persons})
    for person in world.persons:
        read = parse(person.national_id)
        assert (read.is_synthetic, read.birth_date, read.sex) == (True, person.birth_date, person.sex)


def test_exactly_the_intended_rows_are_refused(world: World, cases: Parsed, clients: Parsed) -> None:
    refused = {(f"social_service/{row.file}", row.row, row.field) for row in cases.refused}
    refused |= {(f"nav/{row.file}", row.row, row.field) for row in clients.refused}
    assert refused == {(row.file, row.row, row.field) for row in world.intended_refusals}
    assert len(cases.refused) == 6
    assert len(clients.refused) == 7


def test_every_other_row_is_read_as_it_was_drawn(world: World, cases: Parsed, clients: Parsed) -> None:
    by_case = {person.case_reference: person for person in world.persons if person.case_reference}
    by_nav_id = {person.nav_id: person for person in world.persons if person.nav_id}
    assert len(cases.records) + len(clients.records) == world.client_records == 1000
    assert {record.external_id for record in cases.records} == set(by_case)
    assert {record.external_id for record in clients.records} == set(by_nav_id)
    for record in cases.records:
        months = by_case[record.external_id].assistance_months_ago
        assert record.national_id == by_case[record.external_id].national_id
        assert history(record) == (history_of(months) if months else (None, None))
    for record in clients.records:
        person = by_nav_id[record.external_id]
        assert (record.national_id, record.main_income) == (person.national_id, person.main_income)
        assert record.given_name == person.given_name
        assert record.municipality == person.municipality
        assert history(record) == history_of(person.assistance_months_ago)


def history(record: ClientRecordIn) -> tuple[int | None, int | None]:
    return record.assistance_months_last_year, record.assistance_years_of_last_three


def history_of(months: tuple[int, ...]) -> tuple[int, int]:
    return sum(1 for ago in months if ago < 12), len({ago // 12 for ago in months})


def test_nav_writes_latin_1_and_decimal_commas(written: WrittenFiles) -> None:
    lists = [path.read_bytes() for path in written.nav.values()]
    assert all("FØDSELSDATO".encode("iso-8859-1") in content for content in lists)
    assert any(b";1,5;" in content for content in lists)


def test_both_agencies_know_most_of_the_asked_and_few_of_the_others(world: World) -> None:
    asked = {story.person for story in world.stories}
    shares = defaultdict(list)
    for person in world.persons:
        shares[person.key in asked].append(bool(person.case_reference and person.nav_id))
    assert fmean(shares[True]) > 0.8
    assert 0.03 < fmean(shares[False]) < 0.25


def test_the_asked_meet_the_criteria_of_their_group(world: World) -> None:
    asked = {story.person for story in world.stories}
    for person in world.persons:
        if person.key not in asked:
            continue
        months, years = history_of(person.assistance_months_ago)
        ages = {int((day - person.birth_date).days / 365.25) for day in (world.delivered_on, world.today)}
        if person.group is TargetGroup.IMMIGRANT_OR_REFUGEE:
            assert person.is_immigrant_or_refugee
            assert person.needs_special_help
            continue
        assert person.main_income is SupportSource.SOCIAL_ASSISTANCE
        assert person.at_risk
        if person.group is TargetGroup.LONG_TERM_RECIPIENT:
            assert months > 6 or years == 3
            assert person.relevant_for_labour_market
        elif person.group is TargetGroup.YOUTH:
            assert ages <= set(range(20, 25))
        else:
            assert person.is_single_provider


def test_some_assessments_are_missing_but_none_of_the_asked(world: World) -> None:
    asked = {story.person for story in world.stories}
    full = {person.case_reference for person in world.persons if person.key in asked}
    missing = [row for row in world.assessments if row.assessed_at_risk is None]
    assert 10 < len(missing) < 150
    assert not full & {row.case_reference for row in missing}
    assert len(world.assessments) == sum(1 for person in world.persons if person.case_reference)


def test_stories_stay_within_their_two_years(world: World) -> None:
    plans = [(story, story.plan) for story in world.stories if story.plan]
    for story, plan in plans:
        assert world.delivered_on < story.asked_on < plan.starts_on <= world.today
        assert plan.starts_on - story.asked_on == timedelta(days=story.days_waited)
        assert plan.starts_on > world.today - timedelta(days=730)
        assert plan.ending is None or plan.starts_on < plan.ending.on < world.today
    assert 30 < sum(1 for _, plan in plans if plan.ending) < 90
    assert all(story.consents == (story.plan is not None) for story in world.stories)
    assert sum(1 for story in world.stories if not story.consents) == 30


def test_plans_are_made_by_posts_of_the_person_s_municipality(world: World) -> None:
    posts = {worker.key: worker for worker in world.workers}
    places = {person.key: person.municipality for person in world.persons}
    for story in world.stories:
        if story.plan is None:
            continue
        people = {*story.plan.team, story.plan.coordinator, story.plan.deputy, story.asked_by}
        assert {posts[key].municipality for key in people} == {places[story.person]}
        assert {posts[key].agency for key in story.plan.team} == {
            AgencyKind.NAV_STATE,
            AgencyKind.SOCIAL_SERVICE,
        }
        assert story.plan.deputy != story.plan.coordinator


def test_goals_are_varied_and_their_actions_in_order(world: World) -> None:
    plans = [story.plan for story in world.stories if story.plan]
    used = {goal.own_words for plan in plans for goal in plan.goals}
    assert len(used) == len(GOALS) >= 12
    for plan in plans:
        stops_on = plan.ending.on if plan.ending else world.today
        assert len({goal.own_words for goal in plan.goals}) == len(plan.goals) >= 1
        for action in (action for goal in plan.goals for action in goal.actions):
            assert plan.starts_on <= action.starts_on < action.due_on
            assert action.done_on is None or (action.is_decided and action.done_on <= stops_on)


def change_in_trial(answers: list[SurveyAnswer]) -> float:
    """The change in trial municipalities minus the change in the others, by plain averages."""
    cells: dict[tuple[bool, str], list[float]] = defaultdict(list)
    for row in answers:
        cells[row.municipality in TRIAL, row.wave].append(row.satisfaction)
    means = {cell: fmean(values) for cell, values in cells.items()}
    return (means[True, "after"] - means[True, "before"]) - (means[False, "after"] - means[False, "before"])


def among(answers: list[SurveyAnswer], who: str) -> list[SurveyAnswer]:
    return [row for row in answers if row.experiences_need in NEEDS[who]]


@pytest.fixture(scope="module")
def redraws() -> list[list[SurveyAnswer]]:
    return [list(SurveyDrawer(Random(seed), PLACES, TODAY).answers()) for seed in range(REDRAWS)]


@pytest.mark.parametrize(
    ("who", "planted", "clear"),
    [
        ("users_in_need", 1.4, True),
        ("staff", 1.2, True),
        ("users", 0.0, False),
        ("users_not_in_need", -0.35, False),
    ],
)
def test_the_survey_holds_what_was_planted(
    redraws: list[list[SurveyAnswer]], who: str, planted: float, clear: bool
) -> None:
    estimates = [change_in_trial(among(answers, who)) for answers in redraws]
    spread = pstdev(estimates)
    assert fmean(estimates) == pytest.approx(planted, abs=4 * spread / REDRAWS**0.5)
    assert not clear or abs(planted) > CLEAR * spread


def test_the_stated_truth_is_what_was_planted(world: World) -> None:
    planted = {(effect.outcome, effect.among): effect for effect in world.truth}
    assert planted["satisfaction", "users"].planted == 0
    assert planted["satisfaction", "users_in_need"].planted == 1.4
    assert planted["satisfaction", "users_not_in_need"].planted == pytest.approx(-0.35)
    assert planted["satisfaction", "staff"].planted == 1.2
    assert planted["in_work_or_education", "target_groups"].realised == 0
    half_step = 0.1  # rounding to halves and the ends of the scale move the mean effect by less than this
    assert all(abs(effect.realised - effect.planted) < half_step for effect in world.truth)


def test_a_fifth_of_the_users_are_in_need_everywhere(world: World) -> None:
    cells: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for row in world.survey:
        if row.experiences_need is not None:
            cells[row.municipality, row.wave].append(row.experiences_need)
    assert len(cells) == 24 * 2
    assert all(fmean(needs) == pytest.approx(0.2, abs=0.005) for needs in cells.values())


def test_work_and_education_change_alike_in_trial_and_comparison(world: World) -> None:
    as_answers = [
        SurveyAnswer(
            respondent_key=row.person_key,
            municipality=row.municipality,
            wave=row.period,
            group="user",
            satisfaction=float(row.in_work_or_education),
            experiences_need=None,
            answered_on=row.observed_on,
        )
        for row in world.register
    ]
    assert abs(change_in_trial(as_answers)) < 0.12  # four standard deviations of 540 people twice
    assert fmean(row.in_work_or_education for row in world.register) == pytest.approx(0.37, abs=0.05)


def test_the_extracts_have_the_agreed_columns_and_values(world: World, written: WrittenFiles) -> None:
    with written.survey.open(encoding="utf-8", newline="") as stream:
        answers = list(csv.DictReader(stream))
    with written.register.open(encoding="utf-8", newline="") as stream:
        observed = list(csv.DictReader(stream))
    assert (len(answers), len(observed)) == (len(world.survey), len(world.register))
    assert set(answers[0]) == {
        *("respondent_key", "municipality", "wave", "group", "satisfaction", "experiences_need"),
        "answered_on",
    }
    assert {row["experiences_need"] for row in answers if row["group"] == "staff"} == {""}
    assert {row["experiences_need"] for row in answers if row["group"] == "user"} == {"yes", "no"}
    assert {float(row["satisfaction"]) * 2 % 1 for row in answers} == {0.0}
    assert {row["target_group"] for row in observed} == set(TargetGroup)
    assert {row["in_work_or_education"] for row in observed} == {"0", "1"}
    assert len({row["person_key"] for row in observed}) == len(observed)
    assert len({row["respondent_key"] for row in answers}) == len(answers)


def test_the_truth_file_says_what_is_in_the_world(world: World, written: WrittenFiles) -> None:
    truth = json.loads(written.truth.read_text(encoding="utf-8"))
    assert (truth["seed"], truth["today"], truth["client_records"]) == (SEED, "2026-11-22", 1000)
    assert (truth["plans"], truth["asked"]) == (120, 150)
    assert len(truth["effects"]) == 5
    assert len(truth["intended_refusals"]) == len(world.intended_refusals) == 13


def test_today_may_be_any_day() -> None:
    for offset in (0, 9, 40, 99):
        drawn = draw(offset, persons=60, on_plans=8, today=date(2027, 2, 28) + timedelta(days=offset))
        assert all(drawn.delivered_on < story.asked_on for story in drawn.stories)
