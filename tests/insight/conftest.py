"""Every test of the insight tower finds its catalogue compiled."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from babel.messages import mofile, pofile

import samvirke.report.catalogue as catalogue


@pytest.fixture(autouse=True, scope="session")
def _compiled_catalogue() -> None:
    source = catalogue.FOLDER / "nb" / "LC_MESSAGES" / "insight.po"
    made = source.with_name(f"insight.{os.getpid()}.tmp")
    with source.open("rb") as text, made.open("wb") as compiled:
        mofile.write_mo(compiled, pofile.read_po(text, locale="nb"))
    made.replace(Path(source).with_suffix(".mo"))  # in one step, so that two workers cannot meet
