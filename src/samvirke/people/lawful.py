"""Opening something to a post of another unit on a law that asks for no consent, and ending it.

The law packs say what a rule carries, the gate what the viewer's unit may see; this asks both, and keeps how
each condition of the rule is met. The person is told on their own page, the post on its worklist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.access import OPENS, Basis
from samvirke.gate.operations import WITH_EVERY_CONSENT
from samvirke.gate.types import COMMON_PLAN, Viewer
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import DataKind
from samvirke.people import facts, verbs
from samvirke.people.law_types import Asked, Rule
from samvirke.people.models import ConditionMet, IdentityLink, OpeningByLaw
from samvirke.statutes import policies
from samvirke.statutes import queries as statutes
from samvirke.statutes.sharing import Condition, Effect, Hindrance, Sharing
from samvirke.statutes.types import DisclosureBasis

WORDS = (10, 1000)  # characters: how a condition is met
LONGEST = timedelta(days=366)
OPENED_KINDS = OPENS[Basis.STATUTE].kinds
PURPOSES = OPENS[Basis.STATUTE].purposes


class AsksForConsent(Exception):
    """A rule that asks for the person's yes was to be used without it."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"{code} asks for the person's consent, so nothing is opened on it without one. Ask the person."
        )


class NotComparedWithLaw(Exception):
    """Nobody has compared a rule with the law's own text."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"Nobody has compared {code} with the law's own text, so nothing is opened on it. Compare it and "
            "note the day in the law pack, or ask the person."
        )


class LawDoesNotCarry(Exception):
    """The rule does not carry what was to be opened."""

    def __init__(self, code: str, hindrance: Hindrance) -> None:
        super().__init__(f"Nothing can be opened on {code}. {hindrance.sentence}")
        self.code = code
        self.hindrance = hindrance


class HowIsItMet(Exception):
    """A condition of the rule is not said to be met in words that somebody else can judge."""

    def __init__(self, condition: str) -> None:
        shortest, longest = WORDS
        super().__init__(
            f"Write in {shortest} to {longest} characters how the condition is met for this person."
        )
        self.condition = condition


class NotYoursToTell(Exception):
    """More was to be opened than the viewer sees."""

    def __init__(self) -> None:
        super().__init__(
            "You can open what you see yourself, and never a protected address. Leave the rest out, or ask "
            "whoever sees it."
        )


class OwedToConsent(Exception):
    """What the viewer sees only because the person said yes was to be opened by law."""

    def __init__(self) -> None:
        super().__init__(
            "You see this only because the person said yes, so it is not yours to open by law. Ask the "
            "person, or the office whose own case it is."
        )


class NotOfAnotherUnit(Exception):
    """It was to be opened to a post of the own unit, or to nobody who works with persons."""

    def __init__(self) -> None:
        super().__init__("Choose somebody of another office who works with persons.")


class TooLongOrOver(Exception):
    """The last day is not ahead, or too far."""

    def __init__(self) -> None:
        super().__init__(
            f"Choose a day ahead, at most {LONGEST.days} days from now. It can be opened anew when it ends."
        )


class OpenedByAnother(Exception):
    """Another unit has opened something to the post on the same rule."""

    def __init__(self) -> None:
        super().__init__(
            "Another office has opened something to this post on the same rule, and alone changes or ends "
            "it. Read what is open, and talk with them."
        )


class NotYoursToEnd(Exception):
    """Another unit opened it, or it is over."""

    def __init__(self) -> None:
        super().__init__("Only the office that opened it ends it, once. Read the list again.")


@transaction.atomic
def open_by_law(*, person_id: UUID, asked: Asked, by: Viewer) -> UUID:
    """Open kinds about a person to a post of another unit. Returns the opening's id.

    What the own unit opened to the post on the same rule before ends: the newer one takes its place. Raises
    Refused, AsksForConsent, NotComparedWithLaw, LawDoesNotCarry, HowIsItMet, NotYoursToTell,
    OwedToConsent, NotOfAnotherUnit, TooLongOrOver, OpenedByAnother, UnknownProvision.
    """
    opened = ask.require(by, verbs.OPEN_BY_LAW, person_id)
    kinds = asked.kinds | WITH_EVERY_CONSENT
    if not asked.kinds or kinds & ~OPENED_KINDS or kinds & ~opened.reads:
        raise NotYoursToTell
    if kinds & ~own_to_tell(by, person_id):
        raise OwedToConsent
    if not by.now < asked.until <= by.now + LONGEST:
        raise TooLongOrOver
    own_unit = agencies.post(by.post_id).unit_id
    _check_receiver(asked.to_post, own_unit)
    basis = statutes.disclosure_basis(asked.provision, on=by.now.date())
    _check_law(basis, asked, kinds, own_unit, by)
    _end_older(person_id, asked, own_unit, by)
    gate.open_by_law(
        person_id=person_id,
        post_ids=[asked.to_post],
        kinds=kinds,
        purposes=asked.purposes,
        provision=basis.code,
        until=asked.until,
    )
    return _noted(person_id, asked, kinds, own_unit, by)


@transaction.atomic
def end_by_law(*, opening_id: UUID, by: Viewer) -> None:
    """End what the own unit opened, at once. Raises Refused, NotYoursToEnd, OpeningByLaw.DoesNotExist."""
    ask.require_role(by, verbs.OPEN_BY_LAW)
    opening = OpeningByLaw.objects.get(pk=opening_id)
    if opening.unit_id not in by.holders or status(opening, by) != "running":
        raise NotYoursToEnd
    gate.end_by_law(person_id=opening.subject_id, post_ids=[opening.to_post_id], provision=opening.provision)
    OpeningByLaw.objects.filter(pk=opening_id).update(ended_at=by.now, ended_by_id=by.post_id)
    if verbs.READ_OPENINGS.code in ask.allowed(by, [verbs.READ_OPENINGS], opening.subject_id):
        told = facts.EndedByLaw(opening.subject_id, opening_id)
        events.record([told], by=by.post_id, at=by.now)


def own_to_tell(viewer: Viewer, person_id: UUID) -> DataKind:
    """What of a person the viewer does not owe to a consent: the own office's case, and what a law opened.

    What is seen by consent alone is not passed on by law: it would outlive the yes.
    """
    ties = IdentityLink.objects.filter(subject_id=person_id, unlinked_at__isnull=True)
    same = [person_id, *ties.values_list("record_id", flat=True)]
    return ask.kinds_on(viewer, [Basis.OWN_RECORD, Basis.STATUTE], same)


def rules(country: Country, viewer: Viewer) -> list[Rule]:
    """The rules of the country that ask for no consent and that the viewer's own agency may tell by."""
    own = agencies.post(viewer.post_id).agency_kind
    found = statutes.disclosure_bases(country, on=viewer.now.date())
    return [_rule(basis) for basis in found if _may_open(basis) and own in basis.givers]


