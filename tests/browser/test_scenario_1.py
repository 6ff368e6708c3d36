"""draft"""

from __future__ import annotations

import pytest

import people
from browser.stage import Actors
from samvirke.gate.access import Role
from samvirke.kernel.codes import Sex
from people import NOW

pytestmark = pytest.mark.browser


def show(actor, why=""):
    print("=====", why, actor.page.url)
    print(actor.page.locator("main").inner_text())
    print(
        "--- fields:",
        [
            (e.get_attribute("name"), e.evaluate("e=>(e.labels&&e.labels[0])?e.labels[0].innerText:''"))
            for e in actor.page.locator("main input:not([type=hidden]), main select, main textarea").all()
        ],
    )
    print("--- buttons:", [e.inner_text() for e in actor.page.locator("main button").all()])


def test_draft(actors: Actors) -> None:
    record = people.record(people.Client(assessed_at_risk=None))
    worker = actors.enter("Sosialkonsulent", people.SOCIAL_WORKER, Role.SOCIAL_WORKER)
    nav = actors.enter("Veileder", people.NAV_ADVISER, Role.NAV_ADVISER)
    worker.press("Se våre egne saker")
    worker.press("Vurder sakene våre")
    worker.told("1 vet vi ikke ennå")
    worker.press("Kari Eksempel")
    worker.press("Vurder det fagsystemet ikke sier")
    show(worker)
    worker.choose("Er personen i ferd med å miste", "Ja")
    worker.press("Lagre og vurder på nytt")
    show(worker)
    assert nav.gets(f"/records/{record}/") == 404
    for kind in ("Arbeid", "Helse"):
        worker.page.get_by_label(kind, exact=True).uncheck()
    worker.tick("Helse")
    worker.tick("Arbeid")
    for office in ("Koordinerende enhet", "Nav Fjordvik"):
        worker.tick(office)
    worker.choose("Hvordan sa personen ja?", "på papir, med underskrift")
    worker.press("Vis hva personen blir spurt om")
    show(worker)
    worker.press("Personen sier ja")
    show(worker)
