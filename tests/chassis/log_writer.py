"""A process that writes to a log until it is killed: KIND WHERE NAME THREADS COMMITS.

Every commit that was acknowledged is printed as `stream version position`, one line, before the next one starts.
"""

import sys
import threading
from pathlib import Path
from typing import Any
from uuid import uuid4

from eventsourcing.persistence import Tracking

from services.chassis import log_postgres_connections, log_sqlite_store
from services.chassis.log_postgres import PostgresLogs
from services.chassis.log_sqlite import SQLiteLogs
from services.chassis.memos import Memo
from tests.chassis.records import commit, drafted

NORMAL = 1  # PRAGMA synchronous


def logs_of(kind: str, where: str) -> Any:
    """The log at a path or URL; the controls do not wait for the disk."""
    if kind == "sqlite-normal":
        log_sqlite_store.FULL = NORMAL
    if kind == "postgres-asynchronous":
        log_postgres_connections.refuse_unsafe = lambda _: "off"  # type: ignore[assignment]
    return PostgresLogs(where, schema="log") if kind.startswith("postgres") else SQLiteLogs(Path(where))


def write(log: Any, name: str, commits: int) -> None:
    """Commits of one to three records, each with its tracking and its receipt."""
    stream, version = uuid4(), 0
    for number in range(1, commits + 1):
        drafts = [drafted(stream, version + more) for more in range(1, 2 + number % 3)]
        version += len(drafts)
        receipt = Memo("command", f"{stream}|{version}", b"digest", fresh=True)
        positions = commit(log, *drafts, tracking=Tracking(name, number), memos=[receipt])
        sys.stdout.write(f"{stream} {version} {positions[-1]}\n")
        sys.stdout.flush()


def main(kind: str, where: str, name: str, threads: str, commits: str) -> None:
    """Threads of one process share its group commit."""
    log = logs_of(kind, where).log
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    writers = [
        threading.Thread(target=write, args=(log, f"{name}-{number}", int(commits))) for number in range(int(threads))
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
