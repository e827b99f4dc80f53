"""Those who file and fold: the audit into a casebook that fails, the projector into pages that fail."""

from collections.abc import Sequence
from typing import Any

from eventsourcing.persistence import OperationalError, PersistenceError

from contracts.correspondence import WRITERS
from contracts.letter import Letter
from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.pages_memory import MemoryPages
from services.cli.simulation.doors import Asking
from services.cli.simulation.hearing import Hearing
from services.cli.simulation.process import Process
from services.cli.wiring import auditing, projecting

AUDIT, READING = "audit", "reading"


class FailingCasebook:
    """The casebook's disk as the audit has it open."""

    def __init__(self, casebook: MemoryCasebook, process: Process) -> None:
        self._casebook, self._process = casebook, process

    def file(self, letters: Sequence[Letter]) -> int:
        """It may fail before or after the filing."""
        name, chance = self._process.name, self._process.chance
        if chance.strikes("filing-failed", name):
            raise OperationalError("disk I/O error")
        self._process.may_die("died-before-commit")
        number = self._casebook.file(letters)
        self._process.may_die("died-after-commit")
        if chance.strikes("filing-unknown", name):
            raise OperationalError("no answer to COMMIT")
        return number

    def __getattr__(self, name: str) -> Any:
        return getattr(self._casebook, name)


class FailingPages:
    """The store of pages as one projector has it open."""

    def __init__(self, pages: MemoryPages, process: Process) -> None:
        self._pages, self._process = pages, process

    def write(self, collection: str, rows: Any) -> Sequence[str]:
        """Some rows may be stored and others not."""
        rows = list(rows)
        if rows and self._process.chance.strikes("page-failed", self._process.name):
            some = self._process.chance.rng.randrange(len(rows) + 1)
            self._pages.write(collection, rows[:some])
            raise OperationalError("disk I/O error")
        if rows and self._process.chance.strikes("overtaken", self._process.name):
            self._process.world.let_others_go_first(self._process)
        self._process.may_die("died-before-commit")
        return self._pages.write(collection, rows)

    def track(self, collection: str, number: int) -> None:
        """Rows are stored, the number perhaps not."""
        if self._process.chance.strikes("overtaken", self._process.name):
            self._process.world.let_others_go_first(self._process)
        self._pages.track(collection, number)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pages, name)


class AuditHearing(Hearing):
    """The audit's subscriber."""

    def __init__(self, world: Any) -> None:
        super().__init__(world, AUDIT, WRITERS, READING)

    def hearer(self, asking: Asking) -> Any:
        """The audit on the one casebook."""
        return auditing(FailingCasebook(self.world.casebook, self), asking.announcements, self.clock)


class Projecting(Process):
    """One of the projectors."""

    def __init__(self, world: Any, number: int) -> None:
        super().__init__(world, f"projector-{number}", READING)
        self._projector: Any = None

    def begin(self) -> None:
        """Open casebook and pages."""
        self._projector = projecting(self.world.casebook, FailingPages(self.world.pages, self))

    def step(self) -> None:
        """Fold what was filed since, or make one view anew."""
        try:
            self._projector.follow()
        except PersistenceError:
            return
