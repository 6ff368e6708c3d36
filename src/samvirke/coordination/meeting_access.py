"""Who reads and who holds a plan's meetings, and who around them is told by which name."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from samvirke.coordination import policies, verbs
from samvirke.coordination.models import Duty
from samvirke.coordination.types import SeatRow
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import queries as plans


def readable(viewer: Viewer, plan_id: UUID) -> tuple[UUID, bool]:
    """Whom a plan is about, and whether its meetings are told. Raises Refused, Plan.DoesNotExist.

    One of a family does not see its meetings while another's place is protected: the day alone would tell
    where that person will be.
    """
    subject_id = plans.subject_of(plan_id)
    ask.require(viewer, verbs.READ_MEETINGS, subject_id)
    is_family = viewer.is_citizen and bool(families.families([subject_id]))
    return subject_id, not (is_family and ask.near_hidden([subject_id]))


def writable(plan_id: UUID, by: Viewer) -> Duty:
    """The duty of a plan in whose team the viewer is; writers take turns. Raises Refused, NotInTheTeam."""
    duty = Duty.objects.select_for_update().get(plan_id=plan_id)
    ask.require(by, verbs.HOLD_MEETING, duty.subject_id)
    policies.check_in_team([by.post_id], plans.teams([plan_id])[plan_id])
    return duty


def seats_of(subject_id: UUID, post_ids: Iterable[UUID]) -> dict[UUID, SeatRow]:
    """Posts around a subject as the viewer of this transaction may know them."""
    posts = people.posts_around(subject_id, set(post_ids))
    return {one: SeatRow(post.title, post.agency_name, post.agency_kind) for one, post in posts.items()}
