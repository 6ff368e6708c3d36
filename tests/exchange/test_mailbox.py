"""A letter becomes its country's own message, and tells nothing outside the envelope."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from proof.channels import planted
from samvirke.exchange.mailbox import innbyggerpost, titles
from samvirke.exchange.mailbox.boxes import CheckedBox, NoKeys, Standing
from samvirke.exchange.mailbox.preparing import prepare
from samvirke.exchange.mailbox.types import (
    LARGEST,
    WHAT_NEXT,
    Agency,
    Letter,
    LetterRefused,
    Mailbox,
    Message,
    Why,
)
from samvirke.kernel.codes import Country, Sex
from samvirke.people import nordic_ids

PUBLISHED = Path(__file__).parents[3] / "shared" / "interop" / "dpi"
LANGUAGE = {Country.NORWAY: "nb", Country.DENMARK: "da", Country.SWEDEN: "sv"}
COUNTRIES = list(LANGUAGE)
PDF = b"%PDF-1.7 Kari Nordmann, Storgata 1"


def number(country: Country, serial: int = 0) -> str:
    return nordic_ids.make_synthetic(
        country=country, birth_date=date(1990, 5, 17), sex=Sex.FEMALE, serial=serial
    )


def letter(country: Country, **changed: object) -> Letter:
    """A plan in easy words for somebody of the country."""
    made = Letter(
        id=UUID("7d0ffed5-2b36-4b76-9a5c-6a2f4b6f0c11"),
        country=country,
        sender=Agency("999888999", "Fjordvik & Søn <kommune>"),
        language=LANGUAGE[country],
        document=PDF,
        may_reply=True,
        made_at=datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
        recipient=lambda: number(country),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def box(country: Country, standing: Standing = Standing.REACHABLE) -> Mailbox:
    return CheckedBox({number(country): standing})


def why(to: Mailbox, message: Message) -> Why:
    with pytest.raises(LetterRefused) as refused:
        to.deliver(message)
    assert WHAT_NEXT[refused.value.why] in str(refused.value)
    return refused.value.why


@pytest.mark.parametrize("country", COUNTRIES)
def test_it_is_delivered_once_however_often_it_is_handed_in(country: Country) -> None:
    one = box(country)
    assert [one.deliver(prepare(letter(country))).is_new for _ in range(3)] == [True, False, False]
    assert why(one, prepare(letter(country, document=PDF + b"!"))) is Why.STRUCTURE


@pytest.mark.parametrize("country", COUNTRIES)
def test_who_has_no_mailbox_or_chose_paper_gets_paper(country: Country) -> None:
    made = prepare(letter(country))
    assert why(CheckedBox({}), made) is Why.NO_MAILBOX
    assert why(box(country, Standing.RESERVED), made) is Why.RESERVED
    assert why(NoKeys(), made) is Why.NO_KEYS


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"document": b"%PDF-" + bytes(LARGEST)}, Why.TOO_LARGE),
        ({"document": b""}, Why.NOT_A_PDF),
        ({"document": b"<html>"}, Why.NOT_A_PDF),
        ({"language": "xx"}, Why.TITLE),
        ({"recipient": lambda: "12345678901"}, Why.NOT_A_NATIONAL_ID),
        ({"recipient": lambda: ""}, Why.NOT_A_NATIONAL_ID),
    ],
)
def test_what_no_mailbox_takes_is_not_prepared(
    country: Country, changed: dict[str, object], expected: Why
) -> None:
    with pytest.raises(LetterRefused) as refused:
        prepare(letter(country, **changed))
    assert refused.value.why is expected


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_box_believes_nothing(country: Country) -> None:
    made = prepare(letter(country))
    said = titles.words(LANGUAGE[country]).encode()
    for old, new in ((said, b"Angst og gjeld"), (str(made.letter_id).encode(), b""), (b"0", b"\xff")):
        other = replace(made, body=made.body.replace(old, new))
        assert why(box(country), other) in {Why.STRUCTURE, Why.TITLE}
    for body in (b"", b"{}", b"[]", b"<a/>", b"\x00", made.body[:-9]):
        assert why(box(country), replace(made, body=body)) is Why.STRUCTURE
    long = letter(country, sender=Agency("999888999", "x" * 20_000))
    if country is not Country.NORWAY:  # the name is not in the Norwegian message
        assert why(box(country), prepare(long)) is Why.STRUCTURE
        no_pdf = made.body.replace(b64encode(PDF), b64encode(b"<html>"))
        assert why(box(country), replace(made, body=no_pdf)) in {Why.NOT_A_PDF, Why.STRUCTURE}
    else:
        assert why(box(country), replace(made, package=b"PK")) is Why.STRUCTURE


@pytest.mark.parametrize("country", COUNTRIES)
def test_nothing_about_anybody_stands_outside_or_in_what_is_logged(country: Country) -> None:
    asked: list[str] = []
    one = letter(country, recipient=lambda: asked.append("now") or number(country))
    assert asked == []  # whom it reaches is found when it is sent
    made = prepare(one)
    assert asked == ["now"]
    assert number(country) not in repr(one) + repr(made)
    assert "Kari" not in repr(one) + repr(made)


def test_no_title_holds_a_word_that_tells() -> None:
    telling = {"plan", "nav", "helse", "barnevern", "krise", "sosial", "kommune", "lettlest", *planted.CODES}
    said = {word.lower() for title in titles.WORDS.values() for word in title.split()}
    assert said & {str(word).lower() for word in telling} == set()


def test_the_norwegian_message_keeps_the_published_schema_but_for_what_keys_give() -> None:
    schema = PUBLISHED / "innbyggerpost_dpi_digital_1_0.schema.json"
    if not schema.exists():
        pytest.skip("The published schema of DPI is not in shared/interop/dpi.")
    written = json.loads(prepare(letter(Country.NORWAY)).body)["standardBusinessDocument"]["digital"]
    rules = json.loads(schema.read_text())["definitions"]["digital"]["properties"]
    assert set(written) <= set(rules)
    required = json.loads(schema.read_text())["definitions"]["digital"]["required"]
    assert set(required) - set(written) == {"maskinportentoken"}


def test_both_forms_of_norwegian_are_one_language_to_the_mailbox() -> None:
    assert [innbyggerpost.language_code(one) for one in ("nb", "nn", "da", "en")] == ["NO", "NO", "DA", "EN"]
