"""Compose, manifests and the cluster's plan start the same processes, tell them the same, and they accept it."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from services.chassis.settings import WRITING, Settings
from services.cli.cluster.plan import Running, environment
from services.cli.secret_files import Hosts, minted
from tests.architecture.planting import ROOT
from tests.deploy.reading import HEALTH_PORT, compose, container_of, manifests, of_kind, plan, started_by

SERVERS = {"postgres", "rabbitmq", "mongo", "mongo-members", "prometheus", "alertmanager", "node-exporter", "migration"}
OWN = {"DUDAO_MODE", "DUDAO_HEALTH_HOST"}  # what a deployment says and a cluster on one machine leaves at its default


def settings_in_manifests() -> dict[str, dict[str, str]]:
    found = manifests()
    common = dict(of_kind(found, "ConfigMap")[0]["data"])
    return {
        one["metadata"]["name"]: common | {entry["name"]: entry["value"] for entry in container_of(one)["env"]}
        for one in of_kind(found, "Deployment")
    }


def settings_in_compose() -> dict[str, dict[str, str]]:
    return {name: dict(one["environment"]) for name, one in compose()["services"].items() if name not in SERVERS}


def test_compose_starts_the_processes_of_the_plan() -> None:
    started = {name: one["command"] for name, one in compose()["services"].items() if name not in SERVERS}
    assert started == {name: started_by(worker) for name, worker in plan().items()}


def test_manifests_start_the_processes_of_the_plan() -> None:
    started = {one["metadata"]["name"]: container_of(one)["command"] for one in of_kind(manifests(), "Deployment")}
    assert started == {name: started_by(worker) for name, worker in plan().items()}


def test_compose_and_manifests_tell_a_process_the_same() -> None:
    assert {name: set(told) for name, told in settings_in_compose().items()} == {
        name: set(told) for name, told in settings_in_manifests().items()}


def test_nothing_is_told_that_the_plan_does_not_tell_and_the_program_does_not_know(tmp_path: Path) -> None:
    running = Running(
        supervisor=1, log_url="l", amqp_url="a", casebook_url="c", pages_url="p", rehearsal=False,
        stand_in=False, workers=tuple(plan().values()),
    )
    for name, told in settings_in_manifests().items():
        names = {setting.removesuffix("_FILE") for setting in told}
        planned = environment(running, tmp_path, plan()[name])
        assert names - OWN <= planned.keys(), name
        known = {f"DUDAO_{field.upper()}" for field in Settings.__struct_fields__} | {"EVENTLET_NO_GREENDNS"}
        assert names <= known, name


def needs_of(name: str) -> Iterable[str]:
    """As the module says; importing it would bring its drivers into this process."""
    source = (ROOT / (plan()[name].module.replace(".", "/") + ".py")).read_text()
    said = re.search(r"^NEEDS = (\(.*\))$", source, re.MULTILINE)
    return ast.literal_eval(said.group(1)) if said else WRITING


@pytest.mark.parametrize("settings", [settings_in_compose, settings_in_manifests])
def test_every_process_accepts_what_it_is_told_in_production(settings: object, tmp_path: Path) -> None:
    assert callable(settings)
    for name, content in minted(Hosts()).items():
        (tmp_path / name).write_text(content)
    for name, told in settings().items():
        here = {key: str(tmp_path / Path(value).name) if "/secrets/" in value else value for key, value in told.items()}
        read = Settings.read(here, needs_of(name))
        assert (read.mode, read.health_port, read.health_host) == ("production", HEALTH_PORT, "0.0.0.0")
        assert bool(read.seal_keys) == name.endswith(("-doors", "-subscriber")) ^ name.startswith("audit")
        if read.token_key:
            assert Path(read.token_key).exists()
