"""The record: one event type, stored, announced and projected (see README.md beside this file)."""

import hashlib
from collections.abc import Callable
from functools import cache, partial
from typing import Any, ClassVar
from uuid import UUID, uuid5

import msgspec

from contracts.values import (
    Actor,
    Confidentiality,
    Instant,
    PolicyRef,
    Role,
    Tier,
    Value,
    natural_id,
)


class Event(Value):
    """A legal fact; its class name is its public name and is never changed or reused."""

    schema_version: ClassVar[int] = 1


class Command(Value):
    """A wish: the RPC message, the HTTP body, the CLI argument and the scenario step in one.

    Its module names the aggregate it is for. `roles` may send it. `stream_key` names the fields
    that identify the stream: one field that is itself the stream's id, or several that make a
    natural key. `entity_key` names the field of an entity inside an aggregate; a command that has
    only that is brought to its stream by the service's own index. `natural_key` names the fields
    from which a *creating* command's id (the one field of `stream_key`) must follow; empty means
    that the id is free. `protected` names text fields that stand in no record in clear: whoever
    stores or digests the command seals them first.
    """

    roles: ClassVar[frozenset[Role]] = frozenset()
    stream_key: ClassVar[tuple[str, ...]] = ()
    entity_key: ClassVar[str | None] = None
    natural_key: ClassVar[tuple[str, ...]] = ()
    protected: ClassVar[tuple[str, ...]] = ()


class Head(Value, kw_only=True):
    """What every record says beside its event (domain 3.0, event envelope)."""

    event_id: UUID
    type: str
    schema_version: int
    stream: UUID
    version: int
    occurred_at: Instant
    recorded_at: Instant
    jurisdiction: str
    tier: Tier
    owner_path: str
    unit_path: str | None = None
    actor: Actor
    on_behalf_of: UUID | None = None
    reason: str | None = None
    case_ids: tuple[UUID, ...] = ()
    causation_id: UUID | None = None
    correlation_id: UUID | None = None
    policy_refs: tuple[PolicyRef, ...] = ()
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    sealed_until: Instant | None = None
    document_refs: tuple[str, ...] = ()
    algorithm: str
    previous_hash: str | None


class Receipt(Value, kw_only=True):
    """The only thing that travels backwards: where in which log the answer to a command stands."""

    service: str
    position: int


_HEAD_DECODER = msgspec.json.Decoder(Head)
_ENCODER = msgspec.json.Encoder()


def event_id(stream: UUID, version: int) -> UUID:
    """The id of the one record that can ever stand at this place of this stream."""
    return uuid5(stream, str(version))


def seal(head: Head, event: Event) -> bytes:
    """The bytes that are stored, hashed and sent, once and for ever: head line, event line."""
    return _ENCODER.encode(head) + b"\n" + _ENCODER.encode(event) + b"\n"


def record_hash(record: bytes, algorithm: str) -> str:
    """Hexadecimal digest over both lines, line ends included."""
    return str(_hash(algorithm)(record).hexdigest())


@cache
def _hash(algorithm: str) -> Callable[[bytes], Any]:
    """Looked up once: hashlib.new asks OpenSSL for the algorithm by name every time."""
    return getattr(hashlib, algorithm, None) or partial(hashlib.new, algorithm)


def head_line(record: bytes) -> bytes:
    """The first line of a record, without its line end."""
    return record[: record.index(b"\n")]


def event_line(record: bytes) -> bytes:
    """The second line of a record, without its line end."""
    return record[record.index(b"\n") + 1 : -1]


def read_head(record: bytes) -> Head:
    """The head of a record; raises msgspec.ValidationError when it is not one."""
    return _HEAD_DECODER.decode(head_line(record))


def encode(value: Any) -> bytes:
    """JSON of any value of the contracts, in the order of its fields."""
    return _ENCODER.encode(value)


def command_digest(name: str, command: Command, actor: Actor) -> str:
    """What makes a repeated command the same one: SHA-256 over name, actor and body, a line each.

    The body is encoded anew, so that neither spaces nor the order of fields at the door matter.
    """
    lines = (name.encode(), encode(actor), encode(command), b"")
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


def aggregate_of(kind: type[Command] | type[Event]) -> str:
    """Name of the aggregate, from the module: `problem_ledger` is `ProblemLedger`."""
    return kind.__module__.rpartition(".")[2].title().replace("_", "")


def stream_of(command: Command) -> UUID | None:
    """The stream that a command addresses, or None when only an index of the service can tell."""
    key = type(command).stream_key
    if not key:
        return None
    parts = [getattr(command, field) for field in key]
    if len(parts) == 1:
        return UUID(str(parts[0]))
    return natural_id(aggregate_of(type(command)), *parts)


def derived_id(command: Command) -> UUID | None:
    """The id that a creating command must carry when its aggregate is unique by a natural key."""
    key = type(command).natural_key
    if not key:
        return None
    return natural_id(aggregate_of(type(command)), *(getattr(command, field) for field in key))
