"""The casebook in an SQLite file: write-ahead log, synchronous FULL, one transaction per filing."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from services.chassis.casebook import PAGE, Filed, check_order, check_same, from_micros, micros
from services.chassis.sqlite_file import SQLiteFile, marks

SCHEMA = """
CREATE TABLE IF NOT EXISTS letters (
    number INTEGER PRIMARY KEY, sender TEXT NOT NULL, position INTEGER NOT NULL,
    previous INTEGER NOT NULL, topic TEXT NOT NULL, name TEXT NOT NULL, stream TEXT NOT NULL,
    known INTEGER NOT NULL, record BLOB NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS letters_place ON letters (sender, position);
CREATE INDEX IF NOT EXISTS letters_stream ON letters (stream);
CREATE INDEX IF NOT EXISTS letters_known ON letters (known);
CREATE TABLE IF NOT EXISTS cases (
    case_id TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (case_id, number)) WITHOUT ROWID;
"""
SELECT = "SELECT number, sender, position, previous, topic, record FROM letters "
INSERT = "INSERT INTO letters VALUES (?,?,?,?,?,?,?,?,?)"
END = 2**62


class SQLiteCasebook:
    """`known` is the latest instant recorded up to a letter, so that it grows with the number."""

    def __init__(self, path: Path, *, only_read: bool = False) -> None:
        self._file = SQLiteFile(path, SCHEMA, only_read=only_read)

    def file(self, letters: Sequence[Letter]) -> int:
        """All or none; durable when it returns."""
        with self._file.transaction() as connection:
            number, known = _last(connection)
            heard: dict[str, int] = {}
            for letter in letters:
                sender = letter.sender
                if sender not in heard:
                    heard[sender] = _heard(connection, sender)
                if letter.position <= heard[sender]:
                    check_same(letter, _record(connection, letter))
                    continue
                check_order(letter, heard[sender])
                number, heard[sender] = number + 1, letter.position
                known = max(known, micros(letter.head.recorded_at))
                _insert(connection, number, known, letter)
            return number

    def heard(self, sender: str) -> int:
        """Position of the sender's last letter filed."""
        sql = "SELECT MAX(position) FROM letters WHERE sender=?"
        return self._file.value(sql, (sender,)) or 0

    def read(
        self, after: int = 0, limit: int = PAGE, upto: int | None = None,
        names: Collection[str] | None = None,
    ) -> Sequence[Filed]:
        """Letters after a number, in order; others than those named are not taken off the disk."""
        wanted = sorted(names) if names is not None else []
        named = "" if names is None else f"AND name IN ({marks(wanted)})"
        sql = f"{SELECT}WHERE number>? AND number<=? {named} ORDER BY number LIMIT ?"
        return _filed(self._file.rows(sql, (after, _end(upto), *wanted, limit)))

    def of_case(self, case_id: UUID, upto: int | None = None) -> Sequence[Filed]:
        """Every letter of a case, in order."""
        sql = f"{SELECT}JOIN cases USING (number) WHERE case_id=? AND number<=? ORDER BY number"
        return _filed(self._file.rows(sql, (str(case_id), _end(upto))))

    def of_stream(self, stream: UUID, upto: int | None = None) -> Sequence[Filed]:
        """Every letter of a stream, in order."""
        sql = f"{SELECT}WHERE stream=? AND number<=? ORDER BY number"
        return _filed(self._file.rows(sql, (str(stream), _end(upto))))

    def number_of(self, sender: str, position: int) -> int | None:
        """The number of a sender's letter."""
        sql = "SELECT number FROM letters WHERE sender=? AND position=?"
        found: int | None = self._file.value(sql, (sender, position))
        return found

    def last_number(self) -> int:
        """The number of the last letter."""
        return self._file.value("SELECT MAX(number) FROM letters") or 0

    def number_at(self, instant: datetime) -> int:
        """The longest beginning recorded at or before an instant."""
        sql = "SELECT number FROM letters WHERE known<=? ORDER BY known DESC, number DESC LIMIT 1"
        return self._file.value(sql, (micros(instant),)) or 0

    def instant_of(self, number: int) -> datetime | None:
        """The latest instant recorded up to a number."""
        known = self._file.value("SELECT known FROM letters WHERE number=?", (number,))
        return None if known is None else from_micros(known)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _end(upto: int | None) -> int:
    return END if upto is None else upto


def _filed(rows: Iterable[Any]) -> list[Filed]:
    return [
        Filed(number, Letter(sender, position, previous, topic, record))
        for number, sender, position, previous, topic, record in rows
    ]


def _last(connection: sqlite3.Connection) -> tuple[int, int]:
    sql = "SELECT number, known FROM letters ORDER BY number DESC LIMIT 1"
    return connection.execute(sql).fetchone() or (0, 0)


def _heard(connection: sqlite3.Connection, sender: str) -> int:
    sql = "SELECT MAX(position) FROM letters WHERE sender=?"
    return connection.execute(sql, (sender,)).fetchone()[0] or 0


def _record(connection: sqlite3.Connection, letter: Letter) -> bytes | None:
    sql = "SELECT record FROM letters WHERE sender=? AND position=?"
    row = connection.execute(sql, (letter.sender, letter.position)).fetchone()
    return row[0] if row else None


def _insert(connection: sqlite3.Connection, number: int, known: int, letter: Letter) -> None:
    head = letter.head
    connection.execute(
        INSERT,
        (number, letter.sender, letter.position, letter.previous, letter.topic, letter.name,
         str(head.stream), known, letter.record),
    )
    connection.executemany(
        "INSERT INTO cases VALUES (?,?)",
        [(str(case_id), number) for case_id in dict.fromkeys(head.case_ids)],
    )
