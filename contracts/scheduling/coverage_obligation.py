"""CoverageObligation (应督导而须完成的事项): what must happen within a window, and whether it did."""

from datetime import date
from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.registry.policy_document import Modality
from contracts.values import BODY, SYSTEM, Instant, Window


class ObligationKind(Enum):
    """种类。

    学校综合督导、委员会组织的综合督导、对政府的督导、经常性督导、全体会议、责任督学挂牌、内部督导检查。
    """

    COMPREHENSIVE_SCHOOL = "COMPREHENSIVE_SCHOOL"
    COMPREHENSIVE_COMMITTEE = "COMPREHENSIVE_COMMITTEE"
    GOVERNMENT = "GOVERNMENT"
    ROUTINE_VISIT = "ROUTINE_VISIT"
    PLENARY_MEETING = "PLENARY_MEETING"
    SCHOOL_LISTING = "SCHOOL_LISTING"
    INTERNAL_SUPERVISION = "INTERNAL_SUPERVISION"


class ObligationAnchor(Enum):
    """锚定：校长任期、学年、日历年、学期、月、轮次、三至五年、五年、某一事件。"""

    PRINCIPAL_TERM = "PRINCIPAL_TERM"
    SCHOOL_YEAR = "SCHOOL_YEAR"
    CALENDAR_YEAR = "CALENDAR_YEAR"
    TERM = "TERM"
    MONTH = "MONTH"
    ROUND = "ROUND"
    THREE_TO_FIVE_YEARS = "THREE_TO_FIVE_YEARS"
    FIVE_YEARS = "FIVE_YEARS"
    INCIDENT = "INCIDENT"


class ReanchorCause(Enum):
    """重新锚定的原因：校长提前离任、任期延长、单位变更、轮次调整、所安排的活动取消。"""

    PRINCIPAL_LEFT_EARLY = "PRINCIPAL_LEFT_EARLY"
    TERM_EXTENDED = "TERM_EXTENDED"
    UNIT_CHANGED = "UNIT_CHANGED"
    ROUND_MOVED = "ROUND_MOVED"
    ACTIVITY_CANCELLED = "ACTIVITY_CANCELLED"


# --- commands ---------------------------------------------------------------------------------


class _OfObligation(Command, kw_only=True):
    stream_key = ("obligation_id",)
    obligation_id: UUID


class OpenObligation(_OfObligation, kw_only=True):
    """开立一项义务，写明锚定于何；未写时段的按当地规定计算。"""

    roles = BODY | SYSTEM
    natural_key = ("kind", "unit_id", "anchor", "anchor_ref")
    kind: ObligationKind
    unit_id: UUID
    anchor: ObligationAnchor
    anchor_ref: str
    window_from: date | None = None
    window_to: date | None = None


class ScheduleObligation(_OfObligation, kw_only=True):
    """为义务安排一项督导活动。"""

    roles = BODY | SYSTEM
    activity_id: UUID


class SatisfyObligation(_OfObligation, kw_only=True):
    """相应的督导活动在时段内结束，义务完成。"""

    roles = BODY | SYSTEM
    activity_id: UUID


class WaiveObligation(_OfObligation, kw_only=True):
    """免除一项“原则上”的义务，写明理由和批准人。"""

    roles = BODY
    reason: str
    approver_id: UUID


class ReanchorObligation(_OfObligation, kw_only=True):
    """所锚定的事项有变，重新确定时段；未写时段的按当地规定计算；单位变更的写明承继单位。"""

    roles = BODY | SYSTEM
    cause: ReanchorCause
    new_window: Window | None = None
    to_unit_id: UUID | None = None


class LapseObligation(_OfObligation, kw_only=True):
    """时段已过而未完成（由时钟发出）。"""

    roles = SYSTEM
    at: Instant


# --- events -----------------------------------------------------------------------------------


class ObligationOpened(Event, kw_only=True):
    """义务已开立。"""

    obligation_id: UUID
    kind: ObligationKind
    unit_id: UUID
    anchor: ObligationAnchor
    anchor_ref: str
    window_from: date
    window_to: date
    modality: Modality


class ObligationScheduled(Event, kw_only=True):
    """义务已安排督导活动。"""

    obligation_id: UUID
    activity_id: UUID


class ObligationSatisfied(Event, kw_only=True):
    """义务已完成。"""

    obligation_id: UUID
    activity_id: UUID
    at: Instant


class ObligationWaived(Event, kw_only=True):
    """义务已免除。"""

    obligation_id: UUID
    reason: str
    approver_id: UUID


class ObligationReanchored(Event, kw_only=True):
    """义务的时段已重新确定；单位变更的，已转由承继单位。"""

    obligation_id: UUID
    new_window: Window
    cause: ReanchorCause
    to_unit_id: UUID | None = None


class ObligationLapsed(Event, kw_only=True):
    """义务逾期未完成。"""

    obligation_id: UUID
    at: Instant
