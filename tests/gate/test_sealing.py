"""The access log goes under seals, the seals lie outside as well, and what disagrees with them is named."""

from __future__ import annotations

import json
import resource
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import LiteralString
from uuid import UUID

import psycopg
import pytest
from click.testing import CliRunner, Result
from django.conf import settings

import cluster
import people
from gate.conftest import committed
from gate.scratch import connect, later
from people import acting_as
from samvirke.coordination import queries as coordination
from samvirke.gate import audit, lanes, seals
from samvirke.gate.lanes import Lane
from samvirke.gate.seals import Moved
from samvirke.surfaces.commands import access_log, doctor, postgres
from samvirke.surfaces.commands import audit as command
from samvirke.surfaces.commands.postgres.folder import read_state
from samvirke.surfaces.jobs import sealer
from samvirke.surfaces.running import anchors

__all__ = ["committed"]


@dataclass(frozen=True, slots=True)
class Log:
    """A database with a log, its worker, and where its seals are anchored."""

    name: str
    anchors: Path
    plan_id: UUID

    def read(self, times: int = 1) -> None:
        for _ in range(times):
            with acting_as(people.COORDINATOR) as viewer:
                coordination.plan_page(viewer, self.plan_id)

    def seal(self) -> seals.Seal | None:
        return sealer.seal(replace(postgres.connection("worker"), name=self.name))

    def as_superuser(self, statement: LiteralString) -> None:
        """What a database owner could do with row security and triggers off."""
        port = read_state(cluster.HOME / "db").port
        with psycopg.connect(
            host="127.0.0.1", port=port, dbname=self.name, user="postgres", password=cluster.superuser()
        ) as link:
            link.execute("SET session_replication_role = replica")
            link.execute(statement)

    def newest(self) -> int:
        with connect("backup", self.name) as link:
            (seq,) = link.execute("SELECT max(seq) FROM gate_accessentry").fetchall()[0]
        return int(str(seq))

    def verify(self, *words: str) -> Result:
        return CliRunner().invoke(command.verify, list(words))


