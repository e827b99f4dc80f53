"""A simulated disk with one service's log: it outlives every process; writing and reading fail as the dice say."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from eventsourcing.persistence import AggregateRecorder, IntegrityError, OperationalError, StoredEvent, Tracking
from eventsourcing.popo import POPOAggregateRecorder

from services.chassis.clock import Clock
from services.chassis.log_memory import MemoryLog
from services.chassis.one_log import OneLog
from services.chassis.outbox import Outbox
from services.cli.simulation.process import Process


class Disk:
    """What is stored, once and for all processes of a service; the committer's clock seals it."""

    def __init__(self, sender: str, start: MemoryLog, clock: Clock) -> None:
        self._clock = clock
        self.log = start.copy(self._now)
        self.snapshots = POPOAggregateRecorder()
        self.outbox = Outbox(self.log, sender)
        self.outbox.mark(self.outbox.head())

    def _now(self) -> datetime:
        return self._clock()

    def write(self, committer: Process, stored_events: Sequence[StoredEvent], kwargs: Any) -> Sequence[int] | None:
        """One commit."""
        self._clock = committer.clock
        return self.log.insert_events(stored_events, **kwargs)


class Handle:
    """A disk as one process has it open."""

    def __init__(self, disk: Disk, process: Process) -> None:
        self._disk, self._process, self._chance = disk, process, process.chance

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Others may be faster; it may fail before or after the commit, and the process may die before or after."""
        name = self._process.name
        if self._chance.strikes("overtaken", name):
            self._process.world.let_others_go_first(self._process)
        if self._chance.strikes("commit-failed", name):
            raise OperationalError("disk I/O error")
        self._process.may_die("died-before-commit")
        try:
            positions = self._disk.write(self._process, stored_events, kwargs)
        except IntegrityError:
            self._chance.notes("collided", name)
            raise
        self._process.may_die("died-after-commit")
        if self._chance.strikes("commit-unknown", name):
            raise OperationalError("no answer to COMMIT")
        return positions

    def insert_tracking(self, tracking: Tracking) -> None:
        """Letters taken in that led to nothing."""
        self.insert_events([], tracking=tracking)

    def __getattr__(self, name: str) -> Any:
        if self._chance.strikes("read-failed", self._process.name):
            raise OperationalError("disk I/O error")
        return getattr(self._disk.log, name)


class DiskLogs(OneLog):
    """The library's factory over a disk, for one process."""

    def __init__(self, disk: Disk, process: Process) -> None:
        super().__init__()
        self.log, self._snapshots = Handle(disk, process), disk.snapshots

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        """Snapshots lie on the same disk."""
        return self._snapshots
