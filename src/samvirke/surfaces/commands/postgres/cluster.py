"""One PostgreSQL cluster in a folder: made, started, stopped, removed.

It listens on 127.0.0.1 only and asks every role for its password. Functions that change something lock the
folder first, so two processes may ask for the same at once.
"""

from __future__ import annotations

import random
import secrets
import shutil
import socket
from dataclasses import dataclass, replace
from pathlib import Path

from samvirke.surfaces.commands.postgres import databases, processes, roles, system
from samvirke.surfaces.commands.postgres.errors import NoDatabaseError, PostgresError
from samvirke.surfaces.commands.postgres.folder import (
    State,
    locked,
    read_passwords,
    read_state,
    short_name,
    write_passwords,
    write_state,
)

# Small on purpose: one machine, short statements, containers with a small /dev/shm.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "512MB",
    "max_parallel_workers_per_gather": "0",
}
_PORTS = range(20_000, 32_000)  # below the ports that systems hand out to outgoing connections


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster as it is at this moment."""

    folder: Path
    data: Path
    log: Path
    port: int
    simulated: bool
    running: bool


def init(folder: Path, *, simulated: bool) -> Cluster:
    """Make a cluster with Samvirke's roles and an empty database, and leave it running.

    Raises PostgresError when the folder already holds one.
    """
    folder = folder.resolve()
    with locked(folder):
        if (folder / "state.json").exists():
            raise PostgresError(
                f"There is already a database in {folder}. Use it with `samvirke db start`, "
                "or replace it by a new and empty one with `samvirke db reset`."
            )
        return _init(folder, simulated=simulated)


def ensure(folder: Path, *, simulated: bool) -> Cluster:
    """A running cluster in the folder, made when absent and otherwise kept with all it holds.

    Raises PostgresError when the one that is there runs by the other kind of clock.
    """
    folder = folder.resolve()
    with locked(folder):
        try:
            state = read_state(folder)
        except NoDatabaseError:
            return _init(folder, simulated=simulated)
        if state.simulated != simulated:
            clock = "a simulated" if state.simulated else "an ordinary"
            raise PostgresError(
                f"The database in {folder} has {clock} clock. Remove the folder's database with "
                "`samvirke db reset`, or use another folder."
            )
        return _start(folder)


def start(folder: Path) -> Cluster:
    """Start the cluster; one that runs already is left alone.

    Raises NoDatabaseError, or PostgresError with the log's last lines.
    """
    folder = folder.resolve()
    read_state(folder)
    with locked(folder):
        return _start(folder)


def stop(folder: Path) -> Cluster:
    """Stop the cluster, ending open connections; one that does not run is left alone."""
    folder = folder.resolve()
    state = read_state(folder)
    with locked(folder):
        _stop(state.data)
    return status(folder)


def reset(folder: Path) -> Cluster:
    """Throw everything away and make a new and empty cluster of the same kind, with new passwords."""
    folder = folder.resolve()
    with locked(folder):
        simulated = read_state(folder).simulated
        _remove(folder)
        return _init(folder, simulated=simulated)


def remove(folder: Path) -> None:
    """Stop the cluster and delete all of it, also what root keeps outside the folder."""
    folder = folder.resolve()
    with locked(folder):
        _remove(folder)


def status(folder: Path) -> Cluster:
    """The cluster as it is now. Raises NoDatabaseError when there is none."""
    folder = folder.resolve()
    state = read_state(folder)
    return Cluster(
        folder=folder,
        data=state.data,
        log=state.log,
        port=state.port,
        simulated=state.simulated,
        running=bool(processes.postmasters(state.data)),
    )


def _init(folder: Path, *, simulated: bool) -> Cluster:
    home = system.home_for(folder)
    _clear(home)  # what an interrupted `init` left
    run = system.make_home(home)
    passwords = {role: secrets.token_urlsafe(24) for role in ("postgres", *roles.ROLES)}
    write_passwords(folder, passwords)
    draft = State(
        home=str(home),
        name=f"data-{secrets.token_hex(4)}",
        port=_free_port(),
        simulated=simulated,
        version=system.programs_version(),
    )
    _make_data(draft, run=run, password=passwords["postgres"])
    state = _launch(draft, run=run)
    roles.make_roles(passwords, port=state.port)
    databases.make(roles.DATABASE, state=state, password=passwords["postgres"], template=None)
    write_state(folder, state)  # last, so that a folder with a state holds a whole cluster
    return status(folder)


def _make_data(state: State, *, run: system.Runner, password: str) -> None:
    secret = Path(state.home) / "superuser.draft"
    secret.touch(mode=0o600)
    run.own(secret)
    secret.write_text(password, encoding="utf-8")
    words = ["--pgdata", str(state.data), "--username", "postgres", "--pwfile", str(secret)]
    words += ["--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C"]
    try:
        done = run.run("initdb", words)
    finally:
        secret.unlink()
    if done.returncode != 0:
        raise PostgresError(f"PostgreSQL's data folder {state.data} could not be made: {done.stdout.strip()}")
    with (state.data / "postgresql.conf").open("a", encoding="utf-8") as settings:  # `initdb --set` is of 16
        settings.writelines(f"{name} = '{value}'\n" for name, value in _SETTINGS.items())


def _start(folder: Path) -> Cluster:
    state = read_state(folder)
    if not state.data.exists():
        raise PostgresError(
            f"The data folder {state.data} is gone although {folder} remembers it. "
            "Restore it from a backup, or make a new and empty database with `samvirke db reset`."
        )
    installed = system.programs_version()
    if state.version.split(".")[0] != installed.split(".")[0]:
        raise PostgresError(
            f"The database in {folder} was made by PostgreSQL {state.version}, and {installed} is installed, "
            "which cannot read it. Install the older version, or start anew with `samvirke db reset`."
        )
    if not processes.postmasters(state.data):
        started = _launch(state, run=system.runner(Path(state.home)))
        if started != state:
            write_state(folder, started)
    _make_new_roles(folder)
    return status(folder)


def _make_new_roles(folder: Path) -> None:
    """A cluster that an earlier version made gets the roles that have come since."""
    state, passwords = read_state(folder), read_passwords(folder)
    new = {role: secrets.token_urlsafe(24) for role in roles.ROLES if role not in passwords}
    if new:
        roles.make_roles({**passwords, **new}, port=state.port)
        roles.grant_in(roles.DATABASE, port=state.port, password=passwords["postgres"])
        write_passwords(folder, {**passwords, **new})


def _launch(state: State, *, run: system.Runner) -> State:
    """Start the server; returns the state with the port it got."""
    _forget_dead_server(state)
    for _ in range(3):
        if not _is_free(state.port):
            state = replace(state, port=_free_port())
        options = f"-p {state.port} -c cluster_name={_cluster_name(state.data)}"
        words = ["start", "-w", "-t", "60", "-s", "-D", str(state.data), "-l", str(state.log), "-o", options]
        done = run.run("pg_ctl", words)
        if done.returncode == 0:
            return state
        if _is_free(state.port):  # otherwise somebody took the port meanwhile: try another
            break
    raise PostgresError(
        f"PostgreSQL did not start over {state.data}: {done.stdout.strip()} {_last_lines(state.log)} "
        f"The whole log is {state.log}."
    )


def _forget_dead_server(state: State) -> None:
    """Delete the process id that a killed server left, once none of its children can still write."""
    left = processes.wait_for_end(_cluster_name(state.data), seconds=20)
    if left:
        raise PostgresError(
            f"The server over {state.data} is gone, but its processes {left} still run. "
            "Wait a moment and try again, or end them first."
        )
    (state.data / "postmaster.pid").unlink(missing_ok=True)


def _stop(data: Path) -> None:
    if not processes.postmasters(data):
        return
    words = ["stop", "-w", "-t", "60", "-s", "-m", "fast", "-D", str(data)]
    done = system.runner(data.parent).run("pg_ctl", words)
    if done.returncode != 0 and processes.postmasters(data):
        raise PostgresError(f"PostgreSQL over {data} did not stop: {done.stdout.strip()} Try again.")
    processes.wait_for_end(_cluster_name(data), seconds=20)


def _remove(folder: Path) -> None:
    try:
        home = Path(read_state(folder).home)
    except NoDatabaseError:
        home = system.home_for(folder)
    left = _clear(home)
    if left:
        raise PostgresError(f"{left[0]} could not be deleted. Run this as the user who made the database.")
    if home != folder:
        shutil.rmtree(home, ignore_errors=True)
    for name in ("state.json", "passwords.json"):
        (folder / name).unlink(missing_ok=True)


def _clear(home: Path) -> list[Path]:
    """Stop and delete what clusters lie in `home`; returns what could not be deleted."""
    for data in home.glob("data-*"):
        _stop(data)
        shutil.rmtree(data, ignore_errors=True)
    (home / "postgres.log").unlink(missing_ok=True)
    return list(home.glob("data-*"))


def _cluster_name(data: Path) -> str:
    return f"samvirke-{short_name(data)}"


def _free_port() -> int:
    for port in random.SystemRandom().sample(_PORTS, 200):
        if _is_free(port):
            return port
    raise PostgresError("No free port was found on 127.0.0.1 for PostgreSQL. Stop some other server first.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server itself does
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _last_lines(log: Path) -> str:
    try:
        return " ".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])
    except OSError:
        return ""
