"""Commands that wait share one commit: a leader writes for all, without a writer thread or a linger."""

from collections.abc import Callable, Sequence
from threading import Event, Lock
from typing import Any

from eventsourcing.persistence import OperationalError, RecordConflictError

Work = tuple[Sequence[Any], dict[str, Any]]
Write = Callable[[Sequence[Work]], list[Any]]


class _Ticket:
    """One waiting commit, and what became of it."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.woken = Event()
        self.done = False
        self.result: Any = None
        self.error: Exception | None = None


class GroupCommit:
    """Runs `write` for batches of waiting commits; a clash in a batch re-runs it one by one.

    `write` commits all of its works in one transaction, or none, and returns one result each.
    """

    def __init__(self, write: Write, largest: int = 64) -> None:
        self._write, self._largest = write, largest
        self._lock = Lock()
        self._waiting: list[_Ticket] = []
        self._leader: _Ticket | None = None

    def commit(self, work: Work) -> Any:
        """Returns when the work is durable, or raises what spoiled it."""
        ticket = _Ticket(work)
        if not self._leads(ticket):
            self._await(ticket)
        if not ticket.done:
            self._lead()
        if ticket.error is not None:
            raise ticket.error
        return ticket.result

    def _leads(self, ticket: _Ticket) -> bool:
        with self._lock:
            self._waiting.append(ticket)
            self._leader = self._leader or ticket
            return self._leader is ticket

    def _await(self, ticket: _Ticket) -> None:
        """Whoever is interrupted while waiting must not leave the others without a leader."""
        try:
            ticket.woken.wait()
        except BaseException:
            with self._lock:
                self._waiting = [other for other in self._waiting if other is not ticket]
                led = self._leader is ticket
            if led:
                self._hand_over([])
            raise

    def _lead(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting[: self._largest], self._waiting[self._largest :]
        try:
            self._run(batch)
        finally:
            self._spoil(batch, OperationalError("the writing of this batch was interrupted"))
            self._hand_over(batch)

    def _hand_over(self, batch: list[_Ticket]) -> None:
        """The next leader is named before the followers wake, so that nobody queues for the lead."""
        with self._lock:
            follower = self._leader = self._waiting[0] if self._waiting else None
        for ticket in ([follower] if follower else []) + batch:
            ticket.woken.set()

    def _run(self, batch: list[_Ticket]) -> None:
        try:
            results = self._write([ticket.work for ticket in batch])
        except RecordConflictError as clash:
            self._settle_alone(batch, clash)
        except Exception as error:
            self._spoil(batch, error)
        else:
            for ticket, result in zip(batch, results, strict=True):
                ticket.done, ticket.result = True, result

    def _spoil(self, batch: list[_Ticket], error: Exception) -> None:
        """Nobody returns as if it were stored; what is settled already stays so."""
        for ticket in batch:
            if not ticket.done:
                ticket.done, ticket.error = True, error

    def _settle_alone(self, batch: list[_Ticket], clash: RecordConflictError) -> None:
        """A stale command must not fail its neighbours."""
        for ticket in batch:
            if len(batch) == 1:
                ticket.done, ticket.error = True, clash
            else:
                self._run([ticket])
