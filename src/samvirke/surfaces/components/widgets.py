"""The commonest widgets, written without templates: one for each attribute of each choice took a page's time.

What is written is what Django's own templates write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]


class Widgets(DjangoTemplates):
    """Django's form renderer, with a shorter way for inputs, texts and lists of choices without groups."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        """The widget as HTML."""
        widget = context.get("widget", {})
        if template_name == SELECT and not any(name for name, _, _ in widget["optgroups"]):
            return mark_safe(_select(widget))
        if template_name in WRITTEN:
            return mark_safe(WRITTEN[template_name](widget))
        return mark_safe(super().render(template_name, context, request))


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{escape(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{escape(widget["name"])}"{value}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    value = escape(widget["value"] or "")
    return f'<textarea name="{escape(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'


def _select(widget: Widget) -> str:
    choices = "".join(f"\n  {_choice(one)}\n" for _, group, _ in widget["optgroups"] for one in group)
    return f'<select name="{escape(widget["name"])}"{_attributes(widget)}>{choices}\n</select>'


def _choice(widget: Widget) -> str:
    label = escape(widget["label"])
    return f'<option value="{escape(widget["value"])}"{_attributes(widget)}>{label}</option>'


def _attributes(widget: Widget) -> str:
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


SELECT = "django/forms/widgets/select.html"
WRITTEN: Mapping[str, Callable[[Widget], str]] = {
    "django/forms/widgets/textarea.html": _textarea,
    **{f"django/forms/widgets/{kind}.html": _input for kind in ("text", "date", "number", "hidden", "email")},
}
