"""The story: a stretch of the demonstration's year, first played quietly, so that it is known what must come of it."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from contracts.letter import Letter
from contracts.record import Command
from services.chassis.announcing import all_letters
from services.chassis.clock import HandClock
from services.chassis.identity import Identity
from services.chassis.log_memory import MemoryLog
from services.cli.demo.county import COUNTY, County
from services.cli.demo.scales import SIZES, Scale
from services.cli.demo.stage import Stage
from services.cli.demo.year import FIRST_DAY, begin, settle
from services.cli.scenario.chronicle import Chronicle
from services.cli.scenario.names import Names
from services.cli.wiring import embedded

PLACE = COUNTY
STRETCH, STRETCHES = timedelta(days=7), 14
YEARS = 2
"""Different years, by the seed of the demonstration's own dice."""
Told = tuple[str, str, UUID]
"""Sender, topic, stream."""


class Said(NamedTuple):
    """A command as it was said in the quiet: when, by whom, under which id."""

    at: datetime
    who: Identity
    command: Command
    command_id: UUID


class Story(NamedTuple):
    """A stretch: when it begins and ends, what was stored and told before, what is said in it, what came of it."""

    begins: datetime
    ends: datetime
    logs: Mapping[str, MemoryLog]
    before: tuple[Letter, ...]
    said: tuple[Said, ...]
    told: Counter[Told]
    caused: Counter[UUID]


class Noting:
    """A town that remembers what was said in it."""

    def __init__(self, town: Any) -> None:
        self._town, self.said = town, list[Said]()

    def submit(self, who: Identity, command: Command, *, command_id: UUID) -> None:
        """Remember and pass on."""
        self.said.append(Said(self._town.clock.now, who, command, command_id))
        self._town.submit(who, command, command_id=command_id)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._town, name)


def story_of(rng: Random) -> Story:
    """One of the stretches of one of the years."""
    stories = year_of(rng.randrange(YEARS))
    return stories[rng.randrange(len(stories))]


@cache
def year_of(seed: int) -> tuple[Story, ...]:
    """Every stretch of a year in which something is said; the same in every process."""
    chronicle, names, size = Chronicle(), Names("simulation"), SIZES[Scale.TINY]
    deployment = embedded(None, HandClock(FIRST_DAY), hearers=(chronicle,))
    settle(deployment, names)
    noting: Any = Noting(deployment.town)
    stage = Stage(noting, names, chronicle, Random(seed))  # noqa: S311 - a story, not a secret
    begin(stage, County(), size, size.tempers[0])
    made = [_stretch(stage, noting, FIRST_DAY + STRETCH * number) for number in range(1, STRETCHES + 1)]
    return tuple(story for story in made if story.said)


def _stretch(stage: Stage, noting: Noting, ends: datetime) -> Story:
    begins, before, said = stage.town.clock.now, _logs(stage), len(noting.said)
    stage.run(ends)
    letters = [letter for name, log in _logs(stage).items() for letter in _since(log, name, before[name])]
    told = Counter((each.sender, each.topic, each.head.stream) for each in letters)
    caused = Counter(each.head.causation_id for each in letters if each.head.causation_id)
    earlier = tuple(letter for name, log in before.items() for letter in all_letters(log, name))
    return Story(begins, ends, before, earlier, tuple(noting.said[said:]), told, caused)


def _logs(stage: Stage) -> dict[str, MemoryLog]:
    return {name: app.recorder.copy(stage.town.clock) for name, app in stage.town.services.items()}  # type: ignore[attr-defined]


def _since(log: MemoryLog, sender: str, before: MemoryLog) -> list[Letter]:
    return list(all_letters(log, sender, before.max_notification_id() or 0))
