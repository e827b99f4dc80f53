"""A letter: one stored record on its way to whoever listens, with its place in the sender's log."""

from contracts.record import Event, Head, event_line, read_head
from contracts.wire import decode_event


class Letter:
    """A record of `sender` at `position`; `previous` is the position of its record before it."""

    __slots__ = ("_event", "_head", "position", "previous", "record", "sender", "topic")

    def __init__(
        self, sender: str, position: int, previous: int, topic: str, record: bytes
    ) -> None:
        self.sender = sender
        self.position = position
        self.previous = previous
        self.topic = topic
        self.record = record
        self._head: Head | None = None
        self._event: Event | None = None

    @property
    def head(self) -> Head:
        """Decoded on demand, once: most readers need the event only."""
        if self._head is None:
            self._head = read_head(self.record)
        return self._head

    @property
    def event(self) -> Event:
        """The event in its newest schema version; decoded once."""
        if self._event is None:
            self._event = decode_event(self.topic, event_line(self.record))
        return self._event

    @property
    def name(self) -> str:
        """Public name of the event, without its schema version."""
        return self.topic.partition("@")[0]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Letter) and vars_of(self) == vars_of(other)

    def __hash__(self) -> int:
        return hash((self.sender, self.position))

    def __repr__(self) -> str:
        return f"Letter({self.sender!r}, {self.position}, {self.topic!r})"


def vars_of(letter: Letter) -> tuple[str, int, int, str, bytes]:
    """The five things that make a letter."""
    return letter.sender, letter.position, letter.previous, letter.topic, letter.record
