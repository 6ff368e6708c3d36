"""Who answers for what a post did: never the post itself."""

from __future__ import annotations

from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.kernel.codes import AgencyKind


def another_leader(post_id: UUID) -> UUID | None:
    """The leader of the post's unit; for the leader, one of a coordinating unit."""
    unit_id = agencies.post(post_id).unit_id
    own = agencies.leaders_of([unit_id]).get(unit_id)
    if own is not None and own != post_id:
        return own
    return leader_elsewhere(post_id)


def leader_elsewhere(post_id: UUID) -> UUID | None:
    """A leader of a coordinating unit, who is not the post itself."""
    return agencies.leader_of_another_unit(post_id, AgencyKind.COORDINATING_UNIT)


def leader_anywhere(post_id: UUID) -> UUID | None:
    """The same, and where there is none a leader of another agency of the country."""
    kinds = (AgencyKind.COORDINATING_UNIT, AgencyKind.SOCIAL_SERVICE, *AgencyKind)
    found = (agencies.leader_of_another_unit(post_id, kind) for kind in dict.fromkeys(kinds))
    return next((leader for leader in found if leader is not None), None)
