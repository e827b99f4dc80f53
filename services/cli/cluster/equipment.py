"""What a cluster stands on: PostgreSQL, RabbitMQ and the shelves of the readers, our own or those that are named."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from services.chassis.life_cycle import Refused
from services.cli.cluster.mongo import MongoServer
from services.cli.cluster.plan import secrets_in
from services.cli.cluster.postgres import KeptPostgres
from services.cli.cluster.rabbitmq import USER, RabbitServer
from services.cli.cluster.servers import Named, Own, Server
from services.cli.system_packages import POSTGRESQL, RABBITMQ, SystemPackage, find, how_to_get

VHOST = DATABASE = "dudao"
PG_URI, AMQP_URI, MONGO_URI = "DUDAO_PG_URI", "DUDAO_AMQP_URI", "DUDAO_MONGO_URI"


class Equipment(NamedTuple):
    """The servers, in the order in which they are started."""

    postgres: Server
    rabbit: Server
    shelves: Server

    def open(self) -> None:
        """Start what is ours; raises what kept a server from starting."""
        for server in self:
            server.open()

    def close(self) -> None:
        """Stop what is ours, in reverse order."""
        for server in reversed(self):
            server.close()


def needed(environment: Mapping[str, str]) -> tuple[SystemPackage, ...]:
    """The system software of those servers that the environment does not name."""
    wanted = {PG_URI: POSTGRESQL, AMQP_URI: RABBITMQ}
    return tuple(package for name, package in wanted.items() if not environment.get(name))


def equipment_of(folder: Path, environment: Mapping[str, str]) -> Equipment:
    """What stands behind the cluster in a folder; raises Refused SYSTEM_PACKAGE_MISSING."""
    def named_or(name: str, own: Callable[[Path], Server]) -> Server:
        given = environment.get(name)
        return Named(given) if given else own(folder)

    return Equipment(named_or(PG_URI, _postgres), named_or(AMQP_URI, _rabbit), named_or(MONGO_URI, _shelves))


def _postgres(folder: Path) -> Server:
    server = KeptPostgres(_found(POSTGRESQL), folder / "postgres", secrets_in(folder).postgres)
    return Own(server, server.url)


def _rabbit(folder: Path) -> Server:
    server = RabbitServer(_found(RABBITMQ), folder / "rabbitmq", secrets_in(folder).rabbitmq)

    def prepare() -> str:
        if VHOST not in server.ctl("list_vhosts").split():
            server.ctl("add_vhost", VHOST)
            server.ctl("set_permissions", "-p", VHOST, USER, ".*", ".*", ".*")
        return server.url(VHOST)
    return Own(server, prepare)


def _shelves(folder: Path) -> Server:
    """SecantusDB in the place of a MongoDB replica set: good for one machine and for rehearsing, not to rely on."""
    server = MongoServer(folder / "mongo", secrets_in(folder).mongo)
    return Own(server, lambda: server.url(DATABASE))


def _found(package: SystemPackage) -> Path:
    folder = find(package)
    if folder is None:
        raise Refused("SYSTEM_PACKAGE_MISSING", how_to_get(package))
    return folder
