"""Recording facts."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar, Protocol
from uuid import UUID, uuid4

from samvirke.events.models import Fact
from samvirke.kernel.gate_words import DataKind


class FactLike(Protocol):
    """A frozen dataclass of a room's `facts.py`: a code, a data kind, a subject and coded fields."""

    code: ClassVar[str]
    kind: ClassVar[DataKind]
    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def subject_id(self) -> UUID | None: ...


def record(facts: Sequence[FactLike], *, by: UUID, at: datetime) -> None:
    """Write the facts in the transaction of the change they tell of.

    by: the post that acted. at: when it happened, by the gate's clock.
    """
    Fact.objects.bulk_create(
        [
            Fact(
                id=uuid4(),
                code=fact.code,
                subject_id=fact.subject_id,
                kind=int(fact.kind),
                happened_at=at,
                recorded_by=by,
                payload=_payload(fact),
            )
            for fact in facts
        ]
    )


def _payload(fact: FactLike) -> dict[str, Any]:
    names = [field.name for field in dataclasses.fields(fact) if field.name != "subject_id"]
    return {name: _plain(getattr(fact, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
