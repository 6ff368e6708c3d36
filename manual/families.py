"""The standing families of the tests: who they are, and what must never be seen by whom."""

from __future__ import annotations

import ast

from manual.markdown import ROOT, page

FAMILIES = ROOT / "tests" / "families.py"
NEVER = "Never:"


def standing() -> str:
    """Each function's docstring, as it stands in the tests."""
    tree = ast.parse(FAMILIES.read_text(encoding="utf-8"))
    found = [
        node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    return page(
        "Standing families",
        "Invented people whom tests meet again and again. Each has something that somebody must never see, "
        "and a test that shows it.",
        *(_section(node) for node in found if NEVER in (ast.get_docstring(node) or "")),
    )


def _section(node: ast.FunctionDef) -> str:
    who, _, never = (ast.get_docstring(node) or "").partition(NEVER)
    title = node.name.replace("_", " ").capitalize()
    return f"## {title}\n\n{who.strip()}\n\n**Never:** {never.strip()}"
