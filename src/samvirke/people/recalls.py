"""Telling posts that a consent they used has been withdrawn, and hearing that they know.

A recall opens nothing. It is read by the post, which is around the person no longer, by the person, and by
who gave the consent; it holds ids, days, kinds and the unit's own record.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.gate import audit
from samvirke.gate import consents as gate
from samvirke.gate import queries as ask
from samvirke.gate.consents import Resting
from samvirke.gate.types import ConsentRecord, Viewer
from samvirke.kernel.gate_words import Purpose, kinds_in
from samvirke.people import facts, queries, verbs
from samvirke.people.models import ClientRecord, IdentityLink, Recall
from samvirke.people.types import RecalledRow, RecallRow


def tell(consent: ConsentRecord, *, by: Viewer) -> None:
    """Each post that will see less when the consent has ended is told; before it ends, while they are known.

    Whether the viewer may end it is the caller's question, and the gate's.
    """
    told = {one.holder_id: one for one in gate.rests_on(consent.id) if _sees_less(one, consent.purposes)}
    posts = agencies.posts(told)
    records = _records_of(consent.subject_id)
    Recall.objects.bulk_create(
        Recall(
            id=uuid4(),
            subject_id=consent.subject_id,
            consent_id=consent.id,
            given_by_id=consent.given_by,
            post_id=post_id,
            record_id=records.get(post.unit_id),
            kinds=int(told[post_id].lost or told[post_id].opened),
            recalled_at=by.now,
        )
        for post_id, post in posts.items()
    )


def own(viewer: Viewer) -> list[RecallRow]:
    """What the viewer's post has been told and not acknowledged, the oldest first."""
    found = list(
        Recall.objects.filter(post_id=viewer.post_id, acknowledged_at__isnull=True).order_by("recalled_at")
    )
    records = [one.record_id for one in found if one.record_id is not None]
    numbers = dict(ClientRecord.objects.filter(pk__in=records).values_list("pk", "external_id"))
    audit.note(viewer, verbs.READ_RECORDS, subject_ids=numbers, basis="own_record")
    return [
        RecallRow(
            recall_id=one.id,
            kinds=tuple(kinds_in(one.kinds)),
            recalled_at=one.recalled_at,
            external_id="" if one.record_id is None else numbers.get(one.record_id, ""),
        )
        for one in found
    ]


@transaction.atomic
def acknowledge(*, recall_id: UUID, by: Viewer) -> None:
    """The post has read it, and uses nothing of it any more. Twice is as once.

    Raises Refused, or Recall.DoesNotExist also where another post was told.
    """
    ask.require_role(by, verbs.ACKNOWLEDGE_RECALL)
    recall = Recall.objects.get(pk=recall_id, post_id=by.post_id)
    if Recall.objects.filter(pk=recall_id, acknowledged_at__isnull=True).update(acknowledged_at=by.now):
        told = facts.RecallAcknowledged(None, (by.now - recall.recalled_at).days)
        events.record([told], by=by.post_id, at=by.now)


def of_consent(viewer: Viewer, consent: ConsentRecord) -> list[RecalledRow]:
    """Who was told that the consent has ended, and who has acknowledged it; for the person or the giver."""
    found = list(Recall.objects.filter(consent_id=consent.id))
    posts = queries.posts_around(consent.subject_id, (one.post_id for one in found))
    rows = [RecalledRow(posts[one.post_id], tuple(kinds_in(one.kinds)), one.acknowledged_at) for one in found]
    return sorted(rows, key=lambda row: (row.post.agency_name, row.post.title))


def _sees_less(one: Resting, purposes: Purpose) -> bool:
    return bool(one.lost) or (bool(one.opened) and one.left_for != purposes)


def _records_of(subject_id: UUID) -> dict[UUID, UUID]:
    """The records that are the person, by unit, as far as the viewer of this transaction may see the ties."""
    links = dict(
        IdentityLink.objects.filter(subject_id=subject_id, unlinked_at__isnull=True).values_list(
            "record_id", "linked_by_id"
        )
    )
    posts = agencies.posts(links.values())
    return {posts[post_id].unit_id: record_id for record_id, post_id in links.items()}
