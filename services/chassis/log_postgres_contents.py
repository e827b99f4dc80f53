"""Everything a log on PostgreSQL holds, and how an empty one is filled: in one transaction, or not at all."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from contracts.record import read_head
from services.chassis.life_cycle import Refused
from services.chassis.log_contents import Contents, StoredMemo, StoredRecord, StoredSnapshot, StoredTracking
from services.chassis.log_postgres_connections import Connection, Connections
from services.chassis.log_postgres_schema import lock_of, migrate

PAGE = 2000
RECORDS = (
    "SELECT position, originator_id, originator_version, topic, state FROM stored_events ORDER BY position"
)
MEMOS = "SELECT kind, key, value, position FROM memos ORDER BY kind, key"
TRACKING = 'SELECT application_name, notification_id FROM tracking ORDER BY application_name COLLATE "C"'
SNAPSHOTS = (
    "SELECT originator_id, originator_version, topic, state FROM snapshots ORDER BY originator_id, originator_version"
)
ANYTHING = (
    "SELECT EXISTS (SELECT FROM stored_events) OR EXISTS (SELECT FROM memos) "
    "OR EXISTS (SELECT FROM tracking) OR EXISTS (SELECT FROM snapshots)"
)


class PostgresContents:
    """The schema of one service. While it is `held`, no process of the service can append to it."""

    def __init__(self, url: str, schema: str) -> None:
        migrate(url, schema)
        self._connections, self._lock = Connections(url, schema), lock_of(schema, "append")
        self._readings: list[Generator[Any, None, None]] = []

    @contextmanager
    def held(self) -> Iterator[None]:
        """The lock that every append takes; whoever waits goes on afterwards. Raises Refused LOG_BUSY after 30 s."""
        with self._connections.borrowed() as connection:
            try:
                connection.execute("SELECT pg_advisory_lock(%s)", [self._lock])
            except psycopg.errors.LockNotAvailable:
                raise Refused("LOG_BUSY", "目标日志正被另一进程占用，请稍后再试") from None
            try:
                yield
            finally:
                connection.execute("SELECT pg_advisory_unlock(%s)", [self._lock])

    def is_empty(self) -> bool:
        """Whether no table has a row."""
        return not self._connections.ask(ANYTHING, [])[0][0]

    def fill(self, contents: Contents) -> None:
        """Copy everything into the empty tables; what a killed process leaves is nothing."""
        with self._connections.borrowed() as connection, connection.transaction():
            for table, columns, types, rows in _tables(contents):
                _copy(connection, f"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)", types, rows)

    def records(self) -> Iterator[StoredRecord]:
        """By position."""
        return map(StoredRecord._make, self._rows(RECORDS))

    def memos(self) -> Iterator[StoredMemo]:
        """By kind and key."""
        return map(StoredMemo._make, self._rows(MEMOS))

    def tracking(self) -> Iterator[StoredTracking]:
        """By sender."""
        return map(StoredTracking._make, self._rows(TRACKING))

    def snapshots(self) -> Iterator[StoredSnapshot]:
        """By stream and version."""
        return map(StoredSnapshot._make, self._rows(SNAPSHOTS))

    def close(self) -> None:
        """Close the connections; what is read no further ends first."""
        for reading in self._readings:
            reading.close()
        self._connections.close()

    def _rows(self, statement: str) -> Iterator[Any]:
        reading = self._read(statement)
        self._readings.append(reading)
        return reading

    def _read(self, statement: str) -> Generator[Any, None, None]:
        """In pages on the server's side, so that a log of millions needs no memory of its size."""
        with self._connections.borrowed() as connection, connection.transaction():
            connection.execute(b"SET LOCAL idle_in_transaction_session_timeout TO 0")
            with connection.cursor(name="contents", binary=True) as cursor:
                cursor.itersize = PAGE
                yield from cursor.execute(statement.encode())


def _tables(contents: Contents) -> Iterator[tuple[str, str, list[str], Iterable[Any]]]:
    """Table, columns, their types, rows. A record's instant stands in its head; it is a column here."""
    names = "originator_id, originator_version, topic, state"
    kinds = ["uuid", "int8", "text", "bytea"]
    dated = ((*row, read_head(row.state).recorded_at) for row in contents.records())
    yield "stored_events", f"position, {names}, recorded_at", ["int8", *kinds, "timestamptz"], dated
    yield "memos", "kind, key, value, position", ["text", "text", "bytea", "int8"], contents.memos()
    yield "tracking", "application_name, notification_id", ["text", "int8"], contents.tracking()
    yield "snapshots", names, kinds, contents.snapshots()


def _copy(connection: Connection, statement: str, types: list[str], rows: Iterable[Any]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)
