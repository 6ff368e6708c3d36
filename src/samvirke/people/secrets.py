"""National ids at rest: encrypted, with a keyed hash to find them again inside one scope.

The scope (a unit, a partnership) is part of the hash, so that equal numbers in two agencies have unequal
hashes and nobody can match across agencies by comparing columns.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator, Sequence
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

OF_STAFF = UUID("6f1c1f0e-6a3c-5d0b-9b1e-3a0b6a3f5c11")  # a scope that no unit or partnership has
NONCE = 12  # bytes, as AES-GCM recommends


def seal(number: str) -> bytes:
    """The number, encrypted under the key outside the database."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(settings.KEYS.national_id_secret).encrypt(nonce, number.encode(), None)


def unseal(secret: bytes | memoryview) -> str:
    """The number again. Raises cryptography's InvalidTag when the key is another."""
    raw = bytes(secret)
    plain = AESGCM(settings.KEYS.national_id_secret).decrypt(raw[:NONCE], raw[NONCE:], None)
    return plain.decode()


def hashed(number: str, *, scope: UUID) -> bytes:
    """The number's keyed hash within a scope."""
    return hmac.digest(settings.KEYS.national_id_hash, scope.bytes + number.encode(), "sha256")


def hashed_of_staff(number: str) -> bytes:
    """The keyed hash by which a post knows its holder's own case; never kept with a client's data."""
    return hashed(number, scope=OF_STAFF)


def asked_by(number_hash: bytes) -> UUID:
    """What stands in the access log for whoever has this number, where nothing was opened."""
    return UUID(bytes=number_hash[:16])


def hidden(numbers: Sequence[str], *, scope: UUID) -> Iterator[tuple[bytes, bytes]]:
    """Each number, sealed and hashed: the same as one by one, with the keys made ready once."""
    encrypt = AESGCM(settings.KEYS.national_id_secret).encrypt
    key, start = settings.KEYS.national_id_hash, scope.bytes
    nonces = os.urandom(NONCE * len(numbers))
    for place, number in enumerate(numbers):
        nonce, plain = nonces[NONCE * place : NONCE * (place + 1)], number.encode()
        yield nonce + encrypt(nonce, plain, None), hmac.digest(key, start + plain, "sha256")
