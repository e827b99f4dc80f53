"""Letters of several senders in the order in which the town would have carried them: what causes stands first.

The town carries round by round, sender by sender; the services listen one after the other, the chronicle last.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from contracts.letter import Letter

BEFORE, LAST = 0, 1_000_000


class Rounds:
    """In which round the town would have brought each of these letters to whom."""

    def __init__(self, letters: Iterable[Letter], senders: Sequence[str]) -> None:
        self._place: Mapping[str, int] = {sender: number for number, sender in enumerate(senders)}
        self._letters: Mapping[UUID, Letter] = {letter.head.event_id: letter for letter in letters}

    def place(self, letter: Letter) -> int:
        """When its sender has its turn in a round."""
        return self._place[letter.sender]

    def heard(self, letter: Letter, listener: int) -> int:
        """The round; what a service writes while its own letters are carried, who listens after it hears at once."""
        born, during = self._born(letter)
        own = self.place(letter)
        at_once = own > during or (own == during and listener > own)
        return born if at_once else born + 1

    def _born(self, letter: Letter) -> tuple[int, int]:
        """The round in which it was written, and whose letters were carried then."""
        cause = self._letters.get(letter.head.causation_id) if letter.head.causation_id else None
        if cause is None:
            return BEFORE, LAST
        return self.heard(cause, self.place(letter)), self.place(cause)


def carried(letters: Iterable[Letter], senders: Sequence[str]) -> list[Letter]:
    """The letters as the town's chronicle would have them."""
    told = list(letters)
    rounds = Rounds(told, senders)
    return sorted(told, key=lambda one: (rounds.heard(one, LAST), rounds.place(one), one.position))
