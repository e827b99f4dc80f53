"""The ground for live figures: private servers, and processes of the deployment as a cluster starts them."""

import os
import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from services.chassis.clock import system_clock
from services.chassis.identity import Identity, TokenSigner, new_key
from services.chassis.log_postgres import PostgresLogs
from services.cli.bench.adapters import postgres
from services.cli.bench.ledgers import ACTOR, OFFICE, service
from services.cli.cluster.plan import ROOT, Worker, command_of
from services.cli.cluster.rabbitmq import USER, RabbitServer
from services.cli.cluster.verbs import readiness
from services.cli.ports import quiet_port
from services.cli.system_packages import RABBITMQ, find, how_to_get
from services.cli.throwaway_postgres import ends_with_its_parent

SERVICE, VHOST, READY_SECONDS = "rectification", "bench", 60
READERS = {
    "audit": ("services.audit.adapters.subscriber",), "reporting": ("services.reporting.adapters.projection",),
}


class Ground:
    """A log with one place, body, unit and policy; whatever is started here ends with it."""

    def __init__(self, folder: Path, log_url: str, rabbit: RabbitServer) -> None:
        self.folder, self.log_url, self.rabbit = folder, log_url, rabbit
        self.app: Any = service(PostgresLogs(log_url, schema=SERVICE), lasting=True)
        self._key = new_key()
        (folder / "key.json").write_bytes(msgspec.json.encode(self._key.as_dict(private=False)))
        self._running: list[subprocess.Popen[bytes]] = []

    @property
    def amqp_url(self) -> str:
        """Of a virtual host of its own."""
        return self.rabbit.url(VHOST)

    def token(self) -> str:
        """Of the office staff who assign items."""
        scope = self.app.reference.scope_of(OFFICE)
        identity = Identity(
            person_id=ACTOR.person_id, roles=frozenset({ACTOR.role}), scope=scope, body_id=ACTOR.body_id,
        )
        return TokenSigner(self._key, system_clock, timedelta(hours=1)).sign(identity)

    def shelf(self, name: str) -> str:
        """The URL of the casebook or the pages."""
        return f"sqlite://{self.folder / name}.sqlite"

    def start(self, *roles: str) -> None:
        """`doors` and `relay` of the measured service, `audit`, `reporting`; returns when each is ready."""
        started = [self._started(role) for role in roles]
        ends = time.monotonic() + READY_SECONDS
        while not all(readiness(worker) == "ready" for worker in started):
            if time.monotonic() > ends:
                raise RuntimeError("\n".join((self.folder / f"{w.name}.log").read_text()[-2000:] for w in started))
            time.sleep(0.1)

    def _started(self, role: str) -> Worker:
        module = READERS.get(role)
        command = (command_of(SERVICE, role)[0], "-m", *module) if module else command_of(SERVICE, role)
        worker = Worker(role, command, quiet_port())
        with (self.folder / f"{role}.log").open("ab") as log:
            self._running.append(subprocess.Popen(
                [*ends_with_its_parent(), *command], cwd=ROOT, env=self._told(worker), stdout=log, stderr=log,
            ))
        return worker

    def _told(self, worker: Worker) -> dict[str, str]:
        return {
            **os.environ, "PYTHONPATH": str(ROOT), "EVENTLET_NO_GREENDNS": "yes",
            "DUDAO_LOG_URL": self.log_url, "DUDAO_AMQP_URL": self.amqp_url,
            "DUDAO_HEALTH_PORT": str(worker.health_port),
            "DUDAO_TOKEN_KEY": str(self.folder / "key.json"), "DUDAO_SEAL_KEYS": str(self.folder / "seal.sqlite"),
            "DUDAO_CASEBOOK_URL": self.shelf("casebook"), "DUDAO_PAGES_URL": self.shelf("pages"),
        }

    def close(self) -> None:
        """SIGTERM, then wait."""
        for process in self._running:
            process.terminate()
        for process in self._running:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
        self.app.close()


@contextmanager
def ground() -> Iterator[Ground]:
    """Everything is gone afterwards; raises RuntimeError without PostgreSQL or RabbitMQ."""
    binaries = find(RABBITMQ)
    if binaries is None:
        raise RuntimeError(how_to_get(RABBITMQ))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="dudao-live-", ignore_cleanup_errors=True)))
        log_url = stack.enter_context(postgres())
        rabbit = RabbitServer(binaries, folder / "rabbitmq", secrets.token_hex(16))
        stack.callback(rabbit.stop)
        rabbit.start()
        rabbit.ctl("add_vhost", VHOST)
        rabbit.ctl("set_permissions", "-p", VHOST, USER, ".*", ".*", ".*")
        made = Ground(folder, log_url, rabbit)
        stack.callback(made.close)
        yield made
