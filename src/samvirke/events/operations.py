"""Recording facts."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, ClassVar, Protocol
from uuid import UUID

from django.db import connection

from samvirke.kernel.columns import array
from samvirke.kernel.gate_words import DataKind

INSERT = """
INSERT INTO events_fact (happened_at, recorded_by, id, code, subject_id, kind, payload)
SELECT %s, %s, gen_random_uuid(), code, subject_id, kind, payload
FROM unnest(%s::text[], %s::uuid[], %s::int[], %s::jsonb[]) AS told (code, subject_id, kind, payload)
"""


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
    if not facts:
        return
    columns = [
        array(fact.code for fact in facts),
        array(fact.subject_id for fact in facts),
        array(int(fact.kind) for fact in facts),
        array(_payload(fact) for fact in facts),
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [at, by, *columns])


def _payload(fact: FactLike) -> str:
    return json.dumps({name: _plain(getattr(fact, name)) for name in _coded(type(fact))})


@cache
def _coded(fact: type[FactLike]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(fact) if field.name != "subject_id")


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
