"""Numbers and dates as a page writes them in each language."""

from __future__ import annotations

from datetime import date

from samvirke.report.catalogue import translator

HIDDEN = ":"  # the sign of official statistics for a number that may not be published
MONTHS = {
    "nb": ("januar", "februar", "mars", "april", "mai", "juni",
           "juli", "august", "september", "oktober", "november", "desember"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}  # fmt: skip


def decimal(value: float, language: str, *, places: int = 2) -> str:
    """A number with decimals: comma in bokmål, a real minus sign, never minus zero."""
    rounded = round(value, places) + 0.0
    text = f"{abs(rounded):.{places}f}"
    sign = "−" if rounded < 0 else ""
    return sign + (text.replace(".", ",") if language == "nb" else text)


def count(value: int | None, language: str) -> str:
    """A count with thousands apart, or the sign for a hidden one."""
    if value is None:
        return HIDDEN
    return f"{value:,}".replace(",", "\u00a0" if language == "nb" else ",")


def percent(share: float | None, language: str) -> str:
    """A share as whole per cent, or the sign for a hidden one."""
    if share is None:
        return HIDDEN
    return f"{round(100 * share)}\u00a0%" if language == "nb" else f"{round(100 * share)}%"


def days(value: int | None, language: str) -> str:
    """A number of days, or the sign for a hidden one."""
    return HIDDEN if value is None else translator(language)("{n} days").format(n=count(value, language))


def day(value: date, language: str) -> str:
    """A date in words."""
    month = MONTHS[language][value.month - 1]
    return f"{value.day}. {month} {value.year}" if language == "nb" else f"{value.day} {month} {value.year}"
