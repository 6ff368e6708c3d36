"""The forms of an import: a file, which of its columns is what, and how it is taken in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.exchange.inbox.fields import shortened
from samvirke.exchange.inbox.types import Mode
from samvirke.exchange.systems.follow_up.columns import (
    CODED,
    FIELDS,
    REQUIRED,
    Columns,
    DateFormat,
    plain_code,
    usual_codes,
)
from samvirke.exchange.uploads.types import LARGEST
from samvirke.surfaces.components.fields import INPUT, choice_field
from samvirke.surfaces.components.import_labels import DATE_FORMAT, IMPORT_FIELD
from samvirke.surfaces.components.import_parts import CODES_OF

MOST_CODES = 30  # different values of one column that are asked about
SAMPLES = 3
MEGABYTES = LARGEST // 1024 // 1024
NOT_IN_THE_LIST = ("", _("Not in the list"))
LEFT_OUT = ("", _("Refuse rows that say this"))


def code_name(field: str, theirs: str) -> str:
    """The name of the form's field that asks what a word of theirs means."""
    return f"code_{field}_{sha256(plain_code(theirs).encode()).hexdigest()[:12]}"


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("The file"),
        error_messages={
            "required": _("Choose the file first."),
            "empty": _("The file is empty. Choose the list as it was saved."),
        },
        widget=forms.ClearableFileInput(attrs=INPUT),
    )

    def __init__(self, *args: Any, suffixes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = ", ".join(suffix.removeprefix(".").upper() for suffix in suffixes)
        text = gettext("%(kinds)s, at most %(megabytes)d MB.")
        self.fields["file"].help_text = text % {"kinds": kinds, "megabytes": MEGABYTES}
        self.fields["file"].widget.attrs["accept"] = ",".join(suffixes)


class TakeInForm(forms.Form):
    """What becomes of the good rows where others are refused."""

    mode = forms.ChoiceField(
        label=_("How is the file taken in?"),
        choices=[
            (Mode.GOOD_ROWS_ONLY, _("Only the good rows. Refused rows are left out.")),
            (Mode.ALL_OR_NOTHING, _("All or nothing. One refused row keeps the whole file out.")),
        ],
        error_messages={"required": _("Choose how the file is taken in.")},
        widget=forms.RadioSelect(attrs=INPUT),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One of our fields: its column, what stands there, and what the codes in it mean."""

    name: str
    column: forms.BoundField
    asked: str  # the column whose codes are asked about
    samples: tuple[str, ...]
    codes: tuple[forms.BoundField, ...]

    @property
    def is_held(self) -> bool:
        """Whether a column is chosen, has to be, or something is wrong."""
        return bool(self.column.value() or self.column.field.required or self.column.errors)

    @property
    def is_open(self) -> bool:
        """Whether somebody has to say what a word means."""
        return bool(self.column.errors) or not all(code.value() for code in self.codes)


class ColumnsForm(forms.Form):
    """Which column is what, how days are written, and what codes mean."""

    date_format = choice_field(
        _("How does the list write a day?"),
        _("Choose how the list writes a day."),
        DATE_FORMAT.items(),
        help_text=_("It counts for days that are text; days of a spreadsheet are read as they are."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        chosen: Columns,
    ) -> None:
        said = dict(data.items()) if data is not None else None
        super().__init__(said)
        self.said = said if said is not None else {}
        self.initial["date_format"] = chosen.date_format.value
        self.rows, self.headings, self.chosen = rows, headings, chosen
        for field in FIELDS:
            self.fields[f"column_{field}"] = self._column(field)
        for field in CODED:
            for theirs in self._asked_about(self._heading(field)):
                self._add_code(field, theirs)
        self.order_fields([*(f"column_{field}" for field in FIELDS), "date_format"])

    def lines(self) -> Iterator[Line]:
        """Our fields in their order."""
        for field in FIELDS:
            codes = [self[name] for name in self.fields if name.startswith(f"code_{field}_")]
            heading = self._heading(field)
            samples = tuple(shortened(one) for one in self._values(heading)[:SAMPLES])
            asked = heading if field in CODED else ""
            yield Line(field, self[f"column_{field}"], asked, samples, tuple(codes))

    def columns(self) -> Columns:
        """What was chosen."""
        headings = {field: self.cleaned_data[f"column_{field}"] for field in FIELDS}
        headings = {field: heading for field, heading in headings.items() if heading}
        codes = {field: self._codes(field) for field in CODED if field in headings}
        return Columns(headings, DateFormat(self.cleaned_data["date_format"]), codes)

    def clean(self) -> dict[str, Any]:
        """A column that is chosen anew shows what stands in it before it counts."""
        for field in CODED:
            heading = self.cleaned_data.get(f"column_{field}", "")
            asked = self.data.get(f"asked_{field}", "")
            if heading and heading != asked and self._unknown(field, heading):
                text = _("Say below what the words in “%(column)s” mean, then save again.")
                self.add_error(
                    f"column_{field}", forms.ValidationError(text, params={"column": shortened(heading)})
                )
        return self.cleaned_data

    def _heading(self, field: str) -> str:
        if self.is_bound:
            return str(self.data.get(f"column_{field}", ""))
        return self.chosen.headings.get(field, "")

    def _column(self, field: str) -> forms.ChoiceField:
        known = self.chosen.headings.get(field, "")
        required = _("Choose the column for “%(field)s”. Every list must hold it.")
        return forms.ChoiceField(
            label=str(IMPORT_FIELD[field]),
            required=field in REQUIRED,
            choices=[NOT_IN_THE_LIST, *((name, shortened(name)) for name in self.headings)],
            initial=known if known in self.headings else "",
            error_messages={
                "required": required % {"field": IMPORT_FIELD[field]},
                "invalid_choice": _("The file has no such column. Choose again."),
            },
            widget=forms.Select(attrs=INPUT),
        )

    def _add_code(self, field: str, theirs: str) -> None:
        words, name = CODES_OF[field], code_name(field, theirs)
        known = self.chosen.code(field).get(plain_code(theirs), "")
        self.fields[name] = forms.ChoiceField(
            label=shortened(theirs),
            required=False,
            choices=[LEFT_OUT, *((ours, words[ours]) for ours in CODED[field])],
            initial=known,
            widget=forms.Select(attrs=INPUT),
        )
        self.said.setdefault(name, known)  # of a column that was not shown before

    def _codes(self, field: str) -> dict[str, str]:
        """The usual words, and what was said of those in the list."""
        known = usual_codes(field) | dict((self.chosen.codes or {}).get(field, {}))
        codes = {plain_code(theirs): ours for theirs, ours in known.items()}
        for theirs in self._asked_about(self._heading(field)):
            codes[plain_code(theirs)] = self.cleaned_data.get(code_name(field, theirs), "")
        return {theirs: ours for theirs, ours in codes.items() if ours}

    def _unknown(self, field: str, heading: str) -> bool:
        """Whether the column holds a word that nobody has been asked about."""
        known = self.chosen.code(field)
        return any(plain_code(one) not in known for one in self._asked_about(heading))

    def _asked_about(self, heading: str) -> list[str]:
        return self._values(heading)[:MOST_CODES]

    def _values(self, heading: str) -> list[str]:
        """The different values of a column in the first rows, as they come."""
        if heading not in self.headings:
            return []
        place = list(self.headings).index(heading)
        found: dict[str, str] = {}
        for row in self.rows:
            text = row[place].strip() if place < len(row) else ""
            if text:
                found.setdefault(plain_code(text), text)
        return list(found.values())
