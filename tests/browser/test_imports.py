"""A list sent by its leader, through every page of its way, with a worker beside."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Page, expect

from browser.world import Site, sign_in
from jobs.queue import work_off
from people_and_plan.test_import_engine import a_list, row
from people_and_plan.test_uploads import given_up

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def check(page: Page, name: str) -> None:
    """Accessible, and no wider than a phone."""
    if os.environ.get("SHOTS"):
        page.screenshot(path=f"{os.environ['SHOTS']}/{name}-1280.png", full_page=True)
    assert Axe().run(page, options=RULES).response["violations"] == []
    page.set_viewport_size({"width": 390, "height": 800})
    if os.environ.get("SHOTS"):
        page.screenshot(path=f"{os.environ['SHOTS']}/{name}-390.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1280, "height": 900})


def work(name: str) -> None:
    """The worker, in a thread of its own: the browser's has a loop already."""
    with ThreadPoolExecutor(max_workers=1) as aside:
        aside.submit(work_off, name).result()


def send(page: Page, path: Path) -> None:
    """Choose the file and send it."""
    page.goto("/imports/")
    page.set_input_files("#id_file", path)
    page.get_by_role("button", name="Send filen").click()


def test_a_list_goes_all_the_way_and_back(page: Page, site: Site, tmp_path: Path) -> None:
    name = str(connections["default"].settings_dict["NAME"])
    sign_in(page, "Oppfølgingsleder")
    page.goto("/imports/")
    check(page, "imports")
    send(page, a_list(tmp_path, row(1), row(2), row(3, Fødselsnummer="123"), name="liste.xlsx"))
    check(page, "columns")
    page.get_by_role("button", name="Lagre og se gjennom filen").click()
    expect(page.get_by_text("Den venter på tur.")).to_be_visible()
    check(page, "waiting")
    work(name)
    expect(page.get_by_text("Dette ville filen gjøre.")).to_be_visible(timeout=15_000)  # by itself
    check(page, "difference")
    page.get_by_role("button", name="Les inn filen").click()
    work(name)
    expect(page.get_by_role("heading", name="Rader som må rettes")).to_be_visible(timeout=15_000)
    check(page, "result")
    with page.expect_download() as download:
        page.get_by_role("link", name="Hent de avviste radene").click()
    assert download.value.suggested_filename == "avviste rader.xlsx"

    send(page, a_list(tmp_path, row(1), name="tredje.csv"))
    page.get_by_role("button", name="Lagre og se gjennom filen").click()
    given_up(name)
    expect(page.get_by_role("button", name="Prøv igjen")).to_be_visible(timeout=15_000)
    check(page, "given-up")
    page.get_by_role("button", name="Slett filen uten å lese den inn").click()

    send(page, a_list(tmp_path, row(1, Fornavn="Kåre", Status="elev"), row(2), row(4), name="neste.csv"))
    page.get_by_role("button", name="Lagre og se gjennom filen").click()
    work(name)
    expect(page.get_by_text("Kåre", exact=True)).to_be_visible(timeout=15_000)
    check(page, "difference-changed")
    page.get_by_role("button", name="Les inn filen").click()
    work(name)
    page.get_by_role("link", name="Angre innlesingen").click(timeout=15_000)
    check(page, "undo")
    page.get_by_role("button", name="Angre innlesingen").click()
    expect(page.get_by_role("heading", name="Innlesingen blir angret")).to_be_visible()
    check(page, "undo-waiting")
    work(name)
    expect(page.get_by_text("Alt innlesingen gjorde, er angret.")).to_be_visible(timeout=15_000)  # by itself
    check(page, "undone")
    page.goto("/imports/")
    check(page, "imports-after")
