"""Some people's applications, played through the operations: waiting, asked for more, granted, refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from samvirke.applications import operations
from samvirke.applications import queries as applications
from samvirke.applications.types import ApplicationRow
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind
from samvirke.surfaces.commands.demo.organisation import Organisation
from samvirke.surfaces.commands.demo.player import Player, Step

APPEAL_DAYS, ANSWER_DAYS = timedelta(days=21), timedelta(days=28)
ROOM_FOR_ALL = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class ApplicationStory:
    """What is applied for, how long ago, and what comes of it after some days."""

    right: str
    title: str
    kind: AgencyKind
    words: str
    sent_days_ago: int
    answers: tuple[tuple[int, str, str], ...]  # days ago, status, text
    minutes: int = 0


REFUSED = ApplicationStory(
    right="",
    title="Støtte til førerkort for lastebil",
    kind=AgencyKind.NAV_STATE,
    words="Jeg har fått vite at transportfirmaet her trenger folk. Uten førerkort får jeg ikke prøve.",
    sent_days_ago=44,
    answers=(
        (40, "received", ""),
        (
            8,
            "refused",
            "Vi har kommet til at du kan nå målet ditt med kurset du allerede har fått. Derfor er ikke "
            "vilkåret om at tiltaket er nødvendig, oppfylt.",
        ),
    ),
    minutes=210,
)
WAITING = ApplicationStory(
    right="no.right_qualification_programme",
    title="",
    kind=AgencyKind.SOCIAL_SERVICE,
    words="Jeg vil ha noe fast å gå til hver dag, og klare meg selv.",
    sent_days_ago=19,
    answers=((16, "received", ""),),
    minutes=90,
)
GRANTED = ApplicationStory(
    right="no.right_need_assessment",
    title="",
    kind=AgencyKind.NAV_STATE,
    words="Jeg trenger hjelp til å finne ut hva jeg kan jobbe med.",
    sent_days_ago=50,
    answers=(
        (47, "received", ""),
        (24, "granted", "Du får en behovsvurdering. Veilederen ringer deg denne uka."),
    ),
)
ASKED = ApplicationStory(
    right="",
    title="Hjelp til å flytte",
    kind=AgencyKind.SOCIAL_SERVICE,
    words="Leiligheten er sagt opp, og jeg vet ikke hvor jeg skal begynne.",
    sent_days_ago=12,
    answers=((10, "received", ""), (5, "more_asked_for", "Når må du være ute av leiligheten du bor i nå?")),
)
UNANSWERED = ApplicationStory(
    right="no.right_child_coordinator",
    title="",
    kind=AgencyKind.COORDINATING_UNIT,
    words="Vi venter barn, og legen sier at barnet vil trenge mye hjelp.",
    sent_days_ago=6,
    answers=(),
)
OTHERS = ((GRANTED,), (ASKED, GRANTED), (UNANSWERED,), (WAITING,))


def steps(
    visited: Player | None, players: Sequence[Player], here: Organisation, today: date
) -> Iterator[Step]:
    """`visited`, whom a visitor can be, has a refusal that can still be appealed, and one waiting."""
    if visited is not None:
        for story in (REFUSED, WAITING):
            yield from _way(visited, story, here, today)
    others = [player for player in players if player is not visited and _is_settled(player, today)]
    for player, stories in zip(others, OTHERS, strict=False):
        for story in stories:
            yield from _way(player, story, here, today)


def _is_settled(player: Player, today: date) -> bool:
    """On a living plan since before the first application would be sent."""
    plan = player.story.plan
    return plan is not None and plan.ending is None and plan.starts_on < today - ROOM_FOR_ALL


def _way(player: Player, story: ApplicationStory, here: Organisation, today: date) -> Iterator[Step]:
    unit = here.unit(story.kind, player.person.municipality)
    sent: list[ApplicationRow] = []

    def send(by: Viewer) -> None:
        one = operations.apply(
            person_id=player.known.person_id,
            right=story.right,
            title=story.title,
            words=story.words,
            to_unit=unit,
            by=by,
        )
        if story.minutes:
            operations.note_time_used(application_id=one, minutes=story.minutes, by=by)
        sent.append(applications.application(by, one))

    yield Step(today - timedelta(days=story.sent_days_ago), lambda: player.known.citizen_id, send)
    for days_ago, status, text in story.answers:
        yield Step(
            today - timedelta(days=days_ago),
            lambda: sent[0].with_post_id,
            partial(_answer, sent, status, text),
        )


def _answer(sent: list[ApplicationRow], status: str, text: str, by: Viewer) -> None:
    one, today = sent[0].application_id, by.now.date()
    if status == "received":
        operations.receive(application_id=one, answer_due_on=today + ANSWER_DAYS, by=by)
    elif status == "more_asked_for":
        operations.ask_for_more(application_id=one, question=text, by=by)
    elif status == "granted":
        operations.grant(application_id=one, text=text, by=by)
    else:
        operations.refuse(application_id=one, reason=text, appeal_by=today + APPEAL_DAYS, by=by)
