"""A backup holds everything, can be restored without what it was made of, and a fault in it is found."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

import people
from gate.conftest import committed
from people import acting_as
from samvirke.coordination import queries as plans
from samvirke.surfaces.commands import drill, postgres
from samvirke.surfaces.commands.access_log import verified
from samvirke.surfaces.commands.postgres.folder import read_passwords
from samvirke.surfaces.jobs import sealer

__all__ = ["committed"]


@pytest.fixture
def lived_in(committed: str) -> str:
    """A database with a plan that was read."""
    one = people.on_plan()
    with acting_as(people.COORDINATOR) as viewer:
        plans.plan_page(viewer, one.plan_id)
    sealer.seal(replace(postgres.connection("worker"), name=committed))
    return committed


@pytest.fixture
def restored(lived_in: str, tmp_path: Path) -> Iterator[tuple[postgres.Connection, drill.Measured, str]]:
    """The restored database, what the first held, and the password of the restored one's superuser."""
    archive, before = drill.taken(tmp_path / "backup")
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with drill.restored(archive, tmp_path / "cluster") as place:
        yield place, before, read_passwords(tmp_path / "cluster")["postgres"]


def test_a_fault_in_what_was_restored_is_found(
    restored: tuple[postgres.Connection, drill.Measured, str],
) -> None:
    place, before, password = restored
    assert drill.compared(before, drill.measured_at(place)) == []
    assert before["gate_accessentry"].rows > 0
    assert {"jobs.procrastinate_jobs", "plan_plan", "accounts_user"} <= before.keys()
    log = verified(place)
    assert (log.lines, log.seals, log.broken) == (before["gate_accessentry"].rows, 1, [])

    superuser = replace(place, user="postgres", password=password)
    with psycopg.connect(superuser.url) as link:
        link.execute("SET session_replication_role = replica")  # past foreign keys
        link.execute("DELETE FROM plan_goal")
        link.execute("UPDATE plan_plan SET next_review = next_review + 1")
        link.execute(
            "UPDATE gate_accessentry SET outcome = 'no_basis' WHERE (lane, seq) IN "
            "(SELECT lane, max(seq) FROM gate_accessentry GROUP BY lane)"
        )
        link.execute("DROP TABLE gate_bar CASCADE")
    assert drill.compared(before, drill.measured_at(place)) == [
        "gate_accessentry: has as many rows, but what stands in them is another",
        "gate_bar: is missing",
        f"plan_goal: had {before['plan_goal'].rows} rows and has 0",
        "plan_plan: has as many rows, but what stands in them is another",
    ]
    broken = verified(place).broken
    assert broken
    assert "the line was changed" in {one.problem for one in broken}


def test_the_command_tells_every_table_and_leaves_nothing(
    lived_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders: list[Path] = []
    remove = postgres.remove

    def removed(folder: Path) -> None:
        folders.append(folder)
        remove(folder)

    monkeypatch.setattr(postgres, "remove", removed)
    done = CliRunner().invoke(drill.drill)
    assert done.exit_code == 0, done.output
    assert "  plan_plan\n" in done.output
    assert "lines of the access log verified" in done.output
    assert [folder.exists() for folder in folders] == [False]


def test_the_command_ends_with_1_where_it_differs(lived_in: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drill, "restored", lambda archive, folder: nullcontext(drill.here()))
    monkeypatch.setattr(drill, "measured_at", lambda place: {"plan_plan": drill.Content(1, "1")})
    done: Result = CliRunner().invoke(drill.drill)
    assert done.exit_code == 1
    assert "DIFFERS  plan_goal: is missing" in done.output


def test_the_owner_cannot_back_up(lived_in: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row security holds for the owner, too: only the role made for it sees every row."""
    owner = replace(postgres.connection("owner"), name=lived_in)
    monkeypatch.setattr(drill, "here", lambda: owner)
    result = CliRunner().invoke(drill.backup, ["--out", str(tmp_path)])
    assert result.exit_code == 1
    assert "row-level security" in result.output
