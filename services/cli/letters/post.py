"""Where parked letters lie: in the folder of an embedded deployment, or in the schemas of a running one."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from eventsourcing.persistence import PersistenceError

from services.chassis.announcing import all_letters
from services.chassis.application import ServiceApplication
from services.chassis.clock import system_clock
from services.chassis.directory import Directory
from services.chassis.identity import TokenReader, new_key
from services.chassis.log_postgres import PostgresLogs
from services.chassis.log_postgres_schema import version_of
from services.chassis.log_sqlite import SQLiteLogs
from services.chassis.memos import Memos
from services.chassis.secret_files import told
from services.chassis.town import REGISTRY
from services.chassis.vault import SQLiteRows
from services.cli.cluster.plan import private_key_in, seal_keys_of
from services.cli.cluster.verbs import running_in
from services.cli.deployment import names_in, owned
from services.cli.letters.doors import Submit, at_the_doors
from services.cli.scenario.names import Names
from services.cli.speaking import Wrong
from services.cli.wiring import SERVICES


class Place(NamedTuple):
    """What was said about where the deployment is."""

    data: Path
    url: str | None = None
    key: Path | None = None

    @property
    def log_url(self) -> str | None:
        """The server's URL: given, of the cluster that runs in the folder, or told where the folder has no data.

        None for an embedded deployment.
        """
        running = None if self.url else running_in(self.data)
        found = self.url or (running.log_url if running else None)
        return found or (None if _logs_in(self.data) else told(os.environ).get("DUDAO_LOG_URL"))

    @property
    def submit(self) -> Submit:
        """How a person's command gets to the server's services."""
        running = running_in(self.data)
        return at_the_doors(self.key or private_key_in(self.data), running.amqp_url if running else None)


class Post(NamedTuple):
    """The services of a deployment in the hands of somebody who works letters off, and who is who there."""

    services: Mapping[str, ServiceApplication]
    directory: Directory
    names: Names
    submit: Submit


@contextmanager
def to_read(place: Place) -> Iterator[Mapping[str, Memos]]:
    """The memos of each service, beside whoever writes them; raises Wrong DATA_NOT_FOUND, SERVER_UNREACHABLE."""
    with ExitStack() as stack, reaching():
        opened = _on_server(place.log_url) if place.log_url else _in_folder(place.data)
        for logs in opened.values():
            stack.callback(logs.close)
        yield {name: logs.log for name, logs in opened.items()}


@contextmanager
def to_work(place: Place, keys_of: str | None = None) -> Iterator[Post]:
    """The services themselves; what follows is carried on. Raises as `to_read`, and Refused LOG_OWNED.

    `keys_of` is the service whose keys of sealed texts DUDAO_SEAL_KEYS names, as in a process of that service.
    """
    with reaching():
        if place.log_url:
            with _applications(place, place.log_url, keys_of) as post:
                yield post
            return
        with to_read(place):
            pass  # refuses a folder without data, instead of founding a deployment in it
        with owned(place.data) as opened:
            town = opened.deployment.town
            yield Post(town.services, town.directory, opened.names, town.submit)
            town.settle()


@contextmanager
def reaching() -> Iterator[None]:
    """A server that cannot be reached is said to be so."""
    try:
        yield
    except (psycopg.Error, PersistenceError) as error:
        raise Wrong("SERVER_UNREACHABLE", f"连不上日志数据库：{error}") from None


def _logs_in(data: Path) -> list[str]:
    return [name for name in SERVICES if (data / f"{name}.sqlite").exists()]


def _in_folder(data: Path) -> dict[str, Any]:
    names = _logs_in(data)
    if not names:
        raise Wrong("DATA_NOT_FOUND", f"文件夹“{data}”里没有数据，也没有在运行的集群")
    return {name: SQLiteLogs(data / f"{name}.sqlite", owner=False) for name in names}


def _on_server(url: str) -> dict[str, Any]:
    """Only the services that have a log there: looking must not lay out tables."""
    with psycopg.connect(url, connect_timeout=5) as connection:
        names = [name for name in SERVICES if version_of(connection, name)]
    if not names:
        raise Wrong("DATA_NOT_FOUND", "这个数据库里没有任何服务的日志")
    return {name: PostgresLogs(url, schema=name) for name in names}


@contextmanager
def _applications(place: Place, url: str, keys_of: str | None) -> Iterator[Post]:
    tokens = TokenReader(new_key(), system_clock)  # nobody sends a command here: a policy acts for itself
    with ExitStack() as stack:
        services: dict[str, ServiceApplication] = {}
        for name, logs in _on_server(url).items():
            keys = _keys(_where(place, name, keys_of), stack.callback)
            services[name] = SERVICES[name](logs, tokens, system_clock, _algorithm(), keys)
            stack.callback(services[name].close)
        if REGISTRY not in services:
            raise Wrong("DATA_NOT_FOUND", "这个数据库里没有登记服务的日志，认不出人员")
        directory = Directory(services[REGISTRY].reference)
        for letter in all_letters(services[REGISTRY].recorder, REGISTRY):
            directory.hear(letter)
        yield Post(services, directory, names_in(place.data), place.submit)


def _where(place: Place, name: str, keys_of: str | None) -> Path:
    given = os.environ.get("DUDAO_SEAL_KEYS") if name == keys_of else None
    return Path(given) if given else seal_keys_of(place.data, name)


class KeysElsewhere:
    """Raises an error, no refusal: that would be an outcome, and the letter must stay parked until they are here."""

    def __getattr__(self, _: str) -> Any:
        raise FileNotFoundError("the keys of sealed texts are not here")


def _keys(path: Path, at_the_end: Callable[..., Any]) -> Any:
    """The keys that lie beside a cluster."""
    if not path.exists():
        return KeysElsewhere()
    rows = SQLiteRows(path)
    at_the_end(rows.close)
    return rows


def _algorithm() -> str:
    """As the deployment's own processes are told."""
    return os.environ.get("DUDAO_ALGORITHM", "sha256")
