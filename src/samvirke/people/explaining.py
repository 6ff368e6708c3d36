"""Why somebody may, or may not, see something: the one rule that decides, for those who may ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from samvirke.agencies.types import PostRow
from samvirke.gate import oversight
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import queries, verbs
from samvirke.people.exception_types import Explanation


class NobodyHere(Exception):
    """The post is not around the person, or may not be named to who asks."""

    def __init__(self) -> None:
        super().__init__("Choose somebody around the person. Nothing more is told of others.")


def may_be_explained(viewer: Viewer, subject_id: UUID) -> Mapping[UUID, PostRow]:
    """The posts around the person that the viewer may know by name. Raises Refused."""
    around = ask.who_sees(viewer, verbs.EXPLAIN, subject_id, DataKind.PLAN)
    posts = queries.posts_around(subject_id, around)
    return {post_id: post for post_id, post in posts.items() if post.title}


def explain(
    viewer: Viewer,
    *,
    subject_id: UUID,
    post_id: UUID,
    kind: DataKind,
    purpose: Purpose,
    at: datetime,
    writes: bool = False,
) -> Explanation:
    """The rule of the access table that decides, or decided, for a post. Logged.

    Raises Refused, NobodyHere.
    """
    ask.require(viewer, verbs.EXPLAIN, subject_id)
    post = may_be_explained(viewer, subject_id).get(post_id)
    if post is None:
        raise NobodyHere
    found = oversight.explain(
        post_id=post_id,
        subject_id=subject_id,
        kind=kind,
        purpose=purpose,
        writes=writes,
        at=min(at, viewer.now),
    )
    return Explanation(
        who=post.title,
        unit_name=post.unit_name,
        agency_name=post.agency_name,
        kind=kind,
        purpose=purpose,
        at=at,
        basis=found.basis or "",
        refusal=found.refusal or "",
    )
