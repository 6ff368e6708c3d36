"""What can go wrong with the database, each as a sentence that says what, why and what next."""

from __future__ import annotations

from pathlib import Path

from click import ClickException


class PostgresError(ClickException):
    """The launcher cannot do what was asked; the command line prints the message as it stands."""


class NoDatabaseError(PostgresError):
    """The folder holds no database yet."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There is no database in {folder}. Run `samvirke db init` first, "
            "or set SAMVIRKE_DATABASE_URL to a PostgreSQL that stands elsewhere."
        )
