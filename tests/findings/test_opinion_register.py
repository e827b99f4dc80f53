"""OpinionRegister: both rows of its table are accepted and quiet, and there is no gap."""

from contracts.findings import opinion_register as said
from services.findings.domain.opinion_register import OpinionRegister
from tests.kit.cases import POLICY, Case, decide, suite, uid

OF = {"register_id": uid("stream"), "organ_id": uid("office"), "kind": "opinion", "year": 2026}
FIRST = said.OpinionNumberTaken(number=1, taken_for=uid("one"), **OF)
SECOND = said.OpinionNumberTaken(number=2, taken_for=uid("two"), **OF)
CASES = [
    Case(when=said.TakeOpinionNumber(taken_for=uid("one"), **OF), then=[FIRST], by=POLICY),
    Case(given=(FIRST,), when=said.TakeOpinionNumber(taken_for=uid("two"), **OF), then=[SECOND], by=POLICY),
]

# The register has one state and no guard, so two of the five promises have nothing to promise.
(test_the_right_events_follow, test_said_again_it_is_quiet, _, _,
 test_no_row_and_no_guard_is_without_a_test) = suite(OpinionRegister, CASES)


def test_the_third_number_follows_the_second() -> None:
    third = Case(given=(FIRST, SECOND), when=said.TakeOpinionNumber(taken_for=uid("three"), **OF), then=())
    assert [event.number for event in decide(OpinionRegister, third)] == [3]
