"""What the gate answers: yes or no for a page, a filter for a list, a set for the buttons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, F, Model, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from samvirke.gate import audit
from samvirke.gate.access import ACCESS, OPENS, Basis, Refusal
from samvirke.gate.models import AccessEntry, Consent, Grant
from samvirke.gate.reading import rows
from samvirke.gate.types import (
    AccessLine,
    Audience,
    ConsentRecord,
    Opened,
    Refused,
    Verb,
    Viewer,
)
from samvirke.kernel.gate_words import DataKind, Purpose, mask_of

M = TypeVar("M", bound=Model)
GRANTS_ON = """
SELECT kinds, basis FROM gate_grant
WHERE subject_id = %s AND holder_id = ANY (%s) AND purposes & %s <> 0 AND valid_from <= %s AND %s < valid_to
"""
CONSENT_COLUMNS = (
    "id",
    "subject_id",
    "given_by_id",
    "kinds",
    "purposes",
    "from_units",
    "to_units",
    "provisions",
    "form",
    "given_at",
    "valid_to",
    "withdrawn_at",
    "text_version",
    "what_for",
    "said_on",
    "heard_by",
    "recorded_by_id",
    "given_with",
)
CONSENTS = """
SELECT id, subject_id, given_by_id, kinds, purposes, from_units, to_units, provisions, form, given_at,
  valid_to, withdrawn_at, text_version, what_for, said_on, heard_by, recorded_by_id, given_with
FROM gate_consent WHERE subject_id = ANY (%s) ORDER BY given_at DESC
"""


def require(viewer: Viewer, verb: Verb, subject_id: UUID) -> Opened:
    """Go on only if the viewer may; the answer is logged either way. Raises Refused.

    Returns every kind that is open to the viewer about the subject, for pages that show several.
    """
    grants = _grants_on(viewer, subject_id)
    basis = _basis(viewer, verb, subject_id, grants)
    if basis is None:
        refusal = _refusal(viewer, verb, subject_id)
        audit.note(viewer, verb, subject_ids=[subject_id], basis="", outcome=refusal)
        raise Refused(verb, refusal)
    audit.note(viewer, verb, subject_ids=[subject_id], basis=basis)
    cell = ACCESS[viewer.role]
    return Opened(
        reads=mask_of(kinds for kinds, _ in grants) & cell.reads,
        writes=mask_of(kinds for kinds, basis in grants if OPENS[basis].writes) & cell.writes,
    )


def require_role(viewer: Viewer, verb: Verb) -> None:
    """Go on only if the viewer's role and purpose may, whoever it is about: for what has no subject yet.

    Raises Refused. Nothing is logged, since nobody was asked about.
    """
    refusal = _role_refusal(viewer, verb)
    if refusal is not None:
        raise Refused(verb, refusal)


def allowed(viewer: Viewer, verbs: Iterable[Verb], subject_id: UUID) -> set[str]:
    """The codes of those verbs the viewer may do here. For buttons; nothing is read, nothing logged."""
    grants = _grants_on(viewer, subject_id)
    return {verb.code for verb in verbs if _basis(viewer, verb, subject_id, grants) is not None}


def kinds_allowed(viewer: Viewer, verbs: Iterable[Verb], subject_id: UUID) -> list[DataKind]:
    """The kinds of those verbs the viewer may do here, for rows of several kinds about one subject."""
    grants = _grants_on(viewer, subject_id)
    return [verb.kind for verb in verbs if _basis(viewer, verb, subject_id, grants) is not None]


def visible(viewer: Viewer, verb: Verb, rows: QuerySet[M], *, subject: str = "subject_id") -> QuerySet[M]:
    """The rows about subjects this viewer may do this with. Every list starts here."""
    if _role_refusal(viewer, verb) is not None:
        return rows.none()
    grants = _grants(viewer, verb.kind)
    if verb.writes:
        grants = grants.exclude(basis=Basis.LIFT)
    return rows.filter(**{f"{subject}__in": grants.values("subject_id")}).exclude(
        **{f"{subject}__in": list(viewer.barred)}
    )


def who_sees(viewer: Viewer, verb: Verb, subject_id: UUID, kind: DataKind) -> dict[UUID, Audience]:
    """For each holder around the subject: whether it sees this kind, and why. Raises Refused.

    Answered by the gatekeeper's function, since nobody may read another holder's grants.
    """
    require(viewer, verb, subject_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM gate.who_sees(%s, %s)", [subject_id, int(kind)])
        return {
            holder: _audience(basis, has_grant, role_may) for holder, basis, has_grant, role_may in cursor
        }


def readable(viewer: Viewer, subject_ids: Iterable[UUID]) -> dict[UUID, DataKind]:
    """Every kind the viewer may read about each subject. For rows about others than the page's subject."""
    cell, mask = ACCESS[viewer.role], dict.fromkeys(subject_ids, DataKind(0))
    found = _grants(viewer, cell.reads).filter(subject_id__in=mask.keys() - viewer.barred.keys())
    for subject_id, kinds in found.values_list("subject_id", "kinds"):
        mask[subject_id] |= DataKind(kinds) & cell.reads
    return mask


