"""The insight tower beside the service tower: in a process of its own, which knows files alone.

It works while two years are played, and this process need not import its libraries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from typing import Any

Aside = Callable[..., Future[Any]]  # the name of a function of `insight`, and what it takes


class WentWrong(Exception):
    """What went wrong in the other process, in its own words; an exception of its own kind may not travel."""


@contextmanager
def insight() -> Iterator[Aside]:
    """A way to ask the insight tower for work, one piece after another."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
        yield lambda name, *arguments: process.submit(_work, name, *arguments)


def _work(name: str, *arguments: object) -> Any:
    try:
        module = import_module("samvirke.surfaces.commands.demo.insight")
        return getattr(module, name)(*arguments)
    except Exception as problem:
        raise WentWrong(f"{type(problem).__name__}: {problem}") from problem
