"""P3 and P7: a whole log read again, and one case of 500 events folded."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from contracts.record import event_line, read_head, record_hash
from contracts.rectification.problem_ledger import ItemRegistered
from contracts.wire import decode_event
from services.cli.bench.adapters import Adapter
from services.cli.bench.figures import Contest, Figure, contested, rate
from services.cli.bench.ledgers import long_ledger, registered

PAGE = 5000
CASE = 500


class Replay:
    """Reads every row of a log and hands its event to whoever is named for its topic."""

    def __init__(self, log: Any) -> None:
        self._log, self.severe = log, 0
        self._named: dict[str, Callable[[Any], None]] = {"rectification.ItemRegistered": self._registered}

    def _registered(self, event: ItemRegistered) -> None:
        self.severe += event.severity.value == "SEVERE"

    def _ignored(self, event: Any) -> None:
        pass

    def rows(self) -> Iterator[tuple[int, str, bytes]]:
        """Position, topic and record of every row, read in pages."""
        after = 0
        while page := self._log.rows(after, PAGE):
            yield from page
            after = page[-1][0]

    def events(self) -> None:
        """Only the event lines are decoded."""
        for _, topic, record in self.rows():
            self._named.get(topic, self._ignored)(decode_event(topic, event_line(record)))

    def with_heads(self) -> None:
        """Heads too."""
        for _, topic, record in self.rows():
            read_head(record)
            self._named.get(topic, self._ignored)(decode_event(topic, event_line(record)))

    def with_hashes(self) -> None:
        """Heads, and each stream's chain of hashes checked."""
        last: dict[Any, str] = {}
        for _, topic, record in self.rows():
            head = read_head(record)
            if head.previous_hash != last.get(head.stream):
                raise ValueError(f"the chain of {head.stream} is broken at {head.version}")
            last[head.stream] = record_hash(record, head.algorithm)
            self._named.get(topic, self._ignored)(decode_event(topic, event_line(record)))


def whole_log(adapter: Adapter, seconds: float) -> Iterator[Figure]:
    """P3. Raw: the rows are fetched and nothing is decoded; library: its reader with pages as large as ours."""
    registered(adapter.app, round(seconds * 1000))
    events = adapter.app.recorder.max_notification_id()
    replay = Replay(adapter.app.recorder)
    theirs = _LibraryReplay(adapter, round(seconds * 250))
    fetch = partial(_fetch, adapter)
    for name, work in (("P3", replay.events), ("P3-heads", replay.with_heads), ("P3-hashes", replay.with_hashes)):
        contest = Contest(work, fetch, None, events)
        found = contested(name, adapter.name, "events/s", contest, seconds / 3)
        library = theirs.rate(seconds / 9)
        found.library, found.ratio_to_library = round(library, 1), round(found.value / library, 2)
        found.note = f"{events} events"
        yield found


def _fetch(adapter: Adapter) -> None:
    for _ in adapter.raw.pages(adapter.app.name, PAGE):
        pass


class _LibraryReplay:
    def __init__(self, adapter: Adapter, ledgers: int) -> None:
        self._app = adapter.library.app
        adapter.library.registered(ledgers, datetime.now(UTC))

    def rate(self, seconds: float) -> float:
        """Events per second."""
        return (self._app.recorder.max_notification_id() or 0) * rate(self._once, seconds)

    def _once(self) -> None:
        after = 0
        while page := self._app.recorder.select_notifications(after, PAGE, inclusive_of_start=False):
            for notification in page:
                self._app.mapper.to_domain_event(notification)
            after = page[-1].id


def one_case(adapter: Adapter, seconds: float) -> Iterator[Figure]:
    """P7. A ledger of 500 events loaded and folded; the library's `@event` aggregate of as many beside it."""
    kind = type(adapter.app).aggregates[0]
    stream = long_ledger(adapter.app, CASE)
    their_stream = adapter.library.long(CASE, datetime.now(UTC))
    contest = Contest(
        lambda: adapter.app.load(kind, stream), None, lambda: adapter.library.app.repository.get(their_stream)
    )
    found = contested("P7-load", adapter.name, "loads/s", contest, seconds)
    yield found
    yield Figure(id="P7-load-ms", adapter=adapter.name, value=round(1000 / found.value, 2), unit="ms")
