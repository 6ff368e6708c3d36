"""What can be asked of pages, search and exports, and what each answer must tell of whom.

Each way out states here in words and code which texts it is for. Whether a text is open to who asks, the
oracle alone says; a text that is not open may stand in no answer whatsoever. What a way out leaves out of
what is open is its own rule, written down beside it and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from random import Random
from uuid import UUID

from django.urls import reverse

from proof.channels.asking import Asker, Asking
from proof.channels.inhabited import Inhabited, Text
from proof.channels.near_places import held_to_be, hidden_offices, near, offices, places_decided
from proof.channels.own_files import OwnFile
from proof.channels.settling import BIRTHDAYS, FIRST_NAMES
from proof.oracle import words

SENDERS = frozenset({"unit_leader", "integration"})
ON_A_PAGE = 25  # own records
BEST = 20  # of those a search finds
EVERYBODY = "qz"  # how each family name begins
Way = Callable[[Asker, Random], Iterator[Asking]]


def pages(asker: Asker, rng: Random) -> Iterator[Asking]:
    """The lists, some records, and some plans with the places around them; a citizen's own pages."""
    yield worklist(asker)
    yield records(asker)
    for one in _some(rng, asker, asker.here.world.records, 2):
        yield record(asker, one)
    drawn = _some(rng, asker, asker.here.plans, 4)
    yield from (plan(asker, subject) for subject in drawn)
    yield from (places(asker, subject) for subject in dict.fromkeys([*drawn, *_known_places(asker)]))
    yield my_plan(asker)
    yield my_place(asker)


def searches(asker: Asker, rng: Random) -> Iterator[Asking]:
    """Everybody at once, a first name, a birthday, and a case number."""
    here = asker.here
    yield search(asker, EVERYBODY, [*here.first_names])
    name = rng.choice(FIRST_NAMES)
    yield search(asker, name, [one for one, its in here.first_names.items() if its == name])
    day = rng.choice(BIRTHDAYS)
    yield search(asker, day.strftime("%d.%m.%Y"), [one for one, its in here.birthdays.items() if its == day])
    for one in _some(rng, asker, here.world.records, 1):
        yield search(asker, here.names[one][1].token, [one])


def exports(asker: Asker, rng: Random) -> Iterator[Asking]:
    """Some plans as documents, and the refused rows of own and others' files."""
    for subject in _some(rng, asker, asker.here.plans, 3):
        yield document(asker, subject)
    yield my_document(asker)
    files = asker.here.files
    for file in {id(one): one for one in (*_own(asker), *rng.sample(files, min(1, len(files))))}.values():
        yield from errors(asker, file)


WAYS: dict[str, Way] = {"page": pages, "search": searches, "export": exports}


def _own(asker: Asker) -> list[OwnFile]:
    return [file for file in asker.here.files if file.sender == asker.post]


