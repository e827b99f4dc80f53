"""Timers: each log's due memos say which command to send at which instant; it is sent exactly once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from contracts.record import Command
from contracts.values import Role
from contracts.wire import read_command
from services.chassis.application import ServiceApplication
from services.chassis.identity import service_actor
from services.chassis.life_cycle import Refused
from services.chassis.memos import Memo, Memos
from services.chassis.work import Intent, instant_key, timer_id


class Timers:
    """Fires what is due in one service's log, in the order of the instants."""

    def __init__(self, app: ServiceApplication) -> None:
        self.app = app

    def next_due(self) -> datetime | None:
        """The earliest instant at which something falls due, or None."""
        return first_due(self.app.memos)

    def fire_next(self, now: datetime) -> bool:
        """Send the earliest command that is due by `now`; False when nothing is."""
        rows = self.app.memos.scan("due", upto=f"{instant_key(now)}|~", limit=1)
        if not rows:
            return False
        self._fire(rows[0])
        return True

    def _fire(self, memo: Memo) -> None:
        _, stream, name, _ = memo.key.split("|")
        command, due_at = read_command(name, memo.value or b"{}"), _instant(memo)
        try:
            self.app.settle(self._intent(command, due_at), timer_id(UUID(stream), command, due_at), _digest(memo))
        except Refused as refused:
            self._drop(memo, str(refused).encode())
        else:
            if self.app.memos.memo("due", memo.key) is not None:
                self._drop(memo, b"quiet")

    def _intent(self, command: Command, due_at: datetime) -> Intent:
        """What happened, happened when it was due, however late the clock looked."""
        return Intent(command=command, actor=service_actor(Role.TIMER, self.app.name, None), at=due_at)

    def _drop(self, memo: Memo, outcome: bytes) -> None:
        work = self.app.work()
        work.memos += [memo._replace(value=None), Memo("outcome", f"timer|{memo.key}", outcome)]
        self.app.append(work)


def first_due(memos: Memos) -> datetime | None:
    """The earliest instant at which something falls due in a log, or None."""
    rows = memos.scan("due", limit=1)
    return _instant(rows[0]) if rows else None


def waiting(app: ServiceApplication, name: str) -> Iterator[tuple[UUID, datetime]]:
    """In which streams a command of this public name waits, and for which instant."""
    for row in running(app):
        _, stream, command, _ = row.key.split("|")
        if command == name:
            yield UUID(stream), _instant(row)


def running(app: ServiceApplication) -> Iterator[Memo]:
    """Every timer of a service's log, in the order of the instants."""
    after = ""
    while rows := app.memos.scan("due", after):
        yield from rows
        after = rows[-1].key


def _instant(memo: Memo) -> datetime:
    return datetime.strptime(memo.key.partition("|")[0], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def _digest(memo: Memo) -> bytes:
    return sha256(memo.key.encode() + (memo.value or b"")).digest()
