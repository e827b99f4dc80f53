"""What our logs promise beside the library's port: one suite, every adapter."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError, Tracking

from contracts.record import record_hash
from services.chassis.clock import HandClock
from services.chassis.memos import Memo
from tests.chassis.log_kinds import opener
from tests.chassis.records import chained, commit, drafted, everything, stored
from tests.kit.cases import AT, uid

DURABLE = ["sqlite", "postgres"]
Open = Callable[..., Any]


@pytest.fixture(params=["memory", *DURABLE])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def open_log(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Open]:
    opened, how = [], opener(kind, tmp_path, request)

    def again(**said: Any) -> Any:
        opened.append(how(**said))
        return opened[-1]

    yield again
    for logs in opened:
        logs.close()


@pytest.fixture
def log(open_log: Open) -> Any:
    return open_log().log


def put(log: Any, *memos: Memo, **also: Any) -> None:
    log.insert_events([], memos=memos, **also)


# --- memos ----------------------------------------------------------------------------------------


def test_a_memo_is_put_overwritten_and_deleted(log: Any) -> None:
    put(log, Memo("k", "a", b"1"), Memo("k", "b", b"2"))
    put(log, Memo("k", "a", b"3"), Memo("k", "b", None))
    assert log.memo("k", "a").value == b"3"
    assert log.memo("k", "b") is None
    assert log.memo("other", "a") is None
    assert log.count("k") == 1


def test_of_one_commit_the_last_memo_of_a_key_stands(log: Any) -> None:
    put(log, Memo("k", "a", b"1"), Memo("k", "a", b"2"), Memo("k", "b", b"1"), Memo("k", "b", None))
    assert log.memo("k", "a").value == b"2"
    assert log.memo("k", "b") is None


def test_a_fresh_memo_never_overwrites(log: Any) -> None:
    put(log, Memo("command", "a", b"1", fresh=True))
    with pytest.raises(IntegrityError):
        put(log, Memo("command", "a", b"2", fresh=True))
    assert log.memo("command", "a").value == b"1"
    put(log, Memo("command", "a", None))
    put(log, Memo("command", "a", b"3", fresh=True))
    assert log.memo("command", "a").value == b"3"


def test_a_scan_goes_in_the_order_of_keys_from_after_up_to(log: Any) -> None:
    keys = ["Z", "a", "a|1", "a|~", "b", "中", "é", "𠀀"]
    put(log, *(Memo("k", key, key.encode()) for key in reversed(keys)))
    assert [memo.key for memo in log.scan("k")] == sorted(keys)
    assert [memo.key for memo in log.scan("k", "a", "b")] == ["a|1", "a|~", "b"]
    assert [memo.key for memo in log.scan("k", "a|", "a|~", 1)] == ["a|1"]
    assert log.scan("none") == []
    assert log.count("k") == len(keys)


def test_a_memo_stands_where_the_log_ended_at_its_commit(log: Any) -> None:
    put(log, Memo("k", "before", b""))
    assert log.memo("k", "before").position == 0
    commit(log, drafted(uid("s"), 1), drafted(uid("s"), 2), memos=[Memo("k", "with", b"")])
    put(log, Memo("k", "after", b""))
    assert log.memo("k", "with").position == log.memo("k", "after").position == 2
    assert [memo.position for memo in log.scan("k")] == [2, 0, 2]


# --- one commit, or nothing -----------------------------------------------------------------------


@pytest.mark.parametrize("spoiler", ["event", "tracking", "memo"])
def test_whatever_fails_nothing_of_the_commit_is_stored(log: Any, spoiler: str) -> None:
    commit(log, drafted(uid("s"), 1), tracking=Tracking("findings", 5), memos=[Memo("command", "1", b"", True)])
    version = 1 if spoiler == "event" else 2
    heard = 5 if spoiler == "tracking" else 6
    key = "1" if spoiler == "memo" else "2"
    with pytest.raises(IntegrityError):
        commit(
            log, drafted(uid("other"), 1), drafted(uid("s"), version), tracking=Tracking("findings", heard),
            memos=[Memo("k", "with", b""), Memo("command", key, b"", True)],
        )
    assert len(everything(log)) == 1
    assert log.max_tracking_id("findings") == 5
    assert (log.count("command"), log.count("k")) == (1, 0)
    assert commit(log, drafted(uid("s"), 2)) == [2], "a refused commit leaves no hole"


# --- when, and what came before -------------------------------------------------------------------


def test_recorded_at_grows_even_when_the_clock_stands_still(log: Any, open_log: Open) -> None:
    frozen = open_log(clock=HandClock(AT), name="frozen").log
    for version in (1, 2, 3):
        commit(frozen, drafted(uid("s"), version))
    instants = [record.head.recorded_at for record in stored(frozen, uid("s"))]
    assert instants == [AT + timedelta(microseconds=after) for after in range(3)]


@pytest.mark.parametrize("kind", DURABLE)
def test_recorded_at_grows_after_reopening_with_a_clock_that_went_back(open_log: Open) -> None:
    first = open_log(clock=HandClock(AT))
    commit(first.log, drafted(uid("s"), 1))
    first.close()
    second = open_log(clock=HandClock(AT - timedelta(hours=1)))
    commit(second.log, drafted(uid("s"), 2))
    before, after = (record.head.recorded_at for record in stored(second.log, uid("s")))
    assert before < after


@pytest.mark.parametrize("kind", ["postgres"])
def test_recorded_at_grows_across_processes_whose_clocks_differ(open_log: Open) -> None:
    ahead, behind = open_log(clock=HandClock(AT)), open_log(clock=HandClock(AT - timedelta(days=1)))
    for version in range(1, 7):
        commit((ahead if version % 2 else behind).log, drafted(uid("s"), version))
    instants = [record.head.recorded_at for record in stored(ahead.log, uid("s"))]
    assert instants == sorted(set(instants))


def test_each_record_carries_the_hash_of_its_streams_last_one(log: Any) -> None:
    stream, other = uid("s"), uid("other")
    commit(log, drafted(stream, 1), drafted(other, 1), drafted(stream, 2))
    last = record_hash(stored(log, stream)[-1].record, "sha256")
    commit(log, drafted(stream, 3, last), drafted(stream, 4))
    assert chained(stored(log, stream)) and len(stored(log, stream)) == 4
    assert chained(stored(log, other))


# --- many at once ---------------------------------------------------------------------------------


def many(log: Any, works: list[Callable[[], Any]]) -> list[Any]:
    """All works begun in the same moment, each in its own thread; returns results or errors."""
    ready = threading.Barrier(len(works))

    def one(work: Callable[[], Any]) -> Any:
        ready.wait()
        try:
            return work()
        except IntegrityError as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def test_sixty_four_waiting_commits_are_all_stored_and_leave_no_hole(log: Any) -> None:
    streams = [uuid4() for _ in range(64)]
    placed = many(log, [partial(_two_records, log, stream) for stream in streams])
    assert sorted(position for pair in placed for position in pair) == list(range(1, 129))
    assert all(second == first + 1 for first, second in placed)
    assert [row.id for row in everything(log)] == list(range(1, 129))
    assert all(chained(stored(log, stream)) for stream in streams)


def _one_record(log: Any, stream: UUID) -> Any:
    return commit(log, drafted(stream, 1))


def _two_records(log: Any, stream: UUID) -> Any:
    return commit(log, drafted(stream, 1), drafted(stream, 2))


@pytest.mark.parametrize("kind", DURABLE)
def test_a_stale_commit_in_a_batch_fails_alone(log: Any) -> None:
    commit(log, drafted(uid("s"), 1))
    sizes, write = [], log._group._write
    gate = threading.Event()

    def slow(works: Any) -> Any:
        sizes.append(len(works))
        gate.wait(0.5)  # the first one holds the lead until the others wait
        gate.set()
        return write(works)

    log._group._write = slow
    streams = [uid("s"), *(uuid4() for _ in range(16))]
    results = many(log, [partial(_one_record, log, stream) for stream in streams])
    assert max(sizes) > 1, "there was a batch"
    assert isinstance(results[0], IntegrityError)
    assert sorted(position for [position] in results[1:]) == list(range(2, 18))
