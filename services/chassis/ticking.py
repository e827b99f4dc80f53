"""Timers in a live process: fired when they are due, once, whoever else looks at the same log."""

import logging
from collections.abc import Callable
from time import monotonic

from services.chassis.application import ServiceApplication
from services.chassis.metrics import TimerMeters
from services.chassis.timers import Timers

log = logging.getLogger(__name__)
LOOK, REST, AT_ONCE = 0.5, 10.0, 50  # seconds between looks, after trouble; timers in one turn


class Ticking:
    """A turn fires a few timers, so that letters get their turn too; trouble is counted and tried again."""

    def __init__(
        self, app: ServiceApplication, meters: TimerMeters, beat: Callable[[], None],
        seconds: Callable[[], float] = monotonic, look: float = LOOK,
    ) -> None:
        self._app, self._timers, self._meters, self._beat = app, Timers(app), meters, beat
        self._seconds, self._look = seconds, look
        self._look_at = 0.0

    def turn(self) -> None:
        """Called by the subscriber's loop between letters."""
        self._beat()
        if self._seconds() < self._look_at:
            return
        try:
            more = all(self._timers.fire_next(self._app.clock()) for _ in range(AT_ONCE))
        except Exception as error:
            log.error("a timer could not fire", exc_info=error)
            self._meters.failed.inc()
            self._look_at = self._seconds() + REST
        else:
            self._look_at = 0.0 if more else self._seconds() + self._look
