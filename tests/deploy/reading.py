"""What the deployment files say, read once: the manifests as kustomize renders them, compose, and the plan."""

import pickle
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from services.cli.cluster.plan import Worker, workers
from tests.architecture.planting import ROOT

Manifest = dict[str, Any]
HEALTH_PORT = 8101


def tool(name: str) -> str:
    """A program that pip has put beside the interpreter."""
    return str(Path(sys.executable).parent / name)


@cache
def rendered() -> str:
    """Every manifest, as `kubectl apply -k k8s` would send it."""
    command = [tool("kubectl"), "kustomize", str(ROOT / "k8s")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@cache
def _kept() -> bytes:
    return pickle.dumps(list(yaml.load_all(rendered(), Loader=yaml.CSafeLoader)))


def manifests() -> list[Manifest]:
    """Fresh copies, to be broken at will."""
    return list(pickle.loads(_kept()))


def of_kind(found: list[Manifest], *kinds: str) -> list[Manifest]:
    return [manifest for manifest in found if manifest["kind"] in kinds]


def container_of(deployment: Manifest) -> dict[str, Any]:
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    return dict(container)


@cache
def compose() -> dict[str, Any]:
    """docker-compose.yml, anchors followed."""
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text()))


@cache
def plan() -> dict[str, Worker]:
    """The processes of the cluster on one machine, by name."""
    return {worker.name: worker for worker in workers()}


def started_by(worker: Worker) -> list[str]:
    """The plan's command, with the interpreter as an image knows it."""
    return ["python", *worker.arguments[1:]]
