"""Which copies changed with which letter: how the processes of one service keep the same copy in memory."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from services.chassis.memos import Memo, Memos

KIND, LAST = "copy-change", "copy-last"


class Change(NamedTuple):
    """The copies, as (kind, key), that one letter changed; `key` sorts as the letters came."""

    key: str
    things: tuple[tuple[str, str], ...]


def note_change(position: int, copies: Sequence[Memo]) -> list[Memo]:
    """The note and the pointer to it, to be committed with the copies themselves."""
    key = f"{position:020d}"
    lines = "\n".join(f"{memo.kind.partition('/')[2]}|{memo.key}" for memo in copies)
    return [Memo(KIND, key, lines.encode()), Memo(LAST, "", key.encode())]


def last_change(memos: Memos) -> str:
    """Key of the newest note, empty when there is none."""
    memo = memos.memo(LAST, "")
    return (memo.value or b"").decode() if memo else ""


def changes_after(memos: Memos, key: str) -> Iterator[Change]:
    """The notes behind a key, in order."""
    while rows := memos.scan(KIND, key):
        for row in rows:
            lines = (row.value or b"").decode().splitlines()
            yield Change(row.key, tuple((kind, of) for kind, _, of in (line.partition("|") for line in lines)))
        key = rows[-1].key
