"""Examples of the parts about actions, for the gallery."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from samvirke.kernel.codes import Priority
from samvirke.kernel.week import WeeklyTime
from samvirke.plan.action_types import Days, Party
from samvirke.surfaces.components.examples import (
    ACTION,
    DAY,
    HERS,
    LATER,
    LONG,
    LONG_WORDS,
    MOMENT,
    PLAN,
    WISH,
)
from samvirke.surfaces.components.history_page import Version, differences
from samvirke.surfaces.components.plan_parts import ActionCard
from samvirke.surfaces.components.specimen_types import Parts
from samvirke.surfaces.components.week_field import Stretch, WeekWidget

TUESDAY = WeeklyTime(2, time(9), time(15))
IN_ORDER = replace(
    WISH,
    priority=Priority.FIRST,
    week=(TUESDAY, WeeklyTime(4, time(12), time(14, 30))),
    contributors=(Party("Koordinator 1", "Fjordvik kommune", ""), Party("", "", "social_service")),
    why=LONG_WORDS,
    version=2,
    may_change=True,
    may_become=("in_progress", "done", "dropped", "refused"),
)
FIRST = Version(1, "Veileder 1, Nav", MOMENT, "", {"How": "", "How much": LONG})
SECOND = Version(2, "", None, LONG_WORDS, {"How": "Sammen", "How much": LONG_WORDS})


def _card(card: ActionCard, history: str = "", *, mine: bool = False) -> dict[str, Any]:
    return {"card": card, "page": PLAN, "history": history, "mine": mine}


def _history(versions: tuple[Version, ...], before: Version, after: Version) -> dict[str, Any]:
    return {
        "page": PLAN,
        "again": "#again-",
        "title": LONG,
        "back": "#main",
        "versions": versions,
        "before": before,
        "after": after,
        "differences": differences(before.said, after.said),
    }


def _week(value: object) -> dict[str, Any]:
    return WeekWidget().get_context("week", value, {"id": "week"})


CARDS: Mapping[str, Mapping[str, Any]] = {
    "decided": _card(ActionCard(ACTION, 1, is_late=False)),
    "wished for": _card(ActionCard(WISH, None, is_late=False)),
    "late": _card(ActionCard(replace(ACTION, status="planned"), 1, is_late=True)),
    "long, one's own, of a hidden post": _card(ActionCard(HERS, 1, is_late=False)),
    "waiting, with helpers, times and an order": _card(
        ActionCard(
            IN_ORDER, 1, is_late=False, waits_for=(ACTION, HERS), came_after=(WISH,), beside=(ACTION,)
        ),
        history="#history",
    ),
    "one's own": _card(
        ActionCard(
            replace(
                ACTION,
                standing="own",
                decision_reference="",
                accountable="Kari Eksempel",
                accountable_agency="",
                may_become=("in_progress", "done", "dropped"),
            ),
            1,
            is_late=False,
        ),
        mine=True,
    ),
    "refused": _card(ActionCard(replace(WISH, status="refused", why=LONG_WORDS), 1, is_late=False)),
}
HISTORIES: Mapping[str, Mapping[str, Any]] = {
    "agreed on once": _history((FIRST,), FIRST, FIRST),
    "changed": _history((SECOND, FIRST), FIRST, SECOND),
    "compared with itself": _history((SECOND, FIRST), SECOND, SECOND),
}
MOVED: Mapping[str, Mapping[str, Any]] = {
    "from and until": {"days": Days(DAY, LATER)},
    "until": {"days": Days(None, LATER)},
    "from": {"days": Days(DAY, None)},
}
WEEKS: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "empty": lambda: _week(()),
    "two on one day": lambda: _week((TUESDAY, replace(TUESDAY, starts=time(17), ends=time(18)))),
    "wrong, as it was typed": lambda: _week((Stretch("week_1_0", 1, "12:00", "09:00"),)),
}

PARTS: Parts = {"history": HISTORIES, "moved_days": MOVED, "week": WEEKS}
