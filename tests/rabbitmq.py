"""One private RabbitMQ node per test session, and a fresh virtual host per test."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from services.cli.system_packages import RABBITMQ, find, how_to_get
from tests.postgres import ends_with_its_parent, free_port

START_SECONDS = 60
USER = "dudao-test"


class RabbitServer:
    """A real node on loopback with a folder, an epmd and a cookie of its own; fault tests may kill it."""

    def __init__(self, binaries: Path) -> None:
        self.binaries = binaries
        self.folder = Path(tempfile.mkdtemp(prefix="dudao-mq-"))
        self.password = secrets.token_hex(16)
        self.port, self.dist, self.epmd = free_port(), free_port(), free_port()
        self.node = f"dudao{self.port}@localhost"
        self.process: subprocess.Popen[bytes] | None = None
        cookie = self.folder / ".erlang.cookie"
        cookie.write_text(secrets.token_hex(16), encoding="ascii")
        cookie.chmod(0o400)
        (self.folder / "plugins").write_text("[].\n", encoding="ascii")
        (self.folder / "rabbitmq.conf").write_text(self._settings(), encoding="ascii")

    def _settings(self) -> str:
        lines = (
            f"listeners.tcp.1 = 127.0.0.1:{self.port}",
            f"default_user = {USER}", f"default_pass = {self.password}",
            "vm_memory_high_watermark.absolute = 256MB", "disk_free_limit.absolute = 50MB",
        )
        return "\n".join(lines) + "\n"

    @property
    def environment(self) -> dict[str, str]:
        """What keeps the node apart from any other on this machine."""
        own = {
            "HOME": self.folder, "ERL_EPMD_PORT": self.epmd, "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": self.node, "RABBITMQ_NODE_PORT": self.port, "RABBITMQ_DIST_PORT": self.dist,
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1", "RABBITMQ_MNESIA_BASE": self.folder / "mnesia",
            "RABBITMQ_LOG_BASE": self.folder / "log", "RABBITMQ_PID_FILE": self.folder / "pid",
            "RABBITMQ_ENABLED_PLUGINS_FILE": self.folder / "plugins",
            "RABBITMQ_CONFIG_FILE": self.folder / "rabbitmq.conf",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none",
            "RABBITMQ_CONF_ENV_FILE": self.folder / "none", "LANG": "C.UTF-8",
        }
        return {"PATH": os.environ["PATH"], **{name: str(value) for name, value in own.items()}}

    def start(self) -> None:
        """Start and wait until it accepts AMQP."""
        command = [*ends_with_its_parent(), str(self.binaries / "rabbitmq-server")]
        with (self.folder / "console").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, env=self.environment, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.accepts():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "console").read_text(errors="replace")[-2000:])
            time.sleep(0.1)
        self.ctl("await_startup", "--timeout", str(START_SECONDS))

    def ctl(self, *arguments: str) -> str:
        """Run rabbitmqctl; raises RuntimeError with what it and the node said."""
        command = [str(self.binaries / "rabbitmqctl"), "-q", "-n", self.node, *arguments]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=2 * START_SECONDS
        )
        if done.returncode:
            console = (self.folder / "console").read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{arguments}: {done.stdout}{done.stderr}{console}")
        return done.stdout

    def kill(self) -> None:
        """As a power cut would: the whole process group, at once."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def remove(self) -> None:
        """Kill it, its epmd too, and leave nothing behind."""
        self.kill()
        subprocess.run(["epmd", "-kill"], env=self.environment, capture_output=True, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, vhost: str) -> str:
        """An AMQP URL over loopback."""
        return f"amqp://{USER}:{self.password}@127.0.0.1:{self.port}/{quote(vhost, safe='')}"

    def accepts(self) -> bool:
        """Whether somebody listens on its port."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture(scope="session")
def rabbit_server() -> Iterator[RabbitServer]:
    """The session's node (one per xdist worker); without RabbitMQ tests fail, never skip."""
    binaries = find(RABBITMQ)
    if binaries is None:
        pytest.fail(how_to_get(RABBITMQ), pytrace=False)
    server = RabbitServer(binaries)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def amqp_url(rabbit_server: RabbitServer) -> Iterator[str]:
    """The URL of a virtual host nobody has used before, deleted afterwards."""
    if not rabbit_server.accepts():
        rabbit_server.start()
    vhost = f"test-{secrets.token_hex(6)}"
    rabbit_server.ctl("add_vhost", vhost)
    rabbit_server.ctl("set_permissions", "-p", vhost, USER, ".*", ".*", ".*")
    yield rabbit_server.url(vhost)
    if rabbit_server.accepts():
        rabbit_server.ctl("delete_vhost", vhost)


def eventually(seconds: float, holds: Callable[[], bool], said: Callable[[], str] = lambda: "") -> None:
    """Wait until `holds()` is true, or fail with what was said."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {seconds} s: {said()}")
        time.sleep(0.05)