def _some(rng: Random, asker: Asker, subjects: Iterable[UUID], most: int) -> list[UUID]:
    """So many of whom something is open, and one or two of the others."""
    every = list(subjects)
    known = [one for one in every if any(True for _ in asker.of(asker.here.names[one]))]
    others = [one for one in every if one not in known]
    return [
        *rng.sample(known, min(most, len(known))),
        *rng.sample(others, min((most + 1) // 2, len(others))),
    ]


def _known_places(asker: Asker) -> list[UUID]:
    """Those protected where the asker may know it: they are few."""
    here = asker.here
    protected = (one for one in here.world.persons if one in here.world.protected)
    return [one for one in protected if here.places[one].token in asker.seen]


def _each(tokens: Iterable[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset([token]) for token in tokens)


# Lists


def worklist(asker: Asker) -> Asking:
    """Names those plans, open by plan and name, in whose team the worker sits."""
    here, told = asker.here, list[str]()
    for subject, found in here.plans.items():
        names = list(asker.of(here.names[subject]))
        if asker.works and asker.post in found.team and asker.opens(subject) and names:
            told += [*names, found.address]
    decides = [text for subject in here.plans for text in (*here.names[subject], here.addresses[subject])]
    return Asking((reverse("worklist"),), tuple(decides), _each(told))


def records(asker: Asker) -> Asking:
    """The own records, 25 on a page, and the town of each that tells nobody's place.

    A town is kept back near a hidden place, and goes on being so where the record was found to be another's.
    """
    here = asker.here
    shown = [one for one in here.world.records if asker.works and here.names[one][0].token in asker.seen]
    told = [text.token for one in shown for text in here.names[one]]
    once = {one: held_to_be(here, one) for one in shown}
    kept = {one for one in shown if any(near(asker, person) for person in once[one])}
    told += [here.towns[one] for one in shown if one not in kept]
    pages_of = range(1, max(1, -(-len(shown) // ON_A_PAGE)) + 1)
    return Asking(
        paths=tuple(f"{reverse('records')}?show=not_screened&page={page}" for page in pages_of),
        decides=tuple(text for one in here.world.records for text in here.names[one]),
        told=_each(told),
        untold=frozenset(here.towns[one] for one in kept),
        about_places=frozenset((one, words.PROTECTED_LOCATION) for one in shown if once[one]),
    )


# One record, one plan


def record(asker: Asker, subject: UUID) -> Asking:
    """An own record; of the person it is, the name and the plan as far as they are open.

    There is no page where somebody it is or was is open without their consents, and no room opens so little.
    """
    here = asker.here
    person = here.world.tied_to.get(subject)
    known = [one for one in held_to_be(here, subject) if here.names[one][0].token in asker.seen]
    is_open = asker.works and here.names[subject][0].token in asker.seen
    is_open = is_open and all(asker.reads(one, words.CONSENT) for one in known)
    texts = [*here.names[subject]]
    if person is not None:
        texts += [*here.names[person], here.addresses[person]]
    told = [frozenset(text.token for text in here.names[subject])] if is_open else []
    if is_open and person is not None and person in known:
        told += _each(asker.of([*here.names[person], here.addresses[person]]))
    is_near = any(near(asker, one) for one in held_to_be(here, subject))
    return Asking(
        paths=(reverse("record", args=[subject]),),
        decides=tuple(texts),
        told=tuple(told),
        untold=frozenset([here.towns[subject]] if is_near else []),
    )


def plan(asker: Asker, subject: UUID) -> Asking:
    """A plan whose existence is open: of what stands in it, all that is."""
    here, found = asker.here, asker.here.plans[subject]
    texts = (*_told_anywhere(here, subject), *found.notes, *found.meetings)
    is_open = asker.works and asker.opens(subject)
    told = [*asker.of(texts), *offices(asker, subject, found)] if is_open else []
    return Asking(
        paths=(reverse("plan", args=[found.plan_id]),),
        decides=texts,
        told=_each(told),
        untold=hidden_offices(asker, subject),
        about_places=places_decided(asker, subject) if is_open else frozenset(),
    )


def _told_anywhere(here: Inhabited, subject: UUID) -> tuple[Text, ...]:
    """What stands on the page and in the document of a plan."""
    found = here.plans[subject]
    return (*here.names[subject], *found.goals, *found.statements, *found.actions)


def places(asker: Asker, subject: UUID) -> Asking:
    """Around a plan that is open, the protected places; of a family, where its members may be named."""
    here = asker.here
    persons = here.world.members(subject) or (subject,)
    texts = tuple(here.places[one] for one in persons if one in here.world.protected)
    named = subject in here.world.persons or any(True for _ in asker.of(here.names[subject]))
    is_open = asker.works and asker.opens(subject) and named
    return Asking(
        paths=(reverse("plan_places", args=[here.plans[subject].plan_id]),),
        decides=texts,
        told=_each(asker.of(texts)) if is_open else (),
        untold=hidden_offices(asker, subject),
    )


def document(asker: Asker, subject: UUID) -> Asking:
    """The plan as a document: without notes and meetings."""
    here, found = asker.here, asker.here.plans[subject]
    texts = _told_anywhere(here, subject)
    is_open = asker.works and asker.opens(subject)
    told = [*asker.of(texts), *offices(asker, subject, found)] if is_open else []
    return Asking(
        paths=(reverse("plan_document", args=[found.plan_id]),),
        decides=texts,
        told=_each(told),
        untold=hidden_offices(asker, subject),
        about_places=places_decided(asker, subject) if is_open else frozenset(),
    )


# A citizen's own pages


def my_plan(asker: Asker) -> Asking:
    """The own plan, and those of families that are open by plan and by name, without what these build on."""
    here, person = asker.here, asker.person
    if person is None:
        return Asking((reverse("my_plan"),), ())
    found = here.plans[person]
    texts = [*_told_anywhere(here, person), *found.notes, *found.meetings]
    told = [*asker.of(texts), *offices(asker, person, found)]
    for family in here.world.families_of.get(person, ()):
        of_family = here.plans[family]
        parts = [*here.names[family], *of_family.goals, *of_family.actions, *of_family.notes]
        parts = [text for text in parts if text not in of_family.statements]
        texts += parts
        names = list(asker.of(here.names[family]))
        told += asker.of(parts) if asker.opens(family) and names else ()
    return Asking((reverse("my_plan"),), tuple(texts), _each(told))


def my_place(asker: Asker) -> Asking:
    """Where the citizen is, protected or not."""
    texts = () if asker.person is None else (asker.here.places[asker.person],)
    return Asking((reverse("my_place"),), texts, _each(asker.of(texts)))


def my_document(asker: Asker) -> Asking:
    """The own plan as a document."""
    here, person = asker.here, asker.person
    if person is None:
        return Asking((reverse("my_document"),), ())
    texts = _told_anywhere(here, person)
    told = [*asker.of(texts), *offices(asker, person, here.plans[person])]
    return Asking((reverse("my_document"),), texts, _each(told))


# Search and files


def search(asker: Asker, text: str, meant: Iterable[UUID]) -> Asking:
    """Those meant whose names are open, and of persons the plan; own clients by who acts through their unit.

    Of more than the 20 best only so many are told, whoever they are. Somebody who is found as a client and as
    a person is named once, as the person, with the case number.
    """
    here, meant = asker.here, list(meant)
    texts = [text for one in meant for text in here.names[one]]
    texts += [here.addresses[one] for one in meant if one in here.addresses]
    found = [one for one in meant if asker.works and _finds(asker, one)]
    told = [frozenset(text.token for text in here.names[one]) for one in found]
    if len(found) > BEST:
        return Asking((reverse("find"),), tuple(texts), tuple(told), {"text": text}, at_most=BEST)
    told += _each(asker.of(here.addresses[one] for one in found if one in here.addresses))
    return Asking((reverse("find"),), tuple(texts), tuple(told), {"text": text})


def _finds(asker: Asker, subject: UUID) -> bool:
    is_open = asker.here.names[subject][0].token in asker.seen
    unit = asker.here.world.records.get(subject)
    return is_open and (unit is None or unit in asker.holders)


def errors(asker: Asker, file: OwnFile) -> Iterator[Asking]:
    """All the rows of a file, for who sent it and acts through the same unit; for anybody else nothing."""
    for upload in file.uploads.values():
        yield Asking((reverse("upload_errors", args=[upload]),), (), file=file)


def is_given_back(asker: Asker, file: OwnFile) -> bool:
    """Whether a file is the asker's own, here and now."""
    return file.sender == asker.post and file.unit in asker.holders and asker.role in SENDERS
