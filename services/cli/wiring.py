"""The embedded deployment: every service and its log, the casebook and the pages, in one process."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from eventsourcing.persistence import InfrastructureFactory

from contracts.letter import Letter
from services.accountability.application import Accountability
from services.audit.casebook import Audit
from services.chassis.announcing import announcements
from services.chassis.application import ServiceApplication
from services.chassis.casebook import Casebook
from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.casebook_sqlite import SQLiteCasebook
from services.chassis.clock import Clock, HandClock, system_clock
from services.chassis.identity import TokenReader, TokenSigner, new_key
from services.chassis.log_memory import MemoryLogs
from services.chassis.log_sqlite import SQLiteLogs
from services.chassis.pages import Pages
from services.chassis.pages_memory import MemoryPages
from services.chassis.pages_sqlite import SQLitePages
from services.chassis.reference import Reference
from services.chassis.town import REGISTRY, Hearer, Town
from services.chassis.vault import MemoryRows, Rows, SQLiteRows
from services.cli.founding import signing_key
from services.findings.application import Findings
from services.personnel.application import Personnel
from services.rectification.application import Rectification
from services.registry.application import Registry
from services.reporting.projector import Projector
from services.reporting.views.ask import Ask
from services.scheduling.application import Scheduling

Kinds = Mapping[str, type[ServiceApplication]]

SERVICES: Kinds = {
    REGISTRY: Registry,
    "personnel": Personnel,
    "scheduling": Scheduling,
    "findings": Findings,
    "rectification": Rectification,
    "accountability": Accountability,
}
"""To add a service, add a line."""


class WallClock(HandClock):
    """The machine's time in the place of the hand clock: whoever sets it finds that it moves by itself."""

    def __init__(self) -> None:
        super().__init__(system_clock())

    def __call__(self) -> datetime:
        self.now = system_clock()
        return self.now

    def set(self, instant: datetime) -> None:
        """Look at the machine's clock again."""
        self.now = system_clock()


class Library(NamedTuple):
    """Where things are read: the casebook, the pages folded from it, the places and bodies by date."""

    audit: Audit
    ask: Ask
    projector: Projector
    reference: Reference
    files: tuple[Any, ...]

    def close(self) -> None:
        """Close every file."""
        for file in self.files:
            file.close()


class Embedded(NamedTuple):
    """The town where things are written, and the library where they are read."""

    town: Town
    library: Library

    def close(self) -> None:
        """Close every file; a second time is quiet."""
        self.town.close()
        self.library.close()


def town(data: Path | None, clock: HandClock, services: Kinds = SERVICES) -> Town:
    """The town of an embedded deployment."""
    return embedded(data, clock, services).town


def embedded(
    data: Path | None, clock: HandClock, services: Kinds = SERVICES, hearers: Iterable[Hearer] = ()
) -> Embedded:
    """All services on files in `data`, or in memory; raises Refused LOG_OWNED when another process has them."""
    key = new_key() if data is None else signing_key(data)
    keys = _keys(data)
    opened = _opened(services, _logs(data, clock), TokenReader(key, clock), clock, keys)
    shelves = _library(data, opened, clock)
    shelves = shelves._replace(files=(*shelves.files, keys))
    made = Town(
        opened, TokenSigner(key, clock), clock, (*hearers, shelves.audit), lambda: let_go(shelves.projector.follow())
    )
    return Embedded(made, shelves)


def library(data: Path, clock: HandClock) -> Library:
    """The files of a deployment, to be read beside the process that owns them."""
    logs = SQLiteLogs(data / f"{REGISTRY}.sqlite", clock, owner=False)
    registry = SERVICES[REGISTRY](logs, TokenReader(signing_key(data), clock), clock)
    return _library(data, {REGISTRY: registry}, clock)


def auditing(casebook: Casebook, fetch: Callable[[str, int], Sequence[Letter]], clock: Clock) -> Audit:
    """Who files letters into a casebook."""
    return Audit(casebook, fetch, clock)


def projecting(casebook: Casebook, pages: Pages) -> Projector:
    """Who folds a casebook into pages."""
    return Projector(casebook, pages)


def let_go(_: object) -> None:
    """An answer that nobody needs."""


def _opened(
    services: Kinds, logs: Callable[[str], InfrastructureFactory[Any]], reader: TokenReader, clock: HandClock,
    keys: Rows,
) -> dict[str, ServiceApplication]:
    opened: dict[str, ServiceApplication] = {}
    try:
        for name, kind in services.items():
            opened[name] = kind(logs(name), reader, clock, keys=keys)
    except BaseException:
        for service in opened.values():
            service.close()
        raise
    return opened


def _logs(data: Path | None, clock: HandClock) -> Callable[[str], InfrastructureFactory[Any]]:
    if data is None:
        return lambda _: MemoryLogs(clock)
    return lambda name: SQLiteLogs(data / f"{name}.sqlite", clock)


def _keys(data: Path | None) -> MemoryRows | SQLiteRows:
    """One file for the keys of every sealed text, apart from the logs; whoever backs up the logs leaves it out."""
    return MemoryRows() if data is None else SQLiteRows(data / "keys" / "sealed.sqlite")


def _library(data: Path | None, opened: Mapping[str, ServiceApplication], clock: HandClock) -> Library:
    casebook, pages, files = _shelves(data)
    return library_on(casebook, pages, opened, clock)._replace(files=files)


def library_on(
    casebook: Any, pages: Any, opened: Mapping[str, ServiceApplication], clock: HandClock
) -> Library:
    """The library on an open casebook and open pages, which it closes."""
    def fetch(sender: str, after: int) -> Sequence[Letter]:
        return announcements(opened[sender].recorder, sender, after)

    audit, ask = Audit(casebook, fetch, clock), Ask(casebook, pages, clock)
    return Library(audit, ask, Projector(casebook, pages), opened[REGISTRY].reference, (casebook, pages))


def _shelves(data: Path | None) -> tuple[Casebook, Pages, tuple[Any, ...]]:
    if data is None:
        return MemoryCasebook(), MemoryPages(), ()
    casebook, pages = SQLiteCasebook(data / "casebook.sqlite"), SQLitePages(data / "pages.sqlite")
    return casebook, pages, (casebook, pages)
