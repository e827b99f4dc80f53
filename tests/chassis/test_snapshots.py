"""Snapshots shorten loading and change nothing else: used, ignored when their fold is old, free to delete."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from eventsourcing.persistence import OperationalError

from contracts.rectification.problem_ledger import ItemStarted
from contracts.values import Tier
from services.chassis.facts import Origin
from services.chassis.logged import LoggedApplication
from services.chassis.work import Intent, Work
from services.rectification.domain.problem_ledger import ProblemLedger
from tests.chassis.log_kinds import opener
from tests.kit.cases import AT, PLACE, POLICY, uid

STREAM = uid("stream")
ORIGIN = Origin(
    jurisdiction=PLACE, tier=Tier.COUNTY, owner_body=uid("office"), owner_path=f"990000/{PLACE}/{uid('office')}"
)


class Ledger(ProblemLedger, kw_only=True):
    """Snapshots every ten events."""

    snapshot_every = 10


class Ledgers(LoggedApplication):
    name = "ledgers"
    aggregates = (Ledger,)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledgers]:
    ledgers = Ledgers(opener(request.param, tmp_path, request)())
    yield ledgers
    ledgers.close()


def say(app: Ledgers, events: int, commits: int, stream: UUID = STREAM) -> None:
    """So many events in each of so many commits; every one is about another item."""
    for _ in range(commits):
        ledger = app.load(Ledger, stream) or Ledger(stream=stream)
        said = tuple(ItemStarted(item_id=uid(f"item {ledger.version + number}")) for number in range(events))
        work = Work()
        work.draft(ledger, said, Intent(command=None, actor=POLICY, at=AT), ORIGIN, {})  # type: ignore[arg-type]
        app.append(work)


def snapshots(app: Ledgers, stream: UUID = STREAM) -> list[int]:
    assert app.snapshots is not None
    return [snapshot.originator_version for snapshot in app.snapshots.recorder.select_events(stream)]


def seen(app: Ledgers) -> Any:
    return msgspec.to_builtins(app.load(Ledger, STREAM))


def read(app: Ledgers, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[int]]:
    """Which versions the next loads fetch from the log."""
    fetched: list[int] = []
    select = app.recorder.select_events

    def watched(*args: Any, **bounds: Any) -> Any:
        rows = select(*args, **bounds)
        fetched.extend(row.originator_version for row in rows)
        return rows

    monkeypatch.setattr(app.recorder, "select_events", watched)
    return lambda: fetched


def test_one_is_taken_when_a_commit_reaches_or_passes_a_multiple(app: Ledgers) -> None:
    say(app, events=3, commits=7)
    assert snapshots(app) == [12, 21]


def test_only_what_came_after_it_is_read(app: Ledgers, monkeypatch: pytest.MonkeyPatch) -> None:
    say(app, events=1, commits=13)
    fetched = read(app, monkeypatch)
    loaded = app.load(Ledger, STREAM)
    assert loaded is not None and loaded.version == 13
    assert fetched() == [11, 12, 13]


def test_with_it_or_without_it_the_same_is_loaded(app: Ledgers, monkeypatch: pytest.MonkeyPatch) -> None:
    say(app, events=1, commits=10)
    at_snapshot = seen(app)
    say(app, events=1, commits=3)
    with_one = seen(app)
    monkeypatch.setattr(Ledger, "snapshot_every", None)
    assert seen(app) == with_one
    whole = app.load(Ledger, STREAM, version=10)
    assert msgspec.to_builtins(whole) == at_snapshot
    assert with_one["previous_hash"] and with_one["origin"]["owner_path"] == ORIGIN.owner_path


def test_one_of_an_older_fold_is_ignored(app: Ledgers, monkeypatch: pytest.MonkeyPatch) -> None:
    say(app, events=1, commits=13)
    before = seen(app)
    monkeypatch.setattr(Ledger, "fold_version", 2)
    newer = Ledgers(app._logs)
    fetched = read(newer, monkeypatch)
    assert seen(newer) == before
    assert fetched() == list(range(1, 14))


def test_they_may_be_deleted(app: Ledgers) -> None:
    say(app, events=1, commits=13)
    before = seen(app)
    assert app.snapshots is not None and snapshots(app) == [10]
    _delete_all(app)
    assert snapshots(app) == []
    assert seen(app) == before


def _delete_all(app: Ledgers) -> None:
    store: Any = app.snapshots and app.snapshots.recorder
    if hasattr(store, "_connections"):
        store._connections.ask("DELETE FROM snapshots RETURNING 1", [])
    elif hasattr(store, "datastore"):
        with store.datastore.transaction(commit=True) as cursor:
            cursor.execute("DELETE FROM stored_snapshots")
    else:
        for held in (store._stored_events, store._stored_events_index):
            held.clear()


def test_an_earlier_version_is_loaded_without_a_later_one(app: Ledgers) -> None:
    say(app, events=1, commits=13)
    early = app.load(Ledger, STREAM, version=7)
    assert early is not None and early.version == 7 and len(early.items) == 7


def test_one_that_cannot_be_stored_fails_no_command(app: Ledgers, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OperationalError("the disk is full")

    assert app.snapshots is not None
    monkeypatch.setattr(app.snapshots.recorder, "insert_events", full)
    say(app, events=1, commits=11)
    assert snapshots(app) == []
    assert app.recorder.max_notification_id() == 11
