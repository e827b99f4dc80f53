"""A province by bulk append: copies of one county, sealed and written to logs, casebook and pages in large batches."""

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter
from typing import NamedTuple

from contracts.letter import Letter
from services.audit.proof import first_fault
from services.chassis.casebook_sqlite import SQLiteCasebook
from services.chassis.clock import Clock
from services.chassis.log_sqlite import SQLiteLogs
from services.chassis.pages import Scope
from services.chassis.pages_sqlite import SQLitePages
from services.cli.demo.copying import Copied, Template, copies
from services.cli.speaking import Wrong
from services.reporting.projector import Projector
from services.reporting.views.ask import Ask, cells_of
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
    """The files of a province: a log for each service, and the casebook."""

    def __init__(self, folder: Path, senders: Iterable[str], clock: Clock) -> None:
        self._logs = {sender: SQLiteLogs(folder / f"{sender}.sqlite", clock) for sender in senders}
        self._ends = dict.fromkeys(self._logs, 0)
        self.casebook = SQLiteCasebook(folder / "casebook.sqlite")

    def append(self, batch: list[Copied]) -> list[Letter]:
        """Each service's records in one transaction; the letters to be filed."""
        letters = []
        for one in batch:
            end = self._ends[one.sender]
            letters.append(Letter(one.sender, end + 1, end, one.topic, one.record))
            self._ends[one.sender] = end + 1
        for sender, log in self._logs.items():
            log.log.insert_sealed([one[1:] for one in batch if one.sender == sender])
        return letters

    def close(self) -> None:
        """Close every file."""
        for log in self._logs.values():
            log.close()
        self.casebook.close()


def written(
    letters: list[Letter], senders: Iterable[str], folder: Path, clock: Clock, count: int, say: Say, seed: int = 1,
) -> Province:
    """Copy, append, file, fold, and prove a sample. Raises Wrong CHAIN_BROKEN."""
    archive = Archive(folder, senders, clock)
    pages = SQLitePages(folder / "pages.sqlite")
    try:
        records, seconds = _appended(letters, archive, count, say)
        say(f"追加 {records} 条，每秒 {records / seconds:.0f} 条；立卷并生成视图……")
        Projector(archive.casebook, pages).rebuild()
        sampled = _sampled(archive.casebook, records, seed)
        rows = Ask(archive.casebook, pages, clock).view("P1", Scope(whole=True))
        return Province(records, round(records / seconds), sampled, [*cells_of(rows)])
    finally:
        archive.close()
        pages.close()


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
        archive.casebook.file(told)
        records += len(batch)
        if records - shown >= 10 * BATCH:
            shown = records
            say(f"已追加 {records} 条，每秒 {records / seconds:.0f} 条")


def _sampled(casebook: SQLiteCasebook, records: int, seed: int) -> int:
    """Some streams are followed from their first record to their last."""
    rng = Random(seed)  # noqa: S311 - a sample, not a secret
    for number in rng.sample(range(records), min(SAMPLE, records)):
        (filed,) = casebook.read(number, 1)
        stream = filed.letter.head.stream
        if (fault := first_fault(casebook.of_stream(stream), stream)) is not None:
            raise Wrong("CHAIN_BROKEN", fault.sentence)
    return min(SAMPLE, records)
