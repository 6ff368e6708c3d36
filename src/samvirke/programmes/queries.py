"""Partnerships, rules, and an agency's own list of records with what screening said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from samvirke.agencies import queries as agencies
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Verb, Viewer
from samvirke.kernel.codes import Country
from samvirke.people import queries as people
from samvirke.people.types import OwnRecord, ScreeningInput
from samvirke.people.verbs import READ_RECORDS
from samvirke.programmes import changes, policies, verbs
from samvirke.programmes.checks import parsed
from samvirke.programmes.files import BadFile
from samvirke.programmes.models import LocalPartnership, Screening
from samvirke.programmes.types import Changes, JudgedBy, Outcome, RecordPage, RecordRow, Rules
from samvirke.programmes.vocabulary import FACTS

RULES = Path(__file__).parent / "rules"
PAGE = 25
OUTCOMES = (
    Outcome.ADMITTED,
    Outcome.UNKNOWN,
    Outcome.REFUSED,
    "",
)  # in the order of the page; empty: not screened


@cache
def rules(code: str) -> Rules:
    """The target-group rules of this code as they are delivered. Raises BadFile."""
    try:
        return parsed(delivered(code))
    except BadFile as problem:
        raise BadFile(problem.problems, name=f"{code}.yaml") from None


def delivered(code: str) -> str:
    """The text of the rules that are delivered; empty for a partnership that has none."""
    return "" if not code else (RULES / f"{code}.yaml").read_text(encoding="utf-8")


def country_of(partnership_id: UUID) -> Country:
    """The country whose law a partnership's plans follow. Raises LocalPartnership.DoesNotExist."""
    return Country(LocalPartnership.objects.values_list("country", flat=True).get(pk=partnership_id))


def partnership_names() -> dict[UUID, str]:
    """Names of the local partnerships at work by id; not those that papers alone tell of."""
    at_work = LocalPartnership.objects.exclude(municipalities=None).distinct()
    return dict(at_work.values_list("id", "name"))


def municipalities_of_all() -> list[str]:
    """The codes of all partnerships' municipalities."""
    return list(LocalPartnership.municipalities.through.objects.values_list("municipality_id", flat=True))


def municipalities(partnership_id: UUID) -> list[str]:
    """The codes of a partnership's municipalities."""
    found = LocalPartnership.municipalities.through.objects.filter(localpartnership_id=partnership_id)
    return list(found.order_by("municipality_id").values_list("municipality_id", flat=True))


