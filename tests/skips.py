"""Lists every skipped test loudly, and with CI=true turns the run red because of it."""

import os
from typing import Any

import pytest

unproved = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[unproved] = []
    config.pluginmanager.register(SkipCollector(config.stash[unproved]), "dudao-skips")


class SkipCollector:
    """Hears every report of the run; under xdist the reports of the workers arrive here too."""

    def __init__(self, unproved: list[str]) -> None:
        self.unproved = unproved

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        # An expected failure reports as skipped too, but it did run.
        if report.skipped and not hasattr(report, "wasxfail"):
            self.unproved.append(f"{report.nodeid}: {reason_of(report)}")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        line = f"{report.nodeid}: {reason_of(report)}"
        # Every xdist worker collects for itself and tells the same.
        if report.skipped and line not in self.unproved:
            self.unproved.append(line)


def reason_of(report: Any) -> str:
    """The sentence given with the skip."""
    told = report.longrepr
    return told[2] if isinstance(told, tuple) else str(told)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if session.config.stash[unproved] and must_prove_all() and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    skipped = config.stash[unproved]
    if not skipped:
        return
    terminalreporter.section("未证明 NOT PROVED", sep="!", red=True, bold=True)
    for line in skipped:
        terminalreporter.write_line(line)
    if must_prove_all():
        terminalreporter.write_line(f"CI=true: {len(skipped)} 个跳过即失败 / a skip is a failure")


def must_prove_all() -> bool:
    """On CI a test that did not run is a test that failed."""
    return os.environ.get("CI") == "true"
