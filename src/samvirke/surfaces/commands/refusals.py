"""Commands that tell what was refused, why and what to do next, without a trace. Nothing of either tower."""

from __future__ import annotations

import click


def telling(*refusals: type[Exception]) -> type[click.Command]:
    """The class of commands for which these exceptions, which carry a sentence, are the answer."""

    class Telling(click.Command):
        """A refusal becomes one message and exit code 1."""

        def invoke(self, ctx: click.Context) -> object:
            """Run the command."""
            try:
                return super().invoke(ctx)
            except refusals as refusal:
                raise click.ClickException(str(refusal)) from refusal

    return Telling
