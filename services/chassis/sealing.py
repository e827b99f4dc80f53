"""Sealing: what must not stand in clear is ciphertext in its event; the key is a memo that can be destroyed."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.chassis.memos import Memo, Memos

KEY_BITS, NONCE_BYTES = 256, 12
KIND = "seal-key"


class Seals:
    """Makes a key per stream (AES-256-GCM); it is written in the commit of the event that bears the ciphertext."""

    def __init__(self, memos: Memos) -> None:
        self._memos = memos
        self._fresh: dict[UUID, bytes] = {}

    def sealing(self, stream: UUID) -> Callable[[str], str]:
        """A function that seals a text under a fresh key."""
        key = self._fresh[stream] = AESGCM.generate_key(KEY_BITS)

        def seal(text: str) -> str:
            nonce = os.urandom(NONCE_BYTES)
            return urlsafe_b64encode(nonce + AESGCM(key).encrypt(nonce, text.encode(), stream.bytes)).decode()

        return seal

    def key_memos(self, stream: UUID) -> Iterator[Memo]:
        """The key just used, to be kept in the commit of the ciphertext."""
        key = self._fresh.pop(stream, None)
        if key is not None:
            yield Memo(KIND, str(stream), key)

    def unsealed(self, stream: UUID, sealed: str) -> str | None:
        """The text again, or None once the key was destroyed."""
        memo = self._memos.memo(KIND, str(stream))
        if memo is None or not memo.value:
            return None
        row = urlsafe_b64decode(sealed)
        return AESGCM(memo.value).decrypt(row[:NONCE_BYTES], row[NONCE_BYTES:], stream.bytes).decode()

    def destroyed(self, stream: UUID) -> Memo:
        """The memo that destroys a key."""
        return Memo(KIND, str(stream), b"")
