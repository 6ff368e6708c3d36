"""Pseudonyms that hold within one study and cannot be followed from one study to the next."""

from __future__ import annotations

import hashlib
import hmac

MINIMUM_KEY_BYTES = 32
PSEUDONYM_LENGTH = 32  # hexadecimal characters, 128 bits: no two persons of a country share one by chance


class WeakKey(ValueError):
    """The secret key is so short that pseudonyms could be undone by trying keys."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"The pseudonym key has {length} bytes and needs at least {MINIMUM_KEY_BYTES}, "
            "or somebody could find it by trying. Make a new one with secrets.token_bytes(32)."
        )


def pseudonym(key: bytes, study: str, id: str) -> str:
    """The pseudonym of `id` in `study`: the same each time, another one in another study.

    The study's own key is drawn from the secret key first, so that ("ab", "c") and ("a", "bc") cannot meet.
    Raises WeakKey for a key under 32 bytes.  Source: HMAC, RFC 2104, with SHA-256.
    """
    if len(key) < MINIMUM_KEY_BYTES:
        raise WeakKey(len(key))
    study_key = hmac.new(key, study.encode(), hashlib.sha256).digest()
    return hmac.new(study_key, id.encode(), hashlib.sha256).hexdigest()[:PSEUDONYM_LENGTH]
