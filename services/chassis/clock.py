"""The clock as a thing that is given, never reached for; the committer's clock never goes back."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from services.chassis.life_cycle import Refused

Clock = Callable[[], datetime]
EPOCH = datetime.fromtimestamp(0, UTC)


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


class FileClock(HandClock):
    """The hand clock of a rehearsal on several processes: one of them sets it, all read it.

    The file holds eight bytes, microseconds since 1970, always written at once. Raises OSError without the file.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR)
        super().__init__(self._read())

    def __call__(self) -> datetime:
        self.now = self._read()
        return self.now

    def set(self, instant: datetime) -> None:
        """Move everyone's time forward."""
        super().set(instant)
        os.pwrite(self._file, _eight_bytes(self.now), 0)

    def _read(self) -> datetime:
        return EPOCH + timedelta(microseconds=int.from_bytes(os.pread(self._file, 8, 0), "big"))

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def write_clock(path: Path, instant: datetime) -> None:
    """A clock file that stands at an instant."""
    path.write_bytes(_eight_bytes(instant))


def _eight_bytes(instant: datetime) -> bytes:
    return ((instant - EPOCH) // timedelta(microseconds=1)).to_bytes(8, "big")


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
