"""The demonstration's two processes: one knows the service tower, the other files alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from samvirke.surfaces.commands.demo import aside

INSIGHT = {"pandas", "ibis", "scipy", "altair", "vl_convert"}
PROBE = """
import json, sys
from samvirke.surfaces.commands import service
service.ready()
import samvirke.surfaces.commands.demo.main_job
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_the_process_that_plays_imports_none_of_the_insight_libraries() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    modules = set(json.loads(done.stdout))
    assert "django" in modules
    assert not modules & INSIGHT


def test_what_goes_wrong_aside_is_told_here(tmp_path: Path) -> None:
    with aside.insight() as insight, pytest.raises(Exception, match=r"statistics\.json"):
        insight("findings", tmp_path).result()
