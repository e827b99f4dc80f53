"""One unit of work: what a command or a letter leads to, decided whole before anything is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from contracts.record import Command, Event, Head, encode, event_id
from contracts.values import Actor, Confidentiality, PolicyRef
from contracts.wire import name_of
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Origin
from services.chassis.memos import Memo
from services.chassis.records import Recorded

Timer = tuple[datetime, type[Command], Any]
"""When, which command, of which entity."""
KEPT = frozenset({Confidentiality.SEALED_UNTIL, Confidentiality.RESTRICTED})
"""What nobody breaks by asking for less."""
EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A command with everything its records' heads repeat; `scope` is None for service identities."""

    command: Command
    actor: Actor
    at: datetime
    identity: Any = None
    cause: Head | None = None
    reason: str | None = None
    causation_id: UUID | None = None
    correlation_id: UUID | None = None
    document_refs: tuple[str, ...] = ()
    confidentiality: Confidentiality | None = None
    expected_version: int | None = None


@dataclass(slots=True)
class Work:
    """Aggregates touched, records drafted and memos to be written, in one commit."""

    algorithm: str = "sha256"
    aggregates: dict[UUID, Aggregate] = field(default_factory=dict)
    records: list[Recorded] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)

    def draft(
        self, aggregate: Aggregate, events: tuple[Event, ...], intent: Intent,
        origin: Origin, refs: Mapping[str, PolicyRef],
    ) -> None:
        """Put events behind the stream's last record, with their timers and entity index."""
        before, entities = _due(aggregate), set(aggregate.entity_keys())
        for event in events:
            head = self._head(aggregate, event, intent, origin, refs)
            self.records.append(Recorded(aggregate.stream, head.version, event, draft=head))
            aggregate.evolve(event)
            aggregate.previous_hash = None
        if events:
            aggregate.origin = origin
            self.aggregates[aggregate.stream] = aggregate
            self.memos += _due_memos(aggregate.stream, before, _due(aggregate))
            self.memos += [
                Memo("entity", key, str(aggregate.stream).encode())
                for key in aggregate.entity_keys() if key not in entities
            ]

    def _head(
        self, aggregate: Aggregate, event: Event, intent: Intent, origin: Origin,
        refs: Mapping[str, PolicyRef],
    ) -> Head:
        version = aggregate.version + 1
        return Head(
            event_id=event_id(aggregate.stream, version), type=name_of(type(event)),
            schema_version=type(event).schema_version, stream=aggregate.stream, version=version,
            occurred_at=intent.at, recorded_at=EPOCH, jurisdiction=origin.jurisdiction, tier=origin.tier,
            owner_path=origin.owner_path, unit_path=origin.unit_path, actor=intent.actor,
            reason=intent.reason, case_ids=origin.case_ids, causation_id=intent.causation_id,
            correlation_id=intent.correlation_id or origin.correlation_id,
            policy_refs=tuple(refs.values()), document_refs=intent.document_refs,
            confidentiality=_confidentiality(intent, origin), sealed_until=origin.sealed_until,
            algorithm=self.algorithm, previous_hash=aggregate.previous_hash,
        )


def _confidentiality(intent: Intent, origin: Origin) -> Confidentiality:
    """As the sender asks, but nobody breaks a seal or a restriction by asking."""
    if origin.confidentiality in KEPT:
        return origin.confidentiality
    return intent.confidentiality or origin.confidentiality


def instant_key(instant: datetime) -> str:
    """An instant as text that sorts as time does."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def timer_id(stream: UUID, command: Command, due_at: datetime) -> UUID:
    """The id of the one command that a timer can send: uuid5(stream, name and entity, instant)."""
    entity = getattr(command, type(command).entity_key or "", "")
    return uuid5(stream, f"{type(command).__name__}/{entity}/{instant_key(due_at)}")


def _due(aggregate: Aggregate) -> dict[Timer, Command]:
    return {
        (due_at, type(command), getattr(command, type(command).entity_key or "", "")): command
        for due_at, command in aggregate.timers()
    }


def _due_memos(stream: UUID, before: Mapping[Timer, Command], after: Mapping[Timer, Command]) -> list[Memo]:
    """Only what changed is written out: a long list has many timers, a command moves one."""
    gone = [Memo("due", _due_key(stream, timer), None) for timer in before if timer not in after]
    new = [Memo("due", _due_key(stream, timer), encode(after[timer])) for timer in after if timer not in before]
    return gone + new


def _due_key(stream: UUID, timer: Timer) -> str:
    due_at, kind, entity = timer
    return f"{instant_key(due_at)}|{stream}|{name_of(kind)}|{entity}"