def records(viewer: Viewer, *, outcome: str | None = None, page: int = 1) -> RecordPage:
    """One page of the viewer's own agency's records with one outcome, each with its screening in words.

    outcome: a code, empty for not screened; None: the first of admitted, unknown, refused, not screened
    that there is. Only the records of the page are read, and logged as read.
    """
    order = people.own_record_order(viewer)
    found = _newest(viewer, Screening.objects.all())
    outcomes = {record_id: found.get(record_id, "") for record_id in order}
    counted = Counter(outcomes.values())
    counts = tuple((code, counted[code]) for code in OUTCOMES if counted[code])
    chosen = outcome if outcome is not None else (counts[0][0] if counts else "")
    of_outcome = [record_id for record_id in order if outcomes[record_id] == chosen]
    first = (page - 1) * PAGE
    return RecordPage(
        rows=_rows(viewer, of_outcome[first : first + PAGE]),
        outcome=chosen,
        counts=counts,
        page=page,
        pages=max(1, -(-len(of_outcome) // PAGE)),
    )


def record(viewer: Viewer, record_id: UUID) -> RecordRow | None:
    """One of the own agency's records with its screening, or None where it is not the viewer's to see."""
    return next(iter(_rows(viewer, [record_id])), None)


def own_input(viewer: Viewer, verb: Verb) -> list[ScreeningInput]:
    """The own agency's records, as far as the viewer's role and purpose let them be judged."""
    if not viewer.purpose & verb.purposes:
        return []
    own = people.screening_input(viewer)
    readable = ask.readable(viewer, [record.record_id for record in own])
    return [record for record in own if readable[record.record_id] & verb.kind]


def partnership_in(municipality: str) -> UUID | None:
    """The local partnership a municipality takes part in."""
    found = LocalPartnership.objects.filter(municipalities=municipality).values_list("id", flat=True)
    return found.first()


def partnership_of(viewer: Viewer) -> UUID | None:
    """The local partnership that the viewer's own unit leads or takes part in.

    A unit that serves no municipality of its own takes part where its country has only one partnership.
    """
    led = LocalPartnership.objects.filter(office_id__in=viewer.holders).values_list("id", flat=True).first()
    if led is not None:
        return led
    municipality = agencies.place_of(agencies.post(viewer.post_id).unit_id).municipality
    if municipality:
        return partnership_in(municipality)
    at_home = LocalPartnership.objects.filter(country=agencies.country_of_post(viewer.post_id))
    found = list(at_home.exclude(municipalities=None).distinct().values_list("id", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def what_would_change(viewer: Viewer, record_id: UUID) -> Changes | None:
    """What would lead to another verdict on one of the own agency's records, by the rules that judged it.

    Only of facts that the viewer may see. None where it was not screened, or the viewer may not know of it.
    """
    if verbs.READ_SCREENING.code not in ask.allowed(viewer, [verbs.READ_SCREENING], record_id):
        return None
    opened = ask.require(viewer, verbs.READ_SCREENING, record_id)
    screening = Screening.objects.select_related("version").filter(record=record_id)
    newest = screening.order_by("-screened_at").first()
    if newest is None:
        return None
    (record,) = people.screening_input(viewer, [record_id])
    judging, known = _rules_of(newest), policies.facts_of(record, viewer.now.date())
    verdict = policies.judge(judging, known)
    if (verdict.outcome, verdict.target_group or "") != (newest.outcome, newest.target_group):
        return Changes((), is_stale=True)
    may_see = {fact.code for fact in FACTS if fact.kind & opened.reads}
    return Changes(changes.what_would_change(judging, known, may_see=may_see), is_stale=False)


def _newest(viewer: Viewer, screenings: QuerySet[Screening]) -> dict[UUID, str]:
    """The outcome of each record's newest screening."""
    found = ask.visible(viewer, verbs.READ_SCREENING, screenings, subject="record")
    newest = found.order_by("record_id", "-screened_at").distinct("record_id")
    return dict(newest.values_list("record_id", "outcome"))


def _rows(viewer: Viewer, record_ids: Sequence[UUID]) -> tuple[RecordRow, ...]:
    own = people.own_records(viewer, record_ids)
    screened = Screening.objects.select_related("version").filter(record__in=record_ids)
    newest = {
        screening.record_id: screening
        for screening in ask.visible(viewer, verbs.READ_SCREENING, screened, subject="record")
        .order_by("record_id", "-screened_at")
        .distinct("record_id")
    }
    shown = verbs.READ_SCREENING.kind
    audit.note(viewer, READ_RECORDS, subject_ids=newest, basis="own_record", kinds=shown)  # on the same lines
    names = agencies.municipality_names()
    return tuple(_row(record, newest.get(record.record_id), names) for record in own)


def _row(record: OwnRecord, screening: Screening | None, names: dict[str, str]) -> RecordRow:
    return RecordRow(
        record_id=record.record_id,
        external_id=record.external_id,
        name=record.name,
        birth_date=record.birth_date,
        municipality=names.get(record.municipality, ""),
        outcome=screening.outcome if screening else "",
        criteria=_sentences(screening, "deciding_criteria"),
        target_group=screening.target_group if screening else "",
        scope=screening.scope if screening else "",
        noted=_sentences(screening, "flags"),
        judged_by=_judged_by(screening),
    )


def _sentences(screening: Screening | None, codes: str) -> tuple[str, ...]:
    if screening is None:
        return ()
    known = {criterion.code: criterion.sentence for criterion in _rules_of(screening).criteria}
    return tuple(known[code] for code in getattr(screening, codes))


def _judged_by(screening: Screening | None) -> JudgedBy | None:
    if screening is None:
        return None
    number = screening.version.number if screening.version else 0
    return JudgedBy(number, _rules_of(screening).valid_from)


def _rules_of(screening: Screening) -> Rules:
    """The rules that judged."""
    return parsed(screening.version.text) if screening.version else rules(screening.rules)
