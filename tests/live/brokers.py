"""Three RabbitMQ nodes in one cluster, on loopback or each in a network namespace whose cable can be pulled."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pika
import pytest

from services.cli.cluster.rabbitmq import LOOPBACK, Ports, RabbitServer
from services.cli.ports import quiet_port
from services.cli.system_packages import IPROUTE, RABBITMQ, find, how_to_get

PARTITIONS = ("cluster_partition_handling = pause_minority", "net_ticktime = 8")
"""What a cluster in production needs too: a node that is cut off must be missed within seconds, and stop by itself."""
VHOST = "/"


class Brokers:
    """A cluster of three; every queue of the project has a member on each."""

    def __init__(self, folder: Path, addresses: Sequence[str], inside: Sequence[Sequence[str]]) -> None:
        binaries = find(RABBITMQ)
        assert binaries, how_to_get(RABBITMQ)
        password, cookie, epmd = secrets.token_hex(16), secrets.token_hex(16), quiet_port()
        self.nodes: list[RabbitServer] = []
        for number, (address, prefix) in enumerate(zip(addresses, inside, strict=True)):
            place = folder / str(number)
            place.mkdir()
            ports = Ports(quiet_port(), quiet_port(), epmd)
            (place / "ports.json").write_bytes(msgspec.json.encode(ports))
            (place / ".erlang.cookie").write_text(cookie, encoding="ascii")
            (place / ".erlang.cookie").chmod(0o400)
            self.nodes.append(RabbitServer(binaries, place, password, address, inside=prefix, more=PARTITIONS))

    def start(self) -> None:
        """Start the first, and let the others join it."""
        first, *others = self.nodes
        first.start()
        for node in others:
            node.start()
            for words in (("stop_app",), ("join_cluster", first.node), ("start_app",)):
                node.ctl(*words)

    @property
    def url(self) -> str:
        """All nodes, as DUDAO_AMQP_URL names them."""
        return ",".join(node.url(VHOST) for node in self.nodes)

    def channel(self, number: int = 0) -> pika.adapters.blocking_connection.BlockingChannel:
        """A channel with confirms to one node."""
        channel = pika.BlockingConnection(pika.URLParameters(self.nodes[number].url(VHOST))).channel()
        channel.confirm_delivery()
        return channel

    def close(self) -> None:
        """Everything ends at once."""
        for node in self.nodes:
            node.kill()
            node.end_epmd()


@contextmanager
def brokers_at(addresses: Sequence[str], inside: Sequence[Sequence[str]]) -> Iterator[Brokers]:
    """A running cluster for the length of a block."""
    folder = Path(tempfile.mkdtemp(prefix="dudao-mq3-"))
    brokers = Brokers(folder, addresses, inside)
    try:
        brokers.start()
        yield brokers
    finally:
        brokers.close()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def three_brokers() -> Iterator[Brokers]:
    """A cluster on loopback."""
    with brokers_at([LOOPBACK] * 3, [()] * 3) as brokers:
        yield brokers


# --- networks ---------------------------------------------------------------------------------------


class Cables:
    """A bridge and three namespaces; the names hold a random word, so that nobody else's are touched."""

    def __init__(self) -> None:
        word, net = secrets.token_hex(2), f"10.{100 + secrets.randbelow(100)}.{secrets.randbelow(250)}"
        self.bridge, self.spaces = f"dud{word}", [f"dud{word}n{number}" for number in range(3)]
        self.addresses = [f"{net}.{number + 2}" for number in range(3)]
        self._own = f"{net}.1"

    def lay(self) -> None:
        """Everybody reaches everybody."""
        ip("link", "add", self.bridge, "type", "bridge")
        ip("addr", "add", f"{self._own}/24", "dev", self.bridge)
        ip("link", "set", self.bridge, "up")
        for space, address in zip(self.spaces, self.addresses, strict=True):
            ip("netns", "add", space)
            ip("link", "add", f"{space}h", "type", "veth", "peer", "name", "eth0", "netns", space)
            ip("link", "set", f"{space}h", "master", self.bridge, "up")
            for words in (f"addr add {address}/24 dev eth0", "link set eth0 up", "link set lo up"):
                ip("-n", space, *words.split())

    def pull(self, number: int) -> None:
        """One node is cut off from the others and from us; nobody is told."""
        ip("link", "set", f"{self.spaces[number]}h", "nomaster")

    def plug(self, number: int) -> None:
        """And back."""
        ip("link", "set", f"{self.spaces[number]}h", "master", self.bridge)

    def reaches(self, node: RabbitServer) -> bool:
        """Whether a connection to the node comes about within a second."""
        try:
            socket.create_connection((node.address, node.ports.amqp), timeout=1).close()
        except OSError:
            return False
        return True

    def remove(self) -> None:
        """Nothing of it stays."""
        for space in self.spaces:
            subprocess.run(["ip", "netns", "del", space], check=False, capture_output=True)
        subprocess.run(["ip", "link", "del", self.bridge], check=False, capture_output=True)


def ip(*words: str) -> None:
    """One command of iproute2."""
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


@pytest.fixture(scope="module")
def cables() -> Iterator[Cables]:
    """Networks for three nodes; without root there are none, and the test says so."""
    if find(IPROUTE) is None:
        pytest.fail(how_to_get(IPROUTE), pytrace=False)
    if os.geteuid() != 0:
        pytest.skip("network namespaces need root")
    laid = Cables()
    try:
        laid.lay()
        yield laid
    finally:
        laid.remove()


@pytest.fixture(scope="module")
def scattered_brokers(cables: Cables) -> Iterator[Brokers]:
    """A cluster whose nodes each have a network of their own."""
    with brokers_at(cables.addresses, [("ip", "netns", "exec", space) for space in cables.spaces]) as brokers:
        yield brokers
