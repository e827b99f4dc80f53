"""Those who hear: the real lines of a listener, fed by queues that are cut and deliver again."""

from collections.abc import Sequence
from typing import Any

import services.chassis.line as chassis_line
from contracts.correspondence import HEARS, WRITERS
from services.chassis.line import Line
from services.chassis.listening import Listener
from services.chassis.ticking import Ticking
from services.chassis.topology import Queue
from services.cli.simulation.broker import Broker, Message
from services.cli.simulation.doors import Asking
from services.cli.simulation.mute import MUTE
from services.cli.simulation.process import Process
from services.cli.simulation.witness import WITNESS

IDLE, PREFETCH = 20.0, 20
SPEEDS = (0, 1, 2, 10)  # letters that arrive on a line before its next step


class Delivery:
    """A message as the client library gives it to a line."""

    def __init__(self, queue: "Consuming", message: Message) -> None:
        given = dict(message.properties)
        self.headers, self.properties, self.body = given.pop("headers", {}), given, message.body
        self.message, self._queue = message, queue

    def ack(self, multiple: bool = False) -> None:
        """Taken off the queue for good, with `multiple` all before it too."""
        self._queue.acknowledge(self, multiple=multiple)


class Consuming:
    """One line's channel: what was delivered and not acknowledged yet."""

    def __init__(self, broker: Broker, listener: str, line: Line) -> None:
        self._broker, self._named, self.line = broker, Queue(listener, line.sender), line
        self._open: list[Delivery] = []

    def declare(self) -> None:
        """The queue is made by whoever is first."""
        self._broker.declare(self._named.exchange, self._named.name)

    def deliver(self) -> None:
        """Give the line its next message."""
        if len(self._open) < PREFETCH and (message := self._broker.take(self._named.name)) is not None:
            delivery = Delivery(self, message)
            self._open.append(delivery)
            self.line.arrived(delivery)

    def acknowledge(self, delivery: Delivery, *, multiple: bool) -> None:
        """Forget what the line is done with; an acknowledgement over a lost connection does nothing."""
        if delivery in self._open:
            place = self._open.index(delivery)
            del self._open[0 if multiple else place:place + 1]

    def cut(self) -> None:
        """What was not acknowledged goes back."""
        self._broker.give_back(self._named.name, [delivery.message for delivery in self._open])
        self._open.clear()


class Hearing(Process):
    """A subscriber: its hearer, a line for each sender, and what its loop does beside."""

    def __init__(self, world: Any, listener: str, senders: Sequence[str], group: str) -> None:
        super().__init__(world, f"{listener}-subscriber", group)
        self._listener, self._senders = listener, senders
        self._channels: list[Consuming] = []
        self._connected = False

    def begin(self) -> None:
        """Open the log; a line for each sender."""
        asking = Asking(self, self._listener)
        hearer = self.hearer(asking)
        lines = [
            chassis_line.Line(sender, hearer, asking.announcements, MUTE, IDLE, lambda: self.world.seconds)
            for sender in self._senders
        ]
        self._channels = [Consuming(self.world.broker, self._listener, line) for line in lines]

    def hearer(self, asking: Asking) -> Any:
        """Whoever takes the letters in."""
        raise NotImplementedError

    def step(self) -> None:
        """Connect, or be cut, or let some letters be delivered and each line take its step."""
        if not self._connected:
            self._connect()
        elif self.chance.strikes("hearing-cut", self.name):
            self._cut()
        else:
            for channel in self._channels:
                self._serve(channel)

    def _serve(self, channel: Consuming) -> None:
        for _ in range(self.chance.rng.choice(SPEEDS)):
            channel.deliver()
        channel.line.step()

    def _connect(self) -> None:
        for channel in self._channels:
            channel.line.reset()
            channel.declare()
        self._connected = True

    def _cut(self) -> None:
        for channel in self._channels:
            channel.cut()
        self._connected = False

    def end(self) -> None:
        """The connection is gone, the lines with it."""
        self._cut()


class ServiceHearing(Hearing):
    """A service's subscriber: letters and timers."""

    def __init__(self, world: Any, service: str) -> None:
        super().__init__(world, service, WRITERS if service == WITNESS else HEARS[service], service)

    def hearer(self, asking: Asking) -> Any:
        """The service's listener on its own copy of the application."""
        app = self.world.application(self._listener, self)
        self._ticking = Ticking(app, MUTE, MUTE, lambda: self.world.seconds)
        return Listener(app, asking.announcements)

    def step(self) -> None:
        """Letters, then timers."""
        super().step()
        self._ticking.turn()
