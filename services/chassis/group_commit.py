"""Commands that wait share one commit: a leader writes for all, without a writer thread or a linger."""

from collections.abc import Callable, Sequence
from threading import Event, Lock
from typing import Any

from eventsourcing.persistence import RecordConflictError

Work = tuple[Sequence[Any], dict[str, Any]]
Write = Callable[[Sequence[Work]], list[Any]]


class _Ticket:
    """One waiting commit, and what became of it."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.woken = Event()
        self.done = False
        self.result: Any = None
        self.error: BaseException | None = None


class GroupCommit:
    """Runs `write` for batches of waiting commits; a clash in a batch re-runs it one by one.

    `write` commits all of its works in one transaction, or none, and returns one result each.
    """

    def __init__(self, write: Write, largest: int = 64) -> None:
        self._write, self._largest = write, largest
        self._lock = Lock()
        self._waiting: list[_Ticket] = []
        self._led = False

    def commit(self, work: Work) -> Any:
        """Returns when the work is durable, or raises what spoiled it."""
        ticket = _Ticket(work)
        if not self._leads(ticket):
            ticket.woken.wait()
        if not ticket.done:
            self._lead()
        if ticket.error is not None:
            raise ticket.error
        return ticket.result

    def _leads(self, ticket: _Ticket) -> bool:
        with self._lock:
            self._waiting.append(ticket)
            leads, self._led = not self._led, True
            return leads

    def _lead(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting[: self._largest], self._waiting[self._largest :]
        self._run(batch)
        self._hand_over(batch)

    def _hand_over(self, batch: list[_Ticket]) -> None:
        """The next leader is named before the followers wake, so that nobody queues for the lead."""
        with self._lock:
            follower = self._waiting[0] if self._waiting else None
            self._led = follower is not None
        for ticket in ([follower] if follower else []) + batch:
            ticket.woken.set()

    def _run(self, batch: list[_Ticket]) -> None:
        try:
            results = self._write([ticket.work for ticket in batch])
        except RecordConflictError as clash:
            self._settle_alone(batch, clash)
        except BaseException as error:
            for ticket in batch:
                ticket.done, ticket.error = True, error
        else:
            for ticket, result in zip(batch, results, strict=True):
                ticket.done, ticket.result = True, result

    def _settle_alone(self, batch: list[_Ticket], clash: RecordConflictError) -> None:
        """A stale command must not fail its neighbours."""
        for ticket in batch:
            if len(batch) == 1:
                ticket.done, ticket.error = True, clash
            else:
                self._run([ticket])
