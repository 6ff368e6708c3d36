"""What stands around the program: its command line, and the variables of its environment."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from manual.markdown import PACKAGE, code, page, table
from samvirke.surfaces.commands import main
from samvirke.surfaces.commands.postgres import ROLES
from samvirke.surfaces.commands.postgres.roles import password_variable

VARIABLE = re.compile(r"SAMVIRKE_[A-Z][A-Z_]*[A-Z]")
WIDTH = 100


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable, as the code reads it."""

    name: str
    meaning: str
    default: str
    module: str


def command_line() -> str:
    """The help of every command."""
    return page(
        "Command line",
        "`samvirke COMMAND --help` says the same.",
        *(f"## {path}\n\n```text\n{said}\n```" for path, said in _helps(main, "samvirke", None)),
    )


def _helps(command: click.Command, path: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    context = click.Context(command, info_name=path.rpartition(" ")[2], parent=parent, terminal_width=WIDTH)
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _helps(below, f"{path} {name}", context)


def environment() -> str:
    """Every variable the code reads, with the comment that stands where it is read."""
    found = [[code(one.name), one.meaning, code(one.default), code(one.module)] for one in variables()]
    return page(
        "Environment variables",
        "Everything that may differ between places. An odd value is refused, never guessed.",
        table(["variable", "meaning", "default", "read in"], found),
    )


def variables() -> list[Variable]:
    """By name; a variable that several modules read is described where it has most to say."""
    found: dict[str, Variable] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for one in _read_in(path):
            if one.name not in found or len(one.meaning) > len(found[one.name].meaning):
                found[one.name] = one
    for role in ROLES:
        name = password_variable(role)
        meaning = f"password of the database role {role}, where the database stands elsewhere"
        found[name] = Variable(name, meaning, "", "surfaces.commands.postgres.roles")
    return [found[name] for name in sorted(found)]


def _read_in(path: Path) -> Iterator[Variable]:
    text = path.read_text(encoding="utf-8")
    if "SAMVIRKE_" not in text:
        return
    comments = _comments(text)
    module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    for node in ast.walk(ast.parse(text)):
        name = _named(node)
        if name and isinstance(node, ast.expr | ast.stmt):
            lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            meaning = next((comments[line] for line in lines if line in comments), "")
            yield Variable(name, meaning, _default(node), module)


def _named(node: ast.AST) -> str:
    """The variable that a call or a look-up reads, or that a constant names."""
    match node:
        case ast.Call(args=[ast.Constant(value=str(name)), *_]) if VARIABLE.fullmatch(name):
            return name
        case ast.Subscript(slice=ast.Constant(value=str(name))) if VARIABLE.fullmatch(name):
            return name
        case ast.Assign(value=ast.Constant(value=str(name))) if VARIABLE.fullmatch(name):
            return name
    return ""


def _default(node: ast.AST) -> str:
    """What holds without it."""
    if not isinstance(node, ast.Call):
        return ""
    keywords = [keyword.value for keyword in node.keywords if keyword.arg == "default"]
    given = [*node.args[1:2], *keywords]
    return ast.unparse(given[0]) if given else ""


def _comments(text: str) -> dict[int, str]:
    """The comments at the end of lines of code, by line."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    lines = text.splitlines()
    return {
        token.start[0]: token.string.lstrip("# ")
        for token in tokens
        if token.type == tokenize.COMMENT and lines[token.start[0] - 1].split("#")[0].strip()
    }