@pytest.fixture
def log(committed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Log:
    monkeypatch.setattr(settings, "ANCHORS", tmp_path / "anchors.jsonl")
    found = Log(committed, tmp_path / "anchors.jsonl", people.on_plan().plan_id)
    found.read()
    return found


class TestSealing:
    """What has moved goes under a seal and into the file."""

    def test_a_seal_follows_the_one_before_and_nothing_new_makes_none(self, log: Log) -> None:
        first = log.seal()
        assert first is not None
        assert (first.number, first.lanes, first.lines) == (1, 1, log.newest())
        assert log.seal() is None
        log.read(2)
        second = log.seal()
        assert second is not None
        assert (second.number, second.previous) == (2, first.mac)
        assert (second.lanes, second.lines) == (1, first.lines + 2)
        assert list(anchors.read(log.anchors)) == [first, second]
        told = json.loads(log.anchors.read_text().splitlines()[1])
        assert told.keys() == {"number", "at", "root", "previous", "lanes", "lines", "mac"}
        assert log.anchors.stat().st_mode & 0o077 == 0

    def test_what_could_not_be_anchored_is_anchored_with_the_next(
        self, log: Log, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(settings, "ANCHORS", tmp_path / "away" / "anchors.jsonl")
        with pytest.raises(FileNotFoundError):
            log.seal()
        monkeypatch.setattr(settings, "ANCHORS", log.anchors)
        assert log.seal() is None  # it is in the database already
        assert [seal.number for seal in anchors.read(log.anchors)] == [1]

    def test_two_sealers_at_once_make_one_chain_and_one_file(self, log: Log) -> None:
        def sealing() -> None:
            until = monotonic() + 2
            while monotonic() < until:
                log.seal()

        threads = [threading.Thread(target=sealing) for _ in range(2)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            log.read()
        for thread in threads:
            thread.join()
        log.seal()
        found = list(anchors.read(log.anchors))
        assert [seal.number for seal in found] == list(range(1, len(found) + 1))
        assert len(found) > 2
        assert log.verify().exit_code == 0

    def test_by_hand(self, log: Log) -> None:
        run = CliRunner().invoke
        assert run(command.seal).output.startswith("Made seal 1 of 2026-03-02")
        assert run(command.seal).output == "Nothing has moved since the last seal.\n"

    def test_nobody_but_the_worker_reaches_the_seals(self, log: Log) -> None:
        log.seal()
        for role in ("app", "insight", "accounts"):
            for reach in (
                "SELECT * FROM gate_seal",
                "SELECT gate.newest_seal()",
                "DELETE FROM gate_sealedhead",
            ):
                with connect(role, log.name) as link, pytest.raises(psycopg.ProgrammingError):
                    link.execute(reach)
        with connect("worker", log.name) as link, pytest.raises(psycopg.ProgrammingError):
            link.execute("SELECT lane FROM gate_accessentry")
        with connect("owner", log.name) as link:
            assert link.execute("SELECT lane FROM gate_accessentry").fetchall() == []

    def test_a_half_written_line_does_not_stay(self, log: Log) -> None:
        """The disk takes fifty bytes more."""
        first = log.seal()
        assert first is not None
        whole = log.anchors.read_bytes()
        second = seals.sealed(first, [Moved(Lane(UUID(int=1), 1, bytes(32)), 0)], first.at)
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 50, before[1]))
        try:
            with pytest.raises(OSError, match="No space left"):
                anchors.append(log.anchors, [second])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert log.anchors.read_bytes() == whole
        anchors.append(log.anchors, [second])
        assert list(anchors.read(log.anchors)) == [first, second]


@dataclass(frozen=True, slots=True)
class Attack:
    """What somebody does to a log that was sealed twice and read once more since."""

    does: Callable[[Log], None]
    says: str


ATTACKS: dict[str, Attack] = {
    "a tail that was sealed is cut": Attack(
        lambda log: log.as_superuser("DELETE FROM gate_accessentry WHERE seq > 3"), "knows it up to line"
    ),
    "a tail and the seals over it are cut": Attack(
        lambda log: (
            log.as_superuser(
                "DELETE FROM gate_accessentry WHERE seq > (SELECT seq FROM gate_sealedhead WHERE seal_id = 1)"
            ),
            log.as_superuser("DELETE FROM gate_sealedhead WHERE seal_id = 2"),
            log.as_superuser("DELETE FROM gate_seal WHERE number = 2"),
        )[-1],
        "an older copy was restored, or seals were taken away",
    ),
    "the whole lane is gone": Attack(
        lambda log: log.as_superuser("DELETE FROM gate_accessentry"), "the whole lane is gone"
    ),
    "all is gone, the seals too": Attack(
        lambda log: log.as_superuser("TRUNCATE gate_accessentry, gate_seal, gate_sealedhead"),
        "the database does not know it",
    ),
    "a seal was changed": Attack(
        lambda log: log.as_superuser("UPDATE gate_seal SET lines = lines - 1 WHERE number = 1"),
        "Seal 1: the seal was changed",
    ),
    "a seal was taken out": Attack(
        lambda log: log.as_superuser("DELETE FROM gate_seal WHERE number = 1"), "a seal is missing before"
    ),
    "a sealed head was changed": Attack(
        lambda log: log.as_superuser("UPDATE gate_sealedhead SET seq = seq - 1 WHERE seal_id = 2"),
        "Seal 2: the heads it was made over were changed",
    ),
    "an anchor was changed": Attack(
        lambda log: (
            log.anchors.write_text(log.anchors.read_text().replace('"lines": ', '"lines": 1', 1)) and None
        ),
        "Seal 1: its anchor was changed",
    ),
    "anchors are unreadable": Attack(
        lambda log: log.anchors.write_text(log.anchors.read_text() + "{\n") and None, "is not an anchor"
    ),
    "the anchors are away": Attack(lambda log: log.anchors.unlink(), "No such file"),
}


class TestVerify:
    """`samvirke audit verify` finds it, names it, and says what it would not have found."""

    def test_it_holds_and_the_window_is_told(self, log: Log) -> None:
        found = log.verify()
        assert (found.exit_code, "Compared with nothing outside this database" in found.output) == (0, True)
        seal = log.seal()
        log.read(3)
        found = log.verify()
        assert found.exit_code == 0
        assert f"Compared with anchors until {seal}" in found.output
        assert "of the lines written later (3 are there now)" in found.output

    @pytest.mark.parametrize("what", ATTACKS)
    def test_an_attack_is_found_and_named(self, log: Log, what: str) -> None:
        log.seal()
        log.read(2)
        log.seal()
        log.read()
        assert log.verify().exit_code == 0
        ATTACKS[what].does(log)
        found = log.verify()
        assert found.exit_code == 1
        assert ATTACKS[what].says in found.output

    def test_a_restored_copy_that_goes_on_is_found_and_its_anchors_are_let_alone(self, log: Log) -> None:
        log.seal()
        log.read()
        log.seal()
        log.as_superuser("DELETE FROM gate_accessentry WHERE seq > 3")
        log.as_superuser("TRUNCATE gate_seal, gate_sealedhead")
        audit._heads.__dict__.clear()  # another process
        log.read(2)
        kept = log.anchors.read_bytes()
        for _ in range(3):
            log.read()
            with pytest.raises(anchors.AnotherDatabase):
                log.seal()
        assert log.anchors.read_bytes() == kept
        found = log.verify()
        assert found.exit_code == 1
        assert "the database holds another one than was anchored on" in found.output

    def test_a_tail_cut_after_the_newest_anchor_is_in_the_window_until_the_shipped_log_is_asked(
        self, log: Log, tmp_path: Path
    ) -> None:
        log.seal()
        log.read(2)
        head, newest = audit.head(), log.newest()
        shipped = tmp_path / "requests.jsonl"
        told = {"event": "request", "access_log": str(head), "timestamp": "2026-03-02T09:00:07Z"}
        shipped.write_text(f"starting\n{json.dumps({'access_log': None})}\n{json.dumps(told)}\n")
        found = log.verify("--log", str(shipped))
        assert found.exit_code == 0
        assert "unless the shipped log tells of them, which ends at 2026-03-02T09:00:07Z" in found.output
        log.as_superuser("DELETE FROM gate_accessentry WHERE seq = (SELECT max(seq) FROM gate_accessentry)")
        assert log.verify().exit_code == 0
        found = log.verify("--log", str(shipped))
        assert found.exit_code == 1
        assert head is not None
        assert f"Lane {head.id}, line {newest - 1}: the lane ends here; the shipped log knows it up to" in (
            found.output
        )

    def test_a_shipped_log_alone_has_a_window_of_its_own(self) -> None:
        assert "until 2026-03-02: lines written later" in access_log.window(None, "2026-03-02", 7)

    def test_processes_side_by_side_find_the_same(self, log: Log) -> None:
        for _ in range(5):
            audit._heads.__dict__.clear()
            log.read(3)
        log.seal()
        one = access_log.verified(anchored=log.anchors, processes=1)
        two = access_log.verified(anchored=log.anchors, processes=2)
        assert (
            (one.lanes, one.lines, one.broken)
            == (two.lanes, two.lines, two.broken)
            == (6, log_lines(log), [])
        )
        log.as_superuser("UPDATE gate_accessentry SET kinds = 1 WHERE seq = 2")
        log.as_superuser(
            "DELETE FROM gate_accessentry a WHERE NOT EXISTS "
            "(SELECT FROM gate_accessentry b WHERE b.lane < a.lane)"
        )
        one = access_log.verified(anchored=log.anchors, processes=1)
        two = access_log.verified(anchored=log.anchors, processes=2)
        assert len(one.broken) == 6
        assert sorted(map(str, one.broken)) == sorted(map(str, two.broken))


def log_lines(log: Log) -> int:
    with connect("backup", log.name) as link:
        return int(str(link.execute("SELECT count(*) FROM gate_accessentry").fetchall()[0][0]))


class TestDoctor:
    """What keeps the log from being sealed is said."""

    def test_a_log_that_waits_for_its_seal_is_a_fault(self, log: Log) -> None:
        assert doctor._seals().startswith("nothing sealed yet")
        with later(1), pytest.raises(Exception, match="that no seal covers") as problem:
            doctor._seals()
        assert "samvirke work" in str(problem.value)
        log.seal()
        with later(1):
            assert doctor._seals() == f"newest seal of 2026-03-02 09:00, kept in {log.anchors}"

    def test_an_ordinary_database_needs_anchors(self, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
        log.seal()
        monkeypatch.setattr(settings, "ANCHORS", None)
        assert doctor._seals().endswith("kept in nowhere else, invented people only")
        monkeypatch.setattr(postgres, "is_simulated", lambda place: False)
        with pytest.raises(Exception, match="SAMVIRKE_ANCHORS"):
            doctor._seals()


class TestRoot:
    """The tree over the heads."""

    @pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8, 13])
    def test_every_head_and_their_number_are_in_it(self, count: int) -> None:
        heads = [Lane(UUID(int=number), number + 1, bytes([number]) * 32) for number in range(count)]
        root = seals.root(heads)
        assert root == seals.root(reversed(heads))
        others = [
            *(
                [*heads[:place], replace(head, seq=head.seq + 1), *heads[place + 1 :]]
                for place, head in enumerate(heads)
            ),
            *(
                [*heads[:place], replace(head, mac=bytes(32)), *heads[place + 1 :]]
                for place, head in enumerate(heads[1:], 1)
            ),
            *([*heads[:place], *heads[place + 1 :]] for place in range(count)),
            [*heads, heads[-1]],
        ]
        assert root not in {seals.root(other) for other in others}

    def test_a_node_is_no_leaf(self) -> None:
        assert seals.LEAF != seals.NODE
        assert seals.root([]) == lanes.START
