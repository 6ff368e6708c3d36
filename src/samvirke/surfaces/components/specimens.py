"""What the gallery shows: each part of a page in its ordinary, its longest, its empty and its wrong state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from samvirke.coordination.types import FollowUpsPart
from samvirke.exchange.systems.follow_up import propose
from samvirke.exchange.uploads.types import HowFar
from samvirke.gate.access import Role
from samvirke.kernel.codes import AgencyKind, Country
from samvirke.kernel.gate_words import DataKind
from samvirke.people.types import Places, WhereaboutsRow
from samvirke.plan.types import GoalRow
from samvirke.statutes import queries as statutes
from samvirke.surfaces.components import (
    action_specimens,
    agreed_specimens,
    assessment_specimens,
    commitment_specimens,
    condition_specimens,
    consent_specimens,
    easy_specimens,
    enquiry_specimens,
    exception_specimens,
    mandate_specimens,
    meeting_specimens,
    navigation,
)
from samvirke.surfaces.components.application_forms import TimeForm
from samvirke.surfaces.components.asking_forms import AskForm
from samvirke.surfaces.components.examples import (
    APPLICATION,
    CALLED,
    COORDINATOR,
    DAY,
    DEMO_PERSON,
    ENDED,
    GOAL,
    HIDDEN,
    LATER,
    LONG,
    LONG_WORDS,
    MOMENT,
    NEED,
    NOBODY,
    OVER,
    PLACED,
    PLAN,
    SOMEWHERE,
    TEAM,
    TO_COME,
    UNMET,
)
from samvirke.surfaces.components.form_page import Words
from samvirke.surfaces.components.forms import GoalForm
from samvirke.surfaces.components.import_forms import ColumnsForm, Line
from samvirke.surfaces.components.import_parts import Refusal
from samvirke.surfaces.components.plan_forms import NewGoalForm
from samvirke.surfaces.components.plan_parts import NumberedGoal

DEFERRED = Mapping[str, Any] | Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Specimen:
    """One part in one state. Forms are made when they are shown, in the reader's language."""

    part: str
    state: str
    said: DEFERRED
    inside: str = ""  # the element it stands in: tag.class

    def content(self) -> dict[str, Any]:
        """What the template is given."""
        return dict(self.said() if callable(self.said) else self.said)


def _goal(row: GoalRow, **more: Any) -> dict[str, Any]:
    return {"goal": NumberedGoal(1, row), **more}


def _goal_form(typed: Mapping[str, str] | None = None) -> GoalForm:
    return GoalForm.of(GOAL) if typed is None else GoalForm(typed)


def _goal_page(form: GoalForm, *, is_stale: bool = False) -> dict[str, Any]:
    return {"page": PLAN, "goal": GOAL, "form": form, "back": "#main", "is_stale": is_stale}


def _form_page(typed: Mapping[str, str] | None) -> dict[str, Any]:
    words = Words(title=str(_("Something I want")), lead=LONG_WORDS, submit=str(_("Save")), done="")
    form = NewGoalForm(typed, kinds=[DataKind.EMPLOYMENT, DataKind.HOUSING])
    return {"form": form, "words": words, "back": "#main", "whom": "Kari Eksempel"}


