"""Faults of the machine: killed processes, a second owner, a full disk, a log from the future."""

import itertools
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from eventsourcing.persistence import PersistenceError

from services.chassis import log_postgres_schema
from services.chassis.life_cycle import Refused
from services.chassis.log_postgres import PostgresLogs
from services.chassis.log_postgres_schema import migrate
from services.chassis.log_sqlite import SQLiteLogs
from services.chassis.memos import Memo
from services.cli.testing import ROOT
from services.cli.throwaway_postgres import PostgresServer
from tests.chassis.records import commit, drafted, everything
from tests.chassis.writers import holes, killed, lost, moment, processes_of, writing
from tests.kit.cases import uid

pytestmark = pytest.mark.slow

# --- killed while writing --------------------------------------------------------------------------


def killing_rounds(folder: Path, rounds: int, seed: int) -> int:
    """Kill a writer of one SQLite log again and again; returns how many commits were acknowledged."""
    when, path, promised = random.Random(seed), folder / "log.sqlite", []
    for number in range(rounds):
        with writing("sqlite", str(path), f"round-{number}") as process:
            promised += killed(process, moment(when))
        logs = SQLiteLogs(path)
        assert holes(logs.log) == []
        missing = lost(logs.log, promised)
        logs.close()
        assert missing == []
    return len(promised)


@pytest.mark.timeout(300)
def test_thirty_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert killing_rounds(tmp_path, 30, seed=1) > 30, "the writers were at work when they were killed"


@pytest.mark.fire
@pytest.mark.timeout(0)
def test_a_thousand_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    for part in range(25):
        folder = tmp_path / str(part)
        folder.mkdir()
        assert killing_rounds(folder, 40, seed=part) > 40


def test_a_writer_that_promises_before_it_commits_is_caught(tmp_path: Path) -> None:
    """The control: the same check finds a promise that was not kept."""
    with writing("sqlite", str(tmp_path / "log.sqlite"), "honest") as process:
        promised = killed(process, 0.3)
    logs = SQLiteLogs(tmp_path / "log.sqlite")
    end = logs.log.max_notification_id()
    assert lost(logs.log, [*promised, (uid("s"), 1, end + 1)]) == [(uid("s"), 1, end + 1)]
    with logs.datastore.transaction(commit=True) as cursor:
        cursor.execute("DELETE FROM stored_events WHERE rowid = 1")
    assert holes(logs.log)
    logs.close()


def test_a_killed_server_loses_nothing_that_was_acknowledged(postgres_server: PostgresServer) -> None:
    server = PostgresServer(postgres_server.binaries)
    try:
        server.create()
        server.start()
        with writing("postgres", server.url(), "load") as process:
            time.sleep(1)
            assert server.process is not None
            _kill_all(server)
            promised = killed(process, 0.2)
        assert promised, "it was at work"
        server.start()
        logs = PostgresLogs(server.url(), schema="log")
        assert lost(logs.log, promised) == []
        assert holes(logs.log) == []
        logs.close()
    finally:
        server.remove()


def _kill_all(server: PostgresServer) -> None:
    """-9 to the postmaster and to every backend: nobody has time to write anything."""
    for pid in processes_of(server):
        os.kill(pid, signal.SIGKILL)
    assert server.process is not None
    server.process.wait()
    (server.folder / "data" / "postmaster.pid").unlink(missing_ok=True)


def test_a_log_goes_on_after_the_server_was_restarted(postgres_server: PostgresServer) -> None:
    server = PostgresServer(postgres_server.binaries)
    try:
        server.create()
        server.start()
        logs = PostgresLogs(server.url(), schema="log")
        commit(logs.log, drafted(uid("s"), 1))
        server.stop()
        with pytest.raises(PersistenceError):
            commit(logs.log, drafted(uid("s"), 2))
        server.start()
        assert commit(logs.log, drafted(uid("s"), 2)) == [2]
        assert len(logs.log.select_events(uid("s"))) == 2
        logs.close()
    finally:
        server.remove()


SYNCS = """
from pathlib import Path
import sys
from services.chassis import log_sqlite_store
log_sqlite_store.FULL = int(sys.argv[2])
from services.chassis.log_sqlite import SQLiteLogs
from tests.chassis.records import commit, drafted
from tests.kit.cases import uid

log = SQLiteLogs(Path(sys.argv[1])).log
for version in range(1, 101):
    commit(log, drafted(uid("s"), version))
    print("acknowledged", flush=True)
"""


