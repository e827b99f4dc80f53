"""The projector: it folds the casebook into every view's pages, rebuilds them and proves them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from services.chassis.as_of import Cut
from services.chassis.casebook import EPOCH, Casebook, Filed
from services.chassis.pages import WHOLE, Pages, Row
from services.reporting.views import VIEWS
from services.reporting.views.folding import (
    Leaves,
    addressed,
    fold_into,
    folded,
    opened,
    rows_of,
    sealed,
)
from services.reporting.views.view import View

BATCH = 1000


class Difference(NamedTuple):
    """The first page that is not what the casebook says; a row that is missing is None."""

    key: str
    stored: Row | None
    folded: Row | None


class Projector:
    """Any number of them may run: a row is written only over the number it was folded from."""

    def __init__(
        self, casebook: Casebook, pages: Pages, views: Mapping[str, View] = VIEWS,
        batch: int = BATCH,
    ) -> None:
        self._casebook, self._pages, self._views, self._batch = casebook, pages, views, batch

    def follow(self) -> int:
        """Fold every letter filed since into every view; returns the number all have reached."""
        shelves = {name: self._collection(view) for name, view in self._views.items()}
        numbers = {name: self._pages.number(shelf) for name, shelf in shelves.items()}
        after = min(numbers.values(), default=0)
        while filed := self._casebook.read(after, self._batch):
            after = filed[-1].number
            for name, view in self._views.items():
                self._advance(view, shelves[name], [f for f in filed if f.number > numbers[name]])
        return after

    def rebuild(self, name: str) -> int:
        """Fold a view from nothing beside the pages in use, then switch; returns its number."""
        view = self._views[name]
        collection = self._pages.fresh(view.shelf)
        number = self._fill(view, collection)
        self._pages.switch(view.shelf, collection)
        return number

    def verify(self, name: str) -> Difference | None:
        """Fold from nothing and compare byte for byte; None when every page is as it should be."""
        view = self._views[name]
        collection = self._collection(view)
        self._fill(view, collection)
        upto = self._pages.number(collection)
        should = {row.key: row for row in rows_of(folded(view, self._casebook, Cut(upto, EPOCH)))}
        stored = {row.key: row for row in self._stored(collection, should)}
        for key in sorted(should.keys() | stored.keys()):
            if should.get(key) != stored.get(key):
                return Difference(key, stored.get(key), should.get(key))
        return None

    def _collection(self, view: View) -> str:
        current = self._pages.current(view.shelf)
        if current is None:
            current = self._pages.fresh(view.shelf)
            self._pages.switch(view.shelf, current)
        return current

    def _fill(self, view: View, collection: str) -> int:
        number = self._pages.number(collection)
        while filed := self._casebook.read(number, self._batch):
            self._advance(view, collection, filed)
            number = filed[-1].number
        return number

    def _advance(self, view: View, collection: str, filed: Sequence[Filed]) -> None:
        """Rows first, tracking after them: a crash between leaves pages that pass over the rest."""
        if not filed:
            return
        letters = list(addressed(view, filed))
        keys = {key for _, named in letters for key in named}
        while keys:
            leaves: Leaves = {
                key: opened(view, row) for key, row in self._pages.get(collection, keys).items()
            }
            own = [(f, tuple(key for key in named if key in keys)) for f, named in letters]
            fold_into(view, leaves, own)
            keys = set(self._pages.write(collection, _moved(leaves)))
        self._pages.track(collection, filed[-1].number)

    def _stored(self, collection: str, expected: Mapping[str, Row]) -> list[Row]:
        rows = list(self._pages.get(collection, expected).values())
        after = ""
        while found := self._pages.find(collection, WHOLE, after_key=after):
            rows += [row for row in found if row.key not in expected]
            after = found[-1].key
        return rows


def _moved(leaves: Leaves) -> list[tuple[Row, int]]:
    return [
        (sealed(key, leaf), leaf.previous)
        for key, leaf in sorted(leaves.items()) if leaf.number != leaf.previous
    ]
