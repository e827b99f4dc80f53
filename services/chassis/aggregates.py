"""Aggregates: decide above, evolve below, both driven by the life-cycle tables."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, ClassVar, NamedTuple, Self, TypeVar
from uuid import UUID

import msgspec

from contracts.record import Command, Event
from services.chassis.facts import Facts, Origin
from services.chassis.life_cycle import NEW, SAME, LifeCycle, Refused, Row
from services.chassis.repetition import repeats_by_name, whole

Made = TypeVar("Made", bound=Event)
Timers = Iterable[tuple[Any, Command]]


class Said(msgspec.Struct):
    """The first and the last thing recorded of a subject, so that saying it again is quiet."""

    first: str
    first_event: Any
    last: str
    last_event: Any


class Entity(msgspec.Struct, kw_only=True):
    """A thing with a state of its own inside an aggregate."""

    state: str = NEW


class Aggregate(msgspec.Struct, kw_only=True):
    """One stream. The attributes of its class take the values of event fields of the same name.

    What stands here belongs to the stream itself: an event's `version` or `origin` means something else.
    """

    life_cycles: ClassVar[tuple[LifeCycle, ...]] = ()
    fold_version: ClassVar[int] = 1
    snapshot_every: ClassVar[int | None] = None
    stream: UUID
    version: int = 0
    state: str = NEW
    previous_hash: str | None = None
    origin: Origin | None = None
    said: dict[str, Said] = {}

    def decide(self, command: Command, facts: Facts) -> tuple[Event, ...]:
        """The events that follow, none when it is already so; raises Refused."""
        charter = charter_of(type(self))
        cycle, rows = charter.rows[type(command)]
        subject = self.subject(cycle, command)
        facts.whole = self
        for guard in {guard: None for line in rows for guard in line.who}:
            guard.check(subject, command, facts)
        if self._already_said(cycle, rows, command):
            return ()
        line = _row_from(cycle, rows, subject.state)
        for guard in line.when:
            guard.check(subject, command, facts)
        return self._events(line, subject, command, facts)

    def subject(self, cycle: LifeCycle, said: Command | Event) -> Any:
        """The aggregate itself, or the entity meant (a fresh one when it is not there yet)."""
        return self._at(cycle, cycle.key_of(said))

    def _at(self, cycle: LifeCycle, key: str) -> Any:
        if cycle.entities is None:
            return self
        attribute, _, kind = cycle.entities
        return getattr(self, attribute).get(key) or kind()

    def _already_said(self, cycle: LifeCycle, rows: tuple[Row, ...], command: Command) -> bool:
        said = self.said.get(cycle.key_of(command))
        if said is None:
            return False
        kinds = {event.__name__: event for line in rows for event in line.outcome}
        creates = any(line.source == NEW for line in rows)
        repeats = getattr(self, f"repeats_{_snake(type(command).__name__)}", repeats_by_name)
        asked = [(said.last, said.last_event), *([(said.first, said.first_event)] if creates else [])]
        return any(name in kinds and repeats(command, whole(found, kinds[name])) for name, found in asked)

    def _events(self, line: Row, subject: Any, command: Command, facts: Facts) -> tuple[Event, ...]:
        special = getattr(self, _snake(type(command).__name__), None)
        if special is None:
            (kind,) = line.outcome
            special_fields = {name: take(facts) for name, take in line.fills.items()}
            return (fill(kind, command, facts, **special_fields),)
        made = special(subject, command, facts)
        return made if isinstance(made, tuple) else (made,)

    def evolve(self, event: Event) -> Self:
        """Take in one event; never refuses, reads nothing else."""
        step = charter_of(type(self)).steps[type(event)]
        key = step.cycle.key_of(event)
        subject = self._at(step.cycle, key)
        if step.cycle.entities is not None:
            getattr(self, step.cycle.entities[0])[key] = subject
        for name in step.absorbed:
            setattr(subject, name, getattr(event, name))
        if step.target is not None:
            subject.state = step.target
        if step.hook is not None:
            step.hook(self, subject, event)
        self._remember(key, type(event).__name__, event)
        self.version += 1
        return self

    def _remember(self, key: str, name: str, event: Event) -> None:
        said = self.said.get(key)
        if said is None:
            self.said[key] = Said(name, event, name, event)
        else:
            said.last, said.last_event = name, event

    def timers(self) -> Timers:
        """What falls due, as (instant, command to send then)."""
        return ()

    def entity_keys(self) -> Iterable[str]:
        """Ids by which entities of this stream are found from outside: where a command names the entity only."""
        for cycle in self.life_cycles:
            if cycle.entities is not None and any(not line.command.stream_key for line in cycle.rows):
                yield from getattr(self, cycle.entities[0])


def every_kind(base: type[Aggregate] = Aggregate) -> Iterable[type[Aggregate]]:
    """Every aggregate class that was imported and has a table."""
    for kind in base.__subclasses__():
        yield from ((kind,) if kind.life_cycles else ())
        yield from every_kind(kind)


def fill(kind: type[Made], command: Command, facts: Facts, **special: Any) -> Made:
    """An event from `special`, the command's fields of the same name, and what was looked up."""
    values: dict[str, Any] = {}
    for name in kind.__struct_fields__:
        if name in special:
            values[name] = special[name]
        elif getattr(command, name, None) is not None:
            values[name] = getattr(command, name)
        elif name in facts.given:
            values[name] = facts.given[name]
    return kind(**values)


class Step(NamedTuple):
    """How one event type is taken in."""

    cycle: LifeCycle
    target: str | None
    absorbed: tuple[str, ...]
    hook: Callable[[Any, Any, Any], None] | None


class Charter(NamedTuple):
    """An aggregate class read once: rows by command, steps by event."""

    rows: Mapping[type[Command], tuple[LifeCycle, tuple[Row, ...]]]
    steps: Mapping[type[Event], Step]


@cache
def charter_of(kind: type[Aggregate]) -> Charter:
    """What the tables of an aggregate class say."""
    rows: dict[type[Command], tuple[LifeCycle, tuple[Row, ...]]] = {}
    steps: dict[type[Event], Step] = {}
    for cycle in kind.life_cycles:
        for line in cycle.rows:
            rows[line.command] = (cycle, (*rows.get(line.command, (cycle, ()))[1], line))
            for event, target in line.outcome.items():
                steps[event] = _step(kind, cycle, event, target)
    return Charter(rows, steps)


def _step(kind: type[Aggregate], cycle: LifeCycle, event: type[Event], target: str) -> Step:
    subject = kind if cycle.entities is None else cycle.entities[2]
    names = () if event in cycle.apart else event.__struct_fields__
    own = Aggregate.__struct_fields__ if cycle.entities is None else ()
    absorbed = tuple(name for name in names if name in subject.__struct_fields__ and name not in own)
    fixed = None if target == SAME or " or " in target else target
    return Step(cycle, fixed, absorbed, getattr(kind, f"on_{_snake(event.__name__)}", None))


def _row_from(cycle: LifeCycle, rows: tuple[Row, ...], state: str) -> Row:
    for line in rows:
        if state in cycle.sources(line):
            return line
    if state == NEW:
        raise Refused("NOT_FOUND", f"没有这个{cycle.label}")
    raise Refused("STATE_NOT_ALLOWED", f"{cycle.label}现为“{state}”状态，不能执行此操作")


@cache
def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
