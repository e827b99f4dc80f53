"""What ops see, as the files say it: alerts, their tests, the dashboard's queries, and the tools that judge them."""

import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.cli.system_packages import SystemPackage, find, how_to_get
from tests.architecture.planting import ROOT

PROMETHEUS = ROOT / "deploy/prometheus"
RUNBOOKS = ROOT / "deploy/runbooks"
METRIC = re.compile(r"\b(?:dudao|rabbitmq|node)_[a-z_]+\b|\bup\b")


def binary(package: SystemPackage, name: str) -> str:
    """A program of a system package; without it tests fail, never skip."""
    folder = find(package)
    if folder is None:
        pytest.fail(how_to_get(package), pytrace=False)
    return str(folder / name)


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)


@cache
def alerts() -> dict[str, dict[str, Any]]:
    """The alert rules by name."""
    groups = yaml.safe_load((PROMETHEUS / "alerts.yml").read_text())["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    assert len({rule["alert"] for rule in rules}) == len(rules)
    return {rule["alert"]: rule for rule in rules}


@cache
def panels() -> list[dict[str, Any]]:
    """The dashboard's panels that show something."""
    found = json.loads((ROOT / "deploy/grafana/overview.json").read_text())["panels"]
    return [panel for panel in found if panel["type"] != "row"]


def queries() -> list[str]:
    """Every query of the dashboard."""
    return [target["expr"] for panel in panels() for target in panel["targets"]]


def metrics_in(expressions: list[str]) -> set[str]:
    """The metrics that expressions ask for; what stands in quotes is no metric."""
    return {name for text in expressions for name in METRIC.findall(re.sub(r'"[^"]*"', "", text))}
