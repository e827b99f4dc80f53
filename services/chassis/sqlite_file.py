"""One SQLite file, a connection that writes and one that reads, for the stores that are no log."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any


class SQLiteFile:
    """WAL; `synchronous` is FULL where a commit is a promise, NORMAL where it can be made again."""

    def __init__(self, path: Path, schema: str, synchronous: str = "FULL", *, only_read: bool = False) -> None:
        self._write_lock, self._read_lock = RLock(), RLock()
        if only_read:
            self._writer = self._reader = opened_to_read(path)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = _opened(path, synchronous)
        self._writer.executescript(schema)
        self._reader = _opened(path, synchronous)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; other processes that write wait up to 30 s."""
        with self._write_lock:
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
            except BaseException:
                self._writer.execute("ROLLBACK")
                raise
            self._writer.execute("COMMIT")

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Rows of what is committed."""
        with self._read_lock:
            return self._reader.execute(sql, values).fetchall()

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """First column of the first row, or None."""
        rows = self.rows(sql, values)
        return rows[0][0] if rows else None

    def close(self) -> None:
        """Close both connections; nothing can be read or written afterwards."""
        with self._write_lock, self._read_lock:
            self._reader.close()
            self._writer.close()


def _opened(path: Path, synchronous: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA synchronous={synchronous}")
    return connection


def opened_to_read(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing, not even by tidying up; nobody else may write the file meanwhile."""
    left_behind = Path(f"{path}-wal")
    mode = "mode=ro" if left_behind.exists() and left_behind.stat().st_size else "immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True, check_same_thread=False)


def marks(values: Sequence[Any]) -> str:
    """As many question marks as there are values."""
    return ",".join("?" * len(values))
