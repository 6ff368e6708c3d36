"""The evaluation protocol: what is asked, for whom, where, and how it will be answered; a YAML file.

It is written before anybody sees outcomes, and registered (`registration`).
"""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

Municipality = Annotated[str, Field(pattern=r"^[0-9]{4}$")]
Words = Annotated[str, Field(min_length=1)]


class Source(StrEnum):
    """Where an outcome is measured."""

    SURVEY = "survey"
    REGISTER = "register"


OUTCOMES = {Source.SURVEY: ("satisfaction",), Source.REGISTER: ("in_work_or_education",)}
SUBGROUP_COLUMNS = {"experiences_need": Source.SURVEY, "target_group": Source.REGISTER}


class UnreadableProtocol(ValueError):
    """The file is not a protocol."""

    def __init__(self, path: Path, *, reasons: list[str]) -> None:
        super().__init__(
            f"{path} was not read as a protocol. Correct it and try again:\n"
            + "\n".join(f"- {reason}" for reason in reasons)
        )


class Strict(BaseModel):
    """A part of a protocol: no unknown fields, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Strict):
    """Words in both languages of the report."""

    nb: Words
    en: Words

    def in_language(self, language: str) -> str:
        """The words in that language."""
        return self.nb if language == "nb" else self.en


class Evaluator(Strict):
    """Who evaluates, and whether they took part in what is evaluated."""

    name: Words
    independent: bool
    statement: Text


class Approval(Strict):
    """A decision that lets the data be used: who made it and its reference."""

    by: Words
    reference: Words


class LegalBasis(Strict):
    """Why the data may be processed, and who said so."""

    provision: Text
    approvals: tuple[Approval, ...] = ()


class Sites(Strict):
    """Trial and comparison municipalities, as four-digit numbers."""

    trial: Annotated[tuple[Municipality, ...], Field(min_length=1)]
    comparison: Annotated[tuple[Municipality, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Sites:
        codes = (*self.trial, *self.comparison)
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"named more than once: {', '.join(twice)}; a site is trial or comparison")
        return self


class Outcome(Strict):
    """An outcome measure: `name` is its column in the extract."""

    name: Words
    label: Text
    source: Source
    unit: Text
    higher_is_better: bool

    @model_validator(mode="after")
    def _in_extract(self) -> Outcome:
        if self.name not in OUTCOMES[self.source]:
            raise ValueError(
                f"the {self.source} extract holds no {self.name}; it holds {OUTCOMES[self.source]}"
            )
        return self


class Subgroup(Strict):
    """A group named beforehand: persons whose `column` has the `value`, in the extract with that column."""

    name: Words
    label: Text
    column: Literal["experiences_need", "target_group"]
    value: Words

    @property
    def source(self) -> Source:
        """The extract that has the column."""
        return SUBGROUP_COLUMNS[self.column]


class Protocol(Strict):
    """The whole protocol. The estimand is fixed: the average trial municipality, each counting once."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,62}$")]
    title: Text
    question: Text
    commissioner: Words
    receiver: Words
    decision_to_inform: Text
    legal_basis: LegalBasis
    evaluator: Evaluator
    target_group: Text
    sites: Sites
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    subgroups: tuple[Subgroup, ...] = ()
    design: Literal["change_from_before"]
    inference: Literal["randomisation_over_municipalities"]
    alpha: Annotated[float, Field(gt=0, le=0.5)]
    seed: Annotated[int, Field(ge=0)]
    written_on: date

    @model_validator(mode="after")
    def _names_once(self) -> Protocol:
        names = [*(outcome.name for outcome in self.outcomes), *(group.name for group in self.subgroups)]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(
                f"used more than once: {', '.join(twice)}; give each outcome and subgroup its own name"
            )
        return self

    @property
    def hash(self) -> str:
        """SHA-256 of the content, the same whatever the layout or the order of fields in the file."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    def canonical(self) -> str:
        """The content as JSON in the order of this class."""
        return self.model_dump_json()


def read_protocol(path: Path) -> Protocol:
    """The protocol in a YAML file. Raises UnreadableProtocol with one line per fault."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Protocol.model_validate(content)
    except ValidationError as error:
        raise UnreadableProtocol(path, reasons=[_fault(fault) for fault in error.errors()]) from error
    except (OSError, yaml.YAMLError) as error:
        raise UnreadableProtocol(path, reasons=[str(error)]) from error


def _fault(fault: object) -> str:
    assert isinstance(fault, dict)
    where = ".".join(str(part) for part in fault["loc"]) or "the file"
    return f"{where}: {fault['msg']}"
