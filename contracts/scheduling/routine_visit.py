"""RoutineVisit (经常性督导): one visit of the listed inspector, from the date set to the report."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, FIELD, SYSTEM, Instant, Window


class MissReason(Enum):
    """未到访的原因：时段已过、学校停课、督学不能到场。"""

    WINDOW_OVER = "WINDOW_OVER"
    SCHOOL_CLOSED = "SCHOOL_CLOSED"
    INSPECTOR_UNAVAILABLE = "INSPECTOR_UNAVAILABLE"


# --- commands ---------------------------------------------------------------------------------


class _OfVisit(Command, kw_only=True):
    stream_key = ("visit_id",)
    visit_id: UUID


class ScheduleVisit(_OfVisit, kw_only=True):
    """安排责任督学到校，写明时段。"""

    roles = FIELD | SYSTEM
    school_id: UUID
    inspector_id: UUID
    window: Window


class CheckIn(_OfVisit, kw_only=True):
    """督学到校签到；不在学校附近的写明理由，可离线签到。"""

    roles = FIELD
    place: str
    device_id: str | None = None
    offline: bool = False
    away_reason: str | None = None


class RecordVisit(_OfVisit, kw_only=True):
    """记录到校所看事项、发现的问题和建议。"""

    roles = FIELD
    items_seen: tuple[str, ...]
    problems: tuple[str, ...] = ()
    advice: str | None = None


class ReportVisit(_OfVisit, kw_only=True):
    """向督导机构提交到校情况报告。"""

    roles = FIELD
    report_hash: str


class MissVisit(_OfVisit, kw_only=True):
    """没有在安排的时段到校（时段已过的由时钟发出）。"""

    roles = BODY | SYSTEM
    reason: MissReason = MissReason.WINDOW_OVER


# --- events -----------------------------------------------------------------------------------


class VisitScheduled(Event, kw_only=True):
    """到校已安排。"""

    visit_id: UUID
    school_id: UUID
    inspector_id: UUID
    window: Window


class VisitCheckedIn(Event, kw_only=True):
    """督学已到校签到。"""

    visit_id: UUID
    occurred_at: Instant
    place: str
    device_id: str | None = None
    offline: bool = False
    away_reason: str | None = None
    inspector_id: UUID | None = None


class VisitRecorded(Event, kw_only=True):
    """到校情况已记录。"""

    visit_id: UUID
    items_seen: tuple[str, ...]
    problems: tuple[str, ...]
    advice: str | None = None


class VisitReported(Event, kw_only=True):
    """到校情况已报告；写明是否迟报。"""

    visit_id: UUID
    report_hash: str
    late: bool


class VisitMissed(Event, kw_only=True):
    """没有到校。"""

    visit_id: UUID
    reason: MissReason
