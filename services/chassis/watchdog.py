"""The watchdog: a process whose loop stands still ends itself, saying where; whoever started it starts it again."""

import faulthandler
import logging
import os
from collections.abc import Callable
from threading import Event, Thread
from time import monotonic

from services.chassis.metrics import Meters

log = logging.getLogger(__name__)
LONGEST = 120.0  # seconds without a beat; every wait of the loops has a shorter limit of its own
FROZEN = 75  # exit code: try again


def _end() -> None:
    faulthandler.dump_traceback()
    os._exit(FROZEN)


class Watchdog:
    """Ending at any instant is safe: that is what being killed at any instant has to be."""

    def __init__(self, meters: Meters, longest: float = LONGEST, end: Callable[[], None] = _end) -> None:
        self._meters, self._longest, self._end, self._stopping = meters, longest, end, Event()

    def start(self) -> None:
        """Watch from now on."""
        self._meters.beat()
        Thread(target=self._watch, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        """Watch no more."""
        self._stopping.set()

    def _watch(self) -> None:
        while not self._stopping.wait(self._longest / 10):
            if monotonic() - self._meters.beaten_at > self._longest:
                log.critical("no beat for %.0f s", self._longest)
                self._end()
                return
