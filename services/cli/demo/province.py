"""A province by bulk append: copies of one county, sealed and written to logs, casebook and pages in large batches."""

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter
from typing import NamedTuple

from contracts.letter import Letter
from services.chassis.clock import HandClock
from services.chassis.log_sqlite import SQLiteLogs
from services.chassis.pages import Scope
from services.cli.demo.copying import Copied, Template, copies, posted
from services.cli.speaking import Wrong
from services.cli.wiring import Library, library
from services.reporting.views.ask import cells_of
from services.reporting.views.view import Cells

BATCH, SAMPLE = 20_000, 500
Say = Callable[[str], None]


class Province(NamedTuple):
    """What was written, how fast, and the table of its counties."""

    records: int
    rate: int
    sampled: int
    rows: list[Cells]


class Archive:
    """The files of a province: a log for each service, and the library beside them."""

    def __init__(self, folder: Path, senders: Iterable[str], clock: HandClock) -> None:
        self._logs = {sender: SQLiteLogs(folder / f"{sender}.sqlite", clock) for sender in senders}
        self._ends: dict[str, int] = {}
        self.library = library(folder, clock)

    def append(self, batch: list[Copied]) -> list[Letter]:
        """Each service's records in one transaction; the letters to be filed."""
        letters = posted(batch, self._ends)
        for sender, log in self._logs.items():
            log.log.insert_sealed([one[1:] for one in batch if one.sender == sender])
        return letters

    def close(self) -> None:
        """Close every file."""
        for log in self._logs.values():
            log.close()
        self.library.close()


def written(
    letters: list[Letter], senders: Iterable[str], folder: Path, clock: HandClock, count: int, say: Say, seed: int = 1,
) -> Province:
    """Copy, append, file, fold, and prove a sample. Raises Wrong CHAIN_BROKEN."""
    archive = Archive(folder, senders, clock)
    try:
        records, seconds = _appended(letters, archive, count, say)
        say(f"追加 {records} 条，每秒 {records / seconds:.0f} 条；立卷并生成视图……")
        archive.library.projector.rebuild()
        sampled = _sampled(archive.library, records, seed)
        rows = archive.library.ask.view("P1", Scope(whole=True))
        return Province(records, round(records / seconds), sampled, [*cells_of(rows)])
    finally:
        archive.close()


def _appended(letters: list[Letter], archive: Archive, count: int, say: Say) -> tuple[int, float]:
    """How many, and the seconds of sealing and appending alone."""
    template = Template(letters, {letter.sender for letter in letters})
    source, records, seconds = copies(template, count), 0, 0.0
    shown = 0
    while True:
        started = perf_counter()
        batch = list(islice(source, BATCH))
        if not batch:
            return records, seconds
        told = archive.append(batch)
        seconds += perf_counter() - started
        archive.library.audit.casebook.file(told)
        records += len(batch)
        if records - shown >= 10 * BATCH:
            shown = records
            say(f"已追加 {records} 条，每秒 {records / seconds:.0f} 条")


def _sampled(read: Library, records: int, seed: int) -> int:
    """Some streams are followed from their first record to their last."""
    rng = Random(seed)  # noqa: S311 - a sample, not a secret
    for number in rng.sample(range(records), min(SAMPLE, records)):
        (filed,) = read.audit.casebook.read(number, 1)
        if (fault := read.audit.verify_stream(filed.letter.head.stream)) is not None:
            raise Wrong("CHAIN_BROKEN", fault.sentence)
    return min(SAMPLE, records)
