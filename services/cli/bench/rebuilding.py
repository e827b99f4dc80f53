"""P4: all views folded anew beside those in use, while they are read; and followed in batches."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from services.chassis.casebook import PAGE, Casebook, each
from services.chassis.clock import HandClock
from services.chassis.pages import WHOLE
from services.chassis.town import REGISTRY
from services.cli.bench.country import fill, template
from services.cli.bench.figures import Figure, figure
from services.cli.bench.library import Boards
from services.cli.bench.raw import RawPages
from services.cli.demo.copying import Template
from services.cli.demo.province import Archive
from services.cli.demo.year import LAST_DAY
from services.reporting.views import VIEWS
from services.reporting.views.folding import Post, addressed

A_SECOND, TENTH = 50_000, 10
SHOWN, READER_SECONDS = 20, 0.02


def all_views(seconds: float) -> Iterator[Figure]:
    """P4 on a casebook of about 50,000 letters for each of the seconds, and on a tenth of it."""
    county = template()
    with TemporaryDirectory(prefix="dudao-bench-") as folder:
        tenth, whole = (
            Country(Path(folder) / f"{share}", county, round(seconds * A_SECOND / share)) for share in (TENTH, 1)
        )
        yield from whole.figures(Boards(Path(folder) / "library.sqlite").rate(seconds / TENTH))
        slope = whole.updates / whole.rebuilt() * tenth.rebuilt() / tenth.updates
        yield Figure(id="P4-slope", adapter="sqlite", value=round(slope, 2), unit="rate/rate of a tenth")
        tenth.close()
        whole.close()


class Country:
    """A casebook, its pages and how many page updates its letters make."""

    def __init__(self, folder: Path, county: Template, letters: int) -> None:
        self._folder, self._archive = folder, Archive(folder, (REGISTRY,), HandClock(LAST_DAY))
        self.letters = fill(self._archive.library.audit.casebook, county, letters)
        self.updates = updates_of(self._archive.library.audit.casebook)

    def followed(self) -> float:
        """Seconds to fold everything in batches, each stored and tracked, from nothing."""
        return _seconds(self._archive.library.projector.follow)

    def rebuilt(self) -> float:
        """Seconds to fold everything anew and switch."""
        return _seconds(self._archive.library.projector.rebuild)

    def close(self) -> None:
        """Close its files."""
        self._archive.close()

    def figures(self, library: float) -> Iterator[Figure]:
        """Batches first: they make the pages that are read during the rebuild."""
        note = f"{self.letters} events, {self.updates} updates"
        batches = self.updates / self.followed()
        with self._reading() as took:
            rate = self.updates / self.rebuilt()
        raw = self.updates / RawPages(self._folder, VIEWS).seconds()
        yield figure("P4", "sqlite", "updates/s", rate, raw, library, note)
        events = round(rate * self.letters / self.updates, 1)
        yield Figure(id="P4-events", adapter="sqlite", value=events, unit="events/s")
        yield figure("P4-batches", "sqlite", "updates/s", batches, raw, library, note)
        slowest = 1000 * statistics.quantiles(took, n=100)[98]
        yield Figure(id="P4-read-p99", adapter="sqlite", value=round(slowest, 2), unit="ms", note="while rebuilding")

    @contextmanager
    def _reading(self) -> Iterator[list[float]]:
        """Someone looks up a school's problems every 20 ms; the seconds each took."""
        took, over = list[float](), Event()

        def read() -> None:
            while not over.wait(READER_SECONDS) or len(took) < 2:
                took.append(_seconds(lambda: self._archive.library.ask.view("S1", WHOLE, limit=SHOWN)))

        reader = Thread(target=read)
        reader.start()
        yield took
        over.set()
        reader.join()


def updates_of(casebook: Casebook) -> int:
    """How many times a letter changes a page."""
    views, post, count = list(VIEWS.values()), Post(VIEWS.values()), 0
    letters = each(casebook, names=post.names)
    while some := list(islice(letters, PAGE)):
        heaps = zip(views, post.sort(some), strict=True)
        count += sum(len(keys) for view, heard in heaps for _, keys in addressed(view, heard))
    return count


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started

