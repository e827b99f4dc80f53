"""Round (轮次): one pass of a body over all the governments or schools it must inspect."""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY

# --- commands ---------------------------------------------------------------------------------


class _OfRound(Command, kw_only=True):
    stream_key = ("round_id",)
    round_id: UUID


class OpenRound(_OfRound, kw_only=True):
    """开始新的一轮督导，列出全部对象。"""

    roles = BODY
    natural_key = ("body_id", "number")
    body_id: UUID
    number: int
    targets: tuple[UUID, ...]


class CloseRound(_OfRound, kw_only=True):
    """一轮督导结束，列出已覆盖的对象；有遗漏的写明理由。"""

    roles = BODY
    covered: tuple[UUID, ...]
    reason: str | None = None


class ReviewRound(_OfRound, kw_only=True):
    """总结一轮督导。"""

    roles = BODY
    summary_hash: str


# --- events -----------------------------------------------------------------------------------


class RoundOpened(Event, kw_only=True):
    """新的一轮督导已开始。"""

    round_id: UUID
    body_id: UUID
    number: int
    targets: tuple[UUID, ...]


class RoundClosed(Event, kw_only=True):
    """一轮督导已结束；写明遗漏的对象。"""

    round_id: UUID
    covered: tuple[UUID, ...]
    missing: tuple[UUID, ...]
    reason: str | None = None


class RoundReviewed(Event, kw_only=True):
    """一轮督导已总结。"""

    round_id: UUID
    summary_hash: str
