"""What the bare driver needs for the same durable work: the same SELECTs, INSERTs and commits, nothing else."""

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from services.chassis.log_postgres import PostgresLogs
from services.chassis.log_sqlite import SQLiteLogs
from services.chassis.sqlite_file import marks
from services.cli.bench.ledgers import LETTERS
from services.reporting.views.view import View

MEMO = b"0" * 64
SCHEMA = "raw"


class RawSQLite:
    """sqlite3 on a copy of our tables: WAL, synchronous FULL."""

    position, mark = "rowid", "?"

    def __init__(self, path: Path, sample: Sequence[Any], ours: Path) -> None:
        SQLiteLogs(path).close()
        self.cursor: Any = sqlite3.connect(path, isolation_level=None, check_same_thread=False).cursor()
        self.cursor.execute("PRAGMA synchronous=FULL")
        self.cursor.execute("ATTACH ? AS rectification", (str(ours),))
        self.sample, self.end = sample, 0

    def run(self, statement: str, params: Sequence[Any] = ()) -> Any:
        """One statement."""
        return self.cursor.execute(statement.replace("%b", self.mark), params)

    def many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """One statement for many rows, in the driver's fastest way."""
        self.cursor.executemany(statement.replace("%b", self.mark), rows)

    def key(self, stream: UUID) -> Any:
        """A stream's id as it is stored."""
        return stream.hex

    def rows_of(self, streams: Sequence[UUID]) -> list[Any]:
        """The sample record for each stream."""
        self.end += len(streams)
        topic, state = self.sample
        numbered = enumerate(streams, self.end - len(streams) + 1)
        return [(place, self.key(stream), 3, topic, state) for place, stream in numbered]

    record = (
        "INSERT INTO stored_events (rowid, originator_id, originator_version, topic, state) "
        "VALUES (%b,%b,%b,%b,%b)"
    )
    page = "SELECT rowid, topic, state FROM {log}.stored_events WHERE rowid>%b ORDER BY rowid LIMIT %b"
    memo = "INSERT INTO memos VALUES (%b,%b,%b,%b)"
    tracking = (
        "INSERT INTO tracking AS t VALUES (%b,%b) ON CONFLICT (application_name) "
        "DO UPDATE SET notification_id=excluded.notification_id WHERE t.notification_id<excluded.notification_id"
    )

    def look(self, stream: UUID) -> None:
        """What loading an item's ledger asks."""
        self.run("SELECT value, position FROM memos WHERE kind=%b AND key=%b", ("entity", str(stream))).fetchall()
        self.run(
            "SELECT originator_id, originator_version, topic, state FROM stored_events WHERE originator_id=%b "
            "ORDER BY originator_version", (self.key(stream),),
        ).fetchall()

    def one(self) -> None:
        """One command: two looks, then event, receipt and tracking in one commit."""
        stream = uuid4()
        self.look(stream)
        self.run("BEGIN")
        self.run(self.record, self.rows_of([stream])[0])
        self.run(self.memo, ("command", str(stream), MEMO, self.end))
        self.run(self.tracking, ("findings", next(LETTERS)))
        self.run("COMMIT")

    def batch(self) -> None:
        """Sixty-four commands: their looks one by one, then events and receipts in one commit."""
        streams = [uuid4() for _ in range(64)]
        for stream in streams:
            self.look(stream)
        self.run("BEGIN")
        self.many(self.record, self.rows_of(streams))
        self.many(self.memo, [("command", str(stream), MEMO, self.end) for stream in streams])
        self.run("COMMIT")

    def pages(self, log: str, size: int) -> Iterator[Any]:
        """Every row of another log on the same disk or server, as the driver gives it."""
        after = 0
        while page := self.run(self.page.format(log=log), (after, size)).fetchall():
            yield page
            after = page[-1][0]

    def close(self) -> None:
        """Close the connection."""
        self.cursor.connection.close()


class RawPostgres(RawSQLite):
    """psycopg on a copy of our tables in a schema of its own; every statement prepared, no pipeline (it is slower)."""

    position, mark = "position", "%b"
    page = "SELECT position, topic, state FROM {log}.stored_events WHERE position>%b ORDER BY position LIMIT %b"
    record = (
        "INSERT INTO stored_events (position, originator_id, originator_version, topic, state, recorded_at) "
        "VALUES (%b,%b,%b,%b,%b,now())"
    )

    def __init__(self, url: str, sample: Sequence[Any]) -> None:
        PostgresLogs(url, schema=SCHEMA).close()
        connection = psycopg.connect(url, autocommit=True, options=f"-c search_path={SCHEMA}")
        self.cursor = connection.cursor(binary=True)
        self.sample, self.end = sample, 0

    def run(self, statement: str, params: Sequence[Any] = ()) -> Any:
        """One statement."""
        return self.cursor.execute(statement.encode(), params, prepare=bool(params))

    def key(self, stream: UUID) -> Any:
        """A stream's id as it is stored."""
        return stream


class RawPages:
    """sqlite3 doing a rebuild's reading and writing only: the letters some view hears, then the finished pages."""

    def __init__(self, folder: Path, views: Mapping[str, View]) -> None:
        self._names = sorted({name for view in views.values() for name in view.listens})
        self._letters, self._pages = (sqlite3.connect(folder / f"{name}.sqlite") for name in ("casebook", "pages"))
        self._pages.execute("PRAGMA synchronous=NORMAL")
        self._pages.execute("CREATE TABLE raw AS SELECT * FROM pages LIMIT 0")
        self._pages.execute("CREATE UNIQUE INDEX raw_key ON raw (collection, key)")

    def seconds(self) -> float:
        """How long it takes."""
        pages = self._pages.execute("SELECT pages.* FROM pages JOIN current USING (collection)").fetchall()
        sql = f"SELECT * FROM letters WHERE name IN ({marks(self._names)}) ORDER BY number"  # noqa: S608 - only marks
        started = time.perf_counter()
        for _ in self._letters.execute(sql, self._names):
            pass
        self._pages.executemany("INSERT INTO raw VALUES (?,?,?,?,?,?,?)", pages)
        self._pages.commit()
        return time.perf_counter() - started
