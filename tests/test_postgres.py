"""The private PostgreSQL server: real, durable, and fresh for every test."""

import psycopg
import pytest

from tests.postgres import PostgresServer


def test_a_committed_row_is_read_back_by_another_connection(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as writer:
        writer.execute("CREATE TABLE letters (position bigint PRIMARY KEY)")
        writer.execute("INSERT INTO letters VALUES (812)")
    with psycopg.connect(postgres_url) as reader:
        assert reader.execute("SELECT position FROM letters").fetchall() == [(812,)]


@pytest.mark.parametrize("round_", [1, 2])
def test_every_test_gets_an_empty_database(postgres_url: str, round_: int) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE only_once (n int)")


def test_the_server_is_durable_and_recent(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
        assert connection.info.server_version >= 130000


def test_the_server_is_reached_by_unix_socket_too(postgres_server: PostgresServer) -> None:
    where = {"host": str(postgres_server.folder), "port": postgres_server.port}
    who = {"user": "dudao", "password": postgres_server.password, "dbname": "postgres"}
    with psycopg.connect(**where, **who) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_the_server_is_ended_and_its_folder_removed(postgres_server: PostgresServer) -> None:
    second = PostgresServer(postgres_server.binaries)
    second.create()
    second.start()
    process = second.process
    second.remove()
    assert process is not None
    assert process.poll() == 0
    assert not second.folder.exists()
