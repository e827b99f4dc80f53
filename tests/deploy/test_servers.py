"""What the deployment tells its servers, told to real ones."""

import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from services.cli.cluster.rabbitmq import RabbitServer
from services.cli.ports import quiet_port
from services.cli.secret_files import USER, WRITER, Hosts, minted
from services.cli.system_packages import POSTGRESQL, RABBITMQ
from services.cli.throwaway_postgres import PostgresServer
from tests.deploy.reading import ROOT
from tests.deploy.watching import binary

DEPLOY = ROOT / "deploy"


@pytest.fixture
def rabbit() -> Iterator[RabbitServer]:
    """A node that is told what deploy/rabbitmq says, with the minted user and ports of this test."""
    folder = Path(tempfile.mkdtemp(prefix="dudao-mq-"))
    node = RabbitServer(Path(binary(RABBITMQ, "")), folder, "unused")
    told = (DEPLOY / "rabbitmq/rabbitmq.conf").read_text() + minted(Hosts())["rabbitmq_user.conf"]
    told = told.replace("tcp.default = 5672", f"tcp.default = {node.ports.amqp}").replace("15692", str(quiet_port()))
    (folder / "rabbitmq.conf").write_text(told)
    shutil.copy(DEPLOY / "rabbitmq/enabled_plugins", folder / "plugins")
    try:
        node.start()
        yield node
    finally:
        node.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow
def test_rabbitmq_starts_with_our_user_on_our_virtual_host_and_no_other(rabbit: RabbitServer) -> None:
    assert rabbit.ctl("list_vhosts", "--no-table-headers").split() == ["dudao"]
    (user,) = rabbit.ctl("list_users", "--no-table-headers").splitlines()
    assert user.split("\t")[0] == USER
    assert rabbit.ctl("list_permissions", "-p", "dudao").split()[-4:] == [USER, ".*", ".*", ".*"]
    assert "rabbitmq_prometheus" in rabbit.ctl("eval", "rabbit_plugins:active().")


@pytest.mark.slow
def test_postgresql_takes_our_settings_and_makes_the_account_of_the_services() -> None:
    server = PostgresServer(Path(binary(POSTGRESQL, "")))
    password = secrets.token_hex(8)
    try:
        server.create()
        settings = [line for line in (DEPLOY / "postgres/postgresql.conf").read_text().splitlines() if " = " in line]
        told = dict(line.partition("#")[0].replace("'", "").split(" = ", 1) for line in settings)
        told.pop("listen_addresses")
        server.start(**{name: value.strip() for name, value in told.items()} | {"shared_buffers": "32MB"})
        server.execute("CREATE DATABASE dudao")
        psql = [binary(POSTGRESQL, "psql"), "-v", "ON_ERROR_STOP=1", "-v", f"password={password}", "-q",
                "-f", str(DEPLOY / "postgres/writer.sql"), server.url("dudao")]
        subprocess.run(psql, check=True, capture_output=True)
        writer = f"postgresql://{WRITER}:{password}@127.0.0.1:{urlsplit(server.url()).port}/dudao"
        with psycopg.connect(writer) as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("on",)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("CREATE SCHEMA mine")
    finally:
        server.remove()
