"""The pictures in the README. `make pictures` writes them anew; otherwise they go to a temporary folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.world import Site, sign_in

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
SHOTS = [
    ("plan", "Koordinator", "/plans/{plan}/", "Kari Eksempel", (1280, 900)),
    ("my-plan", "Kari", "/my-plan/", "Min plan", (390, 780)),
    ("seen", "Kari", "/my-plan/seen/", "Hvem har sett opplysningene dine", (390, 780)),
]


@pytest.mark.parametrize(("name", "who", "path", "heading", "size"), SHOTS)
def test_the_readme_shows_pages_as_they_are(
    chromium: Browser,
    site: Site,
    tmp_path: Path,
    name: str,
    who: str,
    path: str,
    heading: str,
    size: tuple[int, int],
) -> None:
    folder = PICTURES if os.environ.get("SAMVIRKE_PICTURES") == "1" else tmp_path
    context = chromium.new_context(
        base_url=site.address, locale="nb-NO", viewport={"width": size[0], "height": size[1]}
    )
    page = context.new_page()
    sign_in(page, who)
    page.goto(path.format(plan=site.plan.plan_id))
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    page.screenshot(path=folder / f"{name}.png")
    context.close()
    assert (PICTURES / f"{name}.png").exists()
