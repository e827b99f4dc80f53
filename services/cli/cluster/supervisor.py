"""The supervisor: starts the private servers and every process, starts again what ends, stops them in order.

`python -m services.cli.cluster.supervisor FOLDER`
"""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Event
from time import monotonic

import msgspec

from services.chassis.life_cycle import Refused
from services.cli.cluster.plan import ROOT, Running, Worker, environment, secrets_in, token_key_in, workers
from services.cli.cluster.postgres import KeptPostgres
from services.cli.cluster.rabbitmq import USER, RabbitServer
from services.cli.system_packages import POSTGRESQL, RABBITMQ, SystemPackage, find, how_to_get
from services.cli.throwaway_postgres import ends_with_its_parent

LOOK, FIRST_DELAY, LONGEST_DELAY, STEADY, GRACE = 0.5, 1.0, 30.0, 60.0, 30.0  # seconds
VHOST = "dudao"


class Kept:
    """One process and how often it had to be started again."""

    def __init__(self, worker: Worker, settings: Mapping[str, str], folder: Path) -> None:
        self.worker, self._settings, self._log = worker, settings, folder / f"{worker.name}.log"
        self._delay, self._start_at, self._started = FIRST_DELAY, 0.0, 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def look(self) -> None:
        """Start it when it does not run; the longer it keeps ending, the longer it waits."""
        if self.process is not None and self.process.poll() is not None:
            steady = monotonic() - self._started > STEADY
            self._delay = FIRST_DELAY if steady else min(self._delay * 2, LONGEST_DELAY)
            self._start_at, self.process = monotonic() + self._delay, None
        if self.process is None and monotonic() >= self._start_at:
            self._started = monotonic()
            with self._log.open("ab") as log:
                command = [*ends_with_its_parent(), *self.worker.arguments]
                self.process = subprocess.Popen(command, cwd=ROOT, env=self._settings, stdout=log, stderr=log)

    def ask_to_end(self) -> None:
        """SIGTERM: finish what was begun."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end_by(self, instant: float) -> None:
        """Wait, then kill."""
        if self.process is not None:
            try:
                self.process.wait(max(0.1, instant - monotonic()))
            except subprocess.TimeoutExpired:
                self.process.kill()


class Supervisor:
    """Everything of one cluster, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._stopping = folder, Event()
        passwords = secrets_in(folder)
        self._postgres = KeptPostgres(_found(POSTGRESQL), folder / "postgres", passwords.postgres)
        self._rabbit = RabbitServer(_found(RABBITMQ), folder / "rabbitmq", passwords.rabbitmq)
        self._kept: list[Kept] = []

    def stop(self) -> None:
        """Ask everything to end; may be called by a signal."""
        self._stopping.set()

    def run(self) -> None:
        """Returns when everything has ended after `stop`."""
        try:
            self._start()
            while not self._stopping.wait(LOOK):
                for kept in self._kept:
                    kept.look()
        finally:
            self._end()

    def _start(self) -> None:
        self._postgres.open()
        self._rabbit.start()
        if VHOST not in self._rabbit.ctl("list_vhosts").split():
            self._rabbit.ctl("add_vhost", VHOST)
            self._rabbit.ctl("set_permissions", "-p", VHOST, USER, ".*", ".*", ".*")
        urls = self._postgres.url(), self._rabbit.url(VHOST)
        key = token_key_in(self._folder)
        planned = workers()
        self._kept = [Kept(one, environment(*urls, key, one), self._folder) for one in planned]
        self._write(Running(supervisor=os.getpid(), log_url=urls[0], amqp_url=urls[1], workers=planned))

    def _write(self, running: Running) -> None:
        """Whole or not at all; it names passwords, so its owner alone may read it."""
        draft = self._folder / f"cluster-{secrets.token_hex(4)}.json"
        draft.touch(0o600)
        draft.write_bytes(msgspec.json.encode(running))
        draft.replace(self._folder / "cluster.json")

    def _end(self) -> None:
        deadline = monotonic() + GRACE
        for kept in self._kept:
            kept.ask_to_end()
        for kept in self._kept:
            kept.end_by(deadline)
        self._rabbit.stop()
        self._postgres.close()
        (self._folder / "cluster.json").unlink(missing_ok=True)


def _found(package: SystemPackage) -> Path:
    folder = find(package)
    if folder is None:
        raise Refused("SYSTEM_PACKAGE_MISSING", how_to_get(package))
    return folder


def main(folder: str) -> None:
    """Run until SIGTERM."""
    supervisor = Supervisor(Path(folder))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: supervisor.stop())
    supervisor.run()


if __name__ == "__main__":
    main(sys.argv[1])
