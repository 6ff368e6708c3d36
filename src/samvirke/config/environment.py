"""Tiny readers of environment variables. An odd value is refused, never guessed."""

from __future__ import annotations

import os
from pathlib import Path

KNOWN = {
    "SAMVIRKE_HOME": "folder of keys, figures and the database that comes along; `var` unless set",
    "SAMVIRKE_KEYS": "the keys file, where it lies elsewhere than in the home folder; must be there",
    "SAMVIRKE_HOSTS": "names the pages are asked for by, with commas between them",
    "SAMVIRKE_HTTPS": "1 behind a server that encrypts and sets X-Forwarded-Proto itself",
    "SAMVIRKE_DEBUG": "1 for Django's pages about errors; never with real persons",
    "SAMVIRKE_NODE_MODULES": "folder of the front-end files",
    "SAMVIRKE_ANCHORS": "file outside the database that gets the seals of the access log; none unless set",
    "SAMVIRKE_METRICS": "host:port of the counters; none unless set",
    "SAMVIRKE_DATABASE_URL": "a PostgreSQL that stands elsewhere, as postgresql://host:5432/samvirke",
    "SAMVIRKE_POSTGRES_PROGRAMS": "folder of other PostgreSQL programs than those that come along",
    "SAMVIRKE_PASSWORD_OWNER": "password of the role that migrates",
    "SAMVIRKE_PASSWORD_APP": "password of the pages' role",
    "SAMVIRKE_PASSWORD_ACCOUNTS": "password of the sign-in role",
    "SAMVIRKE_PASSWORD_WORKER": "password of the role that runs the queue",
    "SAMVIRKE_PASSWORD_INSIGHT": "password of the role that reads published views",
    "SAMVIRKE_PASSWORD_BACKUP": "password of the role that backs up",
}
"""Every variable that is read. A password may instead lie in a file, named by the variable with _FILE."""


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


def path(name: str) -> Path | None:
    """A path from the root, so that it does not depend on where a process was started; None where not set."""
    value = os.environ.get(name)
    if value is None:
        return None
    if not Path(value).is_absolute():
        raise OddSetting(name, value, "a path from the root, as in /var/log/samvirke/anchors.jsonl")
    return Path(value)


def words(name: str, *, default: list[str]) -> list[str]:
    """Words with commas between them."""
    value = os.environ.get(name)
    if value is None:
        return default
    return [word.strip() for word in value.split(",") if word.strip()]
