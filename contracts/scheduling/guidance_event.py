"""GuidanceEvent (交流研讨) on school-internal supervision."""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY

# --- commands ---------------------------------------------------------------------------------


class HoldGuidance(Command, kw_only=True):
    """举办一次交流研讨，写明主题和参加单位。"""

    roles = BODY
    stream_key = ("event_id",)
    event_id: UUID
    topic: str
    participants: tuple[UUID, ...]


# --- events -----------------------------------------------------------------------------------


class GuidanceHeld(Event, kw_only=True):
    """交流研讨已举办。"""

    event_id: UUID
    topic: str
    participants: tuple[UUID, ...]
