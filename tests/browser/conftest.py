"""A browser, and a server on a database of its own that journeys may change."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.test.testcases import QuietWSGIRequestHandler
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from pytest_django import DjangoDbBlocker

import cluster
from browser import stage, world
from gate.scratch import new_lane

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("There is no chromium here, so no page was driven. Install it: apt-get install chromium.")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def place(
    worker_id: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[stage.Place]:
    """The journeys commit, so they get a clone of their own; afterwards the worker gets a fresh one."""
    home = tmp_path_factory.mktemp("home")
    with django_db_blocker.unblock(), new_lane():
        cluster.use_clone(f"{worker_id}_browser")
        with override_settings(HOME=home, STRICT_LABELS=True), _served() as address:
            yield stage.Place(home, address)
        cluster.use_clone(worker_id)


@pytest.fixture(scope="module")
def site(place: stage.Place) -> world.Site:
    """The small world of pages."""
    return world.make(place.home, place.address)


@pytest.fixture
def actors(chromium: Browser, place: stage.Place) -> Iterator[stage.Actors]:
    """Those of a story, each in a browser of their own."""
    made = stage.Actors(chromium, place)
    yield made
    made.leave()


@pytest.fixture
def context(chromium: Browser, site: world.Site) -> Iterator[BrowserContext]:
    made = chromium.new_context(base_url=site.address, locale="nb-NO", viewport=DESKTOP)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@contextmanager
def _served() -> Iterator[str]:
    """The application on a free port, one thread for each request."""
    application = get_wsgi_application()
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(application)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
