"""P1 and P2: commands stored durably, one at a time and sixty-four waiting at once."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import cycle
from typing import Any
from uuid import UUID

from services.cli.bench.adapters import Adapter
from services.cli.bench.figures import Contest, Figure, contested, figure, rate, threaded
from services.cli.bench.ledgers import obey, registered, settle

WAITING = 64


def one_at_a_time(adapter: Adapter, seconds: float) -> Iterator[Figure]:
    """P1. Ours also permits, hashes and keeps the receipt; the library stores its event only."""
    budget = round(seconds * 2500)
    items = iter(registered(adapter.app, budget))
    theirs = _again_and_again(adapter.library.registered(50, datetime.now(UTC)))
    contest = Contest(
        lambda: obey(adapter.app, next(items)), adapter.raw.one, lambda: adapter.library.assign(next(theirs))
    )
    yield contested("P1", adapter.name, "commands/s", contest, seconds)


def many_waiting(adapter: Adapter, seconds: float) -> Iterator[Figure]:
    """P2. Raw: one thread that commits batches of 64; library: the best of 1, 8 and 64 threads."""
    raw = WAITING * rate(adapter.raw.batch, seconds / 4)
    library = max(_library(adapter, threads, seconds / 8) for threads in (1, 8, WAITING))
    shares = _shares(registered(adapter.app, round(seconds * 3000)))
    ours, slowest = threaded([partial(_next, adapter.app, share) for share in shares], seconds / 4)
    yield figure("P2", adapter.name, "commands/s", ours, raw, library)
    yield Figure(id="P2-p99", adapter=adapter.name, value=round(slowest, 2), unit="ms")


def _library(adapter: Adapter, threads: int, seconds: float) -> float:
    ledgers = adapter.library.registered(threads, datetime.now(UTC))
    works: list[Callable[[], object]] = [partial(adapter.library.assign, ledger) for ledger in ledgers]
    return threaded(works, seconds)[0]


def _shares(items: Sequence[UUID]) -> list[Iterator[UUID]]:
    return [iter(items[part::WAITING]) for part in range(WAITING)]


def _next(app: Any, share: Iterator[UUID]) -> None:
    settle(app, next(share))


def _again_and_again(ledgers: Sequence[UUID]) -> Iterator[UUID]:
    # A ledger grows by each event: fifty share the growth, so that loading stays as short as ours.
    return cycle(ledgers)
