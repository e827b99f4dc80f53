"""Following without end: pages keep up while others read, file and rebuild; the lag is that of the true head."""

from collections.abc import Sequence
from threading import Thread

from services.chassis.casebook import Filed
from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.clock import HandClock
from services.chassis.metrics import Meters
from services.chassis.pages_memory import MemoryPages
from services.reporting.following import Following, ProjectionMeters
from services.reporting.projector import Projector
from services.reporting.views import VIEWS
from tests.letters import HOUR
from tests.rabbitmq import eventually
from tests.reporting.test_projector import merged, story_of

LETTERS = merged(story_of(), ())


class Desk:
    """A follower on stores in memory, in a thread of its own."""

    def __init__(self, casebook: MemoryCasebook, batch: int = 3) -> None:
        self.casebook, self.pages, self.meters = casebook, MemoryPages(), Meters("reporting", "projection")
        self.projector = Projector(casebook, self.pages, batch=batch)
        self.clock = HandClock(max(letter.head.recorded_at for letter in LETTERS) + HOUR)
        self.shown = ProjectionMeters(self.meters, casebook, self.clock)
        self.following = Following(self.projector, self.shown, 0.001)
        self.thread = Thread(target=self.following.run)

    def metric(self, name: str) -> float:
        return float(self.meters.registry.get_sample_value(name, {"service": "reporting"}) or 0)


class Hiccup(MemoryCasebook):
    """A casebook that cannot be read the first time."""

    troubles = 1

    def read(self, *arguments: object, **named: object) -> Sequence[Filed]:
        self.troubles -= 1
        if self.troubles == 0:
            raise OSError("for a moment")
        return super().read(*arguments, **named)  # type: ignore[arg-type]


def test_pages_keep_up_while_they_are_rebuilt_and_more_is_filed() -> None:
    desk = Desk(MemoryCasebook())
    desk.thread.start()
    for letter in LETTERS:
        desk.casebook.file([letter])
        if letter.position % 4 == 0:
            desk.projector.rebuild("C1")
    eventually(10, lambda: desk.projector.number() == len(LETTERS))
    desk.following.stop()
    desk.thread.join(10)
    assert not desk.thread.is_alive()
    assert [desk.projector.verify(name) for name in VIEWS] == [None] * len(VIEWS)


def test_the_lag_is_that_of_the_casebooks_head() -> None:
    desk = Desk(MemoryCasebook())
    desk.casebook.file(LETTERS)
    desk.shown.show(len(LETTERS) - 2)
    assert desk.metric("dudao_projection_lag_letters") == 2
    waiting = desk.clock() - LETTERS[-2].head.recorded_at
    assert desk.metric("dudao_projection_oldest_unfolded_seconds") == waiting.total_seconds()
    desk.shown.show(len(LETTERS))
    assert desk.metric("dudao_projection_lag_letters") == desk.metric("dudao_projection_oldest_unfolded_seconds") == 0


def test_trouble_makes_it_rest_and_go_on() -> None:
    casebook = Hiccup()
    desk = Desk(casebook)
    casebook.file(LETTERS)
    desk.thread.start()
    eventually(10, lambda: desk.projector.number() == len(LETTERS))
    desk.following.stop()
    desk.thread.join(10)
    assert desk.metric("dudao_projection_trouble_total") == 1 and desk.following.goes_on
