"""Records for the `eventsourcing` library: from an event to sealed bytes and back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from contracts.record import Event, Head, event_line, read_head, record_hash, seal
from contracts.wire import decode_event, topic_of
from services.chassis.aggregates import Aggregate


class Recorded:
    """What the library calls a domain event: place in the stream, head and event, or their bytes."""

    __slots__ = ("_head", "draft", "event", "originator_id", "originator_version", "record")

    def __init__(
        self, originator_id: UUID, originator_version: int, event: Event,
        draft: Head | None = None, record: bytes = b"",
    ) -> None:
        self.originator_id = originator_id
        self.originator_version = originator_version
        self.event = event
        self.draft = draft
        self.record = record
        self._head: Head | None = None

    @property
    def head(self) -> Head:
        """The head as stored; decoded on demand, once."""
        if self._head is None:
            self._head = read_head(self.record)
        return self._head

    def mutate(self, aggregate: Aggregate | None) -> Aggregate | None:
        """The library's protocol of an event that changes its aggregate."""
        return None if aggregate is None else aggregate.evolve(self.event)


class Snapshotted(NamedTuple):
    """A stored fold of a stream up to a version; `topic` names the aggregate and its fold version."""

    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes


class Unsealed(StoredEvent):
    """A record on its way to the log: the committer says when, then it is sealed into bytes."""

    def __init__(self, recorded: Recorded) -> None:
        super().__init__(
            recorded.originator_id, recorded.originator_version, topic_of(type(recorded.event)), b""
        )
        object.__setattr__(self, "recorded", recorded)

    def seal(self, recorded_at: datetime, previous_hash: str | None) -> str:
        """Write the bytes; returns their hash. Sealing again (after a clash) replaces them."""
        recorded: Recorded = vars(self)["recorded"]
        if recorded.draft is None:
            raise ValueError("a record without a head cannot be sealed")
        head = msgspec.structs.replace(
            recorded.draft, recorded_at=recorded_at, previous_hash=previous_hash
        )
        recorded.record = seal(head, recorded.event)
        object.__setattr__(self, "state", recorded.record)
        return record_hash(recorded.record, head.algorithm)


def seal_all(stored_events: Iterable[StoredEvent], recorded_at: datetime) -> None:
    """Seal the records of one commit in order; each stream's chain goes on from its last record."""
    last: dict[Any, str] = {}
    for stored in stored_events:
        if isinstance(stored, Unsealed):
            draft = vars(stored)["recorded"].draft
            previous = last.get(stored.originator_id, draft.previous_hash)
            last[stored.originator_id] = stored.seal(recorded_at, previous)


class RecordMapper(Mapper[UUID]):
    """Stored topic = public name, stored state = the record's bytes; nothing is named by Python path."""

    def __init__(self) -> None:
        super().__init__(JSONTranscoder())

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """Bytes are made by the committer, who alone knows when."""
        if isinstance(domain_event, Snapshotted):
            return StoredEvent(*domain_event)
        return Unsealed(domain_event)

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """The event line is decoded, the head only when asked for."""
        if "#" in stored_event.topic:
            return Snapshotted(
                UUID(str(stored_event.originator_id)), stored_event.originator_version,
                stored_event.topic, stored_event.state,
            )
        record = bytes(stored_event.state)
        event = decode_event(stored_event.topic, event_line(record))
        stream = stored_event.originator_id
        return Recorded(
            stream if isinstance(stream, UUID) else UUID(stream),
            stored_event.originator_version, event, record=record,
        )


def last_hash(records: Sequence[Recorded]) -> str | None:
    """The hash that the next record of a stream must carry."""
    return record_hash(records[-1].record, records[-1].head.algorithm) if records else None
