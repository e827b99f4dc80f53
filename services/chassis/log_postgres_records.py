"""Records of streams in one table of PostgreSQL, and how bulk parameters and conditions are written."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from eventsourcing.persistence import AggregateRecorder, StoredEvent

from services.chassis.log_postgres_connections import Connections


class PostgresRecords(AggregateRecorder):
    """Records of streams in one table; as it stands, the recorder of snapshots."""

    table = "snapshots"

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """All of them or none."""
        if stored_events:
            arrays = columns(
                [(e.originator_id, e.originator_version, e.topic, e.state) for e in stored_events], 4
            )
            self._connections.ask(
                f"INSERT INTO {self.table} SELECT * FROM unnest(%b::uuid[], %b::bigint[], %b::text[], %b::bytea[]) "
                "RETURNING 1", arrays,
            )
        return None

    def select_events(
        self, originator_id: UUID | str, *, gt: int | None = None, lte: int | None = None,
        desc: bool = False, limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """A stream's records, or part of them."""
        where, params = bounds(
            ("originator_id = %b", originator_id), ("originator_version > %b", gt), ("originator_version <= %b", lte)
        )
        rows = self._connections.ask(
            f"SELECT originator_id, originator_version, topic, state FROM {self.table}{where} "
            f"ORDER BY originator_version{' DESC' if desc else ''} LIMIT %b::bigint", [*params, limit],
        )
        return [StoredEvent(*row) for row in rows]


def columns(rows: Sequence[Sequence[Any]], width: int) -> list[list[Any]]:
    """Rows turned into parameters of unnest, one array per column."""
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]


def bounds(*conditions: tuple[str, Any]) -> tuple[str, list[Any]]:
    """A WHERE clause of the conditions whose value is given."""
    given = [(text, value) for text, value in conditions if value is not None]
    return (f" WHERE {' AND '.join(text for text, _ in given)}" if given else ""), [value for _, value in given]
