"""`dudao test`: the right tests, within a budget that is printed and enforced."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from services.cli import testing
from services.cli.testing import Suite, run_suite, run_tests

ROOT = Path(__file__).resolve().parents[2]
PASSES = "def test_one(): pass\n"
HANGS = "import time\ndef test_one(): time.sleep(60)\n"


def write(folder: Path, source: str) -> str:
    (folder / "test_planted.py").write_text(source)
    return str(folder / "test_planted.py")


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What pytest would have been given."""
    given: list[list[str]] = []

    def note(args: list[str], stop_after: float | None) -> int:
        given.append([*args, f"stop after {stop_after}"])
        return 0

    monkeypatch.setattr(testing, "run_pytest", note)
    monkeypatch.setattr(testing, "ensure", lambda *_, **__: [])
    return given


@pytest.mark.parametrize(
    ("flags", "selected"),
    [
        ({"quick": True}, ["-m", "not slow and not fire", "stop after 180"]),
        ({}, ["-m", "not fire", "stop after 1800"]),
        ({"fire": True}, ["stop after None"]),
    ],
)
def test_each_suite_selects_its_tests(
    flags: dict[str, bool], selected: list[str], commands: list[list[str]]
) -> None:
    assert run_tests([], **flags) == 0
    assert commands == [selected]


def test_further_words_reach_pytest_after_ours(commands: list[list[str]]) -> None:
    run_tests(["-k", "imports", "-n", "2"], quick=True)
    assert commands[0][2:-1] == ["-k", "imports", "-n", "2"]


def test_quick_and_fire_together_are_a_usage_error(commands: list[list[str]]) -> None:
    assert run_tests([], quick=True, fire=True) == 2
    assert commands == []


@pytest.mark.slow
def test_a_green_run_within_its_budget_succeeds_and_says_so(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_suite(Suite("tiny", (), 60), [write(tmp_path, PASSES)]) == 0
    assert "预算 60 秒，在预算内 within budget (tiny)" in capfd.readouterr().err


@pytest.mark.slow
def test_a_green_run_over_its_budget_fails(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hurried = testing.run_pytest
    # Without this the run would be stopped at twice the budget, before it is green.
    monkeypatch.setattr(testing, "run_pytest", lambda args, **_: hurried(args, stop_after=60))
    assert run_suite(Suite("tiny", (), 0.1), [write(tmp_path, PASSES)]) == 1
    assert "OVER BUDGET" in capfd.readouterr().err


@pytest.mark.slow
def test_a_run_twice_over_its_budget_is_stopped(tmp_path: Path) -> None:
    assert run_suite(Suite("tiny", (), 1.0), [write(tmp_path, HANGS)]) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "code"), [("def test_one(): assert False\n", 1), ("", 1), (PASSES, 0)]
)
def test_red_and_empty_runs_fail(source: str, code: int, tmp_path: Path) -> None:
    assert run_suite(Suite("tiny", (), 60), [write(tmp_path, source)]) == code


@pytest.mark.slow
def test_a_word_pytest_does_not_know_is_a_usage_error() -> None:
    assert run_suite(Suite("tiny", (), 60), ["--no-such-word"]) == 2


def test_the_verb_passes_unknown_options_on() -> None:
    command = [sys.executable, "-m", "services.cli", "test", "--quick", "--version"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "pytest" in done.stdout + done.stderr
    assert "预算 90 秒" in done.stderr


SKIPS = {
    "mark": "import pytest\n@pytest.mark.skip('no broker')\ndef test_one(): pass\n",
    "call": "import pytest\ndef test_one(): pytest.skip('no broker')\n",
    "module": "import pytest\npytest.skip('no broker', allow_module_level=True)\n",
    "fixture": (
        "import pytest\n@pytest.fixture\ndef broker(): pytest.skip('no broker')\n"
        "def test_one(broker): pass\n"
    ),
}


def pytest_with_the_skip_rule(path: str, *args: str, ci: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-p", "tests.skips", "-p", "no:pytest_nameko"]
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, *args, path],
        cwd=Path(path).parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["0", "2"])
@pytest.mark.parametrize("kind", SKIPS)
def test_on_ci_a_skip_is_a_failure_with_a_loud_list(
    kind: str, workers: str, tmp_path: Path
) -> None:
    path = write(tmp_path, SKIPS[kind])
    (tmp_path / "test_other.py").write_text(PASSES)
    code, said = pytest_with_the_skip_rule(path, "test_other.py", "-n", workers, ci="true")
    assert code == 1
    assert "NOT PROVED" in said
    assert said.count("no broker") == 1


@pytest.mark.slow
def test_elsewhere_a_skip_is_listed_but_no_failure(tmp_path: Path) -> None:
    path = write(tmp_path, SKIPS["mark"] + PASSES.replace("one", "two"))
    code, said = pytest_with_the_skip_rule(path, ci="")
    assert code == 0
    assert "NOT PROVED" in said


@pytest.mark.slow
def test_on_ci_a_run_without_skips_is_green(tmp_path: Path) -> None:
    assert pytest_with_the_skip_rule(write(tmp_path, PASSES), ci="true")[0] == 0


@pytest.mark.slow
def test_an_expected_failure_is_not_a_skip(tmp_path: Path) -> None:
    source = "import pytest\n@pytest.mark.xfail\ndef test_one(): assert False\n"
    assert pytest_with_the_skip_rule(write(tmp_path, source), ci="true")[0] == 0
