"""Folding: the one way from letters to rows, for the pages of now, of then, and for their proof."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, cast

import msgspec

from services.chassis.as_of import Cut
from services.chassis.casebook import Casebook, Filed, each
from services.chassis.pages import Row
from services.reporting.views.view import Page, View, under_seal

CHUNK = 5000
_ENCODER = msgspec.json.Encoder()


class Leaf:
    """A page in memory; `number` is that of the last letter addressed to it, 0 for none yet."""

    __slots__ = ("number", "page", "previous")

    def __init__(self, page: Page | None = None, number: int = 0) -> None:
        self.page, self.number, self.previous = page, number, number


Leaves = dict[str, Leaf]
Addressed = tuple[Filed, tuple[str, ...]]


def opened(view: View, row: Row) -> Leaf:
    """A stored row, ready to be folded on."""
    return Leaf(None if row.document is None else page_of(view.page, row), row.number)


def page_of(kind: type[Any], row: Row) -> Any:
    """The page of a living row, or those of its fields that `kind` has."""
    decoder: msgspec.json.Decoder[Any] = _decoder(cast("Hashable", kind))
    return decoder.decode(row.document or b"")


@cache
def _decoder(page: Hashable) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(cast("type[Any]", page))


def sealed(view: View, key: str, leaf: Leaf) -> Row:
    """The row that stores a page; a page that is gone leaves a tombstone."""
    page = leaf.page
    if page is None:
        return Row(key, leaf.number, None)
    if view.finish is not None:
        view.finish(page)
    document = _ENCODER.encode(page)
    return Row(key, leaf.number, document, page.owner_path, page.unit_path, page.delegates)


class Post:
    """Who hears what: a letter is looked at once, however many views there are, and decoded only for one that hears."""

    def __init__(self, views: Iterable[View]) -> None:
        self._views = list(views)
        self._ears: dict[str, list[tuple[int, bool]]] = {}
        for place, view in enumerate(self._views):
            for name in view.listens:
                self._ears.setdefault(name, []).append((place, view.sealed))

    @property
    def names(self) -> frozenset[str]:
        """Every event that any of the views listens to."""
        return frozenset(self._ears)

    def sort(self, filed: Iterable[Filed]) -> list[list[Filed]]:
        """For each view what it hears, in order."""
        heaps: list[list[Filed]] = [[] for _ in self._views]
        for found in filed:
            ears = self._ears.get(found[1].name)
            if ears:
                sealed = under_seal(found[1])
                for place, admitted in ears:
                    if admitted or not sealed:
                        heaps[place].append(found)
        return heaps


def told(view: View, casebook: Casebook, cut: Cut) -> Iterator[Filed]:
    """What a view hears within a cut."""
    for found in cut.keep(each(casebook, upto=cut.number, names=view.listens)):
        if view.sealed or not under_seal(found.letter):
            yield found


def addressed(view: View, heard: Iterable[Filed]) -> list[Addressed]:
    """Letters that a view hears, with the keys of the pages they go to, in order."""
    keys = view.keys
    return [(found, tuple(keys(found[1]))) for found in heard]


def fold_into(view: View, leaves: Leaves, letters: Iterable[Addressed]) -> None:
    """Fold letters into the pages they go to; a page passes over what it was built from already."""
    fold = view.fold
    for (number, letter), keys in letters:
        for key in keys:
            leaf = leaves.get(key)
            if leaf is None:
                leaf = leaves[key] = Leaf()
            if number > leaf.number:
                page = fold(leaf.page, letter, key)
                if page is not None or leaf.number:
                    leaf.page, leaf.number = page, number


def folded(view: View, casebook: Casebook, cut: Cut) -> Leaves:
    """Every page of a view within a cut, from nothing."""
    return folded_all([view], casebook, cut)[0]


def folded_all(views: Sequence[View], casebook: Casebook, cut: Cut) -> list[Leaves]:
    """Every page of several views within a cut, in one pass."""
    post, made = Post(views), [Leaves() for _ in views]
    heard = cut.keep(each(casebook, upto=cut.number, names=post.names))
    while some := list(islice(heard, CHUNK)):
        for view, leaves, heap in zip(views, made, post.sort(some), strict=True):
            fold_into(view, leaves, addressed(view, heap))
    return [{key: leaf for key, leaf in leaves.items() if leaf.number} for leaves in made]


def row_of(view: View, leaves: Leaves, key: str) -> Row | None:
    """One row, None when there is no such page."""
    return sealed(view, key, leaves[key]) if key in leaves else None


def rows_of(view: View, leaves: Leaves) -> list[Row]:
    """All rows in order of key."""
    return [sealed(view, key, leaves[key]) for key in sorted(leaves)]
