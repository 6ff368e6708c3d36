"""Swedish Mina meddelanden: a delivery of version 3, to be signed with the sender's own certificate."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import Final

from lxml import etree
from lxml.builder import ElementMaker

from samvirke.exchange.mailbox import titles
from samvirke.exchange.mailbox.types import Letter, Message

FIRST: Final = "http://minameddelanden.gov.se/schema/Message"
SECOND: Final = f"{FIRST}/v2"
THIRD: Final = f"{FIRST}/v3"
SENDER: Final = "http://minameddelanden.gov.se/schema/Sender"
PLAIN, HEAD, SECURE, BY = (
    ElementMaker(namespace=one, nsmap={"v3": THIRD, "v2": SECOND, "v1": FIRST, "s": SENDER})
    for one in (FIRST, SECOND, THIRD, SENDER)
)
LANGUAGE: Final = "svSE"  # of the mailbox's own words around the document
HOW_TO_REPLY: Final = "Frågor? Kontakta %(sender)s."
ORGANISATION: Final = "16"  # stands before an organisation number where a person's century would


def message(letter: Letter, recipient: str) -> Message:
    """The letter as an unsigned delivery. There is no reply in this mailbox: it says whom to ask instead."""
    title = titles.words(letter.language)
    root = SECURE.SignedDelivery(
        SECURE.Delivery(
            SECURE.Header(
                HEAD.Sender(BY.Id(ORGANISATION + letter.sender.organisation), BY.Name(letter.sender.name)),
                HEAD.Recipient(recipient),
            ),
            SECURE.Message(
                SECURE.Header(
                    SECURE.Subject(title),
                    SECURE.Supportinfo(SECURE.Text(HOW_TO_REPLY % {"sender": letter.sender.name})),
                    SECURE.Language(LANGUAGE),
                    SECURE.Id(str(letter.id)),
                ),
                SECURE.Body(PLAIN.ContentType("text/plain"), PLAIN.Body(b64encode(title.encode()).decode())),
                SECURE.Attachment(
                    PLAIN.ContentType("application/pdf"),
                    PLAIN.Body(b64encode(letter.document).decode()),
                    PLAIN.Checksum(checksum(letter.document)),
                    PLAIN.Filename(titles.FILE),
                ),
            ),
        )
    )
    body = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return Message(letter.id, letter.country, body)


def checksum(document: bytes) -> str:
    """MD5, as the format asks; against broken copies, not against attackers."""
    return hashlib.md5(document, usedforsecurity=False).hexdigest().upper()
