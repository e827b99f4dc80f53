"""The world of one seed: its processes take steps in an order that the dice give, and time goes on between them."""

from collections import defaultdict
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.identity import TokenReader, TokenSigner, new_key
from services.chassis.pages_memory import MemoryPages
from services.chassis.vault import MemoryRows
from services.cli.simulation.broker import Broker
from services.cli.simulation.chance import Chance
from services.cli.simulation.disk import Disk, DiskLogs
from services.cli.simulation.doors import Doors
from services.cli.simulation.hearing import ServiceHearing
from services.cli.simulation.people import Person
from services.cli.simulation.process import Process
from services.cli.simulation.reading import READING, AuditHearing, Projecting
from services.cli.simulation.relaying import Relaying
from services.cli.simulation.story import Said, Story
from services.cli.simulation.witness import WITNESS, Witness, witness_log
from services.cli.wiring import SERVICES
from services.reporting.views import VIEWS

MOMENTS = (0.01, 0.1, 0.5, 2.0)  # seconds between two steps
SLEEP = 600.0
DEPTH, FASTER, WHILE_FOLDING = 2, 10, 100
KEY = new_key()


class World:
    """Disks, a broker, processes and people; time is the dice's."""

    def __init__(self, story: Story, chance: Chance) -> None:
        self.story, self.chance = story, chance
        self.broker, self.casebook, self.pages = Broker(chance), MemoryCasebook(), MemoryPages()
        self.casebook.file(story.before)
        self.disks = {name: Disk(name, log, self.now) for name, log in story.logs.items()}
        self.disks[WITNESS] = Disk(WITNESS, witness_log(story), self.now)
        self.signer = TokenSigner(KEY, self.now)
        self._keys, self._depth = MemoryRows(), 0
        self._spoiled: dict[Letter, bool] = {}
        self.people = [Person(self, said) for said in _by_person(story)]

    @cached_property
    def doors(self) -> dict[str, list[Doors]]:
        """Two processes for each service."""
        return {service: [Doors(self, service, number) for number in (1, 2)] for service in SERVICES}

    @cached_property
    def hearing(self) -> list[ServiceHearing]:
        """The subscribers of the services and of the witness; perhaps one of them has a twin."""
        listeners = [*SERVICES, WITNESS]
        if self.chance.strikes("twin", "world"):
            listeners.insert(0, self.chance.rng.choice(listeners))
        return [ServiceHearing(self, service) for service in listeners]

    @cached_property
    def processes(self) -> list[Process]:
        """Everyone who takes steps, but for the people."""
        return [
            *(doors for both in self.doors.values() for doors in both), *self.hearing,
            *(Relaying(self, service) for service in SERVICES), AuditHearing(self), Projecting(self, 1),
            Projecting(self, 2),
        ]

    @cached_property
    def _everyone(self) -> list[Any]:
        """Doors take their turn when they are asked; projectors have little to do."""
        busy = [each for each in self.processes if not isinstance(each, Doors | Projecting)]
        return [*busy * 3, *self.people * 3, *(each for each in self.processes if isinstance(each, Projecting))]

    # --- what processes find ------------------------------------------------------------------------

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return self.chance.seconds

    def now(self, offset: float = 0.0) -> datetime:
        """The true time, or that of a clock which goes wrong by some seconds."""
        return self.story.begins + timedelta(seconds=self.seconds + offset)

    def fresh(self) -> UUID:
        """An id that nobody has had."""
        return UUID(int=self.chance.rng.getrandbits(128), version=4)

    def application(self, service: str, process: Process) -> Any:
        """A service's application, as one process opens it."""
        kind: Any = Witness if service == WITNESS else SERVICES[service]
        logs = DiskLogs(self.disks[service], process)
        app = kind(logs, TokenReader(KEY, process.clock), process.clock, keys=self._keys)
        if service == WITNESS:
            app.fails, app.fresh = self._spoils, self.fresh
        return app

    def _spoils(self, letter: Letter) -> bool:
        """A letter over which the program fails once, it fails over until it is mended."""
        if letter not in self._spoiled:
            self._spoiled[letter] = self.chance.strikes("program-error", f"{WITNESS} {letter!r}")
        return self._spoiled[letter]

    def doors_of(self, service: str) -> Doors:
        """Whichever of the two is asked."""
        return self.chance.rng.choice(self.doors[service])

    # --- time -----------------------------------------------------------------------------------------

    def turn(self) -> None:
        """Somebody takes a step; a moment passes, or, seldom, minutes."""
        rng = self.chance.rng
        rng.choice(self._everyone).turn()
        self.chance.seconds += rng.choice(MOMENTS)
        if self.chance.strikes("slept", "world"):
            self.chance.seconds += rng.uniform(1, SLEEP)

    def let_others_go_first(self, process: Process) -> None:
        """Some steps of others in the midst of one's own, mostly of those who write to the same place."""
        if self._depth >= DEPTH:
            return
        self._depth += 1
        rivals: list[Any] = [each for each in self.processes if each.group == process.group]
        rivals += [self] * len(rivals) if process.group == READING else self.people
        for _ in range(self.chance.rng.randrange(1, WHILE_FOLDING if process.group == READING else FASTER)):
            self.chance.rng.choice((*rivals, self)).turn()
        self._depth -= 1

    def heal(self) -> None:
        """Nothing fails from now on, and clocks are set right."""
        self.chance.heal()
        self._spoiled.clear()
        for process in self.processes:
            process.offset = 0.0

    def pages_are_folded(self) -> bool:
        """Whether the pages have followed the casebook to its end."""
        current = [self.pages.current(view.shelf) for view in VIEWS.values()]
        return all(name is not None and self.pages.number(name) == self.casebook.last_number() for name in current)

    def skip_to(self, instant: datetime) -> None:
        """Nothing happens until then."""
        self.chance.seconds = max(self.seconds, (instant - self.story.begins).total_seconds())


def _by_person(story: Story) -> list[list[Said]]:
    found: dict[UUID, list[Said]] = defaultdict(list)
    for said in story.said:
        found[said.who.person_id].append(said)
    return list(found.values())
