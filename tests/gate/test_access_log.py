"""The access log: every read has its line, the person can read it, and tampering is found."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

import people
from gate.scratch import connect, later, own_database
from people import acting_as, on_plan
from samvirke.coordination import meetings
from samvirke.coordination import operations as coordinating
from samvirke.coordination import queries as coordination
from samvirke.gate import audit, lanes, session
from samvirke.gate import queries as ask
from samvirke.gate.access import Basis, Refusal
from samvirke.gate.models import AccessEntry
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import log as people_log
from samvirke.people import verbs
from samvirke.people.national_ids import make_synthetic
from samvirke.plan import operations as planning
from samvirke.plan.audience import readers
from samvirke.plan.verbs import READ_PLAN, WRITE_PLAN
from samvirke.programmes import operations as screening
from samvirke.programmes import queries as programmes

Line = tuple[Any, ...]


def lines(name: str) -> list[AccessEntry]:
    """The whole log in the order of lanes, as the backup role sees it."""
    return [AccessEntry(**dict(zip(lanes.COLUMNS, row, strict=True))) for row in stored(name)]


def stored(name: str) -> list[Line]:
    """The same, as rows."""
    with connect("backup", name) as reader:
        return reader.execute(
            f"SELECT {', '.join(lanes.COLUMNS)} FROM gate_accessentry ORDER BY lane, seq"  # noqa: S608
        ).fetchall()


def newest_request(name: str, seen: set[UUID]) -> list[AccessEntry]:
    """The lines of requests that are not among `seen`."""
    return [line for line in lines(name) if line.request_id not in seen]


def written_by(name: str, act: Callable[[], None]) -> list[AccessEntry]:
    """The lines that an act leaves."""
    before = {line.request_id for line in lines(name)}
    act()
    return newest_request(name, before)


class TestWhatIsWritten:
    """One request and one subject: one line."""

    def test_a_page_leaves_one_line_with_all_that_was_shown(self, committed: str) -> None:
        plan = on_plan()
        with acting_as(people.COORDINATOR) as viewer:
            for kind in (DataKind.HEALTH, DataKind.EMPLOYMENT):
                planning.write_note(plan_id=plan.plan_id, kind=kind, text="Notat.", by=viewer)

        def read(who: UUID) -> list[AccessEntry]:
            def page() -> None:
                with acting_as(who) as viewer:
                    coordination.plan_page(viewer, plan.plan_id)

            return written_by(committed, page)

        (line,) = read(people.COORDINATOR)
        assert (line.post_id, line.subject_id) == (people.COORDINATOR, plan.person.person_id)
        assert (line.verb, line.basis, line.outcome) == ("plan.read", "consent", audit.ALLOWED)
        assert line.kinds == DataKind.PLAN | DataKind.HEALTH | DataKind.EMPLOYMENT
        assert (line.purpose, line.at) == (Purpose.COORDINATION, people.NOW)
        (line,) = read(people.NAV_ADVISER)
        assert line.kinds == DataKind.PLAN | DataKind.EMPLOYMENT

    def test_a_list_leaves_one_line_for_each_person_on_it(self, committed: str) -> None:
        first = on_plan()
        second = on_plan(people.Client(external_id="S-2", national_id=another_number()))

        def work() -> None:
            with acting_as(people.NAV_ADVISER) as viewer:
                coordination.worklist(viewer)

        found = written_by(committed, work)
        assert {line.subject_id for line in found} == {first.person.person_id, second.person.person_id}
        assert len(found) == 2
        assert {line.kinds for line in found} == {DataKind.IDENTITY | DataKind.PLAN}

    def test_offers_leave_a_line(self, committed: str) -> None:
        plan = on_plan()
        with acting_as(people.COORDINATION_LEADER) as viewer:
            coordinating.offer_duty(
                plan_id=plan.plan_id,
                to_post=people.COORDINATOR,
                deputy=people.OTHER_COORDINATOR,
                consent_id=plan.person.consent_id,
                by=viewer,
            )

        def look() -> None:
            with acting_as(people.COORDINATOR) as viewer:
                assert len(coordination.offers(viewer)) == 1

        (line,) = written_by(committed, look)
        assert (line.subject_id, line.verb) == (plan.person.person_id, "coordination.read_offers")
        assert line.kinds == DataKind.IDENTITY | DataKind.PLAN

    def test_the_own_caseload_tells_that_its_screening_was_shown(self, committed: str) -> None:
        record_id = people.record(people.Client())
        with acting_as(people.SOCIAL_WORKER) as viewer:
            screening.screen_own_caseload(partnership_id=people.PARTNERSHIP, by=viewer)

        def read(who: UUID) -> list[AccessEntry]:
            def records() -> None:
                with acting_as(who) as viewer:
                    assert [row.record_id for row in programmes.records(viewer).rows] == [record_id]

            return written_by(committed, records)

        (line,) = read(people.SOCIAL_WORKER)
        assert (line.verb, line.basis) == ("people.read_records", "own_record")
        assert line.kinds == DataKind.IDENTITY | DataKind.EMPLOYMENT
        (line,) = read(people.SOCIAL_LEADER)  # leaders do not read about work, so none was shown
        assert line.kinds == DataKind.IDENTITY

    @pytest.mark.parametrize(
        ("who", "outcome", "basis"),
        [
            ("nav adviser", "allowed", "consent"),
            ("stranger", "not_on_team", ""),
            ("social system", "wrong_purpose", ""),
        ],
    )
    def test_a_refusal_leaves_a_line_with_its_code(
        self, committed: str, who: str, outcome: str, basis: str
    ) -> None:
        plan = on_plan()
        purpose = Purpose.SERVICE if who == "social system" else Purpose.COORDINATION

        def act() -> None:
            with acting_as(people.EVERYBODY[who], purpose) as viewer:
                try:
                    ask.require(viewer, verbs.REFER, plan.person.person_id)
                except Refused as refused:
                    assert refused.refusal == outcome  # noqa: PT017  allowed viewers raise nothing

        (line,) = written_by(committed, act)
        assert (line.outcome, line.basis, line.verb) == (outcome, basis, "people.refer")

    def test_what_is_allowed_and_what_is_refused_stand_on_one_line(self, committed: str) -> None:
        plan = on_plan()

        def act() -> None:
            with acting_as(people.NAV_ADVISER) as viewer:
                ask.require(viewer, WRITE_PLAN, plan.person.person_id)
                ask.require(viewer, WRITE_PLAN, plan.person.person_id)
                with pytest.raises(Refused):
                    ask.require(viewer, verbs.READ_ACCESS_LOG, plan.person.person_id)

        (line,) = written_by(committed, act)
        assert line.verb == "plan.write people.read_access_log"
        assert (line.kinds, line.refused_kinds) == (DataKind.PLAN, DataKind.ACCESS_LOG)
        assert (line.outcome, line.basis) == ("allowed", "consent")

    def test_of_several_refusals_the_first_is_told(self, committed: str) -> None:
        plan = on_plan()

        def act() -> None:
            with acting_as(people.STRANGER) as viewer:
                for verb in (verbs.READ_ACCESS_LOG, verbs.REFER):
                    with pytest.raises(Refused):
                        ask.require(viewer, verb, plan.person.person_id)

        (line,) = written_by(committed, act)
        assert (line.outcome, line.basis) == ("role_may_not", "")
        assert (line.kinds, line.refused_kinds) == (0, DataKind.ACCESS_LOG | DataKind.IDENTITY)

    def test_one_transaction_writes_one_lane_whatever_is_undone_in_it(self, committed: str) -> None:
        """A piece that is undone takes its lines along; the lane goes on where it stood before."""
        plan = on_plan()

        def act() -> None:
            with acting_as(people.NAV_ADVISER) as viewer:
                for undone in (False, True, False):
                    try:
                        with transaction.atomic():
                            audit.note(viewer, WRITE_PLAN, subject_ids=[uuid4()], basis="consent")
                            audit.write(viewer)
                            if undone:
                                raise ValueError
                    except ValueError:
                        pass
                ask.require(viewer, WRITE_PLAN, plan.person.person_id)

        found = written_by(committed, act)
        assert len({line.lane for line in found}) == 1
        assert [line.seq - found[0].seq for line in found] == [0, 1, 2]
        assert list(lanes.verify(stored(committed))) == []

    def test_a_page_with_history_tells_how_far_back_it_reached(self, committed: str) -> None:
        plan = on_plan()
        with acting_as(people.COORDINATOR) as viewer:
            planning.write_note(plan_id=plan.plan_id, kind=DataKind.HEALTH, text="Notat.", by=viewer)
            meetings.call_meeting(plan_id=plan.plan_id, day=people.NOW.date(), agenda="Veien.", by=viewer)

        def on(days: float, read: Callable[[Viewer], object], who: UUID = people.COORDINATOR) -> AccessEntry:
            def page() -> None:
                with later(days), acting_as(who) as viewer:
                    read(viewer)

            (line,) = written_by(committed, page)
            return line

        def page(viewer: Viewer) -> object:
            return coordination.plan_page(viewer, plan.plan_id)

        oldest = people.NOW.date()
        assert on(40, page).reaches_back_to == oldest
        assert on(40, page, people.NAV_ADVISER).reaches_back_to is None  # the note is not for them
        assert on(40, lambda viewer: meetings.of_plan(viewer, plan.plan_id)).reaches_back_to == oldest
        assert on(40, people_log.who_has_seen, plan.person.citizen_id).reaches_back_to == oldest
        assert on(40, coordination.worklist).reaches_back_to is None

    def test_buttons_are_not_reading(self, committed: str) -> None:
        plan = on_plan()

        def act() -> None:
            with acting_as(people.NAV_ADVISER) as viewer:
                assert ask.allowed(viewer, verbs.ALL, plan.person.person_id) >= {"people.refer"}

        assert written_by(committed, act) == []

    def test_the_log_lies_in_the_transaction_of_the_read(self, committed: str) -> None:
        """A request that breaks keeps neither what it wrote nor its lines; the next one's lane is whole."""
        plan = on_plan()

        def broken() -> None:
            with acting_as(people.NAV_ADVISER) as viewer:
                planning.state(plan_id=plan.plan_id, topic="strengths", text="Kan sveise.", by=viewer)
                transaction.set_rollback(True)

        def page() -> None:
            with acting_as(people.NAV_ADVISER) as viewer:
                assert coordination.plan_page(viewer, plan.plan_id).statements == ()

        assert written_by(committed, broken) == []
        assert len(written_by(committed, page)) == 1
        assert list(lanes.verify(stored(committed))) == []

    def test_without_a_log_there_is_no_answer(self, committed: str, monkeypatch: pytest.MonkeyPatch) -> None:
        plan = on_plan()

        def full(*_: object) -> None:
            raise OSError("no space left for the access log")

        monkeypatch.setattr(audit, "_take_lane", full)
        with (
            pytest.raises(OSError, match="no space"),
            session.enter(people.NAV_ADVISER, Purpose(1)) as viewer,
        ):
            planning.state(plan_id=plan.plan_id, topic="strengths", text="Kan sveise.", by=viewer)
        monkeypatch.undo()
        with acting_as(people.NAV_ADVISER) as viewer:
            assert coordination.plan_page(viewer, plan.plan_id).statements == ()


