"""Letters out: the event log *is* the outbox; a letter is made from a row after the commit."""

from collections.abc import Iterator
from typing import Any

from contracts.letter import Letter

PAGE = 1000


def announcements(recorder: Any, sender: str, after: int, limit: int = PAGE) -> list[Letter]:
    """The records of a log after a position, each with the position of the one before it."""
    rows = recorder.select_notifications(after, limit, inclusive_of_start=False)
    previous = after
    letters = []
    for row in rows:
        letters.append(Letter(sender, row.id, previous, row.topic, bytes(row.state)))
        previous = row.id
    return letters


def all_letters(recorder: Any, sender: str, after: int = 0) -> Iterator[Letter]:
    """Every record of a log after a position, read in pages."""
    while letters := announcements(recorder, sender, after):
        yield from letters
        after = letters[-1].position

