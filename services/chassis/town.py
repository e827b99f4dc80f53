"""The town: all services in one process, letters carried by hand, the clock given."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from contracts.letter import Letter
from contracts.record import Command, Receipt
from contracts.submission import Submission
from contracts.wire import addressee_of
from services.chassis.announcing import announcements
from services.chassis.application import ServiceApplication
from services.chassis.clock import HandClock
from services.chassis.directory import Directory
from services.chassis.identity import Identity, TokenSigner
from services.chassis.life_cycle import Refused
from services.chassis.listening import Listener
from services.chassis.timers import Timers

REGISTRY = "registry"


class Hearer(Protocol):
    """Whoever hears every letter beside the services: the casebook."""

    def heard(self, sender: str) -> int:
        """Position of the sender's last letter taken in."""

    def hear(self, letters: Sequence[Letter]) -> Any:
        """Take in letters of one sender, in order."""


class Town:
    """Services by name, who hears their letters, and the hand clock they all look at."""

    def __init__(
        self, services: Mapping[str, ServiceApplication], signer: TokenSigner, clock: HandClock,
        hearers: Iterable[Hearer] = (), read: Callable[[], None] = lambda: None,
    ) -> None:
        self.services, self.clock, self._signer, self._read = dict(services), clock, signer, read
        self._listeners: list[Hearer] = [Listener(app, self.announcements) for app in self.services.values()]
        self._listeners += hearers
        self._timers = [Timers(app) for app in self.services.values()]
        self.directory = Directory(self.services[REGISTRY].reference)
        self._known = 0
        self._carried: dict[str, int] = {}
        self._gathers = False
        self.settle()

    # --- in --------------------------------------------------------------------------------------

    def submit(
        self, identity: Identity, command: Command, *, command_id: UUID | None = None, **said: Any
    ) -> Receipt:
        """Send a command as a person; its letters are carried until nothing moves. Raises Refused."""
        receipt = self.obeyed(addressee_of(command), self._signer.signed(identity, command, command_id, **said))
        self.settle()
        return receipt

    def obeyed(self, service: str, submission: Submission) -> Receipt:
        """Bring a command to its service; raises Refused."""
        return self.service_named(service).execute(submission)

    def submit_as(self, person_id: UUID, command: Command, *, at_body: UUID | None = None, **said: Any) -> Receipt:
        """As `submit`, for a person of the directory."""
        return self.submit(self.directory.identity(person_id, at_body), command, **said)

    def service_named(self, service: str) -> ServiceApplication:
        """The service of a name; raises Refused SERVICE_UNKNOWN."""
        if service not in self.services:
            raise Refused("SERVICE_UNKNOWN", f"没有名为“{service}”的服务")
        return self.services[service]

    # --- letters ----------------------------------------------------------------------------------

    def announcements(self, sender: str, after: int, limit: int = 1000) -> list[Letter]:
        """A sender's letters after a position."""
        return announcements(self.services[sender].recorder, sender, after, limit)

    def settle(self) -> None:
        """Carry letters until every listener has heard every sender, then let the pages follow."""
        moved = True
        while moved:
            carried = [self._carry(sender) for sender in self.services]
            moved = any(carried)
        if not self._gathers:
            self._read()

    def pages_follow(self) -> None:
        """Let the pages follow, before somebody looks at them."""
        self._read()

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Nobody reads a page meanwhile: letters are carried as ever, the pages follow once, at the end."""
        self._gathers = True
        try:
            yield
        finally:
            self._gathers = False
        self._read()

    def _carry(self, sender: str) -> bool:
        end = self.services[sender].recorder.max_notification_id() or 0
        if end == self._carried.get(sender):
            return False
        moved = False
        for listener in self._listeners:
            while (heard := listener.heard(sender)) < end:
                listener.hear(self.announcements(sender, heard))
                moved = True
        if sender == REGISTRY:
            self._learn_people(end)
        self._carried[sender] = end
        return moved

    def _learn_people(self, end: int) -> None:
        while self._known < end:
            for letter in self.announcements(REGISTRY, self._known):
                self.directory.hear(letter)
                self._known = letter.position

    # --- time --------------------------------------------------------------------------------------

    def advance_to(self, instant: datetime) -> None:
        """Move the clock; what falls due on the way fires at its instant, in order."""
        while (due := self._next_due()) is not None and due[0] <= instant:
            self.clock.set(max(due[0], self.clock.now))
            self._fire(due[1])
            self.settle()
        self.clock.set(instant)

    def _fire(self, timers: Timers) -> None:
        timers.fire_next(self.clock.now)

    def _next_due(self) -> tuple[datetime, Timers] | None:
        found = [(due, timers) for timers in self._timers if (due := timers.next_due()) is not None]
        return min(found, key=lambda pair: pair[0]) if found else None

    def close(self) -> None:
        """Close every log."""
        for service in self.services.values():
            service.close()
