"""The pages that a roll-up looks at: those of now, from the store, and those of then, folded within a cut."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from services.chassis.as_of import Cut
from services.chassis.casebook import Casebook
from services.chassis.pages import WHOLE, Pages, Row, Scope
from services.reporting.views.folding import Leaf, folded_all, page_of
from services.reporting.views.rolling import Piece
from services.reporting.views.view import View, china_date


def every_row(pages: Pages, collection: str, scope: Scope = WHOLE) -> Iterator[Row]:
    """The living rows of a collection within a scope, in order of key."""
    after = ""
    while rows := pages.find(collection, scope, after_key=after):
        yield from rows
        after = rows[-1].key


class PagesNow:
    """Stored pages. What was read once is not read again for the same question."""

    def __init__(self, pages: Pages, scope: Scope, as_of: datetime) -> None:
        self._pages, self._scope, self.as_of, self.scoped = pages, scope, as_of, False
        self._read: dict[tuple[str, object], list[Piece]] = {}

    def each(self, view: View, kind: type[Any] | None = None) -> Sequence[Piece]:
        """Every page of a view, in order of key; with `kind` only its fields are read."""
        asked = (view.name, kind)
        if asked not in self._read:
            self._read[asked] = [_piece(view, row, kind or view.page) for row in self._rows(view, WHOLE)]
        return self._read[asked]

    def within(self, view: View) -> Sequence[Piece]:
        """The pages that whoever asks may see."""
        pieces = (_piece(view, row, view.page) for row in self._rows(view, self.scope))
        return [piece for piece in pieces if _admits(self.scope, piece.page, self.as_of)]

    @property
    def scope(self) -> Scope:
        """That of whoever asks; once it was looked at, what is made depends on it (`scoped`)."""
        self.scoped = True
        return self._scope

    def some(self, view: View, keys: Iterable[str]) -> Mapping[str, Piece]:
        """Pages by key."""
        rows = self._pages.get(self._collection(view), keys)
        return {key: _piece(view, row, view.page) for key, row in rows.items() if row.document is not None}

    def number(self, view: View) -> int:
        """Up to which casebook number a view's pages are folded."""
        return self._pages.number(self._collection(view))

    def _collection(self, view: View) -> str:
        return self._pages.current(view.shelf) or ""

    def _rows(self, view: View, scope: Scope) -> Iterable[Row]:
        return every_row(self._pages, self._collection(view), scope)


class PagesThen:
    """Pages of a past moment, folded from the casebook in one pass over the letters of all the views."""

    def __init__(self, views: Sequence[View], casebook: Casebook, scope: Scope, cut: Cut) -> None:
        self.scope, self.as_of = scope, cut.as_of
        made = zip(views, folded_all(views, casebook, cut), strict=True)
        self._pieces = {view.name: dict(_finished(view, leaves)) for view, leaves in made}

    def each(self, view: View, kind: type[Any] | None = None) -> Sequence[Piece]:
        """Every page of a view, in order of key."""
        return list(self._pieces[view.name].values())

    def within(self, view: View) -> Sequence[Piece]:
        """The pages that whoever asks may see."""
        return [piece for piece in self.each(view) if _admits(self.scope, piece.page, self.as_of)]

    def some(self, view: View, keys: Iterable[str]) -> Mapping[str, Piece]:
        """Pages by key."""
        pieces = self._pieces[view.name]
        return {key: pieces[key] for key in keys if key in pieces}


def _finished(view: View, leaves: Mapping[str, Leaf]) -> Iterable[tuple[str, Piece]]:
    for key, leaf in sorted(leaves.items()):
        if leaf.page is not None:
            if view.finish is not None:
                view.finish(leaf.page)
            yield key, Piece(view.name, key, leaf.number, leaf.page)


def _piece(view: View, row: Row, kind: type[Any]) -> Piece:
    return Piece(view.name, row.key, row.number, page_of(kind, row))


def _admits(scope: Scope, page: Any, as_of: datetime) -> bool:
    return scope.admits(page.owner_path, page.unit_path, page.delegates_on(china_date(as_of)))
