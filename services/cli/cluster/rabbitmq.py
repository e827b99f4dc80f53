"""A RabbitMQ node of our own: on loopback, with a folder, an epmd and a cookie that nobody else has.

Fault tests put several into one cluster, each in a network of its own.
"""

import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import msgspec

from services.cli.ports import quiet_ports
from services.cli.throwaway_postgres import ends_with_its_parent

START_SECONDS = 60
USER = "dudao"
LOOPBACK = "127.0.0.1"


class Ports(msgspec.Struct, frozen=True):
    """Kept beside the data, because the node's name, and with it its data, hangs on them."""

    amqp: int
    dist: int
    epmd: int


class RabbitServer:
    """A real node; fault tests may kill it. A folder that was used before is used again.

    `inside` is put before each command, as `ip netns exec NAME`; `more` are further lines of rabbitmq.conf.
    """

    def __init__(
        self, binaries: Path, folder: Path, password: str, address: str = LOOPBACK, *,
        inside: Sequence[str] = (), more: Sequence[str] = (),
    ) -> None:
        self.binaries, self.folder, self.password = binaries, folder, password
        self.address, self._inside, self._more = address, tuple(inside), tuple(more)
        folder.mkdir(parents=True, exist_ok=True)
        self.ports = self._kept_ports()
        self.node = f"dudao{self.ports.amqp}@{'localhost' if address == LOOPBACK else address}"
        self.process: subprocess.Popen[bytes] | None = None
        cookie = folder / ".erlang.cookie"
        if not cookie.exists():
            cookie.write_text(secrets.token_hex(16), encoding="ascii")
            cookie.chmod(0o400)
        (folder / "plugins").write_text("[].\n", encoding="ascii")
        (folder / "rabbitmq.conf").write_text(self._settings(), encoding="ascii")

    def _kept_ports(self) -> Ports:
        file = self.folder / "ports.json"
        if not file.exists():
            file.write_bytes(msgspec.json.encode(Ports(*quiet_ports(3))))
        return msgspec.json.decode(file.read_bytes(), type=Ports)

    def _settings(self) -> str:
        lines = (
            f"listeners.tcp.1 = {self.address}:{self.ports.amqp}",
            f"default_user = {USER}", f"default_pass = {self.password}",
            "vm_memory_high_watermark.absolute = 256MB", "disk_free_limit.absolute = 50MB",
            *self._more,
        )
        return "\n".join(lines) + "\n"

    @property
    def _erlang(self) -> str:
        return f"-kernel inet_dist_use_interface {{{self.address.replace('.', ',')}}} +S 2:2 +sbwt none"

    @property
    def environment(self) -> dict[str, str]:
        """What keeps the node apart from any other on this machine."""
        own = {
            "HOME": self.folder, "ERL_EPMD_PORT": self.ports.epmd, "ERL_EPMD_ADDRESS": self.address,
            "RABBITMQ_NODENAME": self.node, "RABBITMQ_USE_LONGNAME": str(self.address != LOOPBACK).lower(),
            "RABBITMQ_NODE_PORT": self.ports.amqp, "RABBITMQ_DIST_PORT": self.ports.dist,
            "RABBITMQ_NODE_IP_ADDRESS": self.address, "RABBITMQ_MNESIA_BASE": self.folder / "mnesia",
            "RABBITMQ_LOG_BASE": self.folder / "log", "RABBITMQ_PID_FILE": self.folder / "pid",
            "RABBITMQ_ENABLED_PLUGINS_FILE": self.folder / "plugins",
            "RABBITMQ_CONFIG_FILE": self.folder / "rabbitmq.conf",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": self._erlang,
            "RABBITMQ_CONF_ENV_FILE": self.folder / "none", "LANG": "C.UTF-8",
            "ERL_EPMD_RELAXED_COMMAND_CHECK": "1",  # epmd may be ended although it still knows a killed node
        }
        return {"PATH": os.environ["PATH"], **{name: str(value) for name, value in own.items()}}

    def start(self) -> None:
        """Start and wait until it accepts AMQP."""
        command = [*self._inside, *ends_with_its_parent(), str(self.binaries / "rabbitmq-server")]
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
        command = [*self._inside, str(self.binaries / "rabbitmqctl"), "-q", "-n", self.node, *arguments]
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

    def stop(self) -> None:
        """End in good order, at most START_SECONDS; its epmd ends too."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(START_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        self.end_epmd()

    def end_epmd(self) -> None:
        """The daemon by which Erlang finds nodes outlives them unless told."""
        subprocess.run([*self._inside, "epmd", "-kill"], env=self.environment, capture_output=True, check=False)

    def url(self, vhost: str) -> str:
        """An AMQP URL over loopback."""
        return f"amqp://{USER}:{self.password}@{self.address}:{self.ports.amqp}/{quote(vhost, safe='')}"

    def accepts(self) -> bool:
        """Whether it takes connections."""
        with socket.socket() as probe:
            return probe.connect_ex((self.address, self.ports.amqp)) == 0
