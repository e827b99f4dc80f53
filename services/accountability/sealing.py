"""Sealing: an account is stored as ciphertext only; its key is a memo that can be destroyed without touching a hash."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.chassis.memos import Memo

KEY_BITS, NONCE_BYTES = 256, 12
KIND = "seal-key"


class Seals:
    """Makes a key per report (AES-256-GCM); it is written in the commit of the event that bears the ciphertext."""

    def __init__(self, memos: Any) -> None:
        self._memos = memos
        self._fresh: dict[UUID, bytes] = {}

    def sealing(self, report_id: UUID) -> Callable[[str], str]:
        """A function that seals a text under a fresh key."""
        key = self._fresh[report_id] = AESGCM.generate_key(KEY_BITS)

        def seal(text: str) -> str:
            nonce = os.urandom(NONCE_BYTES)
            return urlsafe_b64encode(nonce + AESGCM(key).encrypt(nonce, text.encode(), report_id.bytes)).decode()

        return seal

    def key_memos(self, report_id: UUID) -> Iterator[Memo]:
        """The key just used, to be kept."""
        key = self._fresh.pop(report_id, None)
        if key is not None:
            yield Memo(KIND, str(report_id), key)

    def unsealed(self, report_id: UUID, sealed: str) -> str | None:
        """The text again, or None once the key was destroyed."""
        memo = self._memos.memo(KIND, str(report_id))
        if memo is None or not memo.value:
            return None
        row = urlsafe_b64decode(sealed)
        return AESGCM(memo.value).decrypt(row[:NONCE_BYTES], row[NONCE_BYTES:], report_id.bytes).decode()

    def destroyed(self, report_id: UUID) -> Memo:
        """The memo that destroys a key."""
        return Memo(KIND, str(report_id), b"")
