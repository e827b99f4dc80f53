"""What the fire tests saw, as one table at the end of a run; a fault without evidence or control turns it red (G-0).

A test of a fault is marked `attack("R1 …")`, its broken control `control("R1 …")`, the same words; both take the
fixture `attack` and say what they saw. Rows of the same words are added up, over parameters and xdist workers.
"""

import io
import os
from collections.abc import Iterator
from typing import Any

import pytest
from rich.console import Console
from rich.table import Table

PROPERTY = "attack"
COUNTS = ("rounds", "evidence", "acknowledged", "lost", "doubled", "out_of_order", "stall")
HEADINGS = ("攻击", "轮次", "证据", "已确认", "丢失", "重复", "乱序", "停顿(秒)", "对照抓住")
seen = pytest.StashKey[list[tuple[str, bool, dict[str, int]]]]()


class Attack:
    """Takes down what one test saw."""

    def __init__(self, name: str, is_control: bool, scale: float = 1.0) -> None:
        self.name, self.is_control, self.counts, self._scale = name, is_control, dict[str, int](), scale

    def rounds(self, full: int) -> int:
        """How many rounds to make of so many; the table says how many were made."""
        return max(min(full, 3), round(full * self._scale))

    def saw(self, **counts: int) -> None:
        """`rounds` and `evidence` of faults that really happened; what was acknowledged, lost, doubled, out of order.

        `stall` is the longest time without progress, in whole seconds.
        """
        assert counts.get("evidence", 0) > 0, f"{self.name}: the fault did not happen"
        self._add(counts)
        spoiled = {name: counts.get(name, 0) for name in ("lost", "doubled", "out_of_order") if counts.get(name, 0)}
        assert not spoiled, f"{self.name}: {spoiled}"

    def caught(self, times: int = 1, rounds: int = 1) -> None:
        """The broken control was caught in so many of its rounds."""
        assert times > 0, f"{self.name}: the control was not caught"
        self._add({"caught": times, "tried": rounds})

    def _add(self, counts: dict[str, int]) -> None:
        self.counts = {name: self.counts.get(name, 0) + counts.get(name, 0) for name in {*self.counts, *counts}}


@pytest.fixture
def attack(request: pytest.FixtureRequest) -> Iterator[Attack]:
    """Where the test says what it saw; one that passes without saying so fails."""
    marks = [(name, mark) for name in ("attack", "control") if (mark := request.node.get_closest_marker(name))]
    assert len(marks) == 1, "mark the test as attack(…) or as control(…)"
    found = Attack(marks[0][1].args[0], marks[0][0] == "control", request.config.getoption("--fire-scale"))
    yield found
    request.node.user_properties.append((PROPERTY, (found.name, found.is_control, found.counts)))
    needed = "caught" if found.is_control else "evidence"
    if request.node.stash.get(passed, False) and not found.counts.get(needed):
        pytest.fail(f"{found.name}: nothing was seen", pytrace=False)


passed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Any:
    report = yield
    if report.when == "call":
        item.stash[passed] = report.passed
    return report


class Collector:
    """Hears every report of the run; under xdist those of the workers arrive here too."""

    def __init__(self, rows: list[tuple[str, bool, dict[str, int]]]) -> None:
        self.rows = rows

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            self.rows += [tuple(value) for name, value in report.user_properties if name == PROPERTY]  # type: ignore[misc]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fire-scale", type=float, default=1.0, help="share of the full rounds of fire tests, as 0.1")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[seen] = []
    config.pluginmanager.register(Collector(config.stash[seen]), "dudao-attacks")


def added_up(rows: list[tuple[str, bool, dict[str, int]]]) -> dict[str, dict[str, int]]:
    """Attack → its counts, with `caught` and `tried` of its controls."""
    found: dict[str, dict[str, int]] = {}
    for name, _, counts in rows:
        sums = found.setdefault(name, {})
        for key, value in counts.items():
            sums[key] = max(sums.get(key, 0), value) if key == "stall" else sums.get(key, 0) + value
    return dict(sorted(found.items(), key=lambda row: place(row[0])))


def place(name: str) -> tuple[int, str]:
    """R9 before R10."""
    number = name.partition(" ")[0].lstrip("R")
    return (int(number) if number.isdigit() else 99, name)


def unproved(sums: dict[str, dict[str, int]]) -> list[str]:
    """Attacks that were made without any control that was caught."""
    return [name for name, counts in sums.items() if counts.get("evidence") and not counts.get("caught")]


def table_of(sums: dict[str, dict[str, int]], width: int) -> str:
    """The table in Chinese; a column that does not apply is a dash."""
    table = Table(*HEADINGS)
    for name, counts in sums.items():
        caught = f"{counts['caught']}/{counts['tried']}" if "caught" in counts else "未运行"
        table.add_row(name, *(str(counts.get(key, "–")) for key in COUNTS), caught)
    out = io.StringIO()
    Console(file=out, width=width).print(table)
    return out.getvalue()


def is_whole(config: pytest.Config) -> bool:
    """Whether nobody chose among the tests, so that every control had its turn."""
    return config.args_source is not pytest.Config.ArgsSource.ARGS and not config.option.keyword


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    missing = unproved(added_up(session.config.stash[seen]))
    if missing and is_whole(session.config) and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    sums = added_up(config.stash[seen])
    if not sums:
        return
    terminalreporter.section("火场测试 FIRE TESTS", sep="=")
    terminalreporter.write(table_of(sums, int(os.environ.get("COLUMNS", "120"))))
    for name in unproved(sums):
        terminalreporter.write_line(f"没有抓住的对照 no control was caught: {name}")
