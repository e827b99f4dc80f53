"""Pages in an SQLite file: synchronous NORMAL, because what a crash takes is folded again."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from services.chassis.pages import LIMIT, Dropped, Row, Scope, check_fields
from services.chassis.scope import EVERYWHERE
from services.chassis.sqlite_file import SQLiteFile, marks

SCHEMA = """
CREATE TABLE IF NOT EXISTS pages (
    collection TEXT NOT NULL, key TEXT NOT NULL, number INTEGER NOT NULL, document BLOB,
    owner_path TEXT NOT NULL, unit_path TEXT, delegates TEXT NOT NULL,
    PRIMARY KEY (collection, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pages_owner ON pages (collection, owner_path);
CREATE INDEX IF NOT EXISTS pages_unit ON pages (collection, unit_path);
CREATE INDEX IF NOT EXISTS pages_number ON pages (collection, number);
CREATE TABLE IF NOT EXISTS collections (
    name TEXT PRIMARY KEY, view TEXT NOT NULL, number INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS current (view TEXT PRIMARY KEY, collection TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS made (count INTEGER NOT NULL);
"""
SELECT = "SELECT key, number, document, owner_path, unit_path, delegates FROM pages "
INSERT = "INSERT OR IGNORE INTO pages VALUES (?,?,?,?,?,?,?)"
TRACK = "UPDATE collections SET number=MAX(number, ?) WHERE name=?"
SWITCH = "INSERT OR REPLACE INTO current SELECT view, name FROM collections WHERE view=? AND name=?"
LEFT = "FROM collections WHERE view=? AND name NOT IN (SELECT collection FROM current)"
UPDATE = (
    "UPDATE pages SET number=?, document=?, owner_path=?, unit_path=?, delegates=? "
    "WHERE collection=? AND key=? AND number=?"
)
CHUNK = 500


class SQLitePages:
    """WAL keeps the order of commits: a power cut never leaves tracking ahead of its rows."""

    def __init__(self, path: Path) -> None:
        self._file = SQLiteFile(path, SCHEMA, synchronous="NORMAL")

    def get(self, collection: str, keys: Iterable[str]) -> Mapping[str, Row]:
        """Rows by key, tombstones included."""
        wanted, found = list(keys), {}
        for start in range(0, len(wanted), CHUNK):
            some = wanted[start : start + CHUNK]
            sql = f"{SELECT}WHERE collection=? AND key IN ({marks(some)})"
            found.update({row[0]: _row(row) for row in self._file.rows(sql, (collection, *some))})
        return found

    def find(
        self, collection: str, scope: Scope, *, where: Mapping[str, object] | None = None,
        after_key: str = "", limit: int = LIMIT,
    ) -> Sequence[Row]:
        """Living rows within a scope, in order of key."""
        inside, values = _inside(scope)
        for field, value in check_fields(where).items():
            inside += f" AND json_extract(CAST(document AS TEXT), '$.{field}') IS ?"
            values.append(value)
        sql = (
            f"{SELECT}WHERE collection=? AND key>? AND document IS NOT NULL "
            f"AND {inside} ORDER BY key LIMIT ?"
        )
        return [_row(row) for row in self._file.rows(sql, (collection, after_key, *values, limit))]

    def changed(self, collection: str, number: int) -> Sequence[Row]:
        """Every row whose last letter is a later one."""
        sql = f"{SELECT}INDEXED BY pages_number WHERE collection=? AND number>? ORDER BY number, key"
        return [_row(row) for row in self._file.rows(sql, (collection, number))]

    def write(self, collection: str, rows: Iterable[tuple[Row, int]]) -> Sequence[str]:
        """Put each row whose stored number is the one given."""
        batch = list(rows)
        new = [_new(collection, row) for row, previous in batch if previous == 0]
        old = [_changed(collection, row, previous) for row, previous in batch if previous != 0]
        with self._file.transaction() as connection:
            done = connection.executemany(INSERT, new).rowcount if new else 0
            done += connection.executemany(UPDATE, old).rowcount if old else 0
        return [] if done == len(batch) else self._missed(collection, [row for row, _ in batch])

    def _missed(self, collection: str, rows: Sequence[Row]) -> list[str]:
        """Those that do not stand as given."""
        stored = self.get(collection, [row.key for row in rows])
        return [row.key for row in rows if stored.get(row.key) != row]

    def number(self, collection: str) -> int:
        """Up to which casebook number the collection is folded."""
        sql = "SELECT number FROM collections WHERE name=?"
        return self._file.value(sql, (collection,)) or 0

    def track(self, collection: str, number: int) -> None:
        """Never goes back; raises Dropped."""
        self._change(TRACK, (number, collection), collection)

    def current(self, view: str) -> str | None:
        """The collection a view is read from."""
        found: str | None = self._file.value("SELECT collection FROM current WHERE view=?", (view,))
        return found

    def fresh(self, view: str) -> str:
        """A new, empty collection; its name was never used before."""
        with self._file.transaction() as connection:
            for (name,) in connection.execute(f"SELECT name {LEFT}", (view,)).fetchall():
                connection.execute("DELETE FROM pages WHERE collection=?", (name,))
            connection.execute(f"DELETE {LEFT}", (view,))
            connection.execute("INSERT INTO made VALUES (1)")
            made = connection.execute("SELECT COUNT(*) FROM made").fetchone()[0]
            name = f"{view}@{made}"
            connection.execute("INSERT INTO collections (name, view) VALUES (?,?)", (name, view))
        return name

    def switch(self, view: str, collection: str) -> None:
        """Read the view from this collection from now on; raises Dropped."""
        self._change(SWITCH, (view, collection), collection)

    def _change(self, sql: str, values: Sequence[object], collection: str) -> None:
        """One row of a collection that still lives."""
        with self._file.transaction() as connection:
            if not connection.execute(sql, values).rowcount:
                raise Dropped(collection)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _new(collection: str, row: Row) -> tuple[object, ...]:
    return (collection, row.key, *_told(row))


def _changed(collection: str, row: Row, previous: int) -> tuple[object, ...]:
    return (*_told(row), collection, row.key, previous)


def _told(row: Row) -> tuple[object, ...]:
    return (row.number, row.document, row.owner_path, row.unit_path, _joined(row.delegates))


def _inside(scope: Scope) -> tuple[str, list[object]]:
    """The condition of a scope; from `p/` to `p0` is all below `p`: `0` is the sign after `/`."""
    if scope.whole or EVERYWHERE in scope.paths:
        return "1", []
    terms: list[str] = ["0"]
    values: list[object] = []
    for path in filter(None, scope.paths):
        below = path if path.endswith("/") else f"{path}/"
        for column in ("owner_path", "unit_path"):
            terms.append(f"{column}=? OR ({column}>=? AND {column}<?)")
            values += [path, below, f"{below[:-1]}0"]
    if scope.party:
        terms.append("instr(delegates, ?) > 0")
        values.append(f"|{scope.party}|")
    return f"({' OR '.join(terms)})", values


def _joined(delegates: tuple[str, ...]) -> str:
    return f"|{'|'.join(delegates)}|" if delegates else ""


def _row(told: Sequence[Any]) -> Row:
    key, number, document, owner_path, unit_path, joined = told
    delegates = tuple(joined.strip("|").split("|")) if joined else ()
    return Row(key, number, document, owner_path, unit_path, delegates)