class TestWhatThePersonReads:
    """Who has seen my information, and why."""

    pytestmark = people.database

    def test_who_what_and_why(self) -> None:
        plan = on_plan()
        with acting_as(people.NAV_ADVISER) as viewer:
            coordination.plan_page(viewer, plan.plan_id)
            readers(viewer, plan.plan_id, DataKind.HOUSING)
        with acting_as(plan.person.citizen_id) as viewer:
            seen = people_log.who_has_seen(viewer).rows
        nav = [line for line in seen if line.who == "Veileder 1"]
        assert [line.verbs for line in nav] == [("plan.read", "plan.see_audience")]
        assert {(line.unit_name, line.agency_name) for line in nav} == {("Nav Fjordvik", "Nav")}
        assert {(line.basis, line.purpose, line.allowed) for line in nav} == {
            ("consent", Purpose.COORDINATION, True)
        }

    def test_a_strangers_attempt_is_told_too(self) -> None:
        plan = on_plan()
        with acting_as(people.STRANGER) as viewer, pytest.raises(Refused):
            ask.require(viewer, verbs.REFER, plan.person.person_id)
        with acting_as(plan.person.citizen_id) as viewer:
            seen = people_log.who_has_seen(viewer).rows
        assert [(line.who, line.allowed) for line in seen if not line.allowed] == [
            ("Sosialkonsulent i Nordeng", False)
        ]

    def test_the_own_visits_are_left_out(self) -> None:
        plan = on_plan()
        for _ in range(2):
            with acting_as(plan.person.citizen_id) as viewer:
                coordination.my_plan(viewer)
                seen = people_log.who_has_seen(viewer).rows
        assert seen
        assert all(line.who for line in seen)

    def test_nobody_else_reads_it(self) -> None:
        plan = on_plan()
        other = on_plan(people.Client(external_id="S-2", national_id=another_number()))
        with acting_as(plan.person.citizen_id) as viewer:
            mine = AccessEntry.objects.values_list("subject_id", flat=True)
            assert set(mine) == {plan.person.person_id}
            with pytest.raises(Refused):
                ask.require(viewer, verbs.READ_ACCESS_LOG, other.person.person_id)
        for who in ("nav adviser", "social worker", "coordination leader", "stranger"):
            with acting_as(people.EVERYBODY[who]):
                assert not AccessEntry.objects.exists()


