"""Tables are made by their owner; the account of the services adds records and can change none."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest

from services.chassis.identity import new_key
from services.chassis.life_cycle import Refused
from services.chassis.log_postgres import PostgresLogs
from services.chassis.log_postgres_grants import migrate_for
from services.registry.application import Registry
from tests.architecture.planting import ROOT
from tests.live.parish import place, signer_and_reader, submission


@pytest.fixture
def writer_url(postgres_url: str) -> Iterator[str]:
    """The URL of an account that may log in and nothing else, made as deploy/postgres/writer.sql makes it."""
    name, parts = f"writer_{secrets.token_hex(4)}", urlsplit(postgres_url)
    with psycopg.connect(postgres_url, autocommit=True) as owner:
        owner.execute(f"CREATE ROLE {name} LOGIN NOSUPERUSER NOINHERIT PASSWORD 'x9-Pw3'".encode())
        owner.execute(f"REVOKE ALL ON DATABASE {parts.path[1:]} FROM PUBLIC".encode())
        owner.execute(f"GRANT CONNECT ON DATABASE {parts.path[1:]} TO {name}".encode())
    yield f"postgresql://{name}:x9-Pw3@{parts.hostname}:{parts.port}{parts.path}"
    with psycopg.connect(postgres_url, autocommit=True) as owner:
        owner.execute(f"DROP OWNED BY {name}; DROP ROLE {name}".encode())


def test_without_a_migration_a_service_does_not_start_and_makes_no_table(writer_url: str, postgres_url: str) -> None:
    with pytest.raises(Refused) as refused:
        PostgresLogs(writer_url, schema="registry")
    assert refused.value.code == "LOG_NOT_MIGRATED"
    with psycopg.connect(postgres_url) as owner:
        assert owner.execute("SELECT to_regclass('registry.stored_events')").fetchone() == (None,)


def test_after_the_migration_the_writer_adds_and_changes_nothing(writer_url: str, postgres_url: str) -> None:
    name = urlsplit(writer_url).username or ""
    migrate_for(postgres_url, "registry", name)
    migrate_for(postgres_url, "registry", name)
    signer, reader = signer_and_reader(new_key())
    service = Registry(PostgresLogs(writer_url, schema="registry"), reader)
    assert service.execute(submission(signer, place(100001))).position == 1
    service.close()
    with psycopg.connect(writer_url, autocommit=True) as writer:
        for attack in (
            "UPDATE registry.stored_events SET state = ''", "DELETE FROM registry.stored_events",
            "TRUNCATE registry.stored_events", "DROP TABLE registry.stored_events",
            "CREATE TABLE registry.mine (x int)",
            "UPDATE registry.schema_version SET version = 0", "CREATE SCHEMA mine",
        ):
            with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedTable)):
                writer.execute(attack.encode())
        assert writer.execute("SELECT count(*) FROM registry.stored_events").fetchone() == (1,)


def test_the_owner_is_refused_as_the_account_of_the_services(postgres_url: str) -> None:
    with pytest.raises(Refused) as refused:
        migrate_for(postgres_url, "registry", urlsplit(postgres_url).username or "")
    assert refused.value.code == "WRITER_OWNS_LOG"


@pytest.mark.slow
def test_the_verb_migrates_every_log_and_tells_their_versions(writer_url: str, postgres_url: str) -> None:
    verb = [sys.executable, "-m", "services.cli", "log", "migrate", "--writer", urlsplit(writer_url).username or ""]
    done = subprocess.run(
        verb, cwd=ROOT, env={**os.environ, "DUDAO_LOG_URL": postgres_url}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "registry" in done.stdout and "accountability" in done.stdout
    PostgresLogs(writer_url, schema="accountability").close()
