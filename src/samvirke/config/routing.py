"""Which table is reached through which connection."""

from __future__ import annotations

from typing import Any

SIGN_IN = {"accounts", "auth", "sessions", "contenttypes"}


class TwoConnections:
    """Sign-in through `accounts`, everything about persons through `default`; only `owner` migrates."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "accounts" if model._meta.app_label in SIGN_IN else "default"

    db_for_write = db_for_read

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return (first._meta.app_label in SIGN_IN) == (second._meta.app_label in SIGN_IN)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
