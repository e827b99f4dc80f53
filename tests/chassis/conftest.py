"""A registry alone, in memory and in a file: the smallest service with a door."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from services.chassis.clock import HandClock
from services.chassis.log_memory import MemoryLogs
from services.chassis.log_sqlite import SQLiteLogs
from services.chassis.town import Town
from services.findings.application import Findings
from services.scheduling.application import Scheduling
from tests.kit.county import START, settle_county, town_of

Logs = Callable[[str], Any]


@pytest.fixture
def clock() -> HandClock:
    return HandClock(START)


@pytest.fixture(params=["memory", "sqlite"])
def logs(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> Logs:
    """Makes a service's log; every suite that takes it runs on both adapters."""
    if request.param == "memory":
        return lambda _: MemoryLogs(clock)
    return lambda name: SQLiteLogs(tmp_path / f"{name}.sqlite", clock)


@pytest.fixture
def town(logs: Logs, clock: HandClock) -> Iterator[Town]:
    """The county with scheduling and findings."""
    found = settle_county(town_of(Scheduling, Findings, logs=logs, clock=clock))
    yield found
    found.close()
