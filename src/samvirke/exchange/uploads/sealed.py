"""A file at rest, and in hand: sealed pieces in the database, and for a reader a file in memory.

The key is derived from one outside the database and from the upload's id, and each piece is bound to its
place. What a reader opens lies in memory without a name; the disk holds no more than a link to it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PIECE = 1024 * 1024  # bytes
NONCE = 12
PURPOSE = b"samvirke: a file on its way in"


def seal(upload_id: UUID, pieces: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Each piece with its number, encrypted."""
    cipher = _cipher(upload_id)
    for number, piece in enumerate(pieces):
        yield number, _sealed(cipher, piece, _place(number))


@contextmanager
def opened(upload_id: UUID, name: str, parts: Iterable[tuple[int, bytes | memoryview]]) -> Iterator[Path]:
    """A path at which a reader finds the file while the context lasts; its content is in memory only."""
    cipher = _cipher(upload_id)
    memory = os.memfd_create("upload")
    try:
        for number, sealed in parts:
            _write(memory, _opened(cipher, sealed, _place(number)))
        with TemporaryDirectory(prefix="samvirke-") as folder:  # its owner's alone
            path = Path(folder) / name
            path.symlink_to(f"/proc/{os.getpid()}/fd/{memory}")
            yield path
    finally:
        os.close(memory)


def piece(upload_id: UUID, number: int, content: bytes, *, of: str) -> bytes:
    """One piece of something that lies beside the file, encrypted. of: what it is."""
    return _sealed(_cipher(upload_id), content, _place(number, of))


def opened_piece(upload_id: UUID, number: int, sealed: bytes | memoryview, *, of: str) -> bytes:
    """The piece again."""
    return _opened(_cipher(upload_id), sealed, _place(number, of))


def _sealed(cipher: AESGCM, content: bytes, place: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + cipher.encrypt(nonce, content, place)


def _opened(cipher: AESGCM, sealed: bytes | memoryview, place: bytes) -> bytes:
    raw = bytes(sealed)
    return cipher.decrypt(raw[:NONCE], raw[NONCE:], place)


def _cipher(upload_id: UUID) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=upload_id.bytes, info=PURPOSE)
    return AESGCM(derived.derive(settings.KEYS.national_id_secret))


def _place(number: int, of: str = "") -> bytes:
    return number.to_bytes(4) + of.encode()


def _write(memory: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(memory, left) :]
