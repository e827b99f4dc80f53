"""No row is without its scenario or test, and none is made up."""

from tests.easily_missed.rows import ROWS, covered


def test_every_row_has_a_scenario_or_a_test_that_bears_its_number() -> None:
    assert covered() == set(ROWS)
