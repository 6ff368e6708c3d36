"""A letter into its country's own message. The recipient is asked for here, last of all, and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from samvirke.exchange.mailbox import digital_post, innbyggerpost, mina_meddelanden
from samvirke.exchange.mailbox.types import LARGEST, Letter, LetterRefused, Message, Why
from samvirke.kernel.codes import Country
from samvirke.people import nordic_ids
from samvirke.people.national_ids import NotANationalId

WRITERS: Final[Mapping[Country, Callable[[Letter, str], Message]]] = {
    Country.NORWAY: innbyggerpost.message,
    Country.DENMARK: digital_post.message,
    Country.SWEDEN: mina_meddelanden.message,
}


def prepare(letter: Letter) -> Message:
    """The message that a box takes. Raises LetterRefused."""
    if len(letter.document) > LARGEST:
        raise LetterRefused(Why.TOO_LARGE)
    if not letter.document.startswith(b"%PDF-"):
        raise LetterRefused(Why.NOT_A_PDF)
    try:
        recipient = nordic_ids.parse(letter.recipient(), country=letter.country).number
    except NotANationalId as problem:
        raise LetterRefused(Why.NOT_A_NATIONAL_ID) from problem
    return WRITERS[letter.country](letter, recipient)
