"""What data are about, and what they are used for. Bit masks, since the database compares them bit by bit."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntFlag


class DataKind(IntFlag):
    """The kind of information. A consent or statute opens kinds, never "everything"."""

    IDENTITY = 1
    CONTACT = 2
    PLAN = 4
    EMPLOYMENT = 8
    EDUCATION = 16
    ECONOMY = 32
    HOUSING = 64
    HEALTH = 128
    SUBSTANCE_USE = 256
    CHILD_WELFARE = 512
    SOCIAL = 1024
    NETWORK = 2048
    PROTECTED_LOCATION = 4096
    CONSENT = 8192  # the consents themselves: who may be told what
    ACCESS_LOG = 16384  # who has read what


class Purpose(IntFlag):
    """Why somebody is here. A session acts for one purpose at a time."""

    COORDINATION = 1
    SERVICE = 2
    DECISION = 4
    FOLLOW_UP = 8
    STATISTICS = 16
    EVALUATION = 32
    SUPERVISION = 64


def kinds_in(mask: int) -> list[DataKind]:
    """The single kinds of a mask, lowest bit first."""
    return [kind for kind in DataKind if mask & kind]


def mask_of(kinds: Iterable[DataKind]) -> DataKind:
    """One mask of several kinds."""
    mask = DataKind(0)
    for kind in kinds:
        mask |= kind
    return mask