def status(opening: OpeningByLaw, viewer: Viewer) -> str:
    """Running, ended before its day, or over by itself."""
    if opening.ended_at is not None:
        return "ended"
    return "running" if viewer.now < opening.until else "over"


def is_law_here(basis: DisclosureBasis) -> bool:
    """Whether somebody has compared the rule with the law; with invented people it may be tried unread."""
    return basis.verified_on is not None or bool(settings.DEMO_SIGN_IN)


def _may_open(basis: DisclosureBasis) -> bool:
    return not basis.needs_consent and basis.effect is Effect.LIFTS and basis.is_described


def _rule(basis: DisclosureBasis) -> Rule:
    return Rule(
        code=basis.code,
        label=basis.label,
        citation=policies.citation(basis),
        source=basis.source,
        verified_on=basis.verified_on,
        is_law_here=is_law_here(basis),
        kinds=basis.kinds & OPENED_KINDS,
        purposes=basis.purposes & PURPOSES,
        conditions=basis.conditions,
    )


def _check_receiver(to_post: UUID, own_unit: UUID) -> None:
    receiver = agencies.posts([to_post]).get(to_post)
    if receiver is None or receiver.unit_id == own_unit:
        raise NotOfAnotherUnit
    if agencies.roles([to_post])[to_post] not in agencies.WORKERS:
        raise NotOfAnotherUnit


def _check_law(basis: DisclosureBasis, asked: Asked, kinds: DataKind, own_unit: UUID, by: Viewer) -> None:
    if basis.needs_consent:
        raise AsksForConsent(basis.code)
    bodies = agencies.bodies([own_unit, agencies.post(asked.to_post).unit_id])
    sharing = Sharing(
        giver=bodies[own_unit],
        receiver=bodies[agencies.post(asked.to_post).unit_id],
        kinds=kinds,
        purposes=asked.purposes,
        case=COMMON_PLAN,
        day=by.now.date(),
        found=_found(basis, asked.met),
    )
    hindrance = policies.hindrance(basis, sharing, None)
    if hindrance is not None:
        raise LawDoesNotCarry(basis.code, hindrance)
    if not is_law_here(basis):
        raise NotComparedWithLaw(basis.code)
    if not basis.conditions and not _is_said(asked.met.get("", "")):
        raise HowIsItMet("")


def _found(basis: DisclosureBasis, met: Mapping[str, str]) -> frozenset[Condition]:
    """The conditions of the rule of which something is written. Raises HowIsItMet where it is not enough."""
    named = {condition for group in basis.conditions for condition in group}
    found = [condition for condition in named if met.get(condition, "").strip()]
    for condition in found:
        if not _is_said(met[condition]):
            raise HowIsItMet(condition)
    return frozenset(found)


def _is_said(words: str) -> bool:
    shortest, longest = WORDS
    return shortest <= len(words.strip()) <= longest


def _end_older(person_id: UUID, asked: Asked, own_unit: UUID, by: Viewer) -> None:
    """The gate takes the older access away; here the list comes to say so. Raises OpenedByAnother."""
    older = OpeningByLaw.objects.filter(
        subject_id=person_id,
        to_post_id=asked.to_post,
        provision=asked.provision,
        ended_at__isnull=True,
        until__gt=by.now,
    )
    if older.exclude(unit_id=own_unit).exists():
        raise OpenedByAnother
    older.update(ended_at=by.now, ended_by_id=by.post_id)


def _noted(person_id: UUID, asked: Asked, kinds: DataKind, own_unit: UUID, by: Viewer) -> UUID:
    opening = OpeningByLaw.objects.create(
        id=uuid4(),
        subject_id=person_id,
        to_post_id=asked.to_post,
        opened_by_id=by.post_id,
        unit_id=own_unit,
        provision=asked.provision,
        kinds=int(kinds),
        purposes=int(asked.purposes),
        opened_at=by.now,
        until=asked.until,
    )
    ConditionMet.objects.bulk_create(
        ConditionMet(
            id=uuid4(), opening=opening, subject_id=person_id, condition=condition, words=words.strip()
        )
        for condition, words in _kept(asked)
    )
    told = facts.OpenedByLaw(person_id, opening.id, asked.provision, int(kinds))
    events.record([told], by=by.post_id, at=by.now)
    return opening.id


def _kept(asked: Asked) -> Iterable[tuple[str, str]]:
    return ((condition, words) for condition, words in asked.met.items() if words.strip())
