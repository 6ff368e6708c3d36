"""The boxes that ship: one that checks everything and sends nothing, and the one that asks for keys."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from samvirke.exchange.mailbox import reading, titles
from samvirke.exchange.mailbox.types import LARGEST, LetterRefused, Message, Receipt, Why


class Standing(StrEnum):
    """How a person stands in the register of mailboxes."""

    REACHABLE = "reachable"
    RESERVED = "reserved"


class CheckedBox:
    """Sends nothing: reads each message anew and refuses what a national mailbox would refuse.

    Unchecked against the real ones, which let nobody in without an agency's keys.
    """

    def __init__(self, register: Mapping[str, Standing]) -> None:
        self._register = register
        self._taken: dict[UUID, bytes] = {}  # the letters' hashes

    def deliver(self, message: Message) -> Receipt:
        """Take the message, once however often it is handed in. Raises LetterRefused."""
        found = reading.read(message)
        if found.letter_id != str(message.letter_id):
            raise LetterRefused(Why.STRUCTURE)
        titles.check(found.title)
        if len(found.document) > LARGEST:
            raise LetterRefused(Why.TOO_LARGE)
        if not found.document.startswith(b"%PDF-"):
            raise LetterRefused(Why.NOT_A_PDF)
        self._check_reachable(found.recipient)
        return self._take(message)

    def _check_reachable(self, recipient: str) -> None:
        standing = self._register.get(recipient)
        if standing is None:
            raise LetterRefused(Why.NO_MAILBOX)
        if standing is Standing.RESERVED:
            raise LetterRefused(Why.RESERVED)

    def _take(self, message: Message) -> Receipt:
        mark = hashlib.sha256(message.body + message.package).digest()
        before = self._taken.setdefault(message.letter_id, mark)
        if before != mark:  # another letter under the same id
            raise LetterRefused(Why.STRUCTURE)
        return Receipt(message.letter_id, is_new=before is mark)


class NoKeys:
    """Where an agency has set up no keys of its own, nothing is sent."""

    def deliver(self, message: Message) -> Receipt:
        """Raises LetterRefused, always."""
        raise LetterRefused(Why.NO_KEYS)
