"""The relay: announces a log's records on the broker, in order, and notes what the broker has confirmed."""

import logging
from threading import Event

from contracts.correspondence import listeners_of
from services.chassis.brokers import Round
from services.chassis.life_cycle import Refused
from services.chassis.metrics import RelayMeters
from services.chassis.outbox import Outbox
from services.chassis.relay_session import Pace, RelaySession

log = logging.getLogger(__name__)
FIRST_DELAY, LONGEST_DELAY = 0.2, 5.0


class Relay:
    """Runs one broker session after the other until it is stopped; `window` is how many may be unconfirmed."""

    def __init__(
        self, outbox: Outbox, amqp_url: str, meters: RelayMeters, *, listeners: tuple[str, ...] = (),
        window: int = 1000, look: float = 0.05,
    ) -> None:
        self._outbox, self._brokers, self._meters, self._pace = outbox, Round(amqp_url), meters, Pace(window, look)
        self._listeners = listeners or listeners_of(outbox.sender)
        if not self._listeners:
            raise Refused("NO_LISTENERS", f"没有任何服务收听“{outbox.sender}”，信件无处可投")
        self._stopping = Event()
        self._session: RelaySession | None = None

    @property
    def connected(self) -> bool:
        """Whether letters can leave at this moment."""
        return self._session is not None and self._session.ready

    def run(self) -> None:
        """Returns after `stop`; any trouble with the broker ends a session and begins another."""
        delay = FIRST_DELAY
        while not self._stopping.is_set():
            self._meters.beat()
            self._session = RelaySession(
                self._outbox, self._brokers.next(), self._meters, self._listeners, self._pace
            )
            if self._stopping.is_set():
                break
            self._session.run()
            delay = FIRST_DELAY if self._session.was_ready else min(delay * 2, LONGEST_DELAY)
            self._stopping.wait(delay)

    def stop(self) -> None:
        """Ask the relay to wait for open confirms, note them and return; may be called by a signal."""
        self._stopping.set()
        if self._session is not None:
            self._session.end_soon()
