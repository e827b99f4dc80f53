"""The clock as a thing that is given, never reached for; the committer's clock never goes back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock

from services.chassis.life_cycle import Refused

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The machine's time in UTC."""
    return datetime.now(UTC)


def occurred(said: datetime | None, now: datetime) -> datetime:
    """When something happened, as its sender says; raises Refused without a zone or in the future."""
    at = said or now
    if at.tzinfo is None:
        raise Refused("OCCURRED_WITHOUT_ZONE", "发生时间须带时区")
    if at > now:
        raise Refused("OCCURRED_IN_FUTURE", "发生时间不得晚于当前时间")
    return at


class HandClock:
    """A clock that someone sets: the town's, a scenario's, a test's."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now

    def set(self, instant: datetime) -> None:
        """Move forward to an instant; a step back is a mistake of the caller."""
        if instant < self.now:
            raise ValueError(f"the clock cannot go back from {self.now} to {instant}")
        self.now = instant.astimezone(UTC)


class MonotoneClock:
    """Gives strictly growing instants, whatever the clock beneath does; `last` is where it was left."""

    def __init__(self, clock: Clock, last: datetime | None = None) -> None:
        self._clock, self._last, self._lock = clock, last, Lock()

    def over(self, clock: Clock) -> "MonotoneClock":
        """One that goes on from here, over another clock."""
        return MonotoneClock(clock, self._last)

    def __call__(self) -> datetime:
        with self._lock:
            now = self._clock()
            if self._last is not None:
                now = max(now, self._last + timedelta(microseconds=1))
            self._last = now
            return now
