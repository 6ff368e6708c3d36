"""What rests on a consent, and until when one's own access lasts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Max

from samvirke.gate.models import Grant
from samvirke.gate.reading import ids, rows
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind, Purpose

RESTS_ON = "SELECT * FROM gate.rests_on(%s)"
HOLDING = "SELECT * FROM gate.holding(%(about)s)"


@dataclass(frozen=True, slots=True)
class Resting:
    """One holder whose access rests on a consent, and what is left to it without."""

    holder_id: UUID
    opened: DataKind  # what the consent opens to it, as far as its role may read
    kept: DataKind  # what other consents and bases open to it, for some of the same purposes at least
    left_for: Purpose  # those of the consent's purposes
    kept_on: UUID | None  # another consent, where one of those is
    bases: tuple[str, ...]  # codes of `access.Basis`

    @property
    def lost(self) -> DataKind:
        """What ends with the consent."""
        return self.opened & ~self.kept


def rests_on(consent_id: UUID) -> list[Resting]:
    """Whose access rests on a consent. For whoever may take it back."""
    return rows(RESTS_ON, [consent_id], _resting)


def holding(consent_ids: Iterable[UUID]) -> list[UUID]:
    """Those consents that are in force about somebody the viewer acts for, also where no more is seen."""
    return ids(HOLDING, consent_ids)


def opened_until(viewer: Viewer, subject_ids: Iterable[UUID], kind: DataKind) -> dict[UUID, datetime]:
    """Until when the viewer's own access of this kind lasts, by subject; the longest of several."""
    now = viewer.now
    found = (
        Grant.objects.filter(
            holder_id__in=viewer.holders,
            subject_id__in=list(subject_ids),
            valid_from__lte=now,
            valid_to__gt=now,
        )
        .annotate(opens=F("kinds").bitand(int(kind)), serves=F("purposes").bitand(int(viewer.purpose)))
        .exclude(opens=0)
        .exclude(serves=0)
    )
    return dict(found.values_list("subject_id").annotate(Max("valid_to")).order_by())


def _resting(
    holder_id: UUID, opened: int, kept: int, left_for: int, kept_on: UUID | None, bases: list[str]
) -> Resting:
    return Resting(holder_id, DataKind(opened), DataKind(kept), Purpose(left_for), kept_on, tuple(bases))
