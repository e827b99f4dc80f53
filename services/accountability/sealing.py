"""Sealing: an account is stored as ciphertext only; its key is a memo that can be destroyed without touching a hash."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from joserfc import jwe
from joserfc.jwk import OctKey

from services.chassis.memos import Memo

HEADER = {"alg": "dir", "enc": "A256GCM"}


class Seals:
    """Makes a key per report; it is written in the commit of the event that bears the ciphertext."""

    def __init__(self, memos: Any) -> None:
        self._memos = memos
        self._fresh: dict[UUID, OctKey] = {}

    def sealing(self, report_id: UUID) -> Callable[[str], str]:
        """A function that seals a text under a fresh key."""
        key = self._fresh[report_id] = OctKey.generate_key(256)
        return lambda text: jwe.encrypt_compact(HEADER, text.encode(), key)

    def key_memos(self, report_id: UUID) -> Iterator[Memo]:
        """The key just used, to be kept."""
        key = self._fresh.pop(report_id, None)
        if key is not None:
            yield Memo("seal-key", str(report_id), key.as_bytes())

    def open(self, report_id: UUID, sealed: str) -> str | None:
        """The text again, or None once the key was destroyed."""
        memo = self._memos.memo("seal-key", str(report_id))
        if memo is None:
            return None
        plaintext = jwe.decrypt_compact(sealed, OctKey.import_key(memo.value)).plaintext
        return plaintext.decode() if plaintext is not None else None

    def destroy(self, report_id: UUID) -> Memo:
        """The memo that destroys a key."""
        return Memo("seal-key", str(report_id), None)
