"""Examples of what a yes would open and what follows when it is taken back, for the gallery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from samvirke.agencies.types import PostRow
from samvirke.coordination.types import Consequences, CoordinatorAfter, FamilyAfter, LossRow
from samvirke.gate.access import Role
from samvirke.kernel.codes import AgencyKind
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.plan.types import CountRow, Preview, RoleReads, UnitReads
from samvirke.surfaces.components import exception_specimens
from samvirke.surfaces.components.examples import LONG, NOBODY
from samvirke.surfaces.components.specimen_types import Parts

POST = PostRow(NOBODY, "Veileder 2", NOBODY, "Nav Fjordvik", NOBODY, "Nav", AgencyKind.NAV_STATE)
HIDDEN = PostRow(NOBODY, "", NOBODY, "", NOBODY, "", AgencyKind.SOCIAL_SERVICE)
KINDS = (DataKind.IDENTITY, DataKind.PLAN, DataKind.HEALTH)
COUNTS = (CountRow(DataKind.PLAN, 2, 1, 0), CountRow(DataKind.HEALTH, 0, 0, 0))
ROLES = (RoleReads(Role.NAV_ADVISER, KINDS[:2]), RoleReads(Role.UNIT_LEADER, ()))
PREVIEW = Preview(
    kinds=KINDS,
    units=(
        UnitReads(NOBODY, "Nav Fjordvik", "Nav", ROLES, (POST, HIDDEN)),
        UnitReads(NOBODY, LONG, LONG, ROLES, ()),
    ),
    counts=COUNTS,
)


def _loss(post: PostRow, **more: Any) -> LossRow:
    said: dict[str, Any] = {
        "lost": KINDS,
        "kept": (),
        "bases": (),
        "left_for": (),
        "is_narrowed": False,
        "answers_for": (),
        **dict.fromkeys(("goals", "actions", "notes", "answers", "needs", "referrals", "meetings"), 0),
    }
    return LossRow(post_id=NOBODY, post=post, **(said | more))


EVERYTHING = _loss(
    POST, answers_for=(LONG,), goals=2, actions=1, notes=3, answers=7, needs=1, referrals=1, meetings=1
)
LESS = _loss(
    HIDDEN,
    lost=(),
    kept=KINDS[:2],
    bases=("own_record",),
    left_for=(Purpose.SERVICE,),
    is_narrowed=True,
)
ALONE = replace(PREVIEW, units=PREVIEW.units[1:])
READS: Mapping[str, Mapping[str, Any]] = {
    "two offices": {"preview": PREVIEW},
    "one, where nobody sees it at once": {"preview": ALONE},
}
THERE_IS: Mapping[str, Mapping[str, Any]] = {
    "something": {"counts": COUNTS, "kind": DataKind.PLAN},
    "nothing": {"counts": COUNTS, "kind": DataKind.HEALTH},
}
FOLLOWS: Mapping[str, Mapping[str, Any]] = {
    "somebody loses, somebody keeps": {
        "found": Consequences((EVERYTHING, LESS), CoordinatorAfter(POST, POST, HIDDEN, "leader"))
    },
    "a law keeps something open": {"found": Consequences((), None, by_law=(exception_specimens.OPENING,))},
    "the plan rests": {"found": Consequences((), CoordinatorAfter(POST, POST, POST, "nobody"))},
    "for a guardian, and the family's plan closes": {
        "found": Consequences(
            (replace(LESS, bases=(), left_for=(), is_narrowed=False),),
            None,
            (
                FamilyAfter(("Anne", "Ola", "Liv"), (POST, HIDDEN), rests=True),
                FamilyAfter((LONG, "Liv"), (POST,), rests=False),
            ),
        )
    },
}
CONDITIONS: Mapping[str, Mapping[str, Any]] = {
    "a rule that asks for more": {"provisions": ("dk.consent",)},
    "one that asks, and one that does not": {"provisions": ("se.counted_by_name", "se.consent")},
}

PARTS: Parts = {"who_could_read": READS, "what_there_is": THERE_IS, "consequences": FOLLOWS}
