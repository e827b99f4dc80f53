"""Asking a view: as of now from its pages, as of any past moment from the casebook itself."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from contracts.record import Receipt
from services.chassis.as_of import Cut, Moment, cut_at
from services.chassis.casebook import Casebook, Filed, each
from services.chassis.clock import Clock
from services.chassis.life_cycle import Refused
from services.chassis.pages import LIMIT, Pages, Row, Scope
from services.reporting.views import REPORTS, VIEWS
from services.reporting.views.counting.standing import Standings
from services.reporting.views.folding import Post, folded, row_of, rows_of
from services.reporting.views.moments import PagesNow, PagesThen
from services.reporting.views.remembering import Remembered
from services.reporting.views.rolling import RollUp, Shown, Sources, Sum, shown
from services.reporting.views.view import Cells, View
from services.reporting.views.visible import Line, holds, is_asked_for, is_readable, is_seen, lines_of

ASKED: Mapping[str, View | RollUp] = {**VIEWS, **REPORTS}
"""Registers can be asked for too, by their names."""


class Answer(NamedTuple):
    """Rows built from the casebook up to `number`, shown as of an instant, and where to go on."""

    view: str
    title: str
    number: int
    as_of: datetime
    lines: Sequence[Line]
    next_key: str | None


class Ask:
    """What doors read: every question says who asks, in a `Scope`."""

    def __init__(
        self, casebook: Casebook, pages: Pages, clock: Clock, views: Mapping[str, View | RollUp] = ASKED
    ) -> None:
        self._casebook, self._pages, self._clock, self._views = casebook, pages, clock, views
        self._remembered, self._standings = Remembered(), Standings(pages)

    def view(
        self, name: str, scope: Scope, *, at: Moment = None,
        where: Mapping[str, object] | None = None, after_key: str = "", limit: int = LIMIT,
    ) -> Answer:
        """Rows within a scope, as of now, a number, an instant (known) or `Happened`.

        Raises Refused VIEW_UNKNOWN, NUMBER_UNKNOWN or AS_OF_IN_FUTURE (see `chassis.as_of`).
        """
        view = self._view(name)
        cut = self._cut(view, at)
        if isinstance(view, RollUp):
            made, cut = self._shown(view, scope, cut, at)
            after = made[bisect_right(made, after_key, key=lambda row: row.key):] if after_key else made
            wanted = (row for row in after if is_seen(row, scope) and holds(row.cells, where))
            lines = [Line(row.key, row.number, row.cells) for row in islice(wanted, limit)]
            turn = lines[-1].key if len(lines) == limit else None
        else:
            rows = self._rows(view, scope, cut, at, where=where, after_key=after_key, limit=limit)
            lines = [line for row in rows for line in lines_of(view, row, cut.as_of, scope)]
            turn = rows[-1].key if len(rows) == limit else None
        return Answer(view.name, view.title, cut.number, cut.as_of, lines, turn)

    def behind(self, name: str, scope: Scope, key: str, at: Moment = None) -> Sequence[Filed]:
        """The letters a row is folded from, in order, under seal for their owner only; none outside the scope."""
        return [filed for filed in self._behind(name, scope, key, at) if is_readable(filed, scope)]

    def _behind(self, name: str, scope: Scope, key: str, at: Moment) -> Sequence[Filed]:
        view = self._view(name)
        cut = self._cut(view, at)
        if isinstance(view, RollUp):
            return self._letters(view, cut, self._pieces(view, scope, cut, at, key))
        if at is None:
            row = self._pages.get(self._collection(view), [key]).get(key)
        else:
            row = row_of(view, folded(view, self._casebook, cut), key)
        if row is None or not is_asked_for(row, scope, None) or not lines_of(view, row, cut.as_of, scope):
            return []
        return self._letters(view, cut, {(view.name, key): row.number})

    def has_seen(self, name: str, receipt: Receipt) -> bool:
        """Whether a view's pages are built from the record a receipt names."""
        number = self._casebook.number_of(receipt.service, receipt.position)
        return number is not None and self._cut(self._view(name), None).number >= number

    # --- inside -----------------------------------------------------------------------------------

    def _view(self, name: str) -> View | RollUp:
        if name not in self._views:
            raise Refused("VIEW_UNKNOWN", f"没有名为“{name}”的视图")
        return self._views[name]

    def _collection(self, view: View) -> str:
        return self._pages.current(view.shelf) or ""

    def _cut(self, view: View | RollUp, at: Moment) -> Cut:
        """A past moment; or now, up to the number that all the pages asked for have reached."""
        if at is not None:
            return cut_at(self._casebook, self._clock, at)
        return Cut(min(self._pages.number(self._collection(each)) for each in parts(view)), self._clock())

    def _rows(
        self, view: View, scope: Scope, cut: Cut, at: Moment, *,
        where: Mapping[str, object] | None, after_key: str, limit: int,
    ) -> Sequence[Row]:
        if at is None:
            collection = self._collection(view)
            return self._pages.find(collection, scope, where=where, after_key=after_key, limit=limit)
        past = rows_of(view, folded(view, self._casebook, cut))
        return [row for row in past if row.key > after_key and is_asked_for(row, scope, where)][:limit]

    def _shown(self, view: RollUp, scope: Scope, cut: Cut, at: Moment) -> tuple[Sequence[Shown], Cut]:
        """Every row in order of key, and the cut they were made at; those of now may have been made a moment ago."""
        def make() -> tuple[Sequence[Sum | Shown], bool]:
            if view.counts is not None and self._standings.pays(view):
                return self._standings.rows(view, view.counts, cut.as_of), False
            sources = PagesNow(self._pages, scope, cut.as_of)
            return list(view.rows(sources)), sources.scoped

        if at is not None:
            return [shown(row) for row in self._sums(view, scope, cut, at)], cut
        stores = [self._collection(part) for part in view.of]
        numbers = tuple((store, self._pages.number(store)) for store in stores)
        made = self._remembered.rows(view.name, scope, numbers, cut.as_of, make)
        return made.rows, Cut(min((number for _, number in made.numbers), default=0), made.as_of)

    def _sums(self, view: RollUp, scope: Scope, cut: Cut, at: Moment) -> list[Sum]:
        sources: Sources = (
            PagesNow(self._pages, scope, cut.as_of) if at is None
            else PagesThen(view.of, self._casebook, scope, cut)
        )
        rows = (row for row in view.rows(sources) if scope.admits(row.owner_path, row.unit_path, row.delegates))
        return sorted(rows, key=lambda row: row.key)

    def _pieces(
        self, view: RollUp, scope: Scope, cut: Cut, at: Moment, key: str
    ) -> Mapping[tuple[str, str], int]:
        rows = (row for row in self._sums(view, scope, cut, at) if row.key == key)
        return {(piece.view, piece.key): piece.number for row in rows for piece in row.pieces}

    def _letters(
        self, view: View | RollUp, cut: Cut, pages: Mapping[tuple[str, str], int]
    ) -> Sequence[Filed]:
        """What was addressed to pages, up to the number of each, in one pass over the casebook."""
        views, found = parts(view), dict[int, Filed]()
        post = Post(views)
        heard = cut.keep(each(self._casebook, upto=max(pages.values(), default=0), names=post.names))
        for one, heap in zip(views, post.sort(heard), strict=True):
            for filed in heap:
                if any(filed.number <= pages.get((one.name, key), 0) for key in one.keys(filed.letter)):
                    found[filed.number] = filed
        return [found[number] for number in sorted(found)]


def parts(view: View | RollUp) -> tuple[View, ...]:
    """The views whose pages a view is made from: itself, unless it is a roll-up."""
    return view.of if isinstance(view, RollUp) else (view,)


def cells_of(answer: Answer) -> Iterable[Cells]:
    """The rows of an answer as plain cells, with their keys."""
    return [{"key": line.key, **line.cells} for line in answer.lines]
