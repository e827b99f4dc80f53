"""The file below an SQLite log: one writing connection, every commit synced, versions and ownership checked."""

import fcntl
import os
import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from eventsourcing import persistence
from eventsourcing.sqlite import SQLiteDatastore

from services.chassis.life_cycle import Refused

FULL = 2
VERSION = 1
"""Of the tables; kept in the file as `user_version`, where 0 is a file without tables."""
PATIENCE_SECONDS = 5


class Store(SQLiteDatastore):
    """What the library's recorders take, without its pool: a commit is three calls, a read is one."""

    def __init__(self, path: Path, *, owner: bool = True) -> None:
        super().__init__(str(path))
        self._url = f"file:{quote(str(path))}?mode={'rwc' if owner else 'rw'}"
        self._owner, self._writing = owner, Lock()
        self._writer: sqlite3.Connection | None = None
        self._idle: deque[sqlite3.Connection] = deque()
        self.version = self._version()

    def transaction(self, *, commit: bool) -> Any:
        """The context of a cursor: to write under a lock and then commit, or to read what is committed."""
        return self._written() if commit else self._read()

    @contextmanager
    def _written(self) -> Iterator[sqlite3.Cursor]:
        with self._writing:
            connection = self._writer = self._writer or self._connect(writes=True)
            try:
                cursor = connection.execute("BEGIN IMMEDIATE")
                yield cursor
                cursor.execute("COMMIT")
            except sqlite3.Error as error:
                self._undo(connection)
                raise translated(error) from error
            except BaseException:
                self._undo(connection)
                raise

    def _undo(self, connection: sqlite3.Connection) -> None:
        """A connection that cannot even go back, as on a broken disk, is not used again."""
        try:
            connection.rollback()
        except sqlite3.Error:
            self._writer = None
            connection.close()

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Cursor]:
        """Its own connection for each reader, so that nobody reads in the snapshot of another."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect(writes=False)
        try:
            yield connection.cursor()
        except sqlite3.Error as error:
            raise translated(error) from error
        finally:
            self._idle.append(connection)

    def _connect(self, *, writes: bool) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(
                self._url, uri=True, isolation_level=None, check_same_thread=False, timeout=PATIENCE_SECONDS
            )
            self._prepare(connection, writes=writes)
        except sqlite3.Error as error:
            raise translated(error) from error
        return connection

    def _prepare(self, connection: sqlite3.Connection, *, writes: bool) -> None:
        connection.row_factory = sqlite3.Row
        if self._owner:
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={FULL}")
        connection.execute(f"PRAGMA query_only={int(not (writes and self._owner))}")
        if connection.execute("PRAGMA synchronous").fetchone()[0] != FULL:
            raise Refused("LOG_NOT_DURABLE", "日志数据库不支持 synchronous=FULL，拒绝启动")

    def _version(self) -> int:
        with self.transaction(commit=False) as cursor:
            return int(cursor.execute("PRAGMA user_version").fetchone()[0])

    def close(self) -> None:
        """Close every connection that is not at work."""
        super().close()
        while self._idle:
            self._idle.pop().close()
        if self._writer is not None:
            self._writer.close()
            self._writer = None


def own(path: Path) -> int:
    """A handle that holds the file for this process until it is closed or dies; raises Refused LOG_OWNED."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(f"{path}.owner", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise Refused("LOG_OWNED", f"日志“{path.name}”已由另一进程写入，本进程不能同时写入") from None
    return handle


def translated(error: sqlite3.Error) -> persistence.PersistenceError:
    """The library's error of the same name."""
    kind: type[persistence.PersistenceError] = getattr(
        persistence, type(error).__name__, persistence.PersistenceError
    )
    return kind(str(error))
