"""A service's doors: the real desk, and what is asked of it over a network that loses questions and answers."""

from collections.abc import Sequence
from typing import Any

from contracts.correspondence import listeners_of
from contracts.letter import Letter
from services.chassis.desk import Desk
from services.chassis.replies import PAGE, NoAnswer, Reply, letters_in
from services.cli.simulation.mute import MUTE
from services.cli.simulation.process import Died, Process
from services.cli.simulation.witness import WITNESS


class Doors(Process):
    """One of the processes in which a service's doors stand."""

    def __init__(self, world: Any, service: str, number: int) -> None:
        super().__init__(world, f"{service}-doors-{number}", service)
        self.service = service
        self._desk: Desk | None = None

    def begin(self) -> None:
        """Open the log and the desk."""
        app = self.world.application(self.service, self)
        listeners = (*listeners_of(self.service), WITNESS)
        self._desk = Desk(app, MUTE, listeners)

    def end(self) -> None:
        """The desk is gone."""
        self._desk = None

    def ask(self, method: str, *arguments: Any) -> Reply:
        """What the desk answers; raises NoAnswer when it is down, busy, or dies over it."""
        self.turn()
        if self._desk is None or self.is_running:
            raise NoAnswer(f"{self.name} does not answer")
        self.is_running = True
        try:
            reply: Reply = getattr(self._desk, method)(*arguments)
        except Died:
            self.die()
            raise NoAnswer(f"{self.name} died") from None
        finally:
            self.is_running = False
        return reply


class Asking:
    """What a listener uses to ask senders for letters."""

    def __init__(self, listener: Process, name: str) -> None:
        self._listener, self._name, self._world = listener, name, listener.world

    def announcements(self, sender: str, after: int) -> Sequence[Letter]:
        """A sender's letters after a position; raises NoAnswer."""
        chance = self._world.chance
        if chance.strikes("no-answer", self._listener.name):
            raise NoAnswer("lost")
        limit = chance.rng.choice((1, 5, PAGE))
        return letters_in(self._world.doors_of(sender).ask("announcements", after, limit, self._name), sender)
