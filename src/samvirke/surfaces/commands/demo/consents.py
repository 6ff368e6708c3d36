"""Being asked for more: a question that waits, and a yes to less than was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import LiteralString
from uuid import UUID

from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import consents
from samvirke.people.operations import ConsentTerms
from samvirke.plan import consents as plan
from samvirke.surfaces.commands.demo.organisation import Organisation
from samvirke.surfaces.commands.demo.player import Player, Step

ASKED_FIRST, ANSWERED, ASKED_NOW = timedelta(days=50), timedelta(days=47), timedelta(days=5)
LASTS = timedelta(days=365)
HELD_BACK = DataKind.HEALTH

OPENS_MORE = """
SELECT count(*) FROM people_consentdraft d JOIN gate_consent c ON c.id = d.consent_id
WHERE c.kinds & ~(d.kinds | 8197) <> 0 OR NOT c.to_units <@ d.to_units OR c.purposes <> d.purpose
   OR c.valid_to <> d.until OR (d.answer = 'yes') <> (c.kinds = (d.kinds | 8197) AND c.to_units = d.to_units)
"""
NOT_TOLD = """
SELECT count(*) FROM gate_consent c WHERE c.withdrawn_at IS NOT NULL AND c.to_units <> '{}'
AND EXISTS (SELECT FROM plan_teammember m WHERE m.consent_id = c.id AND m.left_on IS NULL
  AND NOT EXISTS (SELECT FROM people_recall r WHERE r.consent_id = c.id AND r.post_id = m.post_id))
"""
INVARIANTS: tuple[tuple[str, LiteralString], ...] = (
    ("No yes opened more than was asked", OPENS_MORE),
    ("Everybody who lost access by a withdrawal was told", NOT_TOLD),
)


def steps(visited: Player | None, today: date, told: Counter[str]) -> Iterator[Step]:
    """Whom a visitor can be has said yes to less than was asked, and is asked something now."""
    if visited is None:
        return
    asked: list[UUID] = []
    first = partial(_ask, visited, DataKind.SOCIAL | DataKind.NETWORK | HELD_BACK, Purpose.SERVICE, asked)
    now = partial(_ask, visited, DataKind.HOUSING | DataKind.ECONOMY, Purpose.FOLLOW_UP, asked)
    yield Step(today - ASKED_FIRST, lambda: visited.coordinator, first)
    yield Step(today - ANSWERED, lambda: visited.known.citizen_id, partial(_says_yes_to_less, asked, told))
    yield Step(today - ASKED_NOW, lambda: visited.coordinator, now)


def _ask(player: Player, kinds: DataKind, purpose: Purpose, asked: list[UUID], by: Viewer) -> None:
    terms = _terms(player.organisation, player.person.municipality, kinds, purpose, by.now)
    asked += consents.draft(person_id=player.known.person_id, terms=terms, by=by)


def _says_yes_to_less(asked: list[UUID], told: Counter[str], by: Viewer) -> None:
    plan.say_yes(draft_id=asked[0], without_kinds=HELD_BACK, without_units=(), by=by)
    told["yes_to_less"] += 1


def _terms(
    here: Organisation, municipality: str, kinds: DataKind, purpose: Purpose, now: datetime
) -> ConsentTerms:
    units = (
        here.unit(AgencyKind.COORDINATING_UNIT, ""),
        here.unit(AgencyKind.SOCIAL_SERVICE, municipality),
        here.unit(AgencyKind.NAV_STATE, municipality),
    )
    return ConsentTerms(
        kinds=kinds,
        purposes=purpose,
        from_units=units,
        to_units=units,
        provisions=("no.consent_individual_plan",),
        form="digital",
        text_version="2026-2",
        until=now + LASTS,
        what_for="no.individual_plan",
    )
