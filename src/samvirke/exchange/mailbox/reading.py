"""A country's message read as its mailbox would: what must be there is there once, and says something."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from lxml import etree

from samvirke.exchange.mailbox import digital_post, innbyggerpost, mina_meddelanden, titles
from samvirke.exchange.mailbox.types import LetterRefused, Message, Why
from samvirke.kernel.codes import Country

M: Final = f"{{{digital_post.NAMESPACE}}}"
V1: Final = f"{{{mina_meddelanden.FIRST}}}"
V2: Final = f"{{{mina_meddelanden.SECOND}}}"
V3: Final = f"{{{mina_meddelanden.THIRD}}}"
S: Final = f"{{{mina_meddelanden.SENDER}}}"
LONGEST_LABEL: Final = 256


@dataclass(frozen=True, slots=True)
class Found:
    """What a mailbox looks at."""

    letter_id: str
    title: str
    recipient: str = field(repr=False)
    document: bytes = field(repr=False)


def read(message: Message) -> Found:
    """What stands in a message. Raises LetterRefused."""
    try:
        return READERS[message.country](message)
    except (ValueError, KeyError, TypeError, BadZipFile, etree.XMLSyntaxError) as problem:
        raise LetterRefused(Why.STRUCTURE) from problem


def _danish(message: Message) -> Found:
    root = _root(message.body, f"{M}Message")
    if (root.get("memoVersion"), root.get("memoSchVersion")) != ("1.1", "1.1.0"):
        raise LetterRefused(Why.STRUCTURE)
    header, body = f"{M}MessageHeader/", f"{M}MessageBody/"
    for path in ("reply", "mandatory", "legalNotification"):
        _one_of(_said(root, f"{header}{M}{path}"), "true", "false")
    _one_of(_said(root, f"{header}{M}messageType"), "DIGITALPOST")
    _one_of(_said(root, f"{header}{M}Sender/{M}idType"), "CVR")
    _one_of(_said(root, f"{header}{M}Recipient/{M}idType"), "CPR")
    for path in (f"{M}label", f"{M}Sender/{M}label", f"{M}Sender/{M}senderID"):
        _short(_said(root, header + path))
    if not _said(root, f"{body}{M}createdDateTime").endswith("Z"):
        raise LetterRefused(Why.STRUCTURE)
    file = f"{body}{M}MainDocument/{M}File/"
    _one_of(_said(root, f"{file}{M}encodingFormat"), "application/pdf")
    _one_of(_said(root, f"{file}{M}filename"), titles.FILE)
    return Found(
        letter_id=_said(root, f"{header}{M}messageUUID"),
        title=_said(root, f"{header}{M}label"),
        recipient=_said(root, f"{header}{M}Recipient/{M}recipientID"),
        document=b64decode(_said(root, f"{file}{M}content"), validate=True),
    )


def _swedish(message: Message) -> Found:
    root = _root(message.body, f"{V3}SignedDelivery")
    header, letter = f"{V3}Delivery/{V3}Header/", f"{V3}Delivery/{V3}Message/"
    for path in (f"{S}Id", f"{S}Name"):
        _short(_said(root, f"{header}{V2}Sender/{path}"))
    _said(root, f"{letter}{V3}Header/{V3}Language")
    _said(root, f"{letter}{V3}Header/{V3}Supportinfo/{V3}Text")
    _said(root, f"{letter}{V3}Body/{V1}Body")
    attachment = f"{letter}{V3}Attachment/"
    _one_of(_said(root, f"{attachment}{V1}ContentType"), "application/pdf")
    _one_of(_said(root, f"{attachment}{V1}Filename"), titles.FILE)
    document = b64decode(_said(root, f"{attachment}{V1}Body"), validate=True)
    _one_of(_said(root, f"{attachment}{V1}Checksum"), mina_meddelanden.checksum(document))
    return Found(
        letter_id=_said(root, f"{letter}{V3}Header/{V3}Id"),
        title=_said(root, f"{letter}{V3}Header/{V3}Subject"),
        recipient=_said(root, f"{header}{V2}Recipient"),
        document=document,
    )


def _norwegian(message: Message) -> Found:
    document = json.loads(message.body)["standardBusinessDocument"]
    header: Mapping[str, Any] = document["standardBusinessDocumentHeader"]
    digital: Mapping[str, Any] = document["digital"]
    _one_of(header["documentIdentification"]["standard"], innbyggerpost.SCHEMA)
    _one_of(digital["sikkerhetsnivaa"], innbyggerpost.SECRET)
    _one_of(digital["dokumentpakkefingeravtrykk"]["digestValue"], innbyggerpost.fingerprint(message.package))
    _one_of(header["sender"][0]["identifier"], digital["avsender"]["virksomhetsidentifikator"])
    person = digital["mottaker"]["personidentifikator"]
    _one_of(person["authority"], innbyggerpost.PERSONS)
    with ZipFile(BytesIO(message.package)) as package:
        _one_of(package.namelist(), ["mimetype", "manifest.xml", titles.FILE])
        inside = _root(package.read("manifest.xml"), f"{{{innbyggerpost.MANIFEST}}}manifest")
        title = digital["ikkesensitivtittel"]
        main = f"{{{innbyggerpost.MANIFEST}}}hoveddokument/{{{innbyggerpost.MANIFEST}}}tittel"
        _one_of(_said(inside, main), title)
        return Found(
            letter_id=header["documentIdentification"]["instanceIdentifier"],
            title=title,
            recipient=person["value"].removeprefix("NO:"),
            document=package.read(titles.FILE),
        )


READERS: Final[Mapping[Country, Callable[[Message], Found]]] = {
    Country.NORWAY: _norwegian,
    Country.DENMARK: _danish,
    Country.SWEDEN: _swedish,
}


def _root(body: bytes, name: str) -> etree._Element:
    """Nothing is fetched, and no entity is followed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    root = etree.fromstring(body, parser)
    _one_of(root.tag, name)
    return root


def _said(root: etree._Element, path: str) -> str:
    found = root.findall(path)
    if len(found) != 1 or not found[0].text:
        raise LetterRefused(Why.STRUCTURE)
    return str(found[0].text)


def _one_of(value: object, *known: object) -> None:
    if value not in known:
        raise LetterRefused(Why.STRUCTURE)


def _short(text: str) -> None:
    if len(text) > LONGEST_LABEL:
        raise LetterRefused(Why.STRUCTURE)
