"""The linters of pyproject.toml are green; a configured linter nobody runs proves nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*module_and_args: str, cwd: Path = ROOT) -> str:
    """What the tool complains about; empty when it is content."""
    command = [sys.executable, "-m", *module_and_args]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def test_ruff_has_nothing_to_say() -> None:
    assert run("ruff", "check", "--quiet", "--output-format=concise") == ""


@pytest.mark.slow
def test_mypy_has_nothing_to_say() -> None:
    assert run("mypy") == ""


def test_ruff_would_see_a_module_without_a_docstring(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("x = 1\n")
    config = f"--config={ROOT / 'pyproject.toml'}"
    assert "D100" in run("ruff", "check", "--output-format=concise", config, str(tmp_path))


@pytest.mark.slow
def test_mypy_would_see_an_untyped_contract(tmp_path: Path) -> None:
    (tmp_path / "contracts").mkdir()
    (tmp_path / "contracts/x.py").write_text("def f(a):\n    return a\n")
    config = f"--config-file={ROOT / 'pyproject.toml'}"
    assert "no-untyped-def" in run("mypy", config, "contracts/x.py", cwd=tmp_path)
