"""Loading: from stored records to an aggregate, with the library's repository, by a plain fold."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.persistence import EventStore

from contracts.record import Head, record_hash
from contracts.values import Confidentiality
from services.chassis.aggregates import Aggregate, charter_of
from services.chassis.facts import Origin
from services.chassis.life_cycle import Refused
from services.chassis.records import Recorded, Snapshotted
from services.chassis.scope import last_of

Fold = Callable[[Any, Iterable[Any]], Any]


class OfAnotherKind(Refused):
    """An id was given that belongs to an aggregate of another kind."""

    def __init__(self, stream: UUID) -> None:
        super().__init__("OF_ANOTHER_KIND", f"编号“{stream}”属于另一类事项")
        self.stream = stream


def nothing_under(key: object) -> Refused:
    """The refusal of a command that names what is not there."""
    return Refused("NOT_FOUND", f"没有编号为“{key}”的事项")


def fold_of(kind: type[Aggregate]) -> Fold:
    """The projector that `Repository.get` takes: snapshot first, then the records after it."""
    def fold(aggregate: Aggregate | None, records: Iterable[Any]) -> Aggregate | None:
        last: Recorded | None = None
        for record in records:
            if isinstance(record, Snapshotted):
                aggregate = msgspec.json.decode(record.state, type=kind)
                continue
            aggregate = _taken(aggregate or kind(stream=record.originator_id), record)
            last = record
        if aggregate is not None and last is not None:
            aggregate.origin = origin_of(last.head)
            aggregate.previous_hash = record_hash(last.record, last.head.algorithm)
        return aggregate

    return fold


def _taken(aggregate: Aggregate, record: Recorded) -> Aggregate:
    try:
        return aggregate.evolve(record.event)
    except KeyError:
        if type(record.event) in charter_of(type(aggregate)).steps:
            raise
        raise OfAnotherKind(record.originator_id) from None


def origin_of(head: Head) -> Origin:
    """To whom a stream belongs, as its last record says."""
    return Origin(
        jurisdiction=head.jurisdiction, tier=head.tier, owner_body=last_of(head.owner_path), owner_path=head.owner_path,
        unit_path=head.unit_path, case_ids=head.case_ids, correlation_id=head.correlation_id,
        confidentiality=_lasting(head.confidentiality), sealed_until=head.sealed_until,
    )


def _lasting(said: Confidentiality) -> Confidentiality:
    """What was published once does not publish what follows."""
    return Confidentiality.INTERNAL if said is Confidentiality.PUBLIC else said


def snapshot_topic(service: str, kind: type[Aggregate]) -> str:
    """Names the aggregate and the version of its fold."""
    return f"{service}.{kind.__name__}#{kind.fold_version}"


def snapshot_of(service: str, aggregate: Aggregate) -> Snapshotted:
    """The fold so far; it stays outside the hash chain and may be thrown away."""
    topic = snapshot_topic(service, type(aggregate))
    return Snapshotted(aggregate.stream, aggregate.version, topic, msgspec.json.encode(aggregate))


class FoldSnapshots(EventStore[UUID]):
    """The snapshot store; what an older fold left behind is not seen."""

    topics: frozenset[str] = frozenset()

    def get(self, originator_id: UUID, **bounds: Any) -> Iterator[Any]:
        """Snapshots of the current folds only."""
        found: Iterator[Any] = super().get(originator_id, **bounds)
        return (snapshot for snapshot in found if snapshot.topic in self.topics)

