"""Names on the wire: public name to class and back, old versions lifted, errors in Chinese."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any

import msgspec

import contracts
from contracts.record import Command, Event

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


class WireError(Exception):
    """What came in is not of the contracts: a stable code and a sentence in Chinese."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence


def name_of(kind: type[Event] | type[Command]) -> str:
    """Public name, `service.ClassName`; the service is the folder below `contracts`."""
    return f"{kind.__module__.split('.')[1]}.{kind.__name__}"


def addressee_of(command: Command) -> str:
    """The service that a command is for: the listener that it names, else the folder of its class."""
    return getattr(command, "listener", None) or name_of(type(command)).partition(".")[0]


def topic_of(kind: type[Event]) -> str:
    """Stored topic: the public name, with `@version` from schema version 2 on."""
    version = kind.schema_version
    return name_of(kind) if version == 1 else f"{name_of(kind)}@{version}"


@cache
def modules() -> tuple[ModuleType, ...]:
    """Every aggregate's module of the contracts, in the order of service and name."""
    return tuple(importlib.import_module(name) for name in sorted(_module_names()))


def _module_names() -> Iterator[str]:
    for found in pkgutil.walk_packages(contracts.__path__, "contracts."):
        if not found.ispkg and found.name.count(".") == 2:
            yield found.name


def _members(root: type[Any]) -> Iterator[type[Any]]:
    for module in modules():
        for member in vars(module).values():
            if isinstance(member, type) and issubclass(member, root) and _own(member, module):
                yield member


def _own(kind: type[Any], module: ModuleType) -> bool:
    return kind.__module__ == module.__name__ and not kind.__name__.startswith("_")


@cache
def events() -> Mapping[str, type[Event]]:
    """Every event by public name."""
    return {name_of(kind): kind for kind in _members(Event)}


@cache
def commands() -> Mapping[str, type[Command]]:
    """Every command by public name."""
    return {name_of(kind): kind for kind in _members(Command)}


@cache
def upcasters() -> Mapping[str, Upcaster]:
    """By stored topic of the *old* version: what lifts it one up. A module declares `UPCASTERS`."""
    lifts: dict[str, Upcaster] = {}
    for module in modules():
        lifts |= getattr(module, "UPCASTERS", {})
    return lifts


@cache
def _decoder(topic: str) -> Callable[[bytes], Event]:
    kind = events().get(topic.partition("@")[0])
    if kind is None:
        raise WireError("EVENT_UNKNOWN", f"本版本不认识事件“{topic}”，日志可能来自更新的版本")
    if topic == topic_of(kind):
        return msgspec.json.Decoder(kind).decode
    if topic not in upcasters():
        raise WireError("SCHEMA_NEWER", f"事件“{topic}”的版本比本程序新，请先升级程序")
    return lambda line: _lifted(topic, kind, msgspec.json.decode(line))


def _lifted(topic: str, kind: type[Event], fields: dict[str, Any]) -> Event:
    while topic != topic_of(kind):
        fields = upcasters()[topic](fields)
        name, _, version = topic.partition("@")
        topic = f"{name}@{int(version or 1) + 1}"
    return msgspec.convert(fields, kind)


def decode_event(topic: str, line: bytes) -> Event:
    """The event of a stored line; raises WireError when this version cannot read it."""
    try:
        return _decoder(topic)(line)
    except msgspec.DecodeError as error:
        raise WireError("EVENT_INVALID", f"事件“{topic}”的内容与本版本不符：{error}") from None


def command_class(name: str) -> type[Command]:
    """The class of a command's public name; raises WireError COMMAND_UNKNOWN."""
    try:
        return commands()[name]
    except KeyError:
        raise WireError("COMMAND_UNKNOWN", f"没有名为“{name}”的命令") from None


def read_command(name: str, body: Mapping[str, Any] | bytes) -> Command:
    """A command from JSON or plain data; raises WireError COMMAND_UNKNOWN or FIELD_INVALID."""
    kind = command_class(name)
    try:
        if isinstance(body, bytes):
            return msgspec.json.decode(body, type=kind)
        return msgspec.convert(body, kind, strict=False)
    except msgspec.DecodeError as error:
        raise WireError("FIELD_INVALID", f"命令“{name}”的字段不合要求：{error}") from None
