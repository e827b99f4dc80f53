"""P1 省市县问题台账: one row per place, counties under the places above them: is rectification moving everywhere?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Self

from services.reporting.views import c1_ledger_board as c1
from services.reporting.views.by_place import by_place, regions
from services.reporting.views.country import LAND, Country
from services.reporting.views.figures import Cohort, Figures
from services.reporting.views.rolling import Counts, Piece, Pieces, Sum, newest, ratio

COUNTS = ("open", "overdue", "in_order", "suspended", "written_off", "reopened")


class Ledger:
    """The items of the units that are counted in a place."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.units = 0
        self.counts = dict.fromkeys(COUNTS, 0)
        self.days, self.cohorts = Counter[str](), dict[str, Cohort]()

    def add(self, piece: Piece) -> None:
        """A unit's stored figures."""
        page: Figures = piece.page
        self.pieces.append(piece)
        self.units += 1
        for name in COUNTS:
            self.counts[name] += getattr(page, name)
        self._add(page.days, page.cohorts)

    def merge(self, other: Self) -> None:
        """What another place counts."""
        self.pieces += other.pieces
        self.units += other.units
        for name in COUNTS:
            self.counts[name] += other.counts[name]
        self._add(other.days, other.cohorts)

    def rest(self) -> None:
        """Without the pages."""
        self.pieces = newest(self.pieces)

    def _add(self, days: dict[str, int], cohorts: dict[str, Cohort]) -> None:
        for day, count in days.items():
            self.days[day] += count
        for month, cohort in cohorts.items():
            self.cohorts.setdefault(month, Cohort()).add(cohort)

    def cells(self, day: date) -> dict[str, Any]:
        """Counts, the median age of what is open, and the rates of all cohorts and of each."""
        whole = Cohort()
        for cohort in self.cohorts.values():
            whole.add(cohort)
        cohorts = [{"month": month, **rates(cohort)} for month, cohort in sorted(self.cohorts.items())]
        return {**self.counts, "median_age": median_age(self.days, day), **rates(whole), "cohorts": cohorts}


def rates(cohort: Cohort) -> dict[str, Any]:
    """Write-offs that stand / registered; reopenings / write-offs."""
    return {
        **ratio("write_off_rate", cohort.standing, cohort.registered),
        **ratio("reopened_rate", cohort.reopenings, cohort.write_offs),
    }


def median_age(days: dict[str, int], day: date) -> str | None:
    """The exact median, in calendar days, of open items counted by day of registration: "12", or "25/2"."""
    total = sum(days.values())
    if not total:
        return None
    middle = {(total - 1) // 2, total // 2}
    found, passed = list[int](), 0
    for registered in sorted(days, reverse=True):
        age = (day - date.fromisoformat(registered)).days
        found += [age for place in middle if passed <= place < passed + days[registered]]
        passed += days[registered]
    return str(Fraction(sum(found), len(found)))


def ledgers(sources: Pieces, country: Country) -> dict[str, Ledger]:
    """By path of the place in which a unit is counted: that of the body which manages it."""
    made: dict[str, Ledger] = {}
    for piece in sources.each(c1.VIEW, Figures):
        place = country.home(piece.key, piece.page.unit_path)
        made.setdefault(place, Ledger()).add(piece)
    return made


def tell(country: Country, counted: Mapping[str, Ledger]) -> Iterable[Sum]:
    """Every place; see `by_place.regions`."""
    for region in regions(country, counted, Ledger):
        yield region.row({"units": region.tally.units, **region.tally.cells(country.day)})


VIEW = by_place("P1", "省市县问题台账", (c1.VIEW, *LAND), Counts(ledgers, tell))
