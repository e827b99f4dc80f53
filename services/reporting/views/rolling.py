"""Roll-ups: views without pages of their own, whose rows come from other views' pages of one moment."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple, Protocol, Self

from services.chassis.pages import Scope
from services.reporting.views.view import Cells, View


class Piece(NamedTuple):
    """A page of a view as one of the things a row was rolled up from."""

    view: str
    key: str
    number: int
    page: Any


class Pieces(Protocol):
    """Pages of one moment, now or then."""

    as_of: datetime

    def each(self, view: View, kind: type[Any] | None = None) -> Sequence[Piece]:
        """Every page of a view, in order of key; with `kind` only its fields are read."""


class Sources(Pieces, Protocol):
    """The pages a roll-up may look at; `scope` is that of whoever asks."""

    @property
    def scope(self) -> Scope:
        """That of whoever asks."""

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


class Shown(NamedTuple):
    """A row as it is answered: without the pages it was made from, which would keep a whole country in memory."""

    key: str
    number: int
    cells: Mapping[str, Any]
    owner_path: str
    unit_path: str | None
    delegates: tuple[str, ...]


def shown(row: Sum | Shown) -> Shown:
    """A row without its pages."""
    if isinstance(row, Shown):
        return row
    number = max((piece.number for piece in row.pieces), default=0)
    return Shown(row.key, number, row.cells, row.owner_path, row.unit_path, row.delegates)


class Tally(Protocol):
    """Counts and sums of what lies in a place."""

    @property
    def pieces(self) -> Sequence[Piece]:
        """The pages behind them."""

    def merge(self, other: Self) -> None:
        """Add what another place counts."""


class Resting(Tally, Protocol):
    """Counts that may stand: kept from one question to the next."""

    def rest(self) -> None:
        """Let go of the pages, but for what says up to which letter they were counted."""


def newest(pieces: Sequence[Piece]) -> list[Piece]:
    """The piece with the highest number, without its page: enough to say up to which letter something was counted."""
    last = max(pieces, key=lambda piece: piece.number, default=None)
    return [] if last is None else [last._replace(page=None)]


class Counts(NamedTuple):
    """A roll-up in two steps: what each place counts, by its path, and the rows told from that (`Shown` once at rest).

    What `at` says of a place must not depend on pages that are counted elsewhere (see `counting.whereabouts`).
    """

    at: Callable[[Pieces, Any], Mapping[str, Any]]
    tell: Callable[[Any, Mapping[str, Any]], Iterable[Any]]


class RollUp(NamedTuple):
    """A view made at the moment it is asked for; `rows` sees every page, the scope is applied to what it yields.

    With `counts` its rows of now are told from counts that stand by place and move with the letters.
    """

    name: str
    title: str
    of: tuple[View, ...]
    rows: Callable[[Any], Iterable[Sum]]
    counts: Counts | None = None


def ratio(name: str, part: int, whole: int) -> dict[str, Any]:
    """An exact fraction as text and the two counts it comes from; None where there is nothing to divide by."""
    rate = str(Fraction(part, whole)) if whole else None
    return {name: rate, f"{name}_numerator": part, f"{name}_denominator": whole}


def beside(piece: Piece, cells: Cells, *more: Piece) -> Sum:
    """A row that stands for one page and belongs to whom the page belongs, with what else it took from others."""
    page = piece.page
    return Sum(piece.key, cells, (piece, *more), page.owner_path, page.unit_path, page.delegates)
