"""Builds one example of every contract from its types alone, always the same one."""

from datetime import UTC, datetime
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from msgspec import inspect

from contracts.record import Event, Head, event_id, seal
from contracts.values import Actor, Confidentiality, PolicyRef, Role, Tier
from contracts.wire import name_of

INSTANT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TEXTS = {
    "code": "990101",
    "jurisdiction": "990101",
    "placement": "990101",
    "locatedIn": "990101",
    "url": "https://example.org/zhenggai/1",
    "number": "督办〔2026〕1号",
}


def example_id(name: str) -> UUID:
    """The id that a field of this name has in every example."""
    return uuid5(NAMESPACE_URL, f"urn:dudao:example:{name}")


def example(kind: type[Any]) -> Any:
    """An instance of a Struct with every field filled, optional ones too."""
    return msgspec.convert(_struct(kind), kind)


def plain(kind: type[Any]) -> dict[str, Any]:
    """The same example as plain JSON data."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(example(kind)))
    return found


def head_of(kind: type[Event]) -> Head:
    """A head in which every field is filled and whose event is the first of its stream."""
    stream = example_id("stream")
    ref = PolicyRef(
        key="rectification.order.enabled",
        asked_for="990101",
        found_at="990000",
        version=1,
        digest=sha256(b"policy").hexdigest(),
        clause="§11",
    )
    return Head(
        event_id=event_id(stream, 1),
        type=name_of(kind),
        schema_version=kind.schema_version,
        stream=stream,
        version=1,
        occurred_at=INSTANT,
        recorded_at=INSTANT,
        jurisdiction="990101",
        tier=Tier.COUNTY,
        owner_path="990000/990101/office",
        unit_path="990000/990101/school",
        actor=Actor(
            person_id=example_id("personId"),
            role=Role.OFFICE_STAFF,
            body_id=example_id("bodyId"),
            unit_id=example_id("unitId"),
            acts_for=example_id("actsFor"),
        ),
        on_behalf_of=example_id("onBehalfOf"),
        reason="示例",
        case_ids=(example_id("caseId"),),
        causation_id=example_id("causationId"),
        correlation_id=example_id("correlationId"),
        policy_refs=(ref,),
        confidentiality=Confidentiality.SEALED_UNTIL,
        sealed_until=INSTANT,
        document_refs=(sha256(b"document").hexdigest(),),
        algorithm="sha256",
        previous_hash=None,
    )


def record_of(kind: type[Event]) -> bytes:
    """The bytes of an example record."""
    return seal(head_of(kind), example(kind))


def _struct(kind: type[Any]) -> dict[str, Any]:
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    return {field.encode_name: _field(field) for field in info.fields}


def _field(field: inspect.Field) -> Any:
    """A value that is not the default, so that it is written."""
    if isinstance(field.default, Enum):
        return next(one for one in type(field.default) if one is not field.default).value
    return _value(field.type, field.encode_name)


def _value(kind: inspect.Type, name: str) -> Any:
    match kind:
        case inspect.UnionType(types=types):
            return _value(next(t for t in types if not isinstance(t, inspect.NoneType)), name)
        case inspect.StructType(cls=cls):
            return _struct(cls)
        case inspect.EnumType(cls=cls):
            return next(iter(cls)).value
        case inspect.VarTupleType(item_type=item):
            return [_value(item, name)]
        case inspect.DictType(key_type=key, value_type=value):
            return {_value(key, name): _value(value, name)}
        case _:
            return _scalar(kind, name)


def _scalar(kind: inspect.Type, name: str) -> Any:
    least = kind.ge if isinstance(kind, inspect.IntType) and kind.ge is not None else 3
    scalars: dict[type[inspect.Type], Any] = {
        inspect.UUIDType: str(example_id(name)),
        inspect.DateTimeType: INSTANT.isoformat(),
        inspect.DateType: INSTANT.date().isoformat(),
        inspect.StrType: _text(name),
        inspect.IntType: least,
        inspect.BoolType: True,
        inspect.AnyType: {"min": "1/5"},
    }
    return scalars[type(kind)]


def _text(name: str) -> str:
    if "hash" in name.lower():
        return sha256(name.encode()).hexdigest()
    return TEXTS.get(name, f"示例 {name}")
