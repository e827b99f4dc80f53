"""Stages of a rehearsal: fresh databases, a fresh virtual host and a clock of its own for every play.

The processes stay; told by SIGHUP they open everything anew on the stage that `stage.json` describes.
"""

import os
import shutil
import signal
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

import msgspec
import psycopg
from pymongo import MongoClient

from services.chassis.clock import write_clock
from services.cli.cluster.plan import Running, secrets_in
from services.cli.cluster.probing import until_on_stage
from services.cli.cluster.rabbitmq import USER, RabbitServer
from services.cli.speaking import Wrong
from services.cli.system_packages import RABBITMQ, find

PERMITTED = 'rabbit_auth_backend_internal:set_permissions(<<"{user}">>, V, A, A, A, <<"{user}">>)'
FRESH_HOST = (
    'V = <<"{fresh}">>, A = <<".*">>, rabbit_vhost:add(V, <<"{user}">>), ' + PERMITTED +
    ', case rabbit_vhost:exists(<<"{gone}">>) of true -> rabbit_vhost:delete(<<"{gone}">>, <<"{user}">>); '
    "_ -> ok end."
)
"""One start of rabbitmqctl instead of three."""


class Stage(NamedTuple):
    """One stage: its number, and the settings that its processes are told."""

    number: int
    settings: Mapping[str, str]

    @property
    def clock_file(self) -> Path:
        """The clock that all its processes read."""
        return Path(self.settings["DUDAO_CLOCK_FILE"])


def stage_in(folder: Path) -> Stage | None:
    """The stage that a cluster plays on, None before its first."""
    file = folder / "stage.json"
    if not file.exists():
        return None
    settings = msgspec.json.decode(file.read_bytes(), type=dict[str, str])
    return Stage(int(settings["DUDAO_STAGE"]), settings)


def _described(folder: Path, running: Running, number: int, instant: datetime) -> Stage:
    """Describe a stage; it is whole in the file or not there."""
    own = folder / "stages" / str(number)
    own.mkdir(parents=True, exist_ok=True)
    write_clock(own / "clock", instant)
    host = host_of(number)
    settings = {
        "DUDAO_STAGE": str(number), "DUDAO_CLOCK_FILE": str(own / "clock"),
        "DUDAO_SEAL_KEYS": str(own / "sealed.sqlite"),
        "DUDAO_LOG_URL": named(running.log_url, host), "DUDAO_AMQP_URL": named(running.amqp_url, quote(host)),
        "DUDAO_CASEBOOK_URL": shelf(running.casebook_url, host, own),
        "DUDAO_PAGES_URL": shelf(running.pages_url, host, own),
    }
    draft = folder / "stage.json.new"
    draft.touch(0o600)
    draft.write_bytes(msgspec.json.encode(settings))
    draft.replace(folder / "stage.json")
    return Stage(number, settings)


def host_of(number: int) -> str:
    """The name of a stage's databases and virtual host; none was ever played on stage 0."""
    return f"stage_{max(number, 0)}"


def named(url: str, name: str) -> str:
    """The same server, another database or virtual host."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def shelf(url: str, name: str, own: Path) -> str:
    """The same kind of store, for one stage."""
    if urlsplit(url).scheme == "sqlite":
        return f"sqlite://{own / Path(urlsplit(url).path).name}"
    return named(url, name)


def fresh_stage(folder: Path, running: Running, instant: datetime) -> Stage:
    """A stage nobody has played on, with every process on it.

    Raises Wrong CLUSTER_NOT_REHEARSAL, CLUSTER_NOT_READY.
    """
    if not running.rehearsal:
        raise Wrong("CLUSTER_NOT_REHEARSAL", "这套集群不供演练，时钟不能拨动；演练用 dudao cluster up --rehearsal")
    stage = prepared(folder, running, instant)
    os.kill(running.supervisor, signal.SIGHUP)
    until_on_stage(running.workers, stage.number)
    return stage


def prepared(folder: Path, running: Running, instant: datetime) -> Stage:
    """The next stage, empty, described for processes that start from now on; the one before the last is dropped."""
    before = stage_in(folder)
    number = before.number + 1 if before else 1
    _fresh_database(running.log_url, number)
    _fresh_host(folder, number)
    _drop_shelves(running.casebook_url, number - 2)
    shutil.rmtree(folder / "stages" / str(number - 2), ignore_errors=True)
    return _described(folder, running, number, instant)


def _fresh_database(log_url: str, number: int) -> None:
    with psycopg.connect(log_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {host_of(number - 2)} WITH (FORCE)".encode())
        connection.execute(f"DROP DATABASE IF EXISTS {host_of(number)} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {host_of(number)} TEMPLATE template0".encode())


def _drop_shelves(url: str, number: int) -> None:
    """Files go with the folder of their stage."""
    if urlsplit(url).scheme != "sqlite":
        client: MongoClient[Any] = MongoClient(url)
        with client:
            client.drop_database(host_of(number))


def _fresh_host(folder: Path, number: int) -> None:
    binaries = find(RABBITMQ)
    if binaries is None or not (folder / "rabbitmq" / "ports.json").exists():
        raise Wrong("BROKER_NAMED", "演练须用集群自己的 RabbitMQ：每一场要有自己的虚拟主机")
    server = RabbitServer(binaries, folder / "rabbitmq", secrets_in(folder).rabbitmq)
    server.ctl("eval", FRESH_HOST.format(fresh=host_of(number), gone=host_of(number - 2), user=USER))
