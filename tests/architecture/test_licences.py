"""What Samvirke is made of can be listed, and no licence that binds others comes in unseen."""

from __future__ import annotations

import json
from email.message import Message

import pytest

from manual import bill
from manual.bill import Part


def test_every_licence_that_needs_a_reason_has_one() -> None:
    assert bill.unexplained(bill.parts(), bill.reasons()) == []


def test_no_reason_outlives_its_package() -> None:
    needed = {part.name for part in bill.parts() if bill.unexplained([part], {})}
    assert set(bill.reasons()) == needed


@pytest.mark.parametrize(
    ("licence", "is_refused"),
    [
        ("GPL-3.0-only", True),
        ("GNU Affero General Public License v3", True),
        ("LGPL-2.1-or-later", True),
        ("", True),
        ("MIT", False),
        ("BSD-3-Clause", False),
        ("Apache Software License", False),
        ("PSF-2.0", False),
    ],
)
def test_a_new_package_under_such_a_licence_fails_with_a_sentence(licence: str, is_refused: bool) -> None:
    new = Part("frobnicate", "1.0", licence, is_here=True)
    said = bill.unexplained([new], {})
    assert bool(said) is is_refused
    assert all("frobnicate 1.0" in sentence and "give the reason" in sentence for sentence in said)
    assert bill.unexplained([new], {"frobnicate": "only tests need it"}) == []
    assert bool(bill.unexplained([new], {"frobnicate": " "})) is is_refused


def test_a_licence_is_read_from_whichever_field_states_it() -> None:
    said = Message()
    said["License"] = "Old words"
    assert bill.licence_of(said) == "Old words"
    said["Classifier"] = "License :: OSI Approved :: MIT License"
    assert bill.licence_of(said) == "MIT License"
    said["License-Expression"] = "MIT"
    assert bill.licence_of(said) == "MIT"


def test_the_list_holds_both_lock_files_with_their_licences() -> None:
    listed = json.loads(bill.bill())
    named = {one["name"]: one for one in listed["components"]}
    assert set(named) == {part.name for part in bill.parts()}
    assert named["django"]["licenses"] == [{"license": {"name": "BSD-3-Clause"}}]
    assert named["htmx.org"]["purl"].startswith("pkg:npm/htmx.org@")
