"""Everything an SQLite log holds, read without changing a byte of it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from services.chassis.log_contents import StoredMemo, StoredRecord, StoredSnapshot, StoredTracking
from services.chassis.log_sqlite_store import VERSION
from services.chassis.log_version import refuse_newer
from services.chassis.sqlite_file import opened_to_read

MARK_OF_THE_LIBRARY = "__migration__"
"""A row of its own making in the table of tracking; it speaks of this file, not of a sender."""


class SQLiteContents:
    """The file must have no other writer meanwhile (`own` it first). Raises Refused LOG_NEWER."""

    def __init__(self, path: Path) -> None:
        self._connection = opened_to_read(path)
        version = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
        refuse_newer(path.name, version, VERSION)

    def records(self) -> Iterator[StoredRecord]:
        """By position."""
        rows = self._rows(
            "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events ORDER BY rowid"
        )
        return (StoredRecord(row[0], UUID(row[1]), *row[2:]) for row in rows)

    def memos(self) -> Iterator[StoredMemo]:
        """By kind and key."""
        return map(StoredMemo._make, self._rows("SELECT kind, key, value, position FROM memos ORDER BY kind, key"))

    def tracking(self) -> Iterator[StoredTracking]:
        """By sender."""
        rows = self._rows("SELECT application_name, notification_id FROM tracking ORDER BY application_name")
        return (StoredTracking(*row) for row in rows if row[0] != MARK_OF_THE_LIBRARY)

    def snapshots(self) -> Iterator[StoredSnapshot]:
        """By stream and version."""
        rows = self._rows(
            "SELECT originator_id, originator_version, topic, state FROM stored_snapshots "
            "ORDER BY originator_id, originator_version"
        )
        return (StoredSnapshot(UUID(row[0]), *row[1:]) for row in rows)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _rows(self, statement: str) -> sqlite3.Cursor:
        cursor: Any = self._connection.execute(statement)
        return cursor  # type: ignore[no-any-return]
