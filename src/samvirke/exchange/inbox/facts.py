"""What the inbox tells the log of facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from samvirke.kernel.gate_words import DataKind


@dataclass(frozen=True, slots=True)
class RecordImported:
    """An agency's system told of a client for the first time."""

    code: ClassVar[str] = "record_imported"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID
    municipality: str


@dataclass(frozen=True, slots=True)
class ImportFinished:
    """A file was taken in. Counts only: no subject."""

    code: ClassVar[str] = "import_finished"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    run_id: UUID
    system: str
    file_hash: str  # the same file taken in again counts once
    municipality: str  # the importing unit's
    rows: int
    new: int
    changed: int
    same: int
    refused: int

    @property
    def subject_id(self) -> None:
        """Counts are about nobody."""
        return


@dataclass(frozen=True, slots=True)
class ImportTakenBack:
    """An import was taken back as far as it could be. Counts only: no subject."""

    code: ClassVar[str] = "import_taken_back"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    run_id: UUID  # of the import
    withdrawn: int
    restored: int
    kept: int

    @property
    def subject_id(self) -> None:
        """Counts are about nobody."""
        return
