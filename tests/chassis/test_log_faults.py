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
from tests.attacks import Attack
from tests.chassis.records import commit, drafted, everything
from tests.chassis.writers import holes, killed, lost, moment, processes_of, reading_along, writing
from tests.kit.cases import uid

pytestmark = pytest.mark.slow

KILLED, DATABASE = "R1 写入日志的进程被杀（kill -9）", "R1 PostgreSQL 被杀（kill -9）"
FULL_DISK, FIRST = "R3 磁盘写满", "R11 同时首次启动"

# --- killed while writing --------------------------------------------------------------------------


def killing_rounds(attack: Attack, folder: Path, rounds: int, seed: int) -> None:
    """Kill a writer of one SQLite log again and again; what it promised each time is there."""
    when, path, promised, deaths = random.Random(seed), folder / "log.sqlite", [], 0
    for number in range(rounds):
        with writing("sqlite", str(path), f"round-{number}") as process:
            promised += killed(process, moment(when))
            deaths += process.returncode == -signal.SIGKILL
        logs = SQLiteLogs(path)
        assert holes(logs.log) == []
        missing = lost(logs.log, promised)
        logs.close()
        assert missing == []
    assert len(promised) > rounds, "the writers were at work when they were killed"
    attack.saw(rounds=rounds, evidence=deaths, acknowledged=len(promised), lost=len(missing))


@pytest.mark.timeout(300)
@pytest.mark.attack(KILLED)
def test_thirty_kills_lose_nothing_that_was_acknowledged(attack: Attack, tmp_path: Path) -> None:
    killing_rounds(attack, tmp_path, 30, seed=1)


@pytest.mark.fire
@pytest.mark.timeout(0)
@pytest.mark.attack(KILLED)
def test_a_thousand_kills_lose_nothing_that_was_acknowledged(attack: Attack, tmp_path: Path) -> None:
    for part in range(attack.rounds(25)):
        folder = tmp_path / str(part)
        folder.mkdir()
        killing_rounds(attack, folder, 40, seed=part)


@pytest.mark.control(KILLED)
def test_a_writer_that_promises_before_it_commits_is_caught(attack: Attack, tmp_path: Path) -> None:
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
    attack.caught()


def killed_server(binaries: Path, kind: str) -> tuple[int, int]:
    """How many commits were acknowledged until a server was killed, and how many of them were lost."""
    server = PostgresServer(binaries)
    try:
        server.create()
        server.start(wal_buffers="64MB")
        if kind == "postgres-asynchronous":
            _stop_the_wal_writer(server)
        with writing(kind, server.url(), "load") as process:
            ended = reading_along(process)
            time.sleep(1)
            _kill_all(server)
            time.sleep(0.2)
            promised = ended()
        server.start()
        logs = PostgresLogs(server.url(), schema="log")
        missing = lost(logs.log, promised)
        assert holes(logs.log) == []
        logs.close()
    finally:
        server.remove()
    return len(promised), len(missing)


@pytest.mark.attack(DATABASE)
def test_a_killed_server_loses_nothing_that_was_acknowledged(attack: Attack, postgres_server: PostgresServer) -> None:
    promised, missing = killed_server(postgres_server.binaries, "postgres")
    attack.saw(rounds=1, evidence=int(promised > 0), acknowledged=promised, lost=missing)


@pytest.mark.control(DATABASE)
def test_a_log_that_does_not_wait_for_the_disk_is_caught(attack: Attack, postgres_server: PostgresServer) -> None:
    attack.caught(int(killed_server(postgres_server.binaries, "postgres-asynchronous")[1] > 0))


def _stop_the_wal_writer(server: PostgresServer) -> None:
    """What nobody waits for it writes page by page at once, and what the system has outlives a kill; on a power cut
    it would not. Held still, it leaves such promises where the kill finds them."""
    titles = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in processes_of(server)}
    (writer,) = (pid for pid, title in titles.items() if b"walwriter" in title)
    os.kill(writer, signal.SIGSTOP)


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
from tests.attacks import Attack
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


def first_starts(postgres_url: str, count: int = 50, schema: str = "log") -> list[Exception]:
    """All in the same moment; returns what went wrong."""
    ready, errors = threading.Barrier(count), list[Exception]()

    def start() -> None:
        ready.wait()
        try:
            migrate(postgres_url, schema)
        except (Refused, psycopg.Error) as error:
            errors.append(error)

    threads = [threading.Thread(target=start) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.attack(FIRST)
def test_fifty_first_starts_at_once_make_one_log(attack: Attack, postgres_url: str) -> None:
    assert first_starts(postgres_url) == []
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT count(*) FROM log.schema_version").fetchone() == (1,)
    attack.saw(rounds=1, evidence=50)


@pytest.mark.fire
@pytest.mark.timeout(0)
@pytest.mark.attack(FIRST)
def test_fifty_times_six_first_starts_at_once_never_collide(attack: Attack, postgres_url: str) -> None:
    rounds = attack.rounds(50)
    for number in range(rounds):
        assert first_starts(postgres_url, 6, f"log_{number}") == []
    attack.saw(rounds=rounds, evidence=6 * rounds)


@pytest.mark.control(FIRST)
def test_without_the_lock_first_starts_collide(
    attack: Attack, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same starts, each under a lock of its own."""
    own = itertools.count()
    monkeypatch.setattr(log_postgres_schema, "lock_of", lambda schema, purpose: next(own))
    attack.caught(int(first_starts(postgres_url) != []))


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


@pytest.mark.attack(FULL_DISK)
def test_a_full_disk_refuses_whole_commits_and_heals_without_restart(attack: Attack, small_disk: Path) -> None:
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
    attack.saw(rounds=1, evidence=1, acknowledged=stored + 1)


@pytest.mark.control(FULL_DISK)
def test_a_writer_that_counts_a_refused_commit_is_caught(attack: Attack, small_disk: Path) -> None:
    logs, ballast = SQLiteLogs(small_disk / "log.sqlite"), small_disk / "ballast"
    ballast.write_bytes(bytes(1_000_000))
    believed = _fill(logs.log) + 1
    kept = len(everything(logs.log))
    logs.close()
    attack.caught(int(kept != believed))


def _fill(log: Any) -> int:
    """Commit until the disk is full; returns how many were acknowledged."""
    for version in range(1, 10_000):
        try:
            commit(log, drafted(uid("s"), version), memos=[Memo("command", str(version), bytes(2000), True)])
        except PersistenceError:
            return version - 1
    raise AssertionError("the disk never became full")
