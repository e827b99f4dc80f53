"""The relay's side of a simulated connection: what pika offers to a session, in simulated time."""

from collections.abc import Callable
from heapq import heappop, heappush
from types import SimpleNamespace
from typing import Any

from pika.spec import Basic

from services.chassis.topology import exchange_of
from services.cli.simulation.broker import Broker, Message
from services.cli.simulation.chance import Chance

Call = Callable[..., Any]
LATEST_CONFIRM = 5.0  # seconds


class Loop:
    """Callbacks by their instants."""

    def __init__(self, chance: Chance) -> None:
        self._chance, self._count = chance, 0
        self._calls: list[tuple[float, int, Call]] = []
        self.is_stopped = False

    def call_later(self, delay: float, call: Call) -> None:
        """Call after so many seconds."""
        self._count += 1
        heappush(self._calls, (self._chance.seconds + delay, self._count, call))

    def step(self) -> None:
        """Make the next call that is due."""
        if self._calls and self._calls[0][0] <= self._chance.seconds:
            heappop(self._calls)[2]()

    def stop(self) -> None:
        """Nothing more is called."""
        self.is_stopped = True


class Wire:
    """A connection and its one channel."""

    def __init__(
        self, broker: Broker, chance: Chance, sender: str, on_open_callback: Call, on_close_callback: Call
    ) -> None:
        self.ioloop, self.is_open = Loop(chance), True
        self._broker, self._chance, self._sender, self._gone = broker, chance, sender, on_close_callback
        self._returned: Call = lambda *_: None
        self._confirm: Call = lambda _: None
        self._tag, self._wiped = 0, broker.wiped
        self.ioloop.call_later(0, lambda: on_open_callback(self))

    # --- the connection -----------------------------------------------------------------------------

    def channel(self, on_open_callback: Call) -> None:
        """Opened at once."""
        on_open_callback(self)

    def close(self) -> None:
        """Close it, or lose it; whoever listens is told."""
        if self.is_open:
            self.is_open = False
            self.ioloop.call_later(0, lambda: self._gone(self, "closed"))

    # --- the channel --------------------------------------------------------------------------------

    def add_on_close_callback(self, call: Call) -> None:
        """A channel ends with its connection, which tells it."""

    def add_on_return_callback(self, call: Call) -> None:
        """Who hears of letters without a queue."""
        self._returned = call

    def exchange_declare(self, exchange: str, kind: str, *, durable: bool) -> None:
        """Exchanges come with their queues here."""

    def queue_declare(self, queue: str, *, durable: bool, arguments: Any) -> None:
        """Queues are made when they are bound."""

    def queue_bind(self, queue: str, exchange: str, routing_key: str) -> None:
        """Make the queue, bound to everything."""
        self._broker.declare(exchange, queue)

    def confirm_delivery(self, confirmed: Call, callback: Call) -> None:
        """From now on publications are confirmed."""
        self._confirm = confirmed
        self.ioloop.call_later(0, lambda: callback(None))

    def basic_publish(self, exchange: str, topic: str, body: bytes, properties: Any, *, mandatory: bool) -> None:
        """The letter may be lost with the connection, before the broker has it or before the confirm."""
        self._tag += 1
        tag = self._tag
        if not self.is_open or self._is_cut():
            return
        if self._chance.strikes("nacked", self._sender):
            self._later(0, Basic.Nack(tag))
            return
        headers = dict(properties.headers)
        if not self._broker.publish(exchange, Message({"type": properties.type, "headers": headers}, body)):
            method = SimpleNamespace(routing_key=topic)
            self.ioloop.call_later(0, lambda: self._returned(self, method, properties, body))
        if self._is_cut():
            return
        late = self._chance.strikes("confirm-delayed", self._sender)
        self._later(self._chance.rng.uniform(0, LATEST_CONFIRM) if late else 0, Basic.Ack(tag))

    def _is_cut(self) -> bool:
        if self._wiped != self._broker.wiped or self._chance.strikes("relay-cut", exchange_of(self._sender)):
            self.close()
        return not self.is_open

    def _later(self, delay: float, method: Any) -> None:
        self.ioloop.call_later(delay, lambda: self.is_open and self._confirm(SimpleNamespace(method=method)))
