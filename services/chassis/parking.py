"""Working off parked letters: tried again in their order. How one is given up: see `discarding`."""

from typing import Any

import msgspec
from eventsourcing.persistence import IntegrityError, PersistenceError

from services.chassis.application import ServiceApplication
from services.chassis.listening import Listener
from services.chassis.memos import Memo
from services.chassis.parked import Parked, line_of, parked_at, parked_letters, settled
from services.chassis.work import Work

OBEYED = b"obeyed"


class Parking:
    """The parked letters of one service; `worked-off` memos are fresh, so nothing is worked off twice."""

    def __init__(self, app: ServiceApplication) -> None:
        self.app, self._listener = app, Listener(app, lambda sender, after: [])

    def lines(self) -> list[str]:
        """The keys under which something waits, the earliest parked first."""
        return list(dict.fromkeys(parked.key for _, parked in parked_letters(self.app.memos)))

    def retry_all(self) -> int:
        """Work off every line as far as it goes; returns how many letters were obeyed."""
        return sum(self.retry(key) for key in self.lines())

    def retry(self, key: str) -> int:
        """Work off one line in order until it is empty or a letter fails again; returns how many were obeyed."""
        done = 0
        for place in line_of(self.app.memos, key):
            parked = parked_at(self.app.memos, place)
            if parked is not None and not self._obey(place, parked):
                break
            done += parked is not None
        return done

    def _obey(self, place: str, parked: Parked) -> bool:
        self.app.reference.follow()
        letter = parked.letter(place)
        work = self.app.work()
        try:
            self._listener.follow_policy(work, self.app.policies[letter.name], letter)
            return self._settle(work, place, parked)
        except PersistenceError:
            raise
        except Exception as error:
            self._note(place, parked, repr(error))
            return False

    def _settle(self, work: Work, place: str, parked: Parked) -> bool:
        work.memos += settled(place, parked, OBEYED)
        try:
            self.app.append(work)
        except IntegrityError:
            if parked_at(self.app.memos, place) is not None:
                raise  # a clash with another writer of the same stream: try again later
        return True

    def _note(self, place: str, parked: Parked, error: str) -> None:
        noted: Any = msgspec.structs.replace(parked, error=error)
        work = self.app.work()
        work.memos.append(Memo("parked", place, msgspec.msgpack.encode(noted)))
        self.app.append(work)
