"""One sender's line to one listener: what arrived, what is missing, what may be acknowledged."""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any, Protocol

from eventsourcing.persistence import PersistenceError

from contracts.letter import Letter
from services.chassis.listening import LineStopped
from services.chassis.metrics import LineMeters
from services.chassis.replies import PAGE, NoAnswer
from services.chassis.topology import letter_of

Fetch = Callable[[str, int], Sequence[Letter]]
log = logging.getLogger(__name__)
FIRST_DELAY, LONGEST_DELAY, STOPPED_DELAY = 0.1, 10.0, 10.0  # seconds


class Hearer(Protocol):
    """Whoever takes letters in, each once and in order."""

    def heard(self, sender: str) -> int:
        """Position of the sender's last letter taken in."""

    def hear(self, letters: Sequence[Letter]) -> Any:
        """Take in letters of one sender, in order."""


class Line:
    """Steps are short, so that the other lines and the broker's heartbeat get their turn between them."""

    def __init__(
        self, sender: str, hearer: Hearer, fetch: Fetch, meters: LineMeters, idle: float = 5.0,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        self.sender, self._hearer, self._fetch, self._meters = sender, hearer, fetch, meters
        meters.expect(sender)
        self._idle, self._seconds = idle, seconds
        self._pending: deque[tuple[Letter, Any]] = deque()
        self._rest_until = 0.0
        self._delay = FIRST_DELAY
        self._ask_at = 0.0
        self.is_stopped = False

    def reset(self) -> None:
        """A new connection delivers again what was not acknowledged; the sender is asked at once."""
        self._pending.clear()
        self._ask_at = 0.0

    def arrived(self, message: Any) -> None:
        """A message came. What is no letter is taken off the queue: the true letters are in the sender's log."""
        try:
            headers = {"application_headers": message.headers}
            letter = letter_of(self.sender, message.properties | headers, bytes(message.body))
        except ValueError as stray:
            log.error("%s", stray)
            self._meters.stray(self.sender)
            message.ack()
        else:
            self._pending.append((letter, message))

    def is_busy(self) -> bool:
        """Whether a step would do something now."""
        now = self._seconds()
        return now >= self._rest_until and (bool(self._pending) or now >= self._ask_at)

    def step(self) -> None:
        """Take in what arrived, or ask for what is missing; trouble makes the line rest, never the others."""
        if not self.is_busy():
            return
        try:
            self._take(self._hearer.heard(self.sender))
        except PersistenceError as error:
            self._rest("log", error)
        except NoAnswer as error:
            self._rest("sender", error)
        except LineStopped as error:
            self._stop(error)
        except Exception as error:
            self._stop(error)
        else:
            self._delay = FIRST_DELAY
            self._show_stopped(False)
        self._acknowledge()

    def _take(self, heard: int) -> None:
        batch = [letter for letter, _ in self._pending if letter.position > heard][:PAGE]
        is_gap = bool(batch) and batch[0].previous > heard
        if is_gap or not self._pending:
            batch = list(self._fetch(self.sender, heard))
            self._meters.fetched(self.sender, len(batch))
            full = len(batch) >= PAGE
            self._ask_at = 0.0 if full else self._seconds() + self._idle
            if is_gap and not batch:
                raise LineStopped(f"{self.sender} does not give the letters after {heard}")
        else:
            self._ask_at = self._seconds() + self._idle
        if batch:
            self._hearer.hear(batch)
            self._meters.heard(self.sender, (letter.head.recorded_at for letter in batch))

    def _acknowledge(self) -> None:
        """After the commit, all at once, up to the last letter that is in the log."""
        last = None
        try:
            heard = self._hearer.heard(self.sender) if self._pending else 0
        except PersistenceError:
            return
        while self._pending and self._pending[0][0].position <= heard:
            last = self._pending.popleft()[1]
        if last is not None:
            last.ack(multiple=True)

    def _rest(self, kind: str, error: Exception) -> None:
        """Infrastructure: tried again for ever, ever more slowly."""
        log.warning("%s: %s: %r", self.sender, kind, error)
        self._meters.trouble(self.sender, kind)
        self._rest_until = self._seconds() + self._delay
        self._delay = min(self._delay * 2, LONGEST_DELAY)

    def _stop(self, error: Exception) -> None:
        """A program or data error that cannot be parked: the alarm fires, and it is looked at again now and then."""
        log.error("the line of %s stands still", self.sender, exc_info=error)
        self._meters.trouble(self.sender, "program")
        self._rest_until = self._seconds() + STOPPED_DELAY
        self._show_stopped(True)

    def _show_stopped(self, stopped: bool) -> None:
        self.is_stopped = stopped
        self._meters.stopped(self.sender, stopped)
