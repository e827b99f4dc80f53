"""A house with only the launcher in it, on a machine whose Python and network the test decides."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "cat", "cp", "cut", "dirname", "grep", "mkdir", "readlink", "rm", "sha256sum")
TOOLS += ("sleep", "tail")

# Stands in for python3.x: real for -c, but its environments install nothing.
PYTHON = """#!{sh}
case "$*" in
    *version_info*'<='*) [ -e "{sandbox}/old-python" ] && exit 1 ;;
    *ensurepip*) [ -e "{sandbox}/no-ensurepip" ] && exit 1 ;;
    '-m venv '*) mkdir -p "$3/bin"; cp "{sandbox}/venv-python" "$3/bin/python"; exit ;;
esac
exec {python} "$@"
"""

# Stands in for .venv/bin/python: its pip only notes that it ran.
VENV_PYTHON = """#!{sh}
case "$*" in
    '-m pip '*)
        echo started >>"{sandbox}/installs"
        sleep "${{PIP_SECONDS:-0}}"
        echo "${{PIP_SAYS:-}}"
        exit "${{PIP_CODE:-0}}" ;;
esac
exec {python} "$@"
"""

# Stands in for `python -m services.cli`: tells what it was given.
CLI = """
import os, sys
print(sys.argv[1:], os.getcwd())
sys.exit(7 if "seven" in sys.argv else 0)
"""


@dataclass
class Sandbox:
    """A folder with the launcher, a stub CLI, and a PATH of nothing but chosen tools."""

    folder: Path

    def __post_init__(self) -> None:
        (self.house / "services/cli").mkdir(parents=True)
        self.bin.mkdir()
        shutil.copy(ROOT / "dudao", self.house / "dudao")
        (self.house / "requirements.lock").write_text("one\n")
        (self.house / "services/cli/__main__.py").write_text(CLI)
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or "/bin/false")
        self.program("id", "#!/bin/sh\necho 1000\n")

    @property
    def house(self) -> Path:
        return self.folder / "house"

    @property
    def bin(self) -> Path:
        return self.folder / "bin"

    @property
    def installs(self) -> int:
        """How many times an environment was filled."""
        noted = self.folder / "installs"
        return len(noted.read_text().splitlines()) if noted.exists() else 0

    def program(self, name: str, source: str) -> None:
        (self.bin / name).write_text(source)
        (self.bin / name).chmod(0o755)

    def has_python(self, name: str = "python3.12") -> None:
        facts = {"sh": shutil.which("sh"), "python": sys.executable, "sandbox": self.folder}
        self.program(name, PYTHON.format(**facts))
        (self.folder / "venv-python").write_text(VENV_PYTHON.format(**facts))
        (self.folder / "venv-python").chmod(0o755)

    def start(self, *args: str, command: Path | None = None, cwd: Path | None = None, **env: str):
        """Start the launcher and return the running process."""
        inherited = {k: v for k, v in os.environ.items() if k not in ("CI", "PYTHONPATH")}
        return subprocess.Popen(
            [command or self.house / "dudao", *args],
            cwd=cwd or self.folder,
            env={**inherited, "PATH": str(self.bin), **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *args: str, **options) -> tuple[int, str, str]:
        """Run the launcher to its end: exit code, stdout, stderr."""
        process = self.start(*args, **options)
        out, err = process.communicate(timeout=30)
        return process.returncode, out, err
