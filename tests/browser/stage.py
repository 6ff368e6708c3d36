"""Where a story is played: people by the label of their role, each in a browser of their own."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

import people
from samvirke.accounts import operations as accounts
from samvirke.accounts.operations import NewSeat
from samvirke.gate.access import Role
from samvirke.kernel.codes import Country, Sex
from samvirke.kernel.gate_words import Purpose
from samvirke.people import national_ids

PATIENCE = 10_000  # milliseconds until a button that is not there is missed
LOCALES = {Country.NORWAY: "nb-NO", Country.DENMARK: "da-DK", Country.SWEDEN: "sv-SE"}


def client(name: str, serial: int, *, born: date = date(1994, 5, 4)) -> people.Client:
    """One of many; the serial tells them apart."""
    number = national_ids.make_synthetic(birth_date=born, sex=Sex.FEMALE, serial=serial)
    return people.Client(
        external_id=f"S-{serial}", national_id=number, given_name=name, birth_date=born, sex=Sex.FEMALE
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A server on a database of its own: its folder and its address."""

    home: Path
    address: str
    seats: set[UUID] = field(default_factory=set)  # posts that somebody can sign in to


@dataclass
class Actor:
    """Somebody in front of a screen. Fields, buttons and links are found by what is written on them."""

    page: Page

    def go(self, path: str) -> None:
        """Typed into the address line."""
        self.page.goto(path)

    def press(self, name: str, *, within: Locator | None = None) -> None:
        """A button or a link of the page."""
        around = within or self.page.locator("main")
        named = re.compile(f"^{re.escape(name)}")
        around.get_by_role("button", name=named).or_(around.get_by_role("link", name=named)).first.click()

    def menu(self, name: str) -> None:
        """A page of the menu at the top."""
        self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).first.click()

    def write(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Into the field with this label."""
        (within or self.page).get_by_label(re.compile(f"^{re.escape(label)}")).first.fill(text)

    def choose(self, label: str, choice: str, *, within: Locator | None = None) -> None:
        """One of a list."""
        (within or self.page).get_by_label(re.compile(f"^{re.escape(label)}")).first.select_option(
            label=choice
        )

    def tick(self, label: str, *, within: Locator | None = None) -> None:
        """A box, or one of several answers."""
        (within or self.page).get_by_label(label).first.check()

    def told(self, text: str) -> None:
        """What the page answers when something is saved."""
        expect(self.page.get_by_role("status").filter(has_text=text).first).to_be_visible()

    def refused(self, text: str) -> None:
        """What the page says is wrong."""
        expect(self.page.get_by_role("alert").filter(has_text=text).first).to_be_visible()

    def sees(self, *texts: str) -> None:
        """Each of these stands on the page."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def never_sees(self, *texts: str) -> None:
        """None of these stands anywhere on the page."""
        for text in texts:
            expect(self.page.locator("html")).not_to_contain_text(text)

    def gets(self, path: str) -> int:
        """What an address answers."""
        found = self.page.request.get(path)
        return found.status


@dataclass
class Actors:
    """Who has come so far."""

    browser: Browser
    place: Place
    _contexts: list[BrowserContext] = field(default_factory=list)

    def enter(
        self,
        label: str,
        post: UUID,
        role: Role,
        *,
        purpose: Purpose = Purpose.COORDINATION,
        country: Country = Country.NORWAY,
    ) -> Actor:
        """Somebody gets an account, comes to the sign-in page and signs in."""
        if post not in self.place.seats:
            self._introduce(label, post, role, purpose, country)
        context = self.browser.new_context(base_url=self.place.address, locale=LOCALES[country])
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        page = context.new_page()
        page.goto("/")
        door = page.locator(".person", has=page.locator(f'[name=post_id][value="{post}"]'))
        door.get_by_role("button").click()
        return Actor(page)

    def leave(self) -> None:
        """Everybody goes home."""
        for context in self._contexts:
            context.close()

    def _introduce(self, label: str, post: UUID, role: Role, purpose: Purpose, country: Country) -> None:
        user_id = uuid4()
        accounts.open_accounts([NewSeat(user_id, post, purpose)])
        somebody = {
            "user_id": str(user_id),
            "post_id": str(post),
            "purpose": int(purpose),
            "country": str(country),
            "role": role,
            "label": {"nb": label, "en": label},
            "story": {"nb": "Oppdiktet.", "en": "Invented."},
        }
        path = self.place.home / "demo" / "people.json"
        path.parent.mkdir(exist_ok=True)
        known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        path.write_text(json.dumps([*known, somebody]), encoding="utf-8")
        self.place.seats.add(post)
