"""What the contracts say, for programs: JSON Schema, AsyncAPI and a plain list for the CLI.

`python -m contracts.schema --write` renews the two committed files beside this one.
"""

import json
import sys
from pathlib import Path
from typing import Any

import msgspec
from msgspec import inspect

from contracts.correspondence import WRITERS
from contracts.record import Command, Event, Head, Receipt, aggregate_of
from contracts.wire import commands, events, name_of, topic_of

HERE = Path(__file__).parent
EVERYWHERE = "post"
"""The folder of what every service may announce, each on its own exchange."""
WORDS: dict[type[inspect.Type], str] = {
    inspect.UUIDType: "uuid",
    inspect.DateTimeType: "instant",
    inspect.DateType: "date",
    inspect.StrType: "text",
    inspect.IntType: "integer",
    inspect.BoolType: "boolean",
    inspect.AnyType: "any",
}


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of every command, every event, the head and the receipt."""
    kinds = [*commands().values(), *events().values()]
    refs, definitions = _components([*kinds, Head, Receipt], "#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "督导：命令与事件",
        "commands": {name_of(kind): refs[kind] for kind in commands().values()},
        "events": {topic_of(kind): refs[kind] for kind in events().values()},
        "head": refs[Head],
        "receipt": refs[Receipt],
        "$defs": definitions,
    }


def asyncapi() -> dict[str, Any]:
    """AsyncAPI 3.0: what each service announces on its exchange `<service>.events`."""
    refs, definitions = _components([*events().values(), Head], "#/components/schemas/{name}")
    services = sorted(WRITERS)
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "督导：各服务发布的事件", "version": "1"},
        "defaultContentType": "application/x-ndjson",
        "channels": {service: _channel(service) for service in services},
        "operations": {service: _announcing(service) for service in services},
        "components": {
            "messages": {_key(kind): _message(kind, refs) for kind in events().values()},
            "schemas": definitions,
        },
    }


def describe() -> list[dict[str, Any]]:
    """Every command and event as plain data, commands first, in the order of service and module."""
    kinds: list[type[Command | Event]] = [*commands().values(), *events().values()]
    return [_described(kind) for kind in kinds]


def committed() -> dict[Path, str]:
    """The committed files and what they should say."""
    documents = {"schema.json": json_schema(), "asyncapi.json": asyncapi()}
    return {HERE / name: rendered(document) for name, document in documents.items()}


def rendered(document: dict[str, Any]) -> str:
    """The text of a committed document."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _components(
    kinds: list[type[Any]], template: str
) -> tuple[dict[type[Any], dict[str, Any]], dict[str, Any]]:
    refs, definitions = msgspec.json.schema_components(kinds, ref_template=template)
    return dict(zip(kinds, refs, strict=True)), definitions


def _service(kind: type[Command] | type[Event]) -> str:
    return name_of(kind).partition(".")[0]


def _key(kind: type[Event]) -> str:
    # AsyncAPI allows no @ in a key.
    return topic_of(kind).replace("@", "-v")


def _channel(service: str) -> dict[str, Any]:
    keys = [_key(kind) for kind in events().values() if _service(kind) in (service, EVERYWHERE)]
    exchange = {"name": f"{service}.events", "type": "topic", "durable": True, "vhost": "/"}
    return {
        "address": f"{service}.events",
        "description": "路由键为事件名；消息体为记录原文，头、事件各一行。",
        "messages": {key: {"$ref": f"#/components/messages/{key}"} for key in keys},
        "bindings": {"amqp": {"is": "routingKey", "exchange": exchange}},
    }


def _announcing(service: str) -> dict[str, Any]:
    return {"action": "send", "channel": {"$ref": f"#/channels/{service}"}}


def _message(kind: type[Event], refs: dict[type[Any], dict[str, Any]]) -> dict[str, Any]:
    letter = {"position": {"type": "integer"}, "previous": {"type": "integer"}}
    return {
        "name": topic_of(kind),
        "summary": kind.__doc__,
        "headers": {"type": "object", "properties": letter, "required": ["position", "previous"]},
        "payload": {"type": "array", "prefixItems": [refs[Head], refs[kind]], "items": False},
    }


def _described(kind: type[Command] | type[Event]) -> dict[str, Any]:
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)  # noqa: S101 - for the type checker
    said: dict[str, Any] = {
        "name": name_of(kind),
        "kind": "command" if issubclass(kind, Command) else "event",
        "service": _service(kind),
        "aggregate": aggregate_of(kind),
        "fields": [
            {"name": field.encode_name, "type": _word(field.type), "required": field.required}
            for field in info.fields
        ],
        "roles": sorted(role.value for role in getattr(kind, "roles", ())),
        "doc": kind.__doc__ or "",
    }
    if issubclass(kind, Command):
        encoded = {field.name: field.encode_name for field in info.fields}
        said["key"] = [encoded[name] for name in kind.stream_key or (kind.entity_key or "",)]
        said["naturalKey"] = [encoded[name] for name in kind.natural_key]
    return said


def _word(kind: inspect.Type) -> str:
    match kind:
        case inspect.UnionType(types=types):
            return " | ".join(_word(one) for one in types if not isinstance(one, inspect.NoneType))
        case inspect.EnumType(cls=cls):
            return " | ".join(str(one.value) for one in cls)
        case inspect.VarTupleType(item_type=item):
            return f"list of {_word(item)}"
        case inspect.DictType(key_type=key, value_type=value):
            return f"map of {_word(key)} to {_word(value)}"
        case inspect.StructType(cls=cls, fields=fields):
            inner = ", ".join(f"{one.encode_name}: {_word(one.type)}" for one in fields)
            return f"{cls.__name__} {{{inner}}}"
        case _:
            return WORDS[type(kind)]


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        for path, text in committed().items():
            path.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(rendered(json_schema()))
