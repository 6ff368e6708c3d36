"""Tiny readers of environment variables. An odd value is refused, never guessed."""

from __future__ import annotations

import os


class OddSetting(Exception):
    """An environment variable holds something that cannot be meant."""

    def __init__(self, name: str, value: str, wanted: str) -> None:
        super().__init__(f"{name} is {value!r}, which is not {wanted}. Correct it or leave it out.")


def flag(name: str, *, default: bool) -> bool:
    """'1' or '0'. Anything else is an error, also 'yes'."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value not in {"0", "1"}:
        raise OddSetting(name, value, "0 or 1")
    return value == "1"


def words(name: str, *, default: list[str]) -> list[str]:
    """Words with commas between them."""
    value = os.environ.get(name)
    if value is None:
        return default
    return [word.strip() for word in value.split(",") if word.strip()]
