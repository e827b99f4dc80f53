"""Shows that audit misses nothing, doubles nothing and never files a letter before its turn."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.letter import Letter
from contracts.rectification.problem_ledger import ItemStarted
from services.audit.casebook import Audit, Missing
from services.chassis.casebook import Contradiction, each
from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.clock import HandClock
from tests.audit.silence import silent
from tests.letters import START, Sender, id_of


def talk(count: int, name: str = "rectification", step: int = 1) -> Sender:
    sender = Sender(name, step)
    for n in range(count):
        sender.says(ItemStarted(item_id=id_of(f"i{n}")), f"stream-{n % 3}")
    return sender


def auditing(sender: Sender, page: int = 2) -> Audit:
    def fetch(name: str, after: int) -> Sequence[Letter]:
        return sender.after(name, after)[:page]

    return Audit(MemoryCasebook(), fetch, HandClock(START))


def filed(audit: Audit) -> list[Letter]:
    return [f.letter for f in each(audit.casebook)]


def test_letters_are_filed_as_they_come() -> None:
    sender = talk(3)
    audit = auditing(sender)
    assert audit.hear(sender.letters[:2]) == 2
    assert audit.hear(sender.letters) == 3
    assert audit.hear([]) == 0
    assert filed(audit) == sender.letters


@pytest.mark.parametrize("step", [1, 4])
def test_a_gap_is_fetched_from_its_sender_first(step: int) -> None:
    sender = talk(8, step=step)
    audit = auditing(sender)
    audit.hear([sender.letters[0], sender.letters[6], sender.letters[7]])
    assert filed(audit) == sender.letters


def test_everything_before_the_first_letter_heard_is_fetched() -> None:
    sender = talk(5)
    audit = auditing(sender)
    assert audit.hear(sender.letters[4:]) == 5
    assert filed(audit) == sender.letters


def test_a_sender_can_be_asked_when_nothing_comes() -> None:
    sender = talk(5)
    audit = auditing(sender)
    assert audit.catch_up("rectification") == 5
    assert filed(audit) == sender.letters


def test_a_gap_that_cannot_be_filled_stops_the_line_behind_what_is_whole() -> None:
    sender = talk(5)
    audit = Audit(MemoryCasebook(), silent, HandClock(START))
    with pytest.raises(Missing):
        audit.hear([sender.letters[0], sender.letters[1], sender.letters[4]])
    assert filed(audit) == sender.letters[:2]


def test_a_sender_whose_log_was_rewritten_is_found_out() -> None:
    sender, forked = talk(2), talk(1)
    audit = auditing(sender)
    audit.hear(sender.letters)
    forked._tails.clear()
    forked.letters.clear()
    forked.says(ItemStarted(item_id=id_of("other")), "stream-0")
    with pytest.raises(Contradiction):
        audit.hear(forked.letters)


def test_a_thousand_gaps_in_one_delivery_are_filled() -> None:
    sender = talk(2500)
    audit = auditing(sender, page=1)
    audit.hear(sender.letters[1::2])
    assert filed(audit) == sender.letters


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 4)), max_size=12))
def test_whatever_is_delivered_in_whatever_order_the_casebook_is_the_log(
    deliveries: list[tuple[int, int]]
) -> None:
    sender = talk(10, step=3)
    audit = auditing(sender)
    for start, length in deliveries:
        audit.hear(sender.letters[start : start + length])
    audit.catch_up("rectification")
    assert filed(audit) == sender.letters
