"""One connection of the relay: declare, publish within a window of confirms, note; ends at the first trouble."""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any, NamedTuple

import pika
from eventsourcing.persistence import PersistenceError
from pika.adapters.select_connection import SelectConnection

from contracts.letter import Letter
from services.chassis import topology
from services.chassis.brokers import HEARTBEAT
from services.chassis.confirms import Confirms
from services.chassis.metrics import RelayMeters
from services.chassis.outbox import Outbox

log = logging.getLogger(__name__)
NOTE, LOG_TROUBLE, GRACE = 0.2, 1.0, 5.0  # seconds


class Pace(NamedTuple):
    """How many letters may be unconfirmed; how many seconds pass before an idle session looks again."""

    window: int
    look: float = 0.05


class RelaySession:
    """Callbacks of one pika connection; everything runs in its loop."""

    def __init__(
        self, outbox: Outbox, url: str, meters: RelayMeters, listeners: tuple[str, ...], pace: Pace,
        connect: Callable[..., Any] = SelectConnection,
    ) -> None:
        self._outbox, self._meters, self._listeners, self._pace = outbox, meters, listeners, pace
        self.ready = self.was_ready = False
        self._broken = False
        self._end_by: float | None = None
        self._channel: Any = None
        self._tag = self._next = self._noted = 0
        self._confirms = Confirms(0)
        self._connection = connect(
            _parameters(url), on_open_callback=self._opened,
            on_open_error_callback=self._gone, on_close_callback=self._gone,
        )

    def run(self) -> None:
        """Returns when the connection is gone."""
        self._connection.ioloop.start()

    def end_soon(self) -> None:
        """Stop publishing, wait at most GRACE seconds for confirms, close; safe from a signal handler."""
        self._connection.ioloop.add_callback_threadsafe(self._end)

    def _end(self) -> None:
        self._end_by = monotonic() + GRACE
        if not self.ready:
            self._connection.ioloop.stop()

    # --- opening ------------------------------------------------------------------------------------

    def _opened(self, connection: Any) -> None:
        connection.channel(on_open_callback=self._prepare)

    def _prepare(self, channel: Any) -> None:
        """Declarations are sent without waiting; the channel handles them before it confirms `select`."""
        self._channel = channel
        channel.add_on_close_callback(self._channel_closed)
        channel.add_on_return_callback(self._returned)
        exchange = topology.exchange_of(self._outbox.sender)
        channel.exchange_declare(exchange, topology.EXCHANGE_TYPE, durable=True)
        for listener in self._listeners:
            queue = topology.Queue(listener, self._outbox.sender)
            channel.queue_declare(queue.name, durable=True, arguments=dict(topology.ARGUMENTS))
            channel.queue_bind(queue.name, queue.exchange, topology.EVERYTHING)
        channel.confirm_delivery(self._confirmed, callback=self._begin)

    def _begin(self, _: Any) -> None:
        if not self._channel.is_open:
            return
        try:
            self._noted = self._next = self._outbox.relayed()
        except PersistenceError as error:
            self._log_trouble(error, lambda: self._begin(None))
            return
        self._confirms = Confirms(self._noted)
        self.ready = self.was_ready = True
        self._pump()
        self._note()

    # --- publishing ---------------------------------------------------------------------------------

    def _pump(self) -> None:
        """Fill the window from the log; go on at once when half of it is free, or look again in a moment."""
        if self._end_by is not None or not self.ready:
            return
        try:
            letters = self._outbox.letters(self._next, self._pace.window - len(self._confirms))
        except PersistenceError as error:
            self._log_trouble(error, self._pump)
            return
        for letter in letters:
            self._publish(letter)
        self._connection.ioloop.call_later(self._pace.look if not letters else 0, self._when_there_is_room)

    def _when_there_is_room(self) -> None:
        if len(self._confirms) <= self._pace.window // 2:
            self._pump()
        else:
            self._connection.ioloop.call_later(self._pace.look / 10, self._when_there_is_room)

    def _publish(self, letter: Letter) -> None:
        self._tag += 1
        self._confirms.sent(self._tag, letter.position, letter.previous)
        self._next = letter.position
        self._channel.basic_publish(
            topology.exchange_of(letter.sender), letter.topic, letter.record,
            pika.BasicProperties(**topology.properties_of(letter)), mandatory=True,
        )
        self._meters.published.inc()

    # --- what the broker says -----------------------------------------------------------------------

    def _confirmed(self, frame: Any) -> None:
        if isinstance(frame.method, pika.spec.Basic.Nack):
            self._meters.nacked.inc()
            self._give_up("the broker did not take letters after %d", self._confirms.upto)
        elif not self._broken:
            self._confirms.confirmed(frame.method.delivery_tag, multiple=frame.method.multiple)

    def _returned(self, _: Any, method: Any, properties: Any, __: bytes) -> None:
        """No queue for it: declare again and send again. The return comes before the confirm of the same letter."""
        self._meters.unroutable.inc()
        self._give_up("unroutable: %s %s", method.routing_key, properties.headers)

    def _give_up(self, reason: str, *values: object) -> None:
        if not self._broken:
            log.error(reason, *values)
            self._broken = True
            self._note_confirmed()
            self._close()

    def _channel_closed(self, _: Any, reason: Exception) -> None:
        if self._end_by is None and not self._broken:
            log.error("channel closed: %s", reason)
        self._close()

    def _gone(self, _: Any, reason: Any) -> None:
        self.ready = False
        if self._end_by is None:
            log.warning("no broker: %s", reason)
        self._connection.ioloop.stop()

    # --- noting -------------------------------------------------------------------------------------

    def _note(self) -> None:
        """Every NOTE seconds: write down what is confirmed, show the lag, see whether it is time to end."""
        self._meters.beat()
        if not self.ready:
            return
        if not self._broken:
            self._note_confirmed()
        if self._end_by is not None and (not self._confirms or monotonic() > self._end_by):
            self._close()
        else:
            self._connection.ioloop.call_later(NOTE, self._note)

    def _note_confirmed(self) -> None:
        try:
            if self._confirms.upto > self._noted:
                self._outbox.mark(self._confirms.upto)
                self._noted = self._confirms.upto
        except PersistenceError as error:
            self._meters.log_errors.inc()
            log.error("the log cannot be written: %r", error)

    def _log_trouble(self, error: Exception, again: Callable[[], None]) -> None:
        self._meters.beat()
        self._meters.log_errors.inc()
        log.error("the log cannot be read: %r", error)
        self._connection.ioloop.call_later(LOG_TROUBLE, again)

    def _close(self) -> None:
        self.ready = False
        if self._connection.is_open:
            self._connection.close()


def _parameters(url: str) -> pika.URLParameters:
    """What the URL says, and how soon a node that has fallen silent is given up."""
    parameters = pika.URLParameters(url)
    parameters.heartbeat, parameters.socket_timeout, parameters.stack_timeout = HEARTBEAT, 5.0, 10.0
    parameters.tcp_options = {"TCP_USER_TIMEOUT": HEARTBEAT * 1000}
    return parameters
