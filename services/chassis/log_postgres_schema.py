"""The tables of a log on PostgreSQL: migrated under a lock, refused when a newer program made them."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

import psycopg

from services.chassis.life_cycle import Refused
from services.chassis.log_version import refuse_newer

MIGRATIONS = (
    """
    CREATE TABLE stored_events (
        position bigint PRIMARY KEY,
        originator_id uuid NOT NULL,
        originator_version bigint NOT NULL,
        topic text NOT NULL,
        state bytea NOT NULL,
        recorded_at timestamptz NOT NULL,
        UNIQUE (originator_id, originator_version)
    );
    CREATE TABLE tracking (application_name text PRIMARY KEY, notification_id bigint NOT NULL);
    CREATE TABLE memos (
        kind text COLLATE "C",
        key text COLLATE "C",
        value bytea NOT NULL,
        position bigint NOT NULL,
        PRIMARY KEY (kind, key)
    );
    CREATE TABLE snapshots (
        originator_id uuid,
        originator_version bigint,
        topic text NOT NULL,
        state bytea NOT NULL,
        PRIMARY KEY (originator_id, originator_version)
    );
    """,
)
"""Statements from each version to the next; a published one is never changed."""

UNSAFE = {
    ("fsync", "off"): "LOG_NOT_DURABLE",
    ("synchronous_commit", "off"): "LOG_NOT_DURABLE",
    ("full_page_writes", "off"): "LOG_UNSAFE_SETTING",
}


def lock_of(schema: str, purpose: str) -> int:
    """The key of an advisory lock; such locks are per database, so every schema has its own."""
    digest = hashlib.sha256(f"dudao/{schema}/{purpose}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


def checked_name(schema: str) -> str:
    """A schema name that needs no quoting; raises ValueError."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", schema):
        raise ValueError(f"not a plain schema name: {schema}")
    return schema


def migrate(url: str, schema: str) -> None:
    """Bring the schema to this program's version; many may start at once.

    Raises Refused LOG_NEWER, and LOG_NOT_MIGRATED when this account may not make tables.
    """
    try:
        _migrate(url, schema)
    except psycopg.errors.InsufficientPrivilege:
        raise Refused("LOG_NOT_MIGRATED", f"“{schema}”的表尚未建好或尚未升级：请先运行 dudao log migrate") from None


def _migrate(url: str, schema: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        if version_of(connection, schema) == len(MIGRATIONS):
            return
        # A session's lock, not a transaction's: a transaction that waits inside itself does not notice tables
        # that another one made meanwhile (the catalogue's cache is refreshed when a transaction begins).
        connection.execute("SELECT pg_advisory_lock(%s)", [lock_of(schema, "migration")])
        with connection.transaction():
            _apply(connection, schema, version_of(connection, schema))


def _apply(connection: psycopg.Connection[Any], schema: str, found: int) -> None:
    if found < len(MIGRATIONS):
        _create(connection, schema)
    for version, statements in enumerate(MIGRATIONS[found:], found + 1):
        connection.execute(statements.encode())
        connection.execute("INSERT INTO schema_version VALUES (%s)", [version])


def _create(connection: psycopg.Connection[Any], schema: str) -> None:
    statements = (
        f"CREATE SCHEMA IF NOT EXISTS {checked_name(schema)}; SET LOCAL search_path TO {schema}; "
        "CREATE TABLE IF NOT EXISTS schema_version "
        "(version integer PRIMARY KEY, migrated_at timestamptz NOT NULL DEFAULT now())"
    )
    connection.execute(statements.encode())


def version_of(connection: psycopg.Connection[Any], schema: str) -> int:
    """The version of a log's tables, 0 when there are none; raises Refused LOG_NEWER."""
    table = f"{checked_name(schema)}.schema_version"
    row = connection.execute("SELECT to_regclass(%s)", [table]).fetchone()
    if row is None or row[0] is None:
        return 0
    row = connection.execute(f"SELECT max(version) FROM {table}".encode()).fetchone()
    found = int(row[0] or 0) if row else 0
    refuse_newer(schema, found, len(MIGRATIONS))
    return found


def refuse_unsafe(connection: psycopg.Connection[Any]) -> str:
    """The server's synchronous_commit; raises Refused, naming the setting that would lose commits."""
    names = sorted({name for name, _ in UNSAFE})
    rows = connection.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [names]).fetchall()
    for name, value in rows:
        if (name, value) in UNSAFE:
            raise Refused(UNSAFE[name, value], f"数据库设置 {name}={value} 会丢失已确认的记录，拒绝启动")
    return str(dict(rows)["synchronous_commit"])


def refuse_unsafe_environment(environment: Mapping[str, str]) -> None:
    """Raises Refused for a setting of the library under which followers skip committed events."""
    name = "POSTGRES_ENABLE_DB_FUNCTIONS"
    if environment.get(name, "").lower() in {"y", "yes", "t", "true", "on", "1"}:
        raise Refused("LOG_UNSAFE_SETTING", f"设置 {name} 会使读者漏读已提交的事件，拒绝启动")
