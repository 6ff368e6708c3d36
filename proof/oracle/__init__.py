"""A second opinion on every access decision, written from the access document alone.

Ask one question with `answer`, millions with `decide_many`, rows with `rows_seen`; make a world of acts with
`random_world.make`, or of a history somebody kept with `replay`.
"""

from proof.oracle.answer import Answer, Question, answer, lift_refused, rows_seen
from proof.oracle.applying import apply, replay
from proof.oracle.many import decide_many, rows_seen_by
from proof.oracle.world import World

__all__ = [
    "Answer",
    "Question",
    "World",
    "answer",
    "apply",
    "decide_many",
    "lift_refused",
    "replay",
    "rows_seen",
    "rows_seen_by",
]