TAMPERED: dict[str, Callable[[list[Line]], list[Line]]] = {
    "another post": lambda rows: changed(rows, post_id=uuid4()),
    "another subject": lambda rows: changed(rows, subject_id=uuid4()),
    "another verb": lambda rows: changed(rows, verb="another"),
    "fewer kinds": lambda rows: changed(rows, kinds=0),
    "another outcome": lambda rows: changed(rows, outcome="no_basis"),
    "another basis": lambda rows: changed(rows, basis="self"),
    "another purpose": lambda rows: changed(rows, purpose=64),
    "another time": lambda rows: changed(rows, at=people.NOW.replace(hour=8)),
    "another request": lambda rows: changed(rows, request_id=uuid4()),
    "fewer refused kinds": lambda rows: changed(rows, refused_kinds=1),
    "an older format": lambda rows: changed(rows, format=1),
    "a microsecond later": lambda rows: changed(rows, at=people.NOW + timedelta(microseconds=1)),
    "another depth": lambda rows: changed(rows, reaches_back_to=people.NOW.date()),
    "another seal": lambda rows: changed(rows, mac=bytes(32)),
    "a line removed": lambda rows: rows[:1] + rows[2:],
    "the first line removed": lambda rows: rows[1:],
    "a line inserted": lambda rows: rows[:2] + changed(rows[1:2], 0, id=uuid4()) + rows[2:],
    "two lines in each other's place": lambda rows: swapped(rows, "seq"),
    "two lines with each other's seal": lambda rows: swapped(rows, "mac"),
    "a line moved to a lane of its own": lambda rows: rows[:-1] + changed(rows[-1:], 0, lane=uuid4()),
    "the first line copied to a new lane": lambda rows: rows + changed(rows[:1], 0, lane=uuid4()),
}


