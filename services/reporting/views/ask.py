"""Asking a view: as of now from its pages, as of any past moment from the casebook itself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from contracts.record import Receipt
from services.chassis.as_of import Moment, cut_at
from services.chassis.casebook import Casebook, Filed
from services.chassis.clock import Clock
from services.chassis.life_cycle import Refused
from services.chassis.pages import LIMIT, Pages, Row, Scope, check_fields
from services.reporting.views import VIEWS
from services.reporting.views.folding import folded, row_of, rows_of, told
from services.reporting.views.view import Cells, View


class Line(NamedTuple):
    """One row as shown, and the number of the last letter behind it."""

    key: str
    number: int
    cells: Cells


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
        self, casebook: Casebook, pages: Pages, clock: Clock, views: Mapping[str, View] = VIEWS
    ) -> None:
        self._casebook, self._pages, self._clock, self._views = casebook, pages, clock, views

    def view(
        self, name: str, scope: Scope, *, at: Moment = None,
        where: Mapping[str, object] | None = None, after_key: str = "", limit: int = LIMIT,
    ) -> Answer:
        """Rows within a scope, as of now, a number, an instant (known) or `Happened`.

        Raises Refused VIEW_UNKNOWN, NUMBER_UNKNOWN or AS_OF_IN_FUTURE (see `chassis.as_of`).
        """
        view = self._view(name)
        if at is None:
            as_of, collection = self._clock(), self._pages.current(view.shelf) or ""
            number = self._pages.number(collection)
            rows = self._pages.find(
                collection, scope, where=where, after_key=after_key, limit=limit
            )
        else:
            cut = cut_at(self._casebook, self._clock, at)
            number, as_of = cut.number, cut.as_of
            past = rows_of(view, folded(view, self._casebook, cut))
            asked = [row for row in past if row.key > after_key and _asked(row, scope, where)]
            rows = asked[:limit]
        lines = [_line(view, row, as_of) for row in rows]
        turn = lines[-1].key if len(lines) == limit else None
        return Answer(view.name, view.title, number, as_of, lines, turn)

    def behind(self, name: str, scope: Scope, key: str, at: Moment = None) -> Sequence[Filed]:
        """The letters a row is folded from, in order; none when the row is outside the scope."""
        view = self._view(name)
        cut = cut_at(self._casebook, self._clock, at)
        if at is None:
            row = self._pages.get(self._pages.current(view.shelf) or "", [key]).get(key)
        else:
            row = row_of(view, folded(view, self._casebook, cut), key)
        if row is None or not _asked(row, scope, None):
            return []
        heard = told(view, self._casebook, cut._replace(number=row.number))
        return [filed for filed in heard if key in view.keys(filed.letter)]

    def has_seen(self, name: str, receipt: Receipt) -> bool:
        """Whether a view's pages are built from the record a receipt names."""
        number = self._casebook.number_of(receipt.service, receipt.position)
        collection = self._pages.current(self._view(name).shelf)
        if number is None or collection is None:
            return False
        return self._pages.number(collection) >= number

    def _view(self, name: str) -> View:
        if name not in self._views:
            raise Refused("VIEW_UNKNOWN", f"没有名为“{name}”的视图")
        return self._views[name]


def _asked(row: Row, scope: Scope, where: Mapping[str, object] | None) -> bool:
    if row.document is None or not scope.admits(row.owner_path, row.unit_path, row.delegates):
        return False
    wanted = check_fields(where)
    fields: dict[str, Any] = msgspec.json.decode(row.document) if wanted else {}
    return all(fields.get(name) == value for name, value in wanted.items())


def _line(view: View, row: Row, as_of: datetime) -> Line:
    page = msgspec.json.decode(row.document or b"", type=view.page)
    return Line(row.key, row.number, view.show(page, as_of))


def cells_of(answer: Answer) -> Iterable[Cells]:
    """The rows of an answer as plain cells, with their keys."""
    return [{"key": line.key, **line.cells} for line in answer.lines]
