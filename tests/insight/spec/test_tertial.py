"""What the indicators of the tertial report mean, on deliveries small enough to count by hand.

Each test tells what happened and what is counted; T2 of 2025 is 1 May to 31 August.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from insight.rows import agreement, contact_person, delivered, ended, episode, flow_row, needs
from samvirke import delivery, statistics
from samvirke.delivery import Delivery
from samvirke.statistics import Level, Tertial
from samvirke.statistics.measures import MEASURES, Days, counted, waits
from samvirke.statistics.regions import Counties, County
from samvirke.statistics.sites import Sites, sites

T1, T2 = Tertial(2025, 1), Tertial(2025, 2)
DAYS = Days(T2.first, T2.last)
Rows = Sequence[dict[str, Any]]


def found(measure: str, made: Delivery) -> dict[str, int]:
    """The columns of a measure that are not zero."""
    one = next(one for one in MEASURES if one.name == measure)
    columns: Counter[str] = Counter()
    for _, column, n in counted(one, made, DAYS) or ():
        assert column in one.columns
        columns[column] += n
    return dict(columns)


def plan(number: int, entered: str, ended_on: str = "", **changes: Any) -> dict[str, Any]:
    """A plan from a day, perhaps until another; days as month-day of 2025."""
    begun = date.fromisoformat(f"2025-{entered}")
    days = {"asked_on": begun, "entered_on": begun}
    if not ended_on:
        return episode(number, **days, **changes)
    return ended(number, **days, ended_on=date.fromisoformat(f"2025-{ended_on}"), **changes)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-T1", date(2026, 1, 1), date(2026, 4, 30)),
        ("2026-T2", date(2026, 5, 1), date(2026, 8, 31)),
        ("2026-T3", date(2026, 9, 1), date(2026, 12, 31)),
    ],
)
def test_the_thirds_of_a_year(name: str, first: date, last: date) -> None:
    tertial = Tertial.named(name)
    assert (tertial.first, tertial.last) == (first, last)
    assert Tertial.of(first) == Tertial.of(last) == tertial
    assert str(tertial) == name


@pytest.mark.parametrize("words", ["2026-T4", "2026", "T1-2026", "2026-t2", "26-T1"])
def test_what_is_no_tertial(words: str) -> None:
    with pytest.raises(statistics.UnknownTertial, match="for example 2026-T2"):
        Tertial.named(words)


class TestPlans:
    def rows(self) -> Rows:
        return [
            plan(1, "04-30"),                      # began before, open
            plan(2, "05-01"),                      # began on the first day
            plan(3, "08-31"),                      # began on the last day
            plan(4, "09-01"),                      # not yet
            plan(5, "02-01", "04-30"),             # over before
            plan(6, "02-01", "05-01"),             # ended on the first day
            plan(7, "06-01", "08-31"),             # began and ended in it
            plan(8, "02-01", "09-01"),             # ended after it: open on the last day
            plan(9, "06-01", "07-01", end_reason="wrong_registration"),
        ]  # fmt: skip

    def test_began_or_carried_over(self, tmp_path: Path) -> None:
        made = delivered(tmp_path, self.rows())
        assert found("movement_in", made) == {"carried_over": 3, "entered": 3}

    def test_ended_or_open(self, tmp_path: Path) -> None:
        made = delivered(tmp_path, self.rows())
        assert found("movement_out", made) == {"ended": 2, "open": 4}

    def test_why_they_ended(self, tmp_path: Path) -> None:
        reasons = ("job", "job", "education", "granted_benefit", "moved", "not_reached")
        rows = [plan(n, "02-01", "06-01", end_reason=reason) for n, reason in enumerate(reasons)]
        exits = found("exits", delivered(tmp_path, rows))
        assert exits == {"job": 2, "education": 1, "granted_benefit": 1, "other_end": 2}

    def test_who_came(self, tmp_path: Path) -> None:
        rows = [
            plan(n, "06-01", months_assistance_before=months, target_group=group, support_before="wages")
            for n, (months, group) in enumerate(
                [
                    (0, "youth"),
                    (1, "youth"),
                    (5, "lottery"),
                    (6, "youth"),
                    (11, "youth"),
                    (12, "youth"),
                    (None, "youth"),
                ]
            )
        ]
        made = delivered(tmp_path, rows)
        assert found("assistance_at_entry", made) == {
            "no_months": 1, "months_1_5": 2, "months_6_11": 2, "months_12": 1, "unknown": 1,
        }  # fmt: skip
        assert found("group_at_entry", made) == {"youth": 6, "unknown": 1}
        assert found("support_at_entry", made) == {"wages": 7}


class TestContinuity:
    def test_days_since_the_last_contact(self, tmp_path: Path) -> None:
        """The last day is 31 August: 1 August is 30 days before it, 2 June 90."""
        last = {1: "08-01", 2: "07-31", 3: "06-02", 4: "06-01", 5: "09-02"}
        contacts = [
            {"contact_key": f"k{n}", "episode_key": f"e{n:04}", "way": "note",
             "on_day": date.fromisoformat(f"2025-{day}")}
            for n, day in last.items()
        ]  # fmt: skip
        made = delivered(tmp_path, [plan(n, "01-01") for n in range(1, 7)], contacts=contacts)
        assert found("contact", made) == {
            "contact_within_30": 1,
            "contact_within_90": 2,
            "contact_longer_ago": 1,
            "no_contact": 2,
        }

    def test_the_newest_contact_counts(self, tmp_path: Path) -> None:
        contacts = [
            {"contact_key": f"k{n}", "episode_key": "e0001", "way": "call", "on_day": day}
            for n, day in enumerate([date(2025, 2, 1), date(2025, 8, 20), date(2025, 3, 1)])
        ]
        made = delivered(tmp_path, [plan(1, "01-01")], contacts=contacts)
        assert found("contact", made) == {"contact_within_30": 1}

    def test_a_change_of_coordinator_in_the_tertial(self, tmp_path: Path) -> None:
        told = [
            (1, "opening", "01-01"), (1, "first_coordinator", "01-05"),
            (2, "opening", "01-01"), (2, "first_coordinator", "01-05"), (2, "other_coordinator", "06-01"),
            (3, "opening", "01-01"), (3, "first_coordinator", "01-05"), (3, "other_coordinator", "04-30"),
            (4, "opening", "01-01"),
            (5, "opening", "01-01"), (5, "first_coordinator", "01-05"), (5, "same_coordinator", "06-01"),
            (6, "opening", "01-01"), (6, "first_coordinator", "01-05"), (6, "other_coordinator", "09-01"),
        ]  # fmt: skip
        turns = [
            {"turn_key": f"t{n}", "episode_key": f"e{of:04}", "change": change,
             "starts_on": date.fromisoformat(f"2025-{day}")}
            for n, (of, change, day) in enumerate(told)
        ]  # fmt: skip
        made = delivered(tmp_path, [plan(n, "01-01") for n in range(1, 7)], turns=turns)
        assert found("coordinator", made) == {
            "same_coordinator": 4, "other_coordinator": 1, "leader_answers": 1,
        }  # fmt: skip

    def test_promises_with_a_day_in_the_tertial(self, tmp_path: Path) -> None:
        told = [
            ("06-01", "06-01", ""),  # kept on the very day
            ("06-01", "06-02", ""),  # late
            ("06-01", "09-02", ""),  # not done by the last day
            ("06-01", "", ""),       # not done
            ("06-01", "", "05-20"),  # dropped
            ("04-30", "04-30", ""),  # due before
            ("09-01", "08-01", ""),  # due after
        ]  # fmt: skip
        promises = [
            {"action_key": f"a{n}", "episode_key": "e0001", "due_on": _day(due), "done_on": _day(done),
             "dropped_on": _day(dropped)}
            for n, (due, done, dropped) in enumerate(told)
        ]  # fmt: skip
        made = delivered(tmp_path, [plan(1, "01-01")], promises=promises)
        assert found("promises", made) == {"kept": 1, "late": 1, "not_done": 2, "dropped": 1}


def _day(words: str) -> date | None:
    return date.fromisoformat(f"2025-{words}") if words else None


class TestWaiting:
    def rows(self) -> Rows:
        placed = {"outcome": "placed", "days_waited": 40}
        return [
            needs(1),
            needs(2, settled_on=date(2025, 5, 1), **placed),
            needs(3, settled_on=date(2025, 4, 30), **placed),
            needs(4, settled_on=date(2025, 9, 1), **placed),
            needs(5, outcome="unmet", unmet_because="no_place", settled_on=date(2025, 6, 1), days_waited=9),
            needs(
                6, outcome="unmet", unmet_because="not_suitable", settled_on=date(2025, 6, 1), days_waited=9
            ),
            needs(7, outcome="withdrawn", settled_on=date(2025, 6, 1), days_waited=9),
            needs(8, noted_on=date(2025, 7, 1)),
            needs(9, noted_on=date(2025, 9, 1)),
            needs(10, outcome="unmet", unmet_because="no_place", settled_on=date(2025, 8, 31), days_waited=9),
        ]

    def test_assessed_without_capacity(self, tmp_path: Path) -> None:
        made = delivered(tmp_path, [], needs=self.rows())
        assert found("needs_out", made) == {
            "waiting": 3, "placed": 1, "no_place": 2, "unmet_otherwise": 1, "withdrawn": 1,
        }  # fmt: skip
        assert found("needs_in", made) == {"waited_before": 7, "noted": 1}

    def test_days_until_a_place(self, tmp_path: Path) -> None:
        assert waits(delivered(tmp_path, [], needs=self.rows()), DAYS) == [("0301", 40, 1)]


class TestSites:
    def at(self, tmp_path: Path, **tables: Rows) -> Sites:
        made = delivered(tmp_path, [], **tables)
        counted_ones = sites(made, ["0301", "1103", "0000"], T2.last)
        assert counted_ones is not None
        return counted_ones

    def test_two_offices_in_each_municipality(self, tmp_path: Path) -> None:
        assert self.at(tmp_path) == Sites(4, 0, 0, 0.0, 0, 0)

    def test_contact_persons_of_the_last_day(self, tmp_path: Path) -> None:
        rows = [
            contact_person(1),
            contact_person(2, share_percent=100, deputy="no"),
            contact_person(3, municipality="1103", ends_before=date(2025, 8, 31)),
            contact_person(4, municipality="1103", starts_on=date(2025, 9, 1)),
            contact_person(5, municipality="1103", agency_kind="social_service", deputy="no"),
            contact_person(6, municipality="0000", agency_kind="coordinating_unit"),
        ]
        counted_ones = self.at(tmp_path, contact_persons=rows)
        assert (counted_ones.with_contact_person, counted_ones.with_deputy) == (2, 1)
        assert counted_ones.positions == 2.0

    def test_the_newest_version_that_has_begun_binds(self, tmp_path: Path) -> None:
        rows = [
            agreement(1),
            agreement(2, agency_kind="social_service"),
            agreement(3, version=2, valid_from=date(2025, 6, 1)),
            agreement(4, version=3, valid_from=date(2025, 9, 1), municipality="1103"),
            agreement(5, agreement_key="other", municipality="1103", valid_until=date(2025, 8, 30)),
        ]
        assert self.at(tmp_path, agreements=rows).with_agreement == 1

    def test_a_check_moves_the_day_of_the_next(self, tmp_path: Path) -> None:
        check = {
            "check_key": "x",
            "agreement_key": "agreement",
            "done_on": date(2025, 2, 1),
            "result": "kept",
        }
        assert self.at(tmp_path / "none", agreements=[agreement()]).check_overdue == 1
        later = [{**check, "next_check_on": date(2026, 2, 1)}]
        assert (
            self.at(tmp_path / "later", agreements=[agreement()], agreement_checks=later).check_overdue == 0
        )
        passed = [
            *later,
            {**check, "check_key": "y", "done_on": date(2025, 6, 1), "next_check_on": date(2025, 7, 1)},
        ]
        assert (
            self.at(tmp_path / "passed", agreements=[agreement()], agreement_checks=passed).check_overdue == 1
        )


class TestCombining:
    def test_a_share_at_all_levels_by_hand(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A: 6 of 16 ended in a job; B, in the same county: 10 of 20; C elsewhere: 5 of 25."""
        monkeypatch.setattr("samvirke.statistics.disclosure.THRESHOLD", 0)  # what hides has tests of its own
        made = [
            _ended_in_jobs(tmp_path / "a", "A", "1103", jobs=6, others=10),
            _ended_in_jobs(tmp_path / "b", "B", "1101", jobs=10, others=10),
            _ended_in_jobs(tmp_path / "c", "C", "0301", jobs=5, others=20),
        ]
        record = _combined(made)
        job = next(one for one in statistics.INDICATORS if one.code == "ended_in_job")

        def shares(level: Level, name: str = "") -> tuple[int | None, int | None]:
            value = record.value(job, level, name)
            return value.part, value.whole

        assert shares(Level.PARTNERSHIP, "A") == (6, 16)
        assert shares(Level.COUNTY, "11") == (16, 36)
        assert shares(Level.COUNTY, "03") == (5, 25)
        assert shares(Level.NATION) == (21, 61)
        assert record.value(job, Level.NATION).number == pytest.approx(21 / 61)

    def test_a_delivery_of_an_older_schema_says_so_with_a_sign(
        self, tmp_path: Path, old_delivery: Delivery
    ) -> None:
        record = _combined([old_delivery])
        kept = next(one for one in statistics.INDICATORS if one.code == "promises_kept")
        offices = next(one for one in statistics.INDICATORS if one.code == "with_agreement")
        source = old_delivery.receipt.source
        assert record.value(kept, Level.NATION).sign == statistics.Sign.NOT_DELIVERED
        assert record.value(offices, Level.PARTNERSHIP, source).sign == statistics.Sign.NOT_DELIVERED
        assert "promises" in record.returned[0].not_delivered
        waited = next(one for one in statistics.INDICATORS if one.code == "days_to_place")
        assert record.value(waited, Level.NATION).sign == statistics.Sign.NOT_DELIVERED

    def test_where_there_is_no_office_there_is_no_share_of_offices(self, tmp_path: Path) -> None:
        record = _combined([delivered(tmp_path, [], [flow_row("0301")], source="A")])
        nowhere = replace(record.sites[0], sites=Sites(0, 0, 0, 0.0, 0, 0))
        offices = next(one for one in statistics.INDICATORS if one.code == "with_agreement")
        value = replace(record, sites=(nowhere,)).value(offices, nowhere.level, nowhere.name)
        assert value.sign == statistics.Sign.NOT_POSSIBLE

    @pytest.mark.parametrize(
        "text", ["", "[]", '{"format": "x"}', '{"format": "samvirke tertial 1", "period": "2024-T1"}']
    )
    def test_another_file_than_a_record_is_refused(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "t.json").write_text(text, encoding="utf-8")
        with pytest.raises(statistics.UnreadableTertialRecord, match="Make it again with `samvirke tertial`"):
            statistics.load_tertial(tmp_path / "t.json")

    def test_a_record_with_an_own_goal_is_read_back_the_same(self, tmp_path: Path) -> None:
        goal = statistics.OwnGoal(source="A", indicator="ended_in_job", own=40, central=60)
        made = [_ended_in_jobs(tmp_path / "a", "A", "1103", jobs=6, others=10)]
        record = _combined(made, expected=[statistics.Expected(source="A", own_goals=(goal,))])
        statistics.save_tertial(record, tmp_path / "t.json")
        assert statistics.load_tertial(tmp_path / "t.json") == record
        assert record.own_goals == (goal,)

    def test_half_wait_no_longer_than_the_median_says(self, tmp_path: Path) -> None:
        placed = {"municipality": "1103", "outcome": "placed", "settled_on": date(2025, 3, 1)}
        waited = [needs(number, days_waited=10 * number, **placed) for number in range(1, 22)]
        record = _combined([delivered(tmp_path, [], [flow_row("1103")], source="A", needs=waited)])
        days = next(one for one in statistics.INDICATORS if one.code == "days_to_place")
        assert record.value(days, Level.PARTNERSHIP, "A").number == 110

    def test_what_is_missing_is_named(self, tmp_path: Path) -> None:
        made = [_ended_in_jobs(tmp_path / "a", "A", "1103", jobs=6, others=10)]
        wanted = [statistics.Expected(source="A"), statistics.Expected(source="Nobody’s valley")]
        assert _combined(made, expected=wanted).missing == ("Nobody’s valley",)

    def test_the_same_partnership_twice_is_refused(self, tmp_path: Path) -> None:
        made = [_ended_in_jobs(tmp_path / name, "A", "1103", jobs=6, others=10) for name in ("x", "y")]
        with pytest.raises(statistics.DeliveredTwice, match="two deliveries from A"):
            _combined(made)

    def test_a_delivery_from_before_the_period_is_refused(self, tmp_path: Path) -> None:
        made = [_ended_in_jobs(tmp_path / "a", "A", "1103", jobs=6, others=10)]
        with pytest.raises(statistics.NotYet, match="before 2026-T2 began"):
            _combined(made, period=Tertial(2026, 2))

    def test_an_unfinished_tertial_says_until_when(self, tmp_path: Path) -> None:
        """The delivery was made on 1 March 2026."""
        made = [_ended_in_jobs(tmp_path / "a", "A", "1103", jobs=6, others=10)]
        (one,) = _combined(made, period=Tertial(2026, 1)).returned
        assert (one.until, one.is_whole) == ("2026-03-01", False)

    def test_a_county_that_is_not_on_the_list_is_unknown(self, tmp_path: Path) -> None:
        made = [_ended_in_jobs(tmp_path / "a", "A", "9901", jobs=6, others=10)]
        record = _combined(made)
        assert record.levels.names(Level.COUNTY) == (statistics.UNKNOWN,)
        assert record.returned[0].county_unknown == ("9901",)

    def test_a_record_is_read_as_it_was_written(self, tmp_path: Path) -> None:
        stated = [statistics.Expected(source="A", stated={"entered": 7})]
        record = _combined([_ended_in_jobs(tmp_path / "a", "A", "1103", jobs=6, others=10)], expected=stated)
        statistics.save_tertial(record, tmp_path / "r.json")
        assert statistics.load_tertial(tmp_path / "r.json") == record
        (tmp_path / "r.json").write_text("{}", encoding="utf-8")
        with pytest.raises(statistics.UnreadableTertialRecord, match="Make it again"):
            statistics.load_tertial(tmp_path / "r.json")


