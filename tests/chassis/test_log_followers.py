"""A follower that reads `position > last` never misses a record, whoever writes and however slowly (R4)."""

import threading
import time
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresFactory

from services.chassis.log_postgres import PostgresLogs
from services.chassis.log_postgres_schema import lock_of, migrate
from tests.attacks import Attack
from tests.chassis.records import commit, drafted
from tests.chassis.writers import writing
from tests.kit.cases import uid

pytestmark = pytest.mark.slow

FOLLOWED = "R4 八个写入者与一个跟随者"
COLUMNS = "position, originator_id, originator_version, topic, state, recorded_at"
ROW = (1, "t", b"held")


class Follower:
    """Reads a log from its beginning and remembers every position it saw."""

    def __init__(self, log: Any) -> None:
        self._log, self.seen = log, list[int]()

    def read(self) -> None:
        """What is there now."""
        last = self.seen[-1] if self.seen else 0
        while rows := self._log.select_notifications(last, 1000, inclusive_of_start=False):
            self.seen += [row.id for row in rows]
            last = self.seen[-1]

    def until(self, writers: list[Any]) -> None:
        """Read for as long as a writer lives, and once more."""
        while any(writer.poll() is None for writer in writers):
            self.read()
        self.read()


def held_open(url: str, seconds: float, holding: threading.Event) -> None:
    """A slow process of ours: takes the log's lock and its place, and commits much later."""
    with psycopg.connect(url, options="-c search_path=log") as slow:
        slow.execute("SELECT pg_advisory_xact_lock(%s)", [lock_of("log", "append")])
        end = slow.execute("SELECT coalesce(max(position), 0) FROM stored_events").fetchone()
        slow.execute(
            f"INSERT INTO stored_events ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, now())", [end[0] + 1, uuid4(), *ROW]
        )
        holding.set()
        time.sleep(seconds)


def followed(url: str, commits: int, seconds: float) -> tuple[list[int], int]:
    """Eight writers in two processes, one that is held open, one follower; positions seen and stored."""
    logs, holding = PostgresLogs(url, schema="log"), threading.Event()
    follower = Follower(logs.log)
    with writing("postgres", url, "a", 4, commits) as first, writing("postgres", url, "b", 4, commits) as second:
        slow = threading.Thread(target=held_open, args=(url, seconds, holding))
        slow.start()
        holding.wait()
        before = logs.log.max_notification_id() or 0
        time.sleep(seconds / 2)
        assert (logs.log.max_notification_id() or 0) == before, "everybody waits for the one that is held open"
        drains = [threading.Thread(target=process.stdout.read) for process in (first, second)]
        for drain in drains:
            drain.start()
        follower.until([first, second])
        slow.join()
        follower.read()
    stored = len(logs.log.rows(0, 10_000_000))
    logs.close()
    return follower.seen, stored


@pytest.mark.attack(FOLLOWED)
def test_nothing_is_skipped_with_eight_writers_in_two_processes(attack: Attack, postgres_url: str) -> None:
    nothing_skipped(attack, postgres_url, commits=60, seconds=1)


def nothing_skipped(attack: Attack, url: str, commits: int, seconds: float) -> None:
    """Every position was seen once and in order, although one writer was held open (the evidence)."""
    seen, stored = followed(url, commits, seconds)
    assert stored > 8 * commits
    attack.saw(
        rounds=1, evidence=1, acknowledged=stored, lost=stored - len({*seen}), doubled=len(seen) - len({*seen}),
        out_of_order=int(seen != sorted(seen)),
    )


@pytest.mark.fire
@pytest.mark.timeout(0)
@pytest.mark.attack(FOLLOWED)
def test_nothing_of_fifty_thousand_is_skipped(attack: Attack, postgres_url: str) -> None:
    nothing_skipped(attack, postgres_url, attack.rounds(3200), seconds=5)


@pytest.mark.control(FOLLOWED)
def test_a_naive_sequence_is_caught_skipping(attack: Attack, postgres_url: str) -> None:
    """The control: the same follower on the same table, positions from a sequence without the lock."""
    migrate(postgres_url, "log")
    logs = PostgresLogs(postgres_url, schema="log")
    follower = Follower(logs.log)
    naive = f"INSERT INTO log.stored_events ({COLUMNS}) VALUES (nextval('log.naive'), %s, %s, %s, %s, now())"
    with psycopg.connect(postgres_url) as first, psycopg.connect(postgres_url) as second:
        first.execute("CREATE SEQUENCE log.naive")
        first.commit()
        first.execute(naive, [uuid4(), *ROW])
        second.execute(naive, [uuid4(), *ROW])
        second.commit()
        follower.read()
        first.commit()
    follower.read()
    attack.caught(int(follower.seen == [2] and len(logs.log.rows(0, 10)) == 2))
    logs.close()


@pytest.mark.parametrize(("functions", "seen"), [("n", [1, 2]), ("y", [2])])
def test_the_librarys_functions_skip_what_its_default_does_not(
    postgres_url: str, functions: str, seen: list[int]
) -> None:
    """Why POSTGRES_ENABLE_DB_FUNCTIONS is refused: a commit held open is passed over for ever."""
    where = psycopg.conninfo.conninfo_to_dict(postgres_url)
    keys = {"dbname": "DBNAME", "host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    env = {f"POSTGRES_{name}": str(where[key]) for key, name in keys.items()}
    factory = PostgresFactory(env | {"POSTGRES_ENABLE_DB_FUNCTIONS": functions})
    recorder = factory.application_recorder()
    follower = Follower(recorder)
    held = recorder.construct_pg_stored_event(uid("s"), 1, "t", b"held")
    other = threading.Thread(target=recorder.insert_events, args=([StoredEvent(uid("other"), 1, "t", b"")],))
    with recorder.datastore.transaction(commit=True) as slow:
        if functions == "n":
            recorder._lock_table(slow)
            slow.execute("INSERT INTO stored_events VALUES (%s, 1, 't', 'held')", [uid("s")])
        else:
            slow.execute(recorder.sql_invoke_pg_function_insert_events, [[held]])
        other.start()
        other.join(1)
        follower.read()
    other.join()
    follower.read()
    assert follower.seen == seen
    assert recorder.max_notification_id() == 2
    factory.close()


def test_a_follower_of_one_process_sees_every_position(postgres_url: str) -> None:
    logs = PostgresLogs(postgres_url, schema="log")
    commit(logs.log, drafted(uid("s"), 1), drafted(uid("s"), 2))
    follower = Follower(logs.log)
    follower.read()
    assert follower.seen == [1, 2]
    logs.close()
