"""Random people try random things for years: no table is broken, every refusal speaks, pages equal the fold."""

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from hypothesis.strategies import integers

from services.chassis.announcing import all_letters
from tests.property.county import County
from tests.property.law import breaches, illegal


class RandomYears(RuleBasedStateMachine):
    """Hypothesis chooses who the dice are, how much is tried, and how long one waits."""

    county: County | None = None

    @initialize(seed=integers(0, 2**32))
    def a_county(self, seed: int) -> None:
        """A county of its own."""
        self.county = County(seed)

    @rule(times=integers(1, 25))
    def try_things(self, times: int) -> None:
        """Legal and illegal commands by random actors."""
        assert self.county is not None
        for _ in range(times):
            self.county.try_something()
        assert self.county.mute == []

    @precondition(lambda self: self.county is not None)
    @rule(days=integers(1, 60))
    def wait(self, days: int) -> None:
        """Deadlines pass."""
        assert self.county is not None
        self.county.wait(days)

    def teardown(self) -> None:
        """The law holds at the end of every story."""
        if self.county is not None:
            assert breaches(self.county.deployment) == []
            self.county.deployment.close()


SAME_EVERY_TIME = settings(max_examples=4, stateful_step_count=20, derandomize=True)
ANEW = settings(max_examples=100, stateful_step_count=50)


def test_nothing_illegal_is_ever_stored() -> None:
    run_state_machine_as_test(RandomYears, settings=SAME_EVERY_TIME)


@pytest.mark.fire
@pytest.mark.endurance
@pytest.mark.timeout(3600)
def test_nothing_illegal_is_stored_whatever_the_dice() -> None:
    run_state_machine_as_test(RandomYears, settings=ANEW)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_ten_thousand_steps_find_nothing(seed: int) -> None:
    county = County(seed)
    for _ in range(2500):
        county.try_something()
        if county.chance.random() < 0.05:
            county.wait(county.chance.randrange(1, 12))
    assert county.mute == []
    assert breaches(county.deployment) == []
    assert len(county.accepted) > 25, "the walk went somewhere"
    assert len(county.refused) > 20, "and was stopped in many ways"


def test_a_history_with_a_step_left_out_is_seen_to_be_illegal() -> None:
    county = County(11)
    for _ in range(400):
        county.try_something()
        county.wait(1 if county.chance.random() < 0.2 else 0)
    app = county.town.services["rectification"]
    letters = list(all_letters(app.recorder, "rectification"))
    assert illegal(app.aggregates, letters) == []
    without = [letter for letter in letters if letter.name != "rectification.ItemRegistered"]
    assert len(without) < len(letters), "something was left out"
    assert illegal(app.aggregates, without) != []
