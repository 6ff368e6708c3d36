"""Words for the codes of goals and actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.codes import Answer, GoalStatus, Priority, SetBy, Side

Words = Mapping[Any, Promise]

STANDING: Words = {"wish": _("Wish"), "decided": _("Decided"), "own": _("Own contribution")}

ACTION_STATUS: Words = {
    "planned": _("Planned"),
    "in_progress": _("In progress"),
    "done": _("Done"),
    "dropped": _("Dropped"),
    "refused": _("Refused"),
}

# What a button says that moves an action on.
ACTION_MOVE: Words = {
    "in_progress": _("It has begun"),
    "done": _("It is done"),
    "dropped": _("It comes to nothing"),
    "refused": _("The wish is refused"),
}

PRIORITY: Words = {
    Priority.FIRST: _("Comes first"),
    Priority.NORMAL: _("In its turn"),
    Priority.CAN_WAIT: _("Can wait"),
}

GOAL_STATUS: Words = {
    GoalStatus.ACTIVE: _("To be reached"),
    GoalStatus.REACHED: _("Reached"),
    GoalStatus.SET_ASIDE: _("Set aside"),
}

# What a form says that a goal may become.
GOAL_BECOMES: Words = {
    GoalStatus.ACTIVE: _("It is taken up again"),
    GoalStatus.REACHED: _("It is reached"),
    GoalStatus.SET_ASIDE: _("It is set aside"),
}

ANSWER: Words = {
    Answer.AGREES: _("Yes, I agree"),
    Answer.IN_PART: _("In part"),
    Answer.DISAGREES: _("No, I do not agree"),
}

# How an answer is told to others.
ANSWERED: Words = {
    Answer.AGREES: _("Agrees"),
    Answer.IN_PART: _("Agrees in part"),
    Answer.DISAGREES: _("Does not agree"),
}

CHANGE_ANSWER: Words = {
    "": _("Waits for an answer"),
    "granted": _("Yes"),
    "refused": _("No"),
}

CHANGE: Words = {"new": _("New"), "changed": _("Changed"), "gone": _("Taken out")}

CHANGE_OF: Words = {"goal": _("Goal"), "action": _("Action"), "statement": _("What the plan says")}

SIDE: Words = {
    Side.RELATIVE: _("On the person’s own side; sees nothing of the plan"),
    Side.ORGANISER: _("Arranges something; sees nothing of the plan"),
}

SET_BY: Words = {
    SetBy.PERSON: _("The person’s own goal"),
    SetBy.GUARDIANS: _("The goal of those who act for the person"),
    SetBy.TOGETHER: _("A goal agreed together"),
    SetBy.AGENCY: _("A goal that an agency asks for"),
}

# By their number, 1 for Monday (ISO 8601).
WEEKDAY: Words = {
    1: _("Monday"),
    2: _("Tuesday"),
    3: _("Wednesday"),
    4: _("Thursday"),
    5: _("Friday"),
    6: _("Saturday"),
    7: _("Sunday"),
}

CODE_LISTS: Mapping[str, Words] = {
    "standing": STANDING,
    "action_status": ACTION_STATUS,
    "action_move": ACTION_MOVE,
    "priority": PRIORITY,
    "weekday": WEEKDAY,
    "goal_status": GOAL_STATUS,
    "set_by": SET_BY,
    "side": SIDE,
    "answered": ANSWERED,
    "change": CHANGE,
    "change_answer": CHANGE_ANSWER,
    "change_of": CHANGE_OF,
}
