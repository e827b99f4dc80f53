"""Runs the project's tests within a time budget, with the system software they need."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from services.cli.system_packages import SYSTEM_PACKAGES, ensure

ROOT = Path(__file__).resolve().parents[2]

OK, CHECK_FAILED, USAGE = 0, 1, 2
PYTEST_USAGE_ERROR = 4
SPREAD = ("-n", "auto")
"""A worker for each core; tests of one group share a worker and what it started."""


@dataclass(frozen=True)
class Suite:
    """A choice of tests and the seconds it may take (None: no limit)."""

    name: str
    select: tuple[str, ...]
    budget: float | None


QUICK = Suite("quick", ("-m", "not slow and not fire"), 90)
DEFAULT = Suite("default", ("-m", "not fire"), 15 * 60)
FIRE = Suite("fire", (), None)


def run_tests(
    args: Sequence[str], *, quick: bool = False, fire: bool = False, yes: bool = False
) -> int:
    """Run a suite; `args` go to pytest after ours, so that theirs win. Returns the exit code."""
    if quick and fire:
        say("--quick 与 --fire 不能同时使用 / --quick and --fire exclude each other")
        return USAGE
    suite = QUICK if quick else FIRE if fire else DEFAULT
    ensure(SYSTEM_PACKAGES, may_install=yes or os.environ.get("CI") == "true", say=say)
    return run_suite(suite, args)


def run_suite(suite: Suite, args: Sequence[str]) -> int:
    """Run pytest for one suite and hold the time it took against the budget."""
    started = time.monotonic()
    code = run_pytest([*suite.select, *args], stop_after=suite.budget and 2 * suite.budget)
    took = time.monotonic() - started
    say(verdict(suite, took))
    return CHECK_FAILED if code == OK and over(suite, took) else code


def run_pytest(args: Sequence[str], stop_after: float | None) -> int:
    """Run pytest; past `stop_after` seconds it is interrupted and still names the slow tests."""
    command = [sys.executable, "-m", "pytest", *SPREAD, "--durations=10", "--durations-min=1", *args]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        return exit_code(process.wait(timeout=stop_after))
    except subprocess.TimeoutExpired:
        say("超过预算两倍，停止 / twice over budget, stopping")
        return stop(process)
    except KeyboardInterrupt:
        return stop(process)


def stop(process: subprocess.Popen[bytes], grace: float = 20) -> int:
    """Ask pytest to end and report; what does not end within `grace` seconds is killed."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=grace)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return CHECK_FAILED


def exit_code(pytest_code: int) -> int:
    """Turn pytest's exit code into ours; "no tests ran" proves nothing, so it is a failure."""
    return {0: OK, PYTEST_USAGE_ERROR: USAGE}.get(pytest_code, CHECK_FAILED)


def over(suite: Suite, took: float) -> bool:
    """Whether the run took longer than its suite may."""
    return suite.budget is not None and took > suite.budget


def verdict(suite: Suite, took: float) -> str:
    """One line: the time used against the time allowed."""
    if suite.budget is None:
        return f"用时 {took:.1f} 秒，不限时 / {suite.name}: {took:.1f} s, no budget"
    judged = "超出预算 OVER BUDGET" if over(suite, took) else "在预算内 within budget"
    return f"用时 {took:.1f} 秒 / 预算 {suite.budget:.0f} 秒，{judged} ({suite.name})"


def say(line: str) -> None:
    """Progress and verdicts go to stderr; stdout is pytest's."""
    print(line, file=sys.stderr, flush=True)