def changed(rows: list[Line], place: int = 1, **values: object) -> list[Line]:
    """One line with other values."""
    row = dict(zip(lanes.COLUMNS, rows[place], strict=True)) | values
    return [*rows[:place], tuple(row[name] for name in lanes.COLUMNS), *rows[place + 1 :]]


def renamed(rows: list[Line]) -> list[Line]:
    """The lines under another lane's name."""
    return [changed([row], 0, lane=uuid4())[0] for row in rows]


def swapped(rows: list[Line], column: str) -> list[Line]:
    """The second and third line with each other's value, in the order that verify reads them."""
    at = lanes.COLUMNS.index(column)
    found = changed(changed(rows, 1, **{column: rows[2][at]}), 2, **{column: rows[1][at]})
    return sorted(found, key=lambda row: row[lanes.COLUMNS.index("seq")])


@pytest.fixture(scope="module")
def one_lane(database_name: str, worker_id: str, django_db_blocker: DjangoDbBlocker) -> list[Line]:
    with own_database(worker_id, django_db_blocker) as name:
        plan = on_plan()
        for who in (people.NAV_ADVISER, people.COORDINATOR, people.SOCIAL_WORKER):
            with acting_as(who) as viewer:
                coordination.plan_page(viewer, plan.plan_id)
        return stored(name)


