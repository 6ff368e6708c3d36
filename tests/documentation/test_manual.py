"""The manual says what the code says, its pages build, and none of them loads anything from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import families
from manual import gate, states
from manual.markdown import FOLDER, ROOT
from manual.pages import written
from samvirke.gate.access import ACCESS
from samvirke.kernel.states import Lifecycle

FROM_ELSEWHERE = re.compile(
    r"<(?:script|link|img|iframe|source|object)\b[^>]*\b(?:src|href)=\"?(?:https?:)?//"
)


def test_the_reference_is_what_the_code_says_now() -> None:
    """Run `make docs` and commit what it writes."""
    on_disk = {
        path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
        for path in FOLDER.rglob("*")
        if path.is_file()
    }
    expected = written()
    assert sorted(on_disk) == sorted(expected)
    assert [name for name, text in expected.items() if on_disk[name] != text] == []


def test_each_role_of_the_access_table_is_on_its_page() -> None:
    page = gate.access()
    assert [role for role in ACCESS if f"| `{role}` |" not in page] == []


@pytest.mark.parametrize("one", [one for _, one in states.lifecycles()], ids=lambda one: one.of)
def test_every_state_can_be_reached_and_leads_to_states_that_are_there(one: Lifecycle) -> None:
    seen, waiting = {one.begins}, [one.begins]
    while waiting:
        following = set(one.next[waiting.pop()]) - seen
        seen |= following
        waiting += following
    assert seen == set(one.next)


def test_the_lifecycles_are_those_of_the_plan_and_what_surrounds_it() -> None:
    found = {one.of for _, one in states.lifecycles()}
    assert {"Plan", "Action", "Application", "Need", "Handover", "Consent"} <= found
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    assert [of for of in found if f"| {of} |" not in glossary] == []


def test_every_standing_family_says_what_must_never_be_seen() -> None:
    page = (FOLDER / "families.md").read_text(encoding="utf-8")
    made = [name for name, value in vars(families).items() if _is_family(name, value)]
    assert len(made) >= 4
    assert [name for name in made if f"## {name.replace('_', ' ').capitalize()}\n" not in page] == []


def _is_family(name: str, value: object) -> bool:
    return (
        not name.startswith("_")
        and callable(value)
        and getattr(value, "__module__", "") == "families"
        and (not isinstance(value, type))
    )


def test_the_pages_build_and_load_nothing_from_elsewhere(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > len(list((ROOT / "docs").rglob("*.md"))) - 1
    texts = {page.relative_to(tmp_path).as_posix(): page.read_text(encoding="utf-8") for page in pages}
    assert [name for name, text in texts.items() if FROM_ELSEWHERE.search(text)] == []
    assert [name for name, text in texts.items() if 'class="mermaid"' in text] == []  # its script is remote
    assert FROM_ELSEWHERE.search('<script async src="https://example.org/a.js">')
