"""Publications the broker has not confirmed yet: confirms come out of order, so they are a set of tags."""


class Confirms:
    """`upto` is the position up to which every letter is confirmed; tags are the channel's, from 1."""

    def __init__(self, position: int) -> None:
        self._previous_of: dict[int, int] = {}
        self._last_sent = position

    def __len__(self) -> int:
        return len(self._previous_of)

    @property
    def upto(self) -> int:
        """The position before the earliest unconfirmed letter, or of the last one sent."""
        earliest = next(iter(self._previous_of), None)
        return self._last_sent if earliest is None else self._previous_of[earliest]

    def sent(self, tag: int, position: int, previous: int) -> None:
        """A letter was handed to the channel; tags grow, so the first of the set is the earliest."""
        self._previous_of[tag] = previous
        self._last_sent = position

    def confirmed(self, tag: int, *, multiple: bool) -> None:
        """The broker has the letter of this tag, with `multiple` all up to it."""
        if multiple:
            for earlier in [t for t in self._previous_of if t <= tag]:
                del self._previous_of[earlier]
        else:
            self._previous_of.pop(tag, None)
