"""The embedded deployment that moves: owned while it is read, so that nobody writes behind our back, never changed."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from services.chassis.casebook_sqlite import SQLiteCasebook
from services.chassis.log_sqlite_contents import SQLiteContents
from services.chassis.log_sqlite_store import own
from services.chassis.sqlite_file import opened_to_read
from services.cli.speaking import Wrong
from services.cli.wiring import SERVICES

CASEBOOK, PAGES, SEALED = "casebook.sqlite", "pages.sqlite", Path("keys") / "sealed.sqlite"
BESIDE = (".owner", "-wal", "-shm", "-journal")
"""What stands beside a database and is no content of its own."""


class Source(NamedTuple):
    """Logs by service, the casebook, the keys of sealed texts by id, and every other file by its relative path."""

    logs: Mapping[str, SQLiteContents]
    casebook: SQLiteCasebook
    keys: Mapping[UUID, bytes]
    files: tuple[Path, ...]


@contextmanager
def owned_source(folder: Path) -> Iterator[Source]:
    """Raises Wrong DATA_NOT_FOUND, and Refused LOG_OWNED while the deployment is in use."""
    names = [name for name in SERVICES if (folder / f"{name}.sqlite").exists()]
    if not names or not (folder / CASEBOOK).exists():
        raise Wrong("DATA_NOT_FOUND", f"文件夹“{folder}”里没有内嵌部署的数据")
    with ExitStack() as stack:
        for name in names:
            stack.callback(os.close, own(folder / f"{name}.sqlite"))
        logs = {name: SQLiteContents(folder / f"{name}.sqlite") for name in names}
        for log in logs.values():
            stack.callback(log.close)
        casebook = SQLiteCasebook(folder / CASEBOOK, only_read=True)
        stack.callback(casebook.close)
        yield Source(logs, casebook, _keys(folder / SEALED), tuple(_others(folder, names)))


def _keys(path: Path) -> dict[UUID, bytes]:
    if not path.exists():
        return {}
    connection = opened_to_read(path)
    try:
        return {UUID(person): bytes(value) for person, value in connection.execute("SELECT person, value FROM persons")}
    finally:
        connection.close()


def _others(folder: Path, names: list[str]) -> Iterator[Path]:
    """Pages are folded again from the casebook; what is left is taken along byte by byte."""
    moved = {Path(f"{name}.sqlite") for name in names} | {Path(CASEBOOK), Path(PAGES), SEALED}
    beside = {Path(f"{path}{mark}") for path in moved for mark in BESIDE}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and relative not in moved | beside:
            yield relative
