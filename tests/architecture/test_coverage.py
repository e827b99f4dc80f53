"""Every aggregate of every service has the suite that leaves no row of its table and no guard without a test."""

import re
from pathlib import Path

import pytest

from services.chassis.aggregates import Aggregate
from tests.chassis.test_taking_over import aggregates

TESTS = Path(__file__).resolve().parents[1]


GIVEN_TO_A_SUITE = re.compile(r"\bsuite\(\s*(\w+)|\(([\w.]+), [A-Z_]+\)")


def suites() -> set[str]:
    """Names of the aggregates given to `suite`, or standing as `(Kind, CASES)` in a table of small ones."""
    sources = (path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    found = (match for source in sources for match in GIVEN_TO_A_SUITE.findall(source))
    return {(alone or small).rpartition(".")[2] for alone, small in found}


@pytest.mark.parametrize("kind", aggregates(), ids=lambda kind: f"{kind.__module__.split('.')[1]}.{kind.__name__}")
def test_an_aggregate_has_its_suite(kind: type[Aggregate]) -> None:
    assert kind.__name__ in suites()


def test_an_aggregate_without_a_suite_would_be_seen() -> None:
    assert "NobodyEverWroteThisAggregate" not in suites()
