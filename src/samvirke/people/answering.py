"""Who must answer for a person: the person alone, or those who act for them, and how many of these.

From which age, and whether both parents must say yes, stands in the law packs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samvirke.events import operations as events
from samvirke.gate import queries as ask
from samvirke.gate.access import ANY_GUARDIAN_ANSWERS, EVERYTHING
from samvirke.gate.operations import WITH_EVERY_CONSENT
from samvirke.gate.types import ConsentRecord, Verb, Viewer
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import DataKind, kinds_in
from samvirke.people import bases, facts, guardians, verbs
from samvirke.people.guardian_models import NotedView
from samvirke.people.guardian_types import Answering, AskedPart, NewGuardian, Said, View
from samvirke.people.models import ChildView, Person
from samvirke.statutes import ages
from samvirke.statutes.kin import CaseType, Meaning
from samvirke.statutes.types import GuardianKind


class NobodyAnswers(Exception):
    """A child has no guardian whose scope covers what is asked."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody who acts for the child may answer this. Record a guardian whose scope covers it; for a "
            "child who is here alone, the representative who was appointed."
        )


class NotHeard(Exception):
    """The guardians were to be asked before the child was."""

    def __init__(self) -> None:
        super().__init__(
            "The child is old enough to be heard first. Ask what the child thinks, note it, and ask again."
        )


class OneYesIsNotEnough(Exception):
    """Both must say yes, and one has."""

    def __init__(self) -> None:
        super().__init__("The other parent must say yes as well. Ask both; nothing is opened before that.")


class AskedInOne(Exception):
    """What a young person decides alone and what the guardians decide were put in one answer."""

    def __init__(self) -> None:
        super().__init__(
            "The young person decides alone about some of this, and the guardians about the rest. Note the "
            "two answers one by one."
        )


def addressed(
    kinds: DataKind, *, country: Country, birth_date: date, on: date
) -> list[tuple[DataKind, bool]]:
    """The kinds of a question by who answers: the person alone, or, where the flag is true, the guardians."""
    alone = ages.decided_alone(country, kinds, birth_date, on=on)
    parts = [(alone, False), (kinds & ~alone, True)]
    return [(some, by_guardians) for some, by_guardians in parts if some]


def who_answers(person_id: UUID, kinds: DataKind, now: datetime) -> Answering:
    """Who must answer for the person about these kinds. Raises NobodyAnswers.

    Somebody appointed with this scope answers for it alone; otherwise the parents, both where they share.
    """
    wanted = kinds & ~ANY_GUARDIAN_ANSWERS
    able = [one for one in guardians.acting_now(person_id, now) if not wanted & ~DataKind(one.scope)]
    return _answering([(one.citizen_id, guardians.footing_of(one)) for one in able])


def check_heard(view: View | None, *, country: Country, birth_date: date, on: date) -> None:
    """A child who is old enough is heard before the guardians answer. Raises NotHeard."""
    if view is None and ages.means(country, CaseType.GENERAL, Meaning.IS_HEARD, birth_date, on=on):
        raise NotHeard


def theirs_until(
    kinds: DataKind, until: datetime, *, country: Country, birth_date: date, on: date
) -> datetime:
    """Until when a yes of guardians lasts: no longer than all of it is theirs to say. Raises NoAgeLine."""
    days = (ages.decides_on(country, kind, birth_date, on=on) for kind in kinds_in(kinds))
    return min([until, *(guardians.beginning_of(day) for day in days if day > on)])


def is_to_be_heard(viewer: Viewer, person_id: UUID) -> bool:
    """Whether the person is a child who is heard before the guardians are asked."""
    person = Person.objects.get(pk=person_id)
    country = guardians.country_of(viewer.holders)
    today = timezone.localtime(viewer.now).date()
    of_age = ages.is_of_age(country, person.birth_date, on=today)
    return not of_age and ages.means(country, CaseType.GENERAL, Meaning.IS_HEARD, person.birth_date, on=today)


def parts_of(terms: bases.Terms, person_id: UUID, view: View | None, *, by: Viewer) -> list[AskedPart]:
    """A question, parted by who answers. What guardians say lasts as long as it is theirs to say.

    Raises NobodyAnswers, NotHeard, NoAgeLine.
    """
    person, today = Person.objects.get(pk=person_id), timezone.localtime(by.now).date()
    country = guardians.country_of(terms.to_units)
    parts = []
    for kinds, by_guardians in addressed(
        terms.kinds, country=country, birth_date=person.birth_date, on=today
    ):
        until = terms.until
        if by_guardians:
            who_answers(person_id, kinds, by.now)
            if by.post_id != person.citizen_id:
                check_heard(view, country=country, birth_date=person.birth_date, on=today)
            until = theirs_until(kinds, until, country=country, birth_date=person.birth_date, on=today)
        parts.append(AskedPart(kinds, until, by_guardians))
    return parts


def note_view(draft_ids: Iterable[UUID], person_id: UUID, view: View | None, *, by: Viewer) -> None:
    """What the child thought, beside each question to the guardians; a child who asked agrees."""
    thought = view or (View.AGREES if by.is_citizen else None)
    if thought is None:
        return
    for draft_id in draft_ids:
        ChildView.objects.create(
            draft_id=draft_id,
            subject_id=person_id,
            view=thought,
            recorded_by_id=by.post_id,
            recorded_at=by.now,
        )
        events.record([facts.ChildHeard(person_id, draft_id, thought)], by=by.post_id, at=by.now)


