"""A real Prometheus scrapes a running cluster and finds every metric that the rules and the dashboard ask for."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
import yaml

from services.cli.cluster.plan import Running, secrets_in
from services.cli.cluster.rabbitmq import RabbitServer
from services.cli.cluster.verbs import running_in
from services.cli.ports import quiet_port
from services.cli.system_packages import NODE_EXPORTER, PROMETHEUS, RABBITMQ
from services.cli.throwaway_postgres import ends_with_its_parent
from tests.cli.test_cluster import children_of, dudao
from tests.deploy.reading import ROOT, plan
from tests.deploy.watching import alerts, binary, metrics_in, queries
from tests.rabbitmq import eventually


@contextmanager
def started(log: Path, *command: str) -> Iterator[None]:
    """A program that runs as long as the block."""
    with log.open("wb") as said:
        process = subprocess.Popen([*ends_with_its_parent(), *command], stdout=said, stderr=said)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def broker_measured(folder: Path) -> int:
    """Let the cluster's node tell its figures on a port of its own, as deploy/rabbitmq/enabled_plugins asks for."""
    node = RabbitServer(Path(binary(RABBITMQ, "")), folder / "rabbitmq", secrets_in(folder).rabbitmq)
    port, plugins = quiet_port(), Path(binary(RABBITMQ, "rabbitmq-plugins"))
    setting = f"application:set_env(rabbitmq_prometheus, tcp_config, [{{port, {port}}}])."
    node.ctl("eval", f"application:load(rabbitmq_prometheus), {setting}")
    enabling = [str(plugins), "-q", "-n", node.node, "enable", "rabbitmq_prometheus"]
    subprocess.run(enabling, env=node.environment, check=True, capture_output=True)
    return port


def configured(folder: Path, running: Running, broker: int, machine: int) -> Path:
    """deploy/prometheus as it is, with the addresses and the pace of this test."""
    for name in ("prometheus.yml", "alerts.yml"):
        text = (ROOT / "deploy/prometheus" / name).read_text().replace(": 15s", ": 1s")
        for there, here in (("rabbitmq:15692", broker), ("node-exporter:9100", machine)):
            text = text.replace(there, f"127.0.0.1:{here}")
        (folder / name).write_text(text)
    targets = [
        {"targets": [f"127.0.0.1:{worker.health_port}"], "labels": {"process": worker.name}}
        for worker in running.workers
    ]
    (folder / "targets.yml").write_text(yaml.safe_dump(targets))
    return folder / "prometheus.yml"


class Asked:
    """A running Prometheus, by its port."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}/api/v1/query?query="

    def __call__(self, expression: str) -> list[Any]:
        """The series that an expression gives; none while it does not answer yet."""
        try:
            with urlopen(self._url + quote(expression), timeout=10) as answer:
                return list(json.load(answer)["data"]["result"])
        except URLError:
            return []


@contextmanager
def watched(folder: Path) -> Iterator[tuple[Running, Asked]]:
    """A cluster with a Prometheus that watches it."""
    running = running_in(folder)
    assert running is not None
    machine, port, ours = quiet_port(), quiet_port(), folder / "watching"
    ours.mkdir()
    config = configured(ours, running, broker_measured(folder), machine)
    exporter = (binary(NODE_EXPORTER, "prometheus-node-exporter"), f"--web.listen-address=127.0.0.1:{machine}")
    server = (
        binary(PROMETHEUS, "prometheus"), f"--config.file={config}", f"--storage.tsdb.path={ours / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
    )
    with started(ours / "exporter.log", *exporter), started(ours / "prometheus.log", *server):
        yield running, Asked(port)


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that PostgreSQL, which runs as somebody else, can reach."""
    folder = Path(tempfile.mkdtemp(prefix="dudao-watched-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.fire
@pytest.mark.endurance
@pytest.mark.timeout(400)
def test_every_metric_asked_for_is_there_and_a_frozen_process_is_seen(home: Path) -> None:
    wanted = metrics_in([*queries(), *(rule["expr"] for rule in alerts().values())])
    assert len(wanted) > 25
    try:
        came_up = dudao("up", "--data", str(home))
        assert came_up.returncode == 0, came_up.stdout + came_up.stderr
        with watched(home) as (running, asked):
            eventually(60, lambda: len(asked('up{job="dudao"} == 1')) == len(plan()), lambda: str(asked("up")))
            missing = set(wanted)

            def all_there() -> bool:
                missing.difference_update(name for name in [*missing] if asked(f"count({name})"))
                return not missing

            eventually(30, all_there, lambda: f"never seen: {sorted(missing)}")
            assert asked("dudao_metric_that_nobody_has") == []
            alarms = 'ALERTS{alertname=~"ProcessFrozen|ProcessDown|ProcessMissing|LineStopped"}'
            eventually(30, lambda: asked(alarms) == [], lambda: str(asked(alarms)))  # it began before its targets
            (relay,) = [pid for pid, line in children_of(running).items() if "registry.adapters.relay" in line]
            os.kill(relay, signal.SIGSTOP)
            frozen = 'ALERTS{alertname="ProcessDown",process="registry-relay"}'
            eventually(30, lambda: len(asked(frozen)) == 1, lambda: str(asked('up{process="registry-relay"}')))
            os.kill(relay, signal.SIGCONT)
            series = asked('max by (service) (count by (process, service) ({__name__=~"dudao_.+"}))')
            assert max(int(one["value"][1]) for one in series) <= 2000
    finally:
        assert dudao("down", "--data", str(home)).returncode == 0
