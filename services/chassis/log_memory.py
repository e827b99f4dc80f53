"""The log in memory: for tests, rehearsals and simulations."""

from collections.abc import Iterable, Sequence
from typing import Any

from eventsourcing.persistence import (
    AggregateRecorder,
    IntegrityError,
    StoredEvent,
)
from eventsourcing.popo import POPOAggregateRecorder, POPOProcessRecorder

from services.chassis.clock import Clock, MonotoneClock, system_clock
from services.chassis.memos import Memo, Row
from services.chassis.one_log import OneLog
from services.chassis.records import seal_all


class MemoryLog(POPOProcessRecorder):
    """The library's in-memory recorder, with memos, sealing and a monotone clock."""

    def __init__(self, clock: Clock = system_clock) -> None:
        super().__init__()
        self._clock = MonotoneClock(clock)
        self._memos: dict[str, dict[str, Memo]] = {}

    def _assert_uniqueness(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        super()._assert_uniqueness(stored_events, **kwargs)
        for memo in kwargs.get("memos", ()):
            if memo.fresh and memo.key in self._memos.get(memo.kind, {}):
                raise IntegrityError(f"memo {memo.kind} {memo.key} exists")

    def _update_table(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        seal_all(stored_events, self._clock())
        positions = super()._update_table(stored_events, **kwargs)
        self._write(kwargs.get("memos", ()))
        return positions

    def _write(self, memos: Iterable[Memo]) -> None:
        for memo in memos:
            rows = self._memos.setdefault(memo.kind, {})
            if memo.value is None:
                rows.pop(memo.key, None)
            else:
                rows[memo.key] = memo._replace(position=len(self._stored_events))

    def copy(self, clock: Clock) -> "MemoryLog":
        """Another log with the same content; from now on they differ."""
        made = MemoryLog()
        made._clock = self._clock.over(clock)
        made._stored_events = list(self._stored_events)
        for stream, versions in self._stored_events_index.items():
            made._stored_events_index[stream] = dict(versions)
        made._max_tracking_ids.update(self._max_tracking_ids)
        made._memos = {kind: dict(rows) for kind, rows in self._memos.items()}
        return made

    def rows(self, after: int, limit: int) -> list[Row]:
        """Position, topic and record of what follows a position."""
        found = self.select_notifications(after, limit, inclusive_of_start=False)
        return [(row.id, row.topic, row.state) for row in found]

    def memo(self, kind: str, key: str) -> Memo | None:
        """The memo under this key, or None."""
        with self._database_lock:
            return self._memos.get(kind, {}).get(key)

    def scan(self, kind: str, after: str = "", upto: str | None = None, limit: int = 1000) -> Sequence[Memo]:
        """Memos of a kind in the order of their keys, `after` < key <= `upto`."""
        with self._database_lock:
            rows = dict(self._memos.get(kind, {}))
        keys = sorted(key for key in rows if key > after and (upto is None or key <= upto))
        return [rows[key] for key in keys[:limit]]

    def count(self, kind: str) -> int:
        """How many memos of a kind there are."""
        return len(self._memos.get(kind, {}))


class MemoryLogs(OneLog):
    """The library's factory for one service's log in memory."""

    def __init__(self, clock: Clock = system_clock) -> None:
        super().__init__()
        self.log = MemoryLog(clock)

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        """A recorder for snapshots."""
        return POPOAggregateRecorder()
