"""The words of the mailbox port."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from samvirke.kernel.codes import Country

LARGEST: Final = 10 * 1024 * 1024  # bytes of one document; our own limit, below those of the mailboxes


class Why(StrEnum):
    """Why a box does not take a letter, or none is prepared."""

    NO_MAILBOX = "no_mailbox"
    RESERVED = "reserved"
    NOT_A_NATIONAL_ID = "not_a_national_id"
    TITLE = "title"
    TOO_LARGE = "too_large"
    NOT_A_PDF = "not_a_pdf"
    STRUCTURE = "structure"
    NO_KEYS = "no_keys"


@dataclass(frozen=True, slots=True)
class Agency:
    """Who sends: an organisation number and the name that the person knows."""

    organisation: str
    name: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent. Whom it reaches is found when it is sent, by `recipient`, and is kept nowhere.

    The id is the letter's own: the same letter handed in twice is one letter.
    """

    id: UUID
    country: Country
    sender: Agency
    language: str  # nb, nn, da, sv, en
    document: bytes = field(repr=False)  # a PDF
    may_reply: bool
    made_at: datetime
    recipient: Callable[[], str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """The letter in a country's own form, to be handed over; not to be kept or logged: it names somebody."""

    letter_id: UUID
    country: Country
    body: bytes = field(repr=False)
    package: bytes = field(default=b"", repr=False)  # the documents, where they do not stand in the body


@dataclass(frozen=True, slots=True)
class Receipt:
    """A box has the letter. Nothing of the letter, and not to whom."""

    letter_id: UUID
    is_new: bool  # false where the box had this letter already


class LetterRefused(Exception):
    """The letter cannot be sent like this. `why` is a code; the sentence says what to do instead."""

    def __init__(self, why: Why) -> None:
        super().__init__(f"The letter was not sent: {why}. {WHAT_NEXT[why]}")
        self.why = why


WHAT_NEXT: Final = {
    Why.NO_MAILBOX: "The person has no digital mailbox. Print it and hand it over.",
    Why.RESERVED: "The person has chosen paper. Print it and hand it over.",
    Why.NOT_A_NATIONAL_ID: "The number is no national id of this country. Look at the person's record.",
    Why.TITLE: "The title is none of those that tell nothing. Use the title of the language.",
    Why.TOO_LARGE: "The document is too large. Send the easy version, or print it.",
    Why.NOT_A_PDF: "The document is empty or no PDF. Make it anew.",
    Why.STRUCTURE: "The message lacks what this mailbox asks for. Tell whoever runs the program.",
    Why.NO_KEYS: "Sending needs the agency's own keys for the national mailbox. They are not set up here.",
}


class Mailbox(Protocol):
    """A country's way to a person's digital mailbox."""

    def deliver(self, message: Message) -> Receipt:
        """Hand over a message, once however often it is asked. Raises LetterRefused."""
        ...
