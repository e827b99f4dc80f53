"""The witness: it hears every sender and writes one record for each letter, under a fresh id, so that two are seen."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from contracts.letter import Letter
from contracts.record import Command, Event
from contracts.registry.body import BodyKind, RegisterBody
from contracts.values import Tier
from contracts.wire import name_of
from services.chassis.aggregates import charter_of
from services.chassis.announcing import all_letters
from services.chassis.application import ServiceApplication
from services.chassis.clock import HandClock
from services.chassis.identity import TokenReader, new_key
from services.chassis.listening import Listener, Policy
from services.chassis.log_memory import MemoryLog, MemoryLogs
from services.cli.simulation.story import PLACE, Story
from services.cli.wiring import SERVICES

WITNESS = "witness"
Parent: Any = SERVICES["registry"]


class Broken(Exception):
    """The witness's program is at fault, until it is mended."""


class Witness(Parent):
    """A registry of what was heard; `fails` says whether its program is at fault at this moment."""

    name = WITNESS
    fails: Callable[[Letter], bool] = staticmethod(lambda _: False)
    fresh: Callable[[], UUID]


def _noted(app: Any, letter: Letter) -> Iterable[Command]:
    if app.fails(letter):
        raise Broken(repr(letter))
    yield RegisterBody(
        body_id=app.fresh(), kind=BodyKind.OFFICE, tier=Tier.COUNTY, placement=PLACE,
        name=f"{letter.sender} {letter.position}",
    )


def every_event() -> Iterable[type[Event]]:
    """What the services can say."""
    kinds: Iterable[type[ServiceApplication]] = SERVICES.values()
    return (event for app in kinds for kind in app.aggregates for event in charter_of(kind).steps)


Witness.policies = {name_of(event): Policy(_noted) for event in every_event()}


class Copyist(Witness):
    """The witness before the story begins: it keeps its copies and writes nothing."""

    policies: ClassVar[Mapping[str, Any]] = {}


def witness_log(story: Story) -> MemoryLog:
    """A witness that has heard everything up to the beginning."""
    logs, clock = MemoryLogs(HandClock(story.begins)), HandClock(story.begins)
    app = Copyist(logs, TokenReader(new_key(), clock), clock)
    listener = Listener(app, lambda _, __: [])
    for sender, log in story.logs.items():
        if log.max_notification_id():
            listener.hear(list(all_letters(log, sender)))
    return logs.log
