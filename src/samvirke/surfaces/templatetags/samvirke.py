"""Filters that put codes, days and message ids into words, and the page's own navigation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext

from samvirke.kernel.week import WeeklyTime
from samvirke.people.types import Places
from samvirke.plan.action_types import Party
from samvirke.plan.types import TeamRow
from samvirke.programmes.overviews import Money
from samvirke.surfaces import languages
from samvirke.surfaces.components import days, labels, navigation, plan_parts

register = template.Library()


@register.filter
def label(code: object, code_list: str) -> str | Promise:
    """The words of a code. An unknown code is an error while we work, and never shown raw to a reader."""
    try:
        return labels.words(code, code_list=code_list)
    except labels.UnknownCode:
        if getattr(settings, "STRICT_LABELS", settings.DEBUG):
            raise
        return gettext("Not named yet")


@register.filter
def or_kind(title: str, agency_kind: str) -> str | Promise:
    """A post's title; the kind of agency where the title would tell a protected place."""
    return title or (label(agency_kind, "agency_kind") if agency_kind else "")


@register.filter
def party_words(party: Party) -> str:
    """One who takes part: title and agency, or the kind of agency."""
    return plan_parts.party_words(party)


@register.filter
def some_unnamed(team: Iterable[TeamRow]) -> bool:
    """Whether somebody of the team is told by the kind of agency alone."""
    return any(not member.post_title for member in team)


@register.filter
def written(places: Places) -> tuple[tuple[str, str], ...]:
    """Those parts of a place that are stated, by their codes."""
    parts = ((code, getattr(places, code)) for code in labels.PLACE)
    return tuple((code, text) for code, text in parts if text)


@register.filter
def labels_of(codes: Any, code_list: str) -> str:
    """The words of several codes, with commas; only the first one begins with a capital letter."""
    words = [str(label(code, code_list)) for code in codes]
    return ", ".join([*words[:1], *(_inside_a_sentence(word) for word in words[1:])])


def _inside_a_sentence(word: str) -> str:
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]


@register.filter
def translated(message_id: str) -> str:
    """A message id that came as data."""
    return gettext(message_id) if message_id else ""


@register.filter
def plain(number: float) -> str:
    """A number of a picture: with a point in every language."""
    return f"{number:g}"


@register.filter
def day(value: date | None) -> str:
    """A day in words: 5 November 2026."""
    return days.in_words(value) if value else ""


@register.filter
def weekly(times: Iterable[WeeklyTime]) -> str:
    """Times of the week in words: Monday from 09:00 to 11:30."""
    return days.weekly(times)


@register.filter
def clock(value: datetime | None) -> str:
    """The time of day: 14:05."""
    return timezone.localtime(value).strftime("%H:%M") if value else ""


@register.filter
def hours(minutes: int) -> str:
    """Minutes as hours: 1.5, in the reader's language 1,5."""
    return number_format((Decimal(minutes) / 60).quantize(Decimal("0.01")).normalize(), force_grouping=False)


@register.filter
def money(sum_of: Money) -> str:
    """A sum with its currency: 175 000 000 NOK; hundredths only where there are any."""
    if sum_of.ore is None:
        return gettext("Not stated")
    decimals = 2 if sum_of.ore % 100 else 0
    amount = number_format(Decimal(sum_of.ore) / 100, decimal_pos=decimals, force_grouping=True)
    return f"{amount} {sum_of.currency}"


@register.filter
def stated(number: Decimal | int | None) -> str:
    """A number as it was stated; in words where nobody did."""
    if number is None:
        return gettext("Not stated")
    plain = Decimal(number).normalize()
    return number_format(plain if plain % 1 else int(plain), force_grouping=True)


@register.filter
def few(count: int | None) -> str:
    """A count of a caseload, or that it is too small to be told."""
    return gettext("fewer than 5") if count is None else number_format(count, force_grouping=True)


@register.inclusion_tag("components/navigation.html", takes_context=True)
def site_navigation(context: template.Context) -> dict[str, Any]:
    """The pages this role has, with the one we are on marked."""
    request, viewer = context.get("request"), context.get("viewer")
    links = navigation.links_for(viewer.role, request.path) if viewer and request else ()
    return {"links": links}


@register.inclusion_tag("components/language.html", takes_context=True)
def languages_of_page(context: template.Context) -> dict[str, Any]:
    """The languages one can choose here, those to come, and a word to whoever asked for one of them."""
    request = context["request"]
    offered = languages.offered(request)
    return {
        "csrf_token": context.get("csrf_token"),
        "next": request.get_full_path(),
        "asked": languages.asked_for(request),
        "apology": languages.apology(request),
        "offered": [(code, name) for code, name in settings.LANGUAGES if code in offered],
        "missing": [(code, name) for code, name in settings.LANGUAGES if code not in offered],
    }
