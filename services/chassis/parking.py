"""Working off parked letters: tried again in order, or discarded by two persons with a reason."""

from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.persistence import IntegrityError, PersistenceError

from services.chassis.application import ServiceApplication
from services.chassis.life_cycle import Refused
from services.chassis.listening import Listener
from services.chassis.memos import Memo
from services.chassis.parked import Parked, line_of, parked_at, parked_letters
from services.chassis.work import Work


class Discard(msgspec.Struct, frozen=True, kw_only=True):
    """Why a letter will never be obeyed, and the two persons who answer for that."""

    reason: str
    person_id: UUID
    second_person_id: UUID
    at: str


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
            return self._settle(work, place, parked, b"obeyed")
        except PersistenceError:
            raise
        except Exception as error:
            self._note(place, parked, repr(error))
            return False

    def discard(self, place: str, reason: str, person_id: UUID, second_person_id: UUID) -> None:
        """Take a letter out of its line for good. Raises Refused; nothing behind it is obeyed by this."""
        parked = parked_at(self.app.memos, place)
        if parked is None:
            raise Refused("LETTER_NOT_PARKED", f"没有搁置的信件“{place}”")
        if not reason.strip():
            raise Refused("REASON_MISSING", "作废信件须写明理由")
        if person_id == second_person_id:
            raise Refused("SECOND_PERSON_MISSING", "作废信件须由另一人复核")
        said = Discard(
            reason=reason, person_id=person_id, second_person_id=second_person_id, at=self.app.clock().isoformat(),
        )
        self._settle(self.app.work(), place, parked, msgspec.json.encode(said))

    def _settle(self, work: Work, place: str, parked: Parked, outcome: bytes) -> bool:
        work.memos += [
            Memo("worked-off", place, outcome, fresh=True),
            Memo("parked", place, None), Memo("parked-key", parked.key_row(place), None),
        ]
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
