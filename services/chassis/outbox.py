"""The outbox is the log itself: letters after a position, and how far they are known to have arrived."""

from datetime import datetime, timedelta
from typing import Any

from contracts.letter import Letter
from services.chassis.announcing import announcements
from services.chassis.memos import Memo

RELAYED = "relayed"


class Outbox:
    """The relay's side of a log. Its mark stands in the same log, so that a restored log brings its own mark."""

    def __init__(self, log: Any, sender: str) -> None:
        self.log, self.sender = log, sender

    def relayed(self) -> int:
        """Position up to which the broker has confirmed; 0 at first."""
        memo = self.log.memo(RELAYED, "")
        return int(memo.value) if memo else 0

    def mark(self, position: int) -> None:
        """Note what was confirmed. Lost in a crash it only means that letters are sent twice."""
        self.log.insert_events([], memos=[Memo(RELAYED, "", str(position).encode())])

    def letters(self, after: int, limit: int) -> list[Letter]:
        """The next letters, each with the position before it as the log has it."""
        return announcements(self.log, self.sender, after, limit)

    def head(self) -> int:
        """Position of the log's last record."""
        return int(self.log.max_notification_id() or 0)

    def age_of_next(self, after: int, now: datetime) -> timedelta:
        """How long ago the first record after a position was stored; zero when there is none."""
        waiting = self.letters(after, 1)
        return now - waiting[0].head.recorded_at if waiting else timedelta(0)
