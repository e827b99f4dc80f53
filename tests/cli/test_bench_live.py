"""Live figures: what is shown is seen when it is, a pace is kept, and the whole bench speaks in JSON lines."""

import json
import time
from pathlib import Path

import pytest

from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.pages import Row
from services.chassis.pages_memory import MemoryPages
from services.cli.bench.watching import SHELVES, Watch, paced, percentiles
from tests.chassis.test_parking import letters_of, registry_with
from tests.cli.typing_verbs import dudao


def shelved() -> MemoryPages:
    """A fresh collection for every view, each with a page."""
    pages = MemoryPages()
    for shelf in SHELVES:
        collection = pages.fresh(shelf)
        pages.switch(shelf, collection)
        pages.write(collection, [(Row("page", 1, b"{}"), 0)])
    return pages


def reached(pages: MemoryPages, number: int, shelves: list[str]) -> None:
    for shelf in shelves:
        pages.track(str(pages.current(shelf)), number)


def test_a_position_is_shown_when_the_last_view_has_it_and_not_before() -> None:
    casebook, pages = MemoryCasebook(), shelved()
    casebook.file(letters_of(registry_with("甲", "乙", "丙")))
    watch = Watch(casebook, pages)
    try:
        reached(pages, 3, SHELVES[1:])
        with pytest.raises(TimeoutError):
            watch.until(1, 0.1)
        before = time.monotonic()
        reached(pages, 2, SHELVES[:1])
        assert before < watch.until(2, 5) == watch.shown_at(1) < time.monotonic()
        with pytest.raises(TimeoutError):
            watch.until(3, 0.05)
    finally:
        watch.end()


def test_a_pace_is_kept_and_every_position_has_its_instant() -> None:
    ends = time.monotonic() + 0.2
    positions = iter(range(1, 10_000))
    stored = paced(lambda: next(positions), 100, lambda: time.monotonic() < ends)
    assert [*stored] == list(range(1, len(stored) + 1)) and 2 < len(stored) <= 21
    assert [*stored.values()] == sorted(stored.values())
    assert percentiles([0.001] * 99 + [1.0])[0] == pytest.approx(1.0)


def test_only_figures_that_can_be_measured_live_are_taken() -> None:
    assert dudao("bench", "--live", "--only", "P3").exit_code == 2


@pytest.mark.fire
@pytest.mark.endurance
@pytest.mark.timeout(400)
@pytest.mark.parametrize("name", ["P2", "P5"])
def test_the_live_bench_gives_its_figures_as_json_lines(name: str, tmp_path: Path) -> None:
    answer = dudao("bench", "--live", "--quick", "--only", name)
    assert answer.exit_code == 0, answer.stderr
    figures = {line["id"]: line for line in map(json.loads, answer.stdout.splitlines())}
    wanted = {"P2": {"P2-live", "P2-live-p99"}, "P5": {"P5", "P5-p50", "P5-catch-up", "P5-catch-up-rate"}}
    assert set(figures) == wanted[name]
    assert all(line["value"] > 0 for line in figures.values())
