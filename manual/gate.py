"""Who may do what: the access table, the verbs, and every sentence that says no."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from django.utils.translation import override

from manual.markdown import PACKAGE, cell, code, first_line, flags, modules, page, room_of, table
from samvirke.gate.access import ACCESS
from samvirke.gate.types import Refusal, Verb
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.surfaces.components import labels


def access() -> str:
    """Role by role, and kind by kind."""
    by_role = [
        [code(role), flags(cell_.reads), flags(cell_.writes), flags(cell_.purposes)]
        for role, cell_ in ACCESS.items()
    ]
    by_kind = [
        [
            str(kind.name).lower(),
            *(
                f"{'r' if kind in one.reads else ''}{'w' if kind in one.writes else ''}"
                for one in ACCESS.values()
            ),
        ]
        for kind in DataKind
    ]
    return page(
        "Access table",
        "What each role may read and write at most, and for which purposes. A basis is needed besides: the "
        "person's own, a consent, the agency's own case, a guardian's, a family's. No answer means no.",
        table(["role", "reads", "writes", "purposes"], by_role),
        "## The same by kind of information",
        "r: may read, w: may write.",
        table(["kind", *ACCESS], by_kind),
        "## Purposes",
        table(["purpose", "as the person reads it"], _words(Purpose, "purpose")),
    )


def _words(members: type[Purpose], code_list: str) -> Iterator[list[str]]:
    with override("en"):
        for member in members:
            yield [str(member.name).lower(), str(labels.words(member, code_list=code_list))]


def verbs() -> str:
    """What each room asks the gate."""
    return page(
        "Verbs",
        "One thing somebody may do with one kind of information. A room asks the gate by its verbs.",
        *(
            f"## {room_of(module)}\n\n{first_line(module)}\n\n"
            + table(["verb", "kind", "writes", "purposes"], _verbs_of(module))
            for module in modules("verbs")
        ),
    )


def _verbs_of(module: ModuleType) -> Iterator[list[str]]:
    for value in vars(module).values():
        if isinstance(value, Verb):
            yield [code(value.code), flags(value.kind), "yes" if value.writes else "", flags(value.purposes)]
        elif inspect.isfunction(value) and value.__module__ == module.__name__:
            verb = value(DataKind.PLAN)
            yield [
                code(verb.code),
                "the kind in question",
                "yes" if verb.writes else "",
                flags(verb.purposes),
            ]


def refusals() -> str:
    """The gate's codes, and each exception of the rooms with its sentence."""
    with override("en"):
        of_gate = [[code(one), str(labels.words(one, code_list="refusal"))] for one in Refusal]
    return page(
        "Refusals",
        "A page about a person answers 404 to a refusal and to something that does not exist, so that "
        "neither tells anything. The access log holds the code.",
        "## The gate",
        table(["code", "sentence"], of_gate),
        *(
            f"## {room}\n\n" + table(["refusal", "when", "sentence"], sorted(found))
            for room, found in _exceptions().items()
        ),
    )


def _exceptions() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        rows = [_row(node, sentence) for node, sentence in _refusals_in(path)]
        if rows:
            found.setdefault(path.relative_to(PACKAGE).parts[0], []).extend(rows)
    return found


def _row(node: ast.ClassDef, sentence: str) -> list[str]:
    return [code(node.name), cell(ast.get_docstring(node) or ""), sentence]


def _refusals_in(path: Path) -> Iterator[tuple[ast.ClassDef, str]]:
    """Exceptions that carry a sentence of their own."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef) and any(_is_exception(base) for base in node.bases):
            sentence = "".join(_sentence(node))
            if sentence:
                yield node, sentence


def _is_exception(base: ast.expr) -> bool:
    return isinstance(base, ast.Name) and base.id.endswith(("Exception", "Error"))


def _sentence(node: ast.ClassDef) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "super().__init__" and call.args:
            yield from _texts(call.args[0])


def _texts(text: ast.expr) -> Iterator[str]:
    match text:
        case ast.Constant(value=str(said)):
            yield said
        case ast.JoinedStr(values=parts):
            for part in parts:
                if isinstance(part, ast.Constant):
                    yield str(part.value)
                elif isinstance(part, ast.FormattedValue):
                    yield f"⟨{ast.unparse(part.value)}⟩"
