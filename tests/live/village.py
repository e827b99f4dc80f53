"""Starts the processes of the live tests, kills them, and reads the two logs they write."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from services.chassis.identity import new_key
from services.chassis.log_postgres import PostgresLogs
from services.chassis.outbox import Outbox
from services.cli.ports import quiet_port
from services.registry.application import Registry
from tests.architecture.planting import ROOT
from tests.live.parish import Mirror, bodies_in, place, places_in, signer_and_reader, submission, write_public_key
from tests.rabbitmq import eventually

QUICK = {"DUDAO_IDLE_SECONDS": "0.5", "DUDAO_ASK_SECONDS": "2", "DUDAO_MODE": "rehearsal"}


class Village:
    """One registry with doors and a relay, one mirror with a subscriber, one broker between them."""

    def __init__(self, folder: Path, amqp_url: str, log_url: str) -> None:
        self.folder, self.amqp_url, self.log_url = folder, amqp_url, log_url
        key = new_key()
        self.signer, reader = signer_and_reader(key)
        self._key = write_public_key(key, folder / "key.json")
        self.registry = Registry(PostgresLogs(log_url, schema="registry"), reader)
        self.mirror = Mirror(PostgresLogs(log_url, schema="mirror"), reader)
        self.processes: list[subprocess.Popen[bytes]] = []
        self.health: dict[str, int] = {}
        self.casebook = folder / "casebook.sqlite"
        self._count = 0

    def environment(self, role: str) -> dict[str, str]:
        """What a process of this role is told."""
        self.health[role] = quiet_port()
        return {
            **os.environ, **QUICK, "EVENTLET_NO_GREENDNS": "yes",
            "DUDAO_LOG_URL": self.log_url, "DUDAO_AMQP_URL": self.amqp_url,
            "DUDAO_CASEBOOK_URL": f"sqlite://{self.casebook}",
            "DUDAO_TOKEN_KEY": str(self._key), "DUDAO_HEALTH_PORT": str(self.health[role]),
        }

    def start(self, role: str, variants: str = "", count: int = 1) -> subprocess.Popen[bytes]:
        """Start one process; what it says is in `<role>.log`."""
        command = [sys.executable, "-m", "tests.live.child", role, variants, str(count)]
        with (self.folder / f"{role}.log").open("ab") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=self.environment(role), stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def register(self, count: int) -> None:
        """Register the next places."""
        for _ in range(count):
            self._count += 1
            self.registry.execute(submission(self.signer, place(100000 + self._count)))

    def said(self, role: str) -> str:
        """What the processes of a role have written."""
        return (self.folder / f"{role}.log").read_text(errors="replace")

    def traces(self) -> str:
        """Where every process stands, asked by SIGUSR1, with the end of what each has said."""
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGUSR1)
        time.sleep(1)
        return "\n".join(f"--- {path.name}\n{path.read_text(errors='replace')[-4000:]}" for path in
                         sorted(self.folder.glob("*.log")))

    @property
    def wanted(self) -> list[str]:
        return [*places_in(self.registry.recorder)]

    @property
    def obeyed(self) -> list[str]:
        return [*bodies_in(self.mirror.recorder)]

    def relayed(self) -> int:
        """How far the broker has confirmed the registry's letters."""
        return Outbox(self.registry.recorder, "registry").relayed()

    def until_obeyed(self, seconds: float = 30) -> None:
        """Wait until every place has at least one body, then hold the two logs against each other."""
        wanted = self.wanted
        eventually(seconds, lambda: set(self.obeyed) >= set(wanted), lambda: self.said("subscriber")[-3000:])
        assert self.obeyed == wanted

    def judged(self, seconds: float = 60) -> dict[str, int]:
        """Wait until every place has a body, then what was lost, doubled and out of order on the way."""
        wanted = self.wanted
        deadline = time.monotonic() + seconds
        while not {*self.obeyed} >= {*wanted} and time.monotonic() < deadline:
            time.sleep(0.1)
        obeyed = self.obeyed
        once = list(dict.fromkeys(obeyed))
        return {
            "acknowledged": len(wanted), "lost": len({*wanted} - {*obeyed}), "doubled": len(obeyed) - len(once),
            "out_of_order": sum(a != b for a, b in zip(once, wanted, strict=False)) if len(once) == len(wanted) else 0,
        }

    def close(self) -> None:
        """Kill what still runs."""
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                process.wait()
        self.registry.close()
        self.mirror.close()


@pytest.fixture
def village(tmp_path: Path, amqp_url: str, postgres_url: str) -> Iterator[Village]:
    """A village on a virtual host of its own."""
    here = Village(tmp_path, amqp_url, postgres_url)
    yield here
    here.close()


def killed_in_rounds(
    village: Village, role: str, variant: str, counts: tuple[int, ...], between: Callable[[], Any] = lambda: None
) -> int:
    """Let a role die at its fault again and again; returns how many deaths by SIGKILL there really were."""
    deaths = 0
    for count in counts:
        between()
        process = village.start(role, variant, count)
        process.wait(timeout=120)
        deaths += process.returncode == -signal.SIGKILL
    return deaths
