"""Group commit: one leads, nobody is left waiting, nobody is told that something is stored when it is not."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from eventsourcing.persistence import IntegrityError, OperationalError

from services.chassis import group_commit
from services.chassis.group_commit import GroupCommit, Work

PATIENCE = 5


class Interrupted(BaseException):
    """As when a green thread is killed."""


class Gate:
    """A `write` that waits for the test and then does what it says."""

    def __init__(self, then: Callable[[Sequence[Work]], list[Any]] = lambda works: [len(works)] * len(works)) -> None:
        self.entered, self.open, self._then = threading.Semaphore(0), threading.Semaphore(0), then
        self.sizes: list[int] = []

    def __call__(self, works: Sequence[Work]) -> list[Any]:
        self.sizes.append(len(works))
        self.entered.release()
        self.open.acquire(timeout=PATIENCE)
        return self._then(works)


class Committing(threading.Thread):
    """One caller and what became of it."""

    def __init__(self, group: GroupCommit, work: Work = ((), {})) -> None:
        super().__init__()
        self._group, self._commit = group, work
        self.result: Any = None
        self.error: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self.result = self._group.commit(self._commit)
        except (IntegrityError, OperationalError, Interrupted) as error:
            self.error = error


def waiting(group: GroupCommit, number: int) -> None:
    """Until so many stand in line."""
    for _ in range(1000):
        if len(group._waiting) == number:
            return
        threading.Event().wait(0.005)
    raise AssertionError(f"{len(group._waiting)} wait, not {number}")


def ended(*threads: Committing) -> None:
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive(), "somebody waits for ever"


def test_those_who_wait_share_the_next_commit() -> None:
    gate = Gate()
    group = GroupCommit(gate)
    first = Committing(group)
    gate.entered.acquire(timeout=PATIENCE)
    others = [Committing(group) for _ in range(5)]
    waiting(group, 5)
    gate.open.release(2)
    ended(first, *others)
    assert gate.sizes == [1, 5]
    assert [other.result for other in others] == [5] * 5


def test_a_clash_is_settled_one_by_one() -> None:
    def write(works: Sequence[Work]) -> list[Any]:
        if any(also.get("stale") for _, also in works):
            raise IntegrityError("stale")
        return ["stored"] * len(works)

    gate = Gate(write)
    group = GroupCommit(gate)
    first = Committing(group)
    gate.entered.acquire(timeout=PATIENCE)
    stale, good = Committing(group, ((), {"stale": True})), Committing(group)
    waiting(group, 2)
    gate.open.release(9)
    ended(first, stale, good)
    assert isinstance(stale.error, IntegrityError)
    assert good.result == "stored"


def test_a_leader_that_is_interrupted_tells_the_others_that_nothing_is_stored() -> None:
    def write(works: Sequence[Work]) -> list[Any]:
        if len(works) > 1:
            raise IntegrityError("settle them one by one")
        raise Interrupted

    gate = Gate(write)
    group = GroupCommit(gate)
    first = Committing(group)
    gate.entered.acquire(timeout=PATIENCE)
    others = [Committing(group) for _ in range(3)]
    waiting(group, 3)
    gate.open.release(9)
    ended(first, *others)
    assert isinstance(first.error, Interrupted)
    assert [type(other.error) for other in others].count(OperationalError) == 2, "all but the one that led them"


class Fragile(threading.Event):
    """An event whose waiter may be interrupted in the moment it wakes."""

    interrupts = False

    def wait(self, timeout: float | None = None) -> bool:
        super().wait(timeout)
        if self.interrupts:
            raise Interrupted
        return True


def test_somebody_interrupted_while_waiting_leaves_the_lead_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "Event", Fragile)
    gate = Gate()
    group = GroupCommit(gate)
    first = Committing(group)
    gate.entered.acquire(timeout=PATIENCE)
    doomed = Committing(group)
    waiting(group, 1)
    group._waiting[0].woken.interrupts = True
    other = Committing(group)
    waiting(group, 2)
    gate.open.release(9)
    ended(first, doomed, other)
    assert isinstance(doomed.error, Interrupted)
    assert other.result == 1
