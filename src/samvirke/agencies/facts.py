"""What agencies tells the log of facts: kinds of agencies, codes and days. Nobody's person, and no post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from samvirke.kernel.codes import AgencyKind
from samvirke.kernel.gate_words import DataKind


@dataclass(frozen=True, slots=True)
class _AboutNobody:
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    @property
    def subject_id(self) -> None:
        """Authority is a post's."""
        return


@dataclass(frozen=True, slots=True)
class AuthorityDelegated(_AboutNobody):
    """Somebody in an agency of this kind may decide under a law until a day."""

    code: ClassVar[str] = "authority_delegated"

    authority_id: UUID
    agency_kind: AgencyKind
    right: str  # code of a law pack
    valid_from: date
    last_day: date


@dataclass(frozen=True, slots=True)
class AuthorityEnded(_AboutNobody):
    """An authority was ended, perhaps before its last day."""

    code: ClassVar[str] = "authority_ended"

    authority_id: UUID
    ended_on: date
