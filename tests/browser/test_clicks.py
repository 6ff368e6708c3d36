"""The ten commonest tasks, counted in clicks: links, buttons, boxes, and choices in a list. Typing is none.

Each begins where one is when it comes up: on the person's plan, in the meeting, on one's own first page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import click
import pytest
from playwright.sync_api import Locator, Page, expect

import people
from browser.stage import Actor
from browser.world import Site, sign_in

pytestmark = pytest.mark.browser


@dataclass
class Hand(Actor):
    """Somebody at work, whose clicks are counted."""

    site: Site
    clicks: int = 0

    def begin(self, who: str, path: str = "") -> None:
        """Signed in, and where the task comes up."""
        sign_in(self.page, who)
        if path:
            self.go(self.site.path(path))

    def press(self, name: str, *, within: Locator | None = None) -> None:
        """A button or a link."""
        self.clicks += 1
        super().press(name, within=within)

    def click(self, what: Locator) -> None:
        """One click."""
        self.clicks += 1
        what.click()

    def choose(self, label: str, choice: str, *, within: Locator | None = None) -> None:
        """One of a list."""
        self.clicks += 1
        super().choose(label, choice, within=within)


def contact(hand: Hand) -> None:
    hand.begin("Sosialkonsulent", "/plans/{plan}/")
    hand.write("Notatet", "Ringte. Hun kommer på fredag.")
    hand.choose("Hva handler notatet om?", "Arbeid")
    hand.press("Lagre notatet")
    hand.told("Notatet er lagret")


def propose_an_action(hand: Hand) -> None:
    hand.begin("Sosialkonsulent", "/plans/{plan}/")
    hand.press("Avtal en ny aktivitet")
    hand.write("Hva skal gjøres?", "Ringe husbanken")
    hand.choose("Hva handler det om?", "Bolig")
    hand.choose("Hvem har ansvaret?", "Sosialkonsulent 1, Fjordvik kommune")
    hand.press("Lagre aktiviteten")
    hand.told("Aktiviteten står i planen")


def an_action_is_done(hand: Hand) -> None:
    hand.begin("Koordinator", "/plans/{plan}/")
    hand.press("Den er gjort : Hente i barnehagen")
    done = hand.page.locator(".action", has_text="Mormor Anna")
    expect(done.get_by_role("button", name="Den er gjort")).to_have_count(0)


def minutes_into_proposals(hand: Hand) -> None:
    """Three decisions of a meeting. Who was there and what was agreed in short is written for all of them."""
    hand.begin("Koordinator", "/plans/{plan}/meetings/{begun}/hold/")
    wish = hand.page.locator(".hold__point", has_text="Truckførerkurs")
    hand.click(wish.get_by_text("Foreslå noe", exact=True))
    hand.write("Til når?", "2026-05-20", within=wish)
    for title, what in (("Gjelden", "Ringe namsmannen"), ("Hvordan går det hjemme?", "Finne avlastning")):
        point = hand.page.locator(".hold__point", has_text=title)
        hand.write("Hva skal gjøres?", what, within=point)
        hand.choose("Hvem har ansvaret?", "Veileder 1", within=point)
    hand.page.get_by_label("Var personen med?").select_option(label="Ja")
    hand.write("Hva ble dere enige om, kort sagt?", "Kurs i mai, gjelden først.")
    hand.page.get_by_role("button", name="Skriv referatet og send forslagene").click()
    expect(hand.page.get_by_text("Forslag, ikke bestemt")).to_have_count(3)


def answer_a_proposal(hand: Hand) -> None:
    hand.begin("Veileder", "/proposals/")
    hand.click(hand.page.locator(".case", has_text="Bestille bussbillett").get_by_role("link").first)
    hand.choose("Tar du dette?", "Ja, jeg tar ansvaret")
    hand.press("Lagre svaret mitt")
    hand.told("Svaret ditt står ved forslaget")


def decide_on_a_wish(hand: Hand) -> None:
    hand.begin("Sosialkonsulent", "/plans/{plan}/")
    hand.press("Det er avgjort : Truckførerkurs")
    hand.choose("Hva ble bestemt?", "Ja, det skal gjøres")
    hand.write("Vedtakets referanse", "2026/119")
    hand.press("Lagre avgjørelsen")
    expect(hand.page.locator("#actions")).to_contain_text("2026/119")


def call_a_meeting(hand: Hand) -> None:
    hand.begin("Koordinator", "/plans/{plan}/")
    hand.press("Kall inn til møte")
    hand.choose("Hva slags møte?", "Trekantsamtale")
    hand.write("Hvilken dag?", people.NOW.date().isoformat())
    hand.press("Kall inn")
    hand.told("Dere er kalt inn til møtet")


def say_a_goal_anew(hand: Hand) -> None:
    hand.begin("Kari")
    hand.press("Endre mål 1")
    hand.write("Målet med egne ord", "Jeg vil ha et verksted.")
    hand.press("Lagre målet")
    hand.told("Målet er lagret")


def see_who_has_looked(hand: Hand) -> None:
    hand.begin("Kari")
    hand.click(hand.page.get_by_role("link", name="Hvem har sett", exact=True))
    expect(hand.page.get_by_role("heading", level=1)).to_be_visible()
    expect(hand.page.locator(".sighting").first).to_be_visible()


def ask_for_help(hand: Hand) -> None:
    hand.begin("Ola")
    hand.click(hand.page.get_by_role("link", name="Be om hjelp", exact=True))
    hand.press("Fortell hva som skjer")
    hand.write("Hva er det som skjer?", "Jeg har mistet leiligheten.")
    hand.choose("Haster det?", "Det kan vente noen dager")
    hand.press("Send")
    expect(hand.page.get_by_text("Jeg har mistet leiligheten.")).to_be_visible()


TASKS: dict[str, tuple[Callable[[Hand], None], int]] = {
    "record a contact": (contact, 2),
    "propose an action": (propose_an_action, 4),
    "say that an action is done": (an_action_is_done, 1),
    "turn three decisions of a meeting into proposals": (minutes_into_proposals, 3),
    "answer a proposal": (answer_a_proposal, 3),
    "say what was decided on a wish": (decide_on_a_wish, 3),
    "call a meeting": (call_a_meeting, 3),
    "the person says a goal anew": (say_a_goal_anew, 2),
    "the person sees who has looked": (see_who_has_looked, 1),
    "the person asks for help": (ask_for_help, 4),
}


@pytest.mark.parametrize("task", TASKS)
def test_few_clicks(page: Page, site: Site, task: str, capsys: pytest.CaptureFixture[str]) -> None:
    act, at_most = TASKS[task]
    hand = Hand(page, site)
    act(hand)
    with capsys.disabled():
        click.echo(f"{task}: {hand.clicks} clicks, at most {at_most}")
    assert hand.clicks <= at_most
