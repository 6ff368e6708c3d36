"""A paper as Markdown. What nobody has configured is a marked blank, and counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from django.template import Context, Engine
from django.utils.translation import override

from samvirke.surfaces.papers.configured import Configured
from samvirke.surfaces.papers.truths import HARMS, MEASURES, WINDOWS
from samvirke.surfaces.templatetags.papers import BLANK

EMPTY_LINES = re.compile(r"\n{3,}")


class Paper(StrEnum):
    """The papers there are."""

    ARRANGEMENT = "arrangement"
    RECORD = "record"
    DPIA = "dpia"


@dataclass(frozen=True, slots=True)
class Written:
    """A paper, and how many blanks somebody has to fill."""

    text: str
    blanks: int


def write(paper: Paper, found: Configured, *, language: str) -> Written:
    """The paper in a language. Names are set so that they cannot become headings, tables or links."""
    values = {
        "found": found,
        "measures": tuple(MEASURES.values()),
        "harms": HARMS,
        "windows": tuple(WINDOWS.values()),
    }
    template = Engine.get_default().get_template(f"papers/{paper}.md")
    with override(language):
        text = template.render(Context(values, autoescape=False))
    return Written(EMPTY_LINES.sub("\n\n", text).strip() + "\n", text.count(BLANK))
