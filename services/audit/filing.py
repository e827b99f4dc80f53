"""Filing in a process of its own: trouble with the store is told apart from trouble with the letters, and measured."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from eventsourcing.persistence import OperationalError, PersistenceError
from pymongo.errors import PyMongoError

from contracts.letter import Letter
from services.audit.casebook import Audit
from services.chassis.casebook import Casebook
from services.chassis.metrics import Meters

TROUBLE = (PyMongoError, sqlite3.OperationalError)
LOOK = 1.0  # seconds between looks at the casebook's head


class Filing:
    """The audit as a line hears it: a store that cannot be reached is tried again for ever."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit

    def heard(self, sender: str) -> int:
        """Position of the sender's last letter in the casebook; raises PersistenceError."""
        with told_apart():
            return self._audit.heard(sender)

    def hear(self, letters: Sequence[Letter]) -> int:
        """File letters of one sender; raises PersistenceError, and what the audit raises."""
        with told_apart():
            return self._audit.hear(letters)


@contextmanager
def told_apart() -> Iterator[None]:
    """Raise the store's own errors as the library's."""
    try:
        yield
    except TROUBLE as error:
        raise OperationalError(repr(error)) from error


class FilingMeters:
    """The casebook's head, and of each sender the position filed: the head of its log less this is the lag."""

    def __init__(self, meters: Meters, casebook: Casebook, senders: Iterable[str]) -> None:
        self._meters, self._casebook, self._look_at = meters, casebook, 0.0
        self._head = meters.gauge("dudao_casebook_head_number", "number of the last letter filed").labels("audit")
        position = meters.gauge("dudao_casebook_position", "position of the sender's last letter filed", "sender")
        self._positions = {sender: position.labels("audit", sender) for sender in senders}

    def turn(self) -> None:
        """The loop has turned; now and then the casebook is looked at."""
        self._meters.beat()
        if monotonic() < self._look_at:
            return
        self._look_at = monotonic() + LOOK
        try:
            self._show()
        except PersistenceError:
            return  # the lines tell of it

    def _show(self) -> None:
        with told_apart():
            self._head.set(self._casebook.last_number())
            for sender, gauge in self._positions.items():
                gauge.set(self._casebook.heard(sender))
