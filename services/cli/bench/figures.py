"""One measured figure as a JSON line, and how it is measured."""

import statistics
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import msgspec

FEWEST_TURNS, TURN_SECONDS = 3, 0.05


class Figure(msgspec.Struct, kw_only=True):
    """A value with its unit; the ratios say how many times the raw driver and the library it is."""

    id: str
    adapter: str
    value: float
    unit: str
    ratio_to_raw: float | None = None
    ratio_to_library: float | None = None
    raw: float | None = None
    library: float | None = None
    note: str | None = None


class Contest(NamedTuple):
    """The same work done by us, by the raw driver and by the library; each call does `each` of it."""

    ours: Callable[[], object]
    raw: Callable[[], object] | None
    library: Callable[[], object] | None
    each: int = 1


def contested(name: str, adapter: str, unit: str, contest: Contest, seconds: float, note: str = "") -> Figure:
    """Medians of rates per second, taken in many short turns: a machine that slows down slows all of them."""
    sides = [side for side in contest[:3] if callable(side)]
    rates: dict[object, list[float]] = {side: [] for side in sides}
    for side in sides:
        side()
    turns, ends = 0, time.perf_counter() + seconds
    while turns < FEWEST_TURNS or time.perf_counter() < ends:
        turns += 1
        for side in sides:
            rates[side].append(contest.each * rate(side, TURN_SECONDS))
    ours, raw, library = (statistics.median(rates[s]) if callable(s) else None for s in contest[:3])
    return figure(name, adapter, unit, ours or 0.0, raw, library, note)


def figure(
    name: str, adapter: str, unit: str, ours: float, raw: float | None, library: float | None, note: str = ""
) -> Figure:
    """Rounded, with both ratios."""
    return Figure(
        id=name, adapter=adapter, value=round(ours, 1), unit=unit, note=note or None,
        ratio_to_raw=round(ours / raw, 2) if raw else None, raw=raw and round(raw, 1),
        ratio_to_library=round(ours / library, 2) if library else None, library=library and round(library, 1),
    )


def rate(work: Callable[[], object], seconds: float) -> float:
    """Calls per second over about that many seconds, at least one call."""
    done, started = 0, time.perf_counter()
    while (passed := time.perf_counter() - started) < seconds or not done:
        work()
        done += 1
    return done / passed


def threaded(works: Iterable[Callable[[], object]], seconds: float) -> tuple[float, float]:
    """Calls per second of all threads together, and the 99th percentile of one call in milliseconds."""
    works = list(works)
    ready, took = threading.Barrier(len(works)), list[float]()

    def loop(work: Callable[[], object]) -> None:
        ready.wait()
        ends = time.perf_counter() + seconds
        while (started := time.perf_counter()) < ends:
            work()
            took.append(time.perf_counter() - started)

    with ThreadPoolExecutor(len(works)) as pool:
        started = time.perf_counter()
        for future in [pool.submit(loop, work) for work in works]:
            future.result()
    return len(took) / (time.perf_counter() - started), 1000 * statistics.quantiles(took, n=100)[98]
