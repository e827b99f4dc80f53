"""P5 挂牌覆盖: one row per place: is full coverage real, for primary and secondary schools and kindergartens?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Self

from services.reporting.views.by_place import by_place, regions
from services.reporting.views.c2_listing_coverage import OTHER, PARTS, STAGES, School, schools
from services.reporting.views.country import Country
from services.reporting.views.rolling import Counts, Piece, Pieces, Sum, newest, ratio


class Coverage:
    """Schools to be covered that are counted in a place, and those that are, by stage."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.schools, self.listed = Counter[str](), Counter[str]()

    def add(self, school: School) -> None:
        """One school."""
        self.pieces += [school.piece, *school.pieces]
        self.schools[school.stage] += 1
        self.listed[school.stage] += school.listed

    def merge(self, other: Self) -> None:
        """What another place counts."""
        self.pieces += other.pieces
        self.schools.update(other.schools)
        self.listed.update(other.listed)

    def rest(self) -> None:
        """Without the pages."""
        self.pieces = newest(self.pieces)

    def cells(self) -> dict[str, Any]:
        """The share of all."""
        return ratio("coverage", self.listed.total(), self.schools.total())

    def stages(self) -> dict[str, Any]:
        """The share of each stage; schools of no such stage, or of an untold one, stand in the total only."""
        told = [ratio(stage.lower(), self.listed[stage], self.schools[stage]) for stage in STAGES]
        return {name: cell for cells in told for name, cell in cells.items()} | {"other": self.schools[OTHER]}


def coverages(sources: Pieces, country: Country) -> dict[str, Coverage]:
    """By path of the place of the body that manages the school."""
    made: dict[str, Coverage] = {}
    for school in schools(sources, country):
        made.setdefault(country.home(school.piece.key), Coverage()).add(school)
    return made


def tell(country: Country, counted: Mapping[str, Coverage]) -> Iterable[Sum]:
    """Every place; see `by_place.regions`."""
    for region in regions(country, counted, Coverage):
        yield region.row({**region.tally.cells(), **region.tally.stages()})


VIEW = by_place("P5", "挂牌覆盖", PARTS, Counts(coverages, tell))
