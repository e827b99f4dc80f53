"""Following the casebook without end: fold what is new, show the lag, look again; trouble makes it rest."""

import logging
from threading import Event
from time import monotonic

from services.chassis.casebook import Casebook
from services.chassis.clock import Clock
from services.chassis.metrics import Meters
from services.reporting.projector import Projector

FIRST_DELAY, LONGEST_DELAY, SHOW = 0.2, 10.0, 1.0  # seconds
log = logging.getLogger(__name__)


class ProjectionMeters:
    """How far the pages are behind the casebook's true head, in letters and in time."""

    def __init__(self, meters: Meters, casebook: Casebook, clock: Clock) -> None:
        self._meters, self._casebook, self._clock = meters, casebook, clock
        self._head = meters.gauge("dudao_casebook_head_number", "number of the last letter filed").labels("reporting")
        self._number = meters.gauge("dudao_projection_number", "number all views are folded to").labels("reporting")
        self._lag = meters.gauge("dudao_projection_lag_letters", "letters not folded yet").labels("reporting")
        self._oldest = meters.gauge(
            "dudao_projection_oldest_unfolded_seconds", "age of the next letter to be folded").labels("reporting")
        self.failed = meters.counter("dudao_projection_trouble_total", "times folding failed").labels("reporting")

    def beat(self) -> None:
        """The loop has turned."""
        self._meters.beat()

    def head(self) -> int:
        """The number of the last letter, asked of the casebook itself."""
        return self._casebook.last_number()

    def show(self, number: int) -> None:
        """The lag of pages folded up to a number."""
        head, waiting = self.head(), self._casebook.read(number, 1)
        self._head.set(head)
        self._number.set(number)
        self._lag.set(head - number)
        age = self._clock() - waiting[0].letter.head.recorded_at if waiting else None
        self._oldest.set(age.total_seconds() if age else 0)


class Following:
    """Runs until it is stopped, a batch at a time, so that it ends soon and its heartbeat shows each batch."""

    def __init__(self, projector: Projector, meters: ProjectionMeters, look: float) -> None:
        self._projector, self._meters, self._look = projector, meters, look
        self._stopping, self._delay, self._show_at, self._reached = Event(), FIRST_DELAY, 0.0, -1
        self.goes_on = True

    def stop(self) -> None:
        """Ask it to finish the batch it is in; may be called by a signal."""
        self._stopping.set()

    def run(self) -> None:
        """Returns after `stop`."""
        while not self._stopping.is_set():
            self._meters.beat()
            self._stopping.wait(self._turned())

    def _turned(self) -> float:
        """Fold a batch; returns the seconds until the next look. Folding again what a failure left is harmless.

        Where nothing was filed, the pages are looked at once a second only: another may have switched to a rebuild.
        """
        try:
            if monotonic() < self._show_at and self._meters.head() == self._reached:
                return self._look
            number = self._projector.follow(batches=1)
            more = self._shown(number)
        except Exception as error:
            log.error("the projection stands still", exc_info=error)
            self._meters.failed.inc()
            self.goes_on, self._delay = False, min(self._delay * 2, LONGEST_DELAY)
            return self._delay
        self.goes_on, self._delay = True, FIRST_DELAY
        return 0.0 if more else self._look

    def _shown(self, number: int) -> bool:
        more, self._reached = number != self._reached, number
        if monotonic() >= self._show_at or more:
            self._meters.show(number)
            self._show_at = monotonic() + SHOW
        return more

