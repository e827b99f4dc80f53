"""Shows that pages are the same bytes however letters came, and that carelessness is caught."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.letter import Letter
from contracts.rectification.problem_ledger import ItemStarted
from services.chassis.as_of import Cut
from services.chassis.casebook import Casebook
from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.pages import WHOLE, Pages, Row
from services.chassis.pages_memory import MemoryPages
from services.chassis.shelves import open_pages
from services.reporting.draft import Draft
from services.reporting.projector import Projector
from services.reporting.views import VIEWS
from services.reporting.views.folding import Leaf, folded, opened, rows_of, sealed
from services.reporting.views.view import Page, View
from tests.letters import START, id_of
from tests.reporting.story import Story

Move = tuple[Callable[[Story, str], object], str]


def order_closed(story: Story, item: str) -> object:
    return story.order_closed()


MOVES: Sequence[Callable[[Story, str], object]] = (
    lambda story, item: story.assigned(item),
    lambda story, item: story.lapsed(item),
    lambda story, item: story.extended(item),
    lambda story, item: story.reported(item),
    lambda story, item: story.written_off(item),
    lambda story, item: story.reopened(item),
    lambda story, item: story.ordered(item),
    order_closed,
    lambda story, item: story.repointed(item, "s2", "OVERDUE"),
    lambda story, item: story.repointed(item, "s1", "IN_PROGRESS"),
    lambda story, item: story.renamed("s1", f"新名{item}"),
)
moves = st.lists(
    st.tuples(st.sampled_from(MOVES), st.sampled_from(["i1", "i2", "i3"])), max_size=14
)
few = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def story_of(chosen: Iterable[Move] = ()) -> Story:
    story = Story()
    story.unit("s1", "示例一小")
    story.unit("s2", "示例二小")
    for item, unit in [("i1", "s1"), ("i2", "s1"), ("i3", "s2")]:
        story.item(item, unit)
    for move, item in chosen:
        move(story, item)
    return story


def merged(story: Story, turns: Sequence[bool]) -> list[Letter]:
    """One interleaving of the two senders, each in its own order."""
    lines = [list(story.registry.letters), list(story.rectification.letters)]
    order = [lines[turn].pop(0) for turn in turns if lines[turn]]
    return [*order, *lines[0], *lines[1]]


def stored(pages: Pages, name: str) -> Sequence[Row]:
    return pages.find(pages.current(VIEWS[name].shelf) or "", WHOLE)


def everything(pages: Pages) -> list[Sequence[Row]]:
    return [stored(pages, name) for name in VIEWS]


def from_zero(casebook: Casebook, number: int) -> list[Sequence[Row]]:
    cut = Cut(number, START)
    folds = [rows_of(view, folded(view, casebook, cut)) for view in VIEWS.values()]
    return [[row for row in rows if row.document] for rows in folds]



class Killed(Exception):
    """The process ends here."""


class Mortal:
    """Pages whose process is killed at a chosen row or tracking; half a batch may stand."""

    def __init__(self, pages: Pages, dies_at: int) -> None:
        self._pages, self._left = pages, dies_at

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pages, name)

    def _live(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise Killed

    def write(self, collection: str, rows: Iterable[tuple[Row, int]]) -> Sequence[str]:
        clashes: list[str] = []
        for row, previous in rows:
            clashes += self._pages.write(collection, [(row, previous)])
            self._live()
        return clashes

    def track(self, collection: str, number: int) -> None:
        self._live()
        self._pages.track(collection, number)


class Tally(Page, kw_only=True):
    """The most fragile page there is: it counts the letters it got."""

    count: int = 0


def counted(page: Tally | None, letter: Letter, key: str) -> Tally:
    return Tally(owner_path="990000/o", count=page.count + 1 if page else 1)


TALLY = VIEWS["C1"]._replace(name="TALLY", page=Tally, fold=counted, finish=None)


class Careless(Projector):
    """The broken control: `+=` onto whatever stands there, whatever that was built from."""

    def _follow(self, drafts, batches=None):  # type: ignore[no-untyped-def]
        for draft in drafts:
            view, collection = draft.view, draft.collection
            while filed := self._casebook.read(draft.number, self._batch):
                for number, letter in filed:
                    for key in view.keys(letter) if letter.name in view.listens else ():
                        row = self._pages.get(collection, [key]).get(key)
                        leaf = opened(view, row) if row else Leaf()
                        leaf.page, leaf.number = view.fold(leaf.page, letter, key), number
                        self._pages.write(collection, [(sealed(view, key, leaf), leaf.previous)])
                self._pages.track(collection, filed[-1].number)


def survives(
    projector: type[Projector], casebook: Casebook, pages: Pages, dies_at: int, batch: int,
    views: Mapping[str, View] = VIEWS,
) -> None:
    """Follow the casebook, be killed once, begin again."""
    mortal = Mortal(pages, dies_at)
    try:
        projector(casebook, mortal, views, batch).follow()
    except Killed:
        projector(casebook, mortal, views, batch).follow()


@few
@given(moves, st.lists(st.booleans(), max_size=25), st.integers(1, 9), st.integers(1, 5))
def test_any_interleaving_duplication_and_batching_gives_the_pages_of_a_fold_from_zero(
    chosen: list[Move], turns: list[bool], batch: int, again: int
) -> None:
    casebook, pages = MemoryCasebook(), MemoryPages()
    projector = Projector(casebook, pages, batch=batch)
    letters = merged(story_of(chosen), turns)
    for start in range(len(letters)):
        casebook.file(letters[max(0, start - again) : start + 1])
        if start % again == 0:
            projector.follow()
    assert projector.follow() == len(letters)
    assert everything(pages) == from_zero(casebook, len(letters))


@few
@given(moves, st.lists(st.booleans(), max_size=25), st.lists(st.booleans(), max_size=25))
def test_the_order_in_which_senders_are_heard_changes_numbers_but_no_document(
    chosen: list[Move], some: list[bool], other: list[bool]
) -> None:
    documents = []
    for turns in (some, other):
        casebook, pages = MemoryCasebook(), MemoryPages()
        casebook.file(merged(story_of(chosen), turns))
        Projector(casebook, pages).follow()
        documents.append([[r._replace(number=0) for r in rows] for rows in everything(pages)])
    assert documents[0] == documents[1]


@few
@given(moves, st.integers(1, 40), st.integers(1, 9))
def test_a_kill_between_any_two_writes_and_a_redo_give_the_same_bytes(
    chosen: list[Move], dies_at: int, batch: int
) -> None:
    casebook, pages = story_of(chosen).file_into(MemoryCasebook()), MemoryPages()
    survives(Projector, casebook, pages, dies_at, batch)
    assert everything(pages) == from_zero(casebook, casebook.last_number())


@few
@given(moves, st.integers(1, 9), st.integers(0, 6))
def test_a_rebuild_gives_the_bytes_of_the_pages_that_grew(
    chosen: list[Move], batch: int, held: int
) -> None:
    casebook, pages = story_of(chosen).file_into(MemoryCasebook()), MemoryPages()
    projector = Projector(casebook, pages, batch=batch, held=held)
    projector.follow()
    grown = everything(pages)
    assert projector.rebuild() == casebook.last_number()
    assert everything(pages) == grown


@pytest.fixture(params=["memory", "sqlite"])
def quick_pages(request: pytest.FixtureRequest, tmp_path: Path) -> Pages:
    """For what takes thousands of single writes; the kills of a projector on MongoDB are in test_mongo_faults."""
    return MemoryPages() if request.param == "memory" else open_pages(f"sqlite://{tmp_path}/pages.sqlite")


@pytest.fixture(params=["memory", "sqlite", pytest.param("mongo", marks=pytest.mark.slow)])
def pages(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pages]:
    if request.param == "memory":
        yield MemoryPages()
        return
    url = request.getfixturevalue("mongo_url") if request.param == "mongo" else f"sqlite://{tmp_path}/pages.sqlite"
    held = open_pages(url, rehearsal=True)
    yield held
    held.close()


@pytest.mark.parametrize(("projector", "caught"), [(Projector, False), (Careless, True)])
def test_the_same_kills_spoil_the_counts_of_a_projector_without_guard(
    projector: type[Projector], caught: bool, quick_pages: Pages
) -> None:
    chosen = [(move, item) for move in MOVES for item in ("i1", "i3")]
    casebook = story_of(chosen).file_into(MemoryCasebook())
    should = rows_of(TALLY, folded(TALLY, casebook, Cut(casebook.last_number(), START)))
    spoiled = []
    for dies_at in range(1, 20):
        view = TALLY._replace(name=f"TALLY{dies_at}")
        survives(projector, casebook, quick_pages, dies_at, 9, {view.name: view})
        if quick_pages.find(quick_pages.current(view.shelf) or "", WHOLE) != should:
            spoiled.append(dies_at)
    assert bool(spoiled) is caught


def test_both_stores_hold_the_same_bytes_after_growing_and_after_a_rebuild(pages: Pages) -> None:
    chosen = [(move, item) for move in MOVES for item in ("i1", "i2", "i3")]
    casebook = story_of(chosen).file_into(MemoryCasebook())
    projector = Projector(casebook, pages, batch=7)
    assert projector.follow() == casebook.last_number()
    assert everything(pages) == from_zero(casebook, casebook.last_number())
    for name in VIEWS:
        before = pages.current(VIEWS[name].shelf)
        projector.rebuild(name)
        assert pages.current(VIEWS[name].shelf) != before
        assert projector.verify(name) is None
    assert everything(pages) == from_zero(casebook, casebook.last_number())


def test_verifying_names_the_first_page_that_is_not_what_its_letters_say(pages: Pages) -> None:
    casebook = story_of().file_into(MemoryCasebook())
    projector = Projector(casebook, pages)
    projector.follow()
    collection, key = pages.current(VIEWS["C1"].shelf) or "", str(id_of("s1"))
    assert projector.verify("C1") is None
    row = pages.get(collection, [key])[key]
    forged = row._replace(document=(row.document or b"").replace(b'"open":2', b'"open":0'))
    pages.write(collection, [(forged, row.number)])
    found = projector.verify("C1")
    assert found is not None
    assert (found.key, found.stored, found.folded) == (key, forged, row)


def test_verifying_finds_a_row_that_no_letter_speaks_of(pages: Pages) -> None:
    projector = Projector(story_of().file_into(MemoryCasebook()), pages)
    projector.follow()
    collection = pages.current(VIEWS["S1"].shelf) or ""
    pages.write(collection, [(Row("zzz", 3, b"{}", "990000/o"), 0)])
    found = projector.verify("S1")
    assert found is not None
    assert (found.key, found.folded) == ("zzz", None)


def test_two_projectors_at_once_do_not_spoil_each_other(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = story_of()
    casebook = story.file_into(MemoryCasebook())
    projector = Projector(casebook, pages)
    projector.follow()
    rushed: list[int] = []

    class Overtaken(Draft):
        def store(self, number: int) -> bool:
            if not rushed:
                rushed.append(number)
                Projector(casebook, pages).follow()
            return super().store(number)

    monkeypatch.setattr("services.reporting.projector.Draft", Overtaken)
    story.says("i1", ItemStarted)
    story.file_into(casebook)
    Projector(casebook, pages).follow()
    assert rushed
    assert everything(pages) == from_zero(casebook, casebook.last_number())


def test_of_two_projectors_that_begin_at_once_one_goes_on_with_the_others_pages(
    quick_pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    casebook, fresh = story_of().file_into(MemoryCasebook()), quick_pages.fresh
    rushed: list[str] = []

    def late(view: str) -> str:
        name = fresh(view)
        if not rushed:
            rushed.append(name)
            Projector(casebook, quick_pages).follow()
        return name

    monkeypatch.setattr(quick_pages, "fresh", late)
    assert Projector(casebook, quick_pages).follow() == casebook.last_number()
    assert rushed and rushed[0] not in {quick_pages.current(view.shelf) for view in VIEWS.values()}
    assert everything(quick_pages) == from_zero(casebook, casebook.last_number())


def test_a_new_fold_version_begins_a_new_shelf_and_leaves_the_old_one_readable() -> None:
    casebook, pages = story_of().file_into(MemoryCasebook()), MemoryPages()
    Projector(casebook, pages).follow()
    older = VIEWS["C1"]
    newer = older._replace(fold_version=older.fold_version + 1)
    Projector(casebook, pages, {"C1": newer}).follow()
    assert None is not pages.current(older.shelf) != pages.current(newer.shelf)
    assert len(pages.find(pages.current(newer.shelf) or "", WHOLE)) == 2
