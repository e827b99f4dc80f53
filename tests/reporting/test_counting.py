"""Counts that stand by place answer as those made from nothing, after every letter and on every day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from services.chassis.pages import WHOLE, Row
from services.chassis.pages_memory import MemoryPages
from services.reporting.projector import Projector
from services.reporting.views import REPORTS
from services.reporting.views.ask import Ask
from services.reporting.views.counting.links import Links
from services.reporting.views.rolling import RollUp
from tests.letters import START, id_of
from tests.reporting.desk import NOW, Desk
from tests.reporting.tale import COUNTY, NEIGHBOUR, PREFECTURE

STANDING = sorted(name for name, view in REPORTS.items() if isinstance(view, RollUp) and view.counts is not None)
SCHOOLS, PEOPLE = [f"s{n}" for n in range(8)], [f"w{n}" for n in range(5)]
TODAY = NOW.date()


class Followed(Desk):
    """One who has asked before, whose counts stand, and one who asks for the first time, of the same pages."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.rng, self.today, self.items = Random(seed), NOW, list[str]()
        self.ask = Ask(self.casebook, self.pages, lambda: self.today)
        self.country()
        self.policy()

    def answers(self, view: str, ask: Ask) -> Any:
        return ask.view(view, WHOLE)

    def differing(self) -> list[str]:
        self.publish()
        self.today += timedelta(minutes=2)
        anew = Ask(self.casebook, self.pages, lambda: self.today)
        return [name for name in STANDING if self.answers(name, self.ask) != self.answers(name, anew)]

    def a(self, names: list[str]) -> str:
        return self.rng.choice(names)

    def day(self) -> date:
        return TODAY + timedelta(days=self.rng.randint(-20, 30))

    def an_item(self) -> None:
        self.items.append(f"i{len(self.items)}")
        self.item(self.items[-1], self.a(SCHOOLS), department="edu" if self.rng.random() < 0.5 else None)

    def a_plate(self) -> None:
        self.listed(self.a(SCHOOLS), self.a(PEOPLE))

    def a_card(self) -> None:
        self.card(self.a(PEOPLE), until=self.day())

    def a_manager(self) -> None:
        self.managed(self.a(SCHOOLS), f"office-{self.a([COUNTY, NEIGHBOUR, PREFECTURE])}", "edu", self.day())

    def steps(self) -> list[Callable[[], object]]:
        return [
            self.an_item, self.an_item, self.a_plate, self.a_card, self.a_manager,
            lambda: self.renamed(self.a(SCHOOLS), f"新{self.rng.random()}", self.day()),
            lambda: self.school(self.a(SCHOOLS), self.a(["PRIMARY", "KINDERGARTEN", "TEACHING_POINT"])),
            lambda: self.split(self.a(SCHOOLS), "s9", since=self.day()),
            lambda: self.active(self.a(PEOPLE), self.a(["PART_TIME", "FULL_TIME"]), self.a([COUNTY, NEIGHBOUR])),
            lambda: self.suspended(self.a(PEOPLE)), lambda: self.exited(self.a(PEOPLE)),
            lambda: self.large(*self.rng.sample(SCHOOLS, 2), since=self.day()),
            lambda: self.place_renamed(NEIGHBOUR, f"新{self.rng.random()}", self.day()),
            lambda: self.policy({"staffing.inspectorsPerSchool": (self.a(["1/2", "1/3"]), ())}, version=2),
            lambda: Projector(self.casebook, self.pages).rebuild(),
            self.a_day_later,
        ]

    def a_day_later(self) -> None:
        self.today += timedelta(days=self.rng.randint(1, 9))

    def begin(self) -> None:
        for number, school in enumerate(SCHOOLS):
            self.school(school, place=COUNTY if number % 2 else NEIGHBOUR)
        for number, person in enumerate(PEOPLE):
            self.active(person, place=COUNTY if number % 2 else NEIGHBOUR)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_counts_that_stand_are_those_made_from_nothing_after_every_letter_and_on_every_day(seed: int) -> None:
    desk = Followed(seed)
    desk.begin()
    for number in range(40):
        assert desk.differing() == [], f"after step {number}"
        desk.rng.choice(desk.steps())()


