"""The ways out are those declared: in the address table, in what is imported, and in the document."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from django.urls import get_resolver

from proof.channels import declared
from samvirke.surfaces.commands import main
from surfaces.everywhere import routes

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "samvirke"


def imported(source: str) -> Iterator[str]:
    """Every module that a source imports, with those above it."""
    for node in ast.walk(ast.parse(source)):
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        for name in names:
            parts = name.split(".")
            yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def opened_by(modules: set[str], names: set[str]) -> set[str]:
    """The ways out that do not exist, and that these modules or routes would open."""
    words = {word for name in names for word in name.split("_")}
    return {one.name for one in declared.NOT_THERE if one.libraries & modules or one.routes & words}


def test_nothing_opens_a_way_out_that_is_not_declared() -> None:
    modules = {module for path in SOURCE.rglob("*.py") for module in imported(path.read_text("utf-8"))}
    names = {name for name, _ in routes(get_resolver().url_patterns)}
    assert opened_by(modules, names) == set()


@pytest.mark.parametrize(
    ("source", "names", "opened"),
    [
        ("import rest_framework.views", set(), "REST API"),
        ("from django.core import mail", set(), "Mail and text messages"),
        ("from urllib import request", set(), "Webhooks"),
        ("", {"my_stream"}, "Push and live connections"),
    ],
)
def test_one_that_opens_is_found(source: str, names: set[str], opened: str) -> None:
    assert opened_by(set(imported(source)), names) == {opened}


def test_a_declared_file_has_a_route() -> None:
    assert declared.FILES.keys() <= {name for name, _ in routes(get_resolver().url_patterns)}


def commands(one: click.Command, *names: str) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by what is typed after `samvirke`."""
    if not isinstance(one, click.Group):
        yield " ".join(names), one
        return
    context = click.Context(one)
    for name in one.list_commands(context):
        inner = one.get_command(context, name)
        assert inner is not None
        yield from commands(inner, *names, name)


def undeclared(known: dict[str, click.Command]) -> set[str]:
    """Commands that nobody declared, and those that are called quiet and are given a place to write to."""
    declared_ones = {name for one in declared.SWEPT for name in one.commands}
    writing = {
        name
        for name, command in known.items()
        if any(isinstance(taken.type, click.Path) and not taken.type.exists for taken in command.params)
    }
    return (known.keys() - declared_ones - declared.QUIET) | (writing & declared.QUIET)


def test_every_command_is_declared_and_who_writes_is_swept() -> None:
    known = dict(commands(main))
    assert undeclared(known) == set()
    assert {name for one in declared.SWEPT for name in one.commands} | declared.QUIET == known.keys()


@click.command()
@click.option("--out", type=click.Path(dir_okay=False))
def letters(out: str) -> None:
    """A command that writes somewhere."""


@pytest.mark.parametrize(("name", "is_found"), [("letters", True), ("jobs", True), ("papers", False)])
def test_a_command_that_takes_a_place_to_write_to_is_found(name: str, is_found: bool) -> None:
    """Where nobody declared it, and where it was declared quiet."""
    assert undeclared({name: letters}) == ({name} if is_found else set())


def test_the_document_says_the_same() -> None:
    section = (ROOT / "docs" / "security.md").read_text("utf-8").partition("\n## Channels\n")[2]
    table = [line for line in section.partition("\n## ")[0].splitlines() if line.startswith("|")]
    assert table == list(declared.rows())
