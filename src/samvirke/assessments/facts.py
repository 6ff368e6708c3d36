"""What assessments tell the log of facts: which instrument, by whom, how many answers. Never an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from samvirke.assessments.types import Respondent, SharedWith
from samvirke.kernel.gate_words import DataKind


@dataclass(frozen=True, slots=True)
class AssessmentAnswered:
    """Somebody answered an instrument, or put right what they had answered."""

    code: ClassVar[str] = "assessment_answered"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    assessment_id: UUID
    instrument: str
    version: int
    respondent: Respondent
    answered: int
    puts_right: bool


@dataclass(frozen=True, slots=True)
class AssessmentShared:
    """The person chose who sees what is answered: when answering, or later of all that is answered."""

    code: ClassVar[str] = "assessment_shared"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    instrument: str
    shared_with: SharedWith
    of_all: bool
