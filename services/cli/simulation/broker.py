"""A simulated broker: exchanges and queues that delay, double, shuffle and lose what they were given."""

from collections import defaultdict, deque
from collections.abc import Mapping
from typing import Any, NamedTuple

from services.cli.simulation.chance import Chance

LATEST = 30.0  # seconds


class Message(NamedTuple):
    """Properties by their AMQP names, and the body."""

    properties: Mapping[str, Any]
    body: bytes


class Broker:
    """It promises less than the real one: no order, and no memory after its disk was wiped."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self.queues: dict[str, deque[Message]] = {}
        self._bound: dict[str, list[str]] = defaultdict(list)
        self._late: list[tuple[float, str, Message]] = []
        self.wiped = 0

    def declare(self, exchange: str, queue: str) -> None:
        """Make a queue and bind it to everything of an exchange."""
        self.queues.setdefault(queue, deque())
        if queue not in self._bound[exchange]:
            self._bound[exchange].append(queue)

    def publish(self, exchange: str, message: Message) -> bool:
        """Put a message into every queue bound; False when there is none."""
        self._lose(exchange)
        found = [queue for queue in self._bound[exchange] if queue in self.queues]
        for queue in found:
            self._put(queue, message)
        return bool(found)

    def _put(self, queue: str, message: Message) -> None:
        if self._chance.strikes("letter-delayed", queue):
            due = self._chance.seconds + self._chance.rng.uniform(0, LATEST)
            self._late.append((due, queue, message))
            return
        self.queues[queue].append(message)
        if self._chance.strikes("letter-doubled", queue):
            self.queues[queue].append(message)

    def _lose(self, exchange: str) -> None:
        if self.queues and self._chance.strikes("queue-deleted", exchange):
            del self.queues[self._chance.rng.choice(sorted(self.queues))]
        if self._chance.strikes("broker-wiped", exchange):
            self.queues.clear()
            self._bound.clear()
            self._late.clear()
            self.wiped += 1

    def take(self, queue: str) -> Message | None:
        """The next message for whoever consumes a queue; one that is late comes when its time has come."""
        due = [late for late in self._late if late[0] <= self._chance.seconds]
        for late in due:
            self._late.remove(late)
            if late[1] in self.queues:
                self.queues[late[1]].append(late[2])
        return self.queues[queue].popleft() if self.queues.get(queue) else None

    def give_back(self, queue: str, messages: list[Message]) -> None:
        """What was not acknowledged is delivered again, in front, perhaps in another order."""
        if len(messages) > 1 and self._chance.strikes("redelivered-shuffled", queue):
            self._chance.rng.shuffle(messages)
        if queue in self.queues:
            self.queues[queue].extendleft(reversed(messages))
