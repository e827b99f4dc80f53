"""The log in an SQLite file: synchronous FULL, group commit, one owning process."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.persistence import (
    AggregateRecorder,
    IntegrityError,
    StoredEvent,
    Tracking,
)
from eventsourcing.sqlite import SQLiteAggregateRecorder, SQLiteProcessRecorder

from contracts.record import read_head
from services.chassis.batch import Batch
from services.chassis.clock import Clock, MonotoneClock, system_clock
from services.chassis.group_commit import GroupCommit, Work
from services.chassis.log_sqlite_memos import MEMOS, SQLiteMemos, write_all
from services.chassis.log_sqlite_store import VERSION, Store, own
from services.chassis.log_version import refuse_newer
from services.chassis.memos import Row
from services.chassis.one_log import OneLog

RECORD = (
    "INSERT INTO stored_events (rowid, originator_id, originator_version, topic, state) VALUES (?,?,?,?,?)"
)
STREAM = (
    "SELECT * FROM stored_events WHERE originator_id=? AND originator_version>? AND originator_version<=? "
    "ORDER BY originator_version"
)
MAXIMUM = 2**63 - 1
HEARD = (
    "INSERT INTO tracking VALUES (:sender, :last) ON CONFLICT (application_name) "
    "DO UPDATE SET notification_id=:last WHERE notification_id<:first"
)


class SQLiteLog(SQLiteMemos, SQLiteProcessRecorder):
    """The library's SQLite recorder, with memos, sealing and group commit."""

    datastore: Store

    def __init__(self, datastore: Store, clock: Clock = system_clock) -> None:
        super().__init__(datastore)
        self._group = GroupCommit(self._write_batch)
        self._source_clock = clock
        self._clock: MonotoneClock | None = None

    def construct_create_table_statements(self) -> list[str]:
        """The library's tables and one more."""
        return [*super().construct_create_table_statements(), MEMOS, f"PRAGMA user_version={VERSION}"]

    # --- writing ----------------------------------------------------------------------------------

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Durable when it returns; several callers share one transaction."""
        positions: Sequence[int] = self._group.commit((stored_events, kwargs))
        return positions

    def insert_sealed(self, rows: Sequence[tuple[UUID, int, str, bytes]]) -> int:
        """Records that were sealed elsewhere, behind the last one, in one transaction: stream, version, topic, bytes.

        They bring no memos and call no listener: this is for archives that are only read. Returns the log's end.
        """
        with self.datastore.transaction(commit=True) as c:
            end: int = c.execute(self.select_max_notification_id_statement).fetchone()[0] or 0
            write_all(c, RECORD, [(end + place, row[0].hex, *row[1:]) for place, row in enumerate(rows, 1)])
            self._clock = None
        return end + len(rows)

    def insert_tracking(self, tracking: Tracking) -> None:
        """Letters taken in that led to nothing."""
        self.insert_events([], tracking=tracking)

    def _write_batch(self, works: Sequence[Work]) -> list[Any]:
        with self.datastore.transaction(commit=True) as c:
            end = c.execute(self.select_max_notification_id_statement).fetchone()[0] or 0
            batch = Batch(works, end, self._monotone(c))
            write_all(c, RECORD, [
                (row.position, getattr(row.stream, "hex", row.stream), row.version, row.topic, row.state)
                for row in batch.rows
            ])
            self.write_memos(c, batch)
            for tracked in batch.tracked.values():
                if c.execute(HEARD, tracked._asdict()).rowcount != 1:
                    raise IntegrityError(f"{tracked.sender} {tracked.first} is tracked already")
        return batch.positions

    def _monotone(self, c: Any) -> MonotoneClock:
        """Goes on from the last record; nobody else writes, so it is looked up once."""
        if self._clock is None:
            row = c.execute(f"SELECT state FROM {self.events_table_name} ORDER BY rowid DESC LIMIT 1").fetchone()
            self._clock = MonotoneClock(self._source_clock, _instant_of(row))
        return self._clock

    # --- reading ----------------------------------------------------------------------------------

    def select_events(
        self, originator_id: UUID | str, *, gt: int | None = None, lte: int | None = None,
        desc: bool = False, limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """As the library's, without making the stream's id anew for every row."""
        key = getattr(originator_id, "hex", originator_id)
        params = [key, -1 if gt is None else gt, MAXIMUM if lte is None else lte, -1 if limit is None else limit]
        with self.datastore.transaction(commit=False) as c:
            rows = c.execute(f"{STREAM} {'DESC' if desc else 'ASC'} LIMIT ?", params).fetchall()
        return [StoredEvent(originator_id, row[1], row[2], row[3]) for row in rows]

    def rows(self, after: int, limit: int) -> list[Row]:
        """Position, topic and record of what follows a position: the fastest way to read a log again."""
        with self.datastore.transaction(commit=False) as c:
            c.row_factory = None
            found: list[Row] = c.execute(
                "SELECT rowid, topic, state FROM stored_events WHERE rowid>? ORDER BY rowid LIMIT ?", (after, limit)
            ).fetchall()
        return found


class SQLiteLogs(OneLog):
    """The library's factory for one service's log file; with `owner=False` it is only read."""

    def __init__(self, path: Path, clock: Clock = system_clock, *, owner: bool = True) -> None:
        super().__init__()
        self._owned = own(path) if owner else None
        try:
            self.datastore = Store(path, owner=owner)
            if self.datastore.version > VERSION:
                self.datastore.close()
                refuse_newer(path.name, self.datastore.version, VERSION)
            self.log = SQLiteLog(self.datastore, clock)
            if owner:
                self.log.create_table()
        except BaseException:
            self._disown()
            raise

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        """A recorder for snapshots, in a table of its own."""
        recorder = SQLiteAggregateRecorder(self.datastore, events_table_name=f"stored_{purpose}")
        if self._owned is not None:
            recorder.create_table()
        return recorder

    def close(self) -> None:
        """Close the file and give up its ownership."""
        self.datastore.close()
        self._disown()

    def _disown(self) -> None:
        if self._owned is not None:
            os.close(self._owned)
            self._owned = None


def _instant_of(row: Any) -> datetime | None:
    """When the last record was stored; None for an empty log or rows that are no records."""
    is_record = row is not None and row["state"].startswith(b'{"eventId"')
    return read_head(row["state"]).recorded_at if is_record else None
