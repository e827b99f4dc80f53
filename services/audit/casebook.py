"""Audit: hears letters into the casebook; answers what was, what changed, why, and is it whole."""

from collections.abc import Callable, Sequence
from uuid import UUID

from contracts.letter import Letter
from services.audit.proof import Fault, first_fault, first_fault_of_all, unreadable
from services.audit.replay import Changed, State, States, Subject, differences, replayed
from services.audit.sentences import sentence
from services.audit.sight import visible
from services.chassis.as_of import Moment, cut_at
from services.chassis.casebook import Casebook, Filed, each
from services.chassis.clock import Clock

__all__ = ["Audit", "Changed", "Fault", "Missing", "State", "Subject", "first_fault", "sentence", "visible"]

Fetch = Callable[[str, int], Sequence[Letter]]


class Missing(Exception):
    """A sender does not give the letters between the last one heard and the one that came."""


class Audit:
    """Doors that let people in pass what they read through `visible`; auditors read everything."""

    def __init__(self, casebook: Casebook, fetch: Fetch, clock: Clock) -> None:
        self.casebook, self._fetch, self._clock = casebook, fetch, clock

    # --- hearing ----------------------------------------------------------------------------------

    def heard(self, sender: str) -> int:
        """Position of the sender's last letter in the casebook."""
        return self.casebook.heard(sender)

    def hear(self, letters: Sequence[Letter]) -> int:
        """Take in letters of one sender, in order; a doubled one is passed over, a gap is fetched.

        Returns the sender's last position heard. Raises Missing when a gap cannot be filled, and
        whatever the casebook raises.
        """
        if not letters:
            return 0
        sender, ready = letters[0].sender, list[Letter]()
        heard = self.heard(sender)
        for letter in letters:
            if letter.previous > heard:
                self.casebook.file(ready)
                ready, heard = [], self.catch_up(sender, letter.previous)
            ready.append(letter)
            heard = max(heard, letter.position)
        self.casebook.file(ready)
        return heard

    def catch_up(self, sender: str, upto: int | None = None) -> int:
        """Fetch what was missed, all of it or up to a position. Returns the last position."""
        while upto is None or self.casebook.heard(sender) < upto:
            missed = self._fetch(sender, self.casebook.heard(sender))
            if not missed:
                break
            self.casebook.file(missed)
        if upto is not None and self.casebook.heard(sender) < upto:
            raise Missing(f"{sender} does not give the letters up to {upto}")
        return self.casebook.heard(sender)

    # --- reading ----------------------------------------------------------------------------------

    def case(self, case_id: UUID, at: Moment = None) -> list[Filed]:
        """The letters of a case in their one order, as of a moment (see `chassis.as_of`)."""
        cut = cut_at(self.casebook, self._clock, at)
        return list(cut.keep(self.casebook.of_case(case_id, cut.number)))

    def replay(self, case_id: UUID, at: Moment = None) -> States:
        """The state of every stream and entity of a case as of a moment."""
        return replayed(self.case(case_id, at))

    def diff(self, case_id: UUID, earlier: Moment, later: Moment = None) -> list[Changed]:
        """What is different between two moments: field, old, new, who, when, why, event."""
        return differences(self.replay(case_id, earlier), self.replay(case_id, later))

    def why(
        self, case_id: UUID, field: str, subject: Subject | None = None, at: Moment = None
    ) -> Filed | None:
        """The letter to which a field owes its value at a moment; of several subjects the last."""
        numbers = [
            state.fields[field].number for found, state in self.replay(case_id, at).items()
            if field in state.fields and subject in (None, found)
        ]
        return self.casebook.read(max(numbers) - 1, 1)[0] if numbers else None

    # --- proof ------------------------------------------------------------------------------------

    def verify_stream(self, stream: UUID) -> Fault | None:
        """The first fault in a stream's chain, None when it is whole."""
        return first_fault(self.casebook.of_stream(stream), stream)

    def verify_case(self, case_id: UUID) -> Fault | None:
        """The first fault in any stream that a letter of the case belongs to."""
        filed = self.casebook.of_case(case_id)
        spoiled = next((fault for f in filed if (fault := unreadable(f))), None)
        if spoiled is not None:
            return spoiled
        streams = dict.fromkeys(f.letter.head.stream for f in filed)
        faults = (self.verify_stream(stream) for stream in streams)
        return next((fault for fault in faults if fault), None)

    def verify(self) -> Fault | None:
        """The first fault in the whole casebook: numbers, senders' positions, every chain."""
        return first_fault_of_all(each(self.casebook))
