"""Standing counts: the tallies of every place as they stand now, each counted again only when its place was touched."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from threading import Lock
from typing import Any, NamedTuple

from services.chassis.pages import Pages
from services.reporting.views.counting.frame import FRAME, Frame
from services.reporting.views.counting.turns import instant_of, next_turn
from services.reporting.views.counting.whereabouts import Whereabouts
from services.reporting.views.folding import page_of
from services.reporting.views.rolling import Counts, Piece, Resting, RollUp, Shown, Sum
from services.reporting.views.view import View


class Kept(NamedTuple):
    """What one place counts, and until when it stands if no letter comes."""

    tally: Resting
    until: datetime


class InPlace:
    """The pages that are counted in one place; the frame whole."""

    def __init__(self, where: Whereabouts, frame: Frame, place: str, as_of: datetime) -> None:
        self._where, self._frame, self._place, self.as_of = where, frame, place, as_of
        self._read: dict[tuple[str, object], list[Piece]] = {}

    def each(self, view: View, kind: type[Any] | None = None) -> Sequence[Piece]:
        """Every page of a view that is counted here, in order of key."""
        if view in FRAME:
            return self._frame.each(view)
        asked = (view.name, kind)
        if asked not in self._read:
            living = (row for row in self._where.rows(view, self._place) if row.document is not None)
            page = kind or view.page
            self._read[asked] = [Piece(view.name, row.key, row.number, page_of(page, row)) for row in living]
        return self._read[asked]

    def until(self) -> datetime:
        """When one of the pages that were looked at says something else; at the latest when a new year begins."""
        new_year = instant_of(date(self._frame.country.day.year + 1, 1, 1))
        turn = next_turn([piece for pieces in self._read.values() for piece in pieces], self.as_of)
        return new_year if turn is None else min(turn, new_year)


class Standing:
    """The counts of one roll-up."""

    def __init__(self, view: RollUp, counts: Counts, where: Whereabouts, frame: Frame) -> None:
        self._view, self._counts, self._where, self._frame = view, counts, where, frame
        self._generation = -1
        self._kept: dict[str, Kept] = {}

    def rows(self, as_of: datetime) -> Iterable[Sum | Shown]:
        """The rows as of an instant, which is now."""
        self._where.follow(self._view.of, as_of)
        if self._where.begun_after(self._generation):
            self._kept.clear()
        over = {place for place, kept in self._kept.items() if kept.until <= as_of}
        for place in self._where.stale(self._view.of, self._generation) | over:
            self._count(place, as_of)
        self._generation = self._where.generation
        return self._counts.tell(self._where.country, {place: kept.tally for place, kept in self._kept.items()})

    def _count(self, place: str, as_of: datetime) -> None:
        """As from nothing, but with the pages of this place alone: what is said there of other places is not whole."""
        sources = InPlace(self._where, self._frame, place, as_of)
        tally = self._counts.at(sources, self._where.country.within(sources)).get(place)
        if tally is None:
            self._kept.pop(place, None)
        else:
            tally.rest()
            self._kept[place] = Kept(tally, sources.until())


class Standings:
    """The standing counts of all roll-ups that are counted by place; they share the whereabouts."""

    def __init__(self, pages: Pages) -> None:
        self._pages, self._lock, self._asked = pages, Lock(), set[str]()
        self._begin()

    def _begin(self) -> None:
        self._frame = Frame(self._pages)
        self._where = Whereabouts(self._pages, self._frame)
        self._of: dict[str, Standing] = {}

    def pays(self, view: RollUp) -> bool:
        """Whether counts that stand are worth their making, which costs twice as much: not for the first question.

        A command that asks once and ends is answered from the pages as they are.
        """
        again = view.name in self._asked
        self._asked.add(view.name)
        return again

    def rows(self, view: RollUp, counts: Counts, as_of: datetime) -> Sequence[Sum | Shown]:
        """The rows of a roll-up, made of what has changed since it was asked for last.

        When the pages cannot be read, half of what changed may have been taken in: then nothing is kept.
        """
        with self._lock:
            try:
                if view.name not in self._of:
                    self._of[view.name] = Standing(view, counts, self._where, self._frame)
                return list(self._of[view.name].rows(as_of))
            except Exception:
                self._begin()
                raise
