"""Each log adapter with its two rivals: our logs, the raw driver and the library's own, on the same disk or server."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import psycopg

from services.chassis.log_postgres import PostgresLogs
from services.chassis.log_sqlite import SQLiteLogs
from services.cli.bench.ledgers import registered, service
from services.cli.bench.library import Library
from services.cli.bench.raw import RawPostgres, RawSQLite
from services.cli.system_packages import POSTGRESQL, find, how_to_get
from services.cli.throwaway_postgres import PostgresServer


class Adapter(NamedTuple):
    """A service on our log, the bare driver, and the library, all with durable commits."""

    name: str
    app: Any
    raw: RawSQLite
    library: Library


@contextmanager
def adapters() -> Iterator[list[Adapter]]:
    """Both adapters, in a folder and on a server that are gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="dudao-bench-")))
        url = stack.enter_context(postgres())
        found = [_sqlite(folder), _postgres(url)]
        for adapter in found:
            stack.callback(adapter.raw.close)
            stack.callback(adapter.library.app.close)
            stack.callback(adapter.app.close)
        yield found


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a throwaway server; raises RuntimeError without PostgreSQL."""
    binaries = find(POSTGRESQL)
    if binaries is None:
        raise RuntimeError(how_to_get(POSTGRESQL))
    server = PostgresServer(binaries)
    try:
        server.create()
        server.start()
        yield server.url()
    finally:
        server.remove()


def _sqlite(folder: Path) -> Adapter:
    app = service(SQLiteLogs(folder / "ours.sqlite"))
    library = Library({
        "PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(folder / "library.sqlite"),
    })
    return Adapter("sqlite", app, RawSQLite(folder / "raw.sqlite", _sample(app), folder / "ours.sqlite"), library)


def _postgres(url: str) -> Adapter:
    app = service(PostgresLogs(url, schema="rectification"))
    where = psycopg.conninfo.conninfo_to_dict(url)
    library = Library({
        "PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_DBNAME": str(where["dbname"]),
        "POSTGRES_HOST": str(where["host"]), "POSTGRES_PORT": str(where["port"]),
        "POSTGRES_USER": str(where["user"]), "POSTGRES_PASSWORD": str(where["password"]),
        "POSTGRES_POOL_SIZE": "10", "POSTGRES_MAX_OVERFLOW": "60",
    })
    return Adapter("postgres", app, RawPostgres(url, _sample(app)), library)


def _sample(app: Any) -> tuple[str, bytes]:
    """Topic and bytes of one real record, so that the raw driver stores as much."""
    registered(app, 1)
    row = app.recorder.select_notifications(2, 1)[0]
    return row.topic, row.state
