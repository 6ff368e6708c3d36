"""Which migrations would stop a running service, or break the version before: squawk reads their SQL."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

# What squawk asks for beside what stops a service. Each with the reason why it is not asked here.
NOT_ASKED = {
    "require-lock-timeout": "`samvirke db migrate` sets it for all",
    "require-statement-timeout": "a migration of many rows may take its time, once it waits for nobody",
    "prefer-text-field": "Django's own tables and the queue's have varying",
    "prefer-bigint-over-int": "bit masks and small counts are int4 on purpose",
    "prefer-bigint-over-smallint": "a year fits in int2",
    "prefer-identity": "the queue's own tables have serials",
}


def squawk(sql: str) -> set[str]:
    """The rules that a script breaks."""
    program = shutil.which("squawk", path=str(Path(sys.executable).parent))
    assert program is not None, "squawk is not installed; run `make setup`"
    words = [program, "--pg-version=15.0", "--reporter=json"]
    words += [f"--exclude={','.join(NOT_ASKED)}"]
    done = subprocess.run(words, input=sql, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return {finding["rule_name"] for finding in json.loads(done.stdout or "[]")}


def sql_of(room: str, name: str) -> str:
    """What a migration runs."""
    out = StringIO()
    call_command("sqlmigrate", room, name, database="owner", stdout=out, no_color=True)
    return out.getvalue()


def ours() -> list[tuple[str, str]]:
    """Room and name of every migration of ours."""
    found = MigrationLoader(None).disk_migrations.items()
    return sorted(key for key, migration in found if migration.__module__.startswith("samvirke."))
