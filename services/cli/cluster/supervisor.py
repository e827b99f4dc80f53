"""The supervisor: starts the private servers and every process, starts again what ends, stops them in order.

`python -m services.cli.cluster.supervisor FOLDER [rehearsal]`; SIGHUP is passed on to every process.
"""

import logging
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

from services.chassis.clock import system_clock
from services.chassis.settings import LOG_FORMAT
from services.cli.cluster.equipment import MONGO_URI, equipment_of
from services.cli.cluster.plan import ROOT, Running, Worker, environment, workers
from services.cli.cluster.stages import prepared
from services.cli.throwaway_postgres import ends_with_its_parent

LOOK, FIRST_DELAY, LONGEST_DELAY, STEADY, GRACE = 0.5, 1.0, 30.0, 60.0, 30.0  # seconds


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

    def tell(self, number: int) -> None:
        """Send a signal: SIGTERM to finish what was begun, SIGHUP to open everything anew."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def end_by(self, instant: float) -> None:
        """Wait, then kill."""
        if self.process is not None:
            try:
                self.process.wait(max(0.1, instant - monotonic()))
            except subprocess.TimeoutExpired:
                self.process.kill()


class Supervisor:
    """Everything of one cluster, in one folder."""

    def __init__(self, folder: Path, *, rehearsal: bool = False) -> None:
        self._folder, self._rehearsal = folder, rehearsal
        self._stopping, self._renewing = Event(), Event()
        self._equipment = equipment_of(folder, os.environ)
        self._kept: list[Kept] = []

    def stop(self) -> None:
        """Ask everything to end; may be called by a signal."""
        self._stopping.set()

    def renew(self) -> None:
        """Ask every process to open everything anew; may be called by a signal."""
        self._renewing.set()

    def run(self) -> None:
        """Returns when everything has ended after `stop`."""
        try:
            self._start()
            while not self._stopping.wait(LOOK):
                self._turn()
        finally:
            self._end()

    def _turn(self) -> None:
        if self._renewing.is_set():
            self._renewing.clear()
            self._tell(signal.SIGHUP)
        for kept in self._kept:
            kept.look()

    def _start(self) -> None:
        self._equipment.open()
        postgres, rabbit, shelves = (server.url for server in self._equipment)
        running = Running(
            supervisor=os.getpid(), log_url=postgres, amqp_url=rabbit, casebook_url=shelves, pages_url=shelves,
            rehearsal=self._rehearsal, stand_in=not os.environ.get(MONGO_URI), workers=workers(),
        )
        if self._rehearsal:
            prepared(self._folder, running, system_clock())
        self._kept = [Kept(one, environment(running, self._folder, one), self._folder) for one in running.workers]
        self._write(running)

    def _write(self, running: Running) -> None:
        """Whole or not at all; it names passwords, so its owner alone may read it."""
        draft = self._folder / f"cluster-{secrets.token_hex(4)}.json"
        draft.touch(0o600)
        draft.write_bytes(msgspec.json.encode(running))
        draft.replace(self._folder / "cluster.json")

    def _tell(self, number: int) -> None:
        for kept in self._kept:
            kept.tell(number)

    def _end(self) -> None:
        deadline = monotonic() + GRACE
        self._tell(signal.SIGTERM)
        for kept in self._kept:
            kept.end_by(deadline)
        self._equipment.close()
        (self._folder / "cluster.json").unlink(missing_ok=True)


def main(folder: str, mode: str = "") -> None:
    """Run until SIGTERM."""
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    supervisor = Supervisor(Path(folder), rehearsal=mode == "rehearsal")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: supervisor.stop())
    signal.signal(signal.SIGHUP, lambda *_: supervisor.renew())
    supervisor.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
