"""Repetition: whether a command says again what an event has said, and no more."""

from typing import Any

import msgspec

from contracts.record import Command, Event


def repeats_by_name(command: Command, event: Any) -> bool:
    """By name; where a name means another thing in the event, the aggregate has a `repeats_<command>` of its own.

    What the command leaves at its default was for the system to decide.
    """
    said = msgspec.to_builtins(command)
    names = zip(command.__struct_fields__, command.__struct_encode_fields__, strict=True)
    asked = [field for field, written in names if written in said and hasattr(event, field)]
    return all(getattr(command, field) == getattr(event, field) for field in asked)


def whole(found: Any, kind: type[Event]) -> Event:
    """An event remembered in a snapshot is plain until it is asked for."""
    return found if isinstance(found, kind) else msgspec.convert(found, kind)
