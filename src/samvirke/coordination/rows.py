"""What pages read of the tables, as rows; by a statement that never changes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from samvirke.coordination import policies
from samvirke.gate.reading import rows

# While the coordinator is away, or its post out of use (where that has no end, until the last day there is):
# who of coordinator, deputy and the unit's leader is away too, and who of them is in the team.
SEATS = """
SELECT DISTINCT ON (d.id) d.plan_id, d.subject_id, d.role, d.closed_on, t.starts_on, t.post_id, t.deputy_id,
  l.id, (
    SELECT h.to_post_id FROM coordination_handover h WHERE h.duty_id = d.id AND h.accepted_at IS NULL
    ORDER BY h.offered_at DESC LIMIT 1), gone.back_on,
  CASE WHEN gone.back_on IS NOT NULL THEN ARRAY (
    SELECT a.post_id FROM coordination_absence a
    WHERE a.post_id = ANY (ARRAY[t.post_id, t.deputy_id, l.id])
      AND a.away_from <= %(today)s AND %(today)s < a.back_on
    UNION ALL SELECT p.id FROM agencies_post p WHERE p.id = ANY (ARRAY[t.post_id, t.deputy_id, l.id])
      AND p.out_of_use_from <= %(today)s AND %(today)s < coalesce(p.in_use_again_on, '9999-12-31')) END,
  CASE WHEN gone.back_on IS NOT NULL THEN ARRAY (
    SELECT m.post_id FROM plan_teammember m
    WHERE m.plan_id = d.plan_id AND m.left_on IS NULL
      AND m.post_id = ANY (ARRAY[t.post_id, t.deputy_id, l.id])) END
FROM coordination_duty d JOIN coordination_turn t ON t.duty_id = d.id
LEFT JOIN agencies_post l ON l.unit_id = d.unit_id AND l.is_leader
LEFT JOIN LATERAL (
    SELECT a.back_on FROM coordination_absence a
    WHERE a.post_id = t.post_id AND a.away_from <= %(today)s AND %(today)s < a.back_on
    UNION ALL SELECT coalesce(p.in_use_again_on, '9999-12-31') FROM agencies_post p
    WHERE p.id = t.post_id AND p.out_of_use_from <= %(today)s
      AND %(today)s < coalesce(p.in_use_again_on, '9999-12-31')
    ORDER BY 1 DESC LIMIT 1) gone ON true
"""
NEWEST = " AND t.starts_on <= %(today)s ORDER BY d.id, t.starts_on DESC"
OF_PLAN = SEATS + "WHERE d.plan_id = %(plan)s" + NEWEST
OF_DUTIES = SEATS + "WHERE d.id = ANY (%(duties)s)" + NEWEST


class StoredSeats(NamedTuple):
    """A plan's seats on a day."""

    plan_id: UUID
    subject_id: UUID
    role: str
    closed_on: date | None
    since: date
    post_id: UUID
    deputy_id: UUID
    leader_id: UUID | None
    waiting_id: UUID | None  # was offered the duty and has not answered
    back_on: date | None  # set while the coordinator is away
    away: list[UUID] | None
    in_team: list[UUID] | None

    @property
    def acting_id(self) -> UUID | None:
        """Who acts while the coordinator is away; where nobody can, the last of them answers for it."""
        if self.back_on is None:
            return None
        seats = (self.post_id, self.deputy_id, self.leader_id)
        chain = list(dict.fromkeys(seat for seat in seats if seat is not None))
        return policies.acting(chain, self.away or (), self.in_team or ()) or chain[-1]


def seats(plan_id: UUID, today: date) -> StoredSeats | None:
    """Of one plan, as far as the viewer of this transaction may see it."""
    return next(iter(rows(OF_PLAN, {"plan": plan_id, "today": today}, StoredSeats)), None)


def seats_of(duty_ids: Collection[UUID], today: date) -> list[StoredSeats]:
    """Of several duties."""
    return rows(OF_DUTIES, {"duties": list(duty_ids), "today": today}, StoredSeats)
