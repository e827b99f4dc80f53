"""When what was stored is shown: every view's page is asked again and again, and the instant of each answer kept."""

import statistics
import threading
import time
from bisect import bisect_left
from collections.abc import Callable, Sequence

from services.chassis.casebook import Casebook
from services.chassis.pages import Pages
from services.reporting.views import VIEWS

LOOK = 0.01  # seconds; no latency is measured finer


class Watch:
    """`shown` are positions of the one sender, each with the instant at which every view was seen to have it."""

    def __init__(self, casebook: Casebook, pages: Pages) -> None:
        self._casebook, self._pages, self._ended = casebook, pages, threading.Event()
        self._positions: list[int] = []
        self._instants: list[float] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def position(self) -> int:
        """Up to which position of the log every view is folded."""
        number = min(self._pages.number(self._pages.current(shelf) or "") for shelf in SHELVES)
        filed = self._casebook.read(number - 1, 1) if number else ()
        return filed[0].letter.position if filed else 0

    def _run(self) -> None:
        while not self._ended.wait(LOOK):
            position = self.position()
            if not self._positions or position > self._positions[-1]:
                self._instants.append(time.monotonic())
                self._positions.append(position)

    def until(self, position: int, seconds: float) -> float:
        """The instant at which a position was shown; raises TimeoutError."""
        ends = time.monotonic() + seconds
        while not self._positions or self._positions[-1] < position:
            if time.monotonic() > ends:
                raise TimeoutError(f"{position} is not shown after {seconds} s, but {self._positions[-1:]}")
            time.sleep(LOOK)
        return self.shown_at(position)

    def shown_at(self, position: int) -> float:
        """The instant of the first look that found it."""
        return self._instants[bisect_left(self._positions, position)]

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()


SHELVES = sorted({view.shelf for view in VIEWS.values()})


def paced(work: Callable[[], int], a_second: int, goes_on: Callable[[], bool]) -> dict[int, float]:
    """Do the work so many times a second; each position it stored with the instant at which that was durable."""
    stored: dict[int, float] = {}
    begun = time.monotonic()
    while goes_on():
        stored[work()] = time.monotonic()
        time.sleep(max(0.0, begun + len(stored) / a_second - time.monotonic()))
    return stored


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """The 50th and the 99th, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100)
    return 1000 * cuts[49], 1000 * cuts[98]
