"""PlenaryMeeting (全体会议) of a supervision committee."""

from datetime import date
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, Value


class Attendance(Value, kw_only=True):
    """Who came for which member unit."""

    person_id: UUID
    member_unit_id: UUID | None = None


# --- commands ---------------------------------------------------------------------------------


class _OfMeeting(Command, kw_only=True):
    stream_key = ("meeting_id",)
    meeting_id: UUID


class ConveneMeeting(_OfMeeting, kw_only=True):
    """召集督导委员会全体会议，写明日期。"""

    roles = BODY
    body_id: UUID
    date: date


class HoldMeeting(_OfMeeting, kw_only=True):
    """全体会议已召开，记录出席。"""

    roles = BODY
    attendance: tuple[Attendance, ...]


class FileMinutes(_OfMeeting, kw_only=True):
    """会议纪要归档，列出议定事项。"""

    roles = BODY
    decisions: tuple[str, ...]
    document_hash: str


class CancelMeeting(_OfMeeting, kw_only=True):
    """全体会议没有召开，写明理由。"""

    roles = BODY | SYSTEM
    reason: str


# --- events -----------------------------------------------------------------------------------


class MeetingConvened(Event, kw_only=True):
    """全体会议已召集。"""

    meeting_id: UUID
    body_id: UUID
    date: date


class MeetingHeld(Event, kw_only=True):
    """全体会议已召开；写明是否达到法定人数。"""

    meeting_id: UUID
    attendance: tuple[Attendance, ...]
    quorum_met: bool


class MinutesFiled(Event, kw_only=True):
    """会议纪要已归档。"""

    meeting_id: UUID
    decisions: tuple[str, ...]
    document_hash: str


class MeetingCancelled(Event, kw_only=True):
    """全体会议没有召开。"""

    meeting_id: UUID
    reason: str
