"""One private PostgreSQL server per test session, and a fresh database per test."""

import secrets
from collections.abc import Iterator

import pytest

from services.cli.system_packages import POSTGRESQL, find, how_to_get
from services.cli.throwaway_postgres import PostgresServer


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The session's server (one per xdist worker); without PostgreSQL tests fail, never skip."""
    binaries = find(POSTGRESQL)
    if binaries is None:
        pytest.fail(how_to_get(POSTGRESQL), pytrace=False)
    server = PostgresServer(binaries)
    try:
        server.create()
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The URL of a database nobody has used before, dropped afterwards."""
    database = f"test_{secrets.token_hex(8)}"
    postgres_server.execute(f"CREATE DATABASE {database} TEMPLATE template0")
    yield postgres_server.url(database)
    postgres_server.execute(f"DROP DATABASE {database} WITH (FORCE)")
