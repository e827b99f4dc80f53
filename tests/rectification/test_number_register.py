"""NumberRegister: both rows of its table are accepted and quiet, and there is no gap."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from contracts.rectification import number_register as said
from services.chassis.announcing import all_letters
from services.chassis.log_sqlite import SQLiteLogs
from services.cli.bench.ledgers import intent, registration, service
from services.rectification.domain.number_register import NumberRegister
from tests.kit.cases import POLICY, Case, decide, suite, uid

OF = {"register_id": uid("stream"), "organ_id": uid("office"), "kind": "order", "year": 2026}
FIRST = said.NumberTaken(number=1, taken_for=uid("one"), **OF)
SECOND = said.NumberTaken(number=2, taken_for=uid("two"), **OF)
CASES = [
    Case(when=said.TakeNumber(taken_for=uid("one"), **OF), then=[FIRST], by=POLICY),
    Case(given=(FIRST,), when=said.TakeNumber(taken_for=uid("two"), **OF), then=[SECOND], by=POLICY),
]

# The register has one state and no guard, so two of the five promises have nothing to promise.
(test_the_right_events_follow, test_said_again_it_is_quiet, _, _,
 test_no_row_and_no_guard_is_without_a_test) = suite(NumberRegister, CASES)


def test_the_third_number_follows_the_second() -> None:
    third = Case(given=(FIRST, SECOND), when=said.TakeNumber(taken_for=uid("three"), **OF), then=())
    assert [event.number for event in decide(NumberRegister, third)] == [3]


def test_many_who_register_in_one_office_at_once_wait_for_each_other(tmp_path: Path) -> None:
    app = service(SQLiteLogs(tmp_path / "log.sqlite"))
    wishes = [intent(registration()) for _ in range(48)]
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda wish: app.settle(wish, wish.causation_id, b"-"), wishes))
    letters = (letter.event for letter in all_letters(app.recorder, app.name))
    assert [event.number for event in letters if isinstance(event, said.NumberTaken)] == [*range(1, 49)]
    app.close()
