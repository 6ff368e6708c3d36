"""Filters of the papers: a name in Markdown, a law, and a blank that somebody has to fill."""

from __future__ import annotations

import re

from django import template
from django.utils.translation import gettext as _

from samvirke.statutes import policies
from samvirke.statutes.provisions import Provision

register = template.Library()
BLANK = "**\N{LOWER RIGHT PENCIL} "
MARKS = re.compile(r"([\\`*_\[\]<>|~])")


@register.filter
def plain(text: object) -> str:
    """A name or title on one line, without anything that Markdown takes for its own."""
    return MARKS.sub(r"\\\1", " ".join(str(text).split()))


@register.filter
def blank(what: str) -> str:
    """A place that somebody has to fill in."""
    return f"{BLANK}{_('To be filled in:')} {what}**"


@register.filter
def law(provision: Provision) -> str:
    """The law it is, once compared with the law itself; a blank before."""
    cited = policies.citation(provision)
    return plain(cited) if cited else blank(_("the law, which nobody has compared this with yet"))
