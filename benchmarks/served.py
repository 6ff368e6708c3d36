"""Pages a second from the real application server, to several clients at once, logged and not."""

from __future__ import annotations

import multiprocessing
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.db import connections
from django.test import Client
from gunicorn.app.base import BaseApplication

import people
from benchmarks.crowded import PLAN
from benchmarks.table import Line, Times, at_least, at_most, times
from samvirke.config.wsgi import application
from samvirke.gate import audit
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.commands.serve import THREADS, WORKERS

PAGE = f"/plans/{PLAN}/"


def lines(rounds: int, seconds: float) -> tuple[Times, list[Line]]:
    """The page as HTML for one client, and how many pages a second several clients get."""
    cookie = session_cookie()
    with serving(logged=True) as port:
        pages_a_second(port, cookie, 16, seconds)  # each worker reads its code at its first page
        alone = over_http(port, cookie, rounds)
        four, sixteen = (pages_a_second(port, cookie, clients, seconds) for clients in (4, 16))
    with serving(logged=False) as port:
        pages_a_second(port, cookie, 16, seconds)
        unlogged = pages_a_second(port, cookie, 16, seconds)
    return alone, [
        at_most("plan page as HTML over HTTP, logged, 1 client: p50", 25, alone.p50, " ms"),
        at_least("plan page as HTML over HTTP, logged, 4 clients", 100, four, " pages/s"),
        at_most("SQL statements of the page as HTML, session and all its parts included", 15, statements()),
        at_least("logged by unlogged pages/s, 16 clients", 0.75, sixteen / unlogged, " ×"),
    ]


def statements() -> int:
    """How many statements one page sends, on every connection."""
    browser = Client()
    sent: list[str] = []
    name, _, value = session_cookie().partition("=")
    browser.cookies[name] = value

    def keep(execute: Callable[..., Any], statement: str, values: Any, many: bool, context: Any) -> Any:
        sent.append(statement)
        return execute(statement, values, many, context)

    browser.get(PAGE)  # the first one reads what is kept for the process
    sent.clear()
    with ExitStack() as wrapped:
        for link in connections.all():
            wrapped.enter_context(link.execute_wrapper(keep))
        answer = browser.get(PAGE)
    assert answer.status_code == 200
    return len(sent)


def over_http(port: int, cookie: str, rounds: int) -> Times:
    """One client that waits for each page."""
    link = HTTPConnection("127.0.0.1", port)
    return times(lambda: fetch(link, cookie), rounds)


def pages_a_second(port: int, cookie: str, clients: int, seconds: float) -> float:
    """Each client asks anew when it has its page."""
    until = monotonic() + seconds
    with ThreadPoolExecutor(clients) as pool:
        started = monotonic()
        pages = sum(pool.map(lambda _: client(port, cookie, until), range(clients)))
        return pages / (monotonic() - started)


def client(port: int, cookie: str, until: float) -> int:
    """How many pages one client got."""
    link, pages = HTTPConnection("127.0.0.1", port), 0
    while monotonic() < until:
        fetch(link, cookie)
        pages += 1
    return pages


def fetch(link: HTTPConnection, cookie: str) -> None:
    """The page, whole."""
    link.request("GET", PAGE, headers={"Cookie": cookie, "Host": "127.0.0.1"})
    answer = link.getresponse()
    body = answer.read()
    if answer.status != 200 or b"</html>" not in body:
        raise RuntimeError(f"The server answered {answer.status} instead of the page.")


def session_cookie() -> str:
    """A session of the Nav adviser."""
    browser = Client()
    session = browser.session
    session["post"], session["purpose"] = str(people.NAV_ADVISER), int(Purpose.COORDINATION)
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class Server(BaseApplication):
    """The application as `samvirke serve` runs it, on this process's database."""

    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        """As in `samvirke serve`."""
        for name, value in {
            "bind": f"127.0.0.1:{self.port}",
            "worker_class": "gthread",
            "workers": WORKERS,
            "threads": THREADS,
            "loglevel": "error",
        }.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """The application."""
        return application


@contextmanager
def serving(*, logged: bool) -> Iterator[int]:
    """A server of its own processes on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=run, args=(port, logged))
    process.start()
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.join()


def run(port: int, logged: bool) -> None:
    """Become the server; unlogged, what was read is forgotten instead of written."""
    if not logged:
        audit.write = lambda viewer: viewer.lines.clear()  # type: ignore[assignment, return-value]
    Server(port).run()


def wait_for(port: int) -> None:
    """Until somebody listens."""
    for _ in range(100):
        with socket.socket() as link:
            if link.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.1)
    raise RuntimeError("The server did not start within ten seconds.")
