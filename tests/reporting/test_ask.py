"""Shows that a view answers as of now and as of then, within a scope, and opens to its letters."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.record import Receipt
from contracts.rectification.problem_ledger import CompletionReported, ItemStarted
from services.chassis.as_of import Happened, Moment
from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.clock import HandClock
from services.chassis.life_cycle import Refused
from services.chassis.pages import WHOLE, Scope
from services.chassis.pages_memory import MemoryPages
from services.reporting.projector import Projector
from services.reporting.views.ask import Ask
from tests.letters import HOUR, START, id_of, unit_path
from tests.reporting.story import DUE, Story

COUNTY = Scope(("990000/990101/",))
NEIGHBOUR = "990000/990102/"


class Desk:
    """A story, its pages and whoever asks."""

    def __init__(self) -> None:
        self.story, self.casebook, self.pages = Story(), MemoryCasebook(), MemoryPages()
        self.clock = HandClock(DUE + timedelta(days=100))
        self.projector = Projector(self.casebook, self.pages)
        self.ask = Ask(self.casebook, self.pages, self.clock)

    def publish(self) -> int:
        self.story.file_into(self.casebook)
        return self.projector.follow()

    def open_at(self, at: Moment, scope: Scope = WHOLE) -> list[Any]:
        return [line.cells["open"] for line in self.ask.view("C1", scope, at=at).lines]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def keys(lines: Sequence[Any]) -> list[str]:
    return [line.key for line in lines]


def test_every_answer_names_its_number_its_instant_and_each_rows_last_letter(desk: Desk) -> None:
    desk.story.item("i1")
    desk.story.item("i2")
    desk.publish()
    answer = desk.ask.view("S1", WHOLE)
    assert (answer.view, answer.title, answer.number) == ("S1", "我的问题清单", 2)
    assert answer.as_of == desk.clock()
    assert {line.key: line.number for line in answer.lines} == {
        str(id_of("i1")): 1, str(id_of("i2")): 2,
    }


def test_a_scope_must_be_named_and_shows_no_sibling_now_or_then(desk: Desk) -> None:
    desk.story.item("i1", "s1")
    desk.story.item("i2", "s9", place=NEIGHBOUR)
    number = desk.publish()
    with pytest.raises(TypeError):
        desk.ask.view("S1")  # type: ignore[call-arg]
    for at in (None, number, desk.clock(), Happened(desk.clock())):
        assert keys(desk.ask.view("S1", COUNTY, at=at).lines) == [str(id_of("i1"))]
        assert keys(desk.ask.view("S1", Scope(), at=at).lines) == []


def test_a_unit_asks_for_its_own_rows(desk: Desk) -> None:
    desk.story.item("i1", "s1")
    desk.story.item("i2", "s2")
    number = desk.publish()
    for at in (None, number):
        found = desk.ask.view("S1", COUNTY, at=at, where={"unit": str(id_of("s2"))})
        assert keys(found.lines) == [str(id_of("i2"))]
        assert keys(desk.ask.view("S1", Scope((unit_path("s1"),)), at=at).lines) == [
            str(id_of("i1"))
        ]


def test_rows_are_turned_over_page_by_page_now_and_then(desk: Desk) -> None:
    for n in range(5):
        desk.story.item(f"i{n}")
    number = desk.publish()
    for at in (None, number):
        seen: list[str] = []
        after: str | None = ""
        while after is not None:
            answer = desk.ask.view("S1", WHOLE, at=at, after_key=after, limit=2)
            seen, after = seen + keys(answer.lines), answer.next_key
        assert seen == sorted(str(id_of(f"i{n}")) for n in range(5))


def test_the_answer_as_of_a_number_is_what_the_pages_said_then(desk: Desk) -> None:
    said = []
    for step in (
        lambda: desk.story.item("i1"), lambda: desk.story.assigned("i1"),
        lambda: desk.story.lapsed("i1"), lambda: desk.story.extended("i1"),
    ):
        step()
        number = desk.publish()
        said.append((number, desk.ask.view("C1", WHOLE).lines[0]))
    for number, line in said:
        past = desk.ask.view("C1", WHOLE, at=number).lines[0]
        assert (past.key, past.number) == (line.key, line.number)
        assert past.cells["overdue"] == line.cells["overdue"]


def test_as_of_an_instant_is_as_of_what_was_recorded_by_then(desk: Desk) -> None:
    first = desk.story.item("i1").head.recorded_at
    desk.story.item("i2")
    desk.publish()
    assert desk.open_at(first - HOUR) == []
    assert desk.open_at(first) == [1]
    assert desk.open_at(first + HOUR) == [2]


def test_days_left_and_age_are_computed_for_the_past_instant_asked_for(desk: Desk) -> None:
    desk.story.item("i1", due_at=DUE)
    desk.publish()
    at = START + timedelta(days=4)
    assert desk.ask.view("S1", WHOLE, at=at).lines[0].cells["days_left"] == 6
    assert desk.ask.view("C1", WHOLE, at=at).lines[0].cells["oldest_age"] == 4


def late_report(desk: Desk) -> None:
    """Registered at 1, started at 1 but recorded at 3, reported at 2 but recorded at 50 hours."""
    log = desk.story.rectification
    desk.story.item("i1", at=START + HOUR)
    started = ItemStarted(item_id=id_of("i1"))
    log.says(started, "ledger-s1", at=START + 3 * HOUR, happened=START + HOUR)
    reported = CompletionReported(
        item_id=id_of("i1"), measures_done=(), evidence_hashes=(), reported_by=id_of("zhao")
    )
    log.says(reported, "ledger-s1", at=START + 50 * HOUR, happened=START + 2 * HOUR)
    desk.publish()


def test_a_fact_recorded_late_had_happened_before_it_was_known(desk: Desk) -> None:
    late_report(desk)

    def state(at: Moment) -> str:
        return desk.ask.view("S1", WHOLE, at=at).lines[0].cells["state"]

    instant = START + 4 * HOUR
    assert state(instant) == "IN_PROGRESS"
    assert state(Happened(instant)) == "REPORTED"
    assert state(Happened(instant, known=2)) == "IN_PROGRESS"
    assert state(Happened(START + HOUR)) == "IN_PROGRESS"
    assert desk.ask.view("S1", WHOLE, at=Happened(instant)).as_of == instant


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (datetime(2026, 3, 2), "AS_OF_WITHOUT_ZONE"),
        (7, "NUMBER_UNKNOWN"), (0, "NUMBER_UNKNOWN"),
        (DUE + timedelta(days=365), "AS_OF_IN_FUTURE"),
        (Happened(DUE + timedelta(days=365)), "AS_OF_IN_FUTURE"),
        (Happened(DUE, known=DUE + timedelta(days=365)), "AS_OF_IN_FUTURE"),
    ],
)
def test_what_is_not_yet_known_cannot_be_asked_for(desk: Desk, at: Moment, code: str) -> None:
    desk.story.item("i1")
    desk.publish()
    with pytest.raises(Refused, match=code):
        desk.ask.view("C1", WHOLE, at=at)


def test_an_unknown_view_is_refused_in_words(desk: Desk) -> None:
    with pytest.raises(Refused, match="没有名为“C99”的视图"):
        desk.ask.view("C99", WHOLE)


@pytest.mark.parametrize("now", [True, False])
def test_a_row_opens_to_the_letters_behind_it(desk: Desk, now: bool) -> None:
    desk.story.item("i1")
    desk.story.item("i2")
    desk.story.lapsed("i1")
    at = None if now else desk.publish()
    desk.publish()
    found = desk.ask.behind("S1", COUNTY, str(id_of("i1")), at)
    assert [(f.number, f.letter.name) for f in found] == [
        (1, "rectification.ItemRegistered"), (3, "rectification.ItemDeadlineLapsed"),
    ]
    assert [f.number for f in desk.ask.behind("C1", COUNTY, str(id_of("s1")), at)] == [1, 2, 3]
    assert desk.ask.behind("S1", Scope((NEIGHBOUR,)), str(id_of("i1")), at) == []
    assert desk.ask.behind("S1", COUNTY, "no such key", at) == []


def test_a_page_says_whether_it_has_seen_a_receipt(desk: Desk) -> None:
    letter = desk.story.item("i1")
    receipt = Receipt(service=letter.sender, position=letter.position)
    assert desk.ask.has_seen("C1", receipt) is False
    desk.story.file_into(desk.casebook)
    assert desk.ask.has_seen("C1", receipt) is False
    desk.publish()
    assert desk.ask.has_seen("C1", receipt) is True


def test_before_the_first_letter_a_view_is_empty_and_says_number_zero(desk: Desk) -> None:
    answer = desk.ask.view("C1", WHOLE)
    assert (answer.number, list(answer.lines), answer.next_key) == (0, [], None)
    assert isinstance(answer.as_of, datetime)
