"""What pages get of the whole plan as it was agreed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvirke.kernel.codes import Answer
from samvirke.plan.action_types import ActionRow, Party
from samvirke.plan.types import GoalRow, StatementRow


@dataclass(frozen=True, slots=True)
class AssentRow:
    """What one party said to a version."""

    who: Party | None  # None: somebody who acts for the person
    answer: Answer
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WholeVersion:
    """One version of the whole plan."""

    number: int
    fixed_at: datetime
    fixed_by: Party | None
    assents: tuple[AssentRow, ...]  # the newest of each party


@dataclass(frozen=True, slots=True)
class Held:
    """What the plan held at a moment, as the viewer may see it."""

    goals: tuple[GoalRow, ...]
    actions: tuple[ActionRow, ...]
    statements: tuple[StatementRow, ...]
    digest: str  # of what is seen, to answer by


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """A plan's versions, one of them in full, and another to compare with."""

    plan_id: UUID
    versions: tuple[WholeVersion, ...]  # the newest first
    waiting: tuple[Party, ...]  # who has not answered the newest
    shown: int  # 0: the plan as it stands now
    held: Held
    earlier: int  # 0: there is none to compare with
    compared: Held | None
    is_open: bool
    my_answer: AssentRow | None  # to the newest
    newest_seen: str  # the digest of what the viewer may see of the newest
