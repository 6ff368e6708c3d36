"""How much of the cooperation has been evaluated: reports against money, and years without an evaluation.

Both are computed from the records, never typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from samvirke.evidence.records import Cooperation, Money, Record
from samvirke.evidence.register import Register
from samvirke.evidence.words import Form, Method

LONG = 5  # years in use without an effect evaluation, after which a commissioner is told


@dataclass(frozen=True, slots=True)
class Covered:
    """One form of cooperation in one record: its money, its reports, and reports per million."""

    record_id: str
    form: Form
    money: Money
    reports: int

    @property
    def per_million(self) -> float:
        """Reports for each million spent in that year."""
        return self.reports / self.money.millions


@dataclass(frozen=True, slots=True)
class Unevaluated:
    """A form in use that no effect evaluation in the register has looked at for so many years.

    `counted_from` is the year of the last effect evaluation, or, without one, the year the form began.
    """

    record_id: str
    form: Form
    counted_from: int
    was_evaluated: bool
    years: int


def coverage(register: Register) -> tuple[Covered, ...]:
    """Money and reports of each form of which both are known, most money first."""
    found = [
        Covered(record.id, told.form, told.money, told.reports)
        for record, told in _told(register)
        if told.money is not None and told.reports is not None
    ]
    return tuple(sorted(found, key=lambda one: -one.money.millions))


def unevaluated(register: Register, *, this_year: int) -> tuple[Unevaluated, ...]:
    """Forms still in use without an effect evaluation for `LONG` years or more, the longest first."""
    evaluated = _last_effect_evaluations(register)
    found: dict[Form, Unevaluated] = {}
    for record, told in _told(register):
        last = evaluated.get(told.form)
        counted_from = told.since if last is None else last
        if counted_from is None or (told.until is not None and told.until <= this_year):
            continue
        one = Unevaluated(record.id, told.form, counted_from, last is not None, this_year - counted_from)
        if one.years >= LONG:
            found.setdefault(told.form, one)
    return tuple(sorted(found.values(), key=lambda one: (-one.years, one.form)))


def _told(register: Register) -> Iterator[tuple[Record, Cooperation]]:
    for filed in register.filed:
        for told in filed.record.cooperations:
            yield filed.record, told


def _last_effect_evaluations(register: Register) -> dict[Form, int]:
    """The latest year of an effect evaluation of each form; of a reviewed one, the year it was reviewed."""
    years: dict[Form, int] = {}
    for filed in register.filed:
        report = filed.record.report
        forms = {form for form in report.forms if Method.EFFECT_EVALUATION in report.methods}
        forms |= {
            told.form
            for told in filed.record.cooperations
            if any(reviewed.method is Method.EFFECT_EVALUATION for reviewed in told.reviewed)
        }
        year = report.year
        if year is not None:
            years |= {form: max(years.get(form, year), year) for form in forms}
    return years
