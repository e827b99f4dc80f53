"""A batch of waiting commits as a few sets of rows, so that any number of them takes the same few statements."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from eventsourcing.persistence import IntegrityError, StoredEvent, Tracking

from services.chassis.group_commit import Work
from services.chassis.memos import Memo
from services.chassis.records import seal_all


class Row(NamedTuple):
    """A record with its place in the log and the instant it was sealed with."""

    position: int
    stream: Any
    version: int
    topic: str
    state: bytes
    recorded_at: datetime


class Tracked(NamedTuple):
    """Letters taken in from one sender: the stored position must lie before `first`, then becomes `last`."""

    sender: str
    first: int
    last: int


class Batch:
    """What the works of one transaction write. IntegrityError where they contradict each other."""

    def __init__(self, works: Iterable[Work], end: int, clock: Callable[[], datetime]) -> None:
        self.end, self._clock = end, clock
        self.rows: list[Row] = []
        self.tracked: dict[str, Tracked] = {}
        self._memos: dict[tuple[str, str], Memo] = {}
        self.positions = [self._add(events, **also) for events, also in works]

    def _add(
        self, events: Sequence[StoredEvent], tracking: Tracking | None = None, memos: Iterable[Memo] = (), **_: Any
    ) -> list[int]:
        at = self._clock()
        seal_all(events, at)
        places = range(self.end + 1, self.end + 1 + len(events))
        for place, event in zip(places, events, strict=True):
            self.rows.append(
                Row(place, event.originator_id, event.originator_version, event.topic, event.state, at)
            )
        self.end += len(events)
        if tracking is not None:
            self._track(tracking.application_name, tracking.notification_id)
        for memo in memos:
            self._note(memo._replace(position=self.end))
        return list(places)

    def _track(self, sender: str, position: int) -> None:
        before = self.tracked.get(sender)
        if before is not None and position <= before.last:
            raise IntegrityError(f"{sender} {position} is tracked already")
        self.tracked[sender] = Tracked(sender, before.first if before else position, position)

    def _note(self, memo: Memo) -> None:
        """The last one of a key stands; it stays fresh when the first one was."""
        place = memo.kind, memo.key
        before = self._memos.get(place)
        if before is not None and memo.fresh and before.value is not None:
            raise IntegrityError(f"memo {memo.kind} {memo.key} exists")
        if before is not None and before.fresh and memo.value is None:
            raise IntegrityError(f"memo {memo.kind} {memo.key} is made and unmade at once")
        self._memos[place] = memo if before is None else memo._replace(fresh=before.fresh)

    @property
    def fresh(self) -> list[Memo]:
        """Memos whose key must be new."""
        return [memo for memo in self._memos.values() if memo.fresh and memo.value is not None]

    @property
    def put(self) -> list[Memo]:
        """Memos that may overwrite."""
        return [memo for memo in self._memos.values() if not memo.fresh and memo.value is not None]

    @property
    def gone(self) -> list[Memo]:
        """Memos to delete."""
        return [memo for memo in self._memos.values() if memo.value is None]
