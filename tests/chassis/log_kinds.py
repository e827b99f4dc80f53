"""The three adapters of the log, each as something that tests can open, close and open again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from services.chassis.clock import system_clock
from services.chassis.log_memory import MemoryLogs
from services.chassis.log_postgres import PostgresLogs
from services.chassis.log_sqlite import SQLiteLogs

Open = Callable[..., Any]


@contextmanager
def opened(logs: Any) -> Iterator[Any]:
    """A factory that is closed in the end."""
    try:
        yield logs
    finally:
        logs.close()


def opener(kind: str, folder: Path, request: pytest.FixtureRequest) -> Open:
    """How to open the same log of this kind, once or again; a name makes it another one."""
    if kind == "postgres":
        url = request.getfixturevalue("postgres_url")
        return lambda clock=system_clock, name="log": PostgresLogs(url, clock, schema=name)
    if kind == "sqlite":
        return lambda clock=system_clock, name="log": SQLiteLogs(folder / f"{name}.sqlite", clock)
    return lambda clock=system_clock, name="log": MemoryLogs(clock)