def _ask(name: str, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    form = AskForm(typed, units=(), today=DAY)
    if typed is not None:
        form.is_valid()
    return {"field": form[name]}


def _column(field: str, *, heading: str = "Kjønn") -> Line:
    """One field of ours beside a list's columns."""
    headings, rows = ["Saksnr", heading], [["O-1", "K"], ["O-2", "X"]]
    form = ColumnsForm(None, headings=headings, rows=rows, chosen=propose(headings, rows))
    return next(line for line in form.lines() if line.name == field)


def _how_far(done: int, *, has_failed: bool = False) -> HowFar:
    """With so many of 100,000 rows done; with none, it waits for its turn."""
    return HowFar(done=done, expected=100_000 if done else 0, told_at=MOMENT, has_failed=has_failed)


def _progress(job: HowFar, **more: bool) -> Mapping[str, Any]:
    """It asks for nothing anew: no address is given."""
    return {"job": job, "under_way": _("The file is being taken in"), **more}


def _several(part: str, states: Mapping[str, DEFERRED], *, inside: str = "") -> Iterable[Specimen]:
    return (Specimen(part, state, said, inside) for state, said in states.items())


OTHERS = (
    action_specimens.PARTS,
    agreed_specimens.PARTS,
    assessment_specimens.PARTS,
    commitment_specimens.PARTS,
    consent_specimens.PARTS,
    easy_specimens.PARTS,
    exception_specimens.PARTS,
    enquiry_specimens.PARTS,
    mandate_specimens.PARTS,
)
SPECIMENS: tuple[Specimen, ...] = (
    *_several(
        "goal",
        {
            "with an address": _goal(GOAL, address="#main"),
            "long, about one": _goal(replace(GOAL, own_words=LONG_WORDS, target=LONG, about="Liv")),
            "nothing but words": _goal(replace(GOAL, target="", by_when=None)),
            "set aside, an agency's": _goal(
                replace(GOAL, status="set_aside", why=LONG_WORDS, whose="agency"), how_it_went="#main"
            ),
        },
        inside="ol.goals",
    ),
    *_several("action", action_specimens.CARDS, inside="ul.actions"),
    *(one for parts in OTHERS for part, states in parts.items() for one in _several(part, states)),
    *_several("commitment", commitment_specimens.COMMITMENTS, inside="ul.actions"),
    *_several("condition", condition_specimens.CONDITIONS, inside="ul.actions"),
    *_several(
        "coordinator",
        {
            "with a deputy": {"coordinator": COORDINATOR},
            "offered, somebody stands in": {
                "coordinator": replace(
                    COORDINATOR, acting_until=LATER, acting_title=LONG, waiting_for="Koordinator 3"
                )
            },
            "a child's, hidden, alone": {
                "coordinator": replace(
                    COORDINATOR,
                    role="child_coordinator",
                    post_title="",
                    unit_name="",
                    deputy_title="",
                    agency_kind=AgencyKind.COORDINATING_UNIT,
                )
            },
        },
    ),
    *_several(
        "team",
        {
            "three, one long and one hidden": {
                "team": TEAM,
                "title": _("Those who help me"),
                "page": PLAN,
                "may_move": True,
            },
            "empty": {"team": (), "title": _("Those who help me"), "page": PLAN},
        },
    ),
    *_several("plan_head", {"active": {"page": PLAN}, "ended, two kinds": {"page": ENDED}}),
    *_several("ended", {"ended": {"page": ENDED}, "still active": {"page": PLAN}}),
    *_several(
        "application_name",
        {
            "of a right": {"row": APPLICATION},
            "in own words": {"row": replace(APPLICATION, right="", title=LONG)},
        },
    ),
    *_several(
        "application_status",
        {
            status: {"row": replace(APPLICATION, status=status)}
            for status in ("sent", "more_asked_for", "granted", "refused", "withdrawn")
        },
    ),
    *_several(
        "application_facts",
        {
            "received": {"row": APPLICATION},
            "late, hidden": {"row": replace(APPLICATION, is_late=True, with_post="", days_waited=99)},
            "waits for the person, no day": {
                "row": replace(APPLICATION, status="more_asked_for", answer_due_on=None, minutes_used=90)
            },
            "over": {"row": replace(APPLICATION, status="granted")},
        },
    ),
    *_several(
        "application_way",
        {"refused": {"row": APPLICATION}, "empty": {"row": replace(APPLICATION, steps=())}},
    ),
    *_several("days_waited", {"one": {"days": 1}, "many": {"days": 120}}),
    *_several("time_used", {"an hour and a half": {"minutes": 90}}),
    *_several(
        "need_status",
        {
            "waiting": {"row": NEED},
            "placed": {"row": PLACED},
            "over": {"row": OVER},
            "unmet": {"row": UNMET},
            "withdrawn": {"row": replace(NEED, status="withdrawn")},
        },
    ),
    *_several(
        "need_facts",
        {"waiting": {"row": NEED}, "hidden": {"row": HIDDEN}, "over": {"row": OVER}, "unmet": {"row": UNMET}},
    ),
    *_several("meeting", meeting_specimens.MEETINGS),
    *_several("agenda", meeting_specimens.AGENDAS),
    *_several("proposal", meeting_specimens.PROPOSALS),
    *_several(
        "follow_ups",
        {
            "called, and to come": {"follow_ups": FollowUpsPart(NOBODY, DAY, (CALLED, TO_COME), False, True)},
            "as the person reads it": {
                "follow_ups": FollowUpsPart(NOBODY, DAY, (TO_COME,), False, False),
                "mine": True,
            },
        },
    ),
    *_several(
        "place_facts",
        {
            "hidden": {"found": WhereaboutsRow("no.strictly_confidential", SOMEWHERE, LATER)},
            "nothing stated": {"found": WhereaboutsRow("none", Places(), None)},
        },
    ),
    *_several(
        "protection_levels",
        {country.value: {"levels": statutes.protection_levels(country, on=DAY)} for country in Country},
    ),
    *_several(
        "people",
        {
            "one": {"group": [DEMO_PERSON], "title": _("Those who help"), "name": "helpers"},
            "empty": {"group": [], "title": _("Those who help"), "name": "nobody"},
        },
    ),
    *_several(
        "field",
        {
            "a line": lambda: {"field": _goal_form()["target"]},
            "lines, wrong": lambda: {"field": _goal_form({})["own_words"]},
            "a day": lambda: {"field": _goal_form()["by_when"]},
            "a number, wrong": lambda: {"field": TimeForm({"hours": "-3"})["hours"]},
            "a list": lambda: {"field": _form_page(None)["form"]["life_domain"]},
            "boxes": lambda: _ask("kinds"),
            "boxes, wrong": lambda: _ask("kinds", {}),
        },
    ),
    *_several(
        "column",
        {
            "chosen, with words to explain": lambda: {"line": _column("sex")},
            "to be chosen": lambda: {"line": _column("sex", heading="Noe annet")},
        },
    ),
    *_several(
        "code_field",
        {
            "a word that is known": lambda: {"field": _column("sex").codes[0]},
            "a word that is not": lambda: {"field": _column("sex").codes[1]},
        },
    ),
    *_several(
        "refusal",
        {
            "a row": {"refusal": Refusal(7, "kjønn", LONG, LONG)},
            "the whole file": {"refusal": Refusal(1, "", LONG, LONG)},
        },
        inside="ol.refusals",
    ),
    *_several(
        "progress",
        {
            "waiting": _progress(_how_far(0)),
            "waiting where nobody works": _progress(_how_far(0), nobody_works=True),
            "under way": _progress(_how_far(40_000)),
            "silent": _progress(_how_far(40_000), is_silent=True),
            "given up": _progress(_how_far(40_000, has_failed=True)),
        },
    ),
    *_several(
        "error_summary",
        {
            "two errors": lambda: {"form": _form_page({})["form"]},
            "nothing wrong": lambda: {"form": _goal_form()},
        },
    ),
    *_several("form_page", {"to be filled in": lambda: _form_page(None), "wrong": lambda: _form_page({})}),
    *_several(
        "goal_page",
        {
            "to be filled in": lambda: _goal_page(_goal_form()),
            "wrong": lambda: _goal_page(_goal_form({})),
            "changed meanwhile": lambda: _goal_page(_goal_form(), is_stale=True),
        },
    ),
    *_several("provision_conditions", consent_specimens.CONDITIONS, inside="dl.pairs"),
    *_several(
        "navigation",
        {
            "a worker's": lambda: {"links": navigation.links_for(Role.SOCIAL_WORKER, "/worklist/")},
            "empty": {"links": ()},
        },
    ),
    *_several(
        "language",
        {
            "all there": {"offered": [("nb", "Norsk"), ("en", "English")], "next": "/"},
            "asked for one that is not": {
                "offered": [("nb", "Norsk")],
                "missing": [("nn", "Nynorsk"), ("se", "Davvisámegiella")],
                "asked": "nn",
                "apology": "Denne sida finst ikkje på nynorsk enno.",
                "next": "/",
            },
        },
    ),
)
