"""SIGKILL, EIO and ENOSPC at every write and sync of a commit: whole or not at all, and never a false promise (R3)."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from eventsourcing.persistence import IntegrityError, PersistenceError

from services.chassis.log_sqlite import SQLiteLogs
from services.chassis.log_sqlite_store import Store
from services.chassis.memos import Memo
from tests.attacks import Attack
from tests.chassis.disks import UnsyncedDisk, unsynced_disk
from tests.chassis.records import commit, drafted, everything
from tests.chassis.writers import holes
from tests.kit.cases import uid

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
ERRORS = "R3 提交中每次写入或同步出错"
KILLS = "R3 提交中每次写入或同步时被杀"
HEALED_SECONDS, REFUSED_SECONDS = 30, 1


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[UnsyncedDisk]:
    with unsynced_disk(tmp_path) as found:
        yield found


def store(log: Any, version: int) -> None:
    """Two records, so that there can be a half of it; the receipt is large, so that there are many writes."""
    stream, receipt = uid("s"), Memo("command", f"{uid('s')}|{version + 1}", bytes(9000), fresh=True)
    commit(log, drafted(stream, version), drafted(stream, version + 1), memos=[receipt])


def calls_of_a_commit(disk: UnsyncedDisk, log: Any, version: int) -> int:
    """How many writes and syncs there are."""
    disk.say("arm NOTHING 0")
    store(log, version)
    return disk.say("calls")


def stored(path: Path) -> list[int]:
    """The versions that somebody finds who opens the file now."""
    reader = SQLiteLogs(path, owner=False)
    try:
        return [row.originator_version for row in everything(reader.log)]
    finally:
        reader.close()


def spoiled(disk: UnsyncedDisk, log: Any, version: int, kind: str, number: int) -> bool:
    """A commit whose NUMBER-th call fails; whether it was refused, in time, and healed without a restart."""
    disk.say(f"arm {kind} {number}")
    started = time.monotonic()
    try:
        store(log, version)
    except PersistenceError:
        assert time.monotonic() - started < REFUSED_SECONDS
        refused = True
    else:
        refused = False
    disk.say("heal")
    if refused:
        started = time.monotonic()
        try_again(log, version)
        assert time.monotonic() - started < HEALED_SECONDS
    return refused


def try_again(log: Any, version: int) -> None:
    """As a client does: what was refused may still be there whole, never half."""
    try:
        store(log, version)
    except IntegrityError:
        assert [row.originator_version for row in everything(log)][-2:] == [version, version + 1]


@pytest.mark.attack(ERRORS)
@pytest.mark.parametrize("kind", ["EIO", "ENOSPC"])
def test_an_error_at_any_call_refuses_the_whole_commit_and_heals(attack: Attack, disk: UnsyncedDisk, kind: str) -> None:
    path = disk.mount / "log.sqlite"
    logs = SQLiteLogs(path)
    store(logs.log, 1)
    calls = calls_of_a_commit(disk, logs.log, 3)
    assert calls > 5
    refused = [spoiled(disk, logs.log, 3 + 2 * number, kind, number) for number in range(1, calls + 1)]
    assert all(refused), "a sync that failed is no promise"
    wanted = [*range(1, 5 + 2 * calls)]
    assert [row.originator_version for row in everything(logs.log)] == wanted
    assert stored(path) == wanted and holes(logs.log) == []
    disk.cut()
    logs.datastore.close()
    missing = len(wanted) - len(stored(disk.platter / "log.sqlite"))
    logs.close()
    attack.saw(rounds=calls, evidence=sum(refused), acknowledged=2 + calls, lost=missing)


@pytest.mark.control(ERRORS)
def test_a_store_that_hides_a_failed_commit_is_caught(
    attack: Attack, disk: UnsyncedDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs = SQLiteLogs(disk.mount / "log.sqlite")
    calls = calls_of_a_commit(disk, logs.log, 1)
    written = Store._written

    class Silent:
        """Says that all went well."""

        def __init__(self, context: Any) -> None:
            self._context = context

        def __enter__(self) -> Any:
            return self._context.__enter__()

        def __exit__(self, *error: object) -> bool:
            try:
                return bool(self._context.__exit__(*error))
            except PersistenceError:
                return True

    monkeypatch.setattr(Store, "_written", lambda self: Silent(written(self)))
    disk.say(f"arm EIO {calls}")
    store(logs.log, 3)  # a false promise
    disk.say("heal")
    seen = len(everything(logs.log))
    logs.close()
    attack.caught(int(seen < 4))


def killed_at(disk: UnsyncedDisk, version: int, number: int) -> bool:
    """Whether a process that was storing died in its NUMBER-th call; a fork, so that nothing else is called."""
    child = os.fork()
    if child == 0:
        logs = SQLiteLogs(disk.mount / "log.sqlite")
        disk.say(f"arm KILL {number}")
        store(logs.log, version)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    disk.say("heal")
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


@pytest.mark.attack(KILLS)
def test_a_kill_in_any_call_leaves_no_half_and_breaks_no_promise(attack: Attack, disk: UnsyncedDisk) -> None:
    path, version, deaths, broken = disk.mount / "log.sqlite", 1, 0, 0
    logs = SQLiteLogs(path)
    calls = calls_of_a_commit(disk, logs.log, version)
    logs.close()
    for number in range(1, calls + 1):
        deaths += killed_at(disk, version + 2, number)
        logs = SQLiteLogs(path)
        found = [row.originator_version for row in everything(logs.log)]
        assert found in ([*range(1, version + 2)], [*range(1, version + 4)]) and holes(logs.log) == []
        version = len(found) + 1
        store(logs.log, version)
        logs.close()
        broken += stored(path) != [*range(1, version + 2)]
    assert deaths == calls
    attack.saw(rounds=calls, evidence=deaths, acknowledged=1 + calls, lost=broken)


@pytest.mark.control(KILLS)
def test_half_a_commit_is_seen(attack: Attack, disk: UnsyncedDisk) -> None:
    """The check finds a half: records without the receipt that was written beside them, as two transactions leave."""
    logs = SQLiteLogs(disk.mount / "log.sqlite")
    store(logs.log, 1)
    commit(logs.log, drafted(uid("s"), 3))
    found = holes(logs.log)
    logs.close()
    attack.caught(int(any("half" in hole for hole in found)))
