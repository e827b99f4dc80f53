"""A draft: a view's pages in memory while letters are folded in, and their way to the store."""

from collections.abc import Sequence

from services.chassis.casebook import Filed
from services.chassis.pages import Pages
from services.reporting.views.folding import Leaves, addressed, fold_into, opened, sealed
from services.reporting.views.view import View


class Draft:
    """Pages of one collection; `fresh` says that it is empty, so that nothing need be loaded."""

    def __init__(self, view: View, pages: Pages, collection: str, *, fresh: bool = False) -> None:
        self.view, self.collection = view, collection
        self._pages, self._empty = pages, fresh
        self._leaves: Leaves = {}

    def __len__(self) -> int:
        return len(self._leaves)

    @property
    def number(self) -> int:
        """Up to which casebook number the stored pages are folded."""
        return self._pages.number(self.collection)

    def take(self, heard: Sequence[Filed]) -> None:
        """Fold letters that the view hears into the pages, loading those that are not at hand."""
        letters = addressed(self.view, heard)
        if not self._empty:
            missing = {key for _, keys in letters for key in keys} - self._leaves.keys()
            for key, row in self._pages.get(self.collection, missing).items():
                self._leaves[key] = opened(self.view, row)
        fold_into(self.view, self._leaves, letters)

    def store(self, number: int) -> bool:
        """Rows first, tracking after them: a crash between leaves pages that pass over the rest.

        False when another projector was faster with a page: nothing is tracked, and the letters
        since `number` must be taken again; what was stored passes over them.
        """
        rows = [
            (sealed(self.view, key, leaf), leaf.previous)
            for key, leaf in sorted(self._leaves.items()) if leaf.number != leaf.previous
        ]
        clashes = self._pages.write(self.collection, rows)
        self._leaves.clear()
        self._empty = False
        if not clashes:
            self._pages.track(self.collection, number)
        return not clashes
