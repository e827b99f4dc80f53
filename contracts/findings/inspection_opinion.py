"""InspectionOpinion (督导意见书、整改决定): problems, demands and deadlines, item by item.

The id of a finding is the stable id of its item; a look-back refers to it.
"""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, FIELD, SYSTEM, CalendarKind, Instant, Value


class OpinionKind(Enum):
    """种类：督导意见书、整改决定。"""

    OPINION = "OPINION"
    DECISION = "DECISION"


class OpinionDemand(Value, kw_only=True):
    """What is demanded about one finding; without a date policy computes it."""

    finding_id: UUID
    demand: str
    due_at: Instant | None = None


class OpinionItem(Value, kw_only=True):
    """One item as issued: finding, demand, and by when."""

    finding_id: UUID
    due_at: Instant
    demand: str
    calendar: CalendarKind | None = None
    provisional: bool = False


# --- commands ---------------------------------------------------------------------------------


class _OfOpinion(Command, kw_only=True):
    stream_key = ("opinion_id",)
    opinion_id: UUID


class DraftOpinion(_OfOpinion, kw_only=True):
    """就已反馈的问题拟制督导意见书或整改决定。"""

    roles = FIELD
    activity_id: UUID
    unit_id: UUID
    kind: OpinionKind
    items: tuple[UUID, ...]


class IssueOpinion(_OfOpinion, kw_only=True):
    """印发督导意见书或整改决定，逐项写明要求和期限，未写期限的按当地规定计算；编号由系统给出。"""

    roles = BODY
    items: tuple[OpinionDemand, ...]
    legal_basis: tuple[str, ...]


class ServeOpinion(_OfOpinion, kw_only=True):
    """向单位送达，并写明抄送对象。"""

    roles = BODY
    copies: tuple[UUID, ...] = ()


class AmendOpinion(_OfOpinion, kw_only=True):
    """变更其中几项的要求或期限，写明理由。"""

    roles = BODY
    changes: tuple[OpinionDemand, ...]
    reason: str


class RecalculateOpinionDeadline(_OfOpinion, kw_only=True):
    """正式放假安排公布后，重新核定其中一项的暂定期限。"""

    roles = SYSTEM
    finding_id: UUID
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str


# --- events -----------------------------------------------------------------------------------


class OpinionDrafted(Event, kw_only=True):
    """督导意见书或整改决定已拟制。"""

    opinion_id: UUID
    activity_id: UUID
    unit_id: UUID
    kind: OpinionKind
    items: tuple[UUID, ...]


class OpinionIssued(Event, kw_only=True):
    """督导意见书或整改决定已印发。"""

    opinion_id: UUID
    items: tuple[OpinionItem, ...]
    legal_basis: tuple[str, ...]
    number: str | None = None
    unit_id: UUID | None = None


class OpinionServed(Event, kw_only=True):
    """督导意见书或整改决定已送达。"""

    opinion_id: UUID
    unit_id: UUID
    copies: tuple[UUID, ...]
    served_at: Instant


class OpinionAmended(Event, kw_only=True):
    """督导意见书或整改决定已变更；写明变更后的各项。"""

    opinion_id: UUID
    changes: tuple[OpinionItem, ...]
    reason: str


class OpinionDeadlineRecalculated(Event, kw_only=True):
    """督导意见书或整改决定中一项的暂定期限已按正式放假安排重新核定。"""

    opinion_id: UUID
    finding_id: UUID
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str
