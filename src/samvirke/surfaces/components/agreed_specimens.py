"""Invented states of what stands first in a plan, of its topics, and of the plan agreed on as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from samvirke.coordination.continuity import Continuity
from samvirke.kernel.codes import Answer
from samvirke.plan.action_types import Party
from samvirke.plan.types import StatementRow
from samvirke.plan.version_types import AssentRow, Held, VersionsPage, WholeVersion
from samvirke.surfaces.components.agreed_page import changes, said
from samvirke.surfaces.components.examples import (
    ACTION,
    DAY,
    GOAL,
    LONG,
    LONG_WORDS,
    MOMENT,
    NOBODY,
    PLAN,
    WISH,
)
from samvirke.surfaces.components.law_labels import STATEMENT
from samvirke.surfaces.components.plan_forms import AnswerForm, StatementForm
from samvirke.surfaces.components.specimen_types import Parts

DREAM = StatementRow("dream", "Å eie en liten båt, og å ta med ungene ut.", MOMENT)
MET = StatementRow("to_be_met", LONG_WORDS, MOMENT)
BEFORE = Held((GOAL,), (ACTION, WISH), (DREAM,), "")
NOW = Held((replace(GOAL, target=LONG),), (replace(ACTION, extent="Tre dager i uka"),), (DREAM, MET), "")
ANSWERS = (
    AssentRow(Party("Kari Eksempel", "", ""), Answer.IN_PART, LONG_WORDS, MOMENT),
    AssentRow(Party("Veileder 1", "Nav", "nav_state"), Answer.AGREES, "", MOMENT),
    AssentRow(None, Answer.DISAGREES, "Det er for mye på én gang.", MOMENT),
)
PART = VersionsPage(
    plan_id=NOBODY,
    versions=(WholeVersion(2, MOMENT, Party(LONG, LONG, ""), ANSWERS), WholeVersion(1, MOMENT, None, ())),
    waiting=(Party("", "", "social_service"),),
    shown=0,
    held=NOW,
    earlier=2,
    compared=BEFORE,
    is_open=True,
    my_answer=None,
    newest_seen="",
)
NONE_YET = replace(PART, versions=(), waiting=(), earlier=0, compared=None)


def _agreed(part: VersionsPage, *, may_fix: bool = False, form: AnswerForm | None = None) -> dict[str, Any]:
    return {
        "page": PLAN,
        "part": part,
        "changes": tuple(changes(part.compared, part.held, STATEMENT)) if part.compared else (),
        "held": said(part, STATEMENT),
        "newest": part.versions[0] if part.versions else None,
        "may_fix": may_fix,
        "may_answer": True,
        "answer_route": "answer_plan",
        "fix_route": "fix_plan",
        "form": form or AnswerForm(),
        "back": "#main",
    }


def _statement(form: StatementForm, **more: Any) -> dict[str, Any]:
    around = {"page": PLAN, "title": STATEMENT["dream"], "back": "#main", "lead": LONG_WORDS}
    return {**around, "said": DREAM, "form": form, **more}


def _topics(text: str, history: str) -> dict[str, Any]:
    card = {"label": STATEMENT["dream"], "text": text, "address": "#main", "history": history}
    return {"page": PLAN, "cards": [card], "title": LONG, "lead": LONG_WORDS, "back": "#main"}


OWN_VOICE: Mapping[str, Mapping[str, Any]] = {
    "one thing": {"rows": (DREAM,), "label_list": "my_statement"},
    "more, and long": {"rows": (DREAM, MET), "label_list": "statement"},
}
AGREED: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "nothing kept yet": lambda: _agreed(NONE_YET, may_fix=True),
    "changed since": lambda: _agreed(PART, may_fix=True),
    "an earlier one, everybody has answered": lambda: _agreed(
        replace(PART, shown=1, earlier=0, compared=None, waiting=(), my_answer=ANSWERS[1])
    ),
    "an answer without a reason": lambda: _agreed(PART, form=_wrong()),
}
STATEMENT_PAGE: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "to be changed": lambda: _statement(StatementForm.of(DREAM)),
    "changed meanwhile": lambda: _statement(StatementForm.of(DREAM, LONG_WORDS), is_stale=True),
}
TOPICS: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "nothing yet": lambda: _topics("", ""),
    "said more than once": lambda: _topics(LONG_WORDS, "#history"),
}


CONTINUITY: Mapping[str, Mapping[str, Any]] = {
    "nothing yet": {"so_far": Continuity(None, None, DAY, True, 0, 0)},
    "long ago, one promise": {"so_far": Continuity(DAY, 41, DAY, False, 1, 0)},
    "yesterday, several": {"so_far": Continuity(DAY, 1, DAY, True, 5, 4)},
    "today": {"so_far": Continuity(DAY, 0, DAY, True, 5, 5)},
}


def _wrong() -> AnswerForm:
    form = AnswerForm({"answer": Answer.DISAGREES, "text": "", "seen": "0"})
    form.is_valid()
    return form


PARTS: Parts = {
    "own_voice": OWN_VOICE,
    "statement_page": STATEMENT_PAGE,
    "topics_page": TOPICS,
    "continuity": CONTINUITY,
    "agreed": AGREED,
}
