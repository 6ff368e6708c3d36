"""Commands: `samvirke` on the command line.

In:  words on a command line.   Out: a line of text, a file, an exit code.
Never: a rule of its own; and this module and `lazy` import nothing of either tower.
"""

from __future__ import annotations

import click

from samvirke.surfaces.commands.lazy import Later, LazyGroup

_HERE = "samvirke.surfaces.commands"


@click.group(
    cls=LazyGroup,
    later={
        "db": Later(f"{_HERE}.db:db", "Make, start and look after the database.", "service"),
        "demo": Later(f"{_HERE}.demo:demo", "Show all of Samvirke with invented data.", "service"),
        "doctor": Later(f"{_HERE}.doctor:doctor", "Check that everything is in place.", "service"),
        "jobs": Later(
            f"{_HERE}.jobs:jobs", "Tell what is queued, and how jobs ended.", "service", django=True
        ),
        "serve": Later(f"{_HERE}.serve:serve", "Serve the pages.", "service"),
        "work": Later(f"{_HERE}.work:work", "Do the jobs that pages ask for.", "service", django=True),
        "import": Later(f"{_HERE}.imports:import_", "Take in an agency's files.", "service", django=True),
        "deliver": Later(f"{_HERE}.deliver:deliver", "Write a statistics delivery.", "service", django=True),
        "posts": Later(
            f"{_HERE}.posts:posts",
            "Give posts to people, end them, suspend them.",
            "service",
            django=True,
        ),
        "instruments": Later(
            f"{_HERE}.instruments:instruments", "Load instruments for assessments.", "service", django=True
        ),
        "programmes": Later(
            f"{_HERE}.programmes:programmes", "Read in programmes from their papers.", "service", django=True
        ),
        "papers": Later(
            f"{_HERE}.papers:papers",
            "Write what data-protection law asks for.",
            "service",
            django=True,
        ),
        "agencies": Later(
            f"{_HERE}.agencies:agencies", "State how agencies show their workers.", "service", django=True
        ),
        "audit": Later(f"{_HERE}.audit:audit", "Verify the access log.", "service", django=True),
        "evidence": Later(f"{_HERE}.evidence:evidence", "Read and keep the register of evidence.", "insight"),
        "statistics": Later(f"{_HERE}.insight:statistics", "Make the statistics of a delivery.", "insight"),
        "evaluate": Later(f"{_HERE}.insight:evaluate", "Evaluate by a registered protocol.", "insight"),
        "tertial": Later(
            f"{_HERE}.tertial:tertial", "Write a tertial report of several deliveries.", "insight"
        ),
        "indicators": Later(f"{_HERE}.tertial:indicators", "Tell what each indicator is.", "insight"),
    },
)
@click.version_option(package_name="samvirke")
def main() -> None:
    """Samvirke: one plan around a person or family, and figures about whether it helps."""
