"""Confirms come in any order, singly or many at once; the mark never passes a letter that is not confirmed."""

from hypothesis import given
from hypothesis import strategies as st

from services.chassis.confirms import Confirms


def sent(count: int, after: int = 10) -> Confirms:
    """Letters at every second position behind `after`, tags from 1."""
    confirms = Confirms(after)
    for tag in range(1, count + 1):
        confirms.sent(tag, after + 2 * tag, after + 2 * tag - 2)
    return confirms


@given(st.permutations(range(1, 9)), st.integers(0, 8))
def test_the_mark_is_just_before_the_earliest_unconfirmed_letter(order: list[int], taken: int) -> None:
    confirms, missing = sent(8), set(range(1, 9))
    for tag in order[:taken]:
        confirms.confirmed(tag, multiple=False)
        missing.discard(tag)
        assert confirms.upto == (10 + 2 * min(missing) - 2 if missing else 26)
        assert len(confirms) == len(missing)


def test_many_are_confirmed_by_one_tag() -> None:
    confirms = sent(5)
    confirms.confirmed(4, multiple=True)
    assert (confirms.upto, len(confirms)) == (18, 1)


def test_control_a_counter_of_confirms_would_pass_a_letter_that_is_lost() -> None:
    confirms, counted = sent(3), 0
    for tag in (2, 3):
        confirms.confirmed(tag, multiple=False)
        counted += 1
    assert (confirms.upto, 10 + 2 * counted) == (10, 14)


def test_nothing_sent_means_nothing_new() -> None:
    assert (Confirms(7).upto, len(Confirms(7))) == (7, 0)
