"""A report of now is made once, as long as no page it stands on has moved on; what was remembered is never wrong."""

from datetime import timedelta
from typing import Any

import pytest

from services.chassis.pages import WHOLE, Scope
from services.chassis.pages_memory import MemoryPages
from services.reporting.views import REPORTS
from services.reporting.views.ask import Ask
from services.reporting.views.rolling import RollUp
from tests.reporting.desk import Desk
from tests.reporting.tale import NEIGHBOUR

ROLL_UPS = sorted(name for name, view in REPORTS.items() if isinstance(view, RollUp))


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.looked("look", "s1", "i1")
    made.prepared("draw")
    made.executed("draw")
    made.publish()
    return made


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every collection that was read from the store."""
    found, find = list[str](), MemoryPages.find

    def noting(self: MemoryPages, collection: str, *args: Any, **more: Any) -> Any:
        found.append(collection)
        return find(self, collection, *args, **more)

    monkeypatch.setattr(MemoryPages, "find", noting)
    return found


@pytest.mark.parametrize("name", ROLL_UPS)
def test_the_second_answer_is_the_first_one_and_reads_no_page(desk: Desk, reads: list[str], name: str) -> None:
    first = desk.ask.view(name, WHOLE)
    read = len(reads)
    assert desk.ask.view(name, WHOLE) == first
    assert (read > 0, len(reads)) == (True, read)


def test_what_is_remembered_is_shown_to_nobody_outside_its_scope(desk: Desk) -> None:
    assert desk.ask.view("T4", WHOLE).lines
    assert desk.ask.view("T4", Scope((NEIGHBOUR,))).lines == []


@pytest.mark.parametrize("name", ROLL_UPS)
def test_after_a_new_letter_the_answer_is_that_of_somebody_who_remembers_nothing(desk: Desk, name: str) -> None:
    desk.ask.view(name, WHOLE)
    desk.prepared("another")
    desk.looked("second", "s1", "i2")
    desk.publish()
    assert desk.ask.view(name, WHOLE) == Ask(desk.casebook, desk.pages, desk.clock).view(name, WHOLE)


def test_after_a_minute_it_is_made_again_and_the_answer_says_of_when_it_is(desk: Desk, reads: list[str]) -> None:
    first = desk.ask.view("T4", WHOLE)
    desk.clock.set(desk.clock.now + timedelta(seconds=59))
    assert desk.ask.view("T4", WHOLE).as_of == first.as_of
    desk.clock.set(desk.clock.now + timedelta(seconds=1))
    read = len(reads)
    assert desk.ask.view("T4", WHOLE).as_of == desk.clock.now and len(reads) > read
