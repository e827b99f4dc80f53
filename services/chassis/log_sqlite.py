"""The log in an SQLite file: synchronous FULL, group commit, one owning process."""

import fcntl
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    InfrastructureFactory,
    ProcessRecorder,
    StoredEvent,
)
from eventsourcing.sqlite import (
    SQLiteAggregateRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteProcessRecorder,
    SQLiteTrackingRecorder,
)

from contracts.record import read_head
from services.chassis.clock import Clock, MonotoneClock, system_clock
from services.chassis.group_commit import GroupCommit, Work
from services.chassis.life_cycle import Refused
from services.chassis.memos import Memo
from services.chassis.records import seal_all

FULL = 2
MEMOS = (
    "CREATE TABLE IF NOT EXISTS memos (kind TEXT, key TEXT, value BLOB, position INTEGER, "
    "PRIMARY KEY (kind, key)) WITHOUT ROWID"
)


class _FullPool(SQLiteConnectionPool):
    """Every connection syncs on every commit; a build that does not obey is refused."""

    def _create_connection(self) -> SQLiteConnection:
        connection = super()._create_connection()
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA synchronous={FULL}")
        cursor.execute("PRAGMA synchronous")
        if cursor.fetchone()[0] != FULL:
            raise Refused("LOG_NOT_DURABLE", "日志数据库不支持 synchronous=FULL，拒绝启动")
        return connection


class _Datastore(SQLiteDatastore):
    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.pool.close()
        self.pool = _FullPool(db_name=str(path))


class SQLiteLog(SQLiteProcessRecorder):
    """The library's SQLite recorder, with memos, sealing and group commit."""

    def __init__(self, datastore: SQLiteDatastore, clock: Clock = system_clock) -> None:
        super().__init__(datastore)
        self._group = GroupCommit(self._write_batch)
        self._source_clock = clock
        self._clock: MonotoneClock | None = None

    def construct_create_table_statements(self) -> list[str]:
        """The library's tables and one more."""
        return [*super().construct_create_table_statements(), MEMOS]

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Durable when it returns; several callers share one transaction."""
        positions: Sequence[int] | None = self._group.commit((stored_events, kwargs))
        return positions

    def _write_batch(self, works: Sequence[Work]) -> list[Any]:
        with self.datastore.transaction(commit=True) as cursor:
            return [self._insert_events(cursor, events, **kwargs) for events, kwargs in works]

    def _insert_events(
        self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        seal_all(stored_events, self._now(c))
        positions = super()._insert_events(c, stored_events, **kwargs)
        memos = kwargs.get("memos", ())
        if memos:
            end = positions[-1] if positions else self._max_notification_id(c) or 0
            self._write_memos(c, memos, end)
        return positions

    def _now(self, c: SQLiteCursor) -> Any:
        if self._clock is None:
            c.execute(f"SELECT state FROM {self.events_table_name} ORDER BY rowid DESC LIMIT 1")
            row = c.fetchone()
            self._clock = MonotoneClock(self._source_clock, _instant_of(row))
        return self._clock()

    def _write_memos(self, c: SQLiteCursor, memos: Iterable[Memo], end: int) -> None:
        for memo in memos:
            if memo.value is None:
                c.execute("DELETE FROM memos WHERE kind=? AND key=?", (memo.kind, memo.key))
            else:
                verb = "INSERT" if memo.fresh else "INSERT OR REPLACE"
                c.execute(f"{verb} INTO memos VALUES (?,?,?,?)", (memo.kind, memo.key, memo.value, end))

    def memo(self, kind: str, key: str) -> Memo | None:
        """The memo under this key, or None."""
        with self.datastore.transaction(commit=False) as c:
            c.execute("SELECT value, position FROM memos WHERE kind=? AND key=?", (kind, key))
            row = c.fetchone()
        return Memo(kind, key, row["value"], False, row["position"]) if row else None

    def scan(self, kind: str, after: str = "", upto: str | None = None, limit: int = 1000) -> Sequence[Memo]:
        """Memos of a kind in the order of their keys, `after` < key <= `upto`."""
        bound = "" if upto is None else "AND key<=? "
        params = [kind, after, *([] if upto is None else [upto]), limit]
        with self.datastore.transaction(commit=False) as c:
            c.execute(f"SELECT * FROM memos WHERE kind=? AND key>? {bound}ORDER BY key LIMIT ?", params)
            return [Memo(kind, row["key"], row["value"], False, row["position"]) for row in c.fetchall()]

    def count(self, kind: str) -> int:
        """How many memos of a kind there are."""
        with self.datastore.transaction(commit=False) as c:
            c.execute("SELECT COUNT(*) FROM memos WHERE kind=?", (kind,))
            return int(c.fetchone()[0])


class SQLiteLogs(InfrastructureFactory[SQLiteTrackingRecorder]):
    """The library's factory for one service's log file; with `owner=False` it is only read."""

    def __init__(self, path: Path, clock: Clock = system_clock, *, owner: bool = True) -> None:
        super().__init__({})
        self._owned = _own(path) if owner else None
        self.datastore = _Datastore(path)
        self.log = SQLiteLog(self.datastore, clock)
        if owner:
            self.log.create_table()

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        """A recorder for snapshots, in a table of its own."""
        recorder = SQLiteAggregateRecorder(self.datastore, events_table_name=f"stored_{purpose}")
        if self._owned is not None:
            recorder.create_table()
        return recorder

    def application_recorder(self) -> ApplicationRecorder:
        """The one log."""
        return self.log

    def tracking_recorder(self, tracking_recorder_class: Any = None) -> SQLiteTrackingRecorder:
        """The one log."""
        return self.log

    def process_recorder(self) -> ProcessRecorder:
        """The one log."""
        return self.log

    def is_snapshotting_enabled(self) -> bool:
        """Always: snapshots are taken where an aggregate's class asks for them."""
        return True

    def close(self) -> None:
        """Close the file and give up its ownership."""
        self.datastore.close()
        if self._owned is not None:
            os.close(self._owned)
            self._owned = None


def _instant_of(row: Any) -> datetime | None:
    """When the last record was stored; None for an empty log or rows that are no records."""
    is_record = row is not None and row["state"].startswith(b'{"eventId"')
    return read_head(row["state"]).recorded_at if is_record else None


def _own(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(f"{path}.owner", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise Refused("LOG_OWNED", f"日志“{path.name}”已由另一进程写入，本进程不能同时写入") from None
    return handle