def test_a_county_s_code_holds_from_a_day_to_another() -> None:
    """Troms and Finnmark were one county from 2020 to 2023."""
    both = County(
        code="54", name="Troms og Finnmark", valid_from=date(2020, 1, 1), valid_until=date(2023, 12, 31)
    )
    named = County(code="X", name="By name", valid_from=date(2024, 1, 1), municipalities=("5401",))
    counties = Counties(source="test", counties=(both, named))
    assert counties.of("5401", date(2023, 12, 31)) == "54"
    assert counties.of("5401", date(2024, 1, 1)) == "X"
    assert counties.of("5402", date(2024, 1, 1)) == statistics.UNKNOWN


def test_the_reference_page_says_what_the_registry_says() -> None:
    page = Path(__file__).parents[3] / "docs" / "reference" / "indicators.md"
    assert page.read_text(encoding="utf-8").rstrip("\n") == statistics.reference().rstrip("\n")


def test_every_indicator_is_told_whole() -> None:
    names = {measure.name: measure for measure in MEASURES}
    for one in statistics.INDICATORS:
        assert one.name, one.code
        assert one.definition.endswith("."), one.code
        assert one.weakness.endswith("."), one.code
        for cell in (one.numerator, one.denominator):
            assert cell is None or cell.column in (*names[cell.measure].columns, statistics.TOTAL)
        if one.numerator:
            assert set(names[one.numerator.measure].tables) <= {"episodes", *one.tables}


