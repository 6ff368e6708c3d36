"""What stands around the program: its command line, and the variables of its environment."""

from __future__ import annotations

from collections.abc import Iterator

import click

from manual.markdown import code, page, table
from samvirke.config.environment import KNOWN
from samvirke.surfaces.commands import main

WIDTH = 100


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
    """Every variable the code reads."""
    return page(
        "Environment variables",
        "Everything that may differ between places. An odd value is refused, never guessed. A password may "
        "instead lie in a file, named by the variable with `_FILE`.",
        table(["variable", "meaning"], [[code(name), KNOWN[name]] for name in sorted(KNOWN)]),
    )
