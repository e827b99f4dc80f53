"""By place: what is counted in a place is counted in every place above it; sums are summed, never averages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, Self, TypeVar

from services.reporting.views.country import Country, last
from services.reporting.views.rolling import Piece, Sum

UPPER = ("PROVINCE", "MUNICIPALITY", "PREFECTURE")
OWN = "own"


class Tally(Protocol):
    """Counts and sums of what lies in a place."""

    @property
    def pieces(self) -> Sequence[Piece]:
        """The pages behind them."""

    def merge(self, other: Self) -> None:
        """Add what another place counts."""


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


def lineage(path: str) -> Iterator[str]:
    """A place and those above it, from the top."""
    made = ""
    for code in filter(None, path.split("/")):
        made = f"{made}{code}/"
        yield made
