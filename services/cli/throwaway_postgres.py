"""A real PostgreSQL server in a folder of its own, for tests and benches; nothing of it stays."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from services.cli.ports import quiet_port

START_SECONDS = 30


class PostgresServer:
    """A real server with fsync on, in a folder of its own; fault tests may kill `process`."""

    def __init__(self, binaries: Path) -> None:
        self.binaries = binaries
        self.folder = Path(tempfile.mkdtemp(prefix="dudao-pg-"))
        self.password = secrets.token_hex(16)
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    def create(self) -> None:
        """Lay out an empty cluster whose superuser is `dudao`."""
        secret = self.folder / "password"
        secret.write_text(self.password, encoding="ascii")
        for path in (self.folder, secret):
            give_away(path)
        options = ["-U", "dudao", "-A", "scram-sha-256", f"--pwfile={secret}", "--no-sync"]
        options += ["-E", "UTF8", "--locale=C", "-D", str(self.folder / "data")]
        command = [str(self.binaries / "initdb"), *options]
        subprocess.run(command, check=True, capture_output=True, **unprivileged())

    def start(self, **settings: str) -> None:
        """Start on a free loopback port and a Unix socket, and wait until it answers."""
        self.port = self.port or quiet_port()
        chosen = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self.folder,
            "fsync": "on",
            "shared_buffers": "32MB",
            **settings,
        }
        command = [str(self.binaries / "postgres"), "-D", str(self.folder / "data")]
        command += [part for key, value in chosen.items() for part in ("-c", f"{key}={value}")]
        with (self.folder / "log").open("ab") as log:
            command = [*ends_with_its_parent(), *command]
            self.process = subprocess.Popen(command, stdout=log, stderr=log, **unprivileged())
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Raise RuntimeError with the server's log if it ends or stays silent."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process and self.process.poll() is None:
            try:
                psycopg.connect(self.url(), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        """Fast shutdown; does nothing to a server that is not running."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=START_SECONDS)

    def remove(self) -> None:
        """Stop and leave nothing behind."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres") -> str:
        """A libpq URL over loopback."""
        return f"postgresql://dudao:{self.password}@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        """Run one administrative statement outside any transaction."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement.encode())


def unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: the arguments that make a child run as somebody else."""
    if os.geteuid() != 0:
        return {}
    account = server_account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def server_account() -> pwd.struct_passwd:
    """The packaged `postgres` account if there is one, else `nobody`."""
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def give_away(path: Path) -> None:
    """Hand a file of ours to the account the server runs as."""
    if os.geteuid() == 0:
        os.chown(path, server_account().pw_uid, server_account().pw_gid)


def ends_with_its_parent() -> list[str]:
    """Where setpriv exists, the server stops even when the test process is killed by -9."""
    return ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
