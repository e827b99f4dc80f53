"""The vault of persons: names, telephones and identity numbers, apart from every log, under keys that can be destroyed.

Each person has a key of their own (AES-256-GCM). Whoever destroys the key has destroyed the fields, also in every
copy and backup of the fields: the keys are kept in another file, which is backed up by itself.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from sqlite3 import Connection, connect
from threading import Lock
from typing import Protocol
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.chassis.life_cycle import Refused

KEY_BITS = 256
NONCE_BYTES = 12

Fields = dict[str, str]


class Rows(Protocol):
    """Where ciphertexts or keys are kept; a destroyed key leaves an empty row, so that it never comes again."""

    def read(self, person_id: UUID) -> bytes | None:
        """The row of a person, or None."""

    def write(self, person_id: UUID, value: bytes) -> None:
        """Replace the row of a person; durable when it returns."""

    def first(self, person_id: UUID, value: bytes) -> bytes:
        """Write the row unless there is one, whoever else writes; the row that stands then."""


class Vault:
    """The port: put, get, destroy."""

    def __init__(self, fields: Rows, keys: Rows) -> None:
        self._fields, self._keys, self._lock = fields, keys, Lock()

    def put(self, person_id: UUID, fields: Mapping[str, str]) -> None:
        """Keep these fields of a person beside those already kept; Refused PERSON_DESTROYED when the key is gone."""
        with self._lock:
            box = AESGCM(self._key(person_id))
            kept = self._opened(person_id, box) | dict(fields)
            nonce = os.urandom(NONCE_BYTES)
            sealed = box.encrypt(nonce, msgspec.json.encode(kept), person_id.bytes)
            self._fields.write(person_id, nonce + sealed)

    def get(self, person_id: UUID) -> Fields:
        """The fields of a person, none when nothing was kept; Refused PERSON_DESTROYED when the key is gone."""
        key = self._keys.read(person_id)
        if key is None:
            return {}
        return self._opened(person_id, AESGCM(_intact(key)))

    def destroy(self, person_id: UUID) -> None:
        """Overwrite the key, then what it sealed: from now on nobody reads these fields, for ever."""
        with self._lock:
            self._keys.write(person_id, b"")
            self._fields.write(person_id, b"")

    def _key(self, person_id: UUID) -> bytes:
        key = self._keys.read(person_id)
        if key is None:
            key = AESGCM.generate_key(KEY_BITS)
            self._keys.write(person_id, key)
        return _intact(key)

    def _opened(self, person_id: UUID, box: AESGCM) -> Fields:
        row = self._fields.read(person_id)
        if not row:
            return {}
        plain = box.decrypt(row[:NONCE_BYTES], row[NONCE_BYTES:], person_id.bytes)
        return msgspec.json.decode(plain, type=Fields)


class MemoryRows:
    """Rows for tests and rehearsals."""

    def __init__(self) -> None:
        self._rows: dict[UUID, bytes] = {}

    def read(self, person_id: UUID) -> bytes | None:
        """The row of a person, or None."""
        return self._rows.get(person_id)

    def write(self, person_id: UUID, value: bytes) -> None:
        """Replace the row of a person."""
        self._rows[person_id] = value

    def first(self, person_id: UUID, value: bytes) -> bytes:
        """Write the row unless there is one; the row that stands then."""
        return self._rows.setdefault(person_id, value)

    def close(self) -> None:
        """Nothing to close."""


class SQLiteRows:
    """Rows in a file of their own, for its owner only; what was overwritten is wiped from the file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._connection: Connection = connect(path, check_same_thread=False, isolation_level=None)
        self._lock = Lock()
        for setting in ("journal_mode=DELETE", "synchronous=FULL", "secure_delete=ON"):
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.execute("CREATE TABLE IF NOT EXISTS persons (person TEXT PRIMARY KEY, value BLOB)")

    def read(self, person_id: UUID) -> bytes | None:
        """The row of a person, or None."""
        with self._lock:
            row = self._connection.execute(
                "SELECT value FROM persons WHERE person=?", (str(person_id),)).fetchone()
        return bytes(row[0]) if row else None

    def write(self, person_id: UUID, value: bytes) -> None:
        """Replace the row of a person; on the disk when it returns."""
        with self._lock:
            self._connection.execute("INSERT OR REPLACE INTO persons VALUES (?,?)", (str(person_id), value))

    def first(self, person_id: UUID, value: bytes) -> bytes:
        """Write the row unless there is one, in this process or another; the row that stands then."""
        with self._lock:
            self._connection.execute("INSERT OR IGNORE INTO persons VALUES (?,?)", (str(person_id), value))
        return self.read(person_id) or b""

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def memory_vault() -> Vault:
    """A vault that forgets everything with the process."""
    return Vault(MemoryRows(), MemoryRows())


def sqlite_vault(fields: Path, keys: Path) -> Vault:
    """A vault in two files, the keys apart from what they open."""
    if fields.resolve() == keys.resolve():
        raise ValueError("keys must not lie in the file that they open")
    return Vault(SQLiteRows(fields), SQLiteRows(keys))


def _intact(key: bytes) -> bytes:
    if not key:
        raise Refused("PERSON_DESTROYED", "该人员的个人信息已永久销毁")
    return key
