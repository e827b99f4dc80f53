"""Parked letters: set aside in sequence, under the key behind which later letters wait."""

from collections.abc import Sequence

import msgspec

from contracts.letter import Letter
from services.chassis.memos import Memo, Memos

WAITS = "waits behind a parked letter"


class Parked(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that could not be obeyed because of a program or data error, or waits behind one."""

    key: str
    topic: str
    previous: int
    record: bytes
    error: str
    number: int = 0

    def letter(self, place: str) -> Letter:
        """The letter as it came."""
        sender, _, position = place.rpartition("|")
        return Letter(sender, int(position), self.previous, self.topic, self.record)

    @property
    def code(self) -> str:
        """The kind of error, without its words; WAITS of what only waits behind another letter."""
        return "WAITS" if self.error == WAITS else self.error.partition("(")[0]

    def key_row(self, place: str) -> str:
        """Where it stands in its line."""
        return f"{self.key}|{self.number:012d}|{place}"


def place_of(letter: Letter) -> str:
    """Names a parked letter: sender and position."""
    return place_at(letter.sender, letter.position)


def place_at(sender: str, position: int) -> str:
    """The same, where only these two are known."""
    return f"{sender}|{position:020d}"


def settled(place: str, parked: Parked, outcome: bytes) -> list[Memo]:
    """What to commit with the end of a parked letter; fresh, so that it ends once whoever else works it off."""
    return [
        Memo("worked-off", place, outcome, fresh=True),
        Memo("parked", place, None), Memo("parked-key", parked.key_row(place), None),
    ]


def has_waiting(memos: Memos, key: str) -> bool:
    """Whether anything is parked under a key."""
    return bool(memos.scan("parked-key", f"{key}|", f"{key}|~", 1))


def line_of(memos: Memos, key: str) -> list[str]:
    """The places of what is parked under a key, in the order it came."""
    return [_place(row) for row in _rows(memos, key)]


def parking_memos(memos: Memos, letter: Letter, key: str, error: str) -> list[Memo]:
    """What to commit with the letter's tracking to set it aside at the end of its line."""
    rows = _rows(memos, key)
    number = int(rows[-1].key.rsplit("|", 3)[1]) + 1 if rows else 1
    place = place_of(letter)
    parked = Parked(
        key=key, topic=letter.topic, previous=letter.previous, record=letter.record, error=error, number=number,
    )
    return [
        Memo("parked", place, msgspec.msgpack.encode(parked)),
        Memo("parked-key", parked.key_row(place), place.encode()),
    ]


def parked_letters(memos: Memos) -> list[tuple[str, Parked]]:
    """What waits, with its place, in order of sender and position."""
    found: list[tuple[str, Parked]] = []
    after = ""
    while rows := memos.scan("parked", after):
        found += [(row.key, _decoded(row)) for row in rows]
        after = rows[-1].key
    return found


def parked_at(memos: Memos, place: str) -> Parked | None:
    """The parked letter of a place, or None."""
    memo = memos.memo("parked", place)
    return _decoded(memo) if memo else None


def _rows(memos: Memos, key: str) -> Sequence[Memo]:
    rows: list[Memo] = []
    after = f"{key}|"
    while page := memos.scan("parked-key", after, f"{key}|~"):
        rows += page
        after = page[-1].key
    return rows


def _place(row: Memo) -> str:
    return (row.value or b"").decode()


def _decoded(row: Memo) -> Parked:
    return msgspec.msgpack.decode(row.value or b"", type=Parked)
