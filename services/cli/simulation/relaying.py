"""A service's relay: the real session over a simulated connection, one after the other."""

from typing import Any

from contracts.correspondence import listeners_of
from services.chassis.outbox import Outbox
from services.chassis.relay_session import Pace, RelaySession
from services.cli.simulation.disk import DiskLogs
from services.cli.simulation.mute import MUTE
from services.cli.simulation.process import Process
from services.cli.simulation.wire import Wire
from services.cli.simulation.witness import WITNESS

URL = "amqp://simulated"


class Relaying(Process):
    """As the relay's main does, it begins a new session whenever one has ended."""

    def __init__(self, world: Any, sender: str) -> None:
        super().__init__(world, f"{sender}-relay", sender)
        self._sender = sender
        self._wire: Wire | None = None

    def begin(self) -> None:
        """A new session."""
        outbox = Outbox(DiskLogs(self.world.disks[self._sender], self).process_recorder(), self._sender)
        listeners = (*listeners_of(self._sender), WITNESS)
        window = self.chance.rng.choice((2, 10, 1000))
        RelaySession(outbox, URL, MUTE, listeners, Pace(window), self._connect)

    def _connect(self, _: Any, *, on_open_callback: Any, on_close_callback: Any, **__: Any) -> Wire:
        self._wire = Wire(self.world.broker, self.chance, self._sender, on_open_callback, on_close_callback)
        return self._wire

    def step(self) -> None:
        """One callback of the loop; a session that has ended is followed by another."""
        if self._wire is None or self._wire.ioloop.is_stopped:
            self.begin()
        elif self._wire is not None:
            self._wire.ioloop.step()

    def end(self) -> None:
        """The connection is gone with the process."""
        if self._wire is not None:
            self._wire.is_open = False
            self._wire.ioloop.stop()
