"""One statement that writes a batch: only the parts that have rows, so that a single command stays cheap."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from services.chassis.batch import Batch
from services.chassis.memos import Memo

MEMO = ("text", "text", "bytea", "bigint")


class Part(NamedTuple):
    """What to do with rows of these types; `{rows}` stands for the rows."""

    name: str
    types: tuple[str, ...]
    text: str


PARTS = (
    Part(
        "records", ("bigint", "uuid", "bigint", "text", "bytea", "timestamptz"),
        "INSERT INTO stored_events (position, originator_id, originator_version, topic, state, recorded_at) {rows}",
    ),
    Part("fresh", MEMO, "INSERT INTO memos (kind, key, value, position) {rows}"),
    Part(
        "put", MEMO,
        "INSERT INTO memos (kind, key, value, position) {rows} "
        "ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, position = excluded.position",
    ),
    Part(
        "gone", MEMO[:2],
        "DELETE FROM memos USING ({rows}) AS away (kind, key) WHERE memos.kind = away.kind AND memos.key = away.key",
    ),
    Part(
        "heard", ("text", "bigint", "bigint"),
        "INSERT INTO tracking (application_name, notification_id) "
        "SELECT sender, last FROM ({rows}) AS news (sender, first, last) WHERE NOT EXISTS ("
        "SELECT 1 FROM tracking AS known WHERE known.application_name = sender AND known.notification_id >= first) "
        "ON CONFLICT (application_name) DO UPDATE SET notification_id = excluded.notification_id RETURNING 1",
    ),
)


def appending(batch: Batch) -> tuple[bytes, list[Any]]:
    """The statement and its parameters; it answers with the number of senders whose tracking moved."""
    rows: tuple[Sequence[Sequence[Any]], ...] = (
        batch.rows, _values(batch.fresh), _values(batch.put),
        [memo[:2] for memo in batch.gone], [*batch.tracked.values()],
    )
    params = [value for some in rows if some for value in _parameters(some)]
    return _statement(tuple(min(len(some), 2) for some in rows)), params


def _values(memos: Sequence[Memo]) -> list[tuple[Any, ...]]:
    return [(memo.kind, memo.key, memo.value, memo.position) for memo in memos]


def _parameters(rows: Sequence[Sequence[Any]]) -> Sequence[Any]:
    return rows[0] if len(rows) == 1 else [list(column) for column in zip(*rows, strict=True)]


@cache
def _statement(sizes: tuple[int, ...]) -> bytes:
    """By how many rows each part has: none, one, more. The server prepares each of these texts once."""
    written = [
        f"{part.name} AS ({part.text.format(rows=_rows(part.types, size))})"
        for part, size in zip(PARTS, sizes, strict=True) if size
    ]
    heard = "(SELECT count(*) FROM heard)" if sizes[-1] else "0"
    return f"{'WITH ' if written else ''}{', '.join(written)} SELECT {heard}".encode()


def _rows(types: Sequence[str], size: int) -> str:
    if size == 1:
        return f"VALUES ({', '.join(f'%b::{kind}' for kind in types)})"
    return f"SELECT * FROM unnest({', '.join(f'%b::{kind}[]' for kind in types)})"
