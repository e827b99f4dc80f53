"""Provisional deadlines of any stream here, re-issued once the official calendar is published."""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import SYSTEM, Instant


class RecalculateDeadline(Command, kw_only=True):
    """正式放假安排公布后，重新核定一个暂定期限。"""

    roles = SYSTEM
    stream_key = ("stream_id",)
    stream_id: UUID
    subject_id: UUID
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str


class DeadlineRecalculated(Event, kw_only=True):
    """暂定期限已按正式放假安排重新核定。"""

    subject_id: UUID
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str
