"""Whoever locks a row asks the gate after it: while it waited, an access may have ended."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOMS = Path(__file__).resolve().parents[2] / "src" / "samvirke"
ASKS = {"require", "require_role", "_require_each", "_check_works_with"}
ELSEWHERE: Mapping[str, str] = {
    "agencies.posts._in_use": "a command of the administrator, who is asked nothing; a post is no person",
    "assessments.loading.load": "an instrument is nobody's; an administrator loads it as the owner",
    "coordination.follow_ups.note_call": "`_of_team`, which is called next, locks and asks",
    "interventions.operations._take_place": "a place is nobody's; who gets it was locked and asked before",
    "people.undo._lock": "`_newest_changes`, which is called next, asks which are still the viewer's",
    "plan.operations.state": "`writable`, which is called next, asks",
    "plan.versions.fix": "the same",
    "plan.versions.answer": "the same",
    "plan.actions.change": "`_to_change`, which is called next, locks and asks",
}


def functions() -> Iterator[tuple[str, ast.FunctionDef, set[str]]]:
    """Every function of a room, with the names of SQL there that locks."""
    for path in sorted(ROOMS.glob("*/*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        locking = {
            target.id
            for node in tree.body
            if isinstance(node, ast.Assign) and "FOR UPDATE" in ast.unparse(node.value)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.parent.name}.{path.stem}.{node.name}", node, locking


def locks(function: ast.FunctionDef, locking: set[str]) -> list[int]:
    """The lines on which it locks."""
    return [
        node.lineno
        for node in ast.walk(function)
        if (isinstance(node, ast.Attribute) and node.attr == "select_for_update")
        or (isinstance(node, ast.Name) and node.id in locking)
    ]


def asks(function: ast.FunctionDef) -> list[int]:
    """The lines on which it asks."""
    return [
        node.lineno
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ASKS
    ]


def unasked() -> set[str]:
    """Functions that lock, and do not ask after it."""
    return {
        name
        for name, function, locking in functions()
        if (found := locks(function, locking)) and max(found) > max(asks(function), default=0)
    }


def test_whoever_locks_asks_after_it() -> None:
    assert unasked() == ELSEWHERE.keys()
    assert len([name for name, function, locking in functions() if locks(function, locking)]) > 20
