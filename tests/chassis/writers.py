"""Writing processes as tests start and kill them, and what must be true of the log afterwards."""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import Any
from uuid import UUID

from contracts.record import read_head
from services.cli.testing import ROOT
from services.cli.throwaway_postgres import PostgresServer
from tests.chassis.records import everything

Acknowledged = list[tuple[UUID, int, int]]


@contextmanager
def writing(kind: str, where: str, name: str, threads: int = 4, commits: int = 1_000_000) -> Iterator[Any]:
    """A writing process that has opened its log; it is killed in the end."""
    command = [sys.executable, "-m", "tests.chassis.log_writer", kind, where, name, str(threads), str(commits)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, bufsize=0, stderr=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n", process.stderr and process.stderr.read()
        yield process
    finally:
        process.kill()
        process.communicate()


def killed(process: Any, after: float) -> Acknowledged:
    """Kill -9 after so many seconds; what the process had told the world by then."""
    ended = reading_along(process)
    time.sleep(after)
    return ended()


def acknowledgements(said: bytes) -> Acknowledged:
    """What a writer told the world in whole lines."""
    lines = said.decode().splitlines(keepends=True)
    return [acknowledgement(line) for line in lines if line.endswith("\n")]


def reading_along(process: Any) -> Callable[[], Acknowledged]:
    """Keeps a writer from ever waiting for its reader; the answer kills it and tells what it had told the world."""
    said = list[bytes]()
    reader = Thread(target=lambda: said.append(process.stdout.read()))
    reader.start()

    def ended() -> Acknowledged:
        process.kill()
        reader.join()
        process.wait()
        return acknowledgements(said[0])

    return ended


def processes_of(server: PostgresServer) -> list[int]:
    """The postmaster and every process it has started; none when it does not run."""
    if server.process is None or server.process.poll() is not None:
        return []
    parent = server.process.pid
    found = subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, text=True, check=False).stdout
    return [parent, *map(int, found.split())]


def acknowledgement(line: str) -> tuple[UUID, int, int]:
    """Stream, version and position that were promised."""
    stream, version, position = line.split()
    return UUID(stream), int(version), int(position)


def lost(log: Any, acknowledged: Sequence[tuple[UUID, int, int]]) -> list[tuple[UUID, int, int]]:
    """Acknowledged commits that the log does not have, where it was said, with their receipt."""
    rows = {(row.originator_id, row.originator_version): row.id for row in everything(log)}
    return [
        (stream, version, position) for stream, version, position in acknowledged
        if rows.get((stream, version)) != position
        or log.memo("command", f"{stream}|{version}") is None
    ]


def holes(log: Any) -> list[str]:
    """Missing positions, missing versions, halves of commits and instants that do not grow."""
    found, versions, rows = [], dict[Any, int](), everything(log)
    if [row.id for row in rows] != list(range(1, len(rows) + 1)):
        found.append("positions")
    for row in rows:
        versions[row.originator_id] = versions.get(row.originator_id, 0) + 1
        if row.originator_version != versions[row.originator_id]:
            found.append(f"versions of {row.originator_id}")
    # A commit writes its receipt beside its last record: a stream that ends without one is half a commit.
    found += [
        f"half a commit of {stream}" for stream, version in versions.items()
        if log.memo("command", f"{stream}|{version}") is None
    ]
    instants = [read_head(row.state).recorded_at for row in rows]
    if instants != sorted(instants):
        found.append("recordedAt")
    return found


def moment(rounds: random.Random) -> float:
    """When to kill: mostly at once, sometimes late."""
    return rounds.expovariate(20)
