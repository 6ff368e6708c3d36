"""What the tertial report counts, per municipality, as Ibis expressions over one delivery.

Each measure splits something into columns that add up. `until` is the last day that counts: the tertial's, or
the day the delivery was made if that came first; what happened later is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis

from samvirke.delivery import Delivery
from samvirke.kernel.codes import EndReason, SupportSource, TargetGroup
from samvirke.statistics.episodes import counted_episodes, table

MOVEMENT_IN, MOVEMENT_OUT = "movement_in", "movement_out"
CASE_MIX = ("group_at_entry", "support_at_entry", "assistance_at_entry")
RECENT, LONG_AGO = 30, 90  # days since the last contact


@dataclass(frozen=True, slots=True)
class Days:
    """From which day to which, both counted."""

    first: date
    until: date


@dataclass(frozen=True, slots=True)
class Measure:
    """One split: its columns in order, the tables it needs, and the expression (municipality, column)."""

    name: str
    columns: tuple[str, ...]
    tables: tuple[str, ...]
    rows: Callable[[Delivery, Days], Any]


def counted(measure: Measure, delivery: Delivery, days: Days) -> list[tuple[str, str, int]] | None:
    """Municipality, column and count; None where the delivery's schema lacks a table."""
    if not all(delivery.has(name) for name in measure.tables):
        return None
    rows = measure.rows(delivery, days)
    found = rows.group_by(["municipality", "column"]).aggregate(n=lambda t: t.count()).to_pandas()
    return [(str(row.municipality), str(row.column), int(row.n)) for row in found.itertuples(index=False)]


def waits(delivery: Delivery, days: Days) -> list[tuple[str, int, int]] | None:
    """Municipality, days waited and how many: needs that were met with a place in the period."""
    if not delivery.has("needs"):
        return None
    needs = table(delivery, "needs")
    placed = needs.filter(needs.outcome == "placed", needs.settled_on.between(days.first, days.until))
    found = placed.group_by(["municipality", "days_waited"]).aggregate(n=lambda t: t.count()).to_pandas()
    return [(str(r.municipality), int(r.days_waited), int(r.n)) for r in found.itertuples(index=False)]


def _split(rows: Any, column: Any) -> Any:
    return rows.select(municipality=rows.municipality, column=column)


def _during(delivery: Delivery, days: Days) -> Any:
    plans = counted_episodes(delivery)
    lasted = plans.ended_on.isnull() | (plans.ended_on >= days.first)
    return plans.filter(plans.entered_on <= days.until, lasted)


def _entered(delivery: Delivery, days: Days) -> Any:
    plans = counted_episodes(delivery)
    return plans.filter(plans.entered_on.between(days.first, days.until))


def _open(delivery: Delivery, days: Days) -> Any:
    plans = counted_episodes(delivery)
    return plans.filter(plans.entered_on <= days.until, _lasts(plans.ended_on, days))


def _lasts(ended_on: Any, days: Days) -> Any:
    return ended_on.isnull() | (ended_on > days.until)


def _movement_in(delivery: Delivery, days: Days) -> Any:
    plans = _during(delivery, days)
    return _split(plans, ibis.ifelse(plans.entered_on < days.first, "carried_over", "entered"))


def _movement_out(delivery: Delivery, days: Days) -> Any:
    plans = _during(delivery, days)
    return _split(plans, ibis.ifelse(_lasts(plans.ended_on, days), "open", "ended"))


def _group(delivery: Delivery, days: Days) -> Any:
    plans = _entered(delivery, days)
    return _split(plans, _known(plans.target_group, GROUPS))


def _support(delivery: Delivery, days: Days) -> Any:
    plans = _entered(delivery, days)
    return _split(plans, _known(plans.support_before, SUPPORT))


def _assistance(delivery: Delivery, days: Days) -> Any:
    plans = _entered(delivery, days)
    months = plans.months_assistance_before
    column = ibis.cases(
        (months.isnull(), "unknown"),
        (months == 0, "no_months"),
        (months <= 5, "months_1_5"),
        (months <= 11, "months_6_11"),
        else_="months_12",
    )
    return _split(plans, column)


def _exits(delivery: Delivery, days: Days) -> Any:
    plans = counted_episodes(delivery)
    ended = plans.filter(plans.ended_on.between(days.first, days.until))
    reason = ended.end_reason
    return _split(ended, ibis.ifelse(reason.isin(list(EXITS[:-1])), reason, "other_end"))


def _contact(delivery: Delivery, days: Days) -> Any:
    plans, contacts = _open(delivery, days), table(delivery, "contacts")
    newest = (
        contacts.filter(contacts.on_day <= days.until)
        .group_by("episode_key")
        .aggregate(newest=lambda t: t.on_day.max())
    )
    known = plans.left_join(newest, "episode_key").select("municipality", "newest")
    ago = ibis.literal(days.until).delta(known.newest, unit="day")
    column = ibis.cases(
        (known.newest.isnull(), "no_contact"),
        (ago <= RECENT, "contact_within_30"),
        (ago <= LONG_AGO, "contact_within_90"),
        else_="contact_longer_ago",
    )
    return _split(known, column)


