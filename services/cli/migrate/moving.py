"""The move itself: casebook, private files, then each log in one transaction, while no process can append to any.

The casebook goes first: an audit process that runs at the target finds every letter filed under its old number before
it can hear one. Whatever is there already must be the same, so a killed move is simply begun again.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from services.chassis.casebook import PAGE, Casebook, each
from services.chassis.log_postgres_contents import PostgresContents
from services.chassis.shelves import open_casebook
from services.cli.cluster.plan import seal_keys_of
from services.cli.migrate.comparing import Counted, compared, same_casebook
from services.cli.migrate.private import copy_file, keys_of, put_keys
from services.cli.migrate.source import Source
from services.cli.migrate.targets import Targets
from services.cli.speaking import Wrong

Say = Callable[[str], None]


class Moved(NamedTuple):
    """What stands at the target and was found the same there."""

    services: list[Counted]
    letters: int
    keys: int
    files: int


def move(source: Source, folder: Path, targets: Targets, say: Say) -> Moved:
    """Raises Wrong TARGET_NOT_EMPTY, MIGRATION_DIFFERS or CHAIN_BROKEN; Refused LOG_BUSY."""
    targets.folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        logs = {name: PostgresContents(url, name) for name, url in targets.logs.items()}
        for log in logs.values():
            stack.callback(log.close)
            stack.enter_context(log.held())
        for name, log in logs.items():
            _refuse_foreign(name, source, log)
        letters = _move_casebook(source.casebook, targets, say)
        keys, files = _move_files(source, folder, targets)
        for name, log in logs.items():
            if log.is_empty():
                log.fill(source.logs[name])
                say(f"{name}：已写入")
        say("逐条核对……")
        return Moved([compared(name, source.logs[name], log) for name, log in logs.items()], letters, keys, files)


def _refuse_foreign(name: str, source: Source, log: PostgresContents) -> None:
    """A log that holds anything else than ours is not touched, nor is any other."""
    if log.is_empty():
        return
    try:
        compared(name, source.logs[name], log)
    except Wrong as differs:
        raise Wrong("TARGET_NOT_EMPTY", f"目标的日志“{name}”已有内容，且与源不同（{differs.sentence}）") from None


def _move_casebook(source: Casebook, targets: Targets, say: Say) -> int:
    with closing(open_casebook(targets.casebook, rehearsal=targets.rehearsal)) as target:
        there = target.last_number()
        try:
            same_casebook(source, target, upto=there)
        except Wrong as differs:
            raise Wrong("TARGET_NOT_EMPTY", f"目标的案卷总账已有内容，且与源不同（{differs.sentence}）") from None
        for letters in _batches(source, there):
            target.file(letters)
        say(f"案卷总账：{target.last_number()} 号")
        return same_casebook(source, target)


def _batches(casebook: Casebook, after: int) -> Iterator[list]:
    letters = (filed.letter for filed in each(casebook, after))
    while batch := list(islice(letters, PAGE)):
        yield batch


def _move_files(source: Source, folder: Path, targets: Targets) -> tuple[int, int]:
    laid = set()
    for name, log in source.logs.items() if source.keys else ():
        keys = keys_of(source.keys, {record.stream for record in log.records()})
        put_keys(seal_keys_of(targets.folder, name), keys)
        laid |= set(keys)
    for relative in source.files:
        copy_file(folder / relative, targets.folder / relative)
    return len(laid), len(source.files)
