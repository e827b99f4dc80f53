"""The subscriber: kombu hears the queues of one listener; each letter is acknowledged after its commit."""

import logging
from collections.abc import Callable, Sequence
from threading import Event
from time import monotonic
from typing import Any

from amqp.exceptions import ResourceLocked
from kombu import Connection, Consumer, Exchange, Queue

from services.chassis import topology
from services.chassis.brokers import HEARTBEAT, Round
from services.chassis.line import Line

log = logging.getLogger(__name__)
PREFETCH = 500
PATIENCE = {"read_timeout": 15, "write_timeout": 15}  # a broker that is just starting may not answer at all
FIRST_DELAY, LONGEST_DELAY = 0.2, 3.0  # seconds


class Subscriber:
    """One process, one connection, one channel for each sender; `alongside` is what else its loop does.

    `alone` lets one process of the listener hear at a time: whoever holds its exclusive queue. Others stand by.
    """

    def __init__(
        self, listener: str, lines: Sequence[Line], amqp_url: str, alongside: Callable[[], None] = lambda: None,
        *, look: float = 0.05, alone: bool = False,
    ) -> None:
        self._listener, self._lines, self._brokers, self._alongside = listener, lines, Round(amqp_url), alongside
        self._look, self._alone = look, alone
        self._stopping = Event()
        self.connected = self.stands_by = False

    def stop(self) -> None:
        """Ask it to finish the step it is in and return; may be called by a signal."""
        self._stopping.set()

    def run(self) -> None:
        """Returns after `stop`. Without a broker the lines still ask their senders, and timers still fire."""
        delay = FIRST_DELAY
        while not self._stopping.is_set():
            connection = Connection(
                self._brokers.next(), heartbeat=HEARTBEAT, connect_timeout=5, transport_options=PATIENCE
            )
            try:
                self._serve(connection)
            except ResourceLocked:
                self.stands_by = True
            except connection.connection_errors + connection.channel_errors as error:
                log.warning("no broker: %r", error)
            delay = FIRST_DELAY if self.connected else min(delay * 2, LONGEST_DELAY)
            self.connected = False
            _close(connection)
            self._forget()
            self._turn_until(monotonic() + delay)

    def _forget(self) -> None:
        """What a broken connection delivered cannot be acknowledged any more; it comes again, or is asked for."""
        for line in self._lines:
            line.reset()

    def _serve(self, connection: Connection) -> None:
        connection.connect()
        if self._alone:
            connection.channel().queue_declare(topology.writer_of(self._listener), exclusive=True)
            self.stands_by = False
        for line in self._lines:
            line.reset()
            self._consume(connection.channel(), line)
        self.connected = True
        beat_at = monotonic()
        while not self._stopping.is_set():
            self._drain(connection)
            self._turn()
            if monotonic() >= beat_at:
                connection.heartbeat_check()
                beat_at = monotonic() + HEARTBEAT / 4

    def _consume(self, channel: Any, line: Line) -> None:
        """The queue is declared here as the relay declares it: whoever is first makes it."""
        named = topology.Queue(self._listener, line.sender)
        exchange = Exchange(named.exchange, topology.EXCHANGE_TYPE, durable=True)
        queue = Queue(
            named.name, exchange, topology.EVERYTHING, durable=True, queue_arguments=dict(topology.ARGUMENTS)
        )
        channel.basic_qos(0, PREFETCH, False)
        Consumer(channel, [queue], on_message=line.arrived).consume()

    def _drain(self, connection: Connection) -> None:
        """Wait a moment for a first message, then take what has come, at most a prefetch of it."""
        wait = 0.001 if any(line.is_busy() for line in self._lines) else self._look
        for _ in range(PREFETCH):
            try:
                connection.drain_events(timeout=wait)
            except TimeoutError:
                return
            wait = 0.001

    def _turn(self) -> None:
        for line in self._lines:
            line.step()
        self._alongside()

    def _turn_until(self, instant: float) -> None:
        """Whoever must be alone waits: without the broker nobody knows who else is there."""
        while monotonic() < instant and not self._stopping.is_set():
            if self._alone:
                self._alongside()
            else:
                self._turn()
            self._stopping.wait(self._look)


def _close(connection: Connection) -> None:
    try:
        connection.release()
    except OSError as error:
        log.debug("closing: %r", error)

