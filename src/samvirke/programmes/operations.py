"""Setting up a local partnership, and screening an agency's own caseload."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.gate import audit, clock
from samvirke.gate import operations as gate
from samvirke.gate.types import Viewer
from samvirke.people.types import ScreeningInput
from samvirke.programmes import facts, policies, queries, verbs, versions
from samvirke.programmes.models import LocalPartnership, Screening
from samvirke.programmes.types import Outcome, Screened, Verdict
from samvirke.programmes.versions import InForce


def set_up_partnership(
    *,
    partnership_id: UUID,
    name: str,
    municipalities: Sequence[str],
    rules_code: str,
    office: UUID | None = None,
) -> None:
    """Make a local partnership of one country's municipalities. Raises SeveralCountries.

    An administrator's act: it runs as the owner of the database. office: the unit that leads it, whose
    leader post may save versions of its rules.
    """
    country = policies.only_country(agencies.countries_of(municipalities))
    with transaction.atomic(using=gate.OWNER):
        partnership = LocalPartnership.objects.using(gate.OWNER).create(
            id=partnership_id, name=name, country=country, rules=rules_code, office_id=office
        )
        takes_part = LocalPartnership.municipalities.through
        takes_part.objects.using(gate.OWNER).bulk_create(
            takes_part(localpartnership_id=partnership.pk, municipality_id=code) for code in municipalities
        )


@transaction.atomic
def screen_own_caseload(*, partnership_id: UUID, by: Viewer) -> Screened:
    """Judge the records of the viewer's own agency by the partnership's rules; no other agency's data.

    As far as the viewer's role and purpose let them be judged. Each judgement is kept with the version that
    judged and the criteria that decided. Raises NoRulesInForce.
    """
    partnership, today = LocalPartnership.objects.get(pk=partnership_id), by.now.date()
    now = versions.in_force(partnership, today)
    judged = [
        (record, policies.judge(now.rules, policies.facts_of(record, today)))
        for record in queries.own_input(by, verbs.SCREEN)
    ]
    at = _after_what_stands([record.record_id for record, _ in judged], by.now)
    Screening.objects.bulk_create(
        [_screening(record, verdict, partnership, now, by, at) for record, verdict in judged], batch_size=1000
    )
    audit.note(by, verbs.SCREEN, subject_ids=[record.record_id for record, _ in judged], basis="own_record")
    events.record([_told(record, verdict) for record, verdict in judged], by=by.post_id, at=by.now)
    counts = Counter(verdict.outcome for _, verdict in judged)
    return Screened(counts[Outcome.ADMITTED], counts[Outcome.REFUSED], counts[Outcome.UNKNOWN])


def _after_what_stands(record_ids: Sequence[UUID], now: datetime) -> datetime:
    """The newest judgement of a record counts."""
    newest = Screening.objects.filter(record__in=record_ids).aggregate(at=Max("screened_at"))["at"]
    return clock.after(newest, now)


def _screening(
    record: ScreeningInput,
    verdict: Verdict,
    partnership: LocalPartnership,
    now: InForce,
    by: Viewer,
    at: datetime,
) -> Screening:
    return Screening(
        id=uuid4(),
        record_id=record.record_id,
        partnership=partnership,
        rules=now.rules.code,
        version_id=now.version_id,
        outcome=verdict.outcome,
        target_group=verdict.target_group or "",
        deciding_criteria=list(verdict.deciding),
        flags=list(verdict.flags),
        scope=verdict.scope,
        screened_at=at,
        screened_by_id=by.post_id,
    )


def _told(record: ScreeningInput, verdict: Verdict) -> facts.RecordScreened:
    return facts.RecordScreened(
        subject_id=record.record_id,
        municipality=record.municipality,
        outcome=verdict.outcome,
        target_group=verdict.target_group or "",
        scope=verdict.scope,
    )
