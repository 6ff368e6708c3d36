"""What a page says, and everything one can do from it: links, parts that are fetched, forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import product
from urllib.parse import urlencode

TYPED = {"date": "2027-01-15", "number": "2"}


@dataclass
class Form:
    """A form as a visitor could send it: the last choice of each list, a word in each field."""

    method: str
    action: str
    values: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def fillings(self) -> Iterator[dict[str, str]]:
        """Each button once with the form filled, and once with all left empty."""
        for name, value in self.buttons or [("", "")]:
            pressed = {name: value} if name else {}
            yield self.values | pressed
            yield pressed


class Page(HTMLParser):
    """One page, taken apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._fetched: list[tuple[str, list[str]]] = []  # address, and the ids of the fields it asks for
        self._options: dict[str, list[str | None]] = {}  # of a box: not ticked, and ticked
        self._names: dict[str, str] = {}
        self._select = ""
        self._form: Form | None = None
        self.feed(text)

    def addresses(self) -> Iterator[str]:
        """Everything the page leads to by a plain request."""
        yield from (link for link in self.links if link.startswith(("/", "?")))
        for address, asked_for in self._fetched:
            names = [self._names[one] for one in asked_for]
            for values in product(*(self._options[name] for name in names)):
                chosen = {name: value for name, value in zip(names, values, strict=True) if value is not None}
                yield f"{address}?{urlencode(chosen)}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember what leads on."""
        said = {name: value or "" for name, value in attrs}
        if "hx-get" in said:
            asked_for = [one.strip().removeprefix("#") for one in said["hx-include"].split(",")]
            self._fetched.append((said["hx-get"], asked_for))
        match tag:
            case "a" if "href" in said:
                self.links.append(said["href"])
            case "form":
                self._form = Form(said.get("method", "get"), said.get("action", ""))
                self.forms.append(self._form)
            case "select":
                self._select = said["name"]
                self._names[said.get("id", "")] = said["name"]
                self._options[said["name"]] = []
            case "option":
                self._options[self._select].append(said.get("value", ""))
                self._type(self._select, said.get("value", ""))
            case "input" | "textarea":
                typed = said.get("value") or TYPED.get(said.get("type", ""), "Fordi")
                self._type(said.get("name", ""), typed)
                if said.get("type") == "checkbox":
                    self._names[said.get("id", "")] = said["name"]
                    self._options[said["name"]] = [None, typed]
            case "button" if self._form and said.get("type") == "submit":
                self._form.buttons.append((said.get("name", ""), said.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        if tag == "form":
            self._form = None

    def _type(self, name: str, value: str) -> None:
        if self._form is not None and name:
            self._form.values[name] = value
