"""The library as its manual shows it: an `@event` aggregate, its default mapper, recorders and application."""

import itertools
import time
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import Tracking
from eventsourcing.projection import EventSourcedProjection


class Ledger(Aggregate):
    """A problem ledger with the fields of ours that the measured commands touch."""

    def __init__(self, unit_id: UUID, issuing_body_id: UUID) -> None:
        self.unit_id = unit_id
        self.issuing_body_id = issuing_body_id
        self.items: dict[str, dict[str, Any]] = {}

    @event("ItemRegistered")
    def register(self, item_id: str, text: str, severity: str, due_at: datetime) -> None:
        """A problem on the list."""
        self.items[item_id] = {"state": "OPEN", "text": text, "severity": severity, "due_at": due_at}

    @event("ItemAssigned")
    def assign(self, item_id: str, person_id: str, basis: str) -> None:
        """A person answers for it."""
        self.items[item_id] |= {"state": "ASSIGNED", "person_id": person_id, "basis": basis}


class Ledgers(Application[UUID]):
    """The library's application on its default recorders."""

    name = "ledgers"


class Board(Aggregate):
    """One ledger's count of open items, as a view."""

    def __init__(self) -> None:
        self.open = 0

    @event("Counted")
    def count(self, items: int) -> None:
        """So many more."""
        self.open += items


class Boards(EventSourcedProjection[UUID]):
    """The library's projection: each event loads its page, changes it and commits it with the tracking."""

    name = "boards"

    def __init__(self, path: Path) -> None:
        super().__init__({"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)})
        self._board, self._heard = Board(), itertools.count(1)
        self._event: Any = None
        self.save(self._board)

    def policy(self, domain_event: Any, processing_event: Any) -> None:
        """One more open item."""
        board: Board = self.repository.get(self._board.id)
        board.count(1)
        processing_event.collect_events(board)

    def rate(self, seconds: float) -> float:
        """Updates per second; the page is new every fifty."""
        done, started = 0, time.perf_counter()
        while (passed := time.perf_counter() - started) < seconds or not done:
            if done % 50 == 0:
                self._board = Board()
                self.save(self._board)
            self.process_event(self._event, Tracking("ledgers", next(self._heard)))
            done += 1
        return done / passed


class Library:
    """Makes ledgers and assigns their items, one after another."""

    def __init__(self, env: dict[str, str]) -> None:
        self.app = Ledgers(env)
        self._count = itertools.count()

    def registered(self, items: int, at: datetime) -> list[UUID]:
        """New ledgers with one item each, in one commit."""
        made = [Ledger(unit_id=UUID(int=1), issuing_body_id=UUID(int=2)) for _ in range(items)]
        for ledger in made:
            ledger.register("item", "食堂食品留样记录不全", "GENERAL", at)
        self.app.save(*made)
        return [ledger.id for ledger in made]

    def long(self, events: int, at: datetime) -> UUID:
        """One ledger with so many events."""
        ledger = Ledger(unit_id=UUID(int=1), issuing_body_id=UUID(int=2))
        for number in range((events - 1) // 2 + 1):
            ledger.register(str(number), "食堂食品留样记录不全", "GENERAL", at)
            ledger.assign(str(number), "person", "HN§11")
        self.app.save(ledger)
        return ledger.id

    def assign(self, ledger_id: UUID) -> None:
        """Load, decide, store one event."""
        ledger: Ledger = self.app.repository.get(ledger_id)
        ledger.assign("item", f"person-{next(self._count)}", "HN§11")
        self.app.save(ledger)
