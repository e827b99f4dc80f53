"""ExpenseClaim (督导经费报销) of a person for one activity; amounts are in fen (分)."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, FIELD, Instant, Value


class ExpenseKind(Enum):
    """费用种类：通讯、交通、食宿、劳务。"""

    COMMUNICATION = "COMMUNICATION"
    TRAFFIC = "TRAFFIC"
    BOARD_AND_LODGING = "BOARD_AND_LODGING"
    LABOUR = "LABOUR"


class ExpenseItem(Value, kw_only=True):
    """One expense, in fen."""

    kind: ExpenseKind
    amount: int


# --- commands ---------------------------------------------------------------------------------


class _OfClaim(Command, kw_only=True):
    stream_key = ("claim_id",)
    claim_id: UUID


class SubmitClaim(_OfClaim, kw_only=True):
    """报销一项督导活动的费用，逐项列出金额（分）。"""

    roles = FIELD
    person_id: UUID
    activity_id: UUID
    items: tuple[ExpenseItem, ...]


class ApproveClaim(_OfClaim, kw_only=True):
    """按分类标准核准报销，写明金额（分）。"""

    roles = BODY
    amount: int


class RejectClaim(_OfClaim, kw_only=True):
    """不予报销，写明理由。"""

    roles = BODY
    reason: str


class PayClaim(_OfClaim, kw_only=True):
    """已支付报销款。"""

    roles = BODY


# --- events -----------------------------------------------------------------------------------


class ExpenseClaimSubmitted(Event, kw_only=True):
    """报销已提交。"""

    claim_id: UUID
    person_id: UUID
    activity_id: UUID
    items: tuple[ExpenseItem, ...]


class ExpenseClaimApproved(Event, kw_only=True):
    """报销已核准；写明所用标准的版本。"""

    claim_id: UUID
    rate_version: str
    amount: int


class ExpenseClaimRejected(Event, kw_only=True):
    """报销未获核准。"""

    claim_id: UUID
    reason: str


class ExpenseClaimPaid(Event, kw_only=True):
    """报销款已支付。"""

    claim_id: UUID
    paid_at: Instant
