"""Everything one log holds, row by row: what moves when a log moves to another store, and must be the same there."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol
from uuid import UUID


class StoredRecord(NamedTuple):
    """A record with its place in the log; `state` are its bytes."""

    position: int
    stream: UUID
    version: int
    topic: str
    state: bytes


class StoredMemo(NamedTuple):
    """A memo as it lies in the log: receipts, timers, copies, parked letters, whatever its kind."""

    kind: str
    key: str
    value: bytes
    position: int


class StoredTracking(NamedTuple):
    """Up to which position a sender was heard."""

    sender: str
    position: int


class StoredSnapshot(NamedTuple):
    """A fold kept beside its stream."""

    stream: UUID
    version: int
    topic: str
    state: bytes


class Contents(Protocol):
    """Each table once, in an order that is the same in every store; byte order where keys are text."""

    def records(self) -> Iterator[StoredRecord]:
        """By position."""

    def memos(self) -> Iterator[StoredMemo]:
        """By kind and key."""

    def tracking(self) -> Iterator[StoredTracking]:
        """By sender."""

    def snapshots(self) -> Iterator[StoredSnapshot]:
        """By stream and version."""
