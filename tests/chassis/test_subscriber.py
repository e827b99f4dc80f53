"""The subscriber's loop: a connection that breaks takes its unacknowledged messages with it, and the loop goes on."""

import time
from typing import Any

import pytest
from amqp.exceptions import RecoverableConnectionError

from services.chassis import subscriber as module
from services.chassis.subscriber import Subscriber
from tests.chassis.test_line import LETTERS, Bench, Message


class Stale(Message):
    """A message whose connection is gone."""

    def ack(self, multiple: bool = False) -> None:
        raise RecoverableConnectionError("connection already closed")


class Connection:
    """Delivers one letter and breaks; every later one is silent. As kombu's, as far as the subscriber asks."""

    connection_errors, channel_errors = (OSError, RecoverableConnectionError), ()
    opened: list[str]
    bench: Bench

    def __init__(self, url: str, **_: Any) -> None:
        self.opened.append(url)
        self._breaks = len(self.opened) == 1

    def drain_events(self, timeout: float) -> None:
        if self._breaks:
            self.bench.line.arrived(Stale(LETTERS[0], []))
            raise ConnectionResetError("the broker was killed")
        time.sleep(0.001)
        raise TimeoutError

    def channel(self) -> Any:
        return None

    connect = release = heartbeat_check = lambda self: None


def test_a_letter_whose_connection_broke_before_it_was_heard_does_not_end_the_process(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench()
    bench.available = [*LETTERS]
    kind = type("Kind", (Connection,), {"opened": [], "bench": bench})
    monkeypatch.setattr(module, "Connection", kind)
    monkeypatch.setattr(Subscriber, "_consume", lambda *_: None)
    found = Subscriber("mirror", [bench.line], "amqp://one,amqp://two", lambda: len(kind.opened) > 1 and found.stop())
    found.run()
    assert kind.opened == ["amqp://one", "amqp://two"]
    assert bench.ear.taken == [letter.position for letter in LETTERS], "heard from the sender instead"
