"""The suites that `eventsourcing` ships, on every adapter of the log; only memory offers subscriptions."""

import itertools
from pathlib import Path
from typing import Any
from unittest import TestCase

import pytest
from eventsourcing.tests import persistence as shipped

from tests.chassis.log_kinds import opener

KINDS = ("memory", "sqlite", "postgres")
number = itertools.count()


class Adapted(TestCase):
    """Gives the shipped cases a fresh log of the kind under test."""

    kind = ""
    purpose = "log"

    @pytest.fixture(autouse=True)
    def _logs(self, tmp_path: Path, request: pytest.FixtureRequest) -> Any:
        self._open = opener(self.kind, tmp_path, request)
        self._opened: list[Any] = []
        yield
        for logs in self._opened:
            logs.close()

    def create_recorder(self) -> Any:
        self._opened.append(self._open(name=f"log{next(number)}"))
        logs = self._opened[-1]
        return logs.aggregate_recorder(purpose="snapshots") if self.purpose == "snapshots" else logs.log


class Snapshots(Adapted):
    """The recorder of snapshots is the aggregate recorder."""

    purpose = "snapshots"


SUITES = {
    "Aggregate": (Snapshots, shipped.AggregateRecorderTestCase),
    "Application": (Adapted, shipped.ApplicationRecorderTestCase),
    "Tracking": (Adapted, shipped.TrackingRecorderTestCase),
    "Process": (Adapted, shipped.ProcessRecorderTestCase),
    "NonInterleaving": (Adapted, shipped.NonInterleavingNotificationIDsBaseCase),
}

for _kind in KINDS:
    for _name, _bases in SUITES.items():
        _title = f"Test{_name}On{_kind.title()}"
        globals()[_title] = type(_title, _bases, {"kind": _kind, "__test__": True})


class TestSubscriptionsOnMemory(Adapted, shipped.ApplicationRecorderTestCase):
    """The optional part of the shipped suite."""

    kind = "memory"
    test_insert_subscribe = shipped.ApplicationRecorderTestCase.optional_test_insert_subscribe


def test_every_shipped_case_runs_on_every_adapter() -> None:
    for kind in KINDS:
        for name, (_, suite) in SUITES.items():
            case = globals()[f"Test{name}On{kind.title()}"]
            assert [getattr(case, test) for test in dir(suite) if test.startswith("test")]
