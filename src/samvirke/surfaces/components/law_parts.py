"""What is open to a post by law, with the plan it may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from samvirke.people.law_types import OpeningRow
from samvirke.plan import queries as plans


@dataclass(frozen=True, slots=True)
class Told:
    """An opening to the viewer's post. Without a name, the viewer is here for another purpose."""

    row: OpeningRow
    plan_id: UUID | None


def told(rows: Iterable[OpeningRow]) -> list[Told]:
    """With the plans that the viewer sees for the purpose of now."""
    return [Told(row, plans.plan_of(row.person_id) if row.person_name else None) for row in rows]
