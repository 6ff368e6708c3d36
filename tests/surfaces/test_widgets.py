"""Widgets are what Django writes, character by character."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from samvirke.surfaces.components.widgets import Widgets

ODD = """<b>"'&amp;æ"""
CHOICES = [("", "---"), ("1", ODD), (2, gettext_lazy("Work")), ("3", mark_safe("<i>x</i>"))]
GROUPS = [("Group <", [("1", "one"), ("2", "two")]), ("3", "three")]
ATTRS = {
    "class": "ds-input",
    "rows": 4,
    "required": True,
    "disabled": False,
    "data-x": ODD,
    "data-y": mark_safe("<u>"),
}
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.TextInput(ATTRS), ODD),
    (forms.TextInput(), None),
    (forms.TextInput(), ""),
    (forms.NumberInput(ATTRS), 12345),
    (forms.NumberInput(), 0),
    (forms.HiddenInput(), 7),
    (forms.EmailInput(), "a@example.no"),
    (forms.DateInput(ATTRS), date(2026, 3, 1)),
    (forms.Textarea(ATTRS), ODD),
    (forms.Textarea(), None),
    (forms.Textarea(), mark_safe("<p>")),
    (forms.Select(ATTRS, CHOICES), "1"),
    (forms.Select(None, CHOICES), None),
    (forms.Select(None, GROUPS), "2"),
    (forms.SelectMultiple(None, CHOICES), ["1", "3"]),
    (forms.RadioSelect(None, CHOICES), "1"),
    (forms.CheckboxInput(), True),
    (forms.FileInput(), None),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS, ids=lambda one: type(one).__name__)
def test_a_widget_is_what_django_writes(widget: forms.Widget, value: Any) -> None:
    ours = widget.render(ODD, value, {"id": "id_x"}, renderer=Widgets())
    assert ours == widget.render(ODD, value, {"id": "id_x"}, renderer=DjangoTemplates())


def test_forms_of_pages_are_written_so() -> None:
    assert isinstance(get_default_renderer(), Widgets)
