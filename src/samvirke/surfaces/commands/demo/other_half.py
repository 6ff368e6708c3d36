"""The other half of the players, in a process of its own, so that neither waits for the other's statements.

In:  players whose lives touch no other's, then the days as they come; after them, posts whose pages are to be
read.   Out: the players with their lives; which of the posts find the words.
Never: the clock, which this process sets; a day that this process has not come to.

The other process imports this module before Django is set up there, so it knows no room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from samvirke.surfaces.commands import service
from samvirke.surfaces.commands.demo.aside import WentWrong

P = TypeVar("P")


class OtherHalf(Generic[P]):
    """This end of the line. What goes wrong at the other end is raised here as WentWrong."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self.days: frozenset[date] = frozenset()

    def take(self, players: Sequence[P]) -> None:
        """Hand the players over; `days` are then those on which something happens to one of them."""
        self._say(list(players))
        self.days = frozenset(self._hear())

    @contextmanager
    def playing(self, day: date) -> Iterator[None]:
        """The other half plays the day meanwhile; at the end both have played it."""
        if day not in self.days:
            yield
            return
        self._say(day)
        yield
        self._hear()

    def give_back(self) -> list[P]:
        """The players, as the days have left them."""
        self._say(None)
        players: list[P] = self._hear()
        return players

    def read(self, *asked: object) -> None:
        """Let the other half read pages meanwhile: what `pages.told_to` takes."""
        self._say(asked)

    def told(self) -> Any:
        """What it has found."""
        return self._hear()

    def _say(self, what: object) -> None:
        with suppress(ConnectionError):  # then the answer is what went wrong
            self._line.send(what)

    def _hear(self) -> Any:
        try:
            answer = self._line.recv()
        except (EOFError, ConnectionError):
            raise WentWrong("The process of the other half of the players ended without a word.") from None
        if isinstance(answer, WentWrong):
            raise answer
        return answer


@contextmanager
def waiting() -> Iterator[OtherHalf[Any]]:
    """The process has set itself up, or is about to, and waits for its players."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there,), daemon=True)
    process.start()
    there.close()
    try:
        yield OtherHalf(here)
    finally:
        here.close()
        process.join()


def _work(line: Connection) -> None:
    try:
        service.ready()
        for work in ("days", "pages"):
            import_module(f"samvirke.surfaces.commands.demo.{work}").follow(line)
    except (EOFError, ConnectionError):
        return  # nobody waits any longer
    except Exception as problem:
        line.send(WentWrong(f"{type(problem).__name__}: {problem}"))
