"""The cluster on one machine: up until everything is ready, up again after a kill, down without a trace."""

import os
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.cli.cluster.equipment import equipment_of, needed
from services.cli.cluster.plan import Running, Worker, secrets_in, token_key_in, workers
from services.cli.cluster.probing import readiness
from services.cli.cluster.supervisor import Kept
from services.cli.cluster.verbs import running_in
from services.cli.system_packages import POSTGRESQL, RABBITMQ
from tests.architecture.planting import ROOT
from tests.live.killing import children_of, killed, name_of
from tests.rabbitmq import eventually


def dudao(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "services.cli", "cluster", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """PostgreSQL runs as somebody else and must reach its folder, which pytest's own would not let it."""
    with tempfile.TemporaryDirectory(prefix="dudao-cluster-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_cluster_comes_up_heals_a_killed_process_and_goes_down(open_folder: Path) -> None:
    tmp_path = open_folder
    assert dudao("status", "--data", str(tmp_path)).returncode == 3
    try:
        came_up = dudao("up", "--data", str(tmp_path))
        assert came_up.returncode == 0, came_up.stdout + came_up.stderr
        running = running_in(tmp_path)
        assert running is not None and len(running.workers) == len(workers())
        relay = next(worker for worker in running.workers if worker.name == "registry-relay")
        for name in ("registry-relay", "secantus"):
            victim = killed(running, name)
            eventually(60, lambda: name in names_of(running) and victim.pid not in children_of(running))  # noqa: B023
        eventually(60, lambda: readiness(relay) == "ready")
        assert dudao("status", "--data", str(tmp_path)).returncode == 0
    finally:
        assert dudao("down", "--data", str(tmp_path)).returncode == 0
    assert running_in(tmp_path) is None
    assert children_of(running) == {}


def names_of(running: Running) -> set[str]:
    return {name_of(running, line) for line in children_of(running).values()}


def test_a_server_that_is_named_is_neither_started_nor_asked_for(tmp_path: Path) -> None:
    named = {
        "DUDAO_PG_URI": "postgresql://a:b@db/x", "DUDAO_AMQP_URI": "amqp://a:b@mq/x",
        "DUDAO_MONGO_URI": "mongodb://m/x",
    }
    equipment = equipment_of(tmp_path, named)
    equipment.open()
    assert [server.url for server in equipment] == list(named.values())
    equipment.close()
    assert needed(named) == () and needed({}) == (POSTGRESQL, RABBITMQ)
    assert list(tmp_path.iterdir()) == []


def test_passwords_and_keys_are_minted_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    assert secrets_in(tmp_path) == secrets_in(tmp_path)
    key = token_key_in(tmp_path).read_bytes()
    assert token_key_in(tmp_path).read_bytes() == key
    assert b'"d"' not in key  # the private half
    for name in ("secrets.json", "gateway-key.json"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_a_folder_of_an_earlier_version_gets_the_password_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text('{"postgres": "kept", "rabbitmq": "too"}', encoding="ascii")
    found = secrets_in(tmp_path)
    assert (found.postgres, found.rabbitmq) == ("kept", "too") and len(found.mongo) >= 24
    assert secrets_in(tmp_path) == found


@pytest.mark.slow
def test_a_process_that_keeps_ending_is_started_again_ever_more_slowly(tmp_path: Path) -> None:
    kept = Kept(Worker("ends", (sys.executable, "-c", "print('here')"), 1), dict(os.environ), tmp_path)
    deadline = time.monotonic() + 4
    while time.monotonic() < deadline:
        kept.look()
        time.sleep(0.02)
    kept.end_by(time.monotonic())
    assert (tmp_path / "ends.log").read_text().splitlines() == ["here", "here"]


def test_every_service_has_its_three_processes_in_the_plan() -> None:
    names = [worker.name for worker in workers()]
    assert {"registry-doors", "registry-relay", "registry-subscriber"} <= set(names)
    assert {"audit-subscriber", "reporting-projection"} <= set(names)
    assert len(names) == len(set(names)) == len({worker.health_port for worker in workers()})
