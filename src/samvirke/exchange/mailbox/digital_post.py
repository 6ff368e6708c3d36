"""Danish Digital Post: a message in MeMo 1.1, with the document inside it."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC
from typing import Final

from lxml import etree
from lxml.builder import ElementMaker

from samvirke.exchange.mailbox import titles
from samvirke.exchange.mailbox.types import Letter, Message

NAMESPACE: Final = "https://DigitalPost.dk/MeMo-1"
MEMO: Final = ElementMaker(namespace=NAMESPACE, nsmap={"memo": NAMESPACE})


def message(letter: Letter, recipient: str) -> Message:
    """The letter as MeMo. Whether the person must read it is for the agency's own letters: a plan is none."""
    title = titles.words(letter.language)
    root = MEMO.Message(
        MEMO.MessageHeader(
            MEMO.messageType("DIGITALPOST"),
            MEMO.messageUUID(str(letter.id)),
            MEMO.label(title),
            MEMO.reply(_yes_or_no(letter.may_reply)),
            MEMO.mandatory(_yes_or_no(False)),
            MEMO.legalNotification(_yes_or_no(False)),
            MEMO.Sender(
                MEMO.senderID(letter.sender.organisation),
                MEMO.idType("CVR"),
                MEMO.label(letter.sender.name),
            ),
            MEMO.Recipient(MEMO.recipientID(recipient), MEMO.idType("CPR")),
        ),
        MEMO.MessageBody(
            MEMO.createdDateTime(f"{letter.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"),
            MEMO.MainDocument(
                MEMO.label(title),
                MEMO.File(
                    MEMO.encodingFormat("application/pdf"),
                    MEMO.filename(titles.FILE),
                    MEMO.language(letter.language),
                    MEMO.content(b64encode(letter.document).decode()),
                ),
            ),
        ),
        memoVersion="1.1",
        memoSchVersion="1.1.0",
    )
    body = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return Message(letter.id, letter.country, body)


def _yes_or_no(value: bool) -> str:
    return "true" if value else "false"
