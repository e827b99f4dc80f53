"""Sealing: text that must stand in no record in clear, each under a key of its own that can be destroyed.

What a record holds is ciphertext, so a hash covers the ciphertext and stays valid when the key is gone. The keys lie
apart from every log (the same rows as the vault's). Without a place for keys nothing is sealed, and nothing accepted.
"""

import hmac
import os
from base64 import b64decode, b64encode
from hashlib import sha256
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from contracts.record import Command, stream_of
from contracts.values import Ciphertext
from services.chassis.life_cycle import Refused
from services.chassis.vault import KEY_BITS, NONCE_BYTES, Rows


class Sealing:
    """Seal, open, destroy; `keys` None means that this deployment has no place for keys."""

    def __init__(self, keys: Rows | None) -> None:
        self._keys = keys

    def seal(self, text: str, key_id: UUID) -> Ciphertext:
        """The text under a key, another ciphertext each time; Refused SEALING_UNAVAILABLE or SEAL_DESTROYED."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(self._key(key_id)).encrypt(nonce, text.encode(), key_id.bytes)
        return b64encode(nonce + sealed).decode()

    def open(self, sealed: Ciphertext, key_id: UUID) -> str:
        """The text again; Refused SEALING_UNAVAILABLE or SEAL_DESTROYED."""
        row = b64decode(sealed)
        return AESGCM(self._key(key_id)).decrypt(row[:NONCE_BYTES], row[NONCE_BYTES:], key_id.bytes).decode()

    def mark(self, text: str, key_id: UUID) -> str:
        """The same for the same text; without the key nobody can try whether a guess gives it."""
        return hmac.new(self._key(key_id), text.encode(), sha256).hexdigest()

    def destroy(self, key_id: UUID) -> None:
        """From now on nobody reads what was sealed under this key, in no copy and in no backup of a log."""
        self._rows().write(key_id, b"")

    def marked(self, command: Command) -> Command:
        """The command as it may be digested: each protected field is its mark."""
        fields = {name: getattr(command, name) for name in type(command).protected}
        if not fields:
            return command
        key_id = stream_of(command) or UUID(int=0)
        return msgspec.structs.replace(command, **{n: self.mark(v, key_id) for n, v in fields.items() if v is not None})

    def _key(self, key_id: UUID) -> bytes:
        key = self._rows().read(key_id)
        if key is None:
            key = self._rows().first(key_id, AESGCM.generate_key(KEY_BITS))
        if not key:
            raise Refused("SEAL_DESTROYED", "该内容的密钥已销毁，不能再读取或比对")
        return key

    def _rows(self) -> Rows:
        if self._keys is None:
            raise Refused("SEALING_UNAVAILABLE", "本部署没有设置密钥库，不能受理须保密的内容")
        return self._keys
