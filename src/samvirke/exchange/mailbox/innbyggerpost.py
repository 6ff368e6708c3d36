"""Norwegian digital mail to citizens (DPI): a business document in JSON, and the document in a package.

What only keys give is not here: the token, the mailbox's address of the contact register, the package's
signature and encryption. The fingerprint is therefore that of the open package.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree
from lxml.builder import ElementMaker

from samvirke.exchange.mailbox import titles
from samvirke.exchange.mailbox.types import Agency, Letter, Message

TYPE: Final = "urn:fdc:digdir.no:2020:innbyggerpost:xsd:digital::digital"
SCHEMA: Final = f"{TYPE}##urn:fdc:digdir.no:2020:innbyggerpost:schema:digital::1.0"
PROFILE: Final = "urn:fdc:digdir.no:2020:profile:egovernment:innbyggerpost:digital:ver1.0"
ORGANISATIONS: Final = "iso6523-actorid-upis"
PERSONS: Final = "iso3166-1-alfa2"
SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
SECRET: Final = 4  # the highest level of sign-in: nobody opens a plan with less
PACKAGE: Final = "application/vnd.etsi.asic-e+zip"
MANIFEST: Final = "http://begrep.difi.no/sdp/schema_v10"
OF: Final = ElementMaker(namespace=MANIFEST, nsmap={None: MANIFEST})


def message(letter: Letter, recipient: str) -> Message:
    """The letter as a business document with its package."""
    package = packed(letter)
    digital = _letter(letter, recipient, package)
    document = {"standardBusinessDocumentHeader": _header(letter), "digital": digital}
    body = json.dumps({"standardBusinessDocument": document}, ensure_ascii=False).encode()
    return Message(letter.id, letter.country, body, package)


def packed(letter: Letter) -> bytes:
    """The package (ASiC-E, unsigned): the same bytes for the same letter."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        package.writestr(ZipInfo("mimetype"), PACKAGE, ZIP_STORED)
        package.writestr(ZipInfo("manifest.xml"), _manifest(letter), ZIP_DEFLATED)
        package.writestr(ZipInfo(titles.FILE), letter.document, ZIP_DEFLATED)
    return made.getvalue()


def fingerprint(package: bytes) -> str:
    """Of a package, as the format writes it."""
    return b64encode(hashlib.sha256(package).digest()).decode()


def language_code(language: str) -> str:
    """Two letters; both written forms of Norwegian are NO."""
    return "NO" if language in {"nb", "nn"} else language.upper()


def _header(letter: Letter) -> dict[str, Any]:
    made = letter.made_at.isoformat()
    return {
        "headerVersion": "1.0",
        "sender": [{"identifier": _organisation(letter.sender)}],
        "documentIdentification": {
            "standard": SCHEMA,
            "typeVersion": "1.0",
            "instanceIdentifier": str(letter.id),
            "type": "digital",
            "creationDateAndTime": made,
        },
        "businessScope": {
            "scope": [{"type": "ConversationId", "instanceIdentifier": str(letter.id), "identifier": PROFILE}]
        },
    }


def _letter(letter: Letter, recipient: str, package: bytes) -> dict[str, Any]:
    return {
        "avsender": {"virksomhetsidentifikator": _organisation(letter.sender)},
        "mottaker": {"personidentifikator": {"authority": PERSONS, "value": f"NO:{recipient}"}},
        "dokumentpakkefingeravtrykk": {"digestMethod": SHA256, "digestValue": fingerprint(package)},
        "sikkerhetsnivaa": SECRET,
        "virkningsdato": f"{letter.made_at:%Y-%m-%d}",
        "aapningskvittering": False,
        "ikkesensitivtittel": titles.words(letter.language),
        "spraak": language_code(letter.language),
    }


def _organisation(agency: Agency) -> dict[str, str]:
    return {"authority": ORGANISATIONS, "value": f"0192:{agency.organisation}"}


def _manifest(letter: Letter) -> bytes:
    title = titles.words(letter.language)
    number = _organisation(letter.sender)
    root = OF.manifest(
        OF.avsender(OF.organisasjon(number["value"], authority=number["authority"])),
        OF.hoveddokument(
            OF.tittel(title, lang=language_code(letter.language)), href=titles.FILE, mime="application/pdf"
        ),
    )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
