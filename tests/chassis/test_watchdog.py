"""The watchdog ends a process whose loop stands still, and leaves one alone that turns, however idle."""

import time
from threading import Event

from services.chassis.metrics import Meters
from services.chassis.watchdog import Watchdog


def test_a_loop_that_stands_still_is_ended() -> None:
    ended = Event()
    Watchdog(Meters("mirror", "subscriber"), 0.2, ended.set).start()
    assert ended.wait(5)


def test_a_loop_that_turns_is_left_alone() -> None:
    ended, meters = Event(), Meters("mirror", "subscriber")
    watchdog = Watchdog(meters, 0.5, ended.set)
    watchdog.start()
    for _ in range(20):
        meters.beat()
        time.sleep(0.05)
    watchdog.stop()
    assert not ended.is_set()
