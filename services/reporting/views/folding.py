"""Folding: the one way from letters to rows, for the pages of now, of then, and for their proof."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

import msgspec

from services.chassis.as_of import Cut
from services.chassis.casebook import Casebook, Filed, each
from services.chassis.pages import Row
from services.reporting.views.view import Page, View

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
    page = None if row.document is None else _decoder(view.page).decode(row.document)
    return Leaf(page, row.number)


@cache
def _decoder(page: type[Page]) -> msgspec.json.Decoder[Page]:
    return msgspec.json.Decoder(page)


def sealed(view: View, key: str, leaf: Leaf) -> Row:
    """The row that stores a page; a page that is gone leaves a tombstone."""
    page = leaf.page
    if page is None:
        return Row(key, leaf.number, None)
    if view.finish is not None:
        view.finish(page)
    document = _ENCODER.encode(page)
    return Row(key, leaf.number, document, page.owner_path, page.unit_path, page.delegates)


def told(view: View, casebook: Casebook, cut: Cut) -> Iterator[Filed]:
    """What a view listens to within a cut."""
    return cut.keep(each(casebook, upto=cut.number, names=view.listens))


def addressed(view: View, filed: Iterable[Filed]) -> list[Addressed]:
    """The letters a view listens to, with the keys of the pages they go to, in order."""
    listens, keys = view.listens, view.keys
    return [(found, tuple(keys(found[1]))) for found in filed if found[1].name in listens]


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
    leaves: Leaves = {}
    heard = told(view, casebook, cut)
    while some := list(islice(heard, CHUNK)):
        fold_into(view, leaves, addressed(view, some))
    return {key: leaf for key, leaf in leaves.items() if leaf.number}


def row_of(view: View, leaves: Leaves, key: str) -> Row | None:
    """One row, None when there is no such page."""
    return sealed(view, key, leaves[key]) if key in leaves else None


def rows_of(view: View, leaves: Leaves) -> list[Row]:
    """All rows in order of key."""
    return [sealed(view, key, leaves[key]) for key in sorted(leaves)]
