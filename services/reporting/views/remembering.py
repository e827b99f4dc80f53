"""Remembering: the last present-day rows of each roll-up, for as long as nothing they stand on has moved on."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from services.chassis.pages import Scope
from services.reporting.views.rolling import Shown, Sum, shown
from services.reporting.views.view import china_date

FRESH = timedelta(minutes=1)
"""Rows also depend on the instant they are shown as of: they are made again after a minute, and at midnight."""
Numbers = tuple[tuple[str, int], ...]


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
        make: Callable[[], tuple[Sequence[Sum | Shown], bool]],
    ) -> Made:
        """What stands, or what `make` makes now: every row, and whether they depend on the scope."""
        for asked in (None, scope):
            found = self._made.get((name, asked))
            if found is not None and found.numbers == numbers and fresh(found.as_of, as_of):
                return found
        made, scoped = make()
        kept = Made(numbers, as_of, sorted((shown(row) for row in made), key=lambda row: row.key))
        self._made[name, scope if scoped else None] = kept
        return kept


def fresh(made: datetime, asked: datetime) -> bool:
    """Whether rows made at an instant may answer for another: within a minute, and on the same day in China."""
    return made <= asked < made + FRESH and china_date(made) == china_date(asked)
