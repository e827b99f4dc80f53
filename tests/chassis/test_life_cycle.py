"""A life cycle reads its source column as the domain writes it, and its guards refuse with what they found."""

from types import SimpleNamespace
from typing import Any

import pytest

from contracts.registry import body as said
from services.chassis.life_cycle import LifeCycle, Refused, refuses, row

CYCLE = LifeCycle("thing", "事项", "A B C D", (), any_open="A B")


def sources(text: str) -> set[str]:
    line = row(text, said.RegisterBody, {said.BodyRegistered: "B"})
    return set(CYCLE.sources(line))


@pytest.mark.parametrize(("text", "states"), [
    ("A", {"A"}), ("A, C", {"A", "C"}), ("any", {"A", "B", "C", "D"}), ("any open", {"A", "B"}),
    ("B..D", {"B", "C", "D"}), ("-", {"-"}), ("-, D", {"-", "D"}), ("A, C..D", {"A", "C", "D"}),
])
def test_the_source_column_names_states(text: str, states: set[str]) -> None:
    assert sources(text) == states


def guard(found: Any) -> Any:
    def papers_missing(_: Any, __: Any, ___: Any) -> Any:
        return found

    return refuses("材料不全")(papers_missing)


@pytest.mark.parametrize("nothing", [False, None, [], "", frozenset()])
def test_what_finds_nothing_lets_pass(nothing: Any) -> None:
    guard(nothing).check(None, SimpleNamespace(), None)


@pytest.mark.parametrize(("found", "sentence"), [
    (True, "材料不全"), ("申请表", "材料不全：申请表"), (["乙", "甲"], "材料不全：乙、甲"), (7, "材料不全：7"),
])
def test_a_refusal_has_a_code_a_sentence_and_names_what_was_found(found: Any, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        guard(found).check(None, SimpleNamespace(), None)
    assert (refusal.value.code, refusal.value.sentence) == ("PAPERS_MISSING", sentence)
