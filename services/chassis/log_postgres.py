"""The log on PostgreSQL: group commit under one advisory lock, so that `position > last` never skips."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    IntegrityError,
    Notification,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    Tracking,
)

from services.chassis.batch import Batch
from services.chassis.clock import Clock, MonotoneClock, system_clock
from services.chassis.group_commit import GroupCommit, Work
from services.chassis.log_postgres_append import appending
from services.chassis.log_postgres_connections import Connection, Connections
from services.chassis.log_postgres_records import PostgresRecords, bounds
from services.chassis.log_postgres_schema import lock_of, migrate, refuse_unsafe_environment
from services.chassis.memos import Memo, Row
from services.chassis.one_log import OneLog

# Every statement under READ COMMITTED sees what was committed when it began: after the lock, all there is.
BEGIN = """
BEGIN; SELECT pg_advisory_xact_lock({lock});
SELECT position, recorded_at FROM stored_events ORDER BY position DESC LIMIT 1
"""


class PostgresLog(PostgresRecords, ProcessRecorder):
    """The library's process recorder with memos, sealing and group commit, one statement per batch."""

    table = "stored_events"

    def __init__(self, connections: Connections, lock: int, clock: Clock = system_clock) -> None:
        super().__init__(connections)
        self._begin = BEGIN.format(lock=lock).encode()
        self._clock = clock
        self._group = GroupCommit(self._write_batch)

    # --- writing ----------------------------------------------------------------------------------

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Durable when it returns; several callers share one transaction."""
        positions: Sequence[int] = self._group.commit((stored_events, kwargs))
        return positions

    def insert_tracking(self, tracking: Tracking) -> None:
        """Letters taken in that led to nothing."""
        self.insert_events([], tracking=tracking)

    def _write_batch(self, works: Sequence[Work]) -> list[Any]:
        with self._connections.borrowed() as connection:
            end, last = self._lock_and_look(connection)
            batch = Batch(works, end, MonotoneClock(self._clock, last))
            with connection.cursor(binary=True) as cursor:
                statement, params = appending(batch)
                row = cursor.execute(statement, params, prepare=True).fetchone()
            if row is None or row[0] != len(batch.tracked):
                raise IntegrityError(f"tracked already: {sorted(batch.tracked)}")
            connection.execute(b"COMMIT", prepare=False)
        return batch.positions

    def _lock_and_look(self, connection: Connection) -> tuple[int, Any]:
        """One journey: begin, wait for the other processes, see where the log ends and when that was."""
        cursor = connection.execute(self._begin, prepare=False)
        while cursor.nextset():
            pass
        return cursor.fetchone() or (0, None)

    # --- reading ----------------------------------------------------------------------------------

    def select_notifications(
        self, start: int | None, limit: int, stop: int | None = None, topics: Sequence[str] = (),
        *, inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Records by position."""
        where, params = bounds(
            ("position >= %b" if inclusive_of_start else "position > %b", start),
            ("position <= %b", stop), ("topic = ANY(%b)", list(topics) or None),
        )
        rows = self._connections.ask(
            "SELECT originator_id, originator_version, topic, state, position "
            f"FROM stored_events{where} ORDER BY position LIMIT %b", [*params, limit],
        )
        return [Notification(*row) for row in rows]

    def rows(self, after: int, limit: int) -> list[Row]:
        """Position, topic and record of what follows a position: the fastest way to read a log again."""
        return self._connections.ask(
            "SELECT position, topic, state FROM stored_events WHERE position > %b ORDER BY position LIMIT %b",
            [after, limit],
        )

    def max_notification_id(self) -> int | None:
        """Position of the last record, None for an empty log."""
        return self._one("SELECT max(position) FROM stored_events")

    def max_tracking_id(self, application_name: str) -> int | None:
        """Position of the sender's last letter taken in, or None."""
        return self._one("SELECT max(notification_id) FROM tracking WHERE application_name = %b", application_name)

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Not offered: a NOTIFY inside the append costs as much as the append; readers poll."""
        raise NotImplementedError("readers of this log poll")

    def memo(self, kind: str, key: str) -> Memo | None:
        """The memo under this key, or None."""
        rows = self._connections.ask("SELECT value, position FROM memos WHERE kind = %b AND key = %b", [kind, key])
        return Memo(kind, key, rows[0][0], False, rows[0][1]) if rows else None

    def scan(self, kind: str, after: str = "", upto: str | None = None, limit: int = 1000) -> Sequence[Memo]:
        """Memos of a kind in the order of their keys, `after` < key <= `upto`."""
        where, params = bounds(("kind = %b", kind), ("key > %b", after), ("key <= %b", upto))
        rows = self._connections.ask(
            f"SELECT key, value, position FROM memos{where} ORDER BY key LIMIT %b", [*params, limit]
        )
        return [Memo(kind, key, value, False, position) for key, value, position in rows]

    def count(self, kind: str) -> int:
        """How many memos of a kind there are."""
        return self._one("SELECT count(*) FROM memos WHERE kind = %b", kind) or 0

    def _one(self, statement: str, *params: Any) -> int | None:
        found: int | None = self._connections.ask(statement, params)[0][0]
        return found


class PostgresLogs(OneLog):
    """The library's factory for one service's log: one schema of a database that services share."""

    def __init__(
        self, url: str, clock: Clock = system_clock, schema: str = "dudao",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        refuse_unsafe_environment(os.environ if environment is None else environment)
        migrate(url, schema)
        self._connections = Connections(url, schema)
        with self._connections.borrowed():
            pass  # refuses a server that would lose commits, before the first one
        self.log = PostgresLog(self._connections, lock_of(schema, "append"), clock)

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        """A recorder for snapshots, in a table of its own."""
        return PostgresRecords(self._connections)

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()
