"""A MongoDB of our own where there is none: SecantusDB on loopback, in a folder and under a password of its own.

SecantusDB is GPL-2 and calls itself not for production data: it is started as a program beside ours, for tests, for
trying things out and for the cluster on one machine. A deployment that people rely on has a MongoDB replica set.
"""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from services.cli.ports import quiet_port
from services.cli.throwaway_postgres import ends_with_its_parent

START_SECONDS = 30
USER = "dudao"
COMMAND = ("-m", "secantus", "--host", "127.0.0.1", "--sync-on-commit", "--log-level", "WARNING")


class MongoServer:
    """A server of the MongoDB protocol; fault tests may kill it. A folder that was used before is used again.

    Without a password it is open to everybody on this machine: for tests only.
    """

    def __init__(self, folder: Path, password: str, port: int = 0) -> None:
        self.folder, self.password, self.port = folder, password, port or quiet_port()
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "secantusd.toml").touch()

    def start(self) -> None:
        """Start and wait until it answers to the password; at the first start the user is made."""
        founded = self.folder / "founded"
        if self.password and not founded.exists():
            self._run()
            client: MongoClient[Any] = MongoClient(self.plain_url())
            with client:
                client.admin.command("createUser", USER, pwd=self.password, roles=["root"])
            self.stop()
            founded.touch()
        self._run(*(["--auth"] if self.password else []))

    def _run(self, *options: str) -> None:
        own = ["--config", "secantusd.toml", "--port", str(self.port), "--storage-path", "store"]
        command = [*ends_with_its_parent(), sys.executable, *COMMAND, *own, *options]
        with (self.folder / "console").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while not accepts(self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "console").read_text(errors="replace")[-2000:])
            time.sleep(0.02)
        self.ask(self.url() if options else self.plain_url())

    @staticmethod
    def ask(url: str) -> None:
        """Raise PyMongoError unless a question is answered that needs the password."""
        client: MongoClient[Any] = MongoClient(url, serverSelectionTimeoutMS=1000 * START_SECONDS)
        with client:
            client.admin.command("listDatabases")

    def plain_url(self) -> str:
        """Without a user."""
        return f"mongodb://127.0.0.1:{self.port}/"

    def url(self, database: str = "") -> str:
        """With the user, if there is one; a driver needs to be told where users are kept."""
        if not self.password:
            return f"{self.plain_url()}{database}"
        return f"mongodb://{USER}:{self.password}@127.0.0.1:{self.port}/{database}?authSource=admin"

    def kill(self) -> None:
        """As a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End in good order."""
        self._end(signal.SIGTERM)

    def _end(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(START_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def accepts(port: int) -> bool:
    """Whether somebody takes connections on a port of loopback."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
