"""T1 县区排名: one row per county, and one for what an upper place manages itself: which county lags?"""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from services.reporting.views import c1_ledger_board as c1
from services.reporting.views import c10_orders as c10
from services.reporting.views.by_place import by_place, regions
from services.reporting.views.c2_listing_coverage import PARTS
from services.reporting.views.country import Country
from services.reporting.views.p1_ledger import Ledger, ledgers
from services.reporting.views.p4_staffing import Staff, staffs
from services.reporting.views.p5_listing import Coverage, coverages
from services.reporting.views.registers.large_schools import LARGE_SCHOOLS
from services.reporting.views.rolling import Counts, Piece, Pieces, Sum, newest, ratio

LEDGER = ("open", "overdue", "in_order", "reopened", "written_off", "suspended")


class Orders:
    """Orders about units that are counted in a place."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.issued = self.in_time = 0

    def add(self, piece: Piece) -> None:
        """One order that was issued."""
        self.pieces.append(piece)
        self.issued += 1
        self.in_time += piece.page.complied_in_time

    def rest(self) -> None:
        """Without the pages."""
        self.pieces = newest(self.pieces)

    def merge(self, other: Self) -> None:
        """What another place counts."""
        self.pieces += other.pieces
        self.issued += other.issued
        self.in_time += other.in_time


class County:
    """Everything that is ranked."""

    def __init__(self) -> None:
        self.ledger, self.orders, self.coverage, self.staff = Ledger(), Orders(), Coverage(), Staff()

    @property
    def pieces(self) -> list[Piece]:
        """The pages behind all of it, each once."""
        parts = (self.ledger, self.orders, self.coverage, self.staff)
        found = {(piece.view, piece.key): piece for part in parts for piece in part.pieces}
        return list(found.values())

    def merge(self, other: Self) -> None:
        """What another place counts."""
        self.ledger.merge(other.ledger)
        self.orders.merge(other.orders)
        self.coverage.merge(other.coverage)
        self.staff.merge(other.staff)

    def rest(self) -> None:
        """Without the pages."""
        for part in (self.ledger, self.orders, self.coverage, self.staff):
            part.rest()


def tell(country: Country, counted: Mapping[str, County]) -> Iterable[Sum]:
    """Counts of the C views, added up; rates come last."""
    for region in regions(country, counted, County):
        if region.level != "total":
            yield region.row(_cells(region.tally))


def counties(sources: Pieces, country: Country) -> dict[str, County]:
    made: dict[str, County] = {}

    def at(path: str) -> County:
        return made.setdefault(path, County())

    for path, ledger in ledgers(sources, country).items():
        at(path).ledger = ledger
    for path, coverage in coverages(sources, country).items():
        at(path).coverage = coverage
    for path, staff in staffs(sources, country).items():
        at(path).staff = staff
    for piece in sources.each(c10.VIEW):
        if piece.page.issued_at is not None:
            at(country.home(piece.page.unit, piece.page.unit_path)).orders.add(piece)
    return made


def _cells(county: County) -> dict[str, Any]:
    return {
        **{name: county.ledger.counts[name] for name in LEDGER},
        **ratio("order_rate", county.orders.in_time, county.orders.issued),
        **county.coverage.cells(), **county.staff.cells(),
    }


VIEW = by_place("T1", "县区排名", (c1.VIEW, c10.VIEW, *PARTS, LARGE_SCHOOLS), Counts(counties, tell))
