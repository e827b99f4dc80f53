"""The table of the fire tests: a fault without evidence or without a control that was caught turns a run red (G-0)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.planting import ROOT
from tests.attacks import added_up, place, table_of, unproved

HEAD = "import pytest\n"
ATTACK = "@pytest.mark.attack('R1 砍')\ndef test_attack(attack): {}\n"
CONTROL = "@pytest.mark.control('R1 砍')\ndef test_control(attack): {}\n"
SAW = "attack.saw(rounds=2, evidence=2, acknowledged=7, lost=0)"
CAUGHT = "attack.caught(1, 1)"
RED = {
    "nothing_said": ATTACK.format("pass"),
    "no_evidence": ATTACK.format("attack.saw(rounds=2, evidence=0, lost=0)"),
    "something_lost": ATTACK.format("attack.saw(rounds=2, evidence=2, lost=1)"),
    "control_not_caught": CONTROL.format("attack.caught(0)"),
    "control_says_nothing": CONTROL.format("pass"),
    "no_mark": "def test_attack(attack): attack.saw(evidence=1)\n",
}


def run(folder: Path, source: str, *words: str) -> tuple[int, str]:
    """A whole run of planted tests, as `dudao test` does without a choice of ours."""
    (folder / "test_planted.py").write_text(HEAD + source)
    (folder / "pytest.ini").write_text("[pytest]\ntestpaths = .\nmarkers =\n  attack(name): x\n  control(name): x\n")
    command = [sys.executable, "-m", "pytest", "-p", "tests.attacks", "-p", "no:pytest_nameko", *words]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


@pytest.mark.slow
def test_every_planted_fault_turns_its_test_red(tmp_path: Path) -> None:
    planted = [
        source.replace("test_attack", f"test_{fault}").replace("test_control", f"test_{fault}")
        for fault, source in RED.items()
    ]
    code, said = run(tmp_path, "".join(planted), "-rfE")
    red = {fault for fault in RED if f"::test_{fault}" in said.rpartition("short test summary")[2]}
    assert (code, red) == (1, {*RED})


@pytest.mark.slow
@pytest.mark.parametrize(("source", "expected"), [
    (ATTACK.format(SAW), 1), (ATTACK.format(SAW) + CONTROL.format(CAUGHT), 0),
])
def test_a_whole_run_is_green_only_with_a_control_that_was_caught(source: str, expected: int, tmp_path: Path) -> None:
    code, said = run(tmp_path, source, "-n", "2")
    row = next(line for line in said.splitlines() if "R1 砍" in line)
    assert code == expected
    assert [cell.strip() for cell in row.split("│")[2:-2]] == ["2", "2", "7", "0", "–", "–", "–"]
    assert ("1/1" in row) is (expected == 0)


def test_rows_of_one_attack_are_added_up_and_the_longest_stall_is_kept() -> None:
    rows = [
        ("R10 砍", False, {"rounds": 2, "evidence": 2, "stall": 3}), ("R10 砍", False, {"rounds": 1, "evidence": 1}),
        ("R9 刺", False, {"rounds": 1, "evidence": 1}), ("R10 砍", True, {"caught": 1, "tried": 2}),
        ("R10 砍", False, {"stall": 2}),
    ]
    sums = added_up(rows)
    assert [*sums] == ["R9 刺", "R10 砍"]
    assert sums["R10 砍"] == {"rounds": 3, "evidence": 3, "stall": 3, "caught": 1, "tried": 2}
    assert unproved(sums) == ["R9 刺"]
    assert "未运行" in table_of(sums, 100) and "1/2" in table_of(sums, 100)
    assert place("无号") > place("R99 x")