@pytest.mark.parametrize(("synchronous", "every_one"), [(2, True), (1, False)])
def test_every_acknowledgement_follows_a_sync(tmp_path: Path, synchronous: int, every_one: bool) -> None:
    """What a power cut would find; the control is synchronous=NORMAL, which acknowledges unsynced commits."""
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-e", "trace=fsync,fdatasync,write", "-o", str(trace), sys.executable, "-c", SYNCS]
    subprocess.run([*command, str(tmp_path / "log.sqlite"), str(synchronous)], cwd=ROOT, check=True, timeout=100)
    synced, kept, broken = False, 0, 0
    for line in trace.read_text().splitlines():
        synced = synced or "sync(" in line
        if "acknowledged" in line:
            kept, broken, synced = kept + synced, broken + (not synced), False
    assert kept + broken == 100
    assert (broken == 0) is every_one


# --- who may open it -------------------------------------------------------------------------------


def test_a_second_owner_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    with writing("sqlite", str(path), "first") as process:
        with pytest.raises(Refused) as refused:
            SQLiteLogs(path)
        assert refused.value.code == "LOG_OWNED"
        reader = SQLiteLogs(path, owner=False)
        before = len(everything(reader.log))
        promised = killed(process, 0.3)
        assert len(everything(reader.log)) > before, "a reader follows a log that another process writes"
        assert lost(reader.log, promised) == []
        with pytest.raises(PersistenceError):
            commit(reader.log, drafted(uid("s"), 1))
        reader.close()
    SQLiteLogs(path).close()


def test_a_log_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path, postgres_url: str) -> None:
    path = tmp_path / "log.sqlite"
    SQLiteLogs(path).close()
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version=99")
    migrate(postgres_url, "log")
    with psycopg.connect(postgres_url) as connection:
        connection.execute("INSERT INTO log.schema_version VALUES (99)")
    for _ in range(2):  # the refused one does not keep it owned
        for opening in (lambda: SQLiteLogs(path), lambda: SQLiteLogs(path, owner=False),
                        lambda: PostgresLogs(postgres_url, schema="log")):
            with pytest.raises(Refused, match="先升级程序") as refused:
                opening()
            assert refused.value.code == "LOG_NEWER"


def fifty_first_starts(postgres_url: str) -> list[Exception]:
    """All in the same moment; returns what went wrong."""
    ready, errors = threading.Barrier(50), list[Exception]()

    def start() -> None:
        ready.wait()
        try:
            migrate(postgres_url, "log")
        except (Refused, psycopg.Error) as error:
            errors.append(error)

    threads = [threading.Thread(target=start) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_fifty_first_starts_at_once_make_one_log(postgres_url: str) -> None:
    assert fifty_first_starts(postgres_url) == []
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT count(*) FROM log.schema_version").fetchone() == (1,)


def test_without_the_lock_first_starts_collide(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same starts, each under a lock of its own."""
    own = itertools.count()
    monkeypatch.setattr(log_postgres_schema, "lock_of", lambda schema, purpose: next(own))
    assert fifty_first_starts(postgres_url) != []


@pytest.mark.parametrize(("setting", "code"), [
    ("synchronous_commit", "LOG_NOT_DURABLE"), ("fsync", "LOG_NOT_DURABLE"), ("full_page_writes", "LOG_UNSAFE_SETTING"),
])
def test_a_server_that_would_lose_commits_is_refused(postgres_server: PostgresServer, setting: str, code: str) -> None:
    server = PostgresServer(postgres_server.binaries)
    try:
        server.create()
        server.start(**{setting: "off"})
        with pytest.raises(Refused, match=setting) as refused:
            PostgresLogs(server.url())
        assert refused.value.code == code
    finally:
        server.remove()


def test_the_librarys_skipping_functions_are_refused() -> None:
    with pytest.raises(Refused, match="POSTGRES_ENABLE_DB_FUNCTIONS"):
        PostgresLogs("postgresql://nowhere", environment={"POSTGRES_ENABLE_DB_FUNCTIONS": "y"})


# --- a full disk ------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Two megabytes in memory; mounting needs root."""
    if os.geteuid() != 0:
        pytest.skip("a small disk can be mounted by root only")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk: {mounted.stderr}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_refuses_whole_commits_and_heals_without_restart(small_disk: Path) -> None:
    logs, ballast = SQLiteLogs(small_disk / "log.sqlite"), small_disk / "ballast"
    ballast.write_bytes(bytes(1_000_000))
    stored = _fill(logs.log)
    assert [row.originator_version for row in everything(logs.log)] == list(range(1, stored + 1))
    assert logs.log.count("command") == stored
    started = time.monotonic()
    ballast.unlink()
    assert commit(logs.log, drafted(uid("s"), stored + 1)) == [stored + 1]
    assert time.monotonic() - started < 30
    logs.close()


def _fill(log: Any) -> int:
    """Commit until the disk is full; returns how many were acknowledged."""
    for version in range(1, 10_000):
        try:
            commit(log, drafted(uid("s"), version), memos=[Memo("command", str(version), bytes(2000), True)])
        except PersistenceError:
            return version - 1
    raise AssertionError("the disk never became full")
