"""What the account of the services may do with a log: add records and never change one; it makes no tables."""

import psycopg

from services.chassis.life_cycle import Refused
from services.chassis.log_postgres_schema import checked_name, migrate

RIGHTS = (
    ("stored_events", "SELECT, INSERT"),
    ("schema_version", "SELECT"),
    ("tracking", "SELECT, INSERT, UPDATE"),
    ("memos", "SELECT, INSERT, UPDATE, DELETE"),
    ("snapshots", "SELECT, INSERT"),
)
"""By table. The owner of the tables migrates and is not the account that the services run under."""


def migrate_for(url: str, schema: str, writer: str) -> None:
    """Bring a log's tables to this version as their owner, and let `writer` write. Raises Refused WRITER_OWNS_LOG."""
    migrate(url, schema)
    with psycopg.connect(url) as connection:
        owner = connection.execute("SELECT current_user").fetchone()
        if owner == (writer,):
            raise Refused("WRITER_OWNS_LOG", f"账号“{writer}”是表的主人，可以改写记录；请为各服务另设账号")
        for statement in grants(schema, writer):
            connection.execute(statement.encode())


def grants(schema: str, writer: str) -> list[str]:
    """Statements that take back what the writer might have had and give what it needs."""
    place, role = checked_name(schema), checked_name(writer)
    given = [f"GRANT {rights} ON {place}.{table} TO {role}" for table, rights in RIGHTS]
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {place} FROM {role}", f"REVOKE ALL ON SCHEMA {place} FROM {role}",
        f"GRANT USAGE ON SCHEMA {place} TO {role}", *given,
    ]