def _coordinator(delivery: Delivery, days: Days) -> Any:
    plans, turns = _open(delivery, days), table(delivery, "turns")
    begun = turns.filter(turns.starts_on <= days.until, turns.change != "opening")
    per_plan = begun.group_by("episode_key").aggregate(
        turns=lambda t: t.count(),
        changes=lambda t: ((t.change == "other_coordinator") & (t.starts_on >= days.first)).sum(),
    )
    known = plans.left_join(per_plan, "episode_key").select("municipality", "turns", "changes")
    column = ibis.cases(
        (known.turns.isnull(), "leader_answers"), (known.changes > 0, "other_coordinator"),
        else_="same_coordinator",
    )  # fmt: skip
    return _split(known, column)


def _promises(delivery: Delivery, days: Days) -> Any:
    promises, plans = table(delivery, "promises"), counted_episodes(delivery)
    due = promises.filter(promises.due_on.between(days.first, days.until))
    known = due.join(plans.select("episode_key", "municipality"), "episode_key")
    done = known.done_on
    column = ibis.cases(
        (done <= known.due_on, "kept"),
        (done <= days.until, "late"),
        (known.dropped_on <= days.until, "dropped"),
        else_="not_done",
    )
    return _split(known, column)


def _waiting_needs(delivery: Delivery, days: Days) -> Any:
    needs = table(delivery, "needs")
    lasted = needs.settled_on.isnull() | (needs.settled_on >= days.first)
    return needs.filter(needs.noted_on <= days.until, lasted)


def _needs_in(delivery: Delivery, days: Days) -> Any:
    needs = _waiting_needs(delivery, days)
    return _split(needs, ibis.ifelse(needs.noted_on < days.first, "waited_before", "noted"))


def _needs_out(delivery: Delivery, days: Days) -> Any:
    needs = _waiting_needs(delivery, days)
    column = ibis.cases(
        (_lasts(needs.settled_on, days), "waiting"),
        (needs.outcome == "placed", "placed"),
        (needs.outcome == "withdrawn", "withdrawn"),
        (needs.unmet_because.fill_null("") == "no_place", "no_place"),
        else_="unmet_otherwise",
    )
    return _split(needs, column)


def _known(column: Any, codes: tuple[str, ...]) -> Any:
    return ibis.ifelse(column.isin(list(codes)), column, "unknown")


GROUPS = (*(code.value for code in TargetGroup), "unknown")
SUPPORT = tuple(code.value for code in SupportSource)
EXITS = (EndReason.JOB.value, EndReason.EDUCATION.value, EndReason.GRANTED_BENEFIT.value, "other_end")
ASSISTANCE = ("no_months", "months_1_5", "months_6_11", "months_12", "unknown")
CONTACT = ("contact_within_30", "contact_within_90", "contact_longer_ago", "no_contact")
COORDINATOR = ("same_coordinator", "other_coordinator", "leader_answers")
NEEDS_OUT = ("placed", "no_place", "unmet_otherwise", "withdrawn", "waiting")

MEASURES = (
    Measure(MOVEMENT_IN, ("carried_over", "entered"), ("episodes",), _movement_in),
    Measure(MOVEMENT_OUT, ("ended", "open"), ("episodes",), _movement_out),
    Measure("group_at_entry", GROUPS, ("episodes",), _group),
    Measure("support_at_entry", SUPPORT, ("episodes",), _support),
    Measure("assistance_at_entry", ASSISTANCE, ("episodes",), _assistance),
    Measure("exits", EXITS, ("episodes",), _exits),
    Measure("needs_in", ("waited_before", "noted"), ("needs",), _needs_in),
    Measure("needs_out", NEEDS_OUT, ("needs",), _needs_out),
    Measure("promises", ("kept", "late", "not_done", "dropped"), ("promises",), _promises),
    Measure("contact", CONTACT, ("contacts",), _contact),
    Measure("coordinator", COORDINATOR, ("turns",), _coordinator),
)
# What a reader knows of one tertial: the whole on the left is the cell on the right, wherever it is counted.
SAME = (
    ((MOVEMENT_IN, ""), (MOVEMENT_OUT, "")),
    (("group_at_entry", ""), (MOVEMENT_IN, "entered")),
    (("support_at_entry", ""), (MOVEMENT_IN, "entered")),
    (("assistance_at_entry", ""), (MOVEMENT_IN, "entered")),
    (("exits", ""), (MOVEMENT_OUT, "ended")),
    (("contact", ""), (MOVEMENT_OUT, "open")),
    (("coordinator", ""), (MOVEMENT_OUT, "open")),
    (("needs_in", ""), ("needs_out", "")),
)
# And of one tertial and the next: what was left over is what the next one began with.
CARRIED = (
    ((MOVEMENT_IN, "carried_over"), (MOVEMENT_OUT, "open")),
    (("needs_in", "waited_before"), ("needs_out", "waiting")),
)
