"""CaseTransfer (移交) of a matter to the department, enforcement body or justice that is competent."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, DEPARTMENT, FIELD, SYSTEM, CalendarKind, Instant


class TransferCategory(Enum):
    """移交事由：违法办学、侵害师生权益、师德失范、涉嫌犯罪、应予处罚。"""

    ILLEGAL_RUNNING = "ILLEGAL_RUNNING"
    RIGHTS_INFRINGED = "RIGHTS_INFRINGED"
    ETHICS_VIOLATION = "ETHICS_VIOLATION"
    SUSPECTED_CRIME = "SUSPECTED_CRIME"
    PENALTY_NEEDED = "PENALTY_NEEDED"


# --- commands ---------------------------------------------------------------------------------


class _OfTransfer(Command, kw_only=True):
    stream_key = ("transfer_id",)
    transfer_id: UUID


class ProposeTransfer(_OfTransfer, kw_only=True):
    """提出把一个事项移交有权处理的机关。"""

    roles = FIELD | SYSTEM
    subject_id: UUID
    category: TransferCategory
    unit_id: UUID | None = None
    source_ids: tuple[UUID, ...] = ()


class SendTransfer(_OfTransfer, kw_only=True):
    """送出移交函及材料。"""

    roles = BODY
    to_authority_id: UUID
    document_hash: str


class AcceptTransfer(_OfTransfer, kw_only=True):
    """对方接收移交。"""

    roles = DEPARTMENT | BODY


class ReturnTransfer(_OfTransfer, kw_only=True):
    """对方退回移交，写明理由。"""

    roles = DEPARTMENT | BODY
    reason: str


class ReportTransferOutcome(_OfTransfer, kw_only=True):
    """对方反馈移交事项的处理结果。"""

    roles = DEPARTMENT | BODY
    outcome: str


class LapseTransfer(_OfTransfer, kw_only=True):
    """移交在当地规定的时间内没有答复（由时钟发出）。"""

    roles = SYSTEM
    since: Instant


class RecalculateTransferDeadline(_OfTransfer, kw_only=True):
    """正式放假安排公布后，重新核定一个暂定的答复期限。"""

    roles = SYSTEM
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str


# --- events -----------------------------------------------------------------------------------


class TransferProposed(Event, kw_only=True):
    """移交已提出。"""

    transfer_id: UUID
    subject_id: UUID
    category: TransferCategory
    unit_id: UUID | None = None
    source_ids: tuple[UUID, ...] = ()


class TransferSent(Event, kw_only=True):
    """移交已送出；写明答复的期限。"""

    transfer_id: UUID
    to_authority_id: UUID
    sent_at: Instant
    document_hash: str
    due_at: Instant | None = None
    calendar: CalendarKind | None = None
    provisional: bool = False


class TransferAccepted(Event, kw_only=True):
    """移交已被接收。"""

    transfer_id: UUID
    at: Instant


class TransferReturned(Event, kw_only=True):
    """移交已被退回。"""

    transfer_id: UUID
    reason: str


class TransferOutcomeReported(Event, kw_only=True):
    """移交事项的处理结果已反馈。"""

    transfer_id: UUID
    outcome: str
    at: Instant


class TransferOverdueRaised(Event, kw_only=True):
    """移交逾期未答复。"""

    transfer_id: UUID
    since: Instant


class TransferDeadlineRecalculated(Event, kw_only=True):
    """移交的暂定答复期限已按正式放假安排重新核定。"""

    transfer_id: UUID
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str
