"""The parts every section of a protocol is made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

MUNICIPALITY = r"^[0-9]{3,5}$"  # as the country's register numbers them
COLUMN = r"^[a-z][a-z0-9_]{0,62}$"
NAME = r"^[a-z0-9][a-z0-9-]{1,62}$"
BLANK = "?"  # what the template leaves for the evaluator to write


def _written(words: str) -> str:
    if words.strip() == BLANK:
        raise ValueError("still holds the template's question mark. Write what is meant")
    return words


Words = Annotated[str, Field(min_length=1), AfterValidator(_written)]
Municipality = Annotated[str, Field(pattern=MUNICIPALITY)]
Column = Annotated[str, Field(pattern=COLUMN)]


class Strict(BaseModel):
    """A part of a protocol: no unknown fields, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Text(Strict):
    """Words in both languages of the report."""

    nb: Words
    """In bokmål."""

    en: Words
    """In English."""

    def in_language(self, language: str) -> str:
        """The words in that language."""
        return self.nb if language == "nb" else self.en
