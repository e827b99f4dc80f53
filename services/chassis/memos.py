"""Memos: small keyed rows kept beside the events and written in the same commit.

One table serves what a log must remember to be exactly-once and on time:

| kind | key | value |
|---|---|---|
| `command` | command id | digest of actor and body (a receipt is the memo's position) |
| `entity` | entity id | stream that holds it |
| `due` | instant, stream, name | the command to send then |
| `due-of` | stream | the keys of its `due` memos |
| `copy/…` | id | this service's copy of a foreign fact |
| `copy-change`, `copy-last` | position of the registry's letter | which copies it changed; the newest such key |
| `parked`, `outcome` | sender, position | a letter that waits, or why a policy was refused |
| `parked-key` | ordering key, number, sender, position | what waits under a key, in the order it came |
| `worked-off` | sender, position | what became of a parked letter: obeyed late, or discarded (the event says by whom) |
| `relayed` | – | up to which position the relay's letters are confirmed |
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Memo(NamedTuple):
    """`value` None deletes; `fresh` refuses to overwrite; `position` is the log's end at that commit."""

    kind: str
    key: str
    value: bytes | None
    fresh: bool = False
    position: int = 0


Row = tuple[int, str, bytes]
"""Position, topic and record."""


class Memos(Protocol):
    """What every log adapter offers beside the library's process recorder."""

    def rows(self, after: int, limit: int) -> Sequence[Row]:
        """The rows after a position, in order: the fastest way to read a log again."""

    def memo(self, kind: str, key: str) -> Memo | None:
        """The memo under this key, or None."""

    def scan(self, kind: str, after: str = "", upto: str | None = None, limit: int = 1000) -> Sequence[Memo]:
        """Memos of a kind in the order of their keys, `after` < key <= `upto`."""

    def count(self, kind: str) -> int:
        """How many memos of a kind there are."""
