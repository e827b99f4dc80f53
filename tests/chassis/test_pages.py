"""Shows that every pages store keeps scope, writes under a guard and switches collections whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.chassis.identity import Identity
from services.chassis.pages import WHOLE, Dropped, Pages, Row, Scope, scope_of
from services.chassis.pages_memory import MemoryPages
from services.chassis.scope import EVERYWHERE
from services.chassis.shelves import open_pages

COUNTY = Scope(("990000/990101/",))


@pytest.fixture(params=["memory", "sqlite", "mongo"])
def pages(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pages]:
    if request.param == "memory":
        yield MemoryPages()
        return
    url = request.getfixturevalue("mongo_url") if request.param == "mongo" else f"sqlite://{tmp_path}/pages.sqlite"
    held = open_pages(url, rehearsal=True)
    yield held
    held.close()


def row(
    key: str, number: int = 1, document: bytes | None = b'{"open":1}',
    owner: str = "990000/990101/o", unit: str | None = None, delegates: tuple[str, ...] = (),
) -> Row:
    return Row(key, number, document, owner, unit, delegates)


def fill(pages: Pages, *rows: Row) -> str:
    collection = pages.fresh("C1.1")
    assert pages.write(collection, [(r, 0) for r in rows]) == []
    return collection


def keys(rows: Any) -> list[str]:
    return [r.key for r in rows]


def test_a_row_comes_back_as_it_was_written(pages: Pages) -> None:
    written = row("a", 7, b'{"x":[1,2]}', "990000/o", "990000/990101/u", ("d1", "d2"))
    collection = fill(pages, written)
    assert pages.get(collection, ["a", "none"]) == {"a": written}
    assert pages.find(collection, WHOLE) == [written]


def test_what_changed_since_a_number_is_told_whole_tombstones_too_and_nothing_else(pages: Pages) -> None:
    collection = fill(pages, row("b", 2), row("a", 5), row("c", 5, document=None), row("d", 9))
    other = pages.fresh("C2.1")
    pages.write(other, [(row("x", 7), 0)])
    assert [(one.key, one.number) for one in pages.changed(collection, 2)] == [("a", 5), ("c", 5), ("d", 9)]
    assert pages.changed(collection, 2)[1] == row("c", 5, document=None)
    assert pages.write(collection, [(row("b", 11), 2)]) == []
    assert keys(pages.changed(collection, 9)) == ["b"]
    assert pages.changed(collection, 11) == pages.changed("never-made", 0) == []


def test_a_query_without_scope_is_a_mistake_of_the_program(pages: Pages) -> None:
    with pytest.raises(TypeError):
        pages.find("C1.1@1")  # type: ignore[call-arg]


def test_a_scope_sees_its_subtree_and_never_a_sibling(pages: Pages) -> None:
    collection = fill(
        pages,
        row("inside", owner="990000/990101/o"),
        row("unit-inside", owner="990000/o", unit="990000/990101/u"),
        row("itself", owner="990000/990101"),
        row("above", owner="990000/o"),
        row("sibling", owner="990000/990102/o", unit="990000/990102/u"),
        row("longer-code", owner="990000/9901011/o", unit="990000/9901011/u"),
    )
    assert keys(pages.find(collection, COUNTY)) == ["inside", "unit-inside"]
    assert keys(pages.find(collection, Scope(("990000/990101",)))) == [
        "inside", "itself", "unit-inside",
    ]
    assert len(pages.find(collection, Scope(("990000",)))) == 6


def test_a_national_reader_sees_every_row(pages: Pages) -> None:
    collection = fill(pages, row("a"), row("b", owner="110000/o"), row("nowhere", owner=""))
    assert keys(pages.find(collection, Scope((EVERYWHERE,)))) == ["a", "b", "nowhere"]


def test_an_empty_scope_sees_nothing(pages: Pages) -> None:
    collection = fill(pages, row("a"), row("nowhere", owner=""))
    assert pages.find(collection, Scope()) == []
    assert pages.find(collection, Scope(("",))) == []
    assert pages.find(collection, Scope(("", "%", "_"), "")) == []


def test_what_is_delegated_is_seen_by_its_delegate_and_by_no_one_alike(pages: Pages) -> None:
    collection = fill(pages, row("a", delegates=("d1", "d10")), row("b", delegates=("d100",)))
    assert keys(pages.find(collection, Scope(party="d1"))) == ["a"]
    assert keys(pages.find(collection, Scope(party="d10"))) == ["a"]
    assert keys(pages.find(collection, Scope(party="d"))) == []


def test_a_persons_scope_is_their_path_and_what_their_body_or_unit_was_given() -> None:
    unit, body = UUID(int=1), UUID(int=2)
    user = Identity(person_id=UUID(int=3), roles=frozenset(), scope="990000/u", unit_id=unit)
    staff = Identity(person_id=UUID(int=3), roles=frozenset(), scope="990000/", body_id=body)
    assert scope_of(user) == Scope(("990000/u",), str(unit))
    assert scope_of(staff) == Scope(("990000/",), str(body))


def test_rows_are_found_by_field_and_turned_over_by_key(pages: Pages) -> None:
    rows = [row(f"k{n}", document=b'{"unit":"u%d","open":%d}' % (n % 2, n)) for n in range(6)]
    collection = fill(pages, *rows)
    assert keys(pages.find(collection, COUNTY, where={"unit": "u1"})) == ["k1", "k3", "k5"]
    assert keys(pages.find(collection, COUNTY, where={"unit": "u1", "open": 3})) == ["k3"]
    assert keys(pages.find(collection, COUNTY, after_key="k1", limit=2)) == ["k2", "k3"]
    assert keys(pages.find(collection, COUNTY, where={"unit": None})) == []


def test_a_question_cannot_smuggle_in_more_than_a_field(pages: Pages) -> None:
    for field in ("a.b", "x') OR 1--", "Open", ""):
        with pytest.raises(ValueError, match="not a field"):
            pages.find("C1.1@1", COUNTY, where={field: 1})


def test_a_row_is_written_only_over_the_number_it_was_folded_from(pages: Pages) -> None:
    collection = fill(pages, row("a", 5))
    assert pages.write(collection, [(row("a", 9), 4), (row("b", 9), 3), (row("c", 9), 0)]) == [
        "a", "b",
    ]
    assert pages.write(collection, [(row("a", 9), 0)]) == ["a"]
    assert pages.get(collection, ["a"])["a"].number == 5
    assert pages.write(collection, [(row("a", 9), 5)]) == []
    assert [(r.key, r.number) for r in pages.find(collection, WHOLE)] == [("a", 9), ("c", 9)]


def test_a_batch_written_twice_is_written_once(pages: Pages) -> None:
    collection = fill(pages, row("a", 5))
    batch = [(row("a", 9), 5), (row("b", 9), 0)]
    assert pages.write(collection, batch) == []
    assert pages.write(collection, batch) == []
    assert pages.write(collection, [*batch, (row("c", 9), 4)]) == ["c"]
    assert pages.write(collection, [(row("a", 9, b"{}"), 5)]) == ["a"]


def test_a_tombstone_is_not_found_but_still_guards(pages: Pages) -> None:
    collection = fill(pages, row("a", 5))
    pages.write(collection, [(row("a", 8, None), 5)])
    assert pages.find(collection, WHOLE) == []
    assert pages.get(collection, ["a"])["a"].number == 8
    assert pages.write(collection, [(row("a", 6), 5)]) == ["a"]


def test_tracking_starts_at_zero_and_never_goes_back(pages: Pages) -> None:
    collection = pages.fresh("C1.1")
    assert pages.number(collection) == 0
    pages.track(collection, 12)
    pages.track(collection, 11)
    assert pages.number(collection) == 12


def test_a_rebuild_is_unseen_until_the_switch_and_the_old_rows_stay_for_readers(
    pages: Pages,
) -> None:
    assert pages.current("C1.1") is None
    blue = fill(pages, row("a"))
    pages.switch("C1.1", blue)
    green = pages.fresh("C1.1")
    pages.write(green, [(row("b"), 0)])
    assert pages.current("C1.1") == blue
    pages.switch("C1.1", green)
    assert pages.current("C1.1") == green
    assert keys(pages.find(blue, WHOLE)) == ["a"]
    pages.fresh("C1.1")
    assert pages.find(blue, WHOLE) == []


def test_an_abandoned_rebuild_is_dropped_by_the_next_and_its_name_is_not_used_again(
    pages: Pages,
) -> None:
    kept = fill(pages, row("kept"))
    pages.switch("C1.1", kept)
    other = pages.fresh("C1.10")
    pages.write(other, [(row("other"), 0)])
    abandoned = fill(pages, row("x"))
    pages.track(abandoned, 3)
    again = pages.fresh("C1.1")
    assert again not in {kept, abandoned}
    assert pages.find(abandoned, WHOLE) == []
    assert pages.number(abandoned) == 0
    assert keys(pages.find(kept, WHOLE)) == ["kept"]
    assert keys(pages.find(other, WHOLE)) == ["other"]


def test_of_two_rebuilds_at_once_the_later_wins_and_the_earlier_is_told(pages: Pages) -> None:
    earlier = fill(pages, row("a"))
    later = fill(pages, row("a"), row("b"))
    pages.write(earlier, [(row("b"), 0)])
    with pytest.raises(Dropped):
        pages.track(earlier, 2)
    with pytest.raises(Dropped):
        pages.switch("C1.1", earlier)
    pages.track(later, 2)
    pages.switch("C1.1", later)
    assert (pages.current("C1.1"), pages.number(later)) == (later, 2)
    assert keys(pages.find(later, WHOLE)) == ["a", "b"]
