"""A relay's session whose channel is gone publishes nothing more, whatever was planned before."""

from collections.abc import Callable
from typing import Any

import pika
import pytest

from services.chassis.metrics import Meters, RelayMeters
from services.chassis.outbox import Outbox
from services.chassis.relay_session import Pace, RelaySession
from tests.chassis.test_parking import registry_with


class Wire:
    """Connection, loop and channel in one, as far as a session asks; what is planned runs by hand."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.ioloop, self.is_open, self.planned, self.published = self, True, list[Callable[[], None]](), 0

    def call_later(self, _: float, what: Callable[[], None]) -> None:
        self.planned.append(what)

    def basic_publish(self, *_: Any, **__: Any) -> None:
        if not self.is_open:
            raise pika.exceptions.ChannelWrongStateError("Channel is closed.")
        self.published += 1

    stop = close = lambda self: None


@pytest.mark.parametrize("begun", [True, False])
def test_what_was_planned_before_the_connection_broke_publishes_nothing(begun: bool) -> None:
    log = registry_with("甲", "乙", "丙").recorder
    meters = RelayMeters(Meters("registry", "relay"), "registry")
    session = RelaySession(Outbox(log, "registry"), "amqp://x/%2F", meters, ("mirror",), Pace(2), connect=Wire)
    wire = session._channel = session._connection
    if begun:
        session._begin(None)
    wire.is_open = False
    session._channel_closed(wire, Exception("lost"))
    session._gone(wire, "lost")
    for what in [*wire.planned, lambda: session._begin(None)]:
        what()
    assert wire.published == (2 if begun else 0)
    assert not session.ready
