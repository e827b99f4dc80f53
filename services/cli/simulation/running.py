"""Running one seed: the story among faults, then everything healed until nothing moves, then the laws."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from contracts.correspondence import HEARS, WRITERS
from services.chassis.parking import Parking
from services.chassis.timers import first_due
from services.cli.simulation.chance import Chance
from services.cli.simulation.laws import breaches
from services.cli.simulation.story import story_of
from services.cli.simulation.witness import WITNESS
from services.cli.simulation.world import World

LOOK, LONGEST = 20, 30_000  # steps
RESTLESS = "the world does not come to rest"


class Outcome(NamedTuple):
    """What one seed led to."""

    seed: int
    struck: Counter[str]
    steps: int
    breaches: tuple[str, ...]
    trace: tuple[str, ...]


def simulate(seed: int, *, calm: bool = False) -> Outcome:
    """The same seed does the same, to the last line of its trace."""
    chance = Chance(seed, calm=calm)
    with _silence():
        world = World(story_of(chance.rng), chance)
        lived = _go_on(world, is_quiet)
        world.heal()
        settled = _go_on(world, is_done)
        Parking(world.application(WITNESS, world.hearing[-1])).retry_all()
        found = [*breaches(world), *([RESTLESS] if LONGEST in (lived, settled) else [])]
    return Outcome(seed, chance.struck, lived + settled, tuple(found), tuple(chance.trace))


@contextmanager
def _silence() -> Iterator[None]:
    """Processes complain of every fault; what is told of a simulation is its trace."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _go_on(world: World, at_rest: Callable[[World], bool]) -> int:
    """Until the story's last hour has come and all is at rest, or too many steps were taken; returns how many."""
    for step in range(1, LONGEST):
        world.turn()
        if step % LOOK == 0 and at_rest(world):
            instant = _next_instant(world)
            world.skip_to(min(instant, world.story.ends))
            if instant > world.story.ends:
                return step
    return LONGEST


def is_quiet(world: World) -> bool:
    """Whether everyone has heard everything that is stored."""
    heads = {name: disk.log.max_notification_id() or 0 for name, disk in world.disks.items()}
    return all(world.casebook.heard(sender) == heads[sender] for sender in WRITERS) and all(
        (world.disks[listener].log.max_tracking_id(sender) or 0) == heads[sender]
        for listener, senders in (*((name, HEARS[name]) for name in world.story.logs), (WITNESS, WRITERS))
        for sender in senders
    )


def is_done(world: World) -> bool:
    """Whether, beside, every letter is confirmed and every page folded."""
    boxes = [world.disks[sender].outbox for sender in WRITERS]
    return is_quiet(world) and world.pages_are_folded() and all(box.relayed() == box.head() for box in boxes)


def _next_instant(world: World) -> datetime:
    """When somebody says something, or something falls due; past the end when nothing does before."""
    late = world.story.ends.max.replace(tzinfo=world.story.ends.tzinfo)
    said = [person.to_say[0].at for person in world.people if person.to_say]
    return min([*said, *(first_due(disk.log) or late for disk in world.disks.values())], default=late)
