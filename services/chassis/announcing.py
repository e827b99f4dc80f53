"""Letters out: the event log *is* the outbox; a letter is made from a row after the commit."""

from collections.abc import Iterator
from typing import Any

from contracts.letter import Letter

PAGE = 1000


def announcements(recorder: Any, sender: str, after: int, limit: int = PAGE) -> list[Letter]:
    """The records of a log after a position, each with the position of the one before it."""
    rows = recorder.rows(after, limit)
    before = [after, *(position for position, _, _ in rows)]
    return [
        Letter(sender, position, previous, topic, record)
        for (position, topic, record), previous in zip(rows, before, strict=False)
    ]


def all_letters(recorder: Any, sender: str, after: int = 0) -> Iterator[Letter]:
    """Every record of a log after a position, read in pages."""
    while letters := announcements(recorder, sender, after):
        yield from letters
        after = letters[-1].position

