"""Feedback (反馈): what the unit is told, item by item, and who gets a copy."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, FIELD, SYSTEM, UNIT, Instant, Role, Value


class FeedbackForm(Enum):
    """反馈形式：会议、书面。"""

    MEETING = "MEETING"
    WRITTEN = "WRITTEN"


class CopyRole(Enum):
    """抄送对象的身份：主管部门、上级部门、审批部门、其他。"""

    COMPETENT_DEPARTMENT = "COMPETENT_DEPARTMENT"
    UPPER_DEPARTMENT = "UPPER_DEPARTMENT"
    APPROVING_DEPARTMENT = "APPROVING_DEPARTMENT"
    OTHER = "OTHER"


class FeedbackItem(Value, kw_only=True):
    """One finding with the demand that goes with it, and perhaps a suggestion."""

    finding_id: UUID
    demand: str
    suggestion: str | None = None


# --- commands ---------------------------------------------------------------------------------


class _OfFeedback(Command, kw_only=True):
    stream_key = ("feedback_id",)
    feedback_id: UUID


class PrepareFeedback(_OfFeedback, kw_only=True):
    """拟制对一个单位的反馈意见。"""

    roles = FIELD
    activity_id: UUID
    unit_id: UUID
    form: FeedbackForm
    items: tuple[UUID, ...] = ()


class DeliverFeedback(_OfFeedback, kw_only=True):
    """逐项反馈全部属实的问题；按规定须抄送的，同时抄送。"""

    roles = BODY | frozenset({Role.TEAM_LEADER})
    items: tuple[FeedbackItem, ...]
    decision_id: UUID | None = None
    copies: tuple[UUID, ...] = ()


class CopyFeedback(_OfFeedback, kw_only=True):
    """把反馈意见抄送有关部门。"""

    roles = BODY | SYSTEM
    department_id: UUID
    role: CopyRole = CopyRole.COMPETENT_DEPARTMENT
    receipt_at: Instant | None = None


class AcknowledgeFeedback(_OfFeedback, kw_only=True):
    """单位签收反馈意见。"""

    roles = UNIT


# --- events -----------------------------------------------------------------------------------


class FeedbackPrepared(Event, kw_only=True):
    """反馈意见已拟制。"""

    feedback_id: UUID
    activity_id: UUID
    form: FeedbackForm
    items: tuple[UUID, ...]
    unit_id: UUID


class FeedbackDelivered(Event, kw_only=True):
    """反馈意见已送达。"""

    feedback_id: UUID
    items: tuple[FeedbackItem, ...]
    delivered_at: Instant
    decision_id: UUID | None = None
    activity_id: UUID | None = None
    unit_id: UUID | None = None


class FeedbackCopied(Event, kw_only=True):
    """反馈意见已抄送。"""

    feedback_id: UUID
    department_id: UUID
    role: CopyRole
    receipt_at: Instant | None = None


class FeedbackAcknowledged(Event, kw_only=True):
    """单位已签收反馈意见。"""

    feedback_id: UUID
    unit_id: UUID
    at: Instant
