"""One private MongoDB per test session, and a fresh database per test; a real server's where DUDAO_MONGO_URI says."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pymongo import MongoClient

from services.cli.cluster.mongo import MongoServer


@pytest.fixture(scope="session")
def mongo_address() -> Iterator[str]:
    """Of the session's server (one per xdist worker), or of the real one that DUDAO_MONGO_URI names."""
    given = os.environ.get("DUDAO_MONGO_URI")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="dudao-mongo-"))
    server = MongoServer(folder, password="")
    try:
        server.start()
        yield server.url()
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def mongo_url(mongo_address: str) -> Iterator[str]:
    """The URL of a database nobody has used before, dropped afterwards; to be opened as a rehearsal."""
    database = f"test_{secrets.token_hex(8)}"
    yield in_database(mongo_address, database)
    with MongoClient(mongo_address) as client:
        client.drop_database(database)


def in_database(address: str, database: str) -> str:
    """The same address with another database; its user stays where it was kept."""
    before, _, options = address.partition("?")
    scheme, _, rest = before.partition("://")
    hosts, _, kept_in = rest.partition("/")
    named = [f"authSource={kept_in or 'admin'}"] if "@" in hosts and "authsource" not in options.lower() else []
    return f"{scheme}://{hosts}/{database}?{'&'.join([*filter(None, [options]), *named])}"
