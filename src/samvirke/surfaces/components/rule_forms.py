"""The form in which target-group rules are written. What was typed is kept; an error says the line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.programmes.files import SENTENCES, BadFile
from samvirke.surfaces.components.fields import INPUT, TOO_LONG

LONGEST_RULES = 40_000
SHOWN = 60  # of a line that something is wrong with


class RulesForm(forms.Form):
    """The whole text of the rules, so that an expert can copy it, compare it and keep it."""

    text = forms.CharField(
        label=_("The rules"),
        strip=False,
        max_length=LONGEST_RULES,
        error_messages={"required": _("Write the rules before you try them."), "max_length": TOO_LONG},
        widget=forms.Textarea(
            attrs={**INPUT, "rows": 32, "class": "ds-input code", "spellcheck": "false", "wrap": "off"}
        ),
    )
    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput())

    def clean_text(self) -> str:
        """One kind of line end, so that lines are counted as they are seen."""
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n")

    def say(self, bad: BadFile) -> None:
        """Show what is wrong, each with its line, in the reader's language."""
        lines = self.cleaned_data["text"].splitlines()
        for problem in bad.problems:
            params = {
                "line": problem.line,
                "words": Truncator("".join(lines[problem.line - 1 : problem.line]).strip()).chars(SHOWN),
                "what": gettext(SENTENCES[problem.code]).format(**problem.params),
            }
            self.add_error("text", gettext("Line %(line)s, “%(words)s”: %(what)s") % params)

    @classmethod
    def again(cls, data: dict[str, Any], newest: int) -> RulesForm:
        """What was typed, ready to be saved on top of the version that has come meanwhile."""
        return cls(data={**data, "seen_version": newest})