class TestLanes:
    """A chain for each connection of each process, under a key outside the database."""

    def test_what_nobody_touched_holds(self, one_lane: list[Line]) -> None:
        assert len(one_lane) >= 4
        assert len({row[lanes.COLUMNS.index("lane")] for row in one_lane}) == 1
        assert list(lanes.verify(one_lane)) == []

    def test_two_lanes_are_checked_each_for_itself(self, one_lane: list[Line]) -> None:
        with_other = sorted([*one_lane, *renamed(one_lane[:1])], key=lambda row: (str(row[1]), row[2]))
        assert [broken.seq for broken in lanes.verify(with_other)] == [1]

    @pytest.mark.parametrize("defect", TAMPERED)
    def test_tampering_is_found(self, one_lane: list[Line], defect: str) -> None:
        assert list(lanes.verify(TAMPERED[defect](one_lane))) != []

    def test_the_place_is_named(self, one_lane: list[Line]) -> None:
        (broken,) = lanes.verify(changed(one_lane, 1, verb="another"))
        assert (broken.seq, broken.problem) == (2, "the line was changed")

    def test_lines_cut_from_the_end_are_found_by_who_knew_them(self, one_lane: list[Line]) -> None:
        """By themselves they are not: `audit verify` says so."""
        newest = lanes.Entry(*one_lane[-1])
        known = {newest.lane: [lanes.Known(lanes.Lane(newest.lane, newest.seq, newest.mac), "seal 7")]}
        assert list(lanes.verify(one_lane[:-1])) == []
        assert list(lanes.verify(one_lane, known)) == []
        (broken,) = lanes.verify(one_lane[:-1], known)
        assert (broken.seq, broken.problem) == (
            newest.seq - 1,
            f"the lane ends here; seal 7 knows it up to line {newest.seq}",
        )
        (broken,) = lanes.verify([], known)
        assert broken.problem == "the whole lane is gone; seal 7 knows it up to this line"

    def test_columns_are_those_of_the_table(self) -> None:
        assert set(lanes.COLUMNS) == {field.attname for field in AccessEntry._meta.concrete_fields}

    def test_lines_of_the_first_format_still_hold(self, one_lane: list[Line]) -> None:
        """As the version before sealed them, written out here anew."""
        old, before = [], bytes(32)
        for row in one_lane:
            entry = lanes.Entry(*row)._replace(format=1, refused_kinds=0)
            told = (
                entry.id,
                entry.lane,
                entry.seq,
                entry.request_id,
                int(entry.at.timestamp() * 1_000_000),
                entry.post_id,
                entry.purpose,
                entry.subject_id,
                entry.verb,
                entry.kinds,
                entry.basis,
                entry.outcome,
                entry.reaches_back_to,
            )
            text = "\x1f".join(map(str, told)).encode()
            before = hmac.digest(settings.KEYS.access_log, before + text, "sha256")
            old.append(entry._replace(mac=before))
        assert list(lanes.verify(old)) == []
        for told_more in ({"refused_kinds": 4}, {"format": 2}, {"format": 3}):
            changed_one = [*old[:1], old[1]._replace(**told_more), *old[2:]]
            assert [broken.seq for broken in lanes.verify(changed_one)] == [2]


def another_number() -> str:
    """Another synthetic national id."""
    client = people.Client()
    return make_synthetic(birth_date=client.birth_date, sex=client.sex, serial=4)


class TestWhatWasNotDone:
    """Tried, and nothing came of it: one line says so, and none that it was allowed."""

    pytestmark = people.database

    def test_what_was_shown_beside_stays_shown(self) -> None:
        plan = on_plan()
        with acting_as(people.NAV_ADVISER) as viewer:
            ask.require(viewer, READ_PLAN, plan.person.person_id)
            audit.note_not_done(viewer, verbs.BREAK_GLASS, [plan.person.person_id])
            (line,) = viewer.lines.values()
            assert (line.outcome, line.basis) == (audit.NOT_DONE, Basis.CONSENT)
            assert line.verbs == [READ_PLAN.code, verbs.BREAK_GLASS.code]

    def test_what_was_refused_stays_refused(self) -> None:
        plan = on_plan()
        with acting_as(people.STRANGER) as viewer:
            with pytest.raises(Refused):
                ask.require(viewer, READ_PLAN, plan.person.person_id)
            audit.note_not_done(viewer, verbs.BREAK_GLASS, [plan.person.person_id])
            (line,) = viewer.lines.values()
            assert line.outcome == Refusal.NOT_ON_TEAM

    @pytest.mark.parametrize("named", [True, False])
    def test_about_nobody_yet_it_is_about_what_was_named(self, named: bool) -> None:
        asked = uuid4()
        with acting_as(people.NAV_ADVISER) as viewer:
            audit.note_not_done(viewer, verbs.BREAK_GLASS, [asked] if named else [])
            assert set(viewer.lines) == {asked if named else audit.NOBODY}
