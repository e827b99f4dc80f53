"""Connections to one schema of PostgreSQL: no thread of their own, the dead ones seen before they are used."""

import select
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore
from typing import Any

import psycopg
from eventsourcing import persistence
from psycopg.pq import TransactionStatus

from services.chassis.log_postgres_schema import checked_name, refuse_unsafe

Connection = psycopg.Connection[Any]
LARGEST = 10
PATIENCE_SECONDS = 30


class Connections:
    """At most `LARGEST` at once; errors are raised as the library's. Works in threads and under eventlet."""

    def __init__(self, url: str, schema: str) -> None:
        self._url, self._schema = url, checked_name(schema)
        self._idle: deque[Connection] = deque()
        self._room = BoundedSemaphore(LARGEST)

    @contextmanager
    def borrowed(self) -> Iterator[Connection]:
        """A connection in autocommit mode; what is left open in it is rolled back."""
        if not self._room.acquire(timeout=PATIENCE_SECONDS):
            raise persistence.OperationalError("no connection to the log became free")
        connection: Connection | None = None
        try:
            connection = self._live() or self._open()
            yield connection
        except psycopg.Error as error:
            raise translated(error) from error
        finally:
            if connection is not None:
                self._give_back(connection)
            self._room.release()

    def ask(self, statement: str, params: Sequence[Any]) -> list[Any]:
        """The rows of one prepared reading statement."""
        with self.borrowed() as connection, connection.cursor(binary=True) as cursor:
            return cursor.execute(statement.encode(), params, prepare=True).fetchall()

    def close(self) -> None:
        """Close what is idle."""
        while self._idle:
            self._idle.pop().close()

    def _live(self) -> Connection | None:
        """An idle connection has nothing to say: one that can be read has ended, as after a server's restart."""
        while self._idle:
            with suppress(IndexError):
                connection = self._idle.pop()
                if not select.select([connection], [], [], 0)[0]:
                    return connection
                connection.close()
        return None

    def _open(self) -> Connection:
        connection = psycopg.connect(self._url, autocommit=True, connect_timeout=5)
        try:
            durable = refuse_unsafe(connection)
            # Pinned, so that a later change of the server's default does not reach this session. A process
            # that freezes inside a commit must not hold the lock of the others for ever.
            connection.execute((
                f"SET search_path TO {self._schema}; SET synchronous_commit TO {durable}; "
                f"SET lock_timeout TO '{PATIENCE_SECONDS}s'; SET idle_in_transaction_session_timeout TO '10s'; "
                "SET default_transaction_isolation TO 'read committed'"
            ).encode())
        except BaseException:
            connection.close()
            raise
        return connection

    def _give_back(self, connection: Connection) -> None:
        if connection.info.transaction_status is not TransactionStatus.IDLE:
            with suppress(psycopg.Error):
                connection.rollback()
        if connection.info.transaction_status is TransactionStatus.IDLE:
            self._idle.append(connection)
        else:
            connection.close()


def translated(error: psycopg.Error) -> persistence.PersistenceError:
    """The library's error of the same name."""
    names = [kind.__name__ for kind in type(error).__mro__]
    kind = next((getattr(persistence, name) for name in names if hasattr(persistence, name)), None)
    return (kind or persistence.PersistenceError)(str(error))
