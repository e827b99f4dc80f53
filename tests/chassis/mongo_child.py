"""A process that uses a MongoDB until it is killed, by others or, at a chosen command, by its own hand.

    file URL honest|careless              files letters for ever; each number acknowledged is a line
    follow CASEBOOK PAGES KIND COLLECTION COUNT [tracking-first]
                                          folds the casebook; dies before the COUNT-th such command is sent
    put URL KIND COLLECTION COUNT         puts an attachment; dies likewise
    half FOLDER safe|bare                 puts an attachment as a file; dies when half of it is written
"""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random
from typing import IO, Any

from pymongo import WriteConcern, monitoring

from contracts.letter import Letter
from contracts.rectification.problem_ledger import ItemStarted
from services.chassis import attachments_files, casebook_mongo
from services.chassis.attachments import CHUNK
from services.chassis.casebook_mongo import MongoCasebook
from services.chassis.shelves import open_attachments, open_casebook, open_pages
from services.reporting import projector
from services.reporting.draft import Draft
from services.reporting.views import VIEWS
from tests.letters import Sender, id_of
from tests.reporting.story import Story

ONE_VIEW = {"C1": VIEWS["C1"]}
VIDEO = Random(2).randbytes(40 * CHUNK)


class Dying(monitoring.CommandListener):
    """Kills its own process before the chosen command leaves it: what was sent before is done, nothing after it."""

    def __init__(self, kind: str, collection: str, number: int) -> None:
        self._kind, self._collection, self._left = kind, collection, number

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        if event.command_name == self._kind and str(event.command[self._kind]).startswith(self._collection):
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """Nothing to do."""

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """Nothing to do."""


def letters() -> Iterator[Letter]:
    """The same letters in every process."""
    sender = Sender("rectification")
    for number in count():
        yield sender.says(ItemStarted(item_id=id_of(f"i{number}")), f"stream-{number % 3}")


def file(url: str, manner: str) -> None:
    """Batches of three, each filed before the next is begun."""
    casebook = open_casebook(url, rehearsal=True)
    assert isinstance(casebook, MongoCasebook)
    number, told = casebook.last_number(), letters()
    for _ in range(number):
        next(told)
    say("ready")
    for _ in count():
        batch = [next(told) for _ in range(3)]
        number = casebook.file(batch) if manner == "honest" else unheard(casebook, number, batch)
        say(str(number))


def unheard(casebook: MongoCasebook, number: int, batch: list[Letter]) -> int:
    """The broken control: it is acknowledged when it was sent."""
    unacknowledged = casebook._letters.with_options(write_concern=WriteConcern(0))
    documents = [casebook_mongo._document(number + place, 0, letter) for place, letter in enumerate(batch, 1)]
    unacknowledged.insert_many(documents, ordered=False)
    return number + len(batch)


class TrackingFirst(Draft):
    """The broken control: the number is written before the rows it speaks of."""

    def store(self, number: int) -> bool:
        self._pages.track(self.collection, number)
        return super().store(number)


def follow(casebook: str, pages: str, kind: str, collection: str, number: str, manner: str = "") -> None:
    """Fold everything into one view; a batch of seven letters."""
    if manner == "tracking-first":
        projector.Draft = TrackingFirst  # type: ignore[misc]
    monitoring.register(Dying(kind, collection, int(number)))
    held = open_casebook(casebook), open_pages(pages, rehearsal=True)
    projector.Projector(*held, ONE_VIEW, batch=7).follow()


def put(url: str, kind: str, collection: str, number: str) -> None:
    """Forty pieces and a bit of GridFS's."""
    monitoring.register(Dying(kind, collection, int(number)))
    open_attachments(url, rehearsal=True).put(VIDEO, "video/mp4")


def half(folder: str, manner: str) -> None:
    """Dies with half of the bytes written; `bare` writes them under their name at once."""

    def copied(source: IO[bytes], target: IO[bytes], _: int) -> None:
        target.write(source.read(len(VIDEO) // 2))
        target.flush()
        os.kill(os.getpid(), signal.SIGKILL)

    shutil.copyfileobj = copied
    if manner == "bare":
        attachments_files._written = written_bare
    open_attachments(f"file://{folder}").put(VIDEO, "video/mp4")


def written_bare(place: Path, write: Any) -> None:
    """The broken control: the file has its name before it has its bytes."""
    with place.open("wb") as file:
        write(file)


def told(story: Story) -> Story:
    """Enough that every view has pages of several letters."""
    for unit in ("s1", "s2", "s3"):
        story.unit(unit, f"示例{unit}")
    for number in range(12):
        story.item(f"i{number}", f"s{number % 3 + 1}")
        story.assigned(f"i{number}")
        story.renamed(f"s{number % 3 + 1}", f"新名{number}")
    return story


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


ROLES = {"file": file, "follow": follow, "put": put, "half": half}

if __name__ == "__main__":
    ROLES[sys.argv[1]](*sys.argv[2:])
