"""Proof: whether records are the ones that were written, in their order and without a gap.

A chain shows what was changed, taken out or put in before its last record. That nothing was cut off
*behind* the last record is shown by the signed heads of the logs, which are kept elsewhere.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

import msgspec

from contracts.record import Head, event_id, read_head, record_hash
from services.chassis.casebook import Filed


class Fault(NamedTuple):
    """The first place where records are not whole: a stable code and a sentence in Chinese."""

    number: int
    sender: str
    position: int
    code: str
    sentence: str


class _Tail(NamedTuple):
    number: int
    version: int
    digest: str


class Chains:
    """Follows the chain of every stream from its first record on."""

    def __init__(self) -> None:
        self._tails: dict[UUID, _Tail] = {}

    def fault(self, filed: Filed, stream: UUID | None = None) -> Fault | None:
        """What is wrong with the next letter, None when it continues its stream's chain."""
        spoiled = unreadable(filed)
        if spoiled is not None:
            return spoiled
        head = filed.letter.head
        tail = self._tails.get(head.stream, _Tail(0, 0, ""))
        digest = record_hash(filed.letter.record, head.algorithm)
        self._tails[head.stream] = _Tail(filed.number, head.version, digest)
        return next(_complaints(filed, head, tail, stream), None)


def unreadable(filed: Filed) -> Fault | None:
    """A fault when a record has no head that can be read."""
    try:
        read_head(filed.letter.record)
    except (msgspec.DecodeError, ValueError, TypeError):
        return _fault(filed, "RECORD_UNREADABLE", "记录首行无法读取")
    return None


def _complaints(filed: Filed, head: Head, tail: _Tail, stream: UUID | None) -> Iterator[Fault]:
    if stream is not None and head.stream != stream:
        yield _fault(filed, "STREAM_WRONG", "记录不属于所查的流")
    if filed.letter.name != head.type:
        yield _fault(filed, "NAME_WRONG", f"记录写的是“{head.type}”，登记的是“{filed.letter.name}”")
    if head.version != tail.version + 1:
        yield _fault(filed, "VERSION_GAP", f"流的第{tail.version}条之后是第{head.version}条")
    if head.event_id != event_id(head.stream, head.version):
        yield _fault(filed, "EVENT_ID_WRONG", "事件编号与其在流中的位置不符")
    if head.previous_hash != (tail.digest or None):
        before = f"总号{tail.number}" if tail.number else "前一条记录"
        yield _fault(filed, "HASH_BROKEN", f"所记的前一条哈希与{before}不符，两条之一被改动过")


def first_fault(filed: Iterable[Filed], stream: UUID | None = None) -> Fault | None:
    """The first fault of the streams these letters make up; whole streams must be given."""
    chains = Chains()
    return next((fault for f in filed if (fault := chains.fault(f, stream))), None)


def first_fault_of_all(filed: Iterable[Filed]) -> Fault | None:
    """As `first_fault` over a whole casebook, with the numbers and every sender's positions."""
    chains, number, heard = Chains(), 0, dict[str, int]()
    for found in filed:
        letter = found.letter
        if found.number != number + 1:
            return _fault(found, "NUMBER_GAP", f"案卷总号{number}之后缺号")
        if letter.previous > heard.get(letter.sender, 0):
            return _fault(found, "POSITION_GAP", f"缺少“{letter.sender}”第{letter.previous}条记录")
        number, heard[letter.sender] = found.number, letter.position
        fault = chains.fault(found)
        if fault is not None:
            return fault
    return None


def _fault(filed: Filed, code: str, sentence: str) -> Fault:
    number, letter = filed
    return Fault(number, letter.sender, letter.position, code, f"总号{number}：{sentence}")