SOON = (NOW + timedelta(days=3)).date()
SAID: dict[str, Callable[[Followed], object]] = {
    "another manager": lambda desk: desk.managed("s1", f"office-{NEIGHBOUR}", "edu", SOON),
    "another name": lambda desk: desk.renamed("s1", "新", SOON),
    "a school that is split": lambda desk: desk.split("s1", "s9", since=SOON),
    "a card that runs out": lambda desk: desk.card("w1", until=SOON - timedelta(days=1)),
    "a place of another name": lambda desk: desk.place_renamed(COUNTY, "新", SOON),
    "a place that moves": lambda desk: desk.place_moved(COUNTY, "990000", SOON),
    "a list of large schools": lambda desk: desk.large(*SCHOOLS, since=SOON),
    "a policy": lambda desk: desk.policy({"staffing.inspectorsPerSchool": ("1/1", ())}, version=2, since=SOON),
}


@pytest.mark.parametrize("said", SAID)
def test_what_was_said_for_a_later_day_is_counted_on_that_day_without_a_letter(said: str) -> None:
    desk = Followed(0)
    desk.begin()
    desk.listed("s1", "w1")
    SAID[said](desk)
    for _ in range(2):
        assert desk.differing() == []
    before = [desk.answers(name, desk.ask).lines for name in STANDING]
    desk.today = NOW + timedelta(days=3)
    assert desk.differing() == []
    assert before != [desk.answers(name, desk.ask).lines for name in STANDING], "the day makes a difference"


class WatchedPages(MemoryPages):
    """Pages that note which keys were read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: set[str] = set()

    def get(self, collection: str, keys: Iterable[str]) -> Mapping[str, Row]:
        found = super().get(collection, keys)
        self.read |= found.keys()
        return found

    def find(self, *asked: Any, **more: Any) -> Sequence[Row]:
        found = super().find(*asked, **more)
        self.read |= {row.key for row in found}
        return found


@pytest.mark.parametrize("view", [name for name in STANDING if name != "C4"])
def test_after_a_letter_only_the_pages_of_its_place_are_read_again(view: str) -> None:
    desk = Followed(0)
    desk.pages = WatchedPages()
    desk.ask = Ask(desk.casebook, desk.pages, lambda: desk.today)
    desk.begin()
    desk.differing()
    desk.differing()
    here, there = ({str(id_of(school)) for school in SCHOOLS[first::2]} for first in (1, 0))
    assert here | there <= desk.pages.read, "the first time everything is read"
    desk.renamed(SCHOOLS[1], "新", START.date())
    desk.publish()
    desk.pages.read.clear()
    desk.answers(view, desk.ask)
    assert here <= desk.pages.read
    assert not there & desk.pages.read


class FailingPages(MemoryPages):
    """Pages whose reads fail from the one named on."""

    def __init__(self) -> None:
        super().__init__()
        self.left: int | None = None

    def _fail(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise ConnectionError("gone")

    def get(self, collection: str, keys: Iterable[str]) -> Mapping[str, Row]:
        self._fail()
        return super().get(collection, keys)

    def changed(self, collection: str, number: int) -> Sequence[Row]:
        self._fail()
        return super().changed(collection, number)


def test_wherever_reading_fails_the_next_answer_is_whole() -> None:
    desk = Followed(0)
    desk.pages = pages = FailingPages()
    desk.ask = Ask(desk.casebook, pages, lambda: desk.today)
    desk.begin()
    failed = 0
    for reads in range(12):
        assert desk.differing() == []
        desk.managed("s1", f"office-{(COUNTY, NEIGHBOUR)[reads % 2]}", "edu", TODAY)
        desk.publish()
        desk.today += timedelta(minutes=2)
        pages.left = reads
        try:
            desk.answers("P5", desk.ask)
        except ConnectionError:
            failed += 1
        pages.left = None
        assert desk.differing() == [], f"after {reads} reads"
    assert failed > 5, "reading failed at several places"


def test_a_key_is_found_under_what_it_hangs_on_last() -> None:
    links = Links()
    assert links.put("a", ["x", "y"]) == {"x", "y"}
    assert links.put("a", ["y", "z"]) == {"x", "y", "z"}
    assert (links.targets("a"), set(links.keys("x")), set(links.keys("z"))) == (("y", "z"), set(), {"a"})
    assert sorted(links.hung_on()) == ["y", "z"]
