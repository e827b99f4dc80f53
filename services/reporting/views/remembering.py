"""Remembering: the last present-day rows of each roll-up, for as long as nothing they stand on has moved on."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from services.chassis.pages import Scope
from services.reporting.views.rolling import Sum

FRESH = timedelta(minutes=1)
"""Rows also depend on the instant they are shown as of, so they are made again after a minute at the latest."""
Numbers = tuple[tuple[str, int], ...]


class Shown(NamedTuple):
    """A row as it is answered: without the pages it was made from, which would keep a whole country in memory."""

    key: str
    number: int
    cells: Mapping[str, Any]
    owner_path: str
    unit_path: str | None
    delegates: tuple[str, ...]


class Made(NamedTuple):
    """Rows in order of key, the collections and numbers they were made from, and the instant they are of."""

    numbers: Numbers
    as_of: datetime
    rows: Sequence[Shown]


class Remembered:
    """One entry for each roll-up; one more for each scope where the rows themselves depend on who asks."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, Scope | None], Made] = {}

    def rows(
        self, name: str, scope: Scope, numbers: Numbers, as_of: datetime,
        make: Callable[[], tuple[Sequence[Sum], bool]],
    ) -> Made:
        """What stands, or what `make` makes now: every row, and whether they depend on the scope."""
        for asked in (None, scope):
            found = self._made.get((name, asked))
            if found is not None and found.numbers == numbers and found.as_of <= as_of < found.as_of + FRESH:
                return found
        made, scoped = make()
        kept = Made(numbers, as_of, sorted((shown(row) for row in made), key=lambda row: row.key))
        self._made[name, scope if scoped else None] = kept
        return kept


def shown(row: Sum) -> Shown:
    """A row without its pages."""
    number = max((piece.number for piece in row.pieces), default=0)
    return Shown(row.key, number, row.cells, row.owner_path, row.unit_path, row.delegates)
