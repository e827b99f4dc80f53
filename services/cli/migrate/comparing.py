"""Whether a log is the same in two stores: every row held against the other, every chain followed, all counted."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

import msgspec

from contracts.letter import Letter
from contracts.record import read_head, record_hash
from services.audit.casebook import first_fault
from services.chassis.casebook import Casebook, Filed, each
from services.chassis.log_contents import Contents, StoredMemo, StoredRecord
from services.cli.speaking import Wrong


class Counted(msgspec.Struct, kw_only=True):
    """What was found the same on both sides; `tail` is the hash of the log's last record."""

    service: str
    records: int = 0
    streams: int = 0
    first: int | None = None
    last: int | None = None
    tail: str | None = None
    chain: bool = False
    memos: int = 0
    receipts: int = 0
    due: int = 0
    parked: int = 0
    heard: int = 0
    snapshots: int = 0


class Pair(NamedTuple):
    """The same place on both sides; None where a side has ended."""

    theirs: Any
    ours: Any


def compared(service: str, source: Contents, target: Contents) -> Counted:
    """Counts what is the same; raises Wrong MIGRATION_DIFFERS at the first row that is not, CHAIN_BROKEN."""
    counted = Counted(service=service)
    pairs = _pairs(source.records(), target.records())
    fault = first_fault(_followed(counted, pairs))
    if fault is not None:
        raise Wrong("CHAIN_BROKEN", f"{service} 第 {fault.position} 条记录：{fault.sentence}")
    counted.chain = True
    for memo in _same(counted, "备忘", _pairs(source.memos(), target.memos())):
        _count_memo(counted, memo)
    counted.heard = sum(1 for _ in _same(counted, "收件位置", _pairs(source.tracking(), target.tracking())))
    counted.snapshots = sum(1 for _ in _same(counted, "快照", _pairs(source.snapshots(), target.snapshots())))
    return counted


def same_casebook(source: Casebook, target: Casebook, upto: int | None = None) -> int:
    """How many letters stand under the same number on both sides; raises Wrong MIGRATION_DIFFERS."""
    counted = Counted(service="案卷总账")
    return sum(1 for _ in _same(counted, "信件", _pairs(each(source, upto=upto), each(target, upto=upto))))


def _pairs(theirs: Iterable[Any], ours: Iterable[Any]) -> Iterator[Pair]:
    return map(Pair._make, zip_longest(theirs, ours))


def _same(counted: Counted, kind: str, pairs: Iterable[Pair]) -> Iterator[Any]:
    for number, pair in enumerate(pairs, 1):
        if pair.theirs != pair.ours:
            raise _differs(counted.service, f"第 {number} 条{kind}", pair)
        yield pair.ours


def _differs(service: str, what: str, pair: Pair) -> Wrong:
    how = "目标没有" if pair.ours is None else "目标多出" if pair.theirs is None else "两边不同"
    return Wrong("MIGRATION_DIFFERS", f"{service} {what}：{how}")


def _followed(counted: Counted, pairs: Iterable[Pair]) -> Iterator[Filed]:
    """The target's records as letters for the proof of chains, each first held against the source's by its hash."""
    streams, previous = set(), 0
    for pair in pairs:
        record: StoredRecord = pair.ours
        if None in pair or _digested(pair.theirs) != _digested(record) or pair.theirs != record:
            raise _differs(counted.service, f"第 {counted.records + 1} 条记录", pair)
        streams.add(record.stream)
        counted.records, counted.streams = counted.records + 1, len(streams)
        counted.first, counted.last = counted.first or record.position, record.position
        counted.tail = _digested(record)[-1]
        yield Filed(record.position, Letter(counted.service, record.position, previous, record.topic, record.state))
        previous = record.position


def _digested(record: StoredRecord) -> tuple[Any, ...]:
    digest = record_hash(record.state, read_head(record.state).algorithm)
    return record.position, record.stream, record.version, record.topic, digest


def _count_memo(counted: Counted, memo: StoredMemo) -> None:
    counted.memos += 1
    counted.receipts += memo.kind == "command"
    counted.due += memo.kind == "due"
    counted.parked += memo.kind == "parked"
