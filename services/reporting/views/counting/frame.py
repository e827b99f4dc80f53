"""The few pages by which every place is counted: places, bodies, policies and lists; a change of one touches all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.chassis.pages import WHOLE, Pages
from services.reporting.views.counting.turns import next_turn
from services.reporting.views.country import Country
from services.reporting.views.moments import PagesNow
from services.reporting.views.registers.large_schools import LARGE_SCHOOLS
from services.reporting.views.registers.place import BODIES, PLACES
from services.reporting.views.registers.policy import POLICIES
from services.reporting.views.rolling import Piece
from services.reporting.views.view import View, china_date

FRAME = (PLACES, BODIES, POLICIES, LARGE_SCHOOLS)
Numbers = dict[str, tuple[str, int]]


class Frame:
    """Read again when one of them moved on, or when the day comes on which one says something else."""

    country: Country

    def __init__(self, pages: Pages) -> None:
        self._pages, self._numbers = pages, Numbers()
        self._until: datetime | None = None
        self.pieces: dict[str, Sequence[Piece]] = {}

    def follow(self, as_of: datetime) -> bool:
        """Bring them up to an instant; True when nothing that was counted by them before stands any more."""
        if self.pieces and not self._changed() and not self._turned(as_of):
            if china_date(as_of) != self.country.day:
                self._settle(as_of)
            return False
        self._numbers = {view.name: self._number(view) for view in FRAME}
        sources = PagesNow(self._pages, WHOLE, as_of)
        self.pieces = {view.name: sources.each(view) for view in FRAME}
        self._settle(as_of)
        self._until = next_turn([piece for pieces in self.pieces.values() for piece in pieces], as_of)
        return True

    def each(self, view: View, _: type[Any] | None = None) -> Sequence[Piece]:
        """The pages of one of the views."""
        return self.pieces[view.name]

    def _settle(self, as_of: datetime) -> None:
        """What every place asks of its country is made once for all of them."""
        self.as_of = as_of
        self.country = Country(self)
        self.country.prepare()

    def _number(self, view: View) -> tuple[str, int]:
        collection = self._pages.current(view.shelf) or ""
        return collection, self._pages.number(collection)

    def _changed(self) -> bool:
        for view in FRAME:
            known, now = self._numbers[view.name], self._number(view)
            if known[0] != now[0] or (now[1] > known[1] and self._pages.changed(now[0], known[1])):
                return True
            self._numbers[view.name] = now
        return False

    def _turned(self, as_of: datetime) -> bool:
        """A clock that went back is a test's; then too everything is made anew."""
        return as_of < self.as_of or (self._until is not None and as_of >= self._until)