def note_heard(consent_id: UUID, person_id: UUID, said: Said, *, by: Viewer) -> None:
    """What the child thought, beside what its guardians have said yes to."""
    if said.view is None:
        return
    NotedView.objects.create(
        consent_id=consent_id,
        subject_id=person_id,
        view=said.view,
        recorded_by_id=by.post_id,
        recorded_at=by.now,
    )
    events.record([facts.ChildHeardFirst(person_id, consent_id, said.view)], by=by.post_id, at=by.now)


def views(person_id: UUID) -> dict[UUID, str]:
    """What a child thought, by the consent that its guardians gave and a worker noted, as it may be read."""
    return dict(NotedView.objects.filter(subject_id=person_id).values_list("consent_id", "view"))


def said_at_first(
    terms: bases.Terms,
    new: Sequence[NewGuardian],
    view: View | None,
    *,
    country: Country,
    birth_date: date,
    by: Viewer,
) -> Said:
    """Which of those who were asked gave the first yes for somebody new; nobody where the person did.

    Raises NobodyAnswers, OneYesIsNotEnough, AskedInOne, NotHeard, NoAgeLine.
    """
    wanted = terms.kinds & ~ANY_GUARDIAN_ANSWERS
    able = [(one.citizen_id, ages.guardian_kind(one.footing)) for one in new if not wanted & ~one.scope]
    on = timezone.localtime(by.now).date()
    return _said(terms, (), lambda: _answering(able), view, country=country, birth_date=birth_date, on=on)


def said_now(terms: bases.Terms, person_id: UUID, view: View | None, *, country: Country, by: Viewer) -> Said:
    """The same for a person who is known, where somebody notes that all who must answer have said yes."""
    person, on = Person.objects.get(pk=person_id), timezone.localtime(by.now).date()
    return _said(
        terms,
        (person.citizen_id,),
        lambda: who_answers(person_id, terms.kinds, by.now),
        view,
        country=country,
        birth_date=person.birth_date,
        on=on,
    )


def decided_alone(viewer: Viewer, person_id: UUID) -> DataKind:
    """What the viewer decides alone about by now, as the person; nothing for anybody else."""
    person = Person.objects.filter(pk=person_id, citizen_id=viewer.post_id).first()
    if person is None:
        return DataKind(0)
    today = timezone.localtime(viewer.now).date()
    return ages.decided_alone(Country(person.country), EVERYTHING, person.birth_date, on=today)


def takes_back(consent: ConsentRecord, *, by: Viewer) -> bool:
    """Whether one consent is the viewer's to take back; see `may_take_back` and `answers_now`."""
    return may_take_back(consent, decided_alone(by, consent.subject_id), by=by) or answers_now(consent, by=by)


def may_take_back(consent: ConsentRecord, alone: DataKind, *, by: Viewer) -> bool:
    """Whether a consent is the viewer's to take back: given or noted by them, or grown into.

    alone: what the viewer decides alone about. What guardians said yes to is the person's own from the day
    they decide alone about all of it.
    """
    if by.post_id in {*consent.givers, consent.recorded_by}:
        return True
    return bool(consent.to_units) and not _decided(consent) & ~alone


def answers_now(consent: ConsentRecord, *, by: Viewer) -> bool:
    """Whether others gave it for the person, and the viewer would be asked about all of it now.

    Not where the person's place, or one of their family, is hidden from the viewer.
    """
    person_id = consent.subject_id
    if not (by.is_citizen and consent.to_units) or ask.near_hidden([person_id]):
        return False
    if Person.objects.filter(pk=person_id, citizen_id__in=[*consent.givers, by.post_id]).exists():
        return False
    try:
        return by.post_id in who_answers(person_id, _decided(consent), by.now).citizens
    except NobodyAnswers:
        return False


def verb_to_take_back(consent: ConsentRecord, *, by: Viewer) -> Verb:
    """Acting for somebody is another verb than taking one's own back, or noting that it is."""
    is_own = Person.objects.filter(pk=consent.subject_id, citizen_id=by.post_id).exists()
    acts = by.post_id in consent.givers or (by.is_citizen and not is_own)
    return verbs.CONSENT_FOR_CHILD if acts else verbs.WITHDRAW_CONSENT


def _decided(consent: ConsentRecord) -> DataKind:
    """The kinds that were decided about, without those that come with every consent."""
    return consent.kinds & ~WITH_EVERY_CONSENT or DataKind.PLAN


def _answering(able: Sequence[tuple[UUID, GuardianKind]]) -> Answering:
    """Raises NobodyAnswers."""
    chosen = [one for one in able if not one[1].is_parent] or list(able)
    if not chosen:
        raise NobodyAnswers
    return Answering(max(kind.answers for _, kind in chosen), tuple(citizen for citizen, _ in chosen))


def _said(
    terms: bases.Terms,
    themself: tuple[UUID, ...],
    others: Callable[[], Answering],
    view: View | None,
    *,
    country: Country,
    birth_date: date,
    on: date,
) -> Said:
    """Raises as `said_at_first`."""
    parts = addressed(terms.kinds, country=country, birth_date=birth_date, on=on)
    if len(parts) > 1:
        raise AskedInOne
    if not parts or not parts[0][1]:
        return Said(themself, terms.until)
    found = others()
    if found.lacks:
        raise OneYesIsNotEnough
    check_heard(view, country=country, birth_date=birth_date, on=on)
    until = theirs_until(terms.kinds, terms.until, country=country, birth_date=birth_date, on=on)
    return Said(found.citizens, until, view)