def _ended_in_jobs(folder: Path, source: str, municipality: str, *, jobs: int, others: int) -> Delivery:
    reasons = ["job"] * jobs + ["moved"] * others
    rows = [
        plan(n, "02-01", "03-01", end_reason=reason, municipality=municipality)
        for n, reason in enumerate(reasons)
    ]
    return delivered(folder, rows, [flow_row(municipality)], source=source)


@pytest.mark.parametrize("text", ["deliveries: [", "- A", "deliveries: [{stated: {open: 1}}]"])
def test_another_file_than_a_list_of_deliveries_or_counties_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(statistics.UnreadableExpectations, match="Each entry needs a `source`"):
        statistics.expected(path)
    with pytest.raises(statistics.UnreadableCounties, match=r"Write it as statistics/counties\.yaml is"):
        statistics.counties(path)


def _combined(
    made: Sequence[Delivery],
    *,
    period: Tertial = T1,
    expected: Sequence[Any] = (),
) -> statistics.TertialRecord:
    return statistics.combine(made, period=period, counties=statistics.counties(), expected=expected)


@pytest.fixture
def old_delivery(tmp_path: Path) -> Delivery:
    """A delivery as version 1.0 of the schema wrote it."""
    made = _ended_in_jobs(tmp_path / "old", "Old", "1103", jobs=6, others=10)
    receipt = made.folder / "receipt.json"
    receipt.write_text(receipt.read_text(encoding="utf-8").replace('"1.1"', '"1.0"'), encoding="utf-8")
    return delivery.read(made.folder)
