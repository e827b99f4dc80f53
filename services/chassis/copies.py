"""A service's own small copies of facts, foreign or of another stream of its own; read straight from the log's memos.

A service names, per event, a function that says which copies change. For a foreign event they are written in
the commit that moves the tracking past its letter, for an event of its own in the event's own commit.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from services.chassis.memos import Memo, Memos

Kept = TypeVar("Kept", bound=msgspec.Struct)


class Copies:
    """Nothing is held in memory, so every process of a service sees what was committed."""

    def __init__(self, memos: Memos) -> None:
        self._memos = memos

    def find(self, kind: type[Kept], *key: object) -> Kept | None:
        """The copy under this key, or None."""
        memo = self._memos.memo(f"copy/{kind.__name__}", _key(key))
        return msgspec.json.decode(memo.value or b"", type=kind) if memo else None

    def below(self, kind: type[Kept], *key: object) -> Iterator[Kept]:
        """Every copy whose key begins with these parts, in the order of the keys."""
        return self._between(kind, f"{_key(key)}|", f"{_key(key)}|~")

    def every(self, kind: type[Kept]) -> Iterator[Kept]:
        """Every copy of a kind, in the order of the keys."""
        return self._between(kind, "", None)

    def _between(self, kind: type[Kept], after: str, upto: str | None) -> Iterator[Kept]:
        while rows := self._memos.scan(f"copy/{kind.__name__}", after, upto):
            yield from (msgspec.json.decode(row.value or b"", type=kind) for row in rows)
            after = rows[-1].key


def kept(thing: Any, *key: object) -> Memo:
    """The memo that writes a copy under a key of one or more parts."""
    return Memo(f"copy/{type(thing).__name__}", _key(key), msgspec.json.encode(thing))


def _key(parts: tuple[object, ...]) -> str:
    return "|".join(map(str, parts))
