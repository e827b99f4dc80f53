"""The projector: it folds the casebook into every view's pages, rebuilds them and proves them."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import count
from typing import NamedTuple

from services.chassis.as_of import Cut
from services.chassis.bulk import in_bulk
from services.chassis.casebook import Casebook
from services.chassis.clock import EPOCH
from services.chassis.pages import WHOLE, Dropped, Pages, Row
from services.reporting.draft import Draft
from services.reporting.views import VIEWS
from services.reporting.views.folding import Post, folded, rows_of
from services.reporting.views.view import View

BATCH = 5000
HELD = 200_000


class Difference(NamedTuple):
    """The first page that is not what the casebook says; a row that is missing is None."""

    key: str
    stored: Row | None
    folded: Row | None


class Projector:
    """Any number of them may run: a row is written only over the number it was folded from.

    `held` bounds how many pages a rebuild keeps in memory before it stores them.
    """

    def __init__(
        self, casebook: Casebook, pages: Pages, views: Mapping[str, View] = VIEWS,
        batch: int = BATCH, held: int = HELD,
    ) -> None:
        self._casebook, self._pages, self._views = casebook, pages, views
        self._batch, self._held = batch, held

    def follow(self, batches: int | None = None) -> int:
        """Fold the letters filed since (at most some batches of them) into every view; the number all have reached."""
        while True:
            with suppress(Dropped):  # rebuilt twice meanwhile: go on with the pages in use now
                return self._follow([self._draft(view) for view in self._views.values()], batches)

    def number(self) -> int:
        """The number that the pages in use of every view have reached."""
        shelves = {view.shelf for view in self._views.values()}
        return min(self._pages.number(self._pages.current(shelf) or "") for shelf in shelves)

    def rebuild(self, *names: str) -> int:
        """Fold views (all, if none is named) from nothing beside the pages in use, then switch.

        Returns the casebook number they are built from. Raises Dropped when a later rebuild was begun meanwhile.
        """
        views = [self._views[name] for name in names or self._views]
        drafts = [
            Draft(view, self._pages, self._pages.fresh(view.shelf), fresh=True) for view in views
        ]
        with in_bulk():
            self._pour(drafts)
        number = self._follow(drafts)
        for draft in drafts:
            self._pages.switch(draft.view.shelf, draft.collection)
        return number

    def verify(self, name: str) -> Difference | None:
        """Fold from nothing and compare byte for byte; None when every page is as it should be."""
        draft = self._draft(self._views[name])
        cut = Cut(self._follow([draft]), EPOCH)
        with in_bulk():
            rows = rows_of(draft.view, folded(draft.view, self._casebook, cut))
        should = {row.key: row for row in rows}
        stored = {row.key: row for row in self._stored(draft.collection, should)}
        for key in sorted(should.keys() | stored.keys()):
            if should.get(key) != stored.get(key):
                return Difference(key, stored.get(key), should.get(key))
        return None

    def _draft(self, view: View) -> Draft:
        while (current := self._pages.current(view.shelf)) is None:
            with suppress(Dropped):  # of two that begin at once one is faster
                self._pages.switch(view.shelf, self._pages.fresh(view.shelf))
        return Draft(view, self._pages, current)

    def _follow(self, drafts: Sequence[Draft], batches: int | None = None) -> int:
        post = Post(draft.view for draft in drafts)
        number = min((draft.number for draft in drafts), default=0)
        for _ in count() if batches is None else range(batches):
            filed = self._casebook.read(number, self._batch)
            if not filed:
                break
            for draft, heard in zip(drafts, post.sort(filed), strict=True):
                draft.take(heard)
                draft.store(filed[-1].number)
            number = min(draft.number for draft in drafts)
        return number

    def _pour(self, drafts: Sequence[Draft]) -> None:
        """One pass over the casebook for all views, storing seldom: nobody reads them yet."""
        post = Post(draft.view for draft in drafts)
        upto, after = self._casebook.last_number(), 0
        while filed := self._casebook.read(after, self._batch, upto, post.names):
            for draft, heard in zip(drafts, post.sort(filed), strict=True):
                draft.take(heard)
            after = filed[-1].number
            if sum(map(len, drafts)) > self._held:
                _store(drafts, after)
        _store(drafts, upto)

    def _stored(self, collection: str, expected: Mapping[str, Row]) -> list[Row]:
        rows = list(self._pages.get(collection, expected).values())
        after = ""
        while found := self._pages.find(collection, WHOLE, after_key=after):
            rows += [row for row in found if row.key not in expected]
            after = found[-1].key
        return rows


def _store(drafts: Iterable[Draft], number: int) -> None:
    for draft in drafts:
        draft.store(number)
