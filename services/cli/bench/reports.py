"""P6: reports of the largest province, each asked for the first time after a letter has moved one school's pages."""

import statistics
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.pages import WHOLE, Scope
from services.chassis.pages_sqlite import SQLitePages
from services.cli.bench.figures import Figure
from services.cli.bench.province import INSPECTED, NOW, SCHOOLS, county_path, key, pages, stored
from services.reporting.views import VIEWS, c1_ledger_board
from services.reporting.views.ask import Ask
from services.reporting.views.registers.listing import LISTINGS
from services.reporting.views.view import View

ASKED = ("T1", "P1", "C2", "P4", "P5", "C4", "C13")
MOVED: tuple[View, ...] = (c1_ledger_board.VIEW, LISTINGS)
SECONDS, FEWEST, BATCH = 20.0, 3, 20
WARMING = 2
"""The first answer of a process is made from the pages as they are; from the second on counts stand."""


def all_reports(seconds: float) -> Iterator[Figure]:
    """P6 with all 40,000 schools for twenty seconds, and with a share of them for fewer."""
    share = min(1.0, seconds / SECONDS)
    with TemporaryDirectory(prefix="dudao-bench-") as folder:
        moving = Moving(Path(folder) / "pages.sqlite", round(SCHOOLS * share), round(INSPECTED * share))
        for name in ASKED:
            yield from moving.figures(name, seconds / len(ASKED))
        moving.close()


class Took(NamedTuple):
    """Milliseconds on the wall and of the processor."""

    wall: float
    processor: float


class Moving:
    """A province whose pages move, and one who asks."""

    def __init__(self, path: Path, schools: int, inspectors: int) -> None:
        self._pages, self._schools, self._now, self._rng = SQLitePages(path), schools, NOW, Random(1)  # noqa: S311 - a choice, not a secret
        self._number, self._held = 1, stored(self._pages, pages(schools, inspectors))
        self._ask = Ask(MemoryCasebook(), self._pages, self._clock)

    def _clock(self) -> datetime:
        return self._now

    def close(self) -> None:
        """Close the file."""
        self._pages.close()

    def figures(self, name: str, seconds: float) -> Iterator[Figure]:
        """The first answers of a process; then after a letter, after twenty, in one county, and on the next day."""
        note = f"{name}, {self._schools} schools, {self._held} pages"
        yield _figure("P6-first", [self._moved(name) for _ in range(WARMING)], note)
        took, ends = list[Took](), time.perf_counter() + seconds
        while len(took) < FEWEST or time.perf_counter() < ends:
            took.append(self._moved(name))
        yield _figure("P6", took, f"{note}, {len(took)} asked")
        yield _figure("P6-20", [self._moved(name, BATCH) for _ in range(FEWEST)], f"{note}, {BATCH} letters between")
        county = Scope((county_path(0),))
        yield _figure("P6-county", [self._moved(name, scope=county) for _ in range(FEWEST)], note)
        self._now += timedelta(days=1)
        yield _figure("P6-next-day", [self._asked(name, WHOLE)], note)

    def _moved(self, name: str, letters: int = 1, scope: Scope = WHOLE) -> Took:
        for _ in range(letters):
            self._letter()
        return self._asked(name, scope)

    def _asked(self, name: str, scope: Scope) -> Took:
        started = time.perf_counter(), time.process_time()
        self._ask.view(name, scope)
        return Took(1000 * (time.perf_counter() - started[0]), 1000 * (time.process_time() - started[1]))

    def _letter(self) -> None:
        """A row is put again under the number of a new letter, as the projector would; then all views are tracked."""
        self._number += 1
        collection = self._pages.current(self._rng.choice(MOVED).shelf) or ""
        (row,) = self._pages.get(collection, [key("school", self._rng.randrange(self._schools))]).values()
        self._pages.write(collection, [(row._replace(number=self._number), row.number)])
        for view in VIEWS.values():
            self._pages.track(self._pages.current(view.shelf) or "", self._number)


def _figure(name: str, took: list[Took], note: str) -> Figure:
    """What the clock on the wall says; on a machine that is shared the time of the processor tells more."""
    wall, processor = (_slowest(list(times)) for times in zip(*took, strict=True))
    return Figure(id=name, adapter="sqlite", value=round(wall, 1), unit="ms p99", note=f"{note}; CPU {processor:.1f}")


def _slowest(took: list[float]) -> float:
    """The 99th percentile, or the slowest of fewer than a hundred."""
    return statistics.quantiles(took, n=100)[98] if len(took) >= 100 else max(took)
