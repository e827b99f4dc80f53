"""Real records for tests of the log: an item started, behind the last record of its stream."""

from collections.abc import Sequence
from uuid import UUID

from contracts.record import Head, event_id, record_hash
from contracts.rectification.problem_ledger import ItemStarted
from contracts.values import Tier
from contracts.wire import name_of
from services.chassis.records import Recorded, RecordMapper
from services.chassis.work import EPOCH
from tests.kit.cases import AT, PLACE, POLICY, uid

MAPPER = RecordMapper()


def drafted(stream: UUID, version: int, previous: str | None = None) -> Recorded:
    """A record that waits for the committer to say when."""
    head = Head(
        event_id=event_id(stream, version), type=name_of(ItemStarted), schema_version=1, stream=stream,
        version=version, occurred_at=AT, recorded_at=EPOCH, jurisdiction=PLACE, tier=Tier.COUNTY,
        owner_path=f"990000/{PLACE}/{uid('office')}", actor=POLICY, algorithm="sha256", previous_hash=previous,
    )
    return Recorded(stream, version, ItemStarted(item_id=uid("item")), draft=head)


def commit(log: object, *drafts: Recorded, **also: object) -> Sequence[int]:
    """Store drafts in one commit; returns their positions."""
    return log.insert_events([MAPPER.to_stored_event(draft) for draft in drafts], **also)  # type: ignore[attr-defined]


def stored(log: object, stream: UUID) -> list[Recorded]:
    """A stream as it is in the log."""
    return [MAPPER.to_domain_event(row) for row in log.select_events(stream)]  # type: ignore[attr-defined]


def everything(log: object, after: int = 0) -> list[object]:
    """Every row of the log, as a follower reads it."""
    return list(log.select_notifications(after, 1_000_000, inclusive_of_start=False))  # type: ignore[attr-defined]


def chained(records: Sequence[Recorded]) -> bool:
    """Whether each record names the hash of the one before it."""
    hashes = [None, *(record_hash(record.record, record.head.algorithm) for record in records)]
    return [record.head.previous_hash for record in records] == hashes[:-1]
