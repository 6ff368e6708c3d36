"""A group of commands that imports a command's module only when that command is called.

So the insight tower's commands import no Django, and help is quick.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click


@dataclass(frozen=True, slots=True)
class Later:
    """A command that is not imported yet.

    `target` is module:attribute; `summary` is its line in the help; `extra` is the part of Samvirke that must
    be installed; with `django` Django is set up before the module is imported, so it may import models.
    """

    target: str
    summary: str
    extra: str
    django: bool = False


class LazyGroup(click.Group):
    """A click group with commands for later besides its ordinary ones."""

    def __init__(self, *arguments: Any, later: Mapping[str, Later], **words: Any) -> None:
        super().__init__(*arguments, **words)
        self.later = later

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, none imported."""
        return sorted({*super().list_commands(ctx), *self.later})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now. Raises ClickException when the part it needs is not installed."""
        entry = self.later.get(cmd_name)
        return super().get_command(ctx, cmd_name) if entry is None else _load(cmd_name, entry)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help's list of commands from the summaries, without an import."""
        rows = [(name, self._summary(name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def _summary(self, name: str) -> str:
        entry = self.later.get(name)
        return self.commands[name].get_short_help_str(100) if entry is None else entry.summary


def _load(name: str, entry: Later) -> click.Command:
    module, _, attribute = entry.target.partition(":")
    try:
        if entry.django:
            import_module("samvirke.surfaces.commands.service").ready()
        command = getattr(import_module(module), attribute)
    except ModuleNotFoundError as problem:
        if problem.name is None or problem.name.partition(".")[0] == "samvirke":
            raise
        raise click.ClickException(
            f"`{name}` needs {problem.name}, which is not installed. "
            f"Install that part of Samvirke with: pip install 'samvirke[{entry.extra}]'."
        ) from problem
    if not isinstance(command, click.Command):
        raise TypeError(f"{entry.target} is not a command")
    return command
