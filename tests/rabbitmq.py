"""One private RabbitMQ node per test session, and a fresh virtual host per test."""

import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.cli.cluster.rabbitmq import USER, RabbitServer
from services.cli.system_packages import RABBITMQ, find, how_to_get


@pytest.fixture(scope="session")
def rabbit_server() -> Iterator[RabbitServer]:
    """The session's node (one per xdist worker); without RabbitMQ tests fail, never skip."""
    binaries = find(RABBITMQ)
    if binaries is None:
        pytest.fail(how_to_get(RABBITMQ), pytrace=False)
    folder = Path(tempfile.mkdtemp(prefix="dudao-mq-"))
    server = RabbitServer(binaries, folder, secrets.token_hex(16))
    try:
        server.start()
        yield server
    finally:
        server.kill()
        server.end_epmd()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def amqp_url(rabbit_server: RabbitServer) -> Iterator[str]:
    """The URL of a virtual host nobody has used before, deleted afterwards."""
    if not rabbit_server.accepts():
        rabbit_server.start()
    vhost = f"test-{secrets.token_hex(6)}"
    found_vhost(rabbit_server, vhost)
    yield rabbit_server.url(vhost)
    if rabbit_server.accepts():
        rabbit_server.ctl("delete_vhost", vhost)


def found_vhost(server: RabbitServer, vhost: str) -> None:
    """A virtual host in which the project's user may do everything."""
    server.ctl("add_vhost", vhost)
    server.ctl("set_permissions", "-p", vhost, USER, ".*", ".*", ".*")


def eventually(seconds: float, holds: Callable[[], bool], said: Callable[[], str] = lambda: "") -> None:
    """Wait until `holds()` is true, or fail with what was said."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {seconds} s: {said()}")
        time.sleep(0.05)
