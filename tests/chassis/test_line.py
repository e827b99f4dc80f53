"""A line: acknowledged after the commit, gaps asked for, trouble rests one line and spares the others."""

from collections.abc import Sequence
from typing import Any

import pytest
from eventsourcing.persistence import OperationalError

from contracts.letter import Letter
from services.chassis.line import Line
from services.chassis.listening import LineStopped
from services.chassis.metrics import LineMeters, Meters
from services.chassis.replies import NoAnswer
from services.chassis.topology import letter_of, properties_of
from tests.chassis.test_parking import letters_of, registry_with

LETTERS = letters_of(registry_with("甲", "乙", "丙", "丁"))


class Message:
    """A message as kombu gives it, noting how it was acknowledged."""

    def __init__(self, letter: Letter | None, acked: list[Any]) -> None:
        given = properties_of(letter) if letter else {}
        self.headers = given.pop("headers", {})
        self.properties, self.body, self._acked = given, letter.record if letter else b"nonsense", acked
        self._position = letter.position if letter else 0

    def ack(self, multiple: bool = False) -> None:
        self._acked.append((self._position, multiple))


class Ear:
    """A hearer that notes what it took in; `trouble` is raised instead, as often as it is there."""

    def __init__(self, *trouble: Exception) -> None:
        self.taken: list[int] = []
        self.trouble = list(trouble)

    def heard(self, sender: str) -> int:
        return self.taken[-1] if self.taken else 0

    def hear(self, letters: Sequence[Letter]) -> None:
        if self.trouble:
            raise self.trouble.pop()
        self.taken += [letter.position for letter in letters]


class Bench:
    """A line with its ear, its sender's log and a clock by hand."""

    def __init__(self, *trouble: Exception) -> None:
        self.now, self.acked, self.ear = 100.0, [], Ear(*trouble)
        self.asked: list[int] = []
        self.meters = Meters("mirror", "subscriber")
        counts = LineMeters(self.meters, "mirror")
        self.line = Line("registry", self.ear, self.fetch, counts, seconds=lambda: self.now)
        self.available: list[Letter] = []

    def fetch(self, _: str, after: int) -> list[Letter]:
        self.asked.append(after)
        return [letter for letter in self.available if letter.position > after]

    def deliver(self, *letters: Letter | None) -> None:
        for letter in letters:
            self.line.arrived(Message(letter, self.acked))

    def metric(self, name: str) -> float:
        return float(self.meters.registry.get_sample_value(name, {"service": "mirror", "sender": "registry"}) or 0)


def test_what_arrived_is_heard_then_acknowledged_all_at_once() -> None:
    bench = Bench()
    bench.deliver(*LETTERS)
    bench.line.step()
    assert (bench.ear.taken, bench.acked) == ([1, 2, 3, 4], [(4, True)])


def test_a_gap_is_asked_of_the_sender_and_nothing_is_acknowledged_before() -> None:
    bench = Bench()
    bench.available = LETTERS[:3]
    bench.deliver(LETTERS[3])
    bench.line.step()
    assert (bench.ear.taken, bench.asked, bench.acked) == ([1, 2, 3], [0], [])
    bench.line.step()
    assert (bench.ear.taken, bench.acked) == ([1, 2, 3, 4], [(4, True)])


def test_an_idle_line_asks_now_and_then() -> None:
    bench = Bench()
    for _ in range(3):
        bench.line.step()
    assert bench.asked == [0]
    bench.now += 6
    bench.available = LETTERS
    bench.line.step()
    assert bench.ear.taken == [1, 2, 3, 4]


@pytest.mark.parametrize("error", [OperationalError("away"), NoAnswer("silent")])
def test_infrastructure_is_tried_again_ever_more_slowly_and_acknowledges_nothing(
    error: Exception
) -> None:
    bench = Bench(error, error, error)
    bench.deliver(*LETTERS)
    for wait in (0.1, 0.2, 0.4):
        bench.line.step()
        assert bench.acked == [] and not bench.line.is_busy() and not bench.line.is_stopped
        bench.now += wait
        assert bench.line.is_busy()
    bench.line.step()
    assert bench.acked == [(4, True)]


@pytest.mark.parametrize("error", [LineStopped("no key"), ZeroDivisionError("a bug")])
def test_a_stopped_line_sounds_the_alarm_and_looks_again_later(
    error: Exception
) -> None:
    bench = Bench(error)
    bench.deliver(*LETTERS)
    bench.line.step()
    assert bench.line.is_stopped and bench.metric("dudao_line_stopped") == 1
    bench.now += 11
    bench.line.step()
    assert not bench.line.is_stopped and bench.metric("dudao_line_stopped") == 0
    assert bench.ear.taken == [1, 2, 3, 4]


def test_a_message_that_is_no_letter_is_taken_off_and_counted() -> None:
    bench = Bench()
    bench.deliver(None, *LETTERS)
    bench.line.step()
    assert (bench.ear.taken, bench.acked) == ([1, 2, 3, 4], [(0, False), (4, True)])
    assert bench.metric("dudao_letters_stray_total") == 1


def test_what_is_delivered_again_is_acknowledged_without_being_heard_again() -> None:
    bench = Bench()
    bench.deliver(*LETTERS)
    bench.line.step()
    bench.line.reset()
    bench.deliver(*LETTERS)
    bench.line.step()
    assert (bench.ear.taken, bench.acked) == ([1, 2, 3, 4], [(4, True), (4, True)])


def test_a_letter_goes_into_a_message_and_out_again_unchanged() -> None:
    given = properties_of(LETTERS[1])
    headers = {"application_headers": given.pop("headers")}
    assert letter_of("registry", given | headers, LETTERS[1].record) == LETTERS[1]


