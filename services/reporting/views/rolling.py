"""Roll-ups: views without pages of their own, whose rows come from other views' pages of one moment."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

from services.chassis.pages import Scope
from services.reporting.views.view import Cells, View


class Piece(NamedTuple):
    """A page of a view as one of the things a row was rolled up from."""

    view: str
    key: str
    number: int
    page: Any


class Sources(Protocol):
    """The pages a roll-up may look at, all of one moment, now or then; `scope` is that of whoever asks."""

    as_of: datetime

    @property
    def scope(self) -> Scope:
        """That of whoever asks."""

    def each(self, view: View, kind: type[Any] | None = None) -> Sequence[Piece]:
        """Every page of a view, in order of key; with `kind` only its fields are read."""

    def within(self, view: View) -> Sequence[Piece]:
        """The pages that whoever asks may see."""

    def some(self, view: View, keys: Iterable[str]) -> Mapping[str, Piece]:
        """Pages by key."""


class Sum(NamedTuple):
    """A row rolled up from pieces, and to whom it belongs."""

    key: str
    cells: Cells
    pieces: Sequence[Piece]
    owner_path: str
    unit_path: str | None = None
    delegates: tuple[str, ...] = ()


class RollUp(NamedTuple):
    """A view made at the moment it is asked for; `rows` sees every page, the scope is applied to what it yields."""

    name: str
    title: str
    of: tuple[View, ...]
    rows: Callable[[Any], Iterable[Sum]]


def ratio(name: str, part: int, whole: int) -> dict[str, Any]:
    """An exact fraction as text and the two counts it comes from; None where there is nothing to divide by."""
    rate = str(Fraction(part, whole)) if whole else None
    return {name: rate, f"{name}_numerator": part, f"{name}_denominator": whole}


def beside(piece: Piece, cells: Cells, *more: Piece) -> Sum:
    """A row that stands for one page and belongs to whom the page belongs, with what else it took from others."""
    page = piece.page
    return Sum(piece.key, cells, (piece, *more), page.owner_path, page.unit_path, page.delegates)
