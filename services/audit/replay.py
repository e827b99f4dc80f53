"""Replay: the state of everything a case speaks of, folded without knowing any service's rules.

An auditor's state is generic: for every field the last value that an event gave it, and who gave
it, when and why. It needs no code of the service that wrote it, nor is it coloured by that code.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from contracts.letter import Letter
from contracts.record import event_line
from contracts.values import Actor
from contracts.wire import WireError, commands

LAST_EVENT = "lastEvent"
"""The one field that every letter sets: the public name of its event."""


class Subject(NamedTuple):
    """What has a state: a stream, or an entity on it (an item of a list)."""

    stream: UUID
    entity: str = ""


class Said(NamedTuple):
    """A value, and the letter that brought it about; saying the same again does not count."""

    value: Any
    number: int
    event: str
    who: Actor
    when: datetime
    recorded_at: datetime
    why: str | None


class State(NamedTuple):
    """The stream's version at the last letter about the subject, and its fields by wire name."""

    service: str
    version: int
    fields: Mapping[str, Said]


class Changed(NamedTuple):
    """A field that is different at two moments; None where it was never said."""

    subject: Subject
    field: str
    old: Any
    new: Any
    said: Said


States = dict[Subject, State]


def replayed(filed: Iterable[tuple[int, Letter]]) -> States:
    """Fold letters in order into the state of every subject."""
    states: States = {}
    for number, letter in filed:
        subject = subject_of(letter)
        before = states.get(subject)
        fields = dict(before.fields) if before else {}
        told = {**fields_of(letter), LAST_EVENT: letter.name}
        said = _said(number, letter, letter.head.reason or told.get("reason"))
        for field, value in told.items():
            if field not in fields or fields[field].value != value:
                fields[field] = said._replace(value=value)
        states[subject] = State(letter.sender, letter.head.version, fields)
    return states


def differences(earlier: States, later: States) -> list[Changed]:
    """Only the fields whose values really differ, in the order of the letters that changed them."""
    rows = [
        Changed(subject, field, _value(old), _value(new), new or old)
        for subject, field, old, new in _pairs(earlier, later) if _value(old) != _value(new)
    ]
    return sorted(rows, key=lambda row: (row.said.number, row.subject, row.field))


def _pairs(earlier: States, later: States) -> Iterator[tuple[Subject, str, Any, Any]]:
    for subject in earlier.keys() | later.keys():
        old, new = _fields(earlier, subject), _fields(later, subject)
        for field in old.keys() | new.keys():
            yield subject, field, old.get(field), new.get(field)


def _fields(states: States, subject: Subject) -> Mapping[str, Said]:
    return states[subject].fields if subject in states else {}


def _value(said: Said | None) -> Any:
    return None if said is None else said.value


def _said(number: int, letter: Letter, why: str | None) -> Said:
    head = letter.head
    return Said(None, number, letter.name, head.actor, head.occurred_at, head.recorded_at, why)


def fields_of(letter: Letter) -> Mapping[str, Any]:
    """What an event says, as plain JSON values by wire name; an empty optional field says nothing.

    An event that this version cannot read is shown as it is stored.
    """
    try:
        event = letter.event
    except WireError:
        stored: dict[str, Any] = msgspec.json.decode(event_line(letter.record))
        return stored
    told = {}
    for field in msgspec.structs.fields(event):
        value = getattr(event, field.name)
        if value is not None or field.required:
            told[field.encode_name] = msgspec.to_builtins(value)
    return told


def subject_of(letter: Letter) -> Subject:
    """The entity an event speaks of, if its aggregate's commands declare one; else its stream."""
    try:
        event = letter.event
    except WireError:
        return Subject(letter.head.stream)
    for key in entity_keys().get(type(event).__module__, ()):
        entity = getattr(event, key, None)
        if entity is not None:
            return Subject(letter.head.stream, str(entity))
    return Subject(letter.head.stream)


@cache
def entity_keys() -> Mapping[str, tuple[str, ...]]:
    """By module of the contracts: the fields that name an entity inside the aggregate."""
    keys: dict[str, dict[str, None]] = {}
    for kind in commands().values():
        if kind.entity_key:
            keys.setdefault(kind.__module__, {})[kind.entity_key] = None
    return {module: tuple(named) for module, named in keys.items()}
