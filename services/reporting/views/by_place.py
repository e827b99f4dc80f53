"""By place: what is counted in a place is counted in every place above it; sums are summed, never averages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from services.reporting.views.country import Country, last
from services.reporting.views.rolling import Counts, Pieces, RollUp, Shown, Sources, Sum, Tally, shown
from services.reporting.views.view import View

UPPER = ("PROVINCE", "MUNICIPALITY", "PREFECTURE")
OWN = "own"


Counted = TypeVar("Counted", bound=Tally)


class Region(NamedTuple):
    """One row to be: a place, whether it is a whole subtree or what is managed there directly, and its counts."""

    code: str
    path: str
    level: str
    name: str
    kind: str
    tally: Any

    @property
    def key(self) -> str:
        """The code of the place; the row of what is managed there directly has a key of its own."""
        return f"{self.code}/{OWN}" if self.level == OWN else self.code

    def row(self, cells: Mapping[str, Any]) -> Sum:
        """The row, with what says which place it is."""
        told = {"place": self.code, "name": self.name, "kind": self.kind, "level": self.level}
        return Sum(self.key, {**told, **cells}, self.tally.pieces, self.path)


def regions(country: Country, counted: Mapping[str, Counted], new: Callable[[], Counted]) -> Iterator[Region]:
    """Every place that counts something, as `counted` by path, townships in their county: counties whole, upper places

    whole ("total") and for what they manage themselves ("own"). Own and whole counties add up to the total.
    """
    whole: dict[str, Counted] = {}
    for path, tally in sorted(counted.items()):
        for above in lineage(path):
            whole.setdefault(above, new()).merge(tally)
    for path, tally in sorted(whole.items()):
        code = last(path)
        place = country.places.get(code)
        name, kind = (place.page.named(country.day), place.page.kind) if place else (code, "")
        yield Region(code, path, "total" if kind in UPPER else "county", name, kind, tally)
        if kind in UPPER and path in counted:
            yield Region(code, path, OWN, name, kind, counted[path])


def by_place(name: str, title: str, of: tuple[View, ...], counts: Counts) -> RollUp:
    """A roll-up that is told from what each place counts, whether its counts stand or are made for one moment."""

    def rows(sources: Sources) -> Iterable[Sum]:
        country = Country(sources)
        return counts.tell(country, counts.at(sources, country))

    return RollUp(name=name, title=title, of=of, rows=rows, counts=counts)


class Listed:
    """The rows of a place, where a roll-up has a row for each unit."""

    def __init__(self) -> None:
        self.rows: list[Sum | Shown] = []

    def rest(self) -> None:
        """Without the pages."""
        self.rows = [shown(row) for row in self.rows]


def row_by_row(
    name: str, title: str, of: tuple[View, ...], rows: Callable[[Pieces, Country], Iterable[Sum]],
    home: Callable[[Country, Sum], str],
) -> RollUp:
    """A roll-up with rows for each thing in a place; `home` says in which place a row's pages are counted."""

    def at(sources: Pieces, country: Country) -> dict[str, Listed]:
        made: dict[str, Listed] = {}
        for row in rows(sources, country):
            made.setdefault(home(country, row), Listed()).rows.append(row)
        return made

    def tell(_: Country, counted: Mapping[str, Listed]) -> Iterable[Sum | Shown]:
        return (row for listed in counted.values() for row in listed.rows)

    return by_place(name, title, of, Counts(at, tell))


def lineage(path: str) -> Iterator[str]:
    """A place and those above it, from the top."""
    made = ""
    for code in filter(None, path.split("/")):
        made = f"{made}{code}/"
        yield made
