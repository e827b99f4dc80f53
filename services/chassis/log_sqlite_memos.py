"""The memos of an SQLite log: written inside the commit of their events, read at any time."""

from collections.abc import Sequence
from typing import Any

from services.chassis.batch import Batch
from services.chassis.log_sqlite_store import Store
from services.chassis.memos import Memo

MEMOS = (
    "CREATE TABLE IF NOT EXISTS memos (kind TEXT, key TEXT, value BLOB, position INTEGER, "
    "PRIMARY KEY (kind, key)) WITHOUT ROWID"
)


class SQLiteMemos:
    """What `Memos` asks, on the file of the log."""

    datastore: Store

    def write_memos(self, c: Any, batch: Batch) -> None:
        """A fresh one that exists fails the whole commit."""
        for verb, memos in (("INSERT", batch.fresh), ("INSERT OR REPLACE", batch.put)):
            rows = [(memo.kind, memo.key, memo.value, memo.position) for memo in memos]
            write_all(c, f"{verb} INTO memos VALUES (?,?,?,?)", rows)
        write_all(c, "DELETE FROM memos WHERE kind=? AND key=?", [(m.kind, m.key) for m in batch.gone])

    def memo(self, kind: str, key: str) -> Memo | None:
        """The memo under this key, or None."""
        with self.datastore.transaction(commit=False) as c:
            c.execute("SELECT value, position FROM memos WHERE kind=? AND key=?", (kind, key))
            row = c.fetchone()
        return Memo(kind, key, row["value"], False, row["position"]) if row else None

    def scan(self, kind: str, after: str = "", upto: str | None = None, limit: int = 1000) -> Sequence[Memo]:
        """Memos of a kind in the order of their keys, `after` < key <= `upto`."""
        bound = "" if upto is None else "AND key<=? "
        params = [kind, after, *([] if upto is None else [upto]), limit]
        with self.datastore.transaction(commit=False) as c:
            c.execute(f"SELECT * FROM memos WHERE kind=? AND key>? {bound}ORDER BY key LIMIT ?", params)
            return [Memo(kind, row["key"], row["value"], False, row["position"]) for row in c.fetchall()]

    def count(self, kind: str) -> int:
        """How many memos of a kind there are."""
        with self.datastore.transaction(commit=False) as c:
            c.execute("SELECT COUNT(*) FROM memos WHERE kind=?", (kind,))
            return int(c.fetchone()[0])


def write_all(c: Any, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """One statement for many rows, none for none."""
    if rows:
        c.executemany(statement, rows)
