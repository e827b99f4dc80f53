"""The simulated disk: a failed commit leaves nothing, an unknown one everything, and a copy of a log is another log."""

from datetime import timedelta
from typing import Any

import pytest
from eventsourcing.persistence import OperationalError

from services.chassis.log_memory import MemoryLog
from services.cli.simulation.chance import Chance
from services.cli.simulation.disk import Disk, Handle
from services.cli.simulation.process import Died, Process
from tests.chassis.records import commit, drafted, everything, stored
from tests.kit.cases import AT, uid

STREAM = uid("stream")


class Alone:
    """A world of one process, in which one fault always strikes."""

    def __init__(self, fault: str) -> None:
        self.chance = Chance(1, calm=True)
        self.chance._rates[fault] = 1.0

    def now(self, offset: float) -> Any:
        return AT + timedelta(seconds=offset)


@pytest.mark.parametrize(("fault", "error", "kept"), [
    ("commit-failed", OperationalError, 0), ("commit-unknown", OperationalError, 1),
    ("died-before-commit", Died, 0), ("died-after-commit", Died, 1),
])
def test_a_commit_is_there_wholly_or_not_at_all(fault: str, error: type[BaseException], kept: int) -> None:
    world = Alone(fault)
    disk = Disk("rectification", MemoryLog(), lambda: AT)
    with pytest.raises(error):
        commit(Handle(disk, Process(world, "process", "group")), drafted(STREAM, 1))
    assert (len(everything(disk.log)), world.chance.struck[fault]) == (kept, 1)


def test_a_disk_that_cannot_be_read_says_so() -> None:
    handle = Handle(Disk("rectification", MemoryLog(), lambda: AT), Process(Alone("read-failed"), "process", "group"))
    with pytest.raises(OperationalError):
        handle.max_notification_id()


def test_a_copy_of_a_log_goes_its_own_way_and_its_time_goes_on() -> None:
    log = MemoryLog(lambda: AT)
    commit(log, drafted(STREAM, 1))
    copy = log.copy(lambda: AT - timedelta(days=1))
    commit(copy, drafted(STREAM, 2))
    assert (len(everything(log)), len(everything(copy))) == (1, 2)
    first, second = stored(copy, STREAM)
    assert first.head.recorded_at < second.head.recorded_at
