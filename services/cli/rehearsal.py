"""Rehearsing on a copy: the same verb on the same data, and nothing of it stays."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from services.chassis.log_sqlite_store import own
from services.cli.wiring import SERVICES

MARKS = shutil.ignore_patterns("*.owner")


@contextmanager
def rehearsed(data: Path, only: bool) -> Iterator[Path]:
    """The folder itself, or with `only` a copy that is thrown away. Raises Refused LOG_OWNED."""
    if not only:
        yield data
        return
    with TemporaryDirectory(prefix="dudao-rehearsal-") as folder:
        copy = Path(folder) / "copy"
        if data.exists():
            _copied(data, copy)
        yield copy


def _copied(data: Path, copy: Path) -> None:
    """While nobody writes: a copy taken under the writer's hands would be torn."""
    with ExitStack() as held:
        for name in SERVICES:
            if (data / f"{name}.sqlite").exists():
                held.callback(os.close, own(data / f"{name}.sqlite"))
        shutil.copytree(data, copy, ignore=MARKS)