def kinds_on(viewer: Viewer, bases: Iterable[Basis], subject_ids: Iterable[UUID]) -> DataKind:
    """Every kind the viewer may read on one of these bases about any of the subjects."""
    reads = ACCESS[viewer.role].reads
    found = _grants(viewer, reads).filter(basis__in=list(bases), subject_id__in=list(subject_ids))
    return mask_of(DataKind(kinds) for kinds in found.values_list("kinds", flat=True)) & reads


def hidden_posts(subject_id: UUID, post_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those posts around the subject whose unit would tell this viewer where a protected person is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM gate.hidden_posts(%s, %s)", [subject_id, list(post_ids)])
        return frozenset(post_id for (post_id,) in cursor.fetchall())


def is_hidden(subject_id: UUID) -> bool:
    """Whether the subject's own place is hidden from this viewer, so that anything around would tell it."""
    return bool(hidden_posts(subject_id, [subject_id]))  # no post has this id: hidden only where all are


def bars_representation(child_id: UUID) -> bool:
    """Whether the viewer is the child's guardian, and the child's protection lets no guardian act for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.bars_representation(%s)", [child_id])
        (answer,) = cursor.fetchone()
    return bool(answer)


def parted_records(record_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of the viewer's own agency's records that must be held to be nobody else's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM gate.parted_records(%s)", [list(record_ids)])
        return frozenset(record_id for (record_id,) in cursor.fetchall())


def hidden_records(record_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of an agency's own records whose place this viewer may not know, by the persons they are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM gate.hidden_records(%s)", [list(record_ids)])
        return frozenset(record_id for (record_id,) in cursor.fetchall())


def records_in_use(record_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of the viewer's own agency's records on which something rests: a screening, an answer, a link.

    Which of these it is, is not told: who is around the person would be.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM gate.records_in_use(%s)", [list(record_ids)])
        return frozenset(record_id for (record_id,) in cursor.fetchall())


def near_hidden(subject_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those subjects around whom some posts are hidden from this viewer. For lists; then ask post by post."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM gate.near_hidden(%s)", [list(subject_ids)])
        return frozenset(subject_id for (subject_id,) in cursor.fetchall())


def consents(subject_ids: Iterable[UUID]) -> list[ConsentRecord]:
    """The consents about subjects that the viewer of this transaction may see, newest first."""
    return rows(CONSENTS, [list(subject_ids)], _consent)


def consent(consent_id: UUID) -> ConsentRecord:
    """One consent. Raises DoesNotExist, also where the viewer may not know of it."""
    return _consent(*Consent.objects.values_list(*CONSENT_COLUMNS).get(pk=consent_id))


def own_consents(viewer: Viewer, subject_ids: Iterable[UUID]) -> list[ConsentRecord]:
    """The consents that the viewer's own access to these subjects rests on, newest first."""
    rests_on = Grant.objects.filter(
        holder_id__in=viewer.holders, subject_id__in=list(subject_ids), consent_id__isnull=False
    )
    found = Consent.objects.filter(pk__in=rests_on.values("consent_id"))
    return [_consent(*row) for row in found.order_by("-given_at", "id").values_list(*CONSENT_COLUMNS)]


def access_log(
    viewer: Viewer, subject_ids: Iterable[UUID], *, newest: int, before: datetime | None = None
) -> Sequence[AccessLine]:
    """The newest lines about these ids from before then, as far as the viewer may read them; not their own.

    So many, and those of the same moment as the last: all lines of a request are of one moment.
    """
    found = AccessEntry.objects.filter(subject_id__in=list(subject_ids)).exclude(post_id=viewer.post_id)
    if before is not None:
        found = found.filter(at__lt=before)
    last = found.order_by("-at").values("at")[newest - 1 : newest]
    since = Coalesce(Subquery(last), Value("-infinity"), output_field=DateTimeField())
    return list(found.filter(at__gte=since).order_by("-at", "-seq"))


def visit(subject_ids: Iterable[UUID], request_id: UUID) -> Sequence[AccessLine]:
    """The lines of one request about these ids, as far as the viewer of this transaction may read them."""
    return list(AccessEntry.objects.filter(subject_id__in=list(subject_ids), request_id=request_id))


def children(viewer: Viewer) -> list[UUID]:
    """Those for whom the viewer is a guardian now."""
    found = Grant.objects.filter(
        holder_id__in=viewer.holders,
        basis=Basis.GUARDIAN,
        valid_from__lte=viewer.now,
        valid_to__gt=viewer.now,
    )
    return list(found.order_by("subject_id").values_list("subject_id", flat=True).distinct())


def _consent(
    consent_id: UUID,
    subject_id: UUID,
    given_by: UUID,
    kinds: int,
    purposes: int,
    from_units: list[UUID],
    to_units: list[UUID],
    provisions: list[str],
    *rest: Any,
) -> ConsentRecord:
    return ConsentRecord(
        consent_id,
        subject_id,
        given_by,
        DataKind(kinds),
        Purpose(purposes),
        tuple(from_units),
        tuple(to_units),
        tuple(provisions),
        *rest,
    )


def _audience(basis: str, has_grant: bool, role_may: bool) -> Audience:
    if not has_grant:
        return Audience(False, Refusal.NO_BASIS)
    return Audience(True, basis) if role_may else Audience(False, Refusal.ROLE_MAY_NOT)


def _grants_on(viewer: Viewer, subject_id: UUID) -> list[tuple[DataKind, Basis]]:
    """What is open to the viewer about one subject for the viewer's purpose now: kinds and basis."""
    holders, now = list(viewer.holders), viewer.now
    with connection.cursor() as cursor:
        cursor.execute(GRANTS_ON, [subject_id, holders, int(viewer.purpose), now, now])
        return [(DataKind(kinds), Basis(basis)) for kinds, basis in cursor.fetchall()]


def _basis(
    viewer: Viewer, verb: Verb, subject_id: UUID, grants: Iterable[tuple[DataKind, Basis]]
) -> Basis | None:
    """The strongest basis on which the viewer may; None where none is."""
    if _role_refusal(viewer, verb) is not None or subject_id in viewer.barred:
        return None
    bases = {
        basis for kinds, basis in grants if kinds & verb.kind and (OPENS[basis].writes or not verb.writes)
    }
    return next((basis for basis in Basis if basis in bases), None)


def _refusal(viewer: Viewer, verb: Verb, subject_id: UUID) -> Refusal:
    """The first rule of the access table that says no. Asked of the database, which knows what is hidden."""
    refusal = _role_refusal(viewer, verb)
    if refusal is not None:
        return refusal
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.why_not(%s, %s, %s)", [subject_id, int(verb.kind), verb.writes])
        (answer,) = cursor.fetchone()
    return Refusal(answer)


def _role_refusal(viewer: Viewer, verb: Verb) -> Refusal | None:
    """What the access table says of the role alone."""
    cell = ACCESS[viewer.role]
    if not viewer.purpose & verb.purposes & cell.purposes:
        return Refusal.WRONG_PURPOSE
    if not verb.kind & (cell.writes if verb.writes else cell.reads):
        return Refusal.ROLE_MAY_NOT
    return None


def _grants(viewer: Viewer, kind: DataKind) -> QuerySet[Grant, Any]:
    """The viewer's grants that open this kind for the viewer's purpose now."""
    return (
        Grant.objects.filter(
            holder_id__in=viewer.holders, valid_from__lte=viewer.now, valid_to__gt=viewer.now
        )
        .annotate(opens=F("kinds").bitand(int(kind)), serves=F("purposes").bitand(int(viewer.purpose)))
        .exclude(opens=0)
        .exclude(serves=0)
    )
