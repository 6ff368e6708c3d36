"""Examples of the parts about assessments, for the gallery."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from samvirke.assessments import loading
from samvirke.assessments.types import AssessmentRow, Respondent, SharedWith
from samvirke.kernel.codes import AgencyKind
from samvirke.surfaces.components.assessment_forms import AnswerForm, Earlier
from samvirke.surfaces.components.assessment_parts import Covered, courses, steps
from samvirke.surfaces.components.examples import DAY, LONG, LONG_WORDS, NOBODY
from samvirke.surfaces.components.specimen_types import Parts

CODE = "everyday-steps"
FIRST = AssessmentRow(
    NOBODY, CODE, 1, Respondent.PERSON, NOBODY, None, DAY, {"trust": 4}, SharedWith.TEAM, None, None, ""
)
LATER = replace(FIRST, day=DAY + timedelta(days=92), answers={"trust": 7})
SKIPPED = replace(FIRST, day=DAY + timedelta(days=184), answers={})
ANEW = replace(FIRST, day=DAY + timedelta(days=276), answers={"trust": 9}, version=2)
OF_WORKER = replace(LATER, respondent=Respondent.WORKER, unit_id=NOBODY, answers={"trust": 5})


def _course(key: str, *rows: AssessmentRow) -> Mapping[str, Any]:
    (course,) = courses(loading.shipped()[CODE][1], rows, {NOBODY: LONG}, mine=True)
    return {"course": replace(course, key=key)}


def _question(key: str, value: str | None, *rows: AssessmentRow) -> Mapping[str, Any]:
    instrument = loading.shipped()[CODE][1]
    form = AnswerForm(
        None if value is None else {"item-trust": value},
        instrument=instrument,
        items=[item for item in instrument.items if item.code == "trust"],
        respondent=Respondent.PERSON,
        puts_right=False,
        units={},
        is_person=True,
        auto_id=f"{key}_%s",
    )
    (question,) = form.questions([Earlier(LONG, rows)])
    return {"question": question, "steps": steps(instrument.scale)}


COURSES: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "answered once": lambda: _course("once", FIRST),
    "two views, a gap and a new version": lambda: _course("both", FIRST, LATER, OF_WORKER, SKIPPED, ANEW),
}
QUESTIONS: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "the first time": lambda: _question("first", None),
    "with the last answer": lambda: _question("again", "7", FIRST),
    "outside the scale": lambda: _question("outside", "42", FIRST),
}
COVERED: Mapping[str, Mapping[str, Any]] = {
    "all": {"covered": (Covered(AgencyKind.NAV_STATE, ("Neste steg",), (), ()),)},
    "some, and long": {
        "covered": (
            Covered(AgencyKind.SOCIAL_SERVICE, (LONG, "Økonomien"), (LONG_WORDS,), (LONG,)),
            Covered(AgencyKind.HEALTH_SERVICE, (), (), ("Helsa",)),
        )
    },
}

PARTS: Parts = {"course": COURSES, "question": QUESTIONS, "covered": COVERED}
